"""The cross-unit rules, run on what is kept of every unit.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from zhijiao20.core.findings import Finding
from zhijiao20.core.settings import Settings
from zhijiao20.rules.engine import cross_unit_rules
from zhijiao20.rules.shared.unit_summary import Differ, UnitSummary, not_known

if TYPE_CHECKING:
    from zhijiao20.rules.between.near_copy import CachedCall, NearCopies
    from zhijiao20.rules.near_duplicates.text_store import BlockStore


class CrossUnitReview:
    """Selected cross-unit rules, run on the summaries of all units, which are added in the order of the files.

    Args:
        settings: the selection of rules.
        new_store: opens temporary storage for texts; called only if there are texts to compare.
        remember: returns the cached result of an earlier run, or computes it; None for no cache.
        differ: returns in which tasks the files of a unit differ; called only where it has several.
    """

    def __init__(
        self,
        settings: Settings,
        new_store: Callable[[], BlockStore],
        remember: CachedCall | None = None,
        differ: Differ = not_known,
    ) -> None:
        self._rules = cross_unit_rules(settings, differ)
        self._settings, self._new_store, self._remember = settings, new_store, remember
        self._near_copies: NearCopies | None = None
        self._units: list[UnitSummary] = []

    def take(self, unit: UnitSummary) -> None:
        """Add the summary of the next unit; its texts are moved to the temporary storage."""
        if unit.texts and self._near_copies is None:
            from zhijiao20.rules.between.near_copy import NearCopies

            self._near_copies = NearCopies(self._settings.thresholds, self._new_store, self._remember)
            for index, seen in enumerate(self._units):
                self._near_copies.take(index, seen)
        if self._near_copies is not None:
            self._near_copies.take(len(self._units), unit)
        self._units.append(replace(unit, texts=None) if unit.texts else unit)

    def finish(self) -> list[Finding]:
        """Return the findings of the cross-unit rules on all added units."""
        units = tuple(self._units)
        if len(units) < 2:
            return []
        found = (finding for _, rule in self._rules for finding in rule(units))
        return [*found, *(self._near_copies.finish(units) if self._near_copies else ())]
