"""Running the examples of a rule's page: 错 gives a finding of the rule, 对 gives none."""

from __future__ import annotations

import re
from types import ModuleType
from typing import NamedTuple

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.engine import Reviewer

_EXAMPLE = re.compile(r"(?P<mark>错|对)(?:〔(?P<task>\d+\.\d+)?\s*(?P<progress>\S+)?〕)?：(?P<text>.+)")


class Example(NamedTuple):
    """A line of a page."""

    wrong: bool
    task: str
    progress: Progress | None
    text: str


def examples(module: ModuleType) -> list[Example]:
    """The examples of a rule's page in order."""
    matches = [match for line in (module.__doc__ or "").split("\n") if (match := _EXAMPLE.fullmatch(line))]
    return [
        Example(
            match["mark"] == "错",
            match["task"] or "1.1",
            Progress(match["progress"]) if match["progress"] else None,
            match["text"].replace("↵", "\n"),
        )
        for match in matches
    ]


def found(
    catalog: Catalog, text: str, task: str = "1.1", *codes: str, progress: Progress | None = None
) -> list[Finding]:
    """What the chosen rules say of one text."""
    out = Collector("甲.yaml", "甲")
    entry = Entry(task, progress, text)
    Reviewer(catalog, Settings(codes)).review(Submission("甲", entries={task: entry}), out)
    return out.findings
