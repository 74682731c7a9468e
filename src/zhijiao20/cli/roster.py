"""The command ``roster``: write an empty roster, or check one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS, OK
from zhijiao20.cli.options import ListFormat, check_suffix, load_project
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError


def roster(
    path: Annotated[
        Optional[Path],
        typer.Argument(
            metavar="名册", help="要检查的名册，.xlsx 或 .csv；不写就查 zhijiao20.toml 里的", show_default=False
        ),
    ] = None,
    output: Annotated[
        Optional[Path], typer.Option("-o", "--output", metavar="文件", help="生成一份空的名册，.xlsx 或 .csv")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
    output_format: ListFormat = "text",
) -> None:
    """Write an empty roster, or check one."""
    from zhijiao20.commands.roster import check_roster, write_empty

    if output is not None:
        if path is not None:
            raise UsageError("-o 生成空的名册，不和要检查的名册一起写")
        write_empty(check_suffix(output, ".xlsx", ".csv"), force=force)
        typer.echo(f"已生成 {display_path(output)}")
        return
    project = load_project([path] if path else None)
    path = path or project.roster
    if path is None:
        raise UsageError("没有写名册。检查：zhijiao20 roster 名册.xlsx；生成空的：zhijiao20 roster -o 名册.xlsx")
    from zhijiao20.output import roster_report
    from zhijiao20.system.discovery import load_catalog

    found, report = check_roster(path, project.settings.limits)
    write = roster_report.write_json if output_format == "json" else roster_report.write_text
    write(found, report, load_catalog(), sys.stdout)
    raise typer.Exit(FINDINGS if report.failed else OK)
