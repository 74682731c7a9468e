"""豁免: a reason in an entry takes one rule back for this entry.  Errors of ZJ0 to ZJ2 cannot be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.findings import Finding, Severity
from zhijiao20.model import Submission, is_blank

_STRUCTURE = ("ZJ0", "ZJ1", "ZJ2")
_BETWEEN = "ZJ6"


def waive(findings: Iterable[Finding], submissions: Iterable[Submission]) -> Iterator[Finding]:
    """The findings of a file without those that its entries waive with a reason."""
    waived = {
        (submission.unit, task, code)
        for submission in submissions
        for task, entry in submission.entries.items()
        for code, reason in entry.waivers.items()
        if not is_blank(reason)
    }
    for finding in findings:
        fixed = finding.severity is Severity.ERROR and finding.rule.code.startswith(_STRUCTURE)
        if fixed or (finding.unit, finding.task, finding.rule.code) not in waived:
            yield finding


def waived(submission: Submission) -> frozenset[tuple[str, str]]:
    """(task, code) of the rules between units that the unit's entries take back with a reason."""
    return frozenset(
        (task, code)
        for task, entry in submission.entries.items()
        for code, reason in entry.waivers.items()
        if code.startswith(_BETWEEN) and not is_blank(reason)
    )
