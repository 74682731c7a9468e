"""The edge of the program: help, usage errors, exit codes, and never a traceback."""

from __future__ import annotations

import io
import os
import re
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner, Result

import zhijiao20
from zhijiao20 import __main__ as start
from zhijiao20 import cli
from zhijiao20.cli import crash_log as crash
from zhijiao20.cli import error_handler as boundary
from zhijiao20.system.resources import load_catalog

COMMANDS = sorted(typer.main.get_command(cli.app).commands)  # type: ignore[attr-defined]
ENGLISH = re.compile(
    r"(?i)\b(?:usage|options?|arguments?|commands?|args|required|default|show|this|message|exit|text|path|file|filename|"
    r"integer|directory|error|try|no such|did you mean|missing|invalid|value|got|unexpected)\b(?![|/])"
)
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "工作"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def names_in(folder: Path | str = ".") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def run(*args: str) -> Result:
    return CliRunner().invoke(cli.app, list(args))


def child(*args: str, **extra: object) -> subprocess.CompletedProcess[bytes]:
    options = {"capture_output": True, "timeout": 60} | extra
    return subprocess.run([sys.executable, "-m", "zhijiao20", *args], check=False, **options)  # type: ignore[call-overload,no-any-return]


def driver(patch: str, *args: str) -> subprocess.Popen[str]:
    """The program in a process of its own, one of its functions replaced by one that waits."""
    code = f"""
import os, select, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from zhijiao20 import cli
from zhijiao20.commands import validate
def wait(*args, **options):
    print("ready", flush=True)
    for _ in range(1200):
        select.select([], [], [], 0.05)
    sys.exit(99)
{patch} = wait
sys.argv = ["zhijiao20", *sys.argv[1:]]
cli.main()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


# ── help ──


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


# ── usage errors ──


@pytest.mark.parametrize(
    ("args", "message", "see"),
    [
        pytest.param(["xyzzy"], f"没有“xyzzy”这个命令，可用的有：{'、'.join(typer.main.get_command(cli.app).list_commands(None))}", "zhijiao20", id="unknown-command"),  # type: ignore[attr-defined,arg-type]
        pytest.param(["init", "--fromat", "csv", "甲"], "没有 --fromat 这个选项，是不是 --format？", "zhijiao20 init", id="option-near"),
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
        pytest.param(
            ["init", "--x\x1b[31m"],
        ),
        pytest.param(
            ["init", "甲", "-f", "x\x1b[31m"],
        ),
        pytest.param(
            ["validate", "x\x1b[31m"],
        ),
        pytest.param(
            ["tasks", "x\x1b[31m"],
        ),
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
    assert boundary.usage_message(error) == message


# ── a bug, an interruption, the end of the pipe ──


def test_a_bug_is_one_line_and_a_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The traceback helps the maintainer, not the clerk."""

    def fail(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("秘密 \ud800")

    monkeypatch.setattr("zhijiao20.commands.validate.validate", fail)
    result = run("validate", "甲.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    found = re.fullmatch(
        r"程序内部出错（ZeroDivisionError），这不是您的操作问题。详情已记入：(.+\.log)，请发给维护者。\n", result.stderr
    )
    assert found
    log = Path(found[1])
    assert log.is_relative_to(tmp_path / "state" / "zhijiao20")
    text = log.read_text(encoding="utf-8")
    assert text.startswith(f"zhijiao20 {zhijiao20.__version__}\nPython 3.")
    assert "Traceback (most recent call last)" in text
    assert "ZeroDivisionError: 秘密 \\ud800" in text


def test_debug_shows_the_traceback_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """For those who help from afar; the next run in the same process is quiet again."""
    monkeypatch.setattr("zhijiao20.commands.validate.validate", lambda *_args: 1 / 0)
    shown = run("--debug", "validate", "甲").stderr.splitlines()
    assert shown[0].startswith("程序内部出错（ZeroDivisionError）")
    assert shown[1] == "Traceback (most recent call last):"
    assert "Traceback" not in run("validate", "甲").stderr


def test_a_refusal_of_the_system_that_nobody_expected_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that vanishes in the middle: the path and the reason, no log."""

    def vanish(*_args: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "各单位/x\x1b.yaml")

    monkeypatch.setattr("zhijiao20.commands.validate.validate", vanish)
    result = run("validate", "甲")
    assert (result.exit_code, result.stderr) == (2, "错误：系统不让读写：各单位/x\\x1b.yaml（文件不存在）\n")


def test_too_little_memory_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to do is told; a log would help nobody."""

    def fail(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr("zhijiao20.commands.validate.validate", fail)
    result = run("validate", "甲")
    assert (result.exit_code, result.stderr) == (2, "错误：这台电脑的内存不够。请分成几批处理，或关掉别的程序\n")


def test_an_interruption_while_results_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at the last moment is no traceback either."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    stream = io.StringIO()
    stream.flush = interrupt  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with pytest.raises(SystemExit) as caught:
        cli.app(["--version"])
    assert (caught.value.code, sys.stderr.getvalue()) == (130, "已中断，没有写完的文件不会留下。\n")  # type: ignore[attr-defined]


def test_two_bugs_are_two_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one must not overwrite the first."""
    monkeypatch.setattr("zhijiao20.commands.validate.validate", lambda *_args: 1 / 0)
    assert run("validate", "甲").stderr != run("validate", "甲").stderr


def test_the_log_goes_elsewhere_where_its_folder_cannot_be_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A home that is read-only is common on office machines."""
    (tmp_path / "file").write_text("")
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(crash.tempfile, "tempdir", str(tmp_path / "temp"))
    log = Path(crash.write_log(ValueError("x")))
    assert log.parent == tmp_path / "temp"
    assert "ValueError: x" in log.read_text(encoding="utf-8")


def test_where_no_log_can_be_written_the_message_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program still ends in order."""

    def refuse(**_where: object) -> tuple[int, str]:
        raise OSError(28, "full")

    monkeypatch.setattr(crash.tempfile, "mkstemp", refuse)
    assert crash.write_log(ValueError("x")) == "（日志写不了）"


def test_where_the_logs_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The user's own folder, as each system has it."""
    assert crash._log_folder() == tmp_path / "state" / "zhijiao20"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    if os.name != "nt":
        assert crash._log_folder() == tmp_path / ".local" / "state" / "zhijiao20"

    def homeless(_self: Path) -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(crash.Path, "expanduser", homeless)
    monkeypatch.delenv("LOCALAPPDATA")
    assert crash._log_folder() == Path(crash.tempfile.gettempdir())


def test_where_the_logs_go_on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """LOCALAPPDATA, not the roaming profile."""
    monkeypatch.setattr(crash, "os", SimpleNamespace(name="nt", environ={"LOCALAPPDATA": str(tmp_path)}))
    assert crash._log_folder() == tmp_path / "zhijiao20" / "logs"


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(
            KeyboardInterrupt,
        ),
        typer.Abort,
    ],
)
def test_ctrl_c_is_130_and_told(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    """A script must be able to tell an interruption from a finding, and a person that nothing was left half done."""

    def interrupt(*_args: object) -> None:
        raise error

    monkeypatch.setattr("zhijiao20.commands.validate.validate", interrupt)
    result = run("validate", "甲")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr.strip() == "已中断，没有写完的文件不会留下。"


@pytest.mark.parametrize(("end", "code"), [(KeyboardInterrupt(), 130), (SystemExit(143), 143)], ids=["INT", "TERM"])
def test_an_interruption_that_comes_wrapped(monkeypatch: pytest.MonkeyPatch, end: BaseException, code: int) -> None:
    """Python makes another error of it where a class is being made while a module loads."""

    def interrupt(*_args: object) -> None:
        raise RuntimeError("Error calling __set_name__") from end

    monkeypatch.setattr("zhijiao20.commands.validate.validate", interrupt)
    result = run("validate", "甲")
    assert (result.exit_code, "程序内部出错" in result.stderr) == (code, False)


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
def test_a_signal_while_reading(number: signal.Signals, code: int) -> None:
    """The codes that shells and service managers expect; never a traceback."""
    process = driver("validate.validate", "validate", "甲")
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (code, "")
    assert "Traceback" not in err


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
def test_a_signal_while_writing_leaves_no_file(number: signal.Signals, code: int) -> None:
    """Neither half a file nor a hidden one."""
    process = driver("os.fsync", "init", "甲")
    assert [name.endswith(".tmp") for name in names_in()] == [True]
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == code
    assert names_in() == []


def test_the_console_script_listens_to_the_request_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGTERM leaves by way of the `finally` blocks."""
    handlers: dict[int, object] = {}
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(cli, "app", lambda: None)
    cli.main()
    with pytest.raises(SystemExit) as caught:
        handlers[signal.SIGTERM](signal.SIGTERM, None)  # type: ignore[operator]
    assert caught.value.code == 143


def test_python_m_is_the_same_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the console script is not on the PATH."""
    monkeypatch.setattr(signal, "signal", lambda *_args: None)
    monkeypatch.setattr(sys, "argv", ["x", "--version"])
    monkeypatch.delitem(sys.modules, "zhijiao20.__main__")  # as in a new process
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("zhijiao20", run_name="__main__")
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"zhijiao20 {zhijiao20.__version__}\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(KeyboardInterrupt(), 130, id="plain"),
        pytest.param(RuntimeError("Error calling __set_name__"), 130, id="wrapped"),
    ],
)
def test_ctrl_c_while_the_program_loads(monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int) -> None:
    """The first half second is spent there."""
    if not isinstance(error, KeyboardInterrupt):
        error.__cause__ = KeyboardInterrupt()

    def fail() -> None:
        raise error

    monkeypatch.setattr(cli, "main", fail)
    monkeypatch.setattr(signal, "signal", lambda *_args: None)
    with pytest.raises(SystemExit) as caught:
        start.main()
    assert caught.value.code == code


