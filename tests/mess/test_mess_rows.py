"""Every mess that concerns a row, at each of the rows, in each format where it can occur: each message to the character.

A file has the mess in every third row, so that reading it once serves for 29 of them; one that is told once a file
stands alone in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import mess_texts  # noqa: F401 - puts its messes on the list
import pytest
from mess_base import COMPLETE, KINDS, PERIOD, TASKS, UNIT, Said, Told, answer, expected, review
from mess_bytes import Broken, cases
from mess_layouts import complete
from mess_rows import MESSES, Mess

from zhijiao20.core.submission import Submission

_APART = 3


def groups() -> Iterator[tuple[Mess, str, tuple[str, ...]]]:
    """Every mess and format, with the tasks that share a file."""
    for mess in MESSES:
        for kind in mess.kinds:
            tasks = [task for task in TASKS if mess.where(task)]
            for first in range(len(tasks) if mess.alone else _APART):
                yield mess, kind, (tasks[first],) if mess.alone else tuple(tasks[first::_APART])


FILES = list(groups())
ROWS = [
    pytest.param(index, task, id=f"{kind}-{mess.name}-{task}")
    for index, (mess, kind, tasks) in enumerate(FILES)
    for task in tasks
]


@lru_cache(maxsize=4)
def reviewed(index: int) -> tuple[Submission, list[Said], Mapping[str, Told]]:
    """A file, read once: its submission, what is said of it, and what should be said on each task."""
    mess, kind, tasks = FILES[index]
    layout = complete(kind)
    outcomes = {task: mess.build(layout, task) for task in tasks}
    (submission,), said = review(layout.data(), kind)
    return submission, said, {task: outcome() for task, outcome in outcomes.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_complete_file_is_read_without_a_word(kind: str) -> None:
    """What all the cases begin with."""
    (submission,), said = review(complete(kind).data(), kind)
    assert said == []
    assert (submission.unit, submission.period) == (UNIT, PERIOD)
    assert {task: answer(entry, kind) for task, entry in submission.entries.items()} == {
        task: answer(entry, kind) for task, entry in COMPLETE.entries.items()
    }


@pytest.mark.parametrize(("index", "task"), ROWS)
def test_row(index: int, task: str) -> None:
    """Read right, or read with a note that has code, place, task and the task's own wording."""
    _, kind, _ = FILES[index]
    submission, said, outcomes = reviewed(index)
    told = outcomes[task]
    concerned = {task, *told.statuses}
    places = {place for _, place, task_id, _ in told.said if task_id is None}
    concerning = [item for item in said if item[2] in concerned or (item[2] is None and item[1] in places)]
    assert concerning == list(told.said)
    for one in concerned:
        assert answer(submission.entries.get(one), kind) == expected(told, kind, one)


@pytest.mark.parametrize(
    "index", range(len(FILES)), ids=[f"{kind}-{mess.name}-{tasks[0]}" for mess, kind, tasks in FILES]
)
def test_nothing_else(index: int) -> None:
    """No finding besides those, and every other text as it was."""
    _, kind, _ = FILES[index]
    submission, said, outcomes = reviewed(index)
    once = next(iter(outcomes.values())).once
    assert sorted(said, key=repr) == sorted(
        [*once, *(item for told in outcomes.values() for item in told.said)], key=repr
    )
    assert (submission.unit, submission.period) == (UNIT, PERIOD)
    touched = {task for told in outcomes.values() for task in (*told.statuses, *told.entries)}
    assert {task: answer(submission.entries.get(task), kind) for task in TASKS if task not in touched} == {
        task: answer(COMPLETE.entries[task], kind) for task in TASKS if task not in touched
    }


@pytest.mark.parametrize(
    ("build", "kind", "task"),
    [pytest.param(*case, id=f"{case[1]}-{case[0].__name__.replace('_', '-')}-{case[2]}") for case in cases()],
)
def test_unreadable(build: Callable[[str, str], Broken], kind: str, task: str) -> None:
    """Refused with line and column, or line and byte; nothing of it is taken."""
    data, told = build(kind, task)
    submissions, said = review(data, kind)
    assert (submissions, said) == ([], [told])
