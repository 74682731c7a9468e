"""Temporary files for data that is too large for memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import IO

from zhijiao20.core.errors import UsageError
from zhijiao20.system.os_errors import reason

_MEMORY_LIMIT = 4 * 2**20  # bytes; a smaller temporary file stays in memory


def temporary_file() -> IO[bytes]:
    """Open an unnamed temporary file, deleted when closed; a small one stays in memory."""
    import tempfile

    return tempfile.SpooledTemporaryFile(_MEMORY_LIMIT)


@contextlib.contextmanager
def temporary_space(otherwise: str = "") -> Iterator[None]:
    """Report an error while writing temporary files as a usage error, not as a bug.

    Args:
        otherwise: end of the message: an alternative to freeing disk space.

    Raises:
        UsageError: the temporary file cannot be written, for example because the disk is full.
    """
    try:
        yield
    except OSError as error:
        raise UsageError(f"临时文件写不了（{reason(error)}）。请给系统的临时文件夹腾出空间{otherwise}") from error
