"""What a review found in a file, kept for the next run under the file's content and all that a finding depends on.

One SQLite file in the user's cache folder, or in ``.zhijiao20`` where a ``zhijiao20.toml`` makes the folder a project.
A cache only saves time: whatever is wrong with it, it is dropped or not used, without a word.  A folder with one may
come from a stranger, so nothing is followed out of it, waited for, or carried out that this module has not made, and
no entry is believed that this user's own runs have not sealed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from zhijiao20.review.cache_key import own_folder, own_secret
from zhijiao20.review.serialize import PackedResult

SIZE_LIMIT = 500 * 2**20
"""Bytes that the entries may take; when there are more the older half goes."""

PROJECT_FOLDER = ".zhijiao20"
NAME = "reviews-1.sqlite"
"""Another layout gets another number, so no version reads another one's entries."""

_LARGEST = 2**26  # bytes of each part of an entry, which is read into memory before it is known whose it is
_BATCH, _BATCH_BYTES = 200, 16 * 2**20  # how many entries are written together, and how much waits in memory
_WAIT = 2.0  # seconds for another run to finish writing
_TABLE = (
    "CREATE TABLE{} entry"
    " (age INTEGER PRIMARY KEY, key BLOB UNIQUE, seal BLOB, head BLOB, findings BLOB, said BLOB, compared BLOB)"
)
_MAKE = _TABLE.format(" IF NOT EXISTS")
_OURS = [("index", "sqlite_autoindex_entry_1", None), ("table", "entry", _TABLE.format(""))]
_LOOK = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name LIMIT 3"
_LEADS_ELSEWHERE = bytes.fromhex("d9d505f920a163d7")  # a journal that ends so names a file, which SQLite would remove
_GET = "SELECT seal, head, findings, said, compared FROM entry WHERE key = ?"
_PUT = "INSERT OR REPLACE INTO entry (key, seal, head, findings, said, compared) VALUES (?, ?, ?, ?, ?, ?)"
_HALVE = "DELETE FROM entry WHERE age <= (SELECT (min(age) + max(age)) / 2 FROM entry)"
_DAMAGED = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def cache_folder(project: Path | None) -> Path | None:
    """Where reviews are kept: in the project's folder, else in the user's cache folder; None where there is none.

    Args:
        project: the ``zhijiao20.toml`` of the project, where there is one.
    """
    return own_folder() if project is None else project.resolve().parent / PROJECT_FOLDER


class _Foreign(Exception):  # noqa: N818 - it never leaves this module
    """The database is none that this module has made."""


