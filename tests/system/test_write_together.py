"""Several files are written, or none: whatever fails, all are as they were before."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest
from status_files import names_in, put

from zhijiao20.core.errors import UsageError
from zhijiao20.system import write_together as module
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.write_together import write_together

pytestmark = pytest.mark.usefixtures("work_folder")
NAMES = ("一.docx", "二.docx", "三.pdf")


def contents() -> list[bytes | None]:
    """What the files hold; None for those that do not exist."""
    return [Path(name).read_bytes() if Path(name).exists() else None for name in NAMES]


def failing(stream: IO[bytes]) -> None:
    """A content that fails half-way."""
    stream.write(b"half")
    raise KeyError


def test_all_are_written() -> None:
    """New ones and old ones, in one run; nothing else is left in the folder."""
    put("一.docx", b"old")
    write_together([(Path("一.docx"), b"1"), (Path("二.docx"), lambda stream: stream.write(b"2") and None)])
    assert contents() == [b"1", b"2", None]
    write_together([(Path("一.docx"), b"3")])
    assert contents() == [b"3", b"2", None]
    assert names_in() == ["一.docx", "二.docx"]


@pytest.mark.parametrize("old", [None, b"old"])
@pytest.mark.parametrize("place", range(3))
def test_content_that_fails(old: bytes | None, place: int) -> None:
    """None is replaced before all are complete."""
    for name in NAMES if old else ():
        put(name, old or b"")
    files: list[module.Output] = [(Path(name), b"new") for name in NAMES]
    files[place] = files[place][0], failing
    with pytest.raises(KeyError):
        write_together(files)
    assert contents() == [old] * 3
    assert names_in() == (sorted(NAMES) if old else [])


@pytest.mark.parametrize("old", [None, b"old"])
@pytest.mark.parametrize("place", range(3))
def test_replacing_fails(old: bytes | None, place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where one is open in Word: those that were replaced already are put back, or deleted if they are new."""
    for name in NAMES if old else ():
        put(name, old or b"")

    def write(path: Path, data: module.FileContent) -> None:
        if path != Path(NAMES[place]):
            write_whole(path, data)
            return
        if not isinstance(data, bytes):
            with Path("hidden").open("wb") as stream:
                data(stream)
            Path("hidden").unlink()
        raise UsageError("请先关闭它")

    monkeypatch.setattr(module, "write_whole", write)
    with pytest.raises(UsageError, match="请先关闭它"):
        write_together([(Path(name), b"new") for name in NAMES])
    assert contents() == [old] * 3
    assert names_in() == (sorted(NAMES) if old else [])


def full(*_: object) -> None:
    """A disk without room."""
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["shutil.copyfileobj", "hidden_file"])
def test_no_room_for_the_old_file(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written, and it is said why."""
    for name in NAMES:
        put(name, b"old")
    monkeypatch.setattr(f"zhijiao20.system.write_together.{step}", full)
    with pytest.raises(UsageError, match="原来的文件留不了底"):
        write_together([(Path(name), b"new") for name in NAMES])
    assert contents() == [b"old"] * 3
    assert names_in() == sorted(NAMES)


def test_two_copies_of_one_file() -> None:
    """The copy of another run that writes the same file is in use, and stays."""
    put("一.docx", b"old")
    name, stream = module._copy(Path("一.docx").resolve())
    with stream:
        other, its_stream = module._copy(Path("一.docx").resolve())
        with its_stream:
            assert other != name
            assert Path(name).read_bytes() == Path(other).read_bytes() == b"old"
