"""Help and usage errors: all in Chinese, on the right stream, with the right exit code."""

from __future__ import annotations

import os
import re
from types import SimpleNamespace

import pytest
import typer
from program import child, run
from status_files import names_in

import zhijiao20
from zhijiao20 import cli
from zhijiao20.cli.usage_errors import usage_message

pytestmark = pytest.mark.usefixtures("work_folder")


COMMANDS = sorted(typer.main.get_command(cli.app).commands)  # type: ignore[attr-defined]
ENGLISH = re.compile(
    r"(?i)\b(?:usage|options?|arguments?|commands?|args|required|default|show|this|message|exit|text|path|file|filename|"
    r"integer|directory|error|try|no such|did you mean|missing|invalid|value|got|unexpected)\b(?![|/])"
)


@pytest.mark.parametrize(
    "args", [[], *([command] for command in COMMANDS)], ids=lambda args: " ".join(args) or "program"
)
def test_help_is_chinese_on_stdout(args: list[str]) -> None:
    """The users read no English; the framework's own words must not shine through."""
    result = run(*args, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("用法：zhijiao20 ")
    assert "显示本帮助" in result.stdout
    if args and args != ["form"]:
        assert "例：zhijiao20 " in result.stdout
    elif not args:
        assert all(re.search(rf"^  {command} ", result.stdout, re.MULTILINE) for command in COMMANDS)
    prose = re.sub(
        r"例：.*|默认 \w+|--[a-z-]+|-[a-z]\b|zhijiao20\S*|^  (?:" + "|".join(COMMANDS) + r")\b|\S*\|\S*",
        "",
        result.stdout,
        flags=re.MULTILINE,
    )
    assert not ENGLISH.findall(prose)


@pytest.mark.parametrize(
    "args", [[], *([command] for command in COMMANDS), ["form", "check"]], ids=lambda args: " ".join(args) or "program"
)
def test_the_short_option_for_help(args: list[str]) -> None:
    """-h is --help, of the program and of every command; both names are listed."""
    short, long = run(*args, "-h"), run(*args, "--help")
    assert (short.exit_code, short.stdout, short.stderr) == (0, long.stdout, "")
    assert "-h, --help" in short.stdout


@pytest.mark.parametrize("command", ["init", "validate"])
def test_help_is_chinese_on_a_narrow_screen(command: str) -> None:
    """A window may be half as wide."""
    done = child(command, "--help", env=os.environ | {"COLUMNS": "40"})
    assert "显示本帮助" in done.stdout.decode()


def test_without_anything_the_help_is_shown_and_nothing_done() -> None:
    """Who types only the name wants to know what there is."""
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("用法：zhijiao20 命令 [选项]")
    assert not ENGLISH.search(result.stderr.replace("--help", "").replace("--version", ""))


def test_version_is_the_packages() -> None:
    """A bug report starts with it."""
    result = run("--version")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"zhijiao20 {zhijiao20.__version__}\n", "")


@pytest.mark.parametrize(
    ("args", "message", "see"),
    [
        pytest.param(["xyzzy"], f"没有“xyzzy”这个命令，可用的有：{'、'.join(typer.main.get_command(cli.app).list_commands(None))}", "zhijiao20", id="unknown-command"),  # type: ignore[attr-defined,arg-type]
        pytest.param(["init", "--fromat", "csv", "甲"], "没有 --fromat 这个选项，是不是 --format", "zhijiao20 init", id="option-near"),
        pytest.param(["init", "甲", "--xyzzy"], "没有 --xyzzy 这个选项", "zhijiao20 init", id="option-unknown"),
        pytest.param(["-z"], "没有 -z 这个选项", "zhijiao20", id="short-option"),
        pytest.param(["init"], "缺少 单位", "zhijiao20 init", id="missing-argument"),
        pytest.param(["init", "甲", "乙"], "多出了参数：乙（名称或路径里有空格时，要用引号括起来）", "zhijiao20 init", id="extra"),
        pytest.param(["init", "甲", "乙", "丙"], "多出了参数：乙 丙（名称或路径里有空格时，要用引号括起来）", "zhijiao20 init", id="two-extra"),
        pytest.param(["init", "甲", "-f", "pdf"], "-f / --format：不能是“pdf”，只能是：", "zhijiao20 init", id="choice"),
        pytest.param(["validate", "甲", "--output-format", "xml"], "--output-format：不能是“xml”，只能是：text、json", "zhijiao20 validate", id="format"),
        pytest.param(["init", "-f"], "选项 -f 的用法不对：后面要跟一个值，或不该跟值", "", id="missing-value"),
        pytest.param(["init", "甲", "--force=1"], "选项 --force 的用法不对：后面要跟一个值，或不该跟值", "", id="surplus-value"),
        pytest.param(["--"], "缺少命令", "zhijiao20", id="no-command"),
    ],
)  # fmt: skip
def test_usage_errors_are_chinese(args: list[str], message: str, see: str) -> None:
    """What is wrong, and where to read on; on stderr, exit code 2."""
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    first, second = result.stderr.splitlines()
    assert first.startswith(f"错误：{message}")
    assert second.startswith("用法见：zhijiao20 ")
    assert second.endswith(" --help")
    assert not see or second == f"用法见：{see} --help"
    assert not names_in()


@pytest.mark.parametrize("slip", ["ini", "validat", "rendr", "taks"])
def test_a_slip_in_a_command_is_told_in_chinese(slip: str) -> None:
    """The most frequent usage error of all."""
    result = run(slip)
    assert result.exit_code == 2
    assert f"没有“{slip}”这个命令" in result.stderr


def test_a_missing_value_leads_to_the_help_of_its_command() -> None:
    """`zhijiao20 --help` does not even list -f."""
    assert "用法见：zhijiao20 init --help" in run("init", "-f").stderr


def test_two_dashes_end_the_options() -> None:
    """A unit or file may begin with a dash."""
    result = run("init", "--", "-甲")
    assert (result.exit_code, result.stdout) == (0, "已生成 -甲.yaml\n")
    assert run("validate", "-q", "--", "-甲.yaml").exit_code == 1
    assert run("validate", "-q", "-甲.yaml").exit_code == 2


@pytest.mark.parametrize(
    "args",
    [
        ["x\x1b[31m"],
        ["init", "甲", "x\x1b[31m"],
        pytest.param(["init", "--x\x1b[31m"]),
        pytest.param(["init", "甲", "-f", "x\x1b[31m"]),
        pytest.param(["validate", "x\x1b[31m"]),
        pytest.param(["tasks", "x\x1b[31m"]),
    ],
    ids=["command", "extra", "option", "value", "path", "query"],
)
def test_escape_sequences_do_not_reach_the_screen(args: list[str]) -> None:
    """A file's name can come from anywhere (a zip, a mail) and must not act on the terminal."""
    result = run(*args)
    assert result.exit_code in {1, 2}
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize(
    ("error", "message"),
    [
        pytest.param(typer.BadParameter("不行"), "错误：参数：不行\n用法见：zhijiao20 --help", id="no-parameter"),
        pytest.param(SimpleNamespace(message="别的"), "错误：别的\n用法见：zhijiao20 --help", id="anything-else"),
    ],
)
def test_rare_usage_errors_keep_their_words(error: object, message: str) -> None:
    """Better the framework's words than none."""
    assert usage_message(error) == message
