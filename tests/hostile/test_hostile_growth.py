"""What a rule does grows with the length of a text, never with its square: the examples of the pages, over and over."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from attack import POSIX

from zhijiao20.core.findings import Collector
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.review.fixer import Corrector
from zhijiao20.rules.documentation import Example, page_of
from zhijiao20.rules.engine import Reviewer
from zhijiao20.system.resources import load_catalog

pytestmark = [pytest.mark.minutes, POSIX]

SHORT, LONG = 10_000, 40_000
"""Characters of two texts, of which the longer one takes four times as long; 16 times where the square is at work."""

UNMEASURED = 0.12
"""Seconds that are not worth a comparison: the square of them is still bounded by the longest text there may be."""

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
    """Each example, and each of its clauses, a hundred times and four hundred times: all rules, and all remedies."""
    slow = []
    for task, example, piece in _texts(code):
        progress = Progress(example.progress) if example.progress else None

        def seconds(length: int, task: str = task, piece: str = piece, progress: Progress | None = progress) -> float:
            text = piece * (length // len(piece))
            unit = Submission("甲", entries={task: Entry(task, progress, text)})
            return _seconds(lambda: _judge(unit))

        if seconds(LONG) > UNMEASURED:
            growth = min(seconds(LONG) for _ in range(2)) / max(min(seconds(SHORT) for _ in range(3)), 0.001)
            if growth > 9:
                slow.append((task, piece, growth))
    assert not slow


def _judge(unit: Submission) -> None:
    Reviewer(load_catalog()).review(unit, Collector("甲.yaml"))
    list(Corrector(load_catalog()).correct(unit))


def _seconds(work: Callable[[], None]) -> float:
    """Seconds of computing, sixty at most."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    begin = time.process_time()
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - begin
