"""Temporary storage for data that may be too large for memory: findings by file, and texts by task.

Small amounts stay in memory; larger amounts are written to a temporary file without a name.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.findings import Finding, Place, Report, StoredFindings, UnitCounts, Waived, sort_by_place
from zhijiao20.core.rule_table import Rule, Severity
from zhijiao20.core.settings import Settings
from zhijiao20.core.unread import Unread, describe_unread
from zhijiao20.core.wording import fold
from zhijiao20.review.file_result import FileFindings, FileResult, UnitRule
from zhijiao20.system.discovery import path_text
from zhijiao20.system.found_files import FoundFiles
from zhijiao20.system.temp_store import TempStore

if TYPE_CHECKING:
    from zhijiao20.core.merge import StoredText
    from zhijiao20.review.intake import Intake

HELD_LIMIT = 5000
"""Limit of the findings held in memory; if there are more, each iteration reads them from the file again."""

_PENDING_LIMIT = 2**16  # characters held in memory under one key
_FASTEST_LEVEL = 1  # zlib level


class ResultStore:
    """The findings of a run, in the order of its files.

    Attributes:
        waived_counts: rule → number of waived findings.
        by_unit: the folded name of each unit that was read → the unit with its counts.
        rules_by_unit: the same name → the number of errors and warnings by rule; None where they are not counted.
    """

    def __init__(self, files: Sequence[str], settings: Settings, new_store: Callable[[], TempStore]) -> None:
        self._files, self._settings, self._new_store = files, settings, new_store
        self._store: TempStore | None = None
        self._held: dict[int, FileFindings] = {}
        self._held_count = 0
        self._stored: dict[int, tuple[int, int]] = {}
        self._counts: Counter[Rule] = Counter()
        self.waived_counts: Counter[Rule] = Counter()
        self.by_unit: dict[str, UnitCounts] = {}
        self.rules_by_unit: dict[str, Counter[Rule]] | None = None
        self._cross_unit: dict[str, FileFindings] = {}

    def add(self, index: int, result: FileResult) -> None:
        """Add the findings of a file by its index: held in memory while there are few, else stored."""
        found = result.found
        counts: Mapping[UnitRule, int] = result.counts[0]
        if not isinstance(found, bytes):
            counts = Counter((finding.unit, finding.rule.key) for finding in found[0])
        for summary in result.units:
            unit = self.by_unit.setdefault(fold(summary.unit), UnitCounts(summary.unit, [], Counter()))
            unit.files.append(self._files[index])
        if counts:
            self._count(result, counts)
        if isinstance(found, bytes):
            for key, number in result.counts[1].items():
                self.waived_counts[self._settings.rule(key)] += number
            packed = found
        else:
            if not (found[0] or found[1]):
                return
            self.waived_counts.update(item.finding.rule for item in found[1])
            self._held_count += len(found[0]) + len(found[1])
            if self._held_count <= HELD_LIMIT:
                self._held[index] = found
                return
            from zhijiao20.review.serialize import pack_findings

            packed = pack_findings(found)
        if packed:
            self._store = self._store or self._new_store()
            self._stored[index] = self._store.append(packed), len(packed)

    def _count(self, result: FileResult, counts: Mapping[UnitRule, int]) -> None:
        """Count the findings of a file, by rule and by unit."""
        only_unit = result.units[0].unit if len(result.units) == 1 else None
        for (unit_name, key), number in counts.items():
            rule = self._settings.rule(key)
            self._counts[rule] += number
            self._count_for_unit(unit_name or only_unit, rule, number)

    def _count_for_unit(self, unit_name: str | None, rule: Rule, number: int = 1) -> None:
        if unit_name is not None and (unit := self.by_unit.get(fold(unit_name))):
            unit.counts[rule.severity] += number
            if self.rules_by_unit is not None and rule.severity is not Severity.INFO:
                self.rules_by_unit.setdefault(fold(unit_name), Counter())[rule] += number

    def add_cross_unit(self, findings: Iterable[Finding], waived: Iterable[Waived] = ()) -> None:
        """Add findings of cross-unit rules; they are merged into the findings of their files."""
        for finding in findings:
            self._counts[finding.rule] += 1
            self._count_for_unit(finding.unit, finding.rule)
            self._cross_unit.setdefault(finding.file, ([], []))[0].append(finding)
        for item in waived:
            self.waived_counts[item.finding.rule] += 1
            self._cross_unit.setdefault(item.finding.file, ([], []))[1].append(item)

    def findings(self, first: Sequence[Finding] = ()) -> Collection[Finding]:
        """Return all findings: those in ``first``, then the others by file and place."""
        by_rule = Counter(finding.rule for finding in first) + self._counts if first else self._counts
        if sum(by_rule.values()) <= HELD_LIMIT:
            return (*first, *(finding for found, _ in self._by_file() for finding in found))
        return StoredFindings(lambda: chain(first, (item for found, _ in self._by_file() for item in found)), by_rule)

    def waived(self) -> Collection[Waived]:
        """Return the waived findings, by file."""
        if sum(self.waived_counts.values()) <= HELD_LIMIT:
            return tuple(item for _, waived in self._by_file() for item in waived)
        return StoredFindings(lambda: (item for _, waived in self._by_file() for item in waived), self.waived_counts)

    def read(self, index: int, result: FileResult) -> list[Finding]:
        """Return the findings in a result, which need not be stored."""
        found = result.found
        if not isinstance(found, bytes):
            return found[0]
        from zhijiao20.review.serialize import read_findings

        return read_findings(found, self._files[index], self._settings)[0]

    def _by_file(self) -> Iterator[FileFindings]:
        for index, file in enumerate(self._files):
            found, waived = self._held.get(index, ([], []))
            if self._store is not None and index in self._stored:
                from zhijiao20.review.serialize import read_findings

                found, waived = read_findings(self._store.read(*self._stored[index]), file, self._settings)
            if file in self._cross_unit:
                more_found, more_waived = self._cross_unit[file]
                found, waived = sort_by_place([*found, *more_found]), [*waived, *more_waived]
            yield found, waived


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The result of a review of all files.

    Attributes:
        found: the files, and what was passed over.
        store: the findings.
        skipped: the files that ``skip_unread`` passed over.
        skippable: number of files that it would pass over.
        intake: what each file brought; None where it is not needed.
        set_aside: the files of which something does not count.
        not_read: the files that were to count, but are none of these files.
    """

    found: FoundFiles
    store: ResultStore
    skipped: Sequence[Unread]
    skippable: int
    intake: Intake | None = None
    set_aside: Sequence[str] = ()
    not_read: Sequence[Path] = ()

    def report(self, first: Sequence[Finding] = ()) -> Report:
        """Return the report; the findings in ``first`` precede those of the files."""
        found, store = self.found, self.store
        return Report(
            len(found.files) - len(self.skipped),
            len(store.by_unit),
            store.findings(first),
            found.passed_over,
            store.waived() if store.waived_counts else (),
            (*self.skipped, *(describe_unread(path_text(file)) for file in found.unread)),
            tuple(store.by_unit.values()),
            found.excluded,
            self.skippable,
            found.advice,
            tuple(self.set_aside),
            tuple(map(path_text, found.own)),
        )


