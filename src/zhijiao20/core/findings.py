"""Findings of a review: what is wrong where, collected for each file, and the report of a run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from zhijiao20.core.display import QUOTE_LIMIT as QUOTE_LIMIT  # noqa: PLC0414 - for all who know it from here
from zhijiao20.core.display import path_text
from zhijiao20.core.display import quote as quote  # noqa: PLC0414 - for all who know it from here
from zhijiao20.core.rule_table import RULES, Rule, Severity


class Place(NamedTuple):
    """A place inside a file.  Lines and columns count from 1; ``cell`` is a sheet's cell or a Word table's row."""

    line: int | None = None
    column: int | None = None
    cell: str | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that review has to say, with its place and its remedy."""

    file: str
    place: Place
    unit: str | None
    task: str | None
    rule: Rule
    message: str
    hint: str

    @property
    def severity(self) -> Severity:
        """The weight of the rule behind it."""
        return self.rule.severity

    def reaches(self, severity: Severity) -> bool:
        """Whether it weighs as much as this or more."""
        return self.rule.reaches(severity)


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that an entry took back, with the reason that it gave (豁免)."""

    finding: Finding
    reason: str


class TooManyFindingsError(Exception):
    """A file has more findings than anybody reads."""


@dataclass(slots=True)
class Collector:
    """Gathers the findings of one file, so that no reader has to repeat its name.

    Attributes:
        file: the file as the user named it.
        unit: the unit being read, once it is known.
        most: how many findings there may be; None for any number.
    """

    file: str
    unit: str | None = None
    findings: list[Finding] = field(default_factory=list)
    max_findings: int | None = None

    def add(self, code: str, message: str, hint: str = "", *, place: Place = NOWHERE, task: str | None = None) -> None:
        """Record a finding of the rule ``code``.

        Raises:
            KeyError: there is no such rule.
            TooManyFindingsError: there are as many as there may be.
        """
        if self.max_findings is not None and len(self.findings) >= self.max_findings:
            raise TooManyFindingsError
        self.findings.append(Finding(self.file, place, self.unit, task, RULES[code], message, hint))


T = TypeVar("T")


class StoredFindings(Collection[T]):
    """More findings than memory is to hold: read anew at every walk, their numbers known beforehand.

    Attributes:
        by_rule: how many there are of each rule.
    """

    def __init__(self, read: Callable[[], Iterator[T]], by_rule: Mapping[Rule, int]) -> None:
        self._read, self.by_rule = read, by_rule

    def __iter__(self) -> Iterator[T]:
        return self._read()

    def __len__(self) -> int:
        return sum(self.by_rule.values())

    def __contains__(self, item: object) -> bool:
        return any(one == item for one in self)


@dataclass(frozen=True, slots=True)
class Report:
    """A finished review.

    Attributes:
        files: how many files were looked at.
        units: how many units were found in them.
        findings: all findings, by file in the order given, then by place; a tuple unless there are very many.
        passed_over: how many lock files, hidden and system files in folders were passed over.
        waived: what entries took back with a reason, in the same order; not among the findings.
        unread: files of other formats in folders, which were not read.
    """

    files: int
    units: int
    findings: Collection[Finding]
    passed_over: int = 0
    waived: Collection[Waived] = ()
    unread: tuple[str, ...] = ()

    def by_rule(self) -> Mapping[Rule, int]:
        """How many findings there are of each rule."""
        if isinstance(self.findings, StoredFindings):
            return self.findings.by_rule
        return Counter(finding.rule for finding in self.findings)

    def only(self, wanted: Callable[[Rule], bool]) -> Collection[Finding]:
        """The findings of some rules, in their order."""
        if not isinstance(self.findings, StoredFindings):
            return tuple(finding for finding in self.findings if wanted(finding.rule))
        kept = {rule: number for rule, number in self.by_rule().items() if wanted(rule)}
        return StoredFindings(lambda: (finding for finding in self.findings if finding.rule in kept), kept)

    def count(self, severity: Severity) -> int:
        """How many findings have this weight."""
        return sum(number for rule, number in self.by_rule().items() if rule.severity is severity)

    @property
    def failed(self) -> bool:
        """Whether there is any error finding."""
        return self.reaches(Severity.ERROR)

    def reaches(self, severity: Severity) -> bool:
        """Whether any finding weighs as much as this or more."""
        return any(rule.reaches(severity) for rule in self.by_rule())


def sort_by_place(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one file by place; tasks that are missing stand nowhere and come last."""

    def key(finding: Finding) -> tuple[bool, int, int]:
        row = re.search("[0-9]+$|[0-9]+(?=行)", finding.place.cell or "")
        line = finding.place.line or (int(row[0]) if row else 0)
        return finding.rule.code == "ZJ202", line, finding.place.column or 0

    return sorted(findings, key=key)


def sort_by_file(findings: Iterable[Finding], files: Sequence[object]) -> list[Finding]:
    """Findings in the order of the files; those of one file stay as they came."""
    order = {path_text(file): index for index, file in enumerate(files)}
    return sorted(findings, key=lambda finding: order[finding.file])
