"""Outputs: whole or not at all, whatever is in their place."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

import pytest

from zhijiao20.core.errors import UsageError
from zhijiao20.system import atomic_write
from zhijiao20.system.atomic_write import write_whole

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, modes, links or devices of POSIX")


def names_in(folder: Path | str = ".") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def test_an_output_name_too_long_is_wrong_usage(tmp_path: Path) -> None:
    """The message has to say that the name is too long."""
    with pytest.raises(UsageError):
        write_whole(tmp_path / ("长" * 300 + ".yaml"), b"x")  # Windows counts characters, others bytes


def test_writing_a_new_file(tmp_path: Path) -> None:
    """A new file has the usual permissions, not the private ones of a temporary file."""
    mask = os.umask(0o027)
    try:
        write_whole(tmp_path / "甲.yaml", b"x", replace=False)
    finally:
        os.umask(mask)
    assert (tmp_path / "甲.yaml").read_bytes() == b"x"
    assert names_in(tmp_path) == ["甲.yaml"]
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "甲.yaml").stat().st_mode) == 0o640


@POSIX
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    """What was private stays private."""
    path = tmp_path / "甲.yaml"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file that the link points to is replaced, wherever it lies."""
    (tmp_path / "库").mkdir()
    (tmp_path / "库" / "甲.docx").write_bytes(b"old")
    link = tmp_path / "甲.docx"
    link.symlink_to("库/甲.docx")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "库" / "甲.docx").read_bytes() == b"new"


@POSIX
def test_a_dangling_link_as_output_is_filled(tmp_path: Path) -> None:
    """The link's target comes into being; the link stays."""
    link = tmp_path / "甲.yaml"
    link.symlink_to("新.yaml")
    write_whole(link, b"new", replace=False)
    assert link.is_symlink()
    assert (tmp_path / "新.yaml").read_bytes() == b"new"


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    """A filled file is weeks of work."""
    path = tmp_path / "甲.yaml"
    path.write_bytes(b"old")
    with pytest.raises(UsageError) as caught:
        write_whole(path, b"new", replace=False)
    assert str(caught.value) == f"文件已存在，没有覆盖：{path}。要覆盖请加 --force，或用 -o 换一个文件名"
    assert path.read_bytes() == b"old"


def test_a_file_that_comes_up_in_the_meantime_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two runs at once: the second one loses, and says so."""
    path = tmp_path / "甲.yaml"
    sync = os.fsync

    def meanwhile(handle: int) -> None:
        path.write_bytes(b"theirs")
        sync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(UsageError, match="文件已存在，没有覆盖"):
        write_whole(path, b"mine", replace=False)
    assert path.read_bytes() == b"theirs"
    assert names_in(tmp_path) == ["甲.yaml"]


def test_a_new_file_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """USB sticks (FAT) have none."""

    def refuse(*_paths: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_whole(tmp_path / "甲.yaml", b"x", replace=False)
    assert (tmp_path / "甲.yaml").read_bytes() == b"x"
    assert names_in(tmp_path) == ["甲.yaml"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_while_writing_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk or an open Word must not cost the last good version, nor leave rubbish."""
    path = tmp_path / "甲.docx"
    path.write_bytes(b"old")

    def fail(*_args: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(UsageError) as caught:
        write_whole(path, b"new")
    assert str(caught.value) == (
        f"文件写不了：{path}（没有权限，或正被别的程序占用）。"
        "如果正在 Word、WPS 或 Excel 中打开，请先关闭；否则检查权限和磁盘空间"
    )
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["甲.docx"]


def test_an_interruption_while_writing_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle: no half file, no hidden file."""

    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "甲.docx", b"new")
    assert names_in(tmp_path) == []


def test_a_folder_as_output_is_wrong_usage(tmp_path: Path) -> None:
    """-o 各单位/ is a common slip."""
    with pytest.raises(UsageError) as caught:
        write_whole(tmp_path, b"x")
    assert str(caught.value) == f"输出路径是一个文件夹：{tmp_path}。请用 -o 写出文件名"


def test_an_output_in_a_missing_folder_is_wrong_usage(tmp_path: Path) -> None:
    """Folders are never made by a slip of the hand."""
    with pytest.raises(UsageError) as caught:
        write_whole(tmp_path / "无" / "甲.yaml", b"x")
    assert str(caught.value) == f"文件夹不存在：{tmp_path / '无'}。请先建好文件夹，或用 -o 换一个位置"
    assert names_in(tmp_path) == []


def test_a_read_only_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the temporary file can be made there."""

    def refuse(*_where: object) -> tuple[int, str]:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(atomic_write, "hidden_file", refuse)
    with pytest.raises(UsageError, match="（磁盘是只读的）"):
        write_whole(tmp_path / "甲.yaml", b"x")


@POSIX
def test_a_device_as_output_is_never_replaced(tmp_path: Path) -> None:
    """`schema -o /dev/null` as root destroys /dev/null for the whole machine."""
    pipe = tmp_path / "管道.json"
    os.mkfifo(pipe)
    with contextlib.suppress(UsageError):
        write_whole(pipe, b"x")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_long_name_leaves_room_for_the_temporary_one(tmp_path: Path) -> None:
    """The hidden file beside it must not be longer than file systems allow."""
    path = tmp_path / ("长" * 80 + ".yaml")
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"
