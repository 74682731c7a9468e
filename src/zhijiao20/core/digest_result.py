"""A digest of all units: what stands in the table, what in the annex, and statistics.  No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from zhijiao20.core.answer_counts import GroupCounts, count_by_group, count_by_task
from zhijiao20.core.answers import DONE, NOT_APPLICABLE, NOT_STARTED, ONGOING, UNMARKED
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.cell import OwnText, labelled
from zhijiao20.core.digest import ALL_IN_ANNEX, NO_GROUP, REST_IN_ANNEX, By, counts_sentence, group_sentence
from zhijiao20.core.findings import Finding
from zhijiao20.core.merge import REPORTS, Merged, StoredText, TextStore
from zhijiao20.core.submission import Progress

STATES = {
    "": UNMARKED,
    Progress.DONE.value: DONE,
    Progress.ONGOING.value: ONGOING,
    Progress.NOT_STARTED.value: NOT_STARTED,
}
"""The state of an answer that reports, by its 进展."""

_PROGRESS_OF = {state: word for word, state in STATES.items()} | {NOT_APPLICABLE: Progress.NOT_APPLICABLE.value}


class UnitAnswer(NamedTuple):
    """The answer of one unit to a task.

    Attributes:
        unit: what the unit is called.
        superior: its 上级; empty if it has none.
        category: its 类别; empty if it has none.
        progress: 进展; empty if it is not given.
        text: the text.
    """

    unit: str
    superior: str
    category: str
    progress: str
    text: str


class Member(NamedTuple):
    """A unit of a digest.

    Attributes:
        label: what it is called.
        superior: its 上级; empty if it has none.
        under: the superior whose units it stands among, which may be itself; empty if there is none.
        category: its 类别; empty if it has none.
        states: the states of its answers; see ``answers``.
        texts: the number of its texts.
    """

    label: str
    superior: str
    under: str
    category: str
    states: str
    texts: int

    def group(self, by: By) -> str:
        """Return the group of the unit; empty if it has none."""
        return self.category if by is By.CATEGORY else self.under


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of the units of a result.

    Attributes:
        store: all texts.
        place: the number of each unit, as it was added → its place in the result.
        leading: task → the numbers of the units that lead it and have a text on it.
    """

    store: TextStore
    place: Mapping[int, int]
    leading: Mapping[str, set[int]]

    def any(self, task: str) -> bool:
        """Check whether there are texts on a task."""
        return any(row.unit in self.place for row in self.store.rows(task))

    def split(self, task: str) -> tuple[list[StoredText], list[StoredText]]:
        """Return the texts on a task: those that leading units gave, and the others.

        In each of both lists there are reports and then 不涉及, in the order of the units.
        """
        numbers = self.leading.get(task, ())
        leads = {self.place[number] for number in numbers if number in self.place}
        rows = [row._replace(unit=self.place[row.unit]) for row in self.store.rows(task) if row.unit in self.place]
        rows.sort(key=lambda row: (row.kind != REPORTS, row.unit))
        texts = {row.text for row in rows if row.unit in leads}
        if not texts:
            return [], rows
        return [row for row in rows if row.text in texts], [row for row in rows if row.text not in texts]


class _Group(NamedTuple):
    """Units of a group, and the number of them by the state of their answer to each task."""

    name: str
    members: Sequence[Member]
    counts: list[Counter[str]]


class Digest:
    """A digest of all units.

    Attributes:
        units: what the units are called, in order.
        superiors: 上级 of each unit; empty where it is not known.
        periods: the distinct 报告期 in order.
        members: the units with the states of their answers.
        cells: task → the paragraphs of its cell in the table, each cell computed on access.
        findings: none; no text is left out.
    """

    findings: tuple[Finding, ...] = ()

    def __init__(
        self, catalog: Catalog, merged: Merged, members: Sequence[Member], texts: Texts, by: By | None, *, annex: bool
    ) -> None:
        self.units, self.superiors = merged.units, merged.superiors
        self.periods, self.members = merged.periods, members
        self._catalog, self._texts, self._by, self._annex = catalog, texts, by, annex
        self._more: dict[str, bool] = {}
        self.cells: Mapping[str, tuple[str, ...]] = _LazyCells(tuple(catalog.tasks), self._cell)

    @cached_property
    def _counts(self) -> list[_Group]:
        """All units, then those of each group, with their counts by task."""
        found = {"": list(self.members)}
        if (by := self._by) is not None:
            for member in self.members:
                found.setdefault(member.group(by) or NO_GROUP[by], []).append(member)
        tasks = len(self._catalog.tasks)
        return [
            _Group(name, members, count_by_task((member.states for member in members), tasks))
            for name, members in found.items()
        ]

    def _cell(self, task: str) -> tuple[str, ...]:
        """Return the paragraphs of a cell: counts, the texts of the leading units, and what is in the annex."""
        lines = list(self._counts_lines(self._catalog.position[task]))
        leading, others = self._texts.split(task) if self._texts.leading.get(task) else ([], [])
        lines.extend(labelled(self._own(leading)))
        if leading:
            self._more[task] = bool(others)
        if self._annex and self.has_more(task):
            lines.append(REST_IN_ANNEX if leading else ALL_IN_ANNEX)
        return tuple(lines) or ("",)

    def _counts_lines(self, index: int) -> Iterator[str]:
        """Yield the sentence that counts all units, then one for each group."""
        for group in self._counts:
            not_started = (member.label for member in group.members if member.states[index] == NOT_STARTED)
            if sentence := counts_sentence(group.counts[index], not_started):
                yield group_sentence(group.name, sentence) if group.name else sentence

    def has_more(self, task: str) -> bool:
        """Check whether there are texts on a task that are not in the table."""
        if task not in self._more:
            leads = self._texts.leading.get(task)
            self._more[task] = bool(self._texts.split(task)[1]) if leads else self._texts.any(task)
        return self._more[task]

    @property
    def leaves_texts(self) -> bool:
        """Check whether there are any texts that are not in the table."""
        return any(map(self.has_more, self._catalog.tasks))

    def annex_texts(self, task: str) -> Iterator[OwnText]:
        """Yield the texts on a task that are not in the table, unit by unit."""
        return self._own(self._texts.split(task)[1])

    def _own(self, rows: Iterable[StoredText]) -> Iterator[OwnText]:
        return (OwnText(self.units[row.unit], row.text) for row in rows)

    def annex_answers(self, task: str) -> Iterator[UnitAnswer]:
        """Yield the answers to a task whose text is not in the table, unit by unit."""
        index = self._catalog.position[task]
        for row in self._texts.split(task)[1]:
            member = self.members[row.unit]
            progress = _PROGRESS_OF.get(member.states[index], "")
            yield UnitAnswer(member.label, member.superior, member.category, progress, row.text)

    def by_group(self, by: By) -> list[GroupCounts]:
        """Return the answers of each group; none if no unit has one."""
        return count_by_group(((member.group(by), member.states) for member in self.members), NO_GROUP[by])

    def by_task(self) -> list[Counter[str]]:
        """Return the number of units by the state of their answer to each task, in official order."""
        return self._counts[0].counts


class _LazyCells(Mapping[str, tuple[str, ...]]):
    """The cells of a digest, each computed on access."""

    def __init__(self, tasks: tuple[str, ...], cell: Callable[[str], tuple[str, ...]]) -> None:
        self._tasks, self._cell = tasks, cell

    def __getitem__(self, task: str) -> tuple[str, ...]:
        if task in self._tasks:
            return self._cell(task)
        raise KeyError(task)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tasks)

    def __len__(self) -> int:
        return len(self._tasks)
