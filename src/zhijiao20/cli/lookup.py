"""The commands that look something up: ``tasks``, ``rules``, ``schema``, ``form check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS, OK, emit, for_programs
from zhijiao20.cli.options import ListFormat, parse_codes


def tasks(
    query: Annotated[
        str, typer.Argument(metavar="编号或关键词", help="只列这个编号、这一条，或含有这个词的任务", show_default=False)
    ] = "",
    output_format: ListFormat = "text",
) -> None:
    """Print tasks of the official list."""
    from zhijiao20.commands.tasks import find
    from zhijiao20.output.task_list import write_json, write_table
    from zhijiao20.system.discovery import load_catalog

    found = find(load_catalog(), query)
    if output_format == "json":
        write_json(found, for_programs())
    elif found:
        write_table(found, sys.stdout)
    if not found:
        emit(f"没有找到“{query}”。编号写成“条.序”，如 16.4；也可以只写条的序号，或任务里的一个词。")
        raise typer.Exit(FINDINGS)


def rules(
    wanted: Annotated[
        Optional[list[str]],
        typer.Argument(metavar="编号", help="只说这条规则，或编号这样开头的规则，如 ZJ203、ZJ4", show_default=False),
    ] = None,
    output_format: ListFormat = "text",
) -> None:
    """Print rules, or their pages."""
    from zhijiao20.core.rule_table import RULES
    from zhijiao20.output import rule_list as rule_pages

    prefixes = parse_codes("编号", ",".join(wanted or []))
    found = [rule for code, rule in RULES.items() if code.startswith(prefixes or "ZJ")]
    if output_format == "json":
        rule_pages.write_json(found, for_programs(), whole=bool(prefixes))
    elif prefixes:
        rule_pages.write_pages(found, sys.stdout)
    else:
        rule_pages.write_table(found, sys.stdout)
    if not found:
        emit(f"没有编号以 {'、'.join(prefixes)} 开头的规则。全部编号：zhijiao20 rules")
        raise typer.Exit(FINDINGS)


def schema(
    output: Annotated[
        Optional[Path], typer.Option("-o", "--output", metavar="文件", help="写到哪里；不写就显示在屏幕上")
    ] = None,
) -> None:
    """Print or write the JSON Schema of a YAML status file."""
    import json

    from zhijiao20.core.display import display_path
    from zhijiao20.formats.normalize.schema import json_schema
    from zhijiao20.system.atomic_write import write_whole
    from zhijiao20.system.discovery import load_catalog

    text = json.dumps(json_schema(load_catalog()), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        for_programs().write(text)
    else:
        write_whole(output, text.encode("utf-8"))
        typer.echo(f"已生成 {display_path(output)}")


def check_form(
    path: Annotated[Path, typer.Argument(metavar="表样.docx", help="要检查的 Word 表样", show_default=False)],
    output_format: ListFormat = "text",
) -> None:
    """Tell whether a Word form can be filled in."""
    from zhijiao20.commands.check_form import check_form as check_template
    from zhijiao20.output import form_report as form

    rows, report = check_template(path)
    if output_format == "json":
        form.write_json(rows, report, for_programs())
    else:
        form.write_text(rows, report, sys.stdout)
    raise typer.Exit(FINDINGS if report.failed else OK)
