"""Files are read whole and within bounds."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from zhijiao20.core.errors import UnreadableError
from zhijiao20.core.limits import Limits
from zhijiao20.system.discovery import read_bytes

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def test_reading_gives_the_bytes(tmp_path: Path) -> None:
    """Nothing is decoded or normalised on the way."""
    (tmp_path / "甲.csv").write_bytes(b"a\r\nb\x00")
    assert read_bytes(tmp_path / "甲.csv") == b"a\r\nb\x00"


@POSIX
def test_a_pipe_or_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever."""
    os.mkfifo(tmp_path / "甲.yaml")
    for path in (tmp_path / "甲.yaml", tmp_path):
        with pytest.raises(UnreadableError) as caught:
            read_bytes(path)
        assert caught.value.message == "这不是普通文件（是文件夹、管道或设备）"
        assert caught.value.hint == "请换成填报文件"


@pytest.mark.parametrize(("size", "shown_size"), [(3 * 2**20, "3"), (2 * 2**20 + 1, "2.1")])
def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, size: int, shown_size: str) -> None:
    """Memory is bounded; a file at the limit is still read."""
    path = tmp_path / "甲.csv"
    path.write_bytes(b"x" * 2 * 2**20)
    assert len(read_bytes(path, Limits(file_mib=2))) == 2 * 2**20
    path.write_bytes(b"x" * size)
    with pytest.raises(UnreadableError) as caught:
        read_bytes(path, Limits(file_mib=2))
    assert caught.value.message == f"文件有 {shown_size} MiB，超过 2 MiB 的上限"
    assert caught.value.hint == "填报文件不该这么大，请检查内容"


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason comes in Chinese, with what to do."""

    def refuse(*_args: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "甲.csv").write_bytes(b"x")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableError) as caught:
        read_bytes(tmp_path / "甲.csv")
    assert caught.value.message == "文件打不开：没有权限，或正被别的程序占用"
    assert caught.value.hint == "检查文件是否被移走、被别的程序占用，或没有读取权限"
    assert str(caught.value) == caught.value.message
