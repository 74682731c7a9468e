"""Options of the commands of a round: the roster, and dates."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS, emit
from zhijiao20.core.display import display_path, escape_controls, quote
from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.cli.config import Config
    from zhijiao20.core.findings import Report
    from zhijiao20.core.roster import Roster
    from zhijiao20.system.found_files import Exclude
    from zhijiao20.system.written import Written

RosterOption = Annotated[
    Optional[Path],
    typer.Option(
        "--roster", metavar="名册", help="名册：谁该报、报什么；不写就用 zhijiao20.toml 里的", show_default=False
    ),
]

Today = Annotated[
    str, typer.Option("--today", metavar="日期", help="按这一天算过没过截止日期，如 2020-07-11", show_default=False)
]


def parse_day(option: str, text: str, example: str) -> date:
    """Return the day that an option gives.

    Raises:
        UsageError: it is no date.
    """
    from zhijiao20.core.deadline import read_date

    day = read_date(text)
    if day is None:
        raise UsageError(f"{option} 应是日期，如 {example}，不能是{quote(text)}")
    return day


def today_of(text: str) -> date:
    """Return the day that ``--today`` gives, by default the present one.

    Raises:
        UsageError: it is no date.
    """
    return parse_day("--today", text, "2020-07-11") if text else datetime.now().astimezone().date()


def load_roster(path: Path | None, project: Config, show: Callable[[Report], None]) -> Roster | None:
    """Return the roster of a run: that of the option, else the project's; None without one.

    Args:
        path: the value of the option.
        project: the settings of the project.
        show: shows what is wrong with a roster.

    Raises:
        typer.Exit: the roster has errors; a command that used it would miss units.
        UsageError: there is no such file.
    """
    chosen = path or project.roster
    if chosen is None:
        return None
    from zhijiao20.commands.roster import check_roster

    roster, report = check_roster(chosen, project.settings.limits)
    if report.failed:
        show(report)
        raise typer.Exit(FINDINGS)
    return roster


def show_wrong_roster(report: Report, then: str, *, quiet: bool = False) -> None:
    """Print on standard error what is wrong with a roster, and what was not done because of it; if quiet, one line.

    Args:
        report: the findings of the roster.
        then: what was not done.
        quiet: whether to count the errors only.
    """
    from zhijiao20.output import terminal

    if quiet:
        file = escape_controls(next(iter(report.findings)).file)
        emit(f"名册 {file} 有 {len(report.findings)} 处问题，{then}。用 zhijiao20 roster 加这个文件名看是哪些")
        return
    terminal.write_findings(report, sys.stderr, command="roster")
    emit(f"名册有错误，{then}。先改好名册，再运行一次。")


def refuse_own_files(output: Path | None, roster: Path | None, project: Config) -> None:
    """Refuse an output that would replace what the round is made with.

    Raises:
        UsageError: the output is the roster, the settings or the form of the project.
    """
    own = {"名册": roster or project.roster, "设置文件": project.file, "表样": project.template}
    for name, file in own.items():
        if output is not None and file is not None and output.exists() and file.exists() and output.samefile(file):
            raise UsageError(f"结果不能写到 {display_path(output)}：这是{name}。请换个文件名")


def written() -> Written:
    """Return what the program wrote."""
    from zhijiao20.system.user_cache import user_cache
    from zhijiao20.system.written import written_files

    return written_files(user_cache())


def excluded(path: Path | None, project: Config, previous: Path | None = None) -> Exclude:
    """Return the files that are no status files: those of the project, the roster, the last round, what was written."""
    from zhijiao20.system.windows import comparable

    chosen = path or project.roster
    last = previous or project.previous
    exclude = replace(project.exclude, previous=comparable(last) if last else "", written=written)
    if chosen is None and project.file is None:
        return exclude
    return exclude.with_own(project.file.parent if project.file else Path(), chosen)


def tell_kept(kept: Sequence[Path], limit: int = 20) -> None:
    """Print on standard error which files were not replaced; of more than the limit how many."""
    for path in kept[:limit]:
        emit(f"没有覆盖 {display_path(path)}：它不是这个程序写的，或写好以后有人改过。要新的，请移走它再运行一次")
    if len(kept) > limit:
        emit(f"……还有 {len(kept) - limit} 个没有覆盖的文件")


def remember(cache: Callable[[], Path | None] | None, sources: Sequence[Path], *outputs: Path) -> None:
    """Remember files that were written for the office, so that a later run does not take them for status files.

    Args:
        cache: returns the user's cache folder, where it is kept; None to leave nothing there.
        sources: the files and folders that they were made of.
        outputs: the files.
    """
    from zhijiao20.system.written import remember_written

    if cache is not None:
        folder = cache()
        for output in outputs:
            remember_written(output, sources, folder)
