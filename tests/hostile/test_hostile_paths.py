"""Paths that are no files: each is answered at once, and whatever stands there stays as it was."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attack import POSIX
from typer.testing import CliRunner, Result

from zhijiao20.cli import app

pytestmark = POSIX


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("乙.yaml").write_text("单位: 乙\n任务: {}\n", encoding="utf-8")


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


def circle(path: Path) -> None:
    path.symlink_to(Path("圈").with_suffix(path.suffix))
    Path("圈").with_suffix(path.suffix).symlink_to(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


STRANGE: dict[str, Callable[[Path], None]] = {
    "pipe": lambda path: os.mkfifo(path),  # noqa: PLW0108 - Windows has no such function
    "zero": lambda path: path.symlink_to("/dev/zero"),
    "null": lambda path: path.symlink_to("/dev/null"),
    "memory": lambda path: path.symlink_to("/proc/self/mem"),
    "circle": circle,
    "socket": listening,
    "dangling": lambda path: path.symlink_to("无"),
}
"""What may stand where a file is looked for."""


@pytest.mark.parametrize("suffix", ["yaml", "csv", "xlsx", "docx"])
@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE.keys())
def test_a_strange_path_is_a_finding(make: Callable[[Path], None], suffix: str) -> None:
    """Named by itself or lying in a folder; the other files go on."""
    make(Path(f"甲.{suffix}"))
    for paths in (["."], [f"甲.{suffix}", "乙.yaml"]):
        result = run("validate", *paths, "--output-format", "json")
        assert (result.exit_code, result.stderr) == (1, "")
        found = json.loads(result.stdout)["findings"]
        codes = {finding["rule"] for finding in found if finding["file"].endswith(f"甲.{suffix}")}
        assert codes <= {"ZJ001", "ZJ002", "ZJ004", "ZJ104"}
        assert codes
        assert any(finding["unit"] == "乙" for finding in found)


@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE.keys())
@pytest.mark.parametrize(
    "command",
    ["render 乙.yaml --template 甲.docx -o 新.docx --allow-incomplete", "form check 甲.docx", "init --update 甲.docx"],
)
def test_a_strange_path_as_a_form_or_to_be_updated(make: Callable[[Path], None], command: str) -> None:
    """Told, never waited for."""
    make(Path("甲.docx"))
    result = run(*command.split())
    assert result.exit_code in {1, 2}
    assert result.stderr + result.stdout
    assert not Path("新.docx").exists()


@pytest.mark.parametrize("make", [STRANGE[name] for name in ("pipe", "zero", "null", "socket", "circle")])
@pytest.mark.parametrize(
    "command",
    [
        "render 乙.yaml -o 甲.docx --allow-incomplete",
        "render --blank -o 甲.docx",
        "convert 乙.yaml -o 甲.docx --force",
        "init 甲 -o 甲.docx --force",
        "validate 乙.yaml --annotate 甲.docx",
        "schema -o 甲.docx",
    ],
)
def test_a_strange_path_is_never_an_output(make: Callable[[Path], None], command: str) -> None:
    """A device that is replaced by a file is lost to the whole machine."""
    path = Path("甲.docx")
    make(path)
    before = (path.lstat().st_mode, path.lstat().st_ino)
    devices = [Path(name).stat().st_rdev for name in ("/dev/zero", "/dev/null")]
    result = run(*command.split())
    assert (result.exit_code, "甲.docx" in result.stderr) == (2, True)
    assert (path.lstat().st_mode, path.lstat().st_ino) == before
    assert devices == [Path(name).stat().st_rdev for name in ("/dev/zero", "/dev/null")]


@pytest.mark.parametrize("suffix", ["yaml", "csv", "xlsx", "docx"])
def test_a_folder_named_like_a_file(suffix: str) -> None:
    """It is a folder: searched as an input, refused as an output."""
    folder = Path(f"甲.{suffix}")
    folder.mkdir()
    assert run("validate", str(folder)).exit_code == 2
    (folder / "丙.yaml").write_text("单位: 丙\n任务: {}\n", encoding="utf-8")
    assert "丙" in run("validate", str(folder)).stdout
    assert run("init", "丁", "-o", str(folder), "--force").exit_code == 2
    assert [path.name for path in folder.iterdir()] == ["丙.yaml"]


def test_folders_that_lead_back_to_themselves() -> None:
    """A link to the folder above it would be walked for ever."""
    Path("下").mkdir()
    (Path("下") / "上").symlink_to("..")
    (Path("下") / "自己").symlink_to(".")
    result = run("validate", ".", "--output-format", "json")
    assert json.loads(result.stdout)["summary"]["files"] == 1


def test_a_folder_of_a_thousand_levels() -> None:
    """Longer than any path may be: told, or walked; no traceback."""
    deep = os.open(".", os.O_RDONLY)
    for _ in range(1000):
        os.mkdir("很深的文件夹", dir_fd=deep)
        below = os.open("很深的文件夹", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = below
    os.close(deep)
    result = run("validate", ".")
    subprocess.run(["rm", "-rf", "很深的文件夹"], check=True)
    assert result.exit_code in {1, 2}
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    "command",
    ["validate {}", "render 乙.yaml -o {}.docx", "init 甲 -o {}.yaml", "convert 乙.yaml -o {}.csv", "convert 乙.yaml -o {}",
     "form check {}", "init --update {}", "schema -o {}", "validate 乙.yaml --annotate {}.docx",
     "render 乙.yaml --template {}.docx -o 新.docx", "render --blank -o {}.pdf"],
)  # fmt: skip
@pytest.mark.parametrize(
    "name",
    ["长" * 300, "x" * 5000, "a\0b", "\udcff\udcfe", "无/" * 300 + "x"],
    ids=["long", "path", "nul", "bytes", "deep"],
)
def test_names_that_no_system_takes(command: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence pasted as a path, or bytes of another encoding: wrong usage, with the path, in Chinese."""
    monkeypatch.setattr("zhijiao20.system.libreoffice.to_pdf", lambda _data: b"")
    result = run(*(part.replace("{}", name) for part in command.split()))
    assert result.exit_code in {0, 1, 2}, result.stderr
    assert "程序内部出错" not in result.stderr
    assert result.stderr or result.exit_code == 0


