"""The program at a Windows desk: its consoles, pipes, shells and paths."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from program import run
from pseudo_console import in_console

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("work_folder")]
STATUS = "单位: 甲局\n任务:\n  '1.1': {进展: 已完成, 落实情况: 截止2020年06月，䶮镇印发文件。}\n"
CODE_PAGES = pytest.mark.parametrize("code_page", [936, 65001])
WORKING = """
import sys, time
from zhijiao20 import __main__
from zhijiao20.commands import validate
from zhijiao20.review.runner import RunOptions
import contextlib
def wait(done, files):
    if done == 20:
        print("ready", flush=True)
        for _ in range(600):
            time.sleep(0.1)
check = validate.validate
validate.validate = lambda paths, annotated, settings, options: check(
    paths, annotated, settings, RunOptions(2, None, lambda title: contextlib.nullcontext(wait))
)
sys.argv = ["zhijiao20", "validate", "各单位"]
if __name__ == "__main__":
    __main__.main()
"""
WRITING = """
import signal, sys, time
from zhijiao20 import __main__
from zhijiao20.system import atomic_write
def wait(handle):
    print("ready", flush=True)
    press
    for _ in range(600):
        time.sleep(0.1)
atomic_write.os.fsync = wait
sys.argv = ["zhijiao20", "init", "甲局", "--force"]
__main__.main()
"""


@pytest.fixture
def status(work_folder: Path) -> Path:
    path = work_folder / "甲局.yaml"
    path.write_text(STATUS, encoding="utf-8")
    return path


def plain(shown: str) -> str:
    """What was shown, without the sequences that move the cursor, and without the breaks of the screen."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\s", "", shown)


@CODE_PAGES
def test_a_console_shows_chinese(status: Path, code_page: int) -> None:
    """Whatever its code page, also a character that this cannot hold."""
    code, shown = in_console("show", "validate", status.name, "--select", "ZJ402,ZJ403", code_page=code_page)
    assert code == 0
    assert "甲局.yaml" in plain(shown)
    assert "截止" in plain(shown)
    assert "\\u" not in shown


@pytest.mark.parametrize(("code_page", "encoding"), [(936, "gbk"), (65001, "utf-8")])
def test_a_pipe_is_what_its_reader_expects(status: Path, code_page: int, encoding: str) -> None:
    """The text in the code page of the console; what that cannot hold as its number, never a broken line."""
    code, _ = in_console("pipe", "文字", "validate", status.name, "--select", "ZJ402", code_page=code_page)
    assert code == 0
    text = Path("文字").read_bytes().decode(encoding)
    assert "截至" in text
    in_console("pipe", "生僻", "init", "䶮局", code_page=code_page)
    told = Path("生僻").read_bytes().decode(encoding)
    assert told == ("已生成 \\u4dae局.yaml\r\n" if code_page == 936 else "已生成 䶮局.yaml\r\n")


def test_what_programs_read_is_utf_8(status: Path) -> None:
    """JSON in another encoding would be none."""
    for output_format in ("json", "sarif", "junit", "github"):
        in_console("pipe", "结果", "validate", status.name, "--select", "ZJ402", "--output-format", output_format)
        assert "截至" in Path("结果").read_bytes().decode("utf-8")
    for command in (["schema"], ["tasks", "1.1", "--output-format", "json"]):
        in_console("pipe", "结果", *command)
        assert json.loads(Path("结果").read_bytes())


@CODE_PAGES
def test_output_into_a_file_is_utf_8(status: Path, code_page: int) -> None:
    """Notepad and Word tell by themselves; the same on every computer."""
    code, _ = in_console("file", "结果.txt", "validate", status.name, "--select", "ZJ402", code_page=code_page)
    assert code == 0
    assert "截至" in Path("结果.txt").read_bytes().decode("utf-8")


