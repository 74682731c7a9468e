"""Data model of a round of collecting: what was read from each file, and the state of each unit.  No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from zhijiao20.core.answer_counts import count_by_task
from zhijiao20.core.answers import Answers
from zhijiao20.core.rule_table import Rule, Severity
from zhijiao20.core.submission import TaskCounts

_NONE: Mapping[Severity, int] = MappingProxyType({})
_NO_TASKS = TaskCounts(0, 0, 0, 0)


class State(StrEnum):
    """What is to be said of a unit; JSON uses the values."""

    MISSING = "missing"
    UNREAD = "unread"
    SEVERAL = "several"
    BLANK = "blank"
    ERRORS = "errors"
    WARNINGS = "warnings"
    CLEAN = "clean"


STATE_NAMES = {
    State.MISSING: "未报",
    State.UNREAD: "读不了",
    State.SEVERAL: "多份",
    State.BLANK: "空表",
    State.ERRORS: "有错误",
    State.WARNINGS: "有疑问",
    State.CLEAN: "合格",
}
"""Display names of the states."""

NOT_IN = (State.MISSING, State.UNREAD, State.SEVERAL, State.BLANK)
"""The states of units of which no text can stand in a submission."""

NOT_SENT_STATES = (State.MISSING, State.UNREAD)
"""The states of units that have not sent a file that can be used; after the deadline they are overdue."""


class Kind(StrEnum):
    """What could be done with a file."""

    READ = "read"
    FAULTY = "faulty"
    """It was read, but no unit could be taken from it, such as a file with a syntax error."""
    UNREAD = "unread"
    """It could hold a status, but nothing could be taken from it."""
    OTHER = "other"
    """It can hold no status, such as a picture."""


class Part(NamedTuple):
    """What a file brings of one unit.

    Attributes:
        unit: the unit: its label in the roster, or its name where there is no roster; empty where nobody is known.
        known_by: what told it; where nobody is known, ``file-name`` if the file names no unit, else empty.
        written: the unit as the file or its name says it.
        nearest: the units with similar names, where nobody is known.
        tasks: how many of its tasks are answered.
        answers: the answers by task.
        superior: its 上级 as the file says it; empty where it does not.
        period: its 报告期; empty where the file does not give it.
    """

    unit: str
    known_by: str
    written: str
    nearest: tuple[str, ...]
    tasks: TaskCounts
    answers: Answers
    superior: str = ""
    period: str = ""


class ReadFile(NamedTuple):
    """What was read from a file.

    Attributes:
        path: the file as messages call it.
        kind: what could be done with it.
        parts: what it brings, unit by unit.
        problem: why nothing was taken from it, or what is wrong with its name; empty if all is well.
        hint: what to do about the problem.
        counts: number of findings by severity that belong to no single unit; they count for each unit of the file.
    """

    path: str
    kind: Kind
    parts: tuple[Part, ...] = ()
    problem: str = ""
    hint: str = ""
    counts: Mapping[Severity, int] = _NONE


class SentFile(NamedTuple):
    """A file of a unit, and what could be done with it: see ``ReadFile``; ``known_by`` says what told whose it is."""

    path: str
    known_by: str
    problem: str = ""
    hint: str = ""
    kind: Kind = Kind.READ


class OtherFile(NamedTuple):
    """A file that belongs to nobody.

    Attributes:
        path: the file as messages call it.
        what: what it is.
        hint: what to do.
        nearest: the units with similar names.
        stops: whether it stops a submission: it holds, or could hold, a status.
    """

    path: str
    what: str
    hint: str
    nearest: tuple[str, ...] = ()
    stops: bool = True


@dataclass(frozen=True, slots=True)
class UnitState:
    """The state of a unit.

    Attributes:
        unit: its name.
        label: what it is called in the submission and in findings.
        state: the state.
        overdue: whether it has not sent a usable file and its deadline is past.
        deadline: the date by which it has to send.
        category: 类别 in the roster.
        superior: 上级 in the roster.
        files: its files.
        tasks: how many of its tasks are answered; of several files, in any of them.
        states: the state of each task in official order; see ``answers``.
        differ: the tasks in which its several files differ.
        same: whether it has several files of the same content.
        counts: number of findings by severity.
        rules: number of errors and warnings by rule.
    """

    unit: str
    label: str
    state: State
    overdue: bool = False
    deadline: date | None = None
    category: str = ""
    superior: str = ""
    files: tuple[SentFile, ...] = ()
    tasks: TaskCounts = _NO_TASKS
    states: str = ""
    differ: tuple[str, ...] = ()
    same: bool = False
    counts: Mapping[Severity, int] = field(default_factory=dict)
    rules: Mapping[Rule, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Round:
    """The state of a round.

    Attributes:
        units: the units, in the order of the roster, else of the files.
        others: the files that belong to nobody.
        roster: the path of the roster; empty without one.
        deadline: the date by which the units have to send; None without one.
        today: the day for which it holds.
    """

    units: Sequence[UnitState]
    others: Sequence[OtherFile]
    roster: str = ""
    deadline: date | None = None
    today: date | None = None

    def count(self, state: State) -> int:
        """Count the units in a state."""
        return sum(unit.state is state for unit in self.units)

    @property
    def ready(self) -> bool:
        """Check whether there are units, and every one is clean or has warnings only."""
        return bool(self.units) and all(unit.state in {State.WARNINGS, State.CLEAN} for unit in self.units)


class TaskState(NamedTuple):
    """How far a task is: its id, and the number of units by the state of their answer."""

    task: str
    units: Mapping[str, int]


def states_of_tasks(units: Iterable[UnitState], tasks: Sequence[str]) -> list[TaskState]:
    """Count the units by the state of their answer to each task, those that do not answer for it left out."""
    columns = count_by_task((unit.states for unit in units), len(tasks))
    return [TaskState(task, column) for task, column in zip(tasks, columns, strict=True)]
