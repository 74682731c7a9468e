"""A complete submission, what is expected of a file made from it, and the way from its bytes to what is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

from zhijiao20.core.findings import Place, sort_by_place
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.read import read_content
from zhijiao20.formats.write import write_status_file
from zhijiao20.rules.engine import Reviewer
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
TASKS = tuple(CATALOG.tasks)
UNIT, PERIOD = "澄州市教育局", "2020年上半年"
KINDS = ("yaml", "csv", "xlsx", "docx")

Said: TypeAlias = tuple[str, Place, str | None, str]
"""Code, place, task and message of a finding."""

Answer: TypeAlias = tuple[Progress | None, str, tuple[str, ...]]
"""进展, 落实情况 and 佐证 of an entry."""

_READ = Settings(("ZJ0", "ZJ1", "ZJ2"))  # what reading says, and what is missing; the texts are judged elsewhere


def _answer(number: int, task: str) -> Entry:
    """Two paragraphs in every fifth row, else one; one document in each."""
    wording = CATALOG.tasks[task].text.rstrip("。；")[:24]
    document = f"澄教职成〔2019〕{number}号"
    text = f"围绕“{wording}”印发实施方案（{document}），{number + 3} 所学校已照此执行。"
    more = f"\n市级财政安排 {number * 10} 万元。" if number % 5 == 0 else ""
    return Entry(task, Progress.DONE if number % 3 else Progress.ONGOING, text + more, (document,))


COMPLETE = Submission(
    UNIT, period=PERIOD, entries={task: _answer(number, task) for number, task in enumerate(TASKS, start=1)}
)
"""澄州市教育局, all tasks filled in."""


AGAIN = " again"
"""Behind a task: the name of its second row."""


@cache
def written(kind: str) -> bytes:
    """The complete submission as we write it."""
    return write_status_file(kind, [COMPLETE], CATALOG)


def status_of(task: str) -> str:
    """What the complete submission says on a task."""
    return COMPLETE.entries[task].status


@dataclass(frozen=True)
class Told:
    """What a mess comes to.

    Attributes:
        said: every finding on it, in order.
        statuses: task → its text where that is another one than in the complete submission; None where it is missing.
        entries: task → the rest of its entry where that differs.
        once: what is said of the file as a whole, however often the mess occurs in it.
    """

    said: tuple[Said, ...] = ()
    statuses: Mapping[str, str | None] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    once: tuple[Said, ...] = ()


Outcome: TypeAlias = Callable[[], Told]
"""Asked when the whole file is made: only then it is known on which line a row stands."""


def silent() -> Told:
    """Nothing is said, nothing is changed."""
    return Told()


def expected(told: Told, kind: str, task: str) -> Answer | None:
    """What is to be read of a task; None where it is missing."""
    entry = told.entries.get(task, COMPLETE.entries[task])
    text = told.statuses.get(task, entry.status)
    return None if text is None else answer(replace(entry, status=text), kind)


def answer(entry: Entry | None, kind: str) -> Answer | None:
    """What an entry says, as far as a format has room for it."""
    if entry is None:
        return None
    return (None, entry.status, ()) if kind == "docx" else (entry.progress, entry.status, entry.evidence)


_REVIEWER = Reviewer(CATALOG, _READ)


def review(data: bytes, kind: str, stem: str = UNIT) -> tuple[list[Submission], list[Said]]:
    """What is read from a file of this content, and what is said of it."""
    submissions, out = read_content(Path(f"{stem}.{kind}"), data, CATALOG)
    for submission in submissions:
        _REVIEWER.review(submission, out.of_unit(submission.unit))
    findings = list(_READ.chosen(sort_by_place(out.findings)))
    assert all(finding.hint for finding in findings), "every finding says what to do"
    return submissions, [(item.rule.code, item.place, item.task, item.message) for item in findings]
