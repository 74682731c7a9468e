"""The command ``init``: create an empty status file, or update an existing one to the current task list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.convert import report_findings
from zhijiao20.cli.error_handler import emit
from zhijiao20.cli.options import check_suffix, load_project, one_of
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.formats.registry import BY_NAME, WRITTEN_BY_SUFFIX

if TYPE_CHECKING:
    from zhijiao20.cli.config import Config
    from zhijiao20.core.submission import Submission

_check_format = one_of(*BY_NAME)


def init(
    unit: Annotated[Optional[str], typer.Argument(metavar="单位", help="填报单位全称", show_default=False)] = None,
    kind: Annotated[
        Optional[str],
        typer.Option("-f", "--format", metavar="|".join(BY_NAME), callback=_check_format, help="文件格式，默认 yaml"),
    ] = None,
    output: Annotated[
        Optional[Path],
        typer.Option(
            "-o", "--output", metavar="路径", help="写到哪里，默认是当前文件夹的“单位.格式”；按名册的默认是文件夹“下发”"
        ),
    ] = None,
    roster: Annotated[
        Optional[Path],
        typer.Option(
            "--roster",
            metavar="名册",
            help="名册里一个单位一份，只列它负责的任务；没有 zhijiao20.toml 就写一个",
            show_default=False,
        ),
    ] = None,
    period: Annotated[
        str, typer.Option("--period", metavar="文字", help="报告期，如 2020年上半年", show_default=False)
    ] = "",
    previous: Annotated[
        Optional[Path],
        typer.Option("--previous", metavar="上期", help="把上一次报的文字、进展、佐证填进去", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
    update: Annotated[
        Optional[Path], typer.Option("--update", metavar="文件", help="不新建，把这份填过的文件整理成现在的清单和版式")
    ] = None,
) -> None:
    """Create empty status files, or update one."""
    if update is not None:
        if unit or kind or output or period or force or roster or previous:
            raise UsageError("--update 只要文件名，不和别的选项一起用")
        _update(update)
        return
    if unit is not None and roster is not None:
        raise UsageError("单位和 --roster 只能写一个：写单位，生成一份；写名册，各单位一份")
    project = load_project()
    period = period or project.period
    if unit is None:
        chosen = roster or project.roster
        if chosen is None:
            raise UsageError("缺少 单位，或 --roster 名册\n用法见：zhijiao20 init --help")
        from zhijiao20.cli.hand_out import hand_out_forms

        last = previous or project.previous
        from zhijiao20.system.found_files import OWN_FOLDERS

        folder = output or Path(OWN_FOLDERS[0])
        hand_out_forms(chosen, folder, kind or "yaml", project, last, period=period, force=force)
        return
    from zhijiao20.commands.init import scaffold

    named_kind = WRITTEN_BY_SUFFIX[check_suffix(output, *WRITTEN_BY_SUFFIX).suffix.lower()].name if output else None
    if output and kind and kind != named_kind:
        raise UsageError(f"-f {kind} 与文件名 {display_path(output)} 不一致，请改其中一个")
    kind = kind or named_kind or "yaml"
    said = None if previous is None else _read_last(unit, previous, kind, project)
    path = scaffold(unit, kind, output, period=period, force=force, last=said)
    typer.echo(f"已生成 {display_path(path)}" + ("，填好了上一次的文字" if said else ""))


def _read_last(unit: str, previous: Path, kind: str, project: Config) -> Submission:
    """Return what a unit said in the last round; tell what the new format cannot hold of it."""
    from functools import partial

    from zhijiao20.cli.roster_option import excluded, load_roster, show_wrong_roster
    from zhijiao20.commands.previous_round import read_previous_of
    from zhijiao20.formats.write import left_out
    from zhijiao20.review.runner import RunOptions

    roster = load_roster(None, project, partial(show_wrong_roster, then="没有生成文件"))
    options = RunOptions(exclude=excluded(None, project), roster=roster)
    last = read_previous_of(unit, previous, limits=project.settings.limits, options=options)
    if lost := left_out(last, kind):
        emit(f"这种格式放不下{'、'.join(lost)}，没有填进去")
    return last


def _update(path: Path) -> None:
    """Update a file to the current task list and layout, and print the result."""
    from zhijiao20.commands.update import update as update_file

    result = update_file(path, load_project([path]).settings.limits)
    report_findings(result.report, "有错误，没有更新。")
    if result.comments:
        emit(f"原文件里自己加的 {result.comments} 行注释没有带过来，要用的请从 {display_path(result.backup)} 里抄")
    typer.echo(f"已更新 {display_path(path)}，原文件存为 {display_path(result.backup)}")