class TemporaryTextStore:
    """The texts of a run: written unit by unit, read task by task."""

    def __init__(self, store: TempStore) -> None:
        self._store = store
        self._pending: dict[str, list[StoredText]] = {}
        self._sizes: Counter[str] = Counter()
        self._blocks: dict[str, list[tuple[int, int]]] = {}

    def put(self, key: str, row: StoredText) -> None:
        """Append a text to the texts under a key, such as a task."""
        self._pending.setdefault(key, []).append(row)
        self._sizes[key] += len(row.text) + 20
        if self._sizes[key] > _PENDING_LIMIT:
            text = json.dumps(self._pending.pop(key), ensure_ascii=False, separators=(",", ":"))
            packed = zlib.compress(text.encode("utf-8", "surrogatepass"), _FASTEST_LEVEL)
            self._blocks.setdefault(key, []).append((self._store.append(packed), len(packed)))
            del self._sizes[key]

    def rows(self, key: str) -> Iterator[StoredText]:
        """Yield the texts under a key, in order."""
        from zhijiao20.core.merge import StoredText

        for offset, size in self._blocks.get(key, ()):
            text = zlib.decompress(self._store.read(offset, size)).decode("utf-8", "surrogatepass")
            for unit, kind, unit_text, place in json.loads(text):
                yield StoredText(unit, kind, unit_text, Place(*place))
        yield from self._pending.get(key, ())
