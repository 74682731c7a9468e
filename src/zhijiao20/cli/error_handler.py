"""The boundary between the program and its users: usage errors in Chinese, exit codes, and never a traceback.

The boundary sits in the Typer group itself, so that ``app`` behaves the same from the console script and from tests.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from zhijiao20.core.display import display_path, escape_controls
from zhijiao20.core.errors import UsageError
from zhijiao20.system.interrupts import find_interrupt

OK, FINDINGS, USAGE, BUG, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143
"""Exit codes: done; error findings; wrong usage; a bug; Ctrl-C; a request to stop."""

_HEADINGS = (  # patterns, compiled only where a help is shown
    (r"^Usage: ", "用法："),
    (r"\[OPTIONS\] COMMAND \[ARGS\]\.\.\.", "命令 [选项] …"),
    (r"\[OPTIONS\]", "[选项]"),
    (r"^Options:$", "选项："),
    (r"^Arguments:$", "参数："),
    (r"^Commands:$", "命令："),
    (r"Show\s+this\s+message\s+and\s+exit\.", "显示本帮助"),
    (r" {0,80}\[required\]| <[^<> ]+>", ""),
    (r"\{([^{}\s]+)\}", r"\1"),
)


class ChineseHelp(TyperCommand):
    """A command whose help has no English word in it."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return translate_help(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help has no English word in it."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return translate_help(super().get_help(ctx))


class ErrorHandler(ChineseGroup):
    """The program as a whole: everything that leaves it goes through ``main``.

    Attributes:
        debug: whether the traceback of a bug is wanted on the screen too (``--debug``).
    """

    debug = False

    def main(  # type: ignore[override]  # one way in, whatever the caller asks for
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run a command line; leaves by ``SystemExit`` with the code of the contract."""
        use_utf8()
        self.debug = False
        extra["standalone_mode"] = False
        try:
            code = self._run(args, prog_name or "zhijiao20", extra)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has gone (| head): nobody is left to tell.
            _discard_output()
            code = OK
        except OSError as error:
            emit(f"错误：结果写不出去（{_reason(error)}）。请检查磁盘空间，或换一个地方保存")
            _discard_output()
            code = USAGE
        except KeyboardInterrupt:
            emit("已中断，没有写完的文件不会留下。")
            code = INTERRUPTED
        sys.exit(code)

    def _run(self, args: Sequence[str] | None, prog_name: str, extra: dict[str, Any]) -> int:
        try:
            result = super().main(args=args, prog_name=prog_name, **extra)
        except typer.Abort as abort:
            raise KeyboardInterrupt from abort
        except Exception as error:
            if (end := find_interrupt(error)) is not None:
                raise end from error
            if isinstance(error, BrokenPipeError) or getattr(error, "errno", None) == errno.ENOSPC:
                raise  # the way out is blocked: main() knows what to do
            return self._tell(error, _named(self, args))
        if result == INTERRUPTED:  # what Typer makes of Ctrl-C
            raise KeyboardInterrupt
        return result if isinstance(result, int) else OK

    def _tell(self, error: Exception, named: str) -> int:
        """Say what went wrong, and return the exit code for it."""
        if isinstance(error, UsageError):
            emit(f"错误：{error}")
        elif isinstance(error, MemoryError):
            emit("错误：这台电脑的内存不够。请分成几批处理，或关掉别的程序")
        elif hasattr(error, "format_message"):
            emit(usage_message(error, named))
        elif isinstance(error, ValueError) and "embedded null" in str(error):  # only a calling program can give it
            emit("错误：路径里有空字节，不能用。请核对路径")
        elif isinstance(error, OSError) and isinstance(error.filename, str | bytes):
            emit(f"错误：系统不让读写：{display_path(Path(os.fsdecode(error.filename)))}（{_reason(error)}）")
        else:
            emit(_report_bug(error))
            if self.debug:
                emit("".join(traceback.format_exception(error)))
            return BUG
        return USAGE


def _reason(error: OSError) -> str:
    from zhijiao20.system.os_errors import reason

    return reason(error)


def _named(group: TyperGroup, args: Sequence[str] | None) -> str:
    """The command that a command line names, for errors that come without it."""
    first = next(iter(sys.argv[1:] if args is None else args), "")
    return f"zhijiao20 {first}" if first in group.commands else "zhijiao20"


def translate_help(text: str) -> str:
    """A help text with the framework's own words in Chinese."""
    for pattern, words in _HEADINGS:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


def usage_message(error: Any, named: str = "zhijiao20") -> str:
    """What is wrong with a command line, in Chinese, and where to read on.

    Args:
        error: one of the usage errors of Typer; they are told apart by name, since Typer keeps them private.
        named: the command, where the error does not know it.
    """
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context else named
    kind = type(error).__name__
    option = getattr(error, "option_name", "") or ""
    if kind == "NoArgsIsHelpError":
        return str(error.format_message())
    if kind == "NoSuchOption":
        near = "、".join(error.possibilities or ())
        message = f"没有 {option} 这个选项" + (f"，是不是 {near}？" if near else "")
    elif kind == "MissingParameter":
        message = f"缺少 {_parameter(error)}"
    elif kind == "BadOptionUsage":
        message = f"选项 {option} 的用法不对：后面要跟一个值，或不该跟值"
    elif kind == "BadParameter":
        message = f"{_parameter(error)}：{error.message}"
    elif found := re.match(r"No such command '(.*?)'(?:.*Did you mean '(.*?)')?", error.message, re.DOTALL):
        near = f"，是不是 {found[2]}？" if found[2] else "，"
        message = f"没有“{found[1]}”这个命令{near}可用的有：{'、'.join(context.command.list_commands(context))}"
    elif found := re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", error.message):
        message = f"多出了参数：{found[1]}（名称或路径里有空格时，要用引号括起来）"
    else:
        message = "缺少命令" if "Missing command" in error.message else error.message
    return f"错误：{message}\n用法见：{command} --help"


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    return " / ".join(parameter.opts) if parameter.opts[0].startswith("-") else str(parameter.metavar or parameter.name)


def _report_bug(error: Exception) -> str:
    from zhijiao20.cli.crash_log import write_log

    return f"程序内部出错（{type(error).__name__}），这不是您的操作问题。详情已记入：{write_log(error)}，请发给维护者。"


def emit(message: str) -> None:
    """A line for the user beside the results: on standard error; where that is gone, nobody can be told."""
    text = "\n".join(map(escape_controls, message.split("\n")))
    with contextlib.suppress(OSError, ValueError):
        try:
            print(text, file=sys.stderr)  # noqa: T201 - the one place that prints
        except UnicodeEncodeError:  # a stream that a calling program put there
            print(text.encode("ascii", "backslashreplace").decode("ascii"), file=sys.stderr)  # noqa: T201


def _discard_output() -> None:
    """Let what still waits for standard output go nowhere: Python would complain of it at the very end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    if nowhere != 1:
        os.close(nowhere)


def fill_streams() -> None:
    """Open what the caller closed of the three standard streams: else the first file we write would take its place."""
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(handle)


def use_utf8() -> None:
    """Standard output and error in UTF-8, whatever the locale says; what cannot be encoded is shown escaped."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the program: there is nobody to tell
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for the whole run
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def stop_on_terminate() -> None:
    """Leave by way of the ``finally`` blocks when asked to stop, so that no half-written file stays."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        sys.exit(TERMINATED)

    signal.signal(signal.SIGTERM, stop)
