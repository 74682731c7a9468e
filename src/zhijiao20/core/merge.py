"""Merge the texts of several units into one text per task, each labelled with its unit.  No I/O.

The result depends only on the submissions and their order.  Texts are added unit by unit and read task by task; a
text store holds them in between, so that more texts than fit into memory can be merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, Protocol, TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.cell import OwnText, grouped, labelled
from zhijiao20.core.findings import NOWHERE, Finding, Place
from zhijiao20.core.levels import groups_of, labels_of
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.submission import Entry, Progress, Submission, gives_no_reason, is_not_applicable
from zhijiao20.core.wording import fold

REPORTS, GIVES_REASON, GIVES_NONE = range(3)
"""Kinds of text, in order of precedence: a report, 不涉及 with a reason, 不涉及 without a reason."""


class UnitText(NamedTuple):
    """The text of one unit on one task: the part of an entry that merging needs.

    Attributes:
        task: the task id.
        kind: REPORTS, GIVES_REASON or GIVES_NONE.
        text: the text of the entry, or the word 不涉及; empty if only 进展 is given.
        place: position where the text begins; not set for reports.
        progress: 进展; empty if it is not given.
    """

    task: str
    kind: int
    text: str
    place: Place = NOWHERE
    progress: str = ""


class StoredText(NamedTuple):
    """A row of a text store: a ``UnitText``; ``unit`` is the index of the unit, counted from 0."""

    unit: int
    kind: int
    text: str
    place: Place


class TextStore(Protocol):
    """Storage for texts until all units are added: lists of rows in order; ``key`` is the name of a list."""

    def put(self, key: str, row: StoredText) -> None:
        """Append a row to the list named ``key``."""

    def rows(self, key: str) -> Iterable[StoredText]:
        """Return the rows of the list named ``key``, in order."""


class InMemoryTextStore:
    """A text store in memory, for a few units."""

    def __init__(self) -> None:
        self._lists: dict[str, list[StoredText]] = {}

    def put(self, key: str, row: StoredText) -> None:
        """Append a row to the list named ``key``."""
        self._lists.setdefault(key, []).append(row)

    def rows(self, key: str) -> Iterable[StoredText]:
        """Return the rows of the list named ``key``, in order."""
        return self._lists.get(key, [])


Cells: TypeAlias = Mapping[str, tuple[str, ...]]
"""Task id → the paragraphs of its cell; a task without any text is not included."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge.

    Attributes:
        units: what the units are called, in order: their names, or 上级：单位 where several have the name.
        superiors: 上级 of each unit, in the same order; empty where it is not known.
        periods: the distinct 报告期 in order, compared after ``fold`` (white space and width are ignored).
        cells: the cells in official order, each computed on access.
        findings: an info for each unit with a 不涉及 that was left out.
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    cells: Cells
    findings: tuple[Finding, ...]
    superiors: tuple[str, ...] = ()


def unit_texts(submission: Submission) -> Iterator[UnitText]:
    """Yield the texts of a unit, task by task; blank entries are skipped unless they are 不涉及 or give a 进展."""
    for entry in submission.entries.values():
        progress = entry.progress
        if progress is Progress.NOT_APPLICABLE or (progress is None and is_not_applicable(entry)):
            kind = GIVES_NONE if gives_no_reason(entry) else GIVES_REASON
            yield UnitText(entry.task, kind, _entry_text(entry), entry.text_place, progress or "")
            continue
        blank = entry.blank
        if progress or not blank:
            yield UnitText(entry.task, REPORTS, "" if blank else entry.status, NOWHERE, progress or "")


def _entry_text(entry: Entry) -> str:
    return Progress.NOT_APPLICABLE.value if entry.blank else entry.status


def merge(submissions: Iterable[Submission], catalog: Catalog) -> Merged:
    """Merge submissions task by task.

    One unit: its own text.  Several units: the paragraphs of each unit in turn, the first one labelled 【单位】; units
    with the same text share one copy and one label.  不涉及 is left out, with an info, if another unit gives a report
    (or, for 不涉及 without a reason, a reason).
    """
    merging = Merging(catalog)
    for submission in submissions:
        said = unit_texts(submission)
        merging.take(submission.unit, submission.file, submission.period, said, submission.superior)
    return merging.finish()


_NOT_APPLICABLE_LIST = "不涉及"  # name of the list of all 不涉及 in the order of the units; their text is the task id


@dataclass(slots=True)
class _KindCounts:
    """Number of units by kind of text, for one task."""

    by_kind: list[int] = field(default_factory=lambda: [0, 0, 0])

    @property
    def shown_kind(self) -> int:
        """Return the kind of text that the cell shows: the first kind that any unit has."""
        return next((kind for kind, number in enumerate(self.by_kind) if number), GIVES_NONE)


