"""The command ``render``: merge the units into the official form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS, emit
from zhijiao20.cli.options import NoCache, Paths, check_suffix, load_project, required_paths
from zhijiao20.cli.progress import progress_bar
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.commands.render import Outcome


def render(
    paths: Paths = None,
    output: Annotated[
        Optional[Path],
        typer.Option("-o", "--output", metavar="文件", help="写到哪里，.docx 或 .pdf；已有的文件整个替换"),
    ] = None,
    template: Annotated[
        Optional[Path], typer.Option("--template", metavar="表样.docx", help="改用这份 Word 表样，不用自带的官方表")
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
    from zhijiao20.commands.open_form import FormChoice
    from zhijiao20.commands.render import render as render_files
    from zhijiao20.commands.render import render_blank
    from zhijiao20.review.runner import RunOptions, user_cache

    if output is None:
        raise UsageError("没有说写到哪里。请加 -o，如 -o 附表2.docx")
    check_suffix(output, ".docx", ".pdf")
    if template and landscape:
        raise UsageError("--template 和 --landscape 只能用一个：横排是自带表样的一种")
    if blank:
        if paths or template:
            raise UsageError("--blank 生成自带的空表，不用给路径和表样；要汇总请去掉 --blank")
        render_blank(output, landscape=landscape, pdf=pdf, unit=unit, period=period)
        typer.echo(f"已生成空表 {display_path(output)}")
        return
    project = load_project()
    outcome = render_files(
        required_paths(paths, project.paths),
        output,
        form=FormChoice(template or (None if landscape else project.template), landscape),
        allow_incomplete=allow_incomplete,
        unit=unit or project.unit or None,
        period=period or project.period or None,
        pdf=pdf,
        settings=project.settings,
        options=RunOptions(0, None if no_cache else user_cache, progress_bar),
    )
    _print_outcome(outcome, output)


def _print_outcome(outcome: Outcome, output: Path) -> None:
    """Print the findings on standard error and the written file on standard output.

    Raises:
        typer.Exit: nothing was written because of errors.
    """
    from zhijiao20.core.rule_table import INCOMPLETE
    from zhijiao20.output import terminal as terminal_report

    terminal_report.write(outcome.report, sys.stderr, waived=frozenset() if outcome.stopped else INCOMPLETE)
    if outcome.stopped:
        only_incomplete = all(finding.rule.code in INCOMPLETE for finding in outcome.stopped)
        emit(
            "有错误，没有生成文件。"
            + ("只是有缺项时，可加 --allow-incomplete，缺项留空格。" if only_incomplete else "")
        )
        raise typer.Exit(FINDINGS)
    gaps = f"，{outcome.gaps} 处缺项留空" if outcome.gaps else ""
    typer.echo(f"已生成 {display_path(output)}（{len(outcome.units)} 个单位{gaps}）")
