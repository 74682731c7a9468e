"""Compare two rounds of submissions: which texts and which 进展 changed, were added or taken out.  No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from zhijiao20.core.merge import GIVES_NONE, UnitText, unit_texts
from zhijiao20.core.submission import Submission


class TaskState(StrEnum):
    """What happened to the answer to a task: the names of the JSON output."""

    CHANGED = "changed"
    NEW = "new"
    EMPTIED = "emptied"
    PROGRESS = "progress"


class Presence(StrEnum):
    """In which round a unit stands: the names of the JSON output."""

    BOTH = "both"
    NEW = "new"
    GONE = "gone"


class TaskChange(NamedTuple):
    """An answer that is not the same in both rounds; a text or a 进展 that is not given is empty."""

    task: str
    state: TaskState
    old: str
    new: str
    old_progress: str
    new_progress: str


class UnitChange(NamedTuple):
    """What changed in a unit.

    Attributes:
        unit: the name of the unit.
        state: in which round it stands.
        unchanged: the number of answers that are the same.
        tasks: the answers that are not the same, in official order.
    """

    unit: str
    state: Presence
    unchanged: int
    tasks: tuple[TaskChange, ...]


@dataclass(slots=True)
class RoundCounts:
    """How much changed between two rounds.

    Attributes:
        units: the number of units by the rounds in which they stand.
        changed_units: the number of units with any change.
        unchanged: the number of answers that are the same.
        tasks: the number of answers by what happened to them.
    """

    units: Counter[Presence] = field(default_factory=Counter)
    changed_units: int = 0
    unchanged: int = 0
    tasks: Counter[TaskState] = field(default_factory=Counter)

    def add(self, change: UnitChange) -> None:
        """Count the changes of a unit."""
        self.units[change.state] += 1
        self.changed_units += bool(change.tasks)
        self.unchanged += change.unchanged
        self.tasks.update(task.state for task in change.tasks)


def compare_unit(
    unit: str, old: Iterable[UnitText] | None, new: Iterable[UnitText] | None, tasks: Sequence[str]
) -> UnitChange:
    """Compare the answers of a unit in two rounds.

    Where the answers of one round give no 进展 at all, as in a Word form, it is not compared.

    Args:
        unit: the name of the unit.
        old: its answers in the old round; None if it is not in it.
        new: its answers in the new round; None if it is not in it.
        tasks: the ids of all tasks, in official order.
    """
    left, right = ({answer.task: answer for answer in side or ()} for side in (old, new))
    state = Presence.NEW if old is None else Presence.GONE if new is None else Presence.BOTH
    with_progress = not (left and right) or all(map(_gives_progress, (left, right)))
    changed: list[TaskChange] = []
    unchanged = 0
    for task in tasks:
        before, after = left.get(task), right.get(task)
        if before is None and after is None:
            continue
        if before == after:  # most of them
            unchanged += 1
            continue
        change = _compare(before or _nothing(task), after or _nothing(task), with_progress=with_progress)
        if change is None:
            unchanged += 1
        else:
            changed.append(change)
    return UnitChange(unit, state, unchanged, tuple(changed))


def compare_submissions(
    old: Mapping[str, Submission], new: Mapping[str, Submission], tasks: Sequence[str]
) -> Iterator[UnitChange]:
    """Compare two sets of submissions by the keys of their units: those of the new round, then those that are gone."""
    for key, submission in new.items():
        before = old.get(key)
        yield compare_unit(
            submission.unit, None if before is None else unit_texts(before), unit_texts(submission), tasks
        )
    for key, submission in old.items():
        if key not in new:
            yield compare_unit(submission.unit, unit_texts(submission), None, tasks)


def _gives_progress(side: Mapping[str, UnitText]) -> bool:
    return any(answer.progress for answer in side.values())


def _nothing(task: str) -> UnitText:
    return UnitText(task, GIVES_NONE, "")


def _compare(old: UnitText, new: UnitText, *, with_progress: bool) -> TaskChange | None:
    """Return the change of an answer; None if it is the same.

    不涉及 without a reason is the same however it is written.
    """
    same_text = old.text == new.text or (old.kind == new.kind == GIVES_NONE and bool(old.text) == bool(new.text))
    if same_text and (old.progress == new.progress or not with_progress):
        return None
    if same_text:
        state = TaskState.PROGRESS
    elif not old.text:
        state = TaskState.NEW
    else:
        state = TaskState.CHANGED if new.text else TaskState.EMPTIED
    return TaskChange(old.task, state, old.text, new.text, old.progress, new.progress)
