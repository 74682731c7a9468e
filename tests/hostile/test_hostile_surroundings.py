"""Whatever the program is started in: one Chinese answer, the exit code of the contract, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from attack import POSIX

pytestmark = [POSIX, pytest.mark.minutes]
PROGRAM = [sys.executable, "-m", "zhijiao20"]
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
BUG = """
import sys
from zhijiao20 import __main__
from zhijiao20.commands import validate
validate.validate = lambda *_: 1 / 0
sys.argv = ["zhijiao20", *sys.argv[1:]]
__main__.main()
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("甲.yaml").write_text("单位: 甲\n任务:\n  '1.1': 做了\n", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def sh(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of the shell in which ``Z`` is the program."""
    program = " ".join(f"'{part}'" for part in PROGRAM)
    return subprocess.run(
        ["/bin/sh", "-c", f"Z() {{ {program} \"$@\"; }}\n{line}"], capture_output=True, encoding="utf-8", errors="replace",
        env=os.environ | environment, check=False, timeout=120,
    )  # fmt: skip


SURROUNDINGS = {
    "locale-c": {"LC_ALL": "C"},
    "locale-posix": {"LC_ALL": "POSIX", "LANG": ""},
    "no-locale": {"LANG": "", "LC_ALL": "", "LC_CTYPE": ""},
    "ascii": {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    "ascii-strict": {"PYTHONIOENCODING": "ascii:strict"},
    "cp936": {"PYTHONIOENCODING": "cp936"},
    "cp1252": {"PYTHONIOENCODING": "cp1252:strict"},
    "utf-16": {"PYTHONIOENCODING": "utf-16"},
    "dumb": {"TERM": "dumb", "COLUMNS": "40"},
    "narrow": {"COLUMNS": "1"},
    "strange-width": {"COLUMNS": "x", "LINES": "-1"},
    "colour": {"FORCE_COLOR": "1", "TERM": "xterm-256color"},
    "no-home": {"HOME": "", "XDG_STATE_HOME": "", "USER": ""},
    "lost-home": {"HOME": "/无/此/处", "XDG_STATE_HOME": ""},
    "no-temp": {"TMPDIR": "/无/此/处"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "strict": {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "error"},
    "hash": {"PYTHONHASHSEED": "0"},
}


@pytest.mark.parametrize("environment", SURROUNDINGS.values(), ids=SURROUNDINGS.keys())
def test_whatever_the_environment(environment: dict[str, str]) -> None:
    """Findings, an error, a written file and a help, all as ever."""
    done = sh("Z validate 甲.yaml -q", **environment)
    assert done.returncode == 1
    assert "检查了1个文件" in "".join(done.stdout.split())
    assert done.stderr == ""
    done = sh("Z validate 无.yaml", **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "错误：路径不存在：无.yaml。请核对文件名，或把文件拖进窗口\n"
    done = sh("Z render 甲.yaml -o 表.docx --allow-incomplete && Z init 㛃𠮷 && Z --help", **environment)
    assert done.returncode == 0, done.stderr
    assert Path("表.docx").stat().st_size > 10_000
    assert Path("㛃𠮷.yaml").exists()
    assert "Traceback" not in done.stderr


def test_a_system_that_knows_no_chinese() -> None:
    """Nothing but ASCII in the system's own encoding, and Python kept from mending it: paths work, a new name is refused."""
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = sh("Z validate 甲.yaml -q; Z render 甲.yaml -o 表.docx --allow-incomplete; Z validate 无.yaml", **ascii_only)
    assert "检查了 1 个文件" in done.stdout
    assert "已生成 表.docx" in done.stdout
    assert done.stderr.endswith("错误：路径不存在：无.yaml。请核对文件名，或把文件拖进窗口\n")
    assert Path("表.docx").exists()
    done = sh("Z convert 甲.yaml -f csv -o 夹", **ascii_only)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert done.stderr.startswith("错误：这台电脑的系统编码写不出这个文件名：夹/甲.csv")


@pytest.mark.parametrize("environment", SURROUNDINGS.values(), ids=SURROUNDINGS.keys())
def test_a_bug_whatever_the_environment(environment: dict[str, str]) -> None:
    """One line and a log, wherever a log can be; never a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", BUG, "validate", "甲.yaml"],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | environment,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("程序内部出错（ZeroDivisionError），这不是您的操作问题。详情已记入：")
    assert done.stderr.count("\n") == 1
    log = done.stderr.partition("详情已记入：")[2].partition("，请发给维护者")[0]
    assert "ZeroDivisionError" in Path(log).read_text(encoding="utf-8")
    Path(log).unlink()


def test_a_home_that_is_read_only(tmp_path: Path) -> None:
    """The log goes to the temporary folder; nothing else is written anywhere."""
    (tmp_path / "file").write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-c", BUG, "validate", "甲.yaml"], capture_output=True, encoding="utf-8", check=False,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path / "file"), "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 3
    assert f"详情已记入：{tmp_path}/zhijiao20-" in done.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Z --version", 0),
        ("Z validate .", 2),
        ("Z validate 甲.yaml", 2),
        ("Z init 甲", 2),
        ("Z init 甲 -o x.docx", 2),
        ("Z render --blank -o 表.docx", 2),
        ("Z convert 甲.yaml -o 全.csv", 2),
        ("Z schema -o x.json", 2),
        ("Z schema", 0),
        ("Z form check x.docx", 2),
    ],
)
def test_a_working_folder_that_is_gone(line: str, code: int) -> None:
    """Another window has deleted it: told, with the path."""
    Path("去").mkdir()
    done = sh(f"cd 去 && rmdir ../去 && {line}")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "程序内部出错" not in done.stderr
    assert code == 0 or done.stderr.startswith("错误：")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("command", "code"),
    [("validate 甲.yaml", 1), ("validate 无.yaml", 2), ("render 甲.yaml -o 表.docx --allow-incomplete", 0), ("init 丙", 0),
     ("convert 甲.yaml -o 全.csv", 0), ("schema -o x.json", 0), ("--help", 0), ("tasks", 0)],
    ids=lambda one: str(one).split()[0],
)  # fmt: skip
def test_standard_streams_that_are_closed(command: str, code: int, closed: str) -> None:
    """As services start programs; what is written is what would be written otherwise, not a message in a file."""
    done = sh(f"Z {command} {closed}; echo $? > code")
    assert Path("code").read_text().strip() == str(code)
    assert "Traceback" not in done.stdout + done.stderr
    for written in ("表.docx", "丙.yaml", "全.csv", "x.json"):
        if written in command or (written == "丙.yaml" and "init" in command):
            told = Path(written).read_bytes()
            assert "已生成".encode() not in told
            assert len(told) > 1000


@FULL
@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Z validate 甲.yaml > /dev/full", {2}),
        ("Z validate 甲.yaml --output-format json > /dev/full", {2}),
        ("Z --help > /dev/full", {2}),
        ("Z tasks > /dev/full", {2}),
        ("Z schema > /dev/full", {2}),
        ("Z init 丙 > /dev/full", {2}),
        ("Z validate 无.yaml 2> /dev/full", {2}),
        ("Z validate --无 2> /dev/full", {2}),
        ("Z 2> /dev/full", {2}),
        ("Z validate 甲.yaml > /dev/full 2>&1", {2}),
        ("Z render 甲.yaml -o 表.docx 2> /dev/full", {1, 2}),
    ],
)
def test_streams_that_are_full(line: str, codes: set[int]) -> None:
    """The code tells where no message can."""
    done = sh(line)
    assert done.returncode in codes, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "Exception" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "line", ["Z validate 甲.yaml", "Z tasks", "Z --help", "Z validate 甲.yaml --output-format sarif"]
)
def test_a_pipe_that_closes(line: str) -> None:
    """`| head -1` is daily work."""
    done = sh(f"{{ {line}; echo $? > code; }} | head -c 1")
    assert done.stderr == ""
    assert Path("code").read_text().strip() in {"0", "1"}


def test_an_error_pipe_that_closes() -> None:
    """The findings of a render go there."""
    done = sh("{ Z render 甲.yaml -o 表.docx; echo $? > code; } 2>&1 >/dev/null | head -c 1")
    assert "Traceback" not in done.stdout
    assert Path("code").read_text().strip() in {"0", "1"}
