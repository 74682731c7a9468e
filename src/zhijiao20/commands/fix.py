"""The use case ``validate --fix``: review the files, fix them by the mechanical rules, review what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhijiao20.commands.validate import annotate_form, new_merging
from zhijiao20.core.findings import Report
from zhijiao20.core.rule_table import FIXABLE
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.review.file_result import FileResult
from zhijiao20.review.file_review import FileReviewer, ReviewJob
from zhijiao20.review.fix import FileFix, fix_file
from zhijiao20.review.fixer import TextFixer
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.review.sources import SEARCHED_SUFFIXES
from zhijiao20.system.discovery import find_files, load_catalog


def review_and_fix(
    paths: Sequence[Path],
    annotated: Path | None = None,
    settings: Settings = DEFAULT,
    options: RunOptions = SERIAL,
    *,
    write: bool,
) -> tuple[Report, list[FileFix]]:
    """Review the files, fix the findings of the selected mechanical rules, and review the changed files again.

    Args:
        paths: the status files and folders.
        annotated: a Word file with comments to write, as ``validate`` does.
        settings: the selected rules.
        options: the run options: workers, cache and progress.
        write: whether to write the status files; otherwise only compute the changes.

    Returns:
        The report on the files as they are now, and the result of each file in which something can be fixed.

    Raises:
        UsageError: see ``validate``.
    """
    found = find_files(paths, SEARCHED_SUFFIXES, annotated)
    merging = None if annotated is None else new_merging()
    reviewer = FileReviewer(ReviewJob(settings, merging is not None, len(found.files) == 1))
    corrector = TextFixer(load_catalog(), settings)
    fixes: list[FileFix] = []

    def fix(file: Path, result: FileResult) -> FileResult | None:
        """Fix a file in which the review found something fixable; review the changed file again."""
        if not result.has_any(FIXABLE):
            return None
        fixed, content = fix_file(file, corrector, settings.limits, write=write)
        if fixed is not None:
            fixes.append(fixed)
        return reviewer.result(*content) if content else None

    report = review_files(found, settings, options, merging, fix=fix).report()
    if annotated is not None and merging is not None:
        annotate_form(report, merging.finish(), annotated)
    return report, fixes
