"""Whole or not at all: a run that is killed, stopped or starved at any moment leaves the old file or the new one."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attack import POSIX, pack, parts
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.core.errors import UsageError
from zhijiao20.system import atomic_write as outputs
from zhijiao20.system.atomic_write import write_whole

pytestmark = POSIX
BREAKER, TIMER = (Path(__file__).with_name(name) for name in ("breaker.py", "timer.py"))
OLD = b"old"

COMMANDS = {
    "init": ("init 新", ["新.yaml"]),
    "init-force": ("init 丙 -f xlsx --force", ["丙.xlsx"]),
    "update": ("init --update 乙.yaml", ["乙.yaml", "乙.yaml.bak"]),
    "render": ("render 甲.yaml 乙.yaml -o 表.docx --allow-incomplete", ["表.docx"]),
    "render-pdf": ("render 甲.yaml -o 表.docx --pdf --allow-incomplete", ["表.docx", "表.pdf"]),
    "render-only-pdf": ("render 甲.yaml -o 表.pdf --allow-incomplete", ["表.pdf"]),
    "blank": ("render --blank -o 表.docx", ["表.docx"]),
    "convert": ("convert 甲.yaml 乙.yaml -o 全部.csv --force", ["全部.csv"]),
    "convert-folder": ("convert 甲.yaml 乙.yaml -f docx -o 夹 --force", ["夹/甲.docx", "夹/乙.docx"]),
    "schema": ("schema -o 全.json", ["全.json"]),
    "annotate": ("validate 甲.yaml 乙.yaml --annotate 表.docx -q", ["表.docx"]),
}
"""Every command that writes, and what it writes."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two status files and old outputs."""
    folder = tmp_path / "桌"
    folder.mkdir()
    for unit in "甲乙":
        text = f"# 自己的注释\n单位: {unit}\n任务:\n  '1.1': 制定办法{unit}\n"
        (folder / f"{unit}.yaml").write_text(text, encoding="utf-8")
    for name in ("丙.xlsx", "表.docx", "表.pdf", "全部.csv", "全.json"):
        (folder / name).write_bytes(OLD)
    return folder


def hidden(names: Iterator[str] | dict[str, str]) -> list[str]:
    return [name for name in names if Path(name).name.startswith(".")]


def broken(desk: Path, number: str, command: str) -> list[tuple[int, dict[str, str], int, dict[str, str]]]:
    done = subprocess.run(
        [sys.executable, str(BREAKER), number, str(desk), *command.split()],
        capture_output=True, check=True, timeout=600, env=os.environ | {"XDG_STATE_HOME": str(desk.parent)},
    )  # fmt: skip
    return json.loads(done.stdout)  # type: ignore[no-any-return]


STOPS = [("SIGKILL", name) for name in COMMANDS] + [
    (number, name) for number in ("SIGINT", "SIGTERM") for name in ("render-pdf", "convert-folder", "update")
]


@pytest.mark.minutes
@pytest.mark.parametrize(("number", "name"), STOPS)
def test_a_run_that_ends_at_any_step_leaves_whole_files(desk: Path, number: str, name: str) -> None:
    """The old file or the new one, never half; after kill -9 one hidden file at most, else none; the next run goes on."""
    command, outputs = COMMANDS[name]
    told = broken(desk, number, command)
    code, new, _, _ = told[-1]
    assert code in {0, 1}
    assert len(told) > 8, "there are steps to break at"
    before = told[0][1]
    for code, then, again, behind in told:
        assert code in ({-9, 0, 1} if number == "SIGKILL" else {130, 143, 0, 1})
        assert len(hidden(then)) <= (number == "SIGKILL")
        assert all(
            Path(left).name.startswith(f".{Path(output).name}.")
            for left in hidden(then)
            for output in outputs
            if Path(output).parent == Path(left).parent and Path(output).name in left
        )
        for path, content in then.items():
            if path not in hidden(then):
                whole = {before.get(path), new.get(path)} | (
                    {before.get(path.removesuffix(".bak"))} if name == "update" else set()
                )
                assert content in whole, path
        assert set(before) - set(hidden(before)) <= set(then), "nothing is lost"
        assert again in ({0, 1} if name not in {"init", "update"} else {0, 1, 2})
        assert {path: content for path, content in behind.items() if path in outputs} == {
            path: new[path] for path in outputs
        }
        assert len(hidden(behind)) <= (name == "init" and again == 2), "a finished new file is not written again"


