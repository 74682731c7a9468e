"""The command ``collect``: who has sent what."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS, OK, emit
from zhijiao20.cli.options import ListFormat, NoCache, Paths, Use, check_suffix, load_project, required_paths
from zhijiao20.cli.previous_option import PreviousOption, with_previous
from zhijiao20.cli.progress import progress_bar
from zhijiao20.cli.roster_option import (
    RosterOption,
    Today,
    excluded,
    load_roster,
    refuse_own_files,
    remember,
    show_wrong_roster,
    tell_kept,
    today_of,
)
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.cli.config import Config
    from zhijiao20.commands.collect import Collected

_NAMED = 3  # pages that are named where the list of them was not written


def collect(
    paths: Paths = None,
    roster: RosterOption = None,
    output: Annotated[
        Optional[Path],
        typer.Option(
            "-o",
            "--output",
            metavar="进度.xlsx|总览.html",
            help="另写一份：工作簿（各单位、各项任务、全部问题），或能筛选、能看文字的网页；写文件夹，一个上级一页",
        ),
    ] = None,
    remind: Annotated[bool, typer.Option("--remind", help="改为显示一段催报的话，可以贴到群里")] = False,
    output_format: ListFormat = "text",
    today: Today = "",
    previous: PreviousOption = None,
    use: Use = None,
    no_cache: NoCache = False,
) -> None:
    """Tell who has sent what."""
    from zhijiao20.commands.collect import collect as collect_files
    from zhijiao20.review.runner import RunOptions
    from zhijiao20.system.user_cache import user_cache

    is_page = output is not None and _is_page(output)
    if remind and output_format != "text":
        raise UsageError("--remind 显示的是一段话，不和 --output-format 一起用")
    day = today_of(today)
    project = load_project(paths)
    units = load_roster(roster, project, partial(show_wrong_roster, then="没有汇集"))
    refuse_own_files(output, roster, project)
    cache = None if no_cache else user_cache
    exclude = excluded(roster, project, previous)
    input_paths = required_paths(paths, project.paths)
    usual = RunOptions(0, cache, progress_bar, exclude, roster=units, use=tuple(use or ()), usual=project.use)
    with with_previous(previous or project.previous, project.settings, usual, needed=is_page) as options:
        collected = collect_files(
            input_paths, output, deadline=project.deadline, today=day, settings=project.settings, options=options
        )
    words = [*(paths or ()), *(("--roster", str(roster)) if roster else ())]
    words += [word for file in options.use for word in ("--use", str(file))]
    for_review = ["--previous", str(previous)] if previous else []  # render does not know it, nor its files
    for_review += [word for file in use or () if file not in options.use for word in ("--use", str(file))]
    _print(collected, project, (words, for_review), output_format, remind=remind)
    tell_kept(collected.kept)
    if collected.written:
        remember(cache, input_paths, *collected.written)
        emit(_written(collected.written))
    raise typer.Exit(OK if collected.state.ready else FINDINGS)


def _is_page(output: Path) -> bool:
    """Check whether an output is a page or a folder of pages, not a workbook.

    Raises:
        UsageError: it is neither.
    """
    if output.is_dir() or not output.suffix:
        return True
    return check_suffix(output, ".xlsx", ".html").suffix.lower() == ".html"


def _written(files: Sequence[Path]) -> str:
    """Return the line on what was written."""
    first, *pages = files
    if not pages or first.name != "index.html":
        return f"已生成 {'、'.join(map(display_path, files[:_NAMED]))}" + (f" 等 {len(files)} 页" if pages else "")
    return f"已生成文件夹 {display_path(first.parent)}：先打开 {first.name}，另有 {len(pages)} 页，一个上级一页"


def _print(
    collected: Collected, project: Config, words: tuple[list[str], list[str]], output_format: str, *, remind: bool
) -> None:
    """Print the round as text, as JSON or as a text for the chat group.

    Args:
        collected: what was collected.
        project: the settings of the project.
        words: the paths and options that the next command has to repeat, and those that only a review repeats.
        output_format: text or json.
        remind: whether to print the text for the group.
    """
    if collected.report.own and (remind or output_format != "text"):
        from zhijiao20.core.unread import own_line

        emit(f"{own_line(collected.report.own)}。")
    if remind:
        from zhijiao20.output.reminder import reminder

        sys.stdout.write(reminder(collected.state, project.contact, project.phone))
    elif output_format == "json":
        from zhijiao20.output import round_json

        round_json.write(collected.state, sys.stdout)
    else:
        from zhijiao20.output import round_report

        step = round_report.step(collected.state, *map(round_report.command_text, words))
        round_report.write(collected.state, collected.report, sys.stdout, next_step=step)
