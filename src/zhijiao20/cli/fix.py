"""``validate --fix`` and ``--diff``: what was put right in the files, or would be, and what was left."""

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
    """Put the files right and tell of it; with ``diff`` only show what would be.

    Args:
        paths: the status files and folders.
        annotated: a Word file to write, as ``check`` does.
        settings: the chosen rules.
        means: how to go about the reviews.
        diff: write nothing.
        quiet: tell only how many in all.
        aside: keep standard output for a program.

    Returns:
        The report of what is left, and whether some file could not be written.
    """
    from zhijiao20.commands.fix import check_and_fix

    report, fixes = check_and_fix(paths, annotated, settings, means, write=not diff)
    if diff:
        _show_diff(fixes)
    else:
        _report_fixed(fixes, aside=aside, quiet=quiet)
    return report, any(fix.failed for fix in fixes)


def _report_fixed(fixes: Sequence[FileFix], *, aside: bool, quiet: bool) -> None:
    """What was put right: each file with its places by rule, unless quiet; beside a report that a program reads."""
    stream = sys.stderr if aside else sys.stdout
    done = [fix for fix in fixes if fix.backup is not None]
    for fix in () if quiet else done:
        stream.write(
            f"已改 {display_path(fix.file)}：{fix.counts.total()} 处，"
            f"原文件存为 {fix.backup and display_path(fix.backup)}\n"
        )
        for code, number in sorted(fix.counts.items()):
            stream.write(f"    {code} {RULES[code].title}：{number} 处\n")
    stream.write(f"共改了 {len(done)} 个文件、{_places(done)} 处。\n" if done else "没有改动任何文件。\n")
    _report_left(fixes)


def _show_diff(fixes: Sequence[FileFix]) -> None:
    for fix in fixes:
        sys.stdout.writelines(f"{line}\n" for line in fix.diff)
    todo = [fix for fix in fixes if fix.counts]
    emit(
        f"可改 {len(todo)} 个文件、{_places(todo)} 处；这是预览，没有写入，要改请用 --fix" if todo else "没有可以改的。"
    )
    _report_left(fixes)


def _report_left(fixes: Sequence[FileFix]) -> None:
    for fix in fixes:
        if fix.left:
            emit(f"没有改 {display_path(fix.file)}：{fix.left} 处。{fix.why}")


def _places(fixes: Sequence[FileFix]) -> int:
    return sum(fix.counts.total() for fix in fixes)
