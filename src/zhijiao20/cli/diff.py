"""The command ``diff``: compare two rounds, or two versions of a file."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS, emit, for_programs
from zhijiao20.cli.options import ListFormat, NoCache, Use, check_suffix, load_project
from zhijiao20.cli.previous_option import tell_side
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
    from collections.abc import Sequence

    from zhijiao20.cli.config import Config
    from zhijiao20.commands.diff import Comparison


def diff(
    old: Annotated[
        Optional[str], typer.Argument(metavar="上期", help="上期的填报文件或文件夹", show_default=False)
    ] = None,
    new: Annotated[
        Optional[str], typer.Argument(metavar="本期", help="本期的填报文件或文件夹", show_default=False)
    ] = None,
    output: Annotated[
        Optional[Path],
        typer.Option(
            "-o", "--output", metavar="文件", help="写成文件：.docx 是带修订的官方表，.xlsx 和 .html 是对照清单"
        ),
    ] = None,
    output_format: ListFormat = "text",
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="汇总单位，.docx 里修订的作者", show_default=False)
    ] = "",
    roster: RosterOption = None,
    use: Use = None,
    no_cache: NoCache = False,
) -> None:
    """Compare two rounds, or two versions of a unit's file."""
    from zhijiao20.commands.diff import diff as compare
    from zhijiao20.review.runner import RunOptions
    from zhijiao20.system.user_cache import user_cache

    if output is not None:
        check_suffix(output, ".docx", ".xlsx", ".html")
    project = load_project([path for path in (old, new) if path])
    sides = _sides(old, new, project)
    units = load_roster(roster, project, partial(show_wrong_roster, then="没有比较"))
    refuse_own_files(output, roster, project)
    cache = None if no_cache else user_cache
    comparison = compare(
        *sides,
        output,
        limits=project.settings.limits,
        options=RunOptions(
            0, cache, progress_bar, excluded(roster, project), roster=units, use=tuple(use or ()), usual=project.use
        ),
    )
    for name, side in (("上期", comparison.old), ("本期", comparison.new)):
        tell_side(name, side)
    if comparison.as_one:
        emit("两份文件没有都写单位，看作同一单位的两个版本")
    if output is not None:
        from zhijiao20.commands.write_diff import write_comparison

        write_comparison(comparison, output, unit=unit or project.unit, roster=units)
        remember(cache, sides[1], output)
        typer.echo(f"已生成 {display_path(output)}")
    else:
        _print(comparison, output_format)
    if not comparison.complete:
        raise typer.Exit(FINDINGS)


def _sides(old: str | None, new: str | None, project: Config) -> tuple[Sequence[Path], Sequence[Path]]:
    """Return the paths of both rounds: those of the command line, or the project's.

    Raises:
        UsageError: one of the rounds is not given.
    """
    if old is None and new is None and project.previous and project.paths:
        return [project.previous], project.paths
    if not old or not new:
        raise UsageError("要写两个路径：先上期，后本期。如 zhijiao20 diff 2019年/ 2020年/")
    return [Path(old)], [Path(new)]


def _print(comparison: Comparison, output_format: str) -> None:
    changes = comparison.changes
    if output_format == "text":
        from zhijiao20.output import changes_text

        changes_text.write(changes.counts, changes, sys.stdout)
        return
    from zhijiao20.output import changes_json

    sides = (comparison.old, comparison.new)
    unread = [{"file": item.file, "message": item.message, "hint": item.hint} for side in sides for item in side.unread]
    several = [
        {"unit": item.unit, "files": item.files, "differ": item.differ} for side in sides for item in side.several
    ]
    changes_json.write(changes.counts, changes, for_programs(), {"unread": unread, "several": several})
