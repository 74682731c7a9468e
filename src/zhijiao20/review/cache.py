"""Cache review results between runs, under the content of a file and all that its findings depend on.

One SQLite file in the user's own cache folder, never in a project, which may have been sent by a stranger.  The cache
only saves time: if anything is wrong with it, it is deleted or not used, without a message.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from zhijiao20.review.file_result import PackedResult

SIZE_LIMIT = 500 * 2**20
"""Bytes that the entries may take; if there are more, the older half is deleted."""

DATABASE_NAME = "reviews-4.sqlite"
"""A new layout gets a new number, so that no version reads the entries of another."""

_LARGEST = 2**25  # bytes of an entry; a larger result is not stored
_BATCH, _BATCH_BYTES = 200, 16 * 2**20  # entries, and bytes, that are written together
_WAIT = 2.0  # seconds to wait for another run that is writing
_CREATE = (
    "CREATE TABLE IF NOT EXISTS entry"
    " (age INTEGER PRIMARY KEY, key BLOB UNIQUE,"
    " header BLOB, findings BLOB, texts BLOB, compared BLOB, checksum INTEGER)"
)
_GET = "SELECT header, findings, texts, compared, checksum FROM entry WHERE key = ?"
_PUT = "INSERT OR REPLACE INTO entry (header, findings, texts, compared, key, checksum) VALUES (?, ?, ?, ?, ?, ?)"
_HALVE = "DELETE FROM entry WHERE age <= (SELECT (min(age) + max(age)) / 2 FROM entry)"
_DAMAGED = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH}


class Cache:
    """Review results by key.  Every process opens its own connection; only one process of a run writes."""

    def __init__(self, folder: Path) -> None:
        """Set the folder; nothing is opened or created before the first use."""
        self._path = folder / DATABASE_NAME
        self._connection: sqlite3.Connection | None = None
        self._usable = True
        self._new: list[PackedResult] = []
        self._waiting = 0

    def get(self, key: bytes) -> PackedResult | None:
        """Return the result stored under a key; None if there is none, or the cache is damaged."""
        row = None
        # Path.is_file raises an error for a folder without permission.
        if self._usable and (self._connection is not None or os.path.isfile(self._path)):  # noqa: PTH113
            with self._errors_ignored():
                row = self._open().execute(_GET, (key,)).fetchone()
        if row is None:
            return None
        *parts, checksum = row
        whole = all(isinstance(part, bytes) for part in parts) and _checksum(parts) == checksum
        return PackedResult(*parts) if whole else None

    def put(self, result: PackedResult) -> None:
        """Store a result under its key, at once or with later ones."""
        size = sum(map(len, result))
        if size > _LARGEST:
            return
        self._new.append(result)
        self._waiting += size
        if len(self._new) >= _BATCH or self._waiting > _BATCH_BYTES:
            self._write()

    def remember(self, key: bytes, work: Callable[[], bytes]) -> bytes:
        """Return the bytes stored under a key; compute and store them if there are none."""
        known = self.get(key)
        if known is None:
            known = PackedResult(work(), key=key)
            self.put(known)
        return known.header

    def close(self) -> None:
        """Write what is not written yet, and close the connection."""
        if self._new:
            self._write()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _write(self) -> None:
        new, self._new, self._waiting = self._new, [], 0
        if not self._usable:
            return
        with self._errors_ignored():
            connection = self._open(create=True)
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(_PUT, ((*result, _checksum(result[:-1])) for result in new))
                if self._bytes(connection) > SIZE_LIMIT:
                    connection.execute(_HALVE)

    @staticmethod
    def _bytes(connection: sqlite3.Connection) -> int:
        size, pages, free = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_size", "page_count", "freelist_count")
        )
        return size * (pages - free)

    def _open(self, *, create: bool = False) -> sqlite3.Connection:
        if self._connection is None:
            if create:
                self._create_file()
            uri = f"{self._path.as_uri()}?mode=rw"
            connection = sqlite3.connect(uri, timeout=_WAIT, isolation_level=None, uri=True)
            self._connection = connection
            connection.execute("PRAGMA synchronous = OFF")  # a file damaged by a crash of the machine is deleted
            if create:
                connection.execute(_CREATE)
        return self._connection

    def _create_file(self) -> None:
        """Create folder and file so that only the user can read them: they hold texts of the units."""
        folder = self._path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))

    @contextlib.contextmanager
    def _errors_ignored(self) -> Iterator[None]:
        """On any error stop using the cache in this run, and delete a damaged file."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            self._usable = False
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            if getattr(error, "sqlite_errorcode", 0) in _DAMAGED:
                for path in (self._path, self._path.with_name(f"{DATABASE_NAME}-journal")):
                    with contextlib.suppress(OSError):
                        path.unlink()


def _checksum(parts: Iterable[bytes]) -> int:
    """Return a checksum of an entry: SQLite does not notice damage within the content of a row."""
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    return checksum
