"""The command ``convert``: convert status files to another format."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS, emit
from zhijiao20.cli.options import Paths, SkipUnread, load_project, one_of, required_paths
from zhijiao20.cli.roster_option import RosterOption, excluded, load_roster, show_wrong_roster
from zhijiao20.core.display import display_path, quote
from zhijiao20.core.errors import UsageError
from zhijiao20.formats.registry import BY_NAME

if TYPE_CHECKING:
    from zhijiao20.core.findings import Report

_check_format = one_of(*BY_NAME)


def convert(
    paths: Paths = None,
    output: Annotated[
        Optional[Path],
        typer.Option("-o", "--output", metavar="文件或文件夹", help="写到哪里；文件夹里一个单位一个文件"),
    ] = None,
    kind: Annotated[
        Optional[str],
        typer.Option(
            "-f", "--format", metavar="|".join(BY_NAME), callback=_check_format, help="文件夹里文件的格式，默认 yaml"
        ),
    ] = None,
    unit: Annotated[
        str,
        typer.Option(
            "--unit", metavar="单位", help="汇总单位，写在“上级”一列，供上一级汇总：-o 全市.xlsx", show_default=False
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
    roster: RosterOption = None,
    skip_unread: SkipUnread = False,
) -> None:
    """Write status files in another format."""
    from zhijiao20.commands.convert import convert as convert_files
    from zhijiao20.review.runner import RunOptions

    if output is None:
        raise UsageError("没有说写到哪里。请加 -o，如 -o 全部.csv，或 -o 转换后/")
    project = load_project(paths)
    units = load_roster(roster, project, partial(show_wrong_roster, then="没有转换"))
    options = RunOptions(exclude=excluded(roster, project), skip_unread=skip_unread, roster=units)
    limits = project.settings.limits
    result = convert_files(
        required_paths(paths), output, kind, superior=unit, force=force, limits=limits, options=options
    )
    for name, fields in result.left_out.items():
        emit(f"{name}：这种格式放不下{'、'.join(fields)}，没有写入")
    for name, tasks in result.divided.items():
        emit(f"{name}：任务 {'、'.join(tasks)} 的佐证有一条写成几行或是空的，表格里一行就是一条，条数会变；文字没有少")
    if result.other_superior:
        emit(
            f"有 {result.other_superior} 个单位原来写着别的上级，没有改成{quote(unit)}；要改的，请改文件里的“上级”一列"
        )
    for path in result.written:
        typer.echo(f"已生成 {display_path(path)}")
    report_findings(result.report)


def report_findings(report: Report, failed: str = "有错误的文件没有转换。") -> None:
    """Print the findings on standard error; exit with code 1 if there are errors.

    Args:
        report: the findings of reading the files.
        failed: the message to print if there are errors.

    Raises:
        typer.Exit: there are errors.
    """
    if report.findings or report.unread or report.own:
        from zhijiao20.output import terminal as terminal_report

        terminal_report.write(report, sys.stderr)
    if report.failed:
        emit(failed)
        raise typer.Exit(FINDINGS)
