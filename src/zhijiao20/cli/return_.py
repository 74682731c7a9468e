"""The command ``return``: send back what is to be amended."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhijiao20.cli.error_handler import emit
from zhijiao20.cli.options import NoCache, Paths, Use, load_project, one_of, required_paths
from zhijiao20.cli.progress import progress_bar
from zhijiao20.cli.roster_option import (
    RosterOption,
    Today,
    excluded,
    load_roster,
    parse_day,
    show_wrong_roster,
    tell_kept,
    today_of,
)
from zhijiao20.core.display import display_path, escape_controls
from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.commands.return_files import Outcome
    from zhijiao20.core.round import OtherFile

_SHOWN = 60  # lines of a list on the screen

ReturnFrom = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="error|warning",
        callback=one_of("error", "warning"),
        help="有哪一种问题就退回，默认 error（只有疑问的不退）",
        show_default=False,
    ),
]


def return_(
    paths: Paths = None,
    roster: RosterOption = None,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="文件夹", help="写到哪里，一个单位一个文件夹，默认 退回", show_default=False
        ),
    ] = Path("退回"),
    fail_on: ReturnFrom = "error",
    deadline: Annotated[
        str,
        typer.Option("--deadline", metavar="日期", help="请对方在哪一天以前报送，如 2020-07-10", show_default=False),
    ] = "",
    reminders: Annotated[bool, typer.Option("--reminders", help="名册里还没有报送的，也各写一份催报的函")] = False,
    today: Today = "",
    use: Use = None,
    no_cache: NoCache = False,
) -> None:
    """Write letters to the units and marked copies of their files."""
    from zhijiao20.commands.return_files import Office, send_back
    from zhijiao20.core.rule_table import SEVERITIES
    from zhijiao20.review.runner import RunOptions
    from zhijiao20.system.user_cache import user_cache

    day = parse_day("--deadline", deadline, "2020-07-10") if deadline else None
    now = today_of(today)
    if output.exists() and not output.is_dir():
        raise UsageError(f"-o 应是文件夹，这是一个文件：{display_path(output)}。请换一个名字")
    project = load_project(paths)
    units = load_roster(roster, project, partial(show_wrong_roster, then="没有退回"))
    if reminders and units is None:
        raise UsageError("--reminders 要有名册才知道谁没有报。请加 --roster 名册.xlsx")
    office = Office(
        project.unit, project.contact, project.phone, day, project.deadline, project.period, reminders=reminders
    )
    outcome = send_back(
        required_paths(paths, project.paths),
        output,
        office,
        today=now,
        fail_on=SEVERITIES[fail_on],
        settings=project.settings,
        options=RunOptions(
            0,
            None if no_cache else user_cache,
            progress_bar,
            excluded(roster, project),
            roster=units,
            use=tuple(use or ()),
            usual=project.use,
        ),
    )
    _print(outcome, output)


def _print(outcome: Outcome, output: Path) -> None:
    """Print what was written on standard output, everything else on standard error."""
    sentences = [sentence for _, sentence in outcome.sentences]
    for line in sentences[:_SHOWN]:
        typer.echo(escape_controls(line))
    if len(sentences) > _SHOWN:
        typer.echo(f"……还有 {len(sentences) - _SHOWN} 个单位，见一览.xlsx")
    if sentences:
        typer.echo(f"已写好 {len(sentences)} 个单位的退回意见：{display_path(output)}，各单位一句话见其中的一览.xlsx")
    else:
        typer.echo("没有要退回的。")
    tell_kept(outcome.kept, _SHOWN)
    if outcome.gone:
        emit(f"删去了上次写的、这次不用退回的 {len(outcome.gone)} 个文件")
    for other in outcome.nobody[:_SHOWN]:
        emit(f"不知道是哪个单位的，没有写退回意见：{_nobody(other)}")
    if len(outcome.nobody) > _SHOWN:
        emit(f"……还有 {len(outcome.nobody) - _SHOWN} 个这样的文件")


def _nobody(other: OtherFile) -> str:
    """Return what is said about a file that belongs to nobody."""
    from zhijiao20.output.unit_notes import shown

    near = f"，名字相近的：{'、'.join(map(shown, other.nearest))}" if other.nearest else ""
    return (
        f"{shown(other.path)}（{shown(other.what).rstrip('。')}{near}）。"
        "请问清是谁的，把单位全称写进文件或文件名，再运行一次"
    )