@pytest.mark.parametrize("searcher", ["findstr 截至", 'find "截至"'])
def test_findstr_finds_chinese(status: Path, searcher: str) -> None:
    """`zhijiao20 validate . | findstr 截至` in a Chinese console."""
    Path("文字").write_bytes("截至今年\r\n别的\r\n".encode("gbk"))
    in_console("shell", f"type 文字 | {searcher} > 试")
    if "截至今年" not in Path("试").read_bytes().decode("gbk"):
        pytest.skip(f"Wine's {searcher.split(maxsplit=1)[0]} finds nothing")
    in_console("pipe", "报告", "validate", status.name, "--select", "ZJ402")
    in_console("shell", f"type 报告 | {searcher} > 找到")
    found = Path("找到").read_bytes().decode("gbk")
    assert "截至" in found


def test_ctrl_c_while_workers_review(work_folder: Path) -> None:
    """One line, the exit code, no traceback of any process."""
    (work_folder / "各单位").mkdir()
    for index in range(60):
        (work_folder / "各单位" / f"{index}.yaml").write_text(STATUS.replace("甲局", f"第{index}局"), encoding="utf-8")
    Path("run.py").write_text(WORKING, encoding="utf-8")
    code, _ = in_console("interrupt", "错误", "run.py")
    assert (code, Path("错误").read_text(encoding="utf-8")) == (130, "已中断，没有写完的文件不会留下。\n")


@pytest.mark.parametrize("press", ["", "signal.raise_signal(signal.SIGBREAK)"], ids=["Ctrl-C", "Ctrl-Break"])
def test_an_interruption_while_a_file_is_written(status: Path, press: str) -> None:
    """The old file is whole, and no hidden one is left.  (Consoles of Wine send no Ctrl-Break: the program does.)"""
    Path("run.py").write_text(WRITING.replace("press", press or "pass"), encoding="utf-8")
    code, _ = in_console("alone" if press else "interrupt", "错误", "run.py")
    assert code == (143 if press else 130)
    assert "Traceback" not in Path("错误").read_text(encoding="utf-8")
    assert status.read_text(encoding="utf-8") == STATUS
    assert [path.name for path in status.parent.iterdir() if path.name.startswith(".")] == []


def test_a_path_relative_to_a_drive(status: Path) -> None:
    """`C:甲局.yaml` is the file in the folder in which one stands."""
    drive = status.drive
    result = run("validate", f"{drive}甲局.yaml", "--select", "ZJ402", "--output-format", "json")
    (finding,) = json.loads(result.stdout)["findings"]
    assert (result.exit_code, finding["file"], finding["unit"]) == (0, f"{drive}甲局.yaml", "甲局")
    assert run("convert", f"{drive}甲局.yaml", "-o", f"{drive}乙.csv").exit_code == 0
    assert (status.parent / "乙.csv").is_file()


def test_a_path_of_another_computer(status: Path) -> None:
    r"""`\\服务器\共享\…` is read, written and named, also in SARIF."""
    share = Path(f"\\\\localhost\\{status.drive[0]}$\\", *status.parts[1:])
    if not share.exists():
        pytest.skip("no share of this computer's drive")
    result = run("validate", str(share), "--select", "ZJ402", "--output-format", "sarif")
    (found,) = json.loads(result.stdout)["runs"][0]["results"]
    uri = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("file://localhost/")
    assert run("convert", str(share), "-o", str(share.with_name("乙.csv"))).exit_code == 0
    assert (status.parent / "乙.csv").is_file()


def test_the_installed_program_starts_workers(work_folder: Path) -> None:
    """A worker starts anew from zhijiao20.exe; it must not run the command once more."""
    (work_folder / "各单位").mkdir()
    for index in range(12):
        filler = "".join(f"# {'说明' * 20_000}\n" for _ in range(10))
        text = STATUS.replace("甲局", f"第{index}局") + filler
        (work_folder / "各单位" / f"{index}.yaml").write_text(text, encoding="utf-8")
    program = Path(sys.executable).parent / "Scripts" / "zhijiao20.exe"
    if not program.exists():
        pytest.skip("the program is not installed beside this Python")
    done = subprocess.run(
        [program, "validate", "各单位", "--select", "ZJ402", "--output-format", "json"], capture_output=True, check=False,
        env=os.environ | {"ZHIJIAO20_WORKERS": "2"}, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(json.loads(done.stdout)["findings"]) == 12
