"""Keep the results of conversions between runs, by the content of the file, in the user's own cache."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.settings import DEFAULT
from zhijiao20.review.file_result import PackedResult

if TYPE_CHECKING:
    from zhijiao20.formats.old.recognize import OldFormat
    from zhijiao20.review.cache import Cache


class ConversionCache:
    """Results of conversions by key; without a folder it keeps nothing."""

    def __init__(self, folder: Callable[[], Path | None] | None) -> None:
        """Set the folder.

        Args:
            folder: returns the folder of the cache, None where there is none.
        """
        from zhijiao20.review.file_review import ReviewJob

        path = folder() if folder else None
        self._job = ReviewJob(DEFAULT)  # what is converted depends on no setting
        self._cache: Cache | None = None
        if path is not None:
            from zhijiao20.review.cache import Cache

            self._cache = Cache(path)

    def key(self, kind: OldFormat, data: bytes) -> bytes:
        """Return the key for a file."""
        return self._job.key(f"converted {kind.name}", data) if self._cache else b""

    def get(self, key: bytes) -> tuple[str, bytes] | None:
        """Return the program that converted a file, and its result; None if it is not known."""
        known = self._cache.get(key) if self._cache else None
        return None if known is None else (known.header.decode(), known.findings)

    def put(self, key: bytes, by: str, result: bytes) -> None:
        """Keep a result."""
        if self._cache:
            self._cache.put(PackedResult(by.encode(), result, key=key))

    def close(self) -> None:
        """Write what is not written yet."""
        if self._cache:
            self._cache.close()
