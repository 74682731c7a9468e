"""Define the command line: parse options, call a command, print, exit.

Each command imports its heavy modules itself, inside its function.
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from zhijiao20.cli import convert, init, lookup, render, validate
from zhijiao20.cli.error_handler import ChineseGroup, ChineseHelp, ErrorHandler, fill_streams, stop_on_terminate
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError

app = typer.Typer(
    name="zhijiao20",
    cls=ErrorHandler,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="“职教20条”落实情况：收齐各单位的填报文件，审核，汇总，填成官方 Word 表（附表2）。",
    epilog="先生成填报文件（init），各单位填好后审核（validate），最后汇总成 Word 表（render）。",
)
"""The Typer application, with all commands registered."""

_SHELLS = ("bash", "zsh", "fish")
_COMPLETE = "_ZHIJIAO20_COMPLETE"  # environment variable by which a shell asks for completions

form = typer.Typer(cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None, help="Word 表样：检查能不能用。")


def main() -> None:
    """Run the program as a process: open missing streams, handle SIGTERM, start Typer."""
    fill_streams()
    stop_on_terminate()
    if _COMPLETE in os.environ:  # the shell asks for completions
        from typer.completion import completion_init  # type: ignore[attr-defined]  # not in its __all__

        completion_init()
    app()


def _instead(value: bool | str) -> None:
    """Carry out an option that stands instead of a command: ``--version``, ``--install-completion``."""
    if value is True:
        from zhijiao20 import __version__

        typer.echo(f"zhijiao20 {__version__}")
        raise typer.Exit
    if value:
        _install_completion(str(value))


def _install_completion(shell: str) -> None:
    if shell not in _SHELLS:
        raise UsageError(f"不能为“{shell}”安装补全。可以写的是：{'、'.join(_SHELLS)}")
    from typer.completion import install  # type: ignore[attr-defined]  # not in its __all__

    try:
        _, path = install(shell, "zhijiao20", _COMPLETE)
    except (OSError, UnicodeError, RuntimeError) as error:  # RuntimeError: there is no home
        raise UsageError("补全没有装上：主目录里的启动文件读写不了，或不是 UTF-8 编码。请核对以后再装") from error
    typer.echo(f"{shell} 的命令补全已装好：{display_path(path)}。重新打开终端后，按 Tab 键补全命令和选项。")
    raise typer.Exit


@app.callback()
def _program(
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


def _examples(*lines: str) -> str:
    """Format the examples at the end of a command's help, one on each line."""
    return "\b\n" + "\n".join(f"例：zhijiao20 {line}" for line in lines)


_COMMANDS = (
    (init.init, "init 澄州市教育局", "init 澄州理工学校 -f csv --period 2020年上半年"),
    (validate.validate, "validate 各单位/", "validate 各单位/ --annotate 审核意见.docx"),
    (render.render, "render 各单位/ -o 附表2.docx", "render --blank -o 空表.docx"),
    (convert.convert, "convert 各单位/ -o 全部.csv", "convert 各单位/ -f docx -o 转换后/"),
    (lookup.tasks, "tasks 16.4", "tasks 双师型"),
    (lookup.rules, "rules", "rules ZJ203", "rules ZJ2"),
    (lookup.schema, "schema -o zhijiao20.schema.json"),
)
"""The command functions, each with the examples of its help text, in help order."""

for _command, *_lines in _COMMANDS:
    app.command(cls=ChineseHelp, epilog=_examples(*_lines))(_command)
form.command("check", cls=ChineseHelp, epilog=_examples("form check 空表.docx"))(lookup.check_form)
app.add_typer(form, name="form")
