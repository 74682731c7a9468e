"""A damaged archive is told from a disk that is full."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from office import need
from old_files import rar, zipped

from zhijiao20.system.unpack import Store, StoreError, UnpackError, unpack_zip
from zhijiao20.system.unpack_rar import unpack_rar


@pytest.fixture
def store(tmp_path: Path) -> Store:
    folder = tmp_path / "store"
    folder.mkdir()
    return Store(folder, lambda name: name.endswith(".yaml"))


def test_a_member_at_a_place_outside_the_archive_is_damaged(store: Store, tmp_path: Path) -> None:
    """The others are read; nothing is said of the disk."""
    data = bytearray(zipped({"甲.yaml": "x", "乙.yaml": "y"}))
    del data[5:9]  # now the directory says that the first one begins before the file
    source = tmp_path / "甲.zip"
    source.write_bytes(data)
    first, second = unpack_zip(source, store)
    assert first.error is not None
    assert first.error.message == "压缩包里的这个文件已损坏"
    assert second.path is not None
    assert second.path.read_text() == "y"


def test_a_full_disk_is_no_damage(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(StoreError) as told:
        store.keep(io.BytesIO(b"x"), 1)
    assert told.value.errno == 28


def test_half_an_archive(store: Store, tmp_path: Path) -> None:
    need("bsdtar")
    source = tmp_path / "甲.rar"
    source.write_bytes(rar({"甲.yaml": b"x" * 5000})[:-3000])
    with pytest.raises(UnpackError, match="已损坏"):
        unpack_rar(source, store)
    source.write_bytes(b"Rar!\x1a\x07\x01\x00")
    assert unpack_rar(source, store) == []
