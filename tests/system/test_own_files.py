"""A folder is written again: own files are replaced or go, those of others stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import POSIX

from zhijiao20.core.errors import UsageError
from zhijiao20.system.own_files import LIST_NAME, OwnFiles


def run(folder: Path, files: dict[str, bytes]) -> OwnFiles:
    """Write files in one run."""
    own = OwnFiles(folder)
    for name, data in files.items():
        own.write(name, data)
    own.gone = own.finish()  # type: ignore[attr-defined]
    return own


def names(folder: Path) -> list[str]:
    """What is in the folder, without the list."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name != LIST_NAME)


def test_second_run_replaces_what_the_first_wrote(tmp_path: Path) -> None:
    """With other content, and deletes what is not written again, with its folder."""
    run(tmp_path / "退回", {"甲/信.docx": b"1", "乙/信.docx": b"1"})
    run(tmp_path / "退回", {"甲/信.docx": b"2"})
    assert names(tmp_path / "退回") == ["甲", "甲/信.docx"]
    assert (tmp_path / "退回/甲/信.docx").read_bytes() == b"2"


def test_files_of_others_stay(tmp_path: Path) -> None:
    """In a folder that goes otherwise; a file of the same name; one that was changed since."""
    run(tmp_path, {"甲/信.docx": b"1", "乙/信.docx": b"1", "丙/信.docx": b"1"})
    (tmp_path / "甲/备注.txt").write_text("电话里说过", "utf-8")
    (tmp_path / "乙/信.docx").write_bytes(b"changed")
    (tmp_path / "丁").mkdir()
    (tmp_path / "丁/信.docx").write_bytes(b"theirs")
    own = run(tmp_path, {"乙/信.docx": b"2", "丁/信.docx": b"2"})
    assert names(tmp_path) == ["丁", "丁/信.docx", "乙", "乙/信.docx", "甲", "甲/备注.txt"]
    assert (tmp_path / "乙/信.docx").read_bytes() == b"changed"
    assert (tmp_path / "丁/信.docx").read_bytes() == b"theirs"
    assert own.kept == [tmp_path / "乙/信.docx", tmp_path / "丁/信.docx"]


def test_file_that_cannot_be_deleted_goes_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be open in another program; it stays the program's own."""
    run(tmp_path, {"甲/信.docx": b"1"})
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", lambda _path: _fail())
        assert run(tmp_path, {}).gone == []  # type: ignore[attr-defined]
    assert names(tmp_path) == ["甲", "甲/信.docx"]
    run(tmp_path, {})
    assert names(tmp_path) == []


def _fail() -> None:
    raise PermissionError


def test_same_content_is_not_written_again(tmp_path: Path) -> None:
    """And a file of the same content is the program's, whoever put it there."""
    run(tmp_path, {"信.docx": b"1"})
    before = (tmp_path / "信.docx").stat().st_mtime_ns
    assert run(tmp_path, {"信.docx": b"1"}).kept == []
    assert (tmp_path / "信.docx").stat().st_mtime_ns == before


def test_interrupted_run_knows_its_files_again(tmp_path: Path) -> None:
    """They are in the list before they are written."""
    own = OwnFiles(tmp_path)
    own.write("甲/信.docx", b"1")
    assert run(tmp_path, {"甲/信.docx": b"2"}).kept == []
    assert (tmp_path / "甲/信.docx").read_bytes() == b"2"


def test_list_of_a_stranger_deletes_nothing_outside(tmp_path: Path) -> None:
    """Paths that leave the folder, damaged lines, links."""
    folder = tmp_path / "退回"
    run(folder, {"甲.docx": b"1"})
    digest = json.loads((folder / LIST_NAME).read_text("utf-8"))[1]
    (tmp_path / "外面.docx").write_bytes(b"1")
    lines = [json.dumps([name, digest]) for name in ("../外面.docx", str(tmp_path / "外面.docx"), "a/./b", "C:x")]
    (folder / LIST_NAME).write_text(
        "\n".join([*lines, "{", "[1]", "[" * 100_000, '["a", 1]', "\udc80"]), "utf-8", "surrogatepass"
    )
    run(folder, {})
    assert (tmp_path / "外面.docx").exists()
    assert (folder / "甲.docx").exists()


def test_list_that_is_too_long_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is the program's."""
    run(tmp_path, {"甲.docx": b"1"})
    monkeypatch.setattr("zhijiao20.system.own_files._LIST_LIMIT", 1)
    assert run(tmp_path, {"甲.docx": b"2"}).kept == [tmp_path / "甲.docx"]


@POSIX
def test_link_in_the_place_of_a_file_stays(tmp_path: Path) -> None:
    """What it leads to is not written."""
    target = tmp_path / "别处.docx"
    target.write_bytes(b"1")
    folder = tmp_path / "退回"
    folder.mkdir()
    (folder / "甲.docx").symlink_to(target)
    assert run(folder, {"甲.docx": b"2"}).kept == [folder / "甲.docx"]
    assert target.read_bytes() == b"1"


@pytest.mark.parametrize("where", ["", "甲", LIST_NAME])
def test_folder_that_cannot_be_made(where: str, tmp_path: Path) -> None:
    """A file stands in its place: a message that says so."""
    folder = tmp_path / "退回"
    if where:
        folder.mkdir()
    if where == LIST_NAME:
        (folder / where).mkdir()
    else:
        (folder / where if where else folder).write_bytes(b"")
    with pytest.raises(UsageError, match="文件夹"):
        run(folder, {"甲/信.docx": b"1"})