class Merging:
    """Incremental merge: units are added in order, then the result is built."""

    def __init__(self, catalog: Catalog, store: TextStore | None = None) -> None:
        self._store = InMemoryTextStore() if store is None else store
        self._units: list[str] = []
        self._superiors: list[str] = []
        self._files: list[str] = []
        self._periods: list[str] = []
        self._place_of: Mapping[int, int] | None = None
        self._kept = 0
        self._answering: Mapping[str, int] = {}
        self._labels: Mapping[int, str] = {}
        self._groups: Mapping[int, str] | None = None
        self._counts = {task: _KindCounts() for task in catalog.tasks}

    def take(self, unit: str, file: str, period: str, said: Iterable[UnitText], superior: str = "") -> None:
        """Add the next unit.

        Args:
            unit: name of the unit.
            file: path of its source file.
            period: its 报告期, or an empty text.
            said: its texts, in official order.
            superior: its 上级, or an empty text.
        """
        number = len(self._units)
        self._units.append(unit)
        self._superiors.append(superior)
        self._files.append(file)
        self._periods.append(period)
        for task, kind, text, place, _ in said:
            if not text:
                continue
            self._counts[task].by_kind[kind] += 1
            self._store.put(task, StoredText(number, kind, text, NOWHERE))
            if kind != REPORTS:
                self._store.put(_NOT_APPLICABLE_LIST, StoredText(number, kind, task, place))

    @property
    def units(self) -> Sequence[str]:
        """The units in the order in which they were added."""
        return self._units

    def finish(
        self,
        order: Sequence[int] | None = None,
        answering: Mapping[str, int] | None = None,
        superiors: Mapping[int, str] | None = None,
        *,
        by_superior: bool = False,
    ) -> Merged:
        """Return the result after all units have been added.

        Args:
            order: the units of the result in order, by their number in the order in which they were added; None for
                all, as they were added.
            answering: the number of these units that answer for each task; None where every unit answers for all.
            superiors: 上级 of units by their number, which goes before what their files say.
            by_superior: whether the units of one superior stand together, led by its name.
        """
        self._answering = answering or {}
        self._kept = len(self._units) if order is None else len(order)
        if order is not None:
            self._place_of = {number: place for place, number in enumerate(order)}
            if len(order) < len(self._units):
                self._count_again()
        numbers = range(len(self._units)) if order is None else order
        periods: dict[str, str] = {}
        for period in (self._periods[number] for number in numbers):
            if folded := fold(period):
                periods.setdefault(folded, period)
        answered = tuple(task for task, count in self._counts.items() if any(count.by_kind))
        cells = _LazyCells(self, answered)
        above = [(superiors or {}).get(number) or self._superiors[number] for number in numbers]
        units = labels_of([self._units[number] for number in numbers], above)
        self._labels = dict(zip(numbers, units, strict=True))
        if by_superior:
            self._groups = dict(zip(numbers, groups_of(units, above), strict=True))
        left_out = tuple(self._left_out_findings())
        return Merged(tuple(units), tuple(periods.values()), cells, left_out, tuple(above))

    def _count_again(self) -> None:
        """Count the kinds of texts of the units that are in the result."""
        for task in self._counts:
            count = self._counts[task] = _KindCounts()
            for row in self._rows(task):
                count.by_kind[row.kind] += 1

    def _rows(self, key: str) -> Iterable[StoredText]:
        """Return the rows of a list that are of units in the result, in the order in which they were added."""
        rows, places = self._store.rows(key), self._place_of
        return rows if places is None else (row for row in rows if row.unit in places)

    def cell(self, task: str) -> tuple[str, ...]:
        """Return the paragraphs of the cell of a task."""
        rows = self._rows(task)
        if self._kept == 1:
            return tuple(line for row in rows for line in row.text.split("\n"))
        count = self._counts[task]
        if count.shown_kind == GIVES_NONE and count.by_kind[GIVES_NONE] >= self._answering.get(task, self._kept):
            return (Progress.NOT_APPLICABLE.value,)
        shown: Iterable[StoredText] = (row for row in rows if row.kind == count.shown_kind)
        if (places := self._place_of) is not None:
            shown = sorted(shown, key=lambda row: places[row.unit])
        labels, groups = self._labels, self._groups
        if groups is None:
            return tuple(labelled(OwnText(labels[row.unit], row.text) for row in shown))
        texts = (OwnText(labels[row.unit], row.text, groups[row.unit]) for row in shown)
        return tuple(grouped(texts, tuple(dict.fromkeys(groups.values()))))

    def _left_out_findings(self) -> Iterator[Finding]:
        """Yield an info for each unit that lists its 不涉及 left out of the merged form."""
        if self._kept == 1:
            return
        for unit, rows in groupby(self._rows(_NOT_APPLICABLE_LIST), key=lambda row: row.unit):
            left_out = [row for row in rows if row.kind != self._counts[row.text].shown_kind]
            if left_out:
                tasks = "、".join(row.text for row in left_out)
                yield Finding(
                    self._files[unit],
                    left_out[0].place,
                    self._units[unit],
                    None,
                    RULES["ZJ604"],
                    f"{len(left_out)} 项“不涉及”未并入汇总，用的是别的单位的文字：{tasks}",
                    "如要保留其中某项的说明，写明做了什么；有“进展”的，改成其他三种之一",
                )


class _LazyCells(Mapping[str, tuple[str, ...]]):
    """The cells of a merged submission, each computed on access."""

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
