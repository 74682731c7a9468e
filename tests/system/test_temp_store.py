"""Data that is too large for memory: appended, read back, and gone when it is closed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from zhijiao20.core.errors import UsageError
from zhijiao20.system.temp_store import TempStore


def test_blocks_are_read_back_by_offset() -> None:
    """Reading between two appends does not disturb the next one; a part of a block can be read."""
    store = TempStore()
    first = store.append(b"abc")
    assert store.read(first, 3) == b"abc"
    second = store.append(bytearray(b"defg"))
    assert (first, second) == (0, 3)
    assert store.read(second + 1, 2) == b"ef"
    assert store.read(first, 7) == b"abcdefg"
    store.close()


def test_nothing_is_opened_before_the_first_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most runs never need the file; closing it then is no error."""

    def refuse(*_args: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", refuse)
    TempStore().close()


@pytest.mark.parametrize("step", ["write", "open"])
def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Where texts of thousands of units find no room, the clerk learns what to do; that is no bug."""

    def fail(*_args: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    if step == "open":
        monkeypatch.setattr("tempfile.SpooledTemporaryFile", fail)
    else:
        monkeypatch.setattr("tempfile.SpooledTemporaryFile.write", fail)
    store = TempStore("，或先减一半")
    with pytest.raises(UsageError, match=r"^临时文件写不了（磁盘已满）。请给系统的临时文件夹腾出空间，或先减一半$"):
        store.append(b"x")


@pytest.mark.skipif(os.name == "nt", reason="signals, modes, links or devices of POSIX")
def test_it_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has no name, even when it is too large for memory."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = TempStore()
    offset = store.append(bytes(5 * 2**20))
    assert len(store.read(offset, 5 * 2**20)) == 5 * 2**20
    assert list(tmp_path.iterdir()) == []
    store.close()
