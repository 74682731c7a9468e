"""The options ``validate --fix`` and ``--diff``: fix the files or show the changes, and print a summary."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.cli.error_handler import emit
from zhijiao20.core.display import display_path
from zhijiao20.core.rule_table import RULES

if TYPE_CHECKING:
    from zhijiao20.core.findings import Report
    from zhijiao20.core.settings import Settings
    from zhijiao20.review.fix import FileFix
    from zhijiao20.review.runner import RunOptions


def fix_files(
    paths: Sequence[Path],
    annotated: Path | None,
    settings: Settings,
    means: RunOptions,
    *,
    diff: bool,
    quiet: bool,
    aside: bool,
) -> tuple[Report, bool]:
    """Fix the files and print what was changed; with ``diff``, only show the changes.

    Args:
        paths: the status files and folders.
        annotated: a Word file with comments to write, as ``validate`` does.
        settings: the selected rules.
        means: the run options of the reviews.
        diff: show the changes as a diff and do not write the status files.
        quiet: print only the totals.
        aside: print on standard error, because standard output has a machine-readable report.

    Returns:
        The report of the review after fixing, and whether a file could not be written.
    """
    from zhijiao20.commands.fix import review_and_fix

    report, fixes = review_and_fix(paths, annotated, settings, means, write=not diff)
    if diff:
        _print_diff(fixes)
    else:
        _print_fixed(fixes, aside=aside, quiet=quiet)
    return report, any(fix.failed for fix in fixes)


def _print_fixed(fixes: Sequence[FileFix], *, aside: bool, quiet: bool) -> None:
    """Print the fixed files with the number of fixes of each rule, or only the totals if quiet."""
    stream = sys.stderr if aside else sys.stdout
    fixed = [fix for fix in fixes if fix.backup is not None]
    for fix in () if quiet else fixed:
        stream.write(
            f"已改 {display_path(fix.file)}：{fix.counts.total()} 处，"
            f"原文件存为 {fix.backup and display_path(fix.backup)}\n"
        )
        for code, count in sorted(fix.counts.items()):
            stream.write(f"    {code} {RULES[code].title}：{count} 处\n")
    stream.write(f"共改了 {len(fixed)} 个文件、{_count_fixes(fixed)} 处。\n" if fixed else "没有改动任何文件。\n")
    _print_unfixed(fixes)


def _print_diff(fixes: Sequence[FileFix]) -> None:
    for fix in fixes:
        sys.stdout.writelines(f"{line}\n" for line in fix.diff)
    fixable = [fix for fix in fixes if fix.counts]
    emit(
        f"可改 {len(fixable)} 个文件、{_count_fixes(fixable)} 处；这是预览，没有写入，要改请用 --fix"
        if fixable
        else "没有可以改的。"
    )
    _print_unfixed(fixes)


def _print_unfixed(fixes: Sequence[FileFix]) -> None:
    for fix in fixes:
        if fix.left:
            emit(f"没有改 {display_path(fix.file)}：{fix.left} 处。{fix.why}")


def _count_fixes(fixes: Sequence[FileFix]) -> int:
    return sum(fix.counts.total() for fix in fixes)
