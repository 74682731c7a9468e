"""Write several output files, or none of them if one cannot be written."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TypeAlias

from zhijiao20.core.errors import UsageError
from zhijiao20.system.atomic_write import FileContent, put, write_whole
from zhijiao20.system.os_errors import reason
from zhijiao20.system.windows import any_length, real_path

Output: TypeAlias = "tuple[Path, FileContent]"
"""A file to write, and its content."""


def write_together(files: Sequence[Output]) -> None:
    """Write files atomically: where one of them cannot be written, all are as they were before.

    The content of the first one is written first; no file is replaced before the content of all is written.

    Args:
        files: the files to write, at least one.

    Raises:
        UsageError: one of them cannot be written; see ``write_whole``.
    """
    (path, content), *others = files
    if not others:
        write_whole(path, content)
        return

    def with_others(stream: IO[bytes]) -> None:
        put(content, stream)
        stream.flush()
        write_together(others)

    with contextlib.ExitStack() as stack:
        for other, _ in others:
            stack.enter_context(_restored_on_failure(other))
        write_whole(path, with_others)


@contextlib.contextmanager
def _restored_on_failure(path: Path) -> Iterator[None]:
    """Put the old file back if an error occurs after it was replaced, or delete the new one if there was none."""
    target = any_length(Path(real_path(any_length(path))))
    backup = _copy(target) if target.is_file() else None
    before = _identity(target)
    try:
        yield
    except BaseException:
        if _identity(target) != before:
            if backup is None:
                target.unlink()
            else:
                os.replace(backup, target)  # noqa: PTH105 - atomic on every system
        raise
    finally:
        if backup is not None:
            backup.unlink(missing_ok=True)


def _copy(target: Path) -> Path:
    """Return a hidden copy of a file, beside it."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".zhijiao20.old", dir=target.parent)
        os.close(handle)
        try:
            shutil.copy2(target, name)
        except BaseException:
            Path(name).unlink()
            raise
    except OSError as error:
        message = f"原来的文件留不了底，没有覆盖（{reason(error)}）。请检查权限和磁盘空间，或用 -o 换一个位置"
        raise UsageError(message) from error
    return Path(name)


def _identity(target: Path) -> tuple[int, int] | None:
    """Return what changes if a file is replaced; None if there is none."""
    try:
        status = target.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns
