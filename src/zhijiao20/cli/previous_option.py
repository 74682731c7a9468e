"""The option ``--previous``, and what is told of a round that was read for a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.error_handler import emit

if TYPE_CHECKING:
    from zhijiao20.commands.read_round import Side
    from zhijiao20.core.settings import Settings
    from zhijiao20.review.runner import RunOptions

_NAMED = 20  # files, tasks or units that are named

PreviousOption = Annotated[
    Optional[Path],
    typer.Option(
        "--previous",
        metavar="上期",
        help="上期的文件或文件夹：说明哪些文字没有改、进展退了、累计数小了；不写就用 zhijiao20.toml 里的",
        show_default=False,
    ),
]


@contextmanager
def with_previous(
    path: Path | None, settings: Settings, options: RunOptions, *, needed: bool = False
) -> Iterator[RunOptions]:
    """Add the last round to the options of a run; it is there until the context ends.

    A file that is to count may be one of the last round.

    Args:
        path: its file or folder; None without one.
        settings: the selected rules; where none of them needs the last round, it is not read.
        options: the options of the run.
        needed: whether it is needed for more than the rules.

    Raises:
        UsageError: see ``last_round``.
    """
    from zhijiao20.core.rule_table import ROUND_CODES

    if path is None or not (needed or any(map(settings.wants, ROUND_CODES))):
        yield options
        return
    from zhijiao20.commands.last_round import last_round

    with last_round(path, limits=settings.limits, options=options) as (side, answers):
        tell_side("上期", side)
        yield replace(options, use=tuple(file for file in options.use if file in side.not_read), previous=answers)


def tell_side(name: str, side: Side) -> None:
    """Print on standard error what of a round was not compared, and why."""
    _print_some([f"{name}没有读 {item.file}：{item.message}。{item.hint}" for item in side.unread])
    if side.ignored:
        from zhijiao20.core.unread import unread_lines

        for line in unread_lines(side.ignored):
            emit(f"{name}{line}")
    if side.excluded:
        emit(f"{name}按 exclude 不读 {side.excluded} 个文件")
    if side.set_aside:
        from zhijiao20.core.unread import set_aside_line

        emit(f"{name}{set_aside_line(side.set_aside)}")
    _print_some([_several(name, item.unit, item.files, item.differ) for item in side.several])
    if side.errors:
        emit(f"{name}的文件里有 {side.errors} 处错误，读到的照常比较；错误请用 zhijiao20 validate 查看")


def _several(name: str, unit: str, files: Sequence[str], differ: Sequence[str]) -> str:
    """Return the line on a unit with several files."""
    from zhijiao20.core.display import quote
    from zhijiao20.output.unit_notes import listed

    whose = f"{name}的{quote(unit)}有 {len(files)} 份"
    named = listed(files, _NAMED, "份")
    if not differ:
        return f"{whose}，内容相同，留一份即可：{named}"
    advice = "请用 --use 写上算数的那一份，或把其余的移出来"
    return f"{whose}，没有比较：{named}（不同的任务：{listed(differ, _NAMED, '项')}）。{advice}"


def _print_some(lines: Sequence[str]) -> None:
    """Print the first lines, and how many more there are."""
    for line in lines[:_NAMED]:
        emit(line)
    if len(lines) > _NAMED:
        emit(f"……还有 {len(lines) - _NAMED} 行这样的没有显示")
