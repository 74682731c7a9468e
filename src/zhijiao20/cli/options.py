"""Options that several commands share, and their checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.cli.config import Config
    from zhijiao20.core.settings import Settings

Paths = Annotated[
    Optional[list[str]],  # an empty text is no path, which a Path no longer shows
    typer.Argument(metavar="路径", help="填报文件或文件夹，可以写多个", show_default=False),
]


def one_of(*allowed: str) -> Callable[[Optional[str]], Optional[str]]:
    """A check that an option has one of these values."""

    def check(value: Optional[str]) -> Optional[str]:
        if value is not None and value not in allowed:
            raise typer.BadParameter(f"不能是“{value}”，只能是：{'、'.join(allowed)}")
        return value

    return check


ListFormat = Annotated[
    str,
    typer.Option(
        "--output-format",
        metavar="text|json",
        callback=one_of("text", "json"),
        help="结果的格式，默认 text",
        show_default=False,
    ),
]


REPORTS = ("text", "json", "github", "sarif", "junit")

ReportFormat = Annotated[
    str,
    typer.Option(
        "--output-format",
        metavar="|".join(REPORTS),
        callback=one_of(*REPORTS),
        help="结果的格式，默认 text",
        show_default=False,
    ),
]


Select = Annotated[str, typer.Option("--select", metavar="编号", help="只看这些规则，如 ZJ2,ZJ105", show_default=False)]
Ignore = Annotated[str, typer.Option("--ignore", metavar="编号", help="不看这些规则", show_default=False)]

FailOn = Annotated[
    Optional[str],
    typer.Option(
        "--fail-on",
        metavar="error|warning|info",
        callback=one_of("error", "warning", "info"),
        help="从哪一种轻重起算没有通过（退出码 1），默认 error",
        show_default=False,
    ),
]


Statistics = Annotated[bool, typer.Option("--statistics", help="另列各条规则、各个单位各有多少处")]


def configured() -> Config:
    """The defaults of the project; where they change a review this is said, for the file may be a stranger's.

    Raises:
        UsageError: as ``config.load``.
    """
    from zhijiao20.cli.config import load
    from zhijiao20.cli.error_handler import emit

    project = load()
    if project.file is not None and project.changed:
        emit(f"用了 {display_path(project.file)} 里的设置：{'、'.join(project.changed)}")
    return project


def needed(paths: list[str] | None, otherwise: Sequence[Path] = ()) -> list[Path]:
    """The paths that a command must have.

    Args:
        paths: the paths as given.
        otherwise: the project's own, where none are given.

    Raises:
        UsageError: there are none, or one of them is empty.
    """
    if not paths and otherwise:
        return list(otherwise)
    if not paths or not all(paths):
        raise UsageError("没有给路径，或路径是空的。请写上填报文件或文件夹，如 各单位/")
    return [Path(path) for path in paths]


def chosen(settings: Settings, select: str, ignore: str) -> Settings:
    """The project's settings with what the command line chose in their place.

    Raises:
        UsageError: a choice names no code.
    """
    return replace(
        settings,
        select=codes("--select", select) or settings.select,
        ignore=codes("--ignore", ignore) or settings.ignore,
    )


def codes(option: str, text: str) -> tuple[str, ...]:
    """The prefixes in ``ZJ2,ZJ305``.

    Raises:
        UsageError: one of them is no code.
    """
    from zhijiao20.core.rule_table import RULES

    wanted = tuple(code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip())
    for code in wanted:
        if not re.fullmatch("ZJ[0-9]{0,3}", code):
            raise UsageError(f"{option}：规则编号不能是“{code}”，应如 ZJ2 或 {next(reversed(RULES))}，几个用逗号隔开")
    return wanted


def with_suffix(path: Path, *suffixes: str) -> Path:
    """An output whose name says what it will be.

    Raises:
        UsageError: the name ends otherwise.
    """
    if path.suffix.lower() not in suffixes:
        raise UsageError(f"文件名应以 {'、'.join(suffixes)} 结尾：{display_path(path)}")
    return path
