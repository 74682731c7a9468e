"""The three commands of the main job: init, validate, render."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.boundary import FINDINGS, OK, USAGE, say
from zhijiao20.cli.means import NoCache, means, progress_bar
from zhijiao20.cli.options import (
    FailOn,
    Ignore,
    Paths,
    ReportFormat,
    Select,
    Statistics,
    chosen,
    configured,
    needed,
    one_of,
    with_suffix,
)
from zhijiao20.core.display import shown
from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.commands.render import Outcome
    from zhijiao20.core.findings import Report
    from zhijiao20.core.rule_table import Severity

_KINDS = {".yaml": "yaml", ".yml": "yaml", ".csv": "csv", ".xlsx": "xlsx", ".docx": "docx"}


def init(
    unit: Annotated[Optional[str], typer.Argument(metavar="单位", help="填报单位全称", show_default=False)] = None,
    kind: Annotated[
        Optional[str],
        typer.Option(
            "-f",
            "--format",
            metavar="yaml|csv|xlsx|docx",
            callback=one_of("yaml", "csv", "xlsx", "docx"),
            help="文件格式，默认 yaml",
        ),
    ] = None,
    output: Annotated[
        Optional[Path],
        typer.Option("-o", "--output", metavar="文件", help="写到哪里，默认是当前文件夹的“单位.格式”"),
    ] = None,
    period: Annotated[
        str, typer.Option("--period", metavar="文字", help="报告期，如 2020年上半年", show_default=False)
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
    update: Annotated[
        Optional[Path],
        typer.Option("--update", metavar="文件", help="不新建，把这份填过的文件整理成现在的清单和版式"),
    ] = None,
) -> None:
    """给一个单位生成空白的填报文件，官方任务全部列好。"""
    if update is not None:
        from zhijiao20.cli.convert_commands import update as renew

        if unit or kind or output or period or force:
            raise UsageError("--update 只要文件名，不和别的选项一起用")
        renew(update)
        return
    if unit is None:
        raise UsageError("缺少 单位\n用法见：zhijiao20 init --help")
    from zhijiao20.commands.init import scaffold
    from zhijiao20.system.project import find

    by_name = _KINDS[with_suffix(output, *_KINDS).suffix.lower()] if output else None
    if output and kind and kind != by_name:
        raise UsageError(f"-f {kind} 与文件名 {shown(output)} 不一致，请改其中一个")
    if not period and find(Path()):
        from zhijiao20.config import load

        period = load().period
    path = scaffold(unit, kind or by_name or "yaml", output, period=period, force=force)
    typer.echo(f"已生成 {shown(path)}")


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
        bool, typer.Option("--fix", help="直接改好机械性的写法问题（YAML、CSV），原文件存为“原名.bak”")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只看 --fix 会改什么，不写入")] = False,
    no_cache: NoCache = False,
) -> None:
    """审核填报文件：缺了什么、错在哪里、怎样改，一次说全；除 --fix 外不改动任何文件。"""
    from zhijiao20 import config

    project = configured()
    settings = chosen(project.settings, select, ignore)
    limit = config.SEVERITIES[fail_on] if fail_on else project.fail_on
    if statistics and output_format not in {"text", "json"}:
        raise UsageError("--statistics 只用于 text 和 json")
    if diff and (annotated is not None or statistics or output_format != "text"):
        raise UsageError("--diff 只显示会改什么，不和 --annotate、--statistics、--output-format 一起用")
    if annotated is not None:
        with_suffix(annotated, ".docx")
    wanted = needed(paths, project.paths)
    unwritten = False
    with progress_bar() as progress:
        how = means(progress, project.file, no_cache=no_cache)
        if fix or diff:
            from zhijiao20.cli.fix_command import fix_files

            aside = output_format != "text"
            report, unwritten = fix_files(wanted, annotated, settings, how, diff=diff, quiet=quiet, aside=aside)
        else:
            report = validate_files(wanted, annotated, settings, how)
    if not diff:
        _show(report, output_format, quiet=quiet, statistics=statistics, fail_on=limit)
    if annotated is not None:
        say(f"已生成带批注的表 {shown(annotated)}")
    raise typer.Exit(USAGE if unwritten else FINDINGS if report.reaches(limit) else OK)


def _show(report: Report, output_format: str, *, quiet: bool, statistics: bool, fail_on: Severity) -> None:
    """The report on standard output."""
    if output_format == "json":
        from zhijiao20.output import json

        json.write(report, sys.stdout, statistics=statistics)
    elif output_format == "github":
        from zhijiao20.output import github

        github.write(report, sys.stdout)
    elif output_format == "sarif":
        from zhijiao20.output import sarif

        sarif.write(report, sys.stdout)
    elif output_format == "junit":
        from zhijiao20.output import junit

        junit.write(report, sys.stdout, fail_on=fail_on)
    else:
        from zhijiao20.output import terminal as text

        text.write(report, sys.stdout, quiet=quiet, statistics=statistics)


def render(
    paths: Paths = None,
    output: Annotated[
        Optional[Path],
        typer.Option("-o", "--output", metavar="文件", help="写到哪里，.docx 或 .pdf；已有的文件整个替换"),
    ] = None,
    template: Annotated[
        Optional[Path],
        typer.Option("--template", metavar="表样.docx", help="改用这份 Word 表样，不用自带的官方表"),
    ] = None,
    landscape: Annotated[bool, typer.Option("--landscape", help="用自带的横排表")] = False,
    allow_incomplete: Annotated[
        bool, typer.Option("--allow-incomplete", help="缺少和空白的任务留空格，照样生成")
    ] = False,
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="汇总单位，写在表的上方", show_default=False)
    ] = "",
    period: Annotated[
        str, typer.Option("--period", metavar="文字", help="报告期，写在表的上方", show_default=False)
    ] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="另存一份同名的 PDF（要用 LibreOffice）")] = False,
    blank: Annotated[bool, typer.Option("--blank", help="生成空白的官方表，不用给路径")] = False,
    no_cache: NoCache = False,
) -> None:
    """汇总各单位的填报文件，填成官方 Word 表。有错误就不生成，并逐条列出。"""

    if output is None:
        raise UsageError("没有说写到哪里。请加 -o，如 -o 附表2.docx")
    with_suffix(output, ".docx", ".pdf")
    if template and landscape:
        raise UsageError("--template 和 --landscape 只能用一个：横排是自带表样的一种")
    if blank:
        if paths or template:
            raise UsageError("--blank 生成自带的空表，不用给路径和表样；要汇总请去掉 --blank")
        render_blank(output, landscape=landscape, pdf=pdf, unit=unit, period=period)
        typer.echo(f"已生成空表 {shown(output)}")
        return
    project = configured()
    with progress_bar() as progress:
        outcome = render_files(
            needed(paths, project.paths),
            output,
            form=FormChoice(template or (None if landscape else project.template), landscape),
            allow_incomplete=allow_incomplete,
            unit=unit or project.unit or None,
            period=period or project.period or None,
            pdf=pdf,
            settings=project.settings,
            means=means(progress, project.file, no_cache=no_cache),
        )
    _tell(outcome, output)


def _tell(outcome: Outcome, output: Path) -> None:
    """What came of a render: findings beside the result, the written file as the result."""
    from zhijiao20.core.rule_table import INCOMPLETE
    from zhijiao20.output import terminal as text

    text.write(outcome.report, sys.stderr, waived=frozenset() if outcome.stopped else INCOMPLETE)
    if outcome.stopped:
        only_gaps = all(finding.rule.code in INCOMPLETE for finding in outcome.stopped)
        say("有错误，没有生成文件。" + ("只是有缺项时，可加 --allow-incomplete，缺项留空格。" if only_gaps else ""))
        raise typer.Exit(FINDINGS)
    gaps = f"，{outcome.gaps} 处缺项留空" if outcome.gaps else ""
    typer.echo(f"已生成 {shown(output)}（{len(outcome.units)} 个单位{gaps}）")
