"""Compare two stored rounds; the changes of a unit are found again each time that they are read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from zhijiao20.core.round_changes import RoundCounts, UnitChange, compare_unit
from zhijiao20.review.stored_round import StoredRound, Version


class RoundChanges(Collection[UnitChange]):
    """The changes of each unit: those of the new round in its order, then those that are gone.

    Args:
        old: the old round.
        new: the new round.
        tasks: the ids of all tasks, in official order.

    Attributes:
        counts: how much changed.
    """

    def __init__(self, old: StoredRound, new: StoredRound, tasks: Sequence[str]) -> None:
        self._old, self._new, self._tasks = old, new, tasks
        self._versions: list[tuple[Version | None, Version | None]] = []
        self.counts = RoundCounts()

    def add(self, before: Version | None, after: Version | None) -> None:
        """Add the next unit by its versions; a round that it is not in has None."""
        self._versions.append((before, after))
        self.counts.add(self._compare(before, after))

    def _compare(self, before: Version | None, after: Version | None) -> UnitChange:
        version = after or before
        assert version is not None, "a unit is in one round at least"
        old = None if before is None else self._old.answers(before)
        new = None if after is None else self._new.answers(after)
        return compare_unit(version.unit, old, new, self._tasks)

    def __iter__(self) -> Iterator[UnitChange]:
        for before, after in self._versions:
            yield self._compare(before, after)

    def __len__(self) -> int:
        return len(self._versions)

    def __contains__(self, item: object) -> bool:
        return any(change == item for change in self)


def compare_rounds(old: StoredRound, new: StoredRound, tasks: Sequence[str], *, as_one: bool = False) -> RoundChanges:
    """Compare two rounds unit by unit; units of which either round has versions that differ are left out.

    Args:
        old: the old round, settled.
        new: the new round, settled.
        tasks: the ids of all tasks, in official order.
        as_one: compare the only unit of each round, whatever they are called.
    """
    changes = RoundChanges(old, new, tasks)
    compared = old.undecided | new.undecided
    for key, version in new.units():
        old_key = next(iter(old.units()))[0] if as_one else old.counterpart(key, version.unit, version.superior)
        if old_key in compared:
            continue
        compared.add(old_key)
        changes.add(old.find(old_key), version)
    for key, version in old.units():
        if key not in compared:
            changes.add(version, None)
    return changes
