"""Compare two stored rounds; the changes are kept in temporary storage and read unit by unit."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from zhijiao20.core.round_changes import Presence, RoundCounts, TaskChange, TaskState, UnitChange, compare_unit
from zhijiao20.review.stored_round import StoredRound
from zhijiao20.system.temp_store import TempStore


class RoundChanges(Collection[UnitChange]):
    """The changes of each unit: those of the new round in its order, then those that are gone.

    Attributes:
        counts: how much changed.
    """

    def __init__(self, store: TempStore) -> None:
        self._store = store
        self._blocks: list[tuple[int, int]] = []
        self.counts = RoundCounts()

    def add(self, change: UnitChange) -> None:
        """Add the changes of the next unit."""
        data = json.dumps(change, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        self._blocks.append((self._store.append(data), len(data)))
        self.counts.add(change)

    def __iter__(self) -> Iterator[UnitChange]:
        for offset, size in self._blocks:
            unit, state, unchanged, tasks = json.loads(self._store.read(offset, size).decode("utf-8", "surrogatepass"))
            changes = (TaskChange(task, TaskState(what), *texts) for task, what, *texts in tasks)
            yield UnitChange(unit, Presence(state), unchanged, tuple(changes))

    def __len__(self) -> int:
        return len(self._blocks)

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
    changes = RoundChanges(TempStore())
    compared = old.undecided | new.undecided
    for key, version in new.units():
        old_key = next(iter(old.units()))[0] if as_one else old.counterpart(key, version.unit, version.superior)
        if old_key in compared:
            continue
        before = old.find(old_key)
        compared.add(old_key)
        answers = None if before is None else old.answers(before)
        changes.add(compare_unit(version.unit, answers, new.answers(version), tasks))
    for key, version in old.units():
        if key not in compared:
            changes.add(compare_unit(version.unit, old.answers(version), None, tasks))
    return changes
