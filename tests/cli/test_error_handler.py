"""What goes wrong around the program: the system, its streams, its environment; never a traceback."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from program import POSIX, child, run

from zhijiao20.cli import error_handler

pytestmark = pytest.mark.usefixtures("work_folder")


def test_a_refusal_of_the_system_that_nobody_expected_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that vanishes in the middle: the path and the reason, no log."""

    def vanish(*_args: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "各单位/x\x1b.yaml")

    monkeypatch.setattr("zhijiao20.commands.validate.validate", vanish)
    result = run("validate", "甲")
    name = str(Path("各单位/x")) + "\\x1b.yaml"
    assert (result.exit_code, result.stderr) == (2, f"错误：系统不让读写：{name}（文件不存在）\n")


def test_too_little_memory_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to do is told; a log would help nobody."""

    def fail(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr("zhijiao20.commands.validate.validate", fail)
    result = run("validate", "甲")
    assert (result.exit_code, result.stderr) == (2, "错误：这台电脑的内存不够。请分成几批处理，或关掉别的程序\n")


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
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize(
    ("args", "codes"),
    [
        ("--version", {2}),
        ("--help", {2}),
        ("--debug tasks", {2}),
        ("validate 甲.yaml", {1, 2}),
        ("validate 甲.yaml -q", {1, 2}),
        ("validate 甲.yaml --output-format json", {1, 2}),
        ("validate 甲.yaml --fix", {1, 2}),
        ("validate 甲.yaml --diff", {1, 2}),
        ("validate 无.yaml", {2}),
        ("render 甲.yaml -o 表.docx", {1, 2}),
        ("init", {2}),
        ("xyzzy", {2}),
    ],
)
@pytest.mark.minutes
def test_both_streams_full(args: str, codes: set[int]) -> None:
    """The exit code is all that can be told, and it is one of the program's, not the interpreter's 120."""
    Path("甲.yaml").write_text("单位: 甲\n任务:\n  '1.1': 截止2020年06月做了\n", encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = child(*args.split(), stdout=full, stderr=full, capture_output=False)
    assert done.returncode in codes


@POSIX
@pytest.mark.parametrize("args", ["init 甲", "validate", "--version"])
def test_a_closed_stdout_is_no_traceback(args: str) -> None:
    """Services and schedulers start programs without one."""
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m zhijiao20 {args} >&-'], capture_output=True, check=False, timeout=60
    )
    assert b"Traceback" not in done.stderr


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
    error_handler.set_up_streams()
    error_handler.emit("话")
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
    error_handler.emit("䶮")
    assert stream.getvalue() == "\\u4dae\n"