class Cache:
    """Reviews by key.  Every process opens its own; one of a run's writes."""

    def __init__(self, folder: Path) -> None:
        """Nothing is opened or made before the first use."""
        self._path = folder / NAME
        self._link: sqlite3.Connection | None = None
        self._usable = True
        self._new: list[PackedResult] = []
        self._waiting = 0

    @cached_property
    def _secret(self) -> bytes:
        return own_secret()

    def get(self, key: bytes) -> PackedResult | None:
        """The review that is kept under a key; None where there is none, or it was damaged."""
        row = None
        # Path.is_file takes a folder that may not be looked into for an error.
        if self._usable and (self._link is not None or os.path.isfile(self._path)):  # noqa: PTH113
            with self._careful():
                row = self._opened().execute(_GET, (self._sealed(key),)).fetchone()
        if row is None:
            return None
        seal, *parts = row
        whole = all(isinstance(part, bytes) for part in parts) and seal == self._sealed(key, *parts)
        return PackedResult(*parts) if whole else None

    def put(self, reviewed: PackedResult) -> None:
        """Keep a review under its key, sooner or later."""
        size = sum(map(len, reviewed))
        if size > _LARGEST // 2:
            return
        self._new.append(reviewed)
        self._waiting += size
        if len(self._new) >= _BATCH or self._waiting > _BATCH_BYTES:
            self._write()

    def remember(self, key: bytes, work: Callable[[], bytes]) -> bytes:
        """What is kept under a key; where there is nothing it is worked out, and kept."""
        known = self.get(key)
        if known is None:
            known = PackedResult(work(), key=key)
            self.put(known)
        return known.head

    def close(self) -> None:
        """Write what is not written yet."""
        if self._new:
            self._write()
        if self._link is not None:
            self._link.close()
            self._link = None

    def _write(self) -> None:
        new, self._new, self._waiting = self._new, [], 0
        if not self._usable:
            return
        with self._careful():
            link = self._opened(make=True)
            with link:
                link.execute("BEGIN IMMEDIATE")
                link.executemany(_PUT, map(self._row, new))
                if self._bytes(link) > SIZE_LIMIT:
                    link.execute(_HALVE)

    def _row(self, reviewed: PackedResult) -> tuple[bytes, ...]:
        *parts, key = reviewed
        return self._sealed(key), self._sealed(key, *parts), *parts

    def _sealed(self, key: bytes, *parts: bytes) -> bytes:
        """What only this user can make: the name of an entry from its key alone, its seal from all that it holds.

        Neither another content nor one that stood under another key, or in another column, has this seal.
        """
        seal = hashlib.blake2b(digest_size=20, key=self._secret)
        for part in (key, *parts):
            seal.update(len(part).to_bytes(8, "big"))
            seal.update(part)
        return seal.digest()

    @staticmethod
    def _bytes(link: sqlite3.Connection) -> int:
        size, pages, free = (
            int(link.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_size", "page_count", "freelist_count")
        )
        return size * (pages - free)

    def _opened(self, *, make: bool = False) -> sqlite3.Connection:
        if self._link is None:
            self._no_trap()
            if make:
                self._make()
            link = sqlite3.connect(f"{self._path.as_uri()}?mode=rw", timeout=_WAIT, isolation_level=None, uri=True)
            self._link = link
            link.execute("PRAGMA synchronous = OFF")  # what a crash of the machine damages is dropped
            link.execute("PRAGMA trusted_schema = OFF")
            link.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
            if make:
                link.execute(_MAKE)
            if link.execute(_LOOK).fetchall() != _OURS:  # a view may have no end
                raise _Foreign
        return self._link

    def _no_trap(self) -> None:
        """Whether the folder is one, and everything in it that SQLite opens by itself a file of its own.

        Raises:
            OSError: it is a link, a pipe, a device, or belongs to another kind of database.
            _Foreign: its journal would have another file removed, or it is larger than one of ours becomes.
        """
        journal, *others = (self._path.with_name(f"{NAME}{end}") for end in ("-journal", "-wal", "-shm"))
        if not (
            _is(stat.S_ISDIR, self._path.parent)
            and _is(stat.S_ISREG, self._path)
            and _is(stat.S_ISREG, journal)
            and not any(os.path.lexists(other) for other in others)
        ):
            raise OSError(f"not a cache: {self._path}")
        with contextlib.suppress(FileNotFoundError), journal.open("rb") as stream:
            stream.seek(max(0, os.fstat(stream.fileno()).st_size - len(_LEADS_ELSEWHERE)))
            if stream.read() == _LEADS_ELSEWHERE:
                raise _Foreign
        with contextlib.suppress(FileNotFoundError):
            if self._path.stat().st_size > 2 * SIZE_LIMIT:
                raise _Foreign

    def _make(self) -> None:
        """The folder and an empty file, for nobody else to read: it holds texts of the units."""
        folder = self._path.parent
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True)
        if folder.name == PROJECT_FOLDER:
            # "x" never follows a link, and takes no pipe.
            with contextlib.suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignore:
                ignore.write("*\n")
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))

    @contextlib.contextmanager
    def _careful(self) -> Iterator[None]:
        """Whatever goes wrong, this run does without; a damaged file is removed."""
        try:
            yield
        except (OSError, sqlite3.Error, _Foreign) as error:
            self._usable = False
            if self._link is not None:
                self._link.close()
                self._link = None
            if isinstance(error, _Foreign) or getattr(error, "sqlite_errorcode", 0) in _DAMAGED:
                for path in (self._path, self._path.with_name(f"{NAME}-journal")):
                    with contextlib.suppress(OSError):
                        path.unlink()


def _is(kind: Callable[[int], bool], path: Path) -> bool:
    """Whether a path is of this kind itself, without a link, or is not there."""
    try:
        return kind(os.lstat(path).st_mode)
    except FileNotFoundError:
        return True
