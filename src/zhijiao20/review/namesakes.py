"""Tell units of one name and different superiors apart when the results of several files come together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from zhijiao20.core.findings import rename_units
from zhijiao20.core.levels import bare_name, full_label
from zhijiao20.core.settings import Settings
from zhijiao20.core.unit_names import loose, unit_key
from zhijiao20.review.file_result import FileResult
from zhijiao20.review.serialize import read_findings


class Namesakes:
    """The names of the units of a run: the first unit of a name keeps it, others get 上级：单位.

    A unit without a superior is the first one of its name: so two files of one unit are found, whether its superior
    is given in both or not.

    Args:
        settings: the severities of the rules, for findings that are serialized.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[str, dict[str, str]] = {}  # name → superior → what the unit is called

    def tell_apart(self, result: FileResult, file: str) -> FileResult:
        """Return the result of a file with its units called as in the other files of the run."""
        changed = {
            unit.unit: called
            for unit in result.units
            if (called := self._called(unit.unit, unit.superior)) != unit.unit
        }
        return _renamed(result, changed, file, self._settings) if changed else result

    def _called(self, unit: str, superior: str) -> str:
        """Return what a unit is called; a name that only differs in its spelling stays as it is."""
        name = unit_key(bare_name(unit, superior))
        known = self._known.setdefault(name, {})
        key = loose(superior)
        if key not in known:
            if not known:
                known[key] = unit
            elif not key:
                known[key] = next(iter(known.values()))
            elif "" in known and len(known) == 1:
                known[key] = known[""]
            else:
                known[key] = full_label(unit, superior)
        return unit if unit_key(known[key]) == unit_key(unit) else known[key]


def _renamed(result: FileResult, names: Mapping[str, str], file: str, settings: Settings) -> FileResult:
    """Return a result with new names of some units."""
    packed = result.found
    found, waived = read_findings(packed, file, settings) if isinstance(packed, bytes) else packed
    found = list(found)
    rename_units(found, names)
    suppressed = [
        replace(item, finding=replace(item.finding, unit=names.get(item.finding.unit or "", item.finding.unit)))
        for item in waived
    ]
    return replace(
        result,
        found=(found, suppressed),
        units=[replace(unit, unit=names.get(unit.unit, unit.unit)) for unit in result.units],
        waivers=[replace(waiver, unit=names.get(waiver.unit, waiver.unit)) for waiver in result.waivers],
        texts=((names.get(unit, unit), period, said, superior) for unit, period, said, superior in result.texts),
        packed=None,
        key=b"",
    )
