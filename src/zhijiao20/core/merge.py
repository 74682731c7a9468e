"""Several units into one text a task: everyone's words, each under its name.  Pure.

Order given is order out, so the same submissions in the same order always give the same text.  The texts come in unit
by unit and go out task by task; in between they lie on shelves, so that more of them than memory holds can be merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, Protocol, TypeAlias

from zhijiao20.core.applicability import gives_no_reason, is_not_applicable
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import NOWHERE, Finding, Place
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.core.wording import fold

REPORTS, GIVES_REASON, GIVES_NONE = range(3)
"""What a unit does on a task: it reports, or says 不涉及 with a reason, or without one."""


class UnitText(NamedTuple):
    """What one unit says on one task; all that merging needs of its entry.

    Attributes:
        task: the task's id.
        kind: REPORTS, GIVES_REASON or GIVES_NONE.
        text: its text, or the word 不涉及.
        place: where the text begins; of reports nobody asks.
    """

    task: str
    kind: int
    text: str
    place: Place = NOWHERE


class StoredText(NamedTuple):
    """A voice on a shelf; ``unit`` counts the units in order."""

    unit: int
    kind: int
    text: str
    place: Place


class TextStore(Protocol):
    """Where the texts lie until all units are there; a shelf has a name and keeps its rows in order."""

    def put(self, shelf: str, row: StoredText) -> None:
        """Put a row at the end of a shelf."""

    def rows(self, shelf: str) -> Iterable[StoredText]:
        """The rows of a shelf."""


class InMemoryTextStore:
    """Shelves for a few units."""

    def __init__(self) -> None:
        self._shelves: dict[str, list[StoredText]] = {}

    def put(self, shelf: str, row: StoredText) -> None:
        """Put a row at the end of a shelf."""
        self._shelves.setdefault(shelf, []).append(row)

    def rows(self, shelf: str) -> Iterable[StoredText]:
        """The rows of a shelf."""
        return self._shelves.get(shelf, [])


Cells: TypeAlias = Mapping[str, tuple[str, ...]]
"""Task id → the paragraphs of its cell; a task that nobody reported on is not there."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged submission.

    Attributes:
        units: the units in order.
        periods: the different 报告期 that were given, in order; white space and width make no other one.
        cells: the cells in official order, each put together when it is asked for.
        findings: an info for each unit of which a 不涉及 was left out.
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    cells: Cells
    findings: tuple[Finding, ...]


def unit_texts(submission: Submission) -> Iterator[UnitText]:
    """What a unit says, task by task; an entry that says nothing is no voice."""
    for entry in submission.entries.values():
        if is_not_applicable(entry):
            kind = GIVES_NONE if gives_no_reason(entry) else GIVES_REASON
            yield UnitText(entry.task, kind, _text(entry), entry.text_place)
        elif not entry.blank:
            yield UnitText(entry.task, REPORTS, entry.status)


def _text(entry: Entry) -> str:
    return Progress.NOT_APPLICABLE.value if entry.blank else entry.status


def merge(submissions: Iterable[Submission], catalog: Catalog) -> Merged:
    """Merge submissions task by task.

    One unit: its own text.  Several: each unit's paragraphs in turn, the first one led by 【单位】; units with the
    same text share it; 不涉及 is left out, with an info, where another unit reports on the task.
    """
    merging = Merging(catalog)
    for submission in submissions:
        merging.take(submission.unit, submission.file, submission.period, unit_texts(submission))
    return merging.finish()


_NOT_APPLICABLE = "不涉及"  # the shelf of every 不涉及 in the order of the units, its task in place of its text


@dataclass(slots=True)
class _Count:
    """How many units report on a task, say 不涉及 with a reason, and without."""

    kinds: list[int] = field(default_factory=lambda: [0, 0, 0])

    @property
    def shown(self) -> int:
        """The kind of voice that the cell shows: of several kinds the one that says most."""
        return next((kind for kind, number in enumerate(self.kinds) if number), GIVES_NONE)


class Merging:
    """A merged submission in the making: takes the units in order."""

    def __init__(self, catalog: Catalog, shelves: TextStore | None = None) -> None:
        self._shelves = InMemoryTextStore() if shelves is None else shelves
        self._units: list[str] = []
        self._files: list[str] = []
        self._periods: dict[str, str] = {}
        self._counts = {task: _Count() for task in catalog.tasks}

    def take(self, unit: str, file: str, period: str, said: Iterable[UnitText]) -> None:
        """Take the next unit.

        Args:
            unit: its name.
            file: the file it came from.
            period: its 报告期, or an empty text.
            said: what it says, in official order.
        """
        number = len(self._units)
        self._units.append(unit)
        self._files.append(file)
        if folded := fold(period):
            self._periods.setdefault(folded, period)
        for task, kind, text, place in said:
            self._counts[task].kinds[kind] += 1
            self._shelves.put(task, StoredText(number, kind, text, NOWHERE))
            if kind != REPORTS:
                self._shelves.put(_NOT_APPLICABLE, StoredText(number, kind, task, place))

    def finish(self) -> Merged:
        """The merged submission, once all units are there."""
        spoken = tuple(task for task, count in self._counts.items() if any(count.kinds))
        cells = _LazyCells(self, spoken)
        return Merged(tuple(self._units), tuple(self._periods.values()), cells, tuple(self._left_out()))

    def cell(self, task: str) -> tuple[str, ...]:
        """The paragraphs of a task's cell."""
        rows = self._shelves.rows(task)
        if len(self._units) == 1:
            return tuple(line for row in rows for line in row.text.split("\n"))
        count = self._counts[task]
        if count.shown == GIVES_NONE and count.kinds[GIVES_NONE] == len(self._units):
            return (Progress.NOT_APPLICABLE.value,)
        return tuple(self._labelled(row for row in rows if row.kind == count.shown))

    def _labelled(self, rows: Iterable[StoredText]) -> Iterator[str]:
        """Each text once, led by the names of all units that gave it."""
        together: dict[str, list[str]] = {}
        for row in rows:
            together.setdefault(row.text, []).append(self._units[row.unit])
        for text, units in together.items():
            first, *rest = text.split("\n")
            yield f"【{'、'.join(units)}】{first}"
            yield from rest

    def _left_out(self) -> Iterator[Finding]:
        """An info for each unit: which of its 不涉及 the merged form does not show."""
        if len(self._units) == 1:
            return
        for unit, rows in groupby(self._shelves.rows(_NOT_APPLICABLE), key=lambda row: row.unit):
            left = [row for row in rows if row.kind != self._counts[row.text].shown]
            if left:
                tasks = "、".join(row.text for row in left)
                yield Finding(
                    self._files[unit],
                    left[0].place,
                    self._units[unit],
                    None,
                    RULES["ZJ604"],
                    f"{len(left)} 项“不涉及”未并入汇总，用的是别的单位的文字：{tasks}",
                    "如要保留其中某项的说明，把它的进展改成其他三种",
                )


class _LazyCells(Mapping[str, tuple[str, ...]]):
    """The cells of a merged submission, each put together when it is asked for."""

    def __init__(self, merging: Merging, tasks: tuple[str, ...]) -> None:
        self._merging, self._tasks = merging, tasks

    def __getitem__(self, task: str) -> tuple[str, ...]:
        if task in self:
            return self._merging.cell(task)
        raise KeyError(task)

    def __contains__(self, task: object) -> bool:
        return task in self._tasks

    def __iter__(self) -> Iterator[str]:
        return iter(self._tasks)

    def __len__(self) -> int:
        return len(self._tasks)
