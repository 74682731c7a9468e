"""Merge the units into a digest: counts and the leading units' texts for the table, all other texts for an annex.

No I/O.  As in a merge, the texts are in a text store; of each unit only the states of its answers are held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from zhijiao20.core.answers import EMPTY, NOT_APPLICABLE, OUTSIDE
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.digest import By
from zhijiao20.core.digest_result import STATES, Digest, Member, Texts
from zhijiao20.core.findings import NOWHERE
from zhijiao20.core.levels import groups_of
from zhijiao20.core.merge import GIVES_NONE, REPORTS, InMemoryTextStore, Merging, StoredText, TextStore, UnitText
from zhijiao20.core.roster import Roster, RosterUnit


class Digesting:
    """Incremental digest: units are added in order, then the result is built.

    Args:
        catalog: the official list.
        store: keeps the texts until all units are added.
        roster: the duties, the leading units and the groups; None without one.
    """

    def __init__(self, catalog: Catalog, store: TextStore | None = None, roster: Roster | None = None) -> None:
        self._catalog, self._roster = catalog, roster
        self._store = InMemoryTextStore() if store is None else store
        self._names = Merging(catalog)  # without texts: order, names and periods of the units
        self._states: list[str] = []
        self._numbers: list[int] = []  # of texts, by unit
        self._not_sent: dict[tuple[str, ...], str] = {}
        self._leading: dict[str, set[int]] = {}

    def take(self, unit: str, file: str, period: str, said: Iterable[UnitText], superior: str = "") -> None:
        """Add the next unit; see ``Merging.take``."""
        number = len(self._states)
        self._names.take(unit, file, period, (), superior)
        known = self._known(unit)
        leads = frozenset(known.leads) if known else frozenset()
        states = list(self._unanswered(known.tasks if known else None))
        texts = 0
        for task, kind, text, _, progress in said:
            if not text:
                continue
            index = self._catalog.position[task]
            if states[index] != OUTSIDE:
                states[index] = STATES[progress] if kind == REPORTS else NOT_APPLICABLE
            if task in leads and kind != GIVES_NONE:
                self._leading.setdefault(task, set()).add(number)
            self._store.put(task, StoredText(number, kind, text, NOWHERE))
            texts += 1
        self._states.append("".join(states))
        self._numbers.append(texts)

    def _unanswered(self, duties: tuple[str, ...] | None) -> str:
        """Return the states of a unit that has answered nothing; None for a unit that answers for every task."""
        if duties is None:
            return EMPTY * len(self._catalog.tasks)
        if duties not in self._not_sent:
            own = frozenset(duties)
            self._not_sent[duties] = "".join(EMPTY if task in own else OUTSIDE for task in self._catalog.tasks)
        return self._not_sent[duties]

    @property
    def units(self) -> Sequence[str]:
        """The units in the order in which they were added."""
        return self._names.units

    def finish(
        self,
        order: Sequence[int] | None = None,
        superiors: Mapping[int, str] | None = None,
        by: By | None = None,
        *,
        annex: bool = False,
    ) -> Digest:
        """Return the result after all units have been added.

        Args:
            order: the units of the result in order, by their number in the order in which they were added; None for
                all, as they were added.
            superiors: 上级 of units by their number, which goes before what their files say.
            by: what groups the units; None for no groups.
            annex: whether there will be an annex, to which the cells refer.
        """
        numbers = range(len(self._states)) if order is None else order
        merged = self._names.finish(order, superiors=superiors)
        groups = groups_of(merged.units, merged.superiors)
        known = [self._known(self.units[number]) for number in numbers]
        described = zip(merged.units, merged.superiors, groups, known, numbers, strict=True)
        members = [
            Member(label, superior, group, unit.category if unit else "", self._states[number], self._numbers[number])
            for label, superior, group, unit, number in described
        ]
        place = {number: index for index, number in enumerate(numbers)}
        return Digest(self._catalog, merged, members, Texts(self._store, place, self._leading), by, annex=annex)

    def _known(self, unit: str) -> RosterUnit | None:
        return self._roster.by_label.get(unit) if self._roster else None
