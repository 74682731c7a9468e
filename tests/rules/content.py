"""Texts judged by the rules ZJ301 to ZJ306."""

from __future__ import annotations

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding, Place
from zhijiao20.core.settings import DEFAULT, Settings, Thresholds
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.engine import Reviewer

CODES = ("ZJ301", "ZJ302", "ZJ303", "ZJ304", "ZJ305", "ZJ306")
DONE, ONGOING, NOT_STARTED, NONE = Progress.DONE, Progress.ONGOING, Progress.NOT_STARTED, Progress.NOT_APPLICABLE
ALL = [None, *Progress]


def review(
    catalog: Catalog, texts: dict[str, str], progress: Progress | None = None, limits: Thresholds = DEFAULT.thresholds
) -> list[Finding]:
    """What these rules say of a unit's texts, the n-th of them in line n."""
    out = Collector("甲.yaml", "甲")
    entries = {
        task: Entry(task, progress, text, text_place=Place(number, 5))
        for number, (task, text) in enumerate(texts.items(), start=1)
    }
    Reviewer(catalog, Settings(CODES, thresholds=limits)).review(Submission("甲", entries=entries), out)
    return out.findings


def codes(catalog: Catalog, text: str, progress: Progress | None = None, task: str = "6.1") -> list[str]:
    """The codes found in one text."""
    return [finding.rule.code for finding in review(catalog, {task: text}, progress)]
