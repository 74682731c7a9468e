"""Every file read and reviewed, one after the other: what validate and render both begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhijiao20.files import temporary_file, temporary_space
from zhijiao20.findings import RULES, Finding, Report, Severity
from zhijiao20.model import Submission
from zhijiao20.reading import by_file, by_place, read_file
from zhijiao20.resources import load_catalog
from zhijiao20.rules.settings import DEFAULT, Settings, is_firm

_ALWAYS = ("ZJ0", "ZJ1", "ZJ2")


def for_render(settings: Settings = DEFAULT) -> Settings:
    """What a render looks for: the families ZJ0 to ZJ2, and every rule that weighs as an error.

    Warnings on the content are for validate: they stop nothing, and a render is not to take longer for them.  Nothing
    that a user chose lets a firm error through or makes it lighter.
    """
    chosen = [
        code
        for code in RULES
        if is_firm(code)
        or (settings.wants(code) and (code.startswith(_ALWAYS) or settings.weight(code) is Severity.ERROR))
    ]
    weights = {code: weight for code, weight in settings.severity.items() if not is_firm(code)}
    exceptions = {
        unit: tuple(code for code in RULES if code.startswith(prefixes) and not is_firm(code))
        for unit, prefixes in settings.exceptions.items()
    }
    return replace(settings, select=tuple(chosen), ignore=(), severity=weights, exceptions=exceptions)


def review_files(
    files: Sequence[Path], passed_over: int, settings: Settings, *, keep: bool
) -> tuple[Report, list[Submission]]:
    """Review the files one after the other.

    Args:
        files: the status files in order.
        passed_over: how many others were passed over, for the report.
        settings: the chosen rules.
        keep: whether someone needs the texts; else they are dropped file by file.
    """
    from zhijiao20.rules import AcrossReview, Reviewer
    from zhijiao20.rules.structure.unused_waiver import unused
    from zhijiao20.rules.waivers import Waiver, waive, waivers_of

    catalog = load_catalog()
    reviewer = Reviewer(catalog, settings)
    findings: list[Finding] = []
    kept: list[Submission] = []
    waivers: list[Waiver] = []
    across, units = AcrossReview(settings, temporary_file), 0
    for file in files:
        submissions, out = read_file(file, catalog)
        for submission in submissions:
            out.unit = submission.unit
            reviewer.review(submission, out)
            waivers.extend(waivers_of(submission))
            seen = reviewer.seen(submission, alone=len(files) == len(submissions) == 1)
            with temporary_space():
                across.take(seen)
        units += len(submissions)
        findings.extend(out.findings)
        kept.extend(submissions if keep else ())
    with temporary_space():
        findings.extend(across.finish())
    findings, waived = waive(findings, waivers)
    findings.extend(unused(waivers, waived, settings))
    report = Report(len(files), units, tuple(by_file(by_place(findings), files)), passed_over, waived)
    return settings.apply(report), kept
