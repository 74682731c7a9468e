"""What ``init --roster`` does and prints: a form for each unit of a roster, and a project file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from zhijiao20.cli.error_handler import FINDINGS, emit
from zhijiao20.cli.progress import progress_bar
from zhijiao20.cli.roster_option import excluded, load_roster, show_wrong_roster
from zhijiao20.commands.hand_out import INBOX, HandedOut, hand_out, start_project
from zhijiao20.core.display import display_path, escape_controls

if TYPE_CHECKING:
    from zhijiao20.cli.config import Config
    from zhijiao20.commands.previous_round import PreviousRound
    from zhijiao20.core.roster import Roster

_LISTED = 20  # lines of one kind


def hand_out_forms(
    path: Path, folder: Path, kind: str, project: Config, previous: Path | None, *, period: str, force: bool
) -> None:
    """Write a form for each unit of a roster, and a project file if there is none; print the result.

    Args:
        path: the roster.
        folder: the folder of the forms.
        kind: the format of the units that do not name one.
        project: the settings of the project.
        previous: the files of the last round; None for empty forms.
        period: the 报告期.
        force: whether to overwrite existing files.

    Raises:
        typer.Exit: not every form was written, or a file of the last round cannot be used.
    """
    units = load_roster(path, project, partial(show_wrong_roster, then="没有生成文件"))
    assert units is not None, "a path was given"
    last = None if previous is None else _read_last(previous, units, path, kind, project, period)
    with progress_bar("正在生成") as show:
        filled = last.form if last else None
        result = hand_out(units, folder, kind, period=period, force=force, filled=filled, progress=show)
    if result.written:
        taken = f"，{len(last.forms)} 个单位有上一次的文字" if last else ""
        typer.echo(f"已生成 {result.written} 份，在 {display_path(folder)}，一个单位一份{taken}")
    if (config := start_project(path, period)) is not None:
        typer.echo(f"已生成 {display_path(config)} 和文件夹 {INBOX}：收回的文件放进去，以后的命令不用再写路径和名册")
    for lines in (*([_lines_of_last(last)] if last else []), *_lines(result)):
        _print_some(list(lines))
    if result.skipped:
        emit(f"有 {len(result.skipped)} 份已有文件，没有覆盖。要覆盖请加 --force，或用 -o 换一个文件夹")
    if result.skipped or result.failed or (last and last.report.failed):
        raise typer.Exit(FINDINGS)


def _read_last(previous: Path, units: Roster, path: Path, kind: str, project: Config, period: str) -> PreviousRound:
    """Read the files of the last round, and print what is wrong with them."""
    from zhijiao20.commands.previous_round import read_previous
    from zhijiao20.review.runner import RunOptions

    options = RunOptions(progress=progress_bar, exclude=excluded(path, project))
    last = read_previous(previous, units, kind, period=period, limits=project.settings.limits, options=options)
    if last.report.failed:
        from zhijiao20.output import terminal

        terminal.write(last.report, sys.stderr)
        emit("上一次的文件里，有错误的没有用，其余的照样填进去。")
    return last


def _lines_of_last(last: PreviousRound) -> Iterator[str]:
    """Yield what of the last round is not in the new forms."""
    for unit, form in last.forms.items():
        name = escape_controls(unit)
        if form.problem:
            yield f"{name}：上一次的文字没有填进去：{form.problem}"
        if form.dropped:
            yield f"{name}：上一次写了现在不归它的任务，没有填进去：{'、'.join(form.dropped)}"
        if form.not_held:
            yield f"{name}：这种格式放不下{'、'.join(form.not_held)}，没有填进去"


def _lines(result: HandedOut) -> Iterator[Iterator[str]]:
    """Yield the lines of each kind on forms that were not written, or not under the name of their unit."""
    yield (f"{escape_controls(name)}：{how}" for name, how in result.renamed.items())
    yield (f"没有生成 {display_path(file)}：{why}" for file, why in result.failed.items())
    yield (f"已有文件，没有覆盖：{display_path(file)}" for file in result.skipped)


def _print_some(lines: Sequence[str]) -> None:
    """Print the first lines of one kind, and how many more there are."""
    for line in lines[:_LISTED]:
        emit(line)
    if len(lines) > _LISTED:
        emit(f"……还有 {len(lines) - _LISTED} 行这样的没有显示")
