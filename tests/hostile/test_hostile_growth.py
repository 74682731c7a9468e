"""What a rule does grows with the length of a text, never with its square: the examples of the pages, over and over."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from attack import POSIX
from pace import loop_seconds, takes_the_square

from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.review.fixer import TextFixer
from zhijiao20.rules.documentation import Example, page_of
from zhijiao20.rules.engine import Reviewer
from zhijiao20.system.discovery import load_catalog

pytestmark = [pytest.mark.minutes, POSIX]

LENGTH = 20_000
"""Characters of a text that is compared with four of 5,000."""

UNMEASURED = 3
"""Loops of pace.py not worth a comparison: the square of them is still bounded by the longest text there may be."""

_MARKS = re.compile("[，。；\n]")


def _texts(code: str) -> Iterator[tuple[str, Example, str]]:
    page = page_of(code)
    for example in (*page.wrong, *page.right):
        if example.text.strip() and not example.kind:
            for clause in dict.fromkeys((example.text.rstrip("。"), *_MARKS.split(example.text))):
                if clause:
                    yield example.tasks[0], example, clause + "，"


PIECES = {
    "things-named-later": ("1.1", None, "上述1家甲乙，"),
    "last-without-a-unit": ("1.1", None, "学生12人、教师13人、学生14，"),
    "amounts-in-a-list": ("1.1", None, "100元、1万元、1万元、"),
    "amounts-of-years": ("1.1", None, "2018年100元、2019年1万元、"),
    "numbers-behind-colons": ("1.1", None, "：1"),
    "sums-in-new-sentences": ("1.1", None, "经费9万元。其中，甲1万元、乙2万元。"),
    "sums-behind-semicolons": ("1.1", None, "经费9万元：甲1万元；乙2万元；"),
    "parts-of-one-unit": ("1.1", None, "【甲市教育局】今年1人，\n"),
}
"""What a rule looks for around a place, over and over: task, 进展 and text."""


@pytest.mark.parametrize("code", RULES)
def test_an_example_over_and_over(code: str) -> None:
    """Each example, and each of its clauses, some hundred times and four times as often: all rules, and all remedies."""
    loop = min(loop_seconds() for _ in range(3))
    slow = []
    for task, example, piece in _texts(code):
        progress = Progress(example.progress) if example.progress else None
        if _takes_the_square(task, progress, piece, loop):
            slow.append((task, piece))
    assert not slow


@pytest.mark.parametrize(("task", "progress", "piece"), PIECES.values(), ids=PIECES.keys())
def test_a_piece_over_and_over(task: str, progress: Progress | None, piece: str) -> None:
    """What no example of a page has."""
    assert not _takes_the_square(task, progress, piece, min(loop_seconds() for _ in range(3)))


def test_parts_of_a_unit_are_compared_in_bounds() -> None:
    """Parts that differ a little, all of one unit."""
    text = "【甲市教育局】{}年招生第几批的学生若干人都在这里写得长一些，以便比较，看是不是同一段文字。\n"

    def seconds(length: int, times: int) -> float:
        unit = _unit("1.1", None, "".join(map(text.format, range(length // len(text)))))
        return _seconds(lambda: _judge(unit), times)

    assert not takes_the_square(seconds, 3 * LENGTH, UNMEASURED * min(loop_seconds() for _ in range(3)))


def _takes_the_square(task: str, progress: Progress | None, piece: str, loop: float) -> bool:
    def seconds(length: int, times: int) -> float:
        unit = _unit(task, progress, piece * (length // len(piece)))
        return _seconds(lambda: _judge(unit), times)

    return takes_the_square(seconds, LENGTH, UNMEASURED * loop)


def _unit(task: str, progress: Progress | None, text: str) -> Submission:
    """Return a submission with one text, which stands in a block, so that each finding has its line."""
    return Submission("甲", entries={task: Entry(task, progress, text, text_place=Place(1, 1), block=2)})


def _judge(unit: Submission) -> None:
    Reviewer(load_catalog()).review(unit, Collector("甲.yaml"))
    list(TextFixer(load_catalog()).correct(unit))


def _seconds(work: Callable[[], None], times: int) -> float:
    """Seconds of processor time for so many times, sixty at most."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    begin = time.process_time()
    try:
        for _ in range(times):
            work()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - begin
