"""Collect what each file of a run brought: its units with their answers, or why nothing was taken from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from zhijiao20.core.findings import Finding
from zhijiao20.core.identify import KnownBy
from zhijiao20.core.round import Kind, Part, ReadFile
from zhijiao20.core.rule_table import WRONG_SUFFIX, Severity
from zhijiao20.core.settings import Settings
from zhijiao20.core.unread import Unread
from zhijiao20.review.file_result import FileResult
from zhijiao20.rules.shared.unit_summary import UnitSummary

_UNREADABLE = frozenset({"ZJ001", "ZJ002", "ZJ003"})
_NO_COLUMNS = frozenset({"ZJ115"})  # of a workbook or document: it has no table; of a text file: the header is wrong

_WRONG_SUFFIX = frozenset({WRONG_SUFFIX})


class Intake:
    """What was read, in the order of the files.

    Args:
        settings: the severities of the rules.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.files: list[ReadFile] = []

    def take(
        self, name: str, result: FileResult, findings: Callable[[], Sequence[Finding]], is_text: Callable[[], bool]
    ) -> None:
        """Take the result of a file.

        Args:
            name: what the file is called in messages.
            result: the result.
            findings: returns the findings of the file.
            is_text: returns whether it is a file of plain text.
        """
        if result.units:
            counts = self._shared_counts(result, findings) if len(result.units) > 1 else {}
            problem, hint = _wrong_suffix(result, findings)
            self.files.append(ReadFile(name, Kind.READ, tuple(map(_part, result.units)), problem, hint, counts))
            return
        found = findings()
        first = next((finding for finding in found if finding.severity is Severity.ERROR), None)
        problem, hint = (first.message, first.hint) if first else ("里面没有填报内容", "请向填报单位要填好的文件")
        counts = Counter(finding.severity for finding in found)
        self.files.append(ReadFile(name, _kind(result, is_text), (), problem, hint, counts))

    def take_others(self, files: Sequence[Unread]) -> None:
        """Take the files that can hold no status."""
        self.files += [ReadFile(file.file, Kind.OTHER, (), file.what, file.hint) for file in files]

    def _shared_counts(self, result: FileResult, findings: Callable[[], Sequence[Finding]]) -> Mapping[Severity, int]:
        """Count the findings of a file of several units that belong to none of them."""
        if isinstance(result.found, bytes) and not any(unit is None for unit, _ in result.counts[0]):
            return {}
        return Counter(finding.severity for finding in findings() if finding.unit is None)


def _part(unit: UnitSummary) -> Part:
    assert unit.answers is not None, "they are asked for wherever there is an intake"
    assert unit.counts is not None, "every submission has them"
    if unit.known is not None:
        known = unit.known
        whose = (known.label, known.known_by, known.written, known.nearest)
    else:
        whose = (unit.unit, KnownBy.FILE_NAME if unit.from_file_name else KnownBy.NAME, unit.unit, ())
    return Part(*whose, unit.counts, unit.answers, unit.superior, unit.period)


def _wrong_suffix(result: FileResult, findings: Callable[[], Sequence[Finding]]) -> tuple[str, str]:
    """Return what is wrong with the name of a file that was read, and what to do; empty if nothing is."""
    if not result.has_any(_WRONG_SUFFIX):
        return "", ""
    return next((finding.message, finding.hint) for finding in findings() if finding.rule.code in _WRONG_SUFFIX)


def _kind(result: FileResult, is_text: Callable[[], bool]) -> Kind:
    """Return whether a file from which no unit was taken could not be read, or has errors in what was read."""
    if result.has_any(_UNREADABLE):
        return Kind.UNREAD
    return Kind.UNREAD if result.has_any(_NO_COLUMNS) and not is_text() else Kind.FAULTY
