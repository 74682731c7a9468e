"""What a rule does grows with the length of a text, never with its square: the examples of the pages, over and over."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from attack import POSIX
from pace import loop_seconds, takes_the_square

from zhijiao20.core.findings import Collector
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


@pytest.mark.parametrize("code", RULES)
def test_an_example_over_and_over(code: str) -> None:
    """Each example, and each of its clauses, some hundred times and four times as often: all rules, and all remedies."""
    slow = []
    loop = min(loop_seconds() for _ in range(3))
    for task, example, piece in _texts(code):
        progress = Progress(example.progress) if example.progress else None

        def seconds(
            length: int, times: int, task: str = task, piece: str = piece, progress: Progress | None = progress
        ) -> float:
            text = piece * (length // len(piece))
            unit = Submission("甲", entries={task: Entry(task, progress, text)})
            return _seconds(lambda: _judge(unit), times)

        if takes_the_square(seconds, LENGTH, UNMEASURED * loop):
            slow.append((task, piece))
    assert not slow


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
