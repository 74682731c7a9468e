"""A cache is believed by the one whose runs have made it: a project's folder, and what lies in it, may be a stranger's."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from county import check, county, entries

from zhijiao20.review import cache, cache_key, file_review
from zhijiao20.review.cache import NAME
from zhijiao20.review.cache_key import own_secret

POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return county(tmp_path / "各单位")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def someone(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on as another user, with a folder of his own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))


def plant(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries that say of every file that nothing is wrong with it."""
    with monkeypatch.context() as doctored:
        doctored.setattr(file_review.FileReviewer, "_found", lambda *_: ([], []))
        check(folder, store)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stranger_hides_nothing(
    folder: Path, store: Path, workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has the program can make a cache, and send a folder with it: only the user's own runs are believed."""
    without = check(folder, None)
    someone("stranger", tmp_path, monkeypatch)
    plant(folder, store, monkeypatch)
    hidden = check(folder, store)
    assert len(hidden.findings) < len(without.findings), "the planted entries work, for the one who made them"
    someone("user", tmp_path, monkeypatch)
    number = entries(store)
    assert [check(folder, store, workers=workers) for _ in range(2)] == [without] * 2
    assert entries(store) == 2 * number, "each has his own, side by side"
    someone("stranger", tmp_path, monkeypatch)
    assert check(folder, store) == hidden


MOVES = {
    "to-another-key": "UPDATE entry SET (seal, head, findings, said, compared) ="
    " (SELECT seal, head, findings, said, compared FROM entry AS other WHERE other.age = entry.age % 7 + 1)",
    "to-another-column": "UPDATE entry SET findings = substr(findings, 1, 9), said = substr(findings, 10)",
    "to-a-text": "UPDATE entry SET head = cast(head AS TEXT)",
}


@pytest.mark.parametrize("how", MOVES)
def test_nothing_is_moved(folder: Path, store: Path, how: str) -> None:
    """An entry is what it was made as, for what it was made for, even if whoever moves its parts cannot read the secret."""
    without = check(folder, None)
    check(folder, store)
    link = sqlite3.connect(store / NAME)
    assert link.execute(MOVES[how]).rowcount > 5
    link.commit()
    link.close()
    assert [check(folder, store) for _ in range(2)] == [without] * 2


def test_an_entry_that_has_grown(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large to be one of ours is not taken into memory to see whose it is."""
    without = check(folder, None)
    monkeypatch.setattr(cache, "_LARGEST", 2**20)
    check(folder, store)
    link = sqlite3.connect(store / NAME)
    link.execute("UPDATE entry SET findings = zeroblob(?)", (2**20 + 1,))
    link.commit()
    link.close()
    seen: list[int] = []
    sealed = cache.Cache._mac
    monkeypatch.setattr(
        cache.Cache, "_mac", lambda self, *parts: seen.append(sum(map(len, parts))) or sealed(self, *parts)
    )
    assert check(folder, store) == without
    assert 0 < max(seen) < 2**20


@pytest.mark.parametrize("home", ["none", "file", "locked"])
def test_without_a_secret_there_is_no_cache(
    folder: Path, store: Path, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No home, or nothing can be kept there: what lies in a project is not believed, and nothing is added to it."""
    without = check(folder, None)
    check(folder, store)
    number = entries(store)
    place = tmp_path / "home"
    if home == "none":
        monkeypatch.setattr("platformdirs.user_cache_path", lambda name, **_: Path("~/.cache") / name)
    else:
        someone("home", tmp_path, monkeypatch)
        place.write_bytes(b"") if home == "file" else (place / "zhijiao20" / cache_key.NAME / "voll").mkdir(
            parents=True
        )
    assert [check(folder, store) for _ in range(2)] == [without] * 2
    assert entries(store) == number


def test_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made once, 32 bytes of chance, and the same for every run after."""
    someone("甲", tmp_path, monkeypatch)
    made = own_secret()
    assert (len(made), len(set(made)) > 10) == (32, True)
    assert own_secret() == made == (tmp_path / "甲" / "zhijiao20" / cache_key.NAME).read_bytes()
    someone("乙", tmp_path, monkeypatch)
    assert own_secret() != made


@pytest.mark.parametrize("how", ["short", "long", "link", "open"])
def test_what_is_no_secret(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of one, as after a crash, one that others may read or write, another file: a new one takes its place."""
    someone("甲", tmp_path, monkeypatch)
    path = tmp_path / "甲" / "zhijiao20" / cache_key.NAME
    path.parent.mkdir(parents=True)
    other = tmp_path / "别处"
    other.write_bytes(b"#" * 32)
    if how == "link":
        path.symlink_to(other)
    else:
        path.write_bytes(b"#" * {"short": 31, "long": 33, "open": 32}[how])
        path.chmod(0o644 if how == "open" else 0o600)
    made = own_secret()
    assert made == path.read_bytes() != b"#" * 32
    assert (len(made), stat.S_IMODE(path.lstat().st_mode)) == (32, 0o600)
    assert other.read_bytes() == b"#" * 32


@POSIX
def test_a_disk_that_cannot_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system on which everything is for everybody: there is none, rather than one that others know."""
    someone("甲", tmp_path, monkeypatch)
    opening = os.open
    monkeypatch.setattr(os, "open", lambda path, flags, *_: opening(path, flags, 0o666))
    before = os.umask(0)
    try:
        with pytest.raises(OSError, match="not kept for this user alone"):
            own_secret()
    finally:
        os.umask(before)


def test_many_make_it_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever each had for a moment, all have one and the same afterwards."""
    someone("甲", tmp_path, monkeypatch)
    code = "from zhijiao20.review.cache_key import own_secret\ntry:\n    own_secret()\nexcept OSError:\n    pass"
    runs = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(6)]
    assert [run.wait(timeout=60) for run in runs] == [0] * 6
    made = (tmp_path / "甲" / "zhijiao20" / cache_key.NAME).read_bytes()
    assert len(made) == 32
    assert own_secret() == made
