"""Handle errors of the command line: messages in Chinese, exit codes, no traceback unless ``--debug`` is given.

The handler is part of the Typer group, so ``app`` behaves the same in the console script and in tests.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from zhijiao20.core.display import display_path, escape_controls
from zhijiao20.core.errors import UsageError
from zhijiao20.system.interrupts import find_interrupt

OK, FINDINGS, USAGE, BUG, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143
"""Exit codes: success; error findings; usage error; internal error (bug); Ctrl-C; SIGTERM."""

ON_WINDOWS = os.name == "nt"
COMPLETE = "_ZHIJIAO20_COMPLETE"  # environment variable by which a shell asks for completions

_HELP_TRANSLATIONS = (  # patterns as text: compiled only when a help text is shown
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
    """A command whose help text is entirely in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text in Chinese."""
        return translate_help(super().get_help(ctx))


def function_of(module: str, name: str) -> Callable[[], Callable[..., None]]:
    """Return what imports a command's module and returns the function that carries it out.

    Args:
        module: the name of a module of this package.
        name: the name of the function.
    """

    def load() -> Callable[..., None]:
        function: Callable[..., None] = getattr(import_module(f"zhijiao20.cli.{module}"), name)
        return function

    return load


class LateCommand(ChineseHelp):
    """A command known by its name and help, whose module is imported when it runs.

    Its callback has no options: it returns the function that has them.
    """

    whole: Any = None

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Return the context of the command with its options."""
        if self.whole is None:
            alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
            assert self.callback is not None
            alone.command(self.name, cls=ChineseHelp, help=self.help, epilog=self.epilog)(self.callback())
            self.whole = get_command(alone)
        return self.whole.make_context(*args, **extra)


class ChineseGroup(TyperGroup):
    """A command group whose help text is entirely in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text in Chinese."""
        return translate_help(super().get_help(ctx))


