"""Findings of a review: their places, their collection for each file, and the report of a run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from zhijiao20.core.rule_table import Rule, Severity, find_rule
from zhijiao20.core.unread import Unread


class Place(NamedTuple):
    """A position in a file.

    Attributes:
        line: line number, counted from 1.
        column: column number, counted from 1.
        cell: a cell of a sheet, or a row of a Word table.
    """

    line: int | None = None
    column: int | None = None
    cell: str | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a review: rule, position, message, and a hint how to fix it."""

    file: str
    place: Place
    unit: str | None
    task: str | None
    rule: Rule
    message: str
    hint: str

    @property
    def severity(self) -> Severity:
        """Return the severity of its rule."""
        return self.rule.severity

    def reaches(self, severity: Severity) -> bool:
        """Check whether its severity is at least ``severity``."""
        return self.rule.reaches(severity)


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding suppressed by its entry (豁免), with the reason given."""

    finding: Finding
    reason: str


class TooManyFindingsError(Exception):
    """A file has more findings than the limit allows."""


@dataclass(frozen=True, slots=True)
class Collector:
    """Findings of one file, collected in order.

    It adds the file and the unit to each finding, so that readers need not pass them.

    Attributes:
        file: the file as the user named it.
        unit: the unit that the next findings are about; None where there is none yet.
        findings: the findings of the whole file so far.
        max_findings: the maximum number of findings; None for no limit.
    """

    file: str
    unit: str | None = None
    findings: list[Finding] = field(default_factory=list)
    max_findings: int | None = None

    def of_unit(self, unit: str | None) -> Collector:
        """Return a collector of the same findings for one unit of the file."""
        return Collector(self.file, unit, self.findings, self.max_findings)

    def with_limit(self, max_findings: int | None) -> Collector:
        """Return a collector of the same findings with another limit."""
        return Collector(self.file, None, self.findings, max_findings)

    def add(self, key: str, message: str, hint: str = "", *, place: Place = NOWHERE, task: str | None = None) -> None:
        """Add a finding of a rule by its code, or by the key of its variant that weighs more.

        Raises:
            KeyError: there is no such rule.
            TooManyFindingsError: ``max_findings`` is already reached.
        """
        if self.max_findings is not None and len(self.findings) >= self.max_findings:
            raise TooManyFindingsError
        self.findings.append(Finding(self.file, place, self.unit, task, find_rule(key), message, hint))


T = TypeVar("T")


class StoredFindings(Collection[T]):
    """A collection that is not kept in memory: each iteration reads it again; the counts are known.

    Attributes:
        by_rule: number of items of each rule.
    """

    def __init__(self, read: Callable[[], Iterator[T]], by_rule: Mapping[Rule, int]) -> None:
        self._read, self.by_rule = read, by_rule

    def __iter__(self) -> Iterator[T]:
        return self._read()

    def __len__(self) -> int:
        return sum(self.by_rule.values())

    def __contains__(self, item: object) -> bool:
        return any(stored == item for stored in self)


class UnitCounts(NamedTuple):
    """A unit that was read, and how much was found in it.

    A finding without a unit counts for the unit of its file, if the file has only one.
    """

    unit: str
    files: list[str]
    counts: Counter[Severity]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a review.

    Attributes:
        files: number of files reviewed.
        units: number of units found in them.
        findings: all findings, by file in the order given, then by place; a tuple unless there are very many.
        passed_over: number of lock files, hidden files and system files skipped in folders.
        waived: findings suppressed by entries, in the same order; not included in ``findings``.
        unread: files from which nothing was taken, and which are no error.
        by_unit: every unit that was read, in the order of the files.
        excluded: number of files that the project excludes.
        skippable: number of files with an error that ``--skip-unread`` lets pass.
        advice: how to convert at once all files that could not be read; empty if there are none.
        set_aside: files of which something does not count, because another file of the unit was chosen.
        own: what was passed over because the program wrote it, or because it is of the last round.
    """

    files: int
    units: int
    findings: Collection[Finding]
    passed_over: int = 0
    waived: Collection[Waived] = ()
    unread: tuple[Unread, ...] = ()
    by_unit: Collection[UnitCounts] = ()
    excluded: int = 0
    skippable: int = 0
    advice: str = ""
    set_aside: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def by_rule(self) -> Mapping[Rule, int]:
        """Count the findings of each rule."""
        if isinstance(self.findings, StoredFindings):
            return self.findings.by_rule
        return Counter(finding.rule for finding in self.findings)

    def only(self, wanted: Callable[[Rule], bool]) -> Collection[Finding]:
        """Return the findings of the rules that ``wanted`` accepts, in the same order."""
        if not isinstance(self.findings, StoredFindings):
            return tuple(finding for finding in self.findings if wanted(finding.rule))
        kept = {rule: number for rule, number in self.by_rule().items() if wanted(rule)}
        return StoredFindings(lambda: (finding for finding in self.findings if finding.rule in kept), kept)

    def count(self, severity: Severity) -> int:
        """Count the findings of this severity."""
        return sum(number for rule, number in self.by_rule().items() if rule.severity is severity)

    @property
    def failed(self) -> bool:
        """Check whether there is a finding with severity error."""
        return self.reaches(Severity.ERROR)

    def reaches(self, severity: Severity) -> bool:
        """Check whether any finding has at least this severity."""
        return any(rule.reaches(severity) for rule in self.by_rule())


def rename_units(findings: list[Finding], names: Mapping[str, str | None]) -> None:
    """Give the findings about some units the new names of these units.

    Args:
        findings: the findings, which are replaced.
        names: present name → new name; None where they are of no single unit.
    """
    if names:
        findings[:] = [
            replace(finding, unit=names[finding.unit])
            if finding.unit is not None and finding.unit in names
            else finding
            for finding in findings
        ]


def sort_by_place(findings: Iterable[Finding]) -> list[Finding]:
    """Sort the findings of one file by place; missing tasks (ZJ202) have no place and come last."""

    def key(finding: Finding) -> tuple[bool, int, int]:
        row = re.search("[0-9]+$|[0-9]+(?=行)", finding.place.cell or "")
        line = finding.place.line or (int(row[0]) if row else 0)
        return finding.rule.code == "ZJ202", line, finding.place.column or 0

    return sorted(findings, key=key)
