"""Cache review results in SQLite, under a key of the file's content and everything else that affects its findings.

The database is one file: in the user's cache folder, or in ``.zhijiao20`` if a ``zhijiao20.toml`` makes the folder a
project. The cache only saves time: if anything is wrong with it, it is deleted or not used, without a message. A
project folder may come from an untrusted source. Therefore no link in it is followed, pipes and devices are not
opened, a database with another schema is not used, and an entry is accepted only with an authentication code that
requires this user's secret key.
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
"""Limit of the size of all entries, in bytes; above it, the older half is deleted."""

PROJECT_FOLDER = ".zhijiao20"
NAME = "reviews-1.sqlite"
"""File name of the database. Each layout has its own number, so no version reads the entries of another layout."""

_LARGEST = 2**26  # bytes per part of an entry: the part is read into memory before it is authenticated
_BATCH, _BATCH_BYTES = 200, 16 * 2**20  # entries per write, and limit of the bytes queued in memory
_WAIT = 2.0  # seconds to wait for a database lock held by another run
# seal: authentication code; head: header; said: texts for merging; compared: texts for comparison
_TABLE = (
    "CREATE TABLE{} entry"
    " (age INTEGER PRIMARY KEY, key BLOB UNIQUE, seal BLOB, head BLOB, findings BLOB, said BLOB, compared BLOB)"
)
_CREATE = _TABLE.format(" IF NOT EXISTS")
_OWN_SCHEMA = [("index", "sqlite_autoindex_entry_1", None), ("table", "entry", _TABLE.format(""))]
_READ_SCHEMA = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name LIMIT 3"
# A journal with this end names a super-journal, which SQLite would delete.
_SUPER_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_SELECT = "SELECT seal, head, findings, said, compared FROM entry WHERE key = ?"
_INSERT = "INSERT OR REPLACE INTO entry (key, seal, head, findings, said, compared) VALUES (?, ?, ?, ?, ?, ?)"
_DELETE_OLDER_HALF = "DELETE FROM entry WHERE age <= (SELECT (min(age) + max(age)) / 2 FROM entry)"
_DAMAGE_CODES = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def cache_folder(project: Path | None) -> Path | None:
    """Return the cache folder: the project's, otherwise the user's; None if there is none.

    Args:
        project: the ``zhijiao20.toml`` of the project; None without a project.
    """
    return own_folder() if project is None else project.resolve().parent / PROJECT_FOLDER


class _ForeignDatabase(Exception):  # noqa: N818 - not raised outside this module
    """The database was not created by this module."""


class Cache:
    """Stored review results by key. Each process opens its own connection; only the main process of a run writes."""

    def __init__(self, folder: Path) -> None:
        """Set the path; open or create nothing before the first use."""
        self._path = folder / NAME
        self._connection: sqlite3.Connection | None = None
        self._usable = True
        self._new: list[PackedResult] = []
        self._queued_bytes = 0

    @cached_property
    def _secret(self) -> bytes:
        return own_secret()

    def get(self, key: bytes) -> PackedResult | None:
        """Return the result stored under a key; None if it is missing or damaged."""
        row = None
        # Path.is_file raises an error if the folder is not accessible; os.path.isfile returns False.
        if self._usable and (self._connection is not None or os.path.isfile(self._path)):  # noqa: PTH113
            with self._disable_on_error():
                row = self._connect().execute(_SELECT, (self._mac(key),)).fetchone()
        if row is None:
            return None
        mac, *parts = row
        valid = all(isinstance(part, bytes) for part in parts) and mac == self._mac(key, *parts)
        return PackedResult(*parts) if valid else None

    def put(self, reviewed: PackedResult) -> None:
        """Queue a result for writing under its key; ignore one that is too large."""
        size = sum(map(len, reviewed))
        if size > _LARGEST // 2:
            return
        self._new.append(reviewed)
        self._queued_bytes += size
        if len(self._new) >= _BATCH or self._queued_bytes > _BATCH_BYTES:
            self._write()

    def remember(self, key: bytes, work: Callable[[], bytes]) -> bytes:
        """Return the bytes stored under a key; if there are none, compute and store them."""
        stored = self.get(key)
        if stored is None:
            stored = PackedResult(work(), key=key)
            self.put(stored)
        return stored.head

    def close(self) -> None:
        """Write the queued entries and close the database."""
        if self._new:
            self._write()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _write(self) -> None:
        queued, self._new, self._queued_bytes = self._new, [], 0
        if not self._usable:
            return
        with self._disable_on_error():
            connection = self._connect(create=True)
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(_INSERT, map(self._row, queued))
                if self._used_bytes(connection) > SIZE_LIMIT:
                    connection.execute(_DELETE_OLDER_HALF)

    def _row(self, reviewed: PackedResult) -> tuple[bytes, ...]:
        *parts, key = reviewed
        return self._mac(key), self._mac(key, *parts), *parts

    def _mac(self, key: bytes, *parts: bytes) -> bytes:
        """Return an authentication code (keyed BLAKE2b) that only this user can compute.

        Over the key alone it is the stored name of an entry; over the key and all parts it authenticates the entry.
        Other content, or the same content under another key or in another column, has another code.
        """
        mac = hashlib.blake2b(digest_size=20, key=self._secret)
        for part in (key, *parts):
            mac.update(len(part).to_bytes(8, "big"))
            mac.update(part)
        return mac.digest()

    @staticmethod
    def _used_bytes(connection: sqlite3.Connection) -> int:
        size, pages, free = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_size", "page_count", "freelist_count")
        )
        return size * (pages - free)

    def _connect(self, *, create: bool = False) -> sqlite3.Connection:
        if self._connection is None:
            self._check_files()
            if create:
                self._create_file()
            connection = sqlite3.connect(
                f"{self._path.as_uri()}?mode=rw", timeout=_WAIT, isolation_level=None, uri=True
            )
            self._connection = connection
            connection.execute("PRAGMA synchronous = OFF")  # a database damaged by a system crash is deleted anyway
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
            if create:
                connection.execute(_CREATE)
            if connection.execute(_READ_SCHEMA).fetchall() != _OWN_SCHEMA:  # a foreign view may never end
                raise _ForeignDatabase
        return self._connection

    def _check_files(self) -> None:
        """Check the type of the folder and of the files that SQLite opens in it.

        Raises:
            OSError: one of them is a link, a pipe or a device, or belongs to another journal mode (``-wal``, ``-shm``).
            _ForeignDatabase: the journal names a file that SQLite would delete, or the database is larger than this
                module lets it become.
        """
        journal, *other_journals = (self._path.with_name(f"{NAME}{suffix}") for suffix in ("-journal", "-wal", "-shm"))
        if not (
            _is_type_or_missing(stat.S_ISDIR, self._path.parent)
            and _is_type_or_missing(stat.S_ISREG, self._path)
            and _is_type_or_missing(stat.S_ISREG, journal)
            and not any(os.path.lexists(path) for path in other_journals)
        ):
            raise OSError(f"not a cache: {self._path}")
        with contextlib.suppress(FileNotFoundError), journal.open("rb") as stream:
            stream.seek(max(0, os.fstat(stream.fileno()).st_size - len(_SUPER_JOURNAL_MAGIC)))
            if stream.read() == _SUPER_JOURNAL_MAGIC:
                raise _ForeignDatabase
        with contextlib.suppress(FileNotFoundError):
            if self._path.stat().st_size > 2 * SIZE_LIMIT:
                raise _ForeignDatabase

    def _create_file(self) -> None:
        """Create the folder and an empty file, readable by this user only: entries hold unit texts."""
        folder = self._path.parent
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True)
        if folder.name == PROJECT_FOLDER:
            # Mode "x" does not follow a link and does not open a pipe.
            with contextlib.suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignore:
                ignore.write("*\n")
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))

    @contextlib.contextmanager
    def _disable_on_error(self) -> Iterator[None]:
        """Disable the cache for this run after any error; delete a damaged or foreign database."""
        try:
            yield
        except (OSError, sqlite3.Error, _ForeignDatabase) as error:
            self._usable = False
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            if isinstance(error, _ForeignDatabase) or getattr(error, "sqlite_errorcode", 0) in _DAMAGE_CODES:
                for path in (self._path, self._path.with_name(f"{NAME}-journal")):
                    with contextlib.suppress(OSError):
                        path.unlink()


def _is_type_or_missing(is_type: Callable[[int], bool], path: Path) -> bool:
    """Check whether the path itself, not the target of a link, has this type or does not exist."""
    try:
        return is_type(os.lstat(path).st_mode)
    except FileNotFoundError:
        return True