class ErrorHandler(ChineseGroup):
    """The top-level command group; ``main`` turns exceptions into messages and exit codes.

    Attributes:
        debug: whether to print the traceback of an internal error on standard error, too (``--debug``).
    """

    debug = False

    def main(  # type: ignore[override]  # fewer parameters: standalone_mode is always off
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run a command line and exit with one of the exit codes above.

        Raises:
            SystemExit: always, with the exit code.
        """
        set_up_streams()
        self.debug = False
        extra["standalone_mode"] = False
        try:
            code = self._run(args, prog_name or "zhijiao20", extra)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader closed the pipe (as in ``| head``): not an error.
            _discard_output(1)
            code = OK
        except OSError as error:
            emit(f"错误：结果写不出去（{_reason(error)}）。请检查磁盘空间，或换一个地方保存")
            _discard_output(1)
            code = USAGE
        except KeyboardInterrupt:
            emit("已中断，没有写完的文件不会留下。")
            code = INTERRUPTED
        try:
            sys.stderr.flush()
        except OSError:  # both streams are full: the exit code is all that can still be told
            _discard_output(2)
        sys.exit(code)

    def _run(self, args: Sequence[str] | None, prog_name: str, extra: dict[str, Any]) -> int:
        extra["windows_expand_args"] = False  # its patterns take 甲[1].docx for 甲1.docx
        if args is None and os.name == "nt":
            from zhijiao20.cli.patterns import expand_patterns

            args = expand_patterns(sys.argv[1:])
        try:
            result = super().main(args=args, prog_name=prog_name, **extra)
        except typer.Abort as abort:
            raise KeyboardInterrupt from abort
        except Exception as error:
            if (interrupt := find_interrupt(error)) is not None:
                raise interrupt from error
            if isinstance(error, BrokenPipeError) or getattr(error, "errno", None) == errno.ENOSPC:
                raise  # output cannot be written: main() handles it
            return self._report_error(error, _command_name(self, args))
        if result == INTERRUPTED:  # Typer returns this code on Ctrl-C
            raise KeyboardInterrupt
        return result if isinstance(result, int) else OK

    def _report_error(self, error: Exception, command: str) -> int:
        """Print the message for an error and return the exit code."""
        if isinstance(error, UsageError):
            emit(f"错误：{error}")
        elif isinstance(error, MemoryError):
            emit("错误：这台电脑的内存不够。请分成几批处理，或关掉别的程序")
        elif hasattr(error, "format_message"):
            from zhijiao20.cli.usage_errors import usage_message

            emit(usage_message(error, command))
        elif isinstance(error, ValueError) and "embedded null" in str(error):  # possible only when called from Python
            emit("错误：路径里有空字节，不能用。请核对路径")
        elif isinstance(error, OSError) and isinstance(error.filename, str | bytes):
            emit(f"错误：系统不让读写：{display_path(Path(os.fsdecode(error.filename)))}（{_reason(error)}）")
        else:
            emit(report_bug(error))
            if self.debug:
                emit("".join(traceback.format_exception(error)))
            return BUG
        return USAGE


def _reason(error: OSError) -> str:
    from zhijiao20.system.os_errors import reason

    return reason(error)


def _command_name(group: TyperGroup, args: Sequence[str] | None) -> str:
    """Return the command named in the arguments, for errors without a Typer context."""
    first = next(iter(sys.argv[1:] if args is None else args), "")
    return f"zhijiao20 {first}" if first in group.commands else "zhijiao20"


def translate_help(text: str) -> str:
    """Translate the English words that Typer puts into a help text."""
    for pattern, translation in _HELP_TRANSLATIONS:
        text = re.sub(pattern, translation, text, flags=re.MULTILINE)
    return text


def report_bug(error: Exception) -> str:
    """Write an internal error to a log file and return the message for the user."""
    from zhijiao20.cli.crash_log import write_log

    return f"程序内部出错（{type(error).__name__}），这不是您的操作问题。详情已记入：{write_log(error)}，请发给维护者。"


def emit(message: str) -> None:
    """Print a message on stderr with control characters escaped; ignore a closed stream."""
    text = "\n".join(map(escape_controls, message.split("\n")))
    with contextlib.suppress(OSError, ValueError):
        try:
            print(text, file=sys.stderr)  # noqa: T201 - the only place that prints
        except UnicodeEncodeError:  # the caller replaced stderr by a stream with another encoding
            print(text.encode("ascii", "backslashreplace").decode("ascii"), file=sys.stderr)  # noqa: T201


def _discard_output(handle: int) -> None:
    """Redirect a standard stream to the null device, so that flushing it at exit cannot fail.

    Args:
        handle: 1 for standard output, 2 for standard error.
    """
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, handle)
    if null != handle:
        os.close(null)


def set_up_streams() -> None:
    """Set the encoding of stdout and stderr, whatever the locale; escape what cannot be encoded.

    UTF-8, or on Windows what the reader of a pipe expects.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the calling program: discard the output
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - stays open for the whole run
        elif hasattr(stream, "reconfigure"):
            encoding = None
            if ON_WINDOWS:
                from zhijiao20.system.windows import pipe_encoding

                encoding = pipe_encoding(stream)
            stream.reconfigure(encoding=encoding or "utf-8", errors="backslashreplace")


def for_programs() -> TextIO:
    """Return standard output for a format that programs read: UTF-8 on every system."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    return sys.stdout


def prepare_process() -> None:
    """Open closed standard streams, and turn SIGTERM (Ctrl-Break) into ``SystemExit``, so that ``finally`` blocks run.

    Else the next opened file would get file descriptor 0, 1 or 2 and receive the program's output.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(handle)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        sys.exit(TERMINATED)

    signal.signal(signal.SIGTERM, stop)
    if sys.platform == "win32":
        signal.signal(signal.SIGBREAK, stop)  # Ctrl-Break
    if COMPLETE in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]  # not in its __all__

        completion_init()
