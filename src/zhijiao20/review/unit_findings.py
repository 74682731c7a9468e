"""The findings of a round by unit, in temporary storage: those of one unit are read at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from zhijiao20.core.findings import Finding, Place
from zhijiao20.core.settings import Settings
from zhijiao20.system.temp_store import TempStore

LISTED = 500
"""Findings of a unit that are kept; what is beyond is in its counts only."""


class UnitFindings:
    """The findings of each unit.

    Args:
        findings: all findings, by file.
        owners: returns the keys of the units to which a finding belongs.
        settings: the severities of the rules.
    """

    def __init__(
        self, findings: Iterable[Finding], owners: Callable[[Finding], Iterable[str]], settings: Settings
    ) -> None:
        self._settings = settings
        self._store = TempStore()
        self._blocks: dict[str, list[tuple[int, int]]] = {}
        self._kept: dict[str, int] = {}
        for _, of_file in groupby(findings, key=lambda finding: finding.file):
            by_unit: dict[str, list[Finding]] = {}
            for finding in of_file:
                for owner in owners(finding):
                    by_unit.setdefault(owner, []).append(finding)
            for owner, found in by_unit.items():
                self._keep(owner, found)

    def _keep(self, owner: str, found: Sequence[Finding]) -> None:
        kept = self._kept.get(owner, 0)
        rows = [(one.file, one.place, one.unit, one.task, one.rule.key, one.message, one.hint) for one in found]
        rows = rows[: LISTED - kept]
        if rows:
            data = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
            self._blocks.setdefault(owner, []).append((self._store.append(data), len(data)))
            self._kept[owner] = kept + len(rows)

    def of(self, owner: str) -> list[Finding]:
        """Return the findings of a unit, as many as are kept."""
        found: list[Finding] = []
        for offset, size in self._blocks.get(owner, ()):
            rows = json.loads(self._store.read(offset, size).decode("utf-8", "surrogatepass"))
            found += (
                Finding(file, Place(*place), unit, task, self._settings.rule(key), message, hint)
                for file, place, unit, task, key, message, hint in rows
            )
        return found
