"""Store data that is too large for memory in an unnamed temporary file."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterator
from typing import IO

from zhijiao20.core.errors import UsageError
from zhijiao20.system.os_errors import reason

_MEMORY_LIMIT = 4 * 2**20  # bytes; a smaller temporary file stays in memory


class TempStore:
    """Blocks of bytes, appended one by one and read back by their offset; the file is opened with the first one.

    Args:
        hint: end of the message if the disk is full: an alternative to freeing disk space.
    """

    def __init__(self, hint: str = "") -> None:
        self._hint = hint
        self._file: IO[bytes] | None = None
        self._end = 0

    def append(self, data: bytes | bytearray) -> int:
        """Append a block and return its offset.

        Raises:
            UsageError: the temporary file cannot be written, for example because the disk is full.
        """
        offset = self._end
        with self._errors_reported():
            file = self._open()
            file.seek(offset)
            self._end += file.write(data)
        return offset

    def read(self, offset: int, size: int) -> bytes:
        """Return a block, or a part of it.

        Raises:
            UsageError: the temporary file cannot be read or written.
        """
        with self._errors_reported():
            file = self._open()
            file.seek(offset)
            return file.read(size)

    def close(self) -> None:
        """Close the file, which deletes it."""
        if self._file is not None:
            self._file.close()

    def _open(self) -> IO[bytes]:
        if self._file is None:
            import tempfile

            self._file = tempfile.SpooledTemporaryFile(_MEMORY_LIMIT)  # noqa: SIM115 - closed by close or finalize
            weakref.finalize(self, self._file.close)
        return self._file

    @contextlib.contextmanager
    def _errors_reported(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = f"临时文件写不了（{reason(error)}）。请给系统的临时文件夹腾出空间{self._hint}"
            raise UsageError(message) from error
