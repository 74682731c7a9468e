"""Thousands of paragraphs as reports hold them, of fictional places: what was once told right stays so, as a whole.

Right ones are dense in figures of every form; each wrong one holds one planted mistake, with the rule that finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.engine import Reviewer

pytestmark = [pytest.mark.minutes, pytest.mark.no_cover]

DATA = Path(__file__).parent / "data"
JUDGED = ("ZJ3", "ZJ4", "ZJ5")
OF_STYLE = {"ZJ304", "ZJ305", "ZJ306", "ZJ409", "ZJ505"}
"""What is said of the manner of a text, not of a mistake in it."""


@pytest.fixture(scope="module")
def reviewer(catalog: Catalog) -> Reviewer:
    return Reviewer(catalog)


def lines(kind: str) -> Iterator[list[str]]:
    """Each line in its fields; ↵ stands for the end of a paragraph."""
    for line in (DATA / f"paragraphs-{kind}.txt").read_text("utf-8").splitlines():
        yield line.replace("↵", "\n").split("|")


def told(reviewer: Reviewer, task: str, progress: str, text: str) -> list[str]:
    """The codes of what the rules of texts find."""
    out = Collector("甲.yaml", "甲")
    entry = Entry(task, Progress(progress) if progress else None, text)
    reviewer.review(Submission("测试市教育局", entries={task: entry}), out)
    codes = [found.rule.code for found in out.findings]
    return [code for code in codes if code.startswith(JUDGED) and code not in OF_STYLE]


def test_right_paragraphs_are_left_alone(reviewer: Reviewer) -> None:
    """Not one of them is doubted."""
    doubted = [
        (codes, text) for task, progress, text in lines("right") if (codes := told(reviewer, task, progress, text))
    ]
    assert doubted == []


def test_planted_mistakes_are_found(reviewer: Reviewer) -> None:
    """Each by its rule."""
    missed = [
        (code, text) for code, *fields in lines("wrong") if code not in told(reviewer, *fields) for text in fields[2:]
    ]
    assert missed == []
