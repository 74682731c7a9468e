"""Chosen rules, run on one text."""

from __future__ import annotations

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.engine import Reviewer


def found(
    catalog: Catalog, text: str, task: str = "1.1", *codes: str, progress: Progress | None = None
) -> list[Finding]:
    """What the chosen rules say of one text."""
    out = Collector("甲.yaml", "甲")
    entry = Entry(task, progress, text)
    Reviewer(catalog, Settings(codes)).review(Submission("甲", entries={task: entry}), out)
    return out.findings
