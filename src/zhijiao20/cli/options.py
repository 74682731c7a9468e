"""Options used by several commands, and functions that check them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20 import __version__
from zhijiao20.cli.error_handler import COMPLETE, ErrorHandler, emit
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.cli.config import Config
    from zhijiao20.core.settings import Settings

_SHELLS = ("bash", "zsh", "fish")

Paths = Annotated[
    Optional[list[str]],  # not Path: Path("") becomes ".", so an empty argument could not be rejected
    typer.Argument(metavar="路径", help="填报文件或文件夹，可以写多个", show_default=False),
]


def one_of(*allowed: str) -> Callable[[Optional[str]], Optional[str]]:
    """Return a Typer callback that accepts only these values of an option."""

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
NoCache = Annotated[bool, typer.Option("--no-cache", help="全部重新审核，不用也不留上次审核的结果")]

Use = Annotated[
    Optional[list[Path]],
    typer.Option("--use", metavar="文件", help="同一单位报了几份的，只算这一份；可以写几次", show_default=False),
]

SkipUnread = Annotated[
    bool, typer.Option("--skip-unread", help="没有读到内容的 Word、Excel 文件和压缩包放过，写出名字")
]


def _instead(value: bool | str) -> None:
    """Carry out an option that stands instead of a command: ``--version``, ``--install-completion``."""
    if value is True:
        typer.echo(f"zhijiao20 {__version__}")
        raise typer.Exit
    if value:
        _install_completion(str(value))


def _install_completion(shell: str) -> None:
    if shell not in _SHELLS:
        raise UsageError(f"不能为“{shell}”安装补全。可以写的是：{'、'.join(_SHELLS)}")
    from typer.completion import install  # type: ignore[attr-defined]  # not in its __all__

    try:
        _, path = install(shell, "zhijiao20", COMPLETE)
    except (OSError, UnicodeError, RuntimeError) as error:  # RuntimeError: there is no home
        raise UsageError("补全没有装上：主目录里的启动文件读写不了，或不是 UTF-8 编码。请核对以后再装") from error
    typer.echo(f"{shell} 的命令补全已装好：{display_path(path)}。重新打开终端后，按 Tab 键补全命令和选项。")
    raise typer.Exit


def program_options(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool, typer.Option("--version", callback=_instead, is_eager=True, help="显示版本", show_default=False)
    ] = False,
    install_completion: Annotated[  # noqa: ARG001 - handled by its callback
        str,
        typer.Option(
            "--install-completion",
            callback=_instead,
            is_eager=True,
            metavar="bash|zsh|fish",
            help="给终端装上命令补全：按 Tab 键补全命令和选项",
            show_default=False,
        ),
    ] = "",
    debug: Annotated[
        bool, typer.Option("--debug", help="程序内部出错时，把技术细节也显示在屏幕上", show_default=False)
    ] = False,
) -> None:
    """Store the options that stand before the command name."""
    if isinstance(context.command, ErrorHandler):
        context.command.debug = debug


def load_project(paths: Sequence[str | Path] | None = None, *, quiet: bool = False, silent: bool = False) -> Config:
    """Load the project's defaults and print which file they are from, and which of them change what is read.

    They are printed because the configuration file may come from someone else.

    Args:
        paths: the paths on the command line.
        quiet: whether to print only what changes what is read.
        silent: whether to print nothing.

    Raises:
        UsageError: see ``config.load``.
    """
    from zhijiao20.cli.config import Config, load
    from zhijiao20.system.discovery import find_config

    given = [Path(path) for path in paths or () if str(path)]
    if find_config(Path()) is None and not (given and find_config(*given)):
        return Config()
    project = load(given)
    if project.file is not None and not silent and not (quiet and not project.changed):
        changed = f" 里的设置：{'、'.join(project.changed)}" if project.changed else ""
        gone = "、".join(display_path(file) for file in project.use if _is_gone(file))
        lost = f"；use 里的文件没有找到，不起作用：{gone}" if gone else ""
        emit(f"用了 {display_path(project.file)}{changed}{lost}")
    return project


def _is_gone(file: Path) -> bool:
    """Check whether there is no such file, nor an archive that may have it as a member."""
    parts = str(file).split("!")
    return not any(os.path.lexists("!".join(parts[:count])) for count in range(1, len(parts) + 1))


def required_paths(paths: list[str] | None, otherwise: Sequence[Path] = ()) -> list[Path]:
    """Return the paths of a command that needs at least one.

    Args:
        paths: the paths on the command line.
        otherwise: the project's paths, used if the command line has none.

    Raises:
        UsageError: there is no path, or one of them is empty.
    """
    if not paths and otherwise:
        return list(otherwise)
    if not paths or not all(paths):
        raise UsageError("没有给路径，或路径是空的。请写上填报文件或文件夹，如 各单位/")
    return [Path(path) for path in paths]


def apply_selection(settings: Settings, select: str, ignore: str) -> Settings:
    """Return the project's settings, overridden by ``--select`` and ``--ignore``.

    Raises:
        UsageError: an option has a value that is not a rule code or prefix.
    """
    if select:
        settings = replace(settings, select=parse_codes("--select", select) or settings.select)
    if ignore:
        settings = replace(settings, ignore=parse_codes("--ignore", ignore) or settings.ignore)
    return settings


def parse_codes(option: str, text: str) -> tuple[str, ...]:
    """Parse a comma-separated list of rule codes or prefixes, such as ``ZJ2,ZJ305``.

    Raises:
        UsageError: one of them is not a rule code or prefix.
    """
    from zhijiao20.core.rule_table import RULES

    prefixes = tuple(code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip())
    for code in prefixes:
        if not re.fullmatch("ZJ[0-9]{0,3}", code):
            raise UsageError(f"{option}：规则编号不能是“{code}”，应如 ZJ2 或 {next(reversed(RULES))}，几个用逗号隔开")
    return prefixes


def check_suffix(path: Path, *suffixes: str) -> Path:
    """Check that a path has one of the suffixes, and return it.

    Raises:
        UsageError: the path has another suffix.
    """
    if path.suffix.lower() not in suffixes:
        raise UsageError(f"文件名应以 {'、'.join(suffixes)} 结尾：{display_path(path)}")
    return path