MOMENTS = [
    (signal.SIGKILL, "render", 30),
    (signal.SIGKILL, "convert-folder", 30),
    (signal.SIGINT, "render", 15),
    (signal.SIGTERM, "render", 15),
]


@pytest.mark.minutes
@pytest.mark.parametrize(("number", "name", "times"), MOMENTS, ids=lambda one: getattr(one, "name", str(one)))
def test_a_run_that_ends_at_any_time_leaves_whole_files(
    desk: Path, number: signal.Signals, name: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At moments spread evenly over its computing time, from the first import to the last line."""
    monkeypatch.chdir(desk)
    command, outputs = COMMANDS[name]
    before = {path.name for path in desk.iterdir()}
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, str(TIMER), "0", "0", *command.split()], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    new = {output: (desk / output).read_bytes() for output in outputs}
    ends = set()
    for moment in range(1, times + 1):
        for output in outputs:
            if (desk / output).exists():
                (desk / output).write_bytes(OLD)
        seconds = f"{whole * moment / times:.4f}"
        done = subprocess.run(
            [sys.executable, str(TIMER), str(int(number)), seconds, *command.split()], capture_output=True, check=False
        )
        ends.add(done.returncode)
        found = [path for path in desk.rglob("*") if path.is_file()]
        left = [path for path in found if path.name.startswith(".")]
        assert len(left) <= (number == signal.SIGKILL)
        assert {str(path.relative_to(desk)) for path in found if path not in left} <= before | set(outputs)
        assert all((desk / output).read_bytes() in {OLD, new[output]} for output in outputs)
    assert ends <= {0, -number, 128 + number, -signal.SIGPROF}  # the timer itself, where Python is about to end
    assert ends - {0}, "some were ended"
    assert CliRunner().invoke(app, command.split()).exit_code == 0
    assert {output: (desk / output).read_bytes() for output in outputs} == new
    assert not [path for path in desk.rglob(".*") if path.is_file()]


# ── a full disk ──


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_the_system_lets_not_grow(desk: Path, name: str) -> None:
    """As on a full disk or over a quota: code 2 with the reason, the old file as it was, nothing hidden."""
    command, _ = COMMANDS[name]
    before = {path.name: path.read_bytes() for path in desk.iterdir()}
    code = f"""
import resource, sys
from zhijiao20 import cli
from zhijiao20.system import libreoffice
libreoffice.to_pdf = lambda data: data
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.argv = ["zhijiao20", *{command.split()!r}]
cli.main()
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


# ── two at once ──


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


def test_what_a_killed_run_left_gives_way(tmp_path: Path) -> None:
    """One hidden file, however often a run is killed."""
    (tmp_path / ".表.docx.zhijiao20.tmp").write_bytes(b"half")
    write_whole(tmp_path / "表.docx", b"new")
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


# ── what an output keeps, and what it may not be ──


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


def test_signals_are_heard_again_after_a_write(tmp_path: Path) -> None:
    """Else Ctrl-C would do nothing for the rest of the run."""
    with pytest.raises(UsageError):
        write_whole(tmp_path, b"x")
    write_whole(tmp_path / "表.docx", b"x")
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, set()) & {signal.SIGINT, signal.SIGTERM}


def test_without_signal_masks_a_file_is_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has none."""
    monkeypatch.setattr(outputs.sys, "platform", "win32")
    monkeypatch.delattr(outputs.signal, "pthread_sigmask", raising=False)
    write_whole(tmp_path / "表.docx", b"x")
    assert (tmp_path / "表.docx").read_bytes() == b"x"
