"""Status files that tests put into their working folder."""

from __future__ import annotations

import json
from pathlib import Path

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.submission import Submission
from zhijiao20.formats.read import read_content


def put(name: str, content: str | bytes) -> Path:
    """Write a file, and the folders above it."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def names_in(folder: Path | str = ".") -> list[str]:
    """The names in a folder, in order."""
    return sorted(path.name for path in Path(folder).iterdir())


def sound(unit: str, catalog: Catalog, instead: dict[str, str] | None = None, period: str = "") -> str:
    """A YAML status file without a fault, but for the texts given instead: task → text."""
    lines = [f"单位: {_quoted(unit)}", *([f"报告期: {_quoted(period)}"] if period else []), "任务:"]
    texts = {task: f"{unit}开展第{task}项工作，印发12个文件。" for task in catalog.tasks} | (instead or {})
    return "\n".join([*lines, *(f'  "{task}": {_quoted(text)}' for task, text in texts.items())]) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_file(file: Path, catalog: Catalog, limits: Limits = DEFAULT) -> tuple[list[Submission], Collector]:
    """The submissions in a file, and what was found in reading it."""
    return read_content(file, file.read_bytes(), catalog, limits)
