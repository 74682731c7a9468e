"""The command line: parse options, call the workflow, print, exit.  Heavy imports wait until a command needs them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from zhijiao20.cli.boundary import FINDINGS, Boundary, ChineseHelp, say, stop_on_terminate

app = typer.Typer(
    name="zhijiao20",
    cls=Boundary,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="“职教20条”落实情况：收齐各单位的填报文件，审核，汇总，填成官方 Word 表（附表2）。",
    epilog="先生成填报文件（init），各单位填好后审核（validate），最后汇总成 Word 表（render）。",
)
"""The Typer application."""

Paths = Annotated[
    Optional[list[Path]],
    typer.Argument(metavar="路径", help="填报文件或文件夹，可以写多个", show_default=False),
]
Codes = Annotated[str, typer.Option(metavar="编号", show_default=False)]


def main() -> None:
    """The console script."""
    stop_on_terminate()
    app()


def _version(value: bool) -> None:
    if value:
        from zhijiao20 import __version__

        typer.echo(f"zhijiao20 {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    """The options of the program as a whole."""


def _one_of(*allowed: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Typer looks at the signature of a callback
    def check(value: str | None) -> str | None:
        if value is not None and value not in allowed:
            raise typer.BadParameter(f"不能是“{value}”，只能是：{'、'.join(allowed)}")
        return value

    return check


@app.command(
    cls=ChineseHelp,
    epilog="\b\n例：zhijiao20 init 澄州市教育局\n例：zhijiao20 init 澄州理工学校 -f csv --period 2020年上半年",
)
def init(
    unit: Annotated[str, typer.Argument(metavar="单位", help="填报单位全称", show_default=False)],
    kind: Annotated[
        Optional[str],
        typer.Option("-f", "--format", metavar="yaml|csv", callback=_one_of("yaml", "csv"), help="文件格式，默认 yaml"),
    ] = None,
    output: Annotated[
        Optional[Path],
        typer.Option("-o", "--output", metavar="文件", help="写到哪里，默认是当前文件夹的“单位.格式”"),
    ] = None,
    period: Annotated[str, typer.Option("--period", metavar="文字", help="报告期，如 2020年上半年")] = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
) -> None:
    """给一个单位生成空白的填报文件，官方任务全部列好。"""
    from zhijiao20.files import UsageError, shown
    from zhijiao20.workflow import scaffold

    by_name = {".yaml": "yaml", ".yml": "yaml", ".csv": "csv"}.get(output.suffix.lower()) if output else None
    if output and by_name is None:
        raise UsageError(f"文件名应以 .yaml、.yml 或 .csv 结尾：{shown(output)}")
    if kind and by_name and kind != by_name:
        raise UsageError(f"-f {kind} 与文件名 {shown(output or Path())} 不一致，请改其中一个")
    path = scaffold(unit, kind or by_name or "yaml", output, period=period, force=force)
    typer.echo(f"已生成 {shown(path)}")


@app.command(
    cls=ChineseHelp,
    epilog="\b\n例：zhijiao20 validate 各单位/\n例：zhijiao20 validate 各单位/ --output-format json",
)
def validate(
    paths: Paths = None,
    output_format: Annotated[
        str,
        typer.Option(
            "--output-format",
            metavar="text|json",
            callback=_one_of("text", "json"),
            help="结果的格式，默认 text",
            show_default=False,
        ),
    ] = "text",
    select: Annotated[
        str, typer.Option("--select", metavar="编号", help="只看这些规则，如 ZJ2,ZJ105", show_default=False)
    ] = "",
    ignore: Annotated[str, typer.Option("--ignore", metavar="编号", help="不看这些规则", show_default=False)] = "",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="只显示一行小结")] = False,
) -> None:
    """审核填报文件：缺了什么、错在哪里、怎样改，一次说全；不改动任何文件。"""
    from zhijiao20 import workflow

    report = workflow.check(_needed(paths)).choose(_codes("--select", select), _codes("--ignore", ignore))
    if output_format == "json":
        from zhijiao20.reporters import json

        json.write(report, sys.stdout)
    else:
        from zhijiao20.reporters import text

        text.write(report, sys.stdout, quiet=quiet)
    raise typer.Exit(FINDINGS if report.failed else 0)


@app.command(
    cls=ChineseHelp,
    epilog="\b\n例：zhijiao20 render 各单位/ -o 附表2.docx\n例：zhijiao20 render --blank -o 空表.docx",
)
def render(
    paths: Paths = None,
    output: Annotated[
        Optional[Path],
        typer.Option("-o", "--output", metavar="文件.docx", help="写到哪里；已有的文件整个替换"),
    ] = None,
    template: Annotated[
        Optional[Path],
        typer.Option("--template", metavar="表样.docx", help="改用这份 Word 表样，不用自带的官方表"),
    ] = None,
    allow_incomplete: Annotated[
        bool, typer.Option("--allow-incomplete", help="缺少和空白的任务留空格，照样生成")
    ] = False,
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="汇总单位，写在表的上方", show_default=False)
    ] = "",
    period: Annotated[
        str, typer.Option("--period", metavar="文字", help="报告期，写在表的上方", show_default=False)
    ] = "",
    blank: Annotated[bool, typer.Option("--blank", help="生成空白的官方表，不用给路径")] = False,
) -> None:
    """汇总各单位的填报文件，填成官方 Word 表。有错误就不生成，并逐条列出。"""
    from zhijiao20 import workflow
    from zhijiao20.files import UsageError, shown

    if output is None:
        raise UsageError("没有说写到哪里。请加 -o，如 -o 附表2.docx")
    if output.suffix.lower() != ".docx":
        raise UsageError(f"输出文件应以 .docx 结尾：{shown(output)}")
    if blank:
        if paths or template:
            raise UsageError("--blank 生成自带的空表，不用给路径和表样；要汇总请去掉 --blank")
        workflow.render_blank(output)
        typer.echo(f"已生成空表 {shown(output)}")
        return
    outcome = workflow.render(
        _needed(paths),
        output,
        template=template,
        allow_incomplete=allow_incomplete,
        unit=unit or None,
        period=period or None,
    )
    _tell_render(outcome, output)


def _tell_render(outcome: object, output: Path) -> None:
    from zhijiao20.files import shown
    from zhijiao20.findings import INCOMPLETE, Report
    from zhijiao20.reporters import text
    from zhijiao20.workflow import Outcome

    assert isinstance(outcome, Outcome)
    listed = [finding for finding in outcome.report.findings if outcome.stopped or finding.rule.code not in INCOMPLETE]
    text.write(Report(outcome.report.files, outcome.report.units, tuple(listed)), sys.stderr)
    if outcome.stopped:
        gaps = any(finding.rule.code not in INCOMPLETE for finding in outcome.stopped)
        say("有错误，没有生成文件。" + ("" if gaps else "只是有缺项时，可加 --allow-incomplete，缺项留空格。"))
        raise typer.Exit(FINDINGS)
    gaps_text = f"，{outcome.gaps} 处缺项留空" if outcome.gaps else ""
    typer.echo(f"已生成 {shown(output)}（{len(outcome.units)} 个单位{gaps_text}）")


@app.command(cls=ChineseHelp, epilog="\b\n例：zhijiao20 tasks 16.4\n例：zhijiao20 tasks 双师型")
def tasks(
    query: Annotated[
        str,
        typer.Argument(metavar="编号或关键词", help="只列这个编号、这一条，或含有这个词的任务", show_default=False),
    ] = "",
    output_format: Annotated[
        str,
        typer.Option(
            "--output-format",
            metavar="text|json",
            callback=_one_of("text", "json"),
            help="结果的格式，默认 text",
            show_default=False,
        ),
    ] = "text",
) -> None:
    """查官方任务清单。"""
    from zhijiao20.cli.tasks import find, write_json, write_table
    from zhijiao20.resources import load_catalog

    found = find(load_catalog(), query)
    if output_format == "json":
        write_json(found, sys.stdout)
    elif found:
        write_table(found, sys.stdout)
    if not found:
        say(f"没有找到“{query}”。编号写成“条.序”，如 16.4；也可以只写条的序号，或任务里的一个词。")
        raise typer.Exit(FINDINGS)


@app.command(cls=ChineseHelp, epilog="\b\n例：zhijiao20 schema -o zhijiao20.schema.json")
def schema(
    output: Annotated[
        Optional[Path],
        typer.Option("-o", "--output", metavar="文件", help="写到哪里；不写就显示在屏幕上"),
    ] = None,
) -> None:
    """输出 YAML 填报文件的 JSON Schema，供编辑器补全和检查。"""
    import json

    from zhijiao20.files import shown, write_whole
    from zhijiao20.intake.schema import json_schema
    from zhijiao20.resources import load_catalog

    text = json.dumps(json_schema(load_catalog()), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_whole(output, text.encode("utf-8"))
        typer.echo(f"已生成 {shown(output)}")


def _needed(paths: list[Path] | None) -> list[Path]:
    if not paths:
        from zhijiao20.files import UsageError

        raise UsageError("没有给路径。请写上填报文件或文件夹，如 各单位/")
    return paths


def _codes(option: str, text: str) -> list[str]:
    """The prefixes in ``ZJ2,ZJ305``; one that no rule has is a slip worth telling."""
    from zhijiao20.files import UsageError
    from zhijiao20.findings import RULES

    codes = [code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip()]
    for code in codes:
        if not any(rule.startswith(code) for rule in RULES):
            raise UsageError(f"{option}：没有以 {code} 开头的规则，可用的有：{'、'.join(RULES)}")
    return codes
