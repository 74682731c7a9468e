"""Say in Chinese what is wrong with a command line."""

from __future__ import annotations

import re
from typing import Any


def usage_message(error: Any, named: str = "zhijiao20") -> str:
    """Return the Chinese message for a usage error of Typer, with the command for help.

    Args:
        error: a usage error of Typer; its kind is detected by class name, because the classes are private in Typer.
        named: the command to name if the error has no context.
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
    elif match := re.match(r"No such command '(.*?)'(?:.*Did you mean '(.*?)')?", error.message, re.DOTALL):
        near = f"，是不是 {match[2]}？" if match[2] else "，"
        message = f"没有“{match[1]}”这个命令{near}可用的有：{'、'.join(context.command.list_commands(context))}"
    elif match := re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", error.message):
        message = f"多出了参数：{match[1]}（名称或路径里有空格时，要用引号括起来）"
    else:
        message = "缺少命令" if "Missing command" in error.message else error.message
    return f"错误：{message}\n用法见：{command} --help"


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    return " / ".join(parameter.opts) if parameter.opts[0].startswith("-") else str(parameter.metavar or parameter.name)
