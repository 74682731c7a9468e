"""Temporary storage: what memory should not hold lies in a file without a name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import IO

from zhijiao20.core.errors import UsageError
from zhijiao20.system.os_errors import reason

_SMALL = 4 * 2**20  # bytes of a temporary file that stay in memory


def temporary_file() -> IO[bytes]:
    """A file without a name, gone when it is closed or the program ends; small ones never touch the disk."""
    import tempfile

    return tempfile.SpooledTemporaryFile(_SMALL)


@contextlib.contextmanager
def temporary_space(otherwise: str = "") -> Iterator[None]:
    """What writes to a temporary file; a full disk is no bug.

    Args:
        otherwise: what can be done instead of making room.

    Raises:
        UsageError: there is no room for it.
    """
    try:
        yield
    except OSError as error:
        raise UsageError(f"临时文件写不了（{reason(error)}）。请给系统的临时文件夹腾出空间{otherwise}") from error
