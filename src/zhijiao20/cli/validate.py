"""The command ``validate``: review status files."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS, OK, USAGE, emit, for_programs
from zhijiao20.cli.options import (
    FailOn,
    Ignore,
    NoCache,
    Paths,
    ReportFormat,
    Select,
    SkipUnread,
    Statistics,
    Use,
    apply_selection,
    check_suffix,
    load_project,
    required_paths,
)
from zhijiao20.cli.previous_option import PreviousOption, with_previous
from zhijiao20.cli.progress import progress_bar
from zhijiao20.cli.roster_option import (
    RosterOption,
    excluded,
    load_roster,
    refuse_own_files,
    remember,
    show_wrong_roster,
)
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.core.findings import Report
    from zhijiao20.core.rule_table import Severity


def validate(
    paths: Paths = None,
    output_format: ReportFormat = "text",
    select: Select = "",
    ignore: Ignore = "",
    fail_on: FailOn = None,
    statistics: Statistics = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="只显示一行小结")] = False,
    annotated: Annotated[
        Optional[Path],
        typer.Option("--annotate", metavar="文件.docx", help="另写一份 Word 表，每条问题是所在格的一条批注"),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="直接改好机械性的写法问题（Word、YAML、CSV），原文件存为“原名.bak”")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只看 --fix 会改什么，不写入")] = False,
    roster: RosterOption = None,
    previous: PreviousOption = None,
    use: Use = None,
    skip_unread: SkipUnread = False,
    no_cache: NoCache = False,
) -> None:
    """Review status files, and fix them if wanted."""
    from zhijiao20.commands.validate import validate as validate_files
    from zhijiao20.core.rule_table import SEVERITIES
    from zhijiao20.review.runner import RunOptions
    from zhijiao20.system.user_cache import user_cache

    project = load_project(paths, quiet=quiet)
    settings = apply_selection(project.settings, select, ignore) if select or ignore else project.settings
    fail_severity = SEVERITIES[fail_on] if fail_on else project.fail_on
    if statistics and output_format not in {"text", "json"}:
        raise UsageError("--statistics 只用于 text 和 json")
    if diff and (annotated is not None or statistics or output_format != "text"):
        raise UsageError("--diff 只显示会改什么，不和 --annotate、--statistics、--output-format 一起用")
    if annotated is not None:
        check_suffix(annotated, ".docx")
        refuse_own_files(annotated, roster, project)
    input_paths = required_paths(paths, project.paths)
    write_failed = False
    show = partial(
        _print_report, output_format=output_format, quiet=quiet, statistics=statistics, fail_on=fail_severity
    )
    wrong_roster = partial(show_wrong_roster, then="没有审核", quiet=quiet) if output_format == "text" else show
    units = load_roster(roster, project, wrong_roster) if roster or project.roster else None
    cache = None if no_cache else user_cache
    only_files = all(map(os.path.isfile, input_paths))  # in which nothing is searched
    exclude = project.exclude if only_files else excluded(roster, project, previous)
    usual = RunOptions(0, cache, progress_bar, exclude, skip_unread, units, tuple(use or ()), project.use)
    last = previous or project.previous
    with with_previous(last, settings, usual) if last else nullcontext(usual) as options:
        if fix or diff:
            from zhijiao20.cli.fix import fix_files

            aside = output_format != "text"
            report, write_failed = fix_files(
                input_paths, annotated, settings, options, diff=diff, quiet=quiet, aside=aside
            )
        else:
            report = validate_files(input_paths, annotated, settings, options)
    if not diff:
        show(report)
    if annotated is not None:
        remember(cache, input_paths, annotated)
        emit(f"已生成带批注的表 {display_path(annotated)}")
    raise typer.Exit(USAGE if write_failed else FINDINGS if report.reaches(fail_severity) else OK)


def _print_report(report: Report, output_format: str, *, quiet: bool, statistics: bool, fail_on: Severity) -> None:
    """Print the report on standard output in the given format.

    Formats that have no place for files that were not read leave them to standard error.
    """
    if output_format in {"github", "sarif", "junit"}:
        from zhijiao20.core.unread import unread_lines

        for line in unread_lines(report.unread):
            emit(line)
    if report.own and output_format != "text":
        from zhijiao20.core.unread import own_line

        emit(f"{own_line(report.own)}。")
    if output_format == "json":
        from zhijiao20.output import json

        json.write(report, for_programs(), statistics=statistics)
    elif output_format == "github":
        from zhijiao20.output import github

        github.write(report, for_programs())
    elif output_format == "sarif":
        from zhijiao20.output import sarif

        sarif.write(report, for_programs())
    elif output_format == "junit":
        from zhijiao20.output import junit

        junit.write(report, for_programs(), fail_on=fail_on)
    else:
        from zhijiao20.output.summary import write_alone

        if statistics or not write_alone(report, sys.stdout, quiet=quiet):
            from zhijiao20.output import terminal

            terminal.write(report, sys.stdout, quiet=quiet, statistics=statistics, units=True)
