"""Waivers (豁免): an entry suppresses the findings of one rule and gives a reason; not for errors of ZJ0 to ZJ2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhijiao20.core.findings import Finding, Place, Waived
from zhijiao20.core.rule_table import CODE, RULES
from zhijiao20.core.settings import is_unsuppressible
from zhijiao20.core.submission import Submission, is_blank

_NOT_PER_ENTRY = frozenset(
    {"ZJ008", "ZJ012", "ZJ020", "ZJ119", "ZJ604", *(code for code in RULES if code.startswith("ZJ7"))}
)
"""Rules about the form, waivers, the merged document or the roster: no entry can suppress them."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Waiver of one rule, as written in an entry."""

    file: str
    unit: str
    task: str
    code: str
    reason: str
    place: Place


def waivers_of(submission: Submission) -> Iterator[Waiver]:
    """Yield the waivers of a submission that have the form of a rule code and a reason.

    Invalid ones were reported while the file was read.
    """
    for task, entry in submission.entries.items():
        for code, reason in entry.waivers.items():
            if CODE.fullmatch(code) and not is_blank(reason):
                yield Waiver(submission.file, submission.unit, task, code, reason, entry.place)


def why_not(code: str) -> str:
    """Return why a rule cannot be waived, or an empty text if it can."""
    if code not in RULES:
        return "没有这条规则"
    if is_unsuppressible(code):
        return "文件、结构和缺项方面的错误不能豁免"
    return "这条规则不是针对某一项任务的" if code in _NOT_PER_ENTRY else ""


def waive(findings: Iterable[Finding], waivers: Iterable[Waiver]) -> tuple[list[Finding], tuple[Waived, ...]]:
    """Split findings into those that are kept and those that their entries waive."""
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