UNPRIVILEGED = """
import os, sys, tempfile
from typer.testing import CliRunner
from zhijiao20 import __main__, cli
from zhijiao20.commands import open_form, render, validate
from zhijiao20.system import discovery
form = discovery.official_form()
open_form.official_form = render.official_form = validate.official_form = lambda **_: form
here = os.getcwd()
with tempfile.TemporaryDirectory() as folder:  # nobody else may load anything from where Python may lie
    os.chdir(folder)
    for line in ("init 甲", "validate . --output-format json", "validate 甲.yaml 无", "convert 甲.yaml -o 甲.csv",
                 "init --update 甲.yaml", "render --blank -o x.docx", "schema -o x.json", "init 甲", "validate ."):
        assert CliRunner().invoke(cli.app, line.split()).exit_code in {0, 1, 2}
    os.chdir(here)
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.argv = ["zhijiao20", *sys.argv[1:]]
__main__.main()
"""


def as_nobody(*args: str) -> subprocess.CompletedProcess[str]:
    """The program as a user who may do little."""
    return subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, *args], capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that everybody may read and nobody else may write."""
    folder = tmp_path_factory.mktemp("共享")
    for above in [folder, *folder.parents]:
        if above.stat().st_uid == os.getuid() and above != Path("/") and above != Path("/tmp"):
            above.chmod(above.stat().st_mode | 0o055)
    (folder / "甲.yaml").write_text("单位: 甲\n任务: {}\n", encoding="utf-8")
    (folder / "密.yaml").write_text("单位: 密\n任务: {}\n", encoding="utf-8")
    (folder / "密.yaml").chmod(0)
    if not os.getuid():
        return folder
    folder.chmod(0o555)
    return folder


def test_a_file_that_may_not_be_read(shared: Path) -> None:
    """A finding with the reason; the other files go on, and so does a run whose cache may not be looked into."""
    done = as_nobody("validate", str(shared), "--output-format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    found = [finding for finding in json.loads(done.stdout)["findings"] if "密.yaml" in finding["file"]]
    assert [(finding["rule"], finding["message"]) for finding in found] == [
        ("ZJ001", "文件打不开：没有权限，或正被别的程序占用")
    ]


@pytest.mark.parametrize(
    "command",
    [
        "render --blank -o {}/表.docx",
        "init 丙 -o {}/丙.yaml",
        "init --update {}/甲.yaml",
        "schema -o {}/x.json",
        "convert {}/甲.yaml -o {}/夹",
    ],
)
def test_a_folder_that_may_not_be_written(shared: Path, command: str) -> None:
    """Code 2, the path and the reason; nothing is left there."""
    before = sorted(path.name for path in shared.iterdir())
    done = as_nobody(*(part.replace("{}", str(shared)) for part in command.split()))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：")
    assert str(shared) in done.stderr
    assert sorted(path.name for path in shared.iterdir()) == before


def test_a_file_that_may_be_replaced_but_not_given_away(tmp_path: Path) -> None:
    """A user who replaces somebody else's file becomes its owner; the permissions stay."""
    path = tmp_path / "x.json"
    path.write_bytes(b"old")
    path.chmod(0o604)
    assert run("schema", "-o", str(path)).exit_code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o604
