"""豁免: a reason in an entry takes one rule back for this entry.  Errors of ZJ0 to ZJ2 cannot be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhijiao20.core.findings import Finding, Place, Waived
from zhijiao20.core.rule_table import CODE, RULES
from zhijiao20.core.settings import is_unsuppressible
from zhijiao20.core.submission import Submission, is_blank

_OF_NO_ENTRY = frozenset({"ZJ008", "ZJ012", "ZJ020", "ZJ119", "ZJ604"})
"""What is said of a form, of a waiver and of the merged whole: no entry can take it back."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A 豁免 as it stands in an entry."""

    file: str
    unit: str
    task: str
    code: str
    reason: str
    place: Place


def waivers_of(submission: Submission) -> Iterator[Waiver]:
    """The waivers of a submission that are one: a rule's code, and a reason (the others were told of while reading)."""
    for task, entry in submission.entries.items():
        for code, reason in entry.waivers.items():
            if CODE.fullmatch(code) and not is_blank(reason):
                yield Waiver(submission.file, submission.unit, task, code, reason, entry.place)


def why_not(code: str) -> str:
    """Why a rule cannot be waived, or an empty text where it can."""
    if code not in RULES:
        return "没有这条规则"
    if is_unsuppressible(code):
        return "文件、结构和缺项方面的错误不能豁免"
    return "这条规则不是针对某一项任务的" if code in _OF_NO_ENTRY else ""


def waive(findings: Iterable[Finding], waivers: Iterable[Waiver]) -> tuple[list[Finding], tuple[Waived, ...]]:
    """Part the findings of a run into those that stay and those that their entries took back with a reason."""
    reasons = {(w.file, w.unit, w.task, w.code): w.reason for w in waivers if not why_not(w.code)}
    if not reasons:
        return list(findings), ()
    kept: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        reason = reasons.get((finding.file, finding.unit or "", finding.task or "", finding.rule.code))
        if reason is None:
            kept.append(finding)
        else:
            waived.append(Waived(finding, reason))
    return kept, tuple(waived)
