"""The use case ``validate --fix``: review the files, fix them by the mechanical rules, review again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhijiao20.commands.validate import validate
from zhijiao20.core.display import path_text
from zhijiao20.core.findings import Report
from zhijiao20.core.rule_table import FIXABLE
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.review.fix import FileFix, fix_file
from zhijiao20.review.fixer import Corrector
from zhijiao20.review.runner import SERIAL, RunOptions
from zhijiao20.system.discovery import find_files
from zhijiao20.system.resources import load_catalog


def check_and_fix(
    paths: Sequence[Path],
    annotated: Path | None = None,
    settings: Settings = DEFAULT,
    options: RunOptions = SERIAL,
    *,
    write: bool,
) -> tuple[Report, list[FileFix]]:
    """Review the files, fix the findings of the selected mechanical rules, and review again.

    Args:
        paths: the status files and folders.
        annotated: a Word file with comments to write, as ``validate`` does.
        settings: the selected rules.
        options: the run options: workers, cache and progress.
        write: whether to write the status files; otherwise only compute the changes.

    Returns:
        The report of the last review, and the result of each file in which something can be fixed.

    Raises:
        UsageError: see ``validate``.
    """
    found = find_files(paths, KNOWN_SUFFIXES, annotated)
    report = validate(found.files, None, settings, options)
    names = dict.fromkeys(finding.file for finding in report.findings if finding.rule.code in FIXABLE)
    by_name = {path_text(file): file for file in found.files}
    corrector = Corrector(load_catalog(), settings)
    fixes = [fix for name in names if (fix := fix_file(by_name[name], corrector, settings.limits, write=write))]
    if annotated is not None or any(fix.backup for fix in fixes):
        return validate(paths, annotated, settings, options), fixes
    return replace(report, passed_over=found.passed_over), fixes
