"""The use case ``init --roster``: one empty form for each unit of a roster, with its own tasks only."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zhijiao20.commands.open_form import check_heading
from zhijiao20.commands.unit_paths import UnitPaths
from zhijiao20.core.catalog import Catalog, only_tasks
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.core.roster import Roster, RosterUnit
from zhijiao20.core.submission import Submission
from zhijiao20.formats.registry import BY_NAME
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.atomic_write import safe_name, why_renamed, write_whole
from zhijiao20.system.discovery import CONFIG_NAME, find_config, load_catalog
from zhijiao20.system.os_errors import reason

INBOX = "收件"
"""The folder in which a new project expects the files of the units."""


@dataclass(slots=True)
class HandedOut:
    """The result of handing out.

    Attributes:
        written: the number of forms written.
        skipped: the files that existed and were not overwritten.
        failed: why a form could not be written, by its file.
        renamed: the labels of units whose file, and superiors whose folder, is called otherwise: why, and how.
        config: the configuration file that was written; None if there is one already.
    """

    written: int = 0
    skipped: list[Path] = field(default_factory=list)
    failed: dict[Path, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    config: Path | None = None


def hand_out(
    roster: Roster,
    folder: Path,
    kind: str,
    *,
    period: str = "",
    force: bool = False,
    filled: Callable[[str], bytes | None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> HandedOut:
    """Write a form for each unit of a roster; existing files are left alone unless ``force`` is given.

    Args:
        roster: the roster, without errors.
        folder: the folder to write to; it is made.
        kind: the format of the units that do not name one.
        period: the 报告期.
        force: whether to overwrite existing files.
        filled: returns the form of a unit by its label that is written instead of an empty one, or None.
        progress: called with the number of finished units and of all units.

    Raises:
        UsageError: the period is not valid, or the folder cannot be made.
    """
    check_heading("", period)
    catalog, result = load_catalog(), HandedOut()
    lists: dict[tuple[str, ...], Catalog] = {}
    _make(folder)
    for index, (unit, path) in enumerate(form_paths(roster, folder, kind), start=1):
        _note_names(roster, unit, path, folder, result)
        if unit.tasks not in lists:
            lists[unit.tasks] = only_tasks(catalog, unit.tasks)
        data = filled(roster.label(unit)) if filled else None
        _write_form(unit, path, lists[unit.tasks], result, data, period=period, force=force)
        if progress is not None:
            progress(index, len(roster.units))
    return result


def _note_names(roster: Roster, unit: RosterUnit, path: Path, folder: Path, result: HandedOut) -> None:
    """Note a file that is not called as its unit, and a folder that is not called as its superior, and why."""
    if path.stem != unit.name:
        why = [why_renamed(unit.name)] if path.stem != safe_name(unit.name) else []
        why = [*filter(None, why), "与别的文件重名"] if why else [why_renamed(unit.name)]
        result.renamed[roster.label(unit)] = f"{'、'.join(why)}，文件叫 {display_path(path)}"
    if path.parent != folder and (reason_of_folder := why_renamed(unit.superior)):
        result.renamed.setdefault(
            unit.superior, f"{reason_of_folder}，它下面的单位在文件夹 {display_path(path.parent)}"
        )


def form_paths(roster: Roster, folder: Path, kind: str) -> Iterator[tuple[RosterUnit, Path]]:
    """Yield each unit and the file of its form; no two files differ only in ways that some system does not tell apart.

    Args:
        roster: the roster.
        folder: the folder of the forms; that of namesakes is 上级 in it.
        kind: the format of the units that do not name one.
    """
    paths = UnitPaths()
    for unit in roster.units:
        superior = unit.superior if roster.is_namesake(unit) else ""
        yield unit, folder / paths.choose(unit.name, superior, BY_NAME[unit.format or kind].suffixes[0])


def _write_form(
    unit: RosterUnit, path: Path, catalog: Catalog, result: HandedOut, data: bytes | None, *, period: str, force: bool
) -> None:
    """Write the form of a unit, or note why not; the other units go on."""
    if os.path.lexists(path) and not force:
        result.skipped.append(path)
        return
    try:
        _make(path.parent)
        if data is None:
            data = write_status_file(path.suffix[1:], [Submission(unit.name, period=period)], catalog)
        write_whole(path, data, replace=force)
    except UsageError as error:
        result.failed[path] = str(error)
    else:
        result.written += 1


def _make(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        UsageError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"文件夹建不了：{display_path(folder)}（{reason(error)}）。请用 -o 换一个位置") from error


def start_project(roster: Path, period: str) -> Path | None:
    """Write a configuration file into the current folder, and make the folder for the files of the units.

    Returns:
        The file; None where there is one already, also in a folder above.

    Raises:
        UsageError: it cannot be written.
    """
    if find_config(Path()) is not None:
        return None
    lines = [
        "# 以后的命令不用再写名册、报告期和路径；别的设置见 docs/config.md",
        f"roster = {_quoted(_relative(roster).as_posix())}",
        *([f"period = {_quoted(period)}"] if period else []),
        f"paths = [{_quoted(INBOX)}]",
    ]
    _make(Path(INBOX))
    path = Path(CONFIG_NAME)
    write_whole(path, ("\n".join(lines) + "\n").encode(), replace=False)
    return path


def _relative(path: Path) -> Path:
    """Return a path from the current folder where it lies below it, else as it was given."""
    try:
        return Path(os.path.abspath(path)).relative_to(Path.cwd())  # noqa: PTH100 - links are kept
    except ValueError:
        return path


def _quoted(text: str) -> str:
    """Return a text as a TOML string; JSON escapes are valid in it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
