"""Outputs in hostile places: a full disk, two runs at once, names and links that lead elsewhere."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attack import POSIX, pack, parts
from desks import COMMANDS, OLD, make_desk
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.core.errors import UsageError
from zhijiao20.system.atomic_write import write_whole

pytestmark = POSIX


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two status files and old outputs."""
    return make_desk(tmp_path)


@pytest.mark.minutes
@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_the_system_lets_not_grow(desk: Path, name: str) -> None:
    """As on a full disk or over a quota: code 2 with the reason, the old file as it was, nothing hidden."""
    command, _ = COMMANDS[name]
    before = {path.name: path.read_bytes() for path in desk.iterdir()}
    code = f"""
import resource, sys
from zhijiao20 import __main__
from zhijiao20.system import libreoffice
libreoffice.to_pdf = lambda data: data
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.argv = ["zhijiao20", *{command.split()!r}]
__main__.main()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=desk, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 2
    assert "（文件超过了系统允许的大小）" in done.stderr
    after = {path.name: path.read_bytes() for path in desk.iterdir() if path.is_file()}
    assert after.pop("乙.yaml.bak", before["乙.yaml"]) == before["乙.yaml"]  # it was small enough
    assert after == before


def _no_room(_handle: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of 64 KiB, nearly full; where nobody may mount one, a disk that says so when it comes to writing."""
    disk = tmp_path / "盘"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        monkeypatch.setattr(os, "fsync", _no_room)
        yield disk
        return
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk(full: Path) -> None:
    """The old file stays, nothing hidden stays, and the reason is told."""
    (full / "表.docx").write_bytes(OLD)
    (full / "塞.bin").write_bytes(bytes(57_000))
    result = CliRunner().invoke(app, ["render", "--blank", "-o", str(full / "表.docx")])
    assert result.exit_code == 2
    assert "（磁盘已满）" in result.stderr
    assert sorted(path.name for path in full.iterdir()) == ["塞.bin", "表.docx"]
    assert (full / "表.docx").read_bytes() == OLD


def test_two_runs_onto_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that ends last wins, whole; neither takes the other's hidden file for one left behind."""
    path = tmp_path / "表.docx"
    sync = os.fsync
    seen = []

    def meanwhile(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        write_whole(path, b"second")
        seen.append((path.read_bytes(), sorted(other.name for other in tmp_path.iterdir())))

    monkeypatch.setattr(os, "fsync", meanwhile)
    write_whole(path, b"first")
    assert seen == [(b"second", [".表.docx.zhijiao20.tmp", "表.docx"])]
    assert path.read_bytes() == b"first"
    assert [other.name for other in tmp_path.iterdir()] == ["表.docx"]


@pytest.mark.parametrize("kind", ["link", "hard link", "folder", "pipe"])
def test_what_is_no_hidden_file_of_ours_is_left_alone(tmp_path: Path, kind: str) -> None:
    """Somebody may have laid a link there to have another file overwritten."""
    treasure, there = tmp_path / "宝", tmp_path / ".表.docx.zhijiao20.tmp"
    treasure.write_bytes(OLD)
    if kind == "link":
        there.symlink_to(treasure)
    elif kind == "hard link":
        there.hardlink_to(treasure)
    elif kind == "folder":
        there.mkdir()
    else:
        os.mkfifo(there)
    write_whole(tmp_path / "表.docx", b"new")
    assert (tmp_path / "表.docx").read_bytes() == b"new"
    assert treasure.read_bytes() == OLD
    kept = [there.name] if kind != "hard link" else []  # one name less for a file that has another
    assert sorted(other.name for other in tmp_path.iterdir()) == [*kept, "宝", "表.docx"]


def test_an_output_keeps_its_owner(tmp_path: Path) -> None:
    """Root runs it for somebody else on a shared disk; nobody but root may give a file away."""
    path = tmp_path / "表.docx"
    path.write_bytes(OLD)
    owner = (12345, 12346) if os.getuid() == 0 else (os.getuid(), os.getgid())
    os.chown(path, *owner)
    path.chmod(0o640)
    write_whole(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid, path.stat().st_mode & 0o7777) == (*owner, 0o640)


def test_a_hard_link_is_cut(tmp_path: Path) -> None:
    """The other name keeps the old content: writing into it in place could leave half a file under both."""
    path, other = tmp_path / "表.docx", tmp_path / "旧.docx"
    path.write_bytes(OLD)
    other.hardlink_to(path)
    write_whole(path, b"new")
    assert (path.read_bytes(), other.read_bytes()) == (b"new", OLD)


@pytest.mark.parametrize("how", ["same", "spelling", "link", "hard link", "link to folder", "hard link in folder"])
@pytest.mark.parametrize(
    "command",
    [
        "render {} -o OUT.docx --allow-incomplete",
        "validate {} --annotate OUT.docx",
        "convert {} -o OUT.docx --force",
        "render 甲.yaml --template {} -o OUT.docx --allow-incomplete",
    ],
    ids=lambda command: command.split()[0] + ("-template" if "--template" in command else ""),
)
def test_an_output_that_is_an_input_is_refused(
    desk: Path, command: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under another spelling, name or link too; the file stays as it was."""
    monkeypatch.chdir(desk)
    (desk / "收").mkdir()
    source = desk / "收" / "丁.docx"
    source.write_bytes(pack(parts("docx")))
    given, output = source, desk / "OUT.docx"
    if how == "same":
        output = source
    elif how == "spelling":
        output = desk / "收" / ".." / "收" / "丁.docx"
    elif how == "link":
        output.symlink_to(source)
    elif how == "hard link":
        output.hardlink_to(source)
    elif how == "link to folder":
        (desk / "链").symlink_to("收")
        output = desk / "链" / "丁.docx"
    else:
        output.hardlink_to(source)
        given = source if "--template" in command else source.parent
    before = source.read_bytes()
    result = CliRunner().invoke(
        app, [part.replace("OUT.docx", str(output)).replace("{}", str(given)) for part in command.split()]
    )
    assert result.exit_code == 2
    assert result.stderr.startswith(("错误：输出文件同时是输入文件：", "错误：输出文件同时是表样："))
    assert source.read_bytes() == before


def test_converting_into_the_folder_of_the_inputs_changes_none(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--force is no leave to write over what was read: comments would be lost."""
    monkeypatch.chdir(desk)
    before = (desk / "甲.yaml").read_bytes()
    result = CliRunner().invoke(app, ["convert", "甲.yaml", "-f", "yaml", "-o", ".", "--force"])
    assert result.exit_code == 2
    assert result.stderr.startswith("错误：输出文件同时是输入文件：")
    assert (desk / "甲.yaml").read_bytes() == before


def test_an_update_says_where_the_older_backup_is(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not overwritten, and --force is not recommended where there is none."""
    monkeypatch.chdir(desk)
    (desk / "甲.yaml.bak").write_bytes(b"older")
    result = CliRunner().invoke(app, ["init", "--update", "甲.yaml"])
    assert (result.exit_code, result.stderr) == (
        2,
        "错误：上次更新前的原文件还在：甲.yaml.bak。请先把它改名或移走，再更新\n",
    )


@pytest.mark.parametrize("length", [240, 241, 255])
def test_the_longest_names_there_may_be(tmp_path: Path, length: int) -> None:
    """The hidden file's name is cut, not the output refused; and a character is never cut in half."""
    path = tmp_path / ("长" * ((length - 5) // 3) + "x" * ((length - 5) % 3) + ".docx")
    assert len(path.name.encode()) == length
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(UsageError, match="文件名太长"):
        write_whole(tmp_path / ("x" * 251 + ".docx"), b"new")
