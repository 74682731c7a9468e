"""Every mess that concerns a row, at each of the rows, in each format where it can occur: each message to the character.

A file has the mess in every third row, so that reading it once serves for 29 of them; one that is told once a file
stands alone in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import mess_texts  # noqa: F401 - puts its messes on the list
import pytest
from mess_base import COMPLETE, KINDS, PERIOD, TASKS, UNIT, Said, Told, answer, expected, review
from mess_bytes import Broken, cases
from mess_layouts import complete
from mess_rows import MESSES, Mess

_APART = 3


def groups() -> Iterator[tuple[Mess, str, tuple[str, ...]]]:
    """Every mess and format, with the tasks that share a file."""
    for mess in MESSES:
        for kind in mess.kinds:
            tasks = [task for task in TASKS if mess.where(task)]
            for first in range(len(tasks) if mess.alone else _APART):
                yield mess, kind, (tasks[first],) if mess.alone else tuple(tasks[first::_APART])


FILES = list(groups())
EACH_FILE = pytest.mark.parametrize(
    ("mess", "kind", "tasks"), [pytest.param(*each, id=f"{each[1]}-{each[0].name}-{each[2][0]}") for each in FILES]
)


@pytest.mark.parametrize("kind", KINDS)
def test_complete_file_is_read_without_a_word(kind: str) -> None:
    """What all the cases begin with."""
    (submission,), said = review(complete(kind).data(), kind)
    assert said == []
    assert (submission.unit, submission.period) == (UNIT, PERIOD)
    assert {task: answer(entry, kind) for task, entry in submission.entries.items()} == {
        task: answer(entry, kind) for task, entry in COMPLETE.entries.items()
    }


def test_every_row_has_every_mess() -> None:
    """In each format in which a mess occurs, no task is left out of its files, and none stands in two of them."""
    rows = Counter((mess.name, kind, task) for mess, kind, tasks in FILES for task in tasks)
    wanted = Counter(
        (mess.name, kind, task) for mess in MESSES for kind in mess.kinds for task in TASKS if mess.where(task)
    )
    assert rows == wanted


@EACH_FILE
def test_file(mess: Mess, kind: str, tasks: tuple[str, ...]) -> None:
    """Each row is read right, or with a note that has code, place, task and the task's own wording; and nothing else."""
    layout = complete(kind)
    outcomes = {task: mess.build(layout, task) for task in tasks}
    (submission,), said = review(layout.data(), kind)
    read = {task: answer(submission.entries.get(task), kind) for task in TASKS}
    outcome = {task: told() for task, told in outcomes.items()}
    for task, told in outcome.items():
        concerned = {task, *told.statuses}
        assert concerning(said, told, concerned) == list(told.said), f"what is said of task {task}"
        for one in concerned:
            assert read[one] == expected(told, kind, one), f"what is read of task {one}, with the mess at task {task}"

    once = next(iter(outcome.values())).once
    assert sorted(said, key=repr) == sorted(
        [*once, *(item for told in outcome.values() for item in told.said)], key=repr
    ), "what is said of the file, and of no task"
    assert (submission.unit, submission.period) == (UNIT, PERIOD)
    touched = {task for told in outcome.values() for task in (*told.statuses, *told.entries)}
    untouched = [task for task in TASKS if task not in touched]
    assert {task: read[task] for task in untouched} == {
        task: answer(COMPLETE.entries[task], kind) for task in untouched
    }, "the other texts are as they were"


def concerning(said: list[Said], told: Told, tasks: set[str]) -> list[Said]:
    """The findings on these tasks, and those on no task in the places where some are expected."""
    places = {place for _, place, task, _ in told.said if task is None}
    return [item for item in said if item[2] in tasks or (item[2] is None and item[1] in places)]


@pytest.mark.parametrize(
    ("build", "kind", "task"),
    [pytest.param(*case, id=f"{case[1]}-{case[0].__name__.replace('_', '-')}-{case[2]}") for case in cases()],
)
def test_unreadable(build: Callable[[str, str], Broken], kind: str, task: str) -> None:
    """Refused with line and column, or line and byte; nothing of it is taken."""
    data, told = build(kind, task)
    submissions, said = review(data, kind)
    assert (submissions, said) == ([], [told])
