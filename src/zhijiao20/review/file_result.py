"""Define the review result of one file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from zhijiao20.core.findings import Finding, Waived
from zhijiao20.rules.shared.unit_summary import UnitSummary
from zhijiao20.rules.waivers import Waiver

if TYPE_CHECKING:
    from zhijiao20.core.merge import UnitText

UnitTexts: TypeAlias = "tuple[str, str, list[UnitText], str]"
"""A unit for merging: 单位, 报告期, its texts, and 上级."""

UnitRule: TypeAlias = "tuple[str | None, str]"
"""A unit, if it is known, and the key of a rule."""

FileFindings: TypeAlias = "tuple[list[Finding], list[Waived]]"
"""The findings of a file, and its waived findings."""


class PackedResult(NamedTuple):
    """The serialized result for a file.

    Attributes:
        header: the counts of findings, the units, and the waivers of cross-unit rules.
        findings: the findings.
        texts: the texts for merging, if they are needed.
        compared: the texts for comparison, if they are needed.
        key: the key in the cache; empty if the result is not to be stored, or is stored already.
    """

    header: bytes
    findings: bytes = b""
    texts: bytes = b""
    compared: bytes = b""
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class FileResult:
    """The result for a file.

    Attributes:
        found: the findings and the waived findings; their serialized form if they came from a process or the cache.
        counts: the counts of findings by unit and key of the rule, and of waived findings by key, if ``found`` is
            serialized.
        units: the data for cross-unit rules.
        waivers: the waivers of cross-unit rules.
        texts: the texts for merging.
        unit_count: how many units the file has.
        packed: the serialized result, if there is one.
        key: the key in the cache; empty if the result is not to be stored, or is stored already.
    """

    found: FileFindings | bytes
    units: Sequence[UnitSummary] = ()
    waivers: Sequence[Waiver] = ()
    texts: Iterable[UnitTexts] = ()
    unit_count: int = 0
    counts: tuple[Mapping[UnitRule, int], Mapping[str, int]] = ({}, {})
    packed: PackedResult | None = None
    key: bytes = b""

    def has_any(self, codes: frozenset[str]) -> bool:
        """Check whether there is a finding of one of these rules."""
        if isinstance(self.found, bytes):
            return any(code in codes for _, code in self.counts[0])
        return any(finding.rule.code in codes for finding in self.found[0])


@dataclass(frozen=True, slots=True)
class Source:
    """Where the content of a file is, and what to tell about it.

    Attributes:
        path: the file to read instead.
        name: the name by which it is read: the stem may be that of the unit, the suffix is that of the content.
        notes: message and hint of each info on how it was read.
        wrong_suffix: message and hint where its name has the suffix of another format.
        error: message and hint where it cannot be read.
    """

    path: Path
    name: str
    notes: tuple[tuple[str, str], ...] = ()
    wrong_suffix: tuple[str, str] | None = None
    error: tuple[str, str] | None = None


Sources: TypeAlias = "Mapping[Path, Source]"
"""The file as it is called in messages → where its content is; files that are not in it are read as they are."""


class TextTaker(Protocol):
    """Receiver of the texts of all units, such as a merge."""

    def take(self, unit: str, file: str, period: str, said: Iterable[UnitText], superior: str = "") -> None:
        """Add the next unit: its name, its file, its 报告期, its texts and its 上级."""