def test_what_keeps_the_program_from_loading_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is the maintainer's business."""

    def fail() -> None:
        raise ImportError("lxml")

    monkeypatch.setattr(cli, "main", fail)
    monkeypatch.setattr(signal, "signal", lambda *_args: None)
    with pytest.raises(ImportError):
        start.main()


def test_a_reader_that_has_gone_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """`| head` closes the pipe: nobody is left to tell."""
    devnull: list[int] = []

    def gone(*_args: object) -> None:
        raise BrokenPipeError

    def remember(handle: int, number: int) -> int:
        devnull.append(handle)
        return number

    monkeypatch.setattr("zhijiao20.commands.validate.validate", gone)
    monkeypatch.setattr(os, "dup2", remember)
    result = run("validate", "甲")
    assert devnull
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


@POSIX
@pytest.mark.parametrize(
    "args", ["validate 甲.csv", "validate 甲.csv --output-format json", "tasks", "schema", "--help"]
)
def test_a_closed_pipe_is_quiet(args: str) -> None:
    """`| head -1` is daily work; a traceback behind it would frighten."""
    rows = "".join(f"单位{number},1.1,做了\n" for number in range(60))
    Path("甲.csv").write_text(f"单位,编号,落实情况\n{rows}", encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    done = child(*args.split(), stdout=writing, stderr=subprocess.PIPE, capture_output=False)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode in {0, 1}


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("args", ["--version", "tasks 1.1", "tasks 1.1 --output-format json"])
def test_a_full_disk_behind_stdout_is_an_output_that_cannot_be_written(args: str) -> None:
    """`> 结果.txt` on a full disk: code 2 and a word about the disk, never a traceback."""
    with Path("/dev/full").open("wb") as full:
        done = child(*args.split(), stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode == 2


@POSIX
@pytest.mark.parametrize("args", ["init 甲", "validate", "--version"])
def test_a_closed_stdout_is_no_traceback(args: str) -> None:
    """Services and schedulers start programs without one."""
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m zhijiao20 {args} >&-'], capture_output=True, check=False, timeout=60
    )
    assert b"Traceback" not in done.stderr


# ── the environment ──


@POSIX
@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "gbk"}],
    ids=["C", "ascii", "gbk"],
)
def test_output_is_utf_8_whatever_the_locale(environment: dict[str, str]) -> None:
    """Servers and schedulers have no locale; Chinese must come out all the same, never a UnicodeEncodeError."""
    done = child("init", "澄州市㛃𠮷局", env=os.environ | environment)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, "已生成 澄州市㛃𠮷局.yaml\n", b"")
    done = child("validate", "无.yaml", env=os.environ | environment)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "错误：路径不存在：无.yaml。请核对文件名，或把文件拖进窗口\n"


def test_streams_that_cannot_be_set_up_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that calls us may have put its own in place."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", stream)
    boundary.use_utf8()
    boundary.emit("话")
    assert stream.getvalue() == "话\n"


@pytest.mark.parametrize("encoding", ["cp1252", "cp936", "ascii"])
def test_a_narrow_stream_of_a_calling_program_gets_escapes(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it cannot hold is shown as its number; nothing is raised while an error is told."""

    class Narrow(io.StringIO):
        def write(self, text: str) -> int:
            text.encode(encoding)
            return super().write(text)

    stream = Narrow()
    monkeypatch.setattr(sys, "stderr", stream)
    boundary.emit("䶮")
    assert stream.getvalue() == "\\u4dae\n"


def test_the_list_of_tasks_is_read_once() -> None:
    """Reading it takes longer than everything else in init."""
    assert load_catalog() is load_catalog()
