"""A damaged or unusable cache changes no result and is never reported; its size is limited."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from county import check, county, entries

from zhijiao20.review import cache
from zhijiao20.review.cache import DATABASE_NAME, Cache
from zhijiao20.review.file_result import PackedResult

POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
NOBODY = 65534  # root is forbidden nothing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return county(tmp_path / "各单位", one_of=12)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def spoil(store: Path, how: str) -> None:
    """Damage the file of the cache."""
    path = store / DATABASE_NAME
    data = path.read_bytes()
    if how == "no-database":
        path.write_bytes(b"#" * len(data))
    elif how == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "noise":
        chance = random.Random(1)
        path.write_bytes(data[:4096] + chance.randbytes(len(data) - 4096))
    elif how == "folder":
        path.unlink()
        path.mkdir()
    else:
        link = sqlite3.connect(path)
        link.execute(STATEMENTS[how])
        link.commit()
        link.close()


STATEMENTS = {
    "other-table": "ALTER TABLE entry RENAME TO page",
    "other-content": "UPDATE entry SET header = CAST(replace(header, 'ZJ', 'XX') AS BLOB), findings = x'00'",
    "cut": "UPDATE entry SET findings = substr(findings, 1, 20), compared = x''",
    "other-type": "UPDATE entry SET header = CAST(header AS TEXT)",
    "no-checksum": "UPDATE entry SET checksum = NULL",
}


@pytest.mark.parametrize("how", ["no-database", "truncated", "empty", "noise", "folder", *STATEMENTS])
def test_a_damaged_cache(folder: Path, store: Path, how: str) -> None:
    """It is replaced without a message, the findings are right, and a later run uses it again."""
    without = check(folder, None)
    check(folder, store)
    number = entries(store)
    spoil(store, how)
    assert [check(folder, store) for _ in range(3)] == [without] * 3
    if how != "folder":
        assert entries(store) == number


def test_two_runs_at_once(folder: Path, store: Path) -> None:
    """Neither waits for the other for long, and neither finds anything else."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom zhijiao20.commands.validate import validate\nfrom zhijiao20.review.runner import RunOptions\n"
        "sys.stdin.readline()\n"
        "for _ in range(3):\n"
        "    print(len(validate([Path(sys.argv[1])], options=RunOptions(2, lambda: Path(sys.argv[2]))).findings))\n"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(folder), str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, encoding="utf-8",
        )
        for _ in range(2)
    ]  # fmt: skip
    expected = f"{len(check(folder, None).findings)}\n" * 3
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("go\n")
        run.stdin.flush()
    assert [run.communicate(timeout=120) for run in runs] == [(expected, "")] * 2


def test_a_cache_that_another_run_holds(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds it for too long is not waited for."""
    monkeypatch.setattr(cache, "_WAIT", 0)
    without = check(folder, None)
    check(folder, store)
    link = sqlite3.connect(store / DATABASE_NAME, isolation_level=None)
    link.execute("BEGIN EXCLUSIVE")
    (folder / "新.yaml").write_text("单位: 新局\n任务: {}\n", encoding="utf-8")
    found = check(folder, store)
    link.execute("ROLLBACK")
    link.close()
    assert found == check(folder, None) != without
    assert (store / DATABASE_NAME).is_file()


@POSIX
def test_a_folder_that_cannot_be_written(store: Path) -> None:
    """As on a machine with a locked home."""
    with tempfile.TemporaryDirectory() as name:  # where others may look, too
        place = Path(name)
        place.chmod(0o755)
        folder, locked = county(place / "各单位"), place / "cache"
        check(folder, store)  # what is loaded late is loaded: nobody may read it
        without = check(folder, None)
        locked.mkdir()
        locked.chmod(0o555)
        user = os.geteuid()
        os.seteuid(user or NOBODY)
        try:
            found = check(folder, locked)
        finally:
            os.seteuid(user)
        assert found == without
        assert list(locked.iterdir()) == []


def test_a_place_where_no_folder_can_be(folder: Path, tmp_path: Path) -> None:
    """A file stands there."""
    (tmp_path / "cache").write_bytes(b"")
    assert check(folder, tmp_path / "cache" / "zhijiao20") == check(folder, None)


def test_a_file_that_can_only_be_read(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it is used; nothing new is kept."""
    check(folder, store)
    number = entries(store)
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda name, **more: connect(str(name).replace("mode=rw", "mode=ro"), **more)
    )
    (folder / "新.yaml").write_text("单位: 新局\n任务: {}\n", encoding="utf-8")
    assert [check(folder, store) for _ in range(2)] == [check(folder, None)] * 2
    monkeypatch.undo()
    assert entries(store) == number


def test_it_does_not_grow_without_end(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The older half goes when there is too much; the file stays within its bounds."""
    monkeypatch.setattr(cache, "SIZE_LIMIT", 2**20)
    kept = Cache(store)
    chance = random.Random(7)
    keys = [index.to_bytes(20, "big") for index in range(2000)]
    for key in keys:
        kept.put(PackedResult(b"{}", chance.randbytes(2000), key=key))
    kept.close()
    assert (store / DATABASE_NAME).stat().st_size < 2 * 2**20
    reader = Cache(store)
    known = [reader.get(key) is not None for key in keys]
    reader.close()
    assert known[-1]
    assert not known[0]
    assert 100 < sum(known) < 600


def test_entries_that_are_too_large(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not kept, the others are; and not many wait in memory to be written."""
    monkeypatch.setattr(cache, "_LARGEST", 2**19)
    monkeypatch.setattr(cache, "_BATCH_BYTES", 2**20)
    kept = Cache(store)
    for index, size in enumerate((600_000, 400_000, 500_000, 400_000, 100)):
        kept.put(PackedResult(b"{}", bytes(size), key=bytes([index])))
        assert sum(len(one.findings) for one in kept._new) < 2**20
    written = entries(store)
    kept.close()
    assert (written, entries(store)) == (3, 4)
    reader = Cache(store)
    assert [reader.get(bytes([index])) is not None for index in range(5)] == [False, True, True, True, True]
    reader.close()
