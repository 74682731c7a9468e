"""Write several output files, or none of them if one cannot be written."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TypeAlias

from zhijiao20.core.errors import UsageError
from zhijiao20.system.atomic_write import FileContent, block_signals, hidden_file, put, restore_signals, write_whole
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
    with contextlib.ExitStack() as stack:
        for other, _ in files[1:]:
            stack.enter_context(_restored_on_failure(other))
        _write_nested(files)


def _write_nested(files: Sequence[Output]) -> None:
    """Write the content of the first file, then all of the others, then replace the first one."""
    (path, content), *others = files

    def with_others(stream: IO[bytes]) -> None:
        put(content, stream)
        stream.flush()
        _write_nested(others)

    write_whole(path, with_others if others else content)


@contextlib.contextmanager
def _restored_on_failure(path: Path) -> Iterator[None]:
    """Put the old file back if an error occurs after it was replaced, or delete the new one if there was none.

    Signals are blocked while the copy of the old file is made, put back or deleted, so that none remains.
    """
    target = any_length(Path(real_path(any_length(path))))
    before = _identity(target)
    old_mask = block_signals()
    backup = None
    try:
        backup = _copy(target) if target.is_file() else None
        restore_signals(old_mask)
        yield
    except BaseException:
        block_signals()
        if _identity(target) != before:
            if backup is None:
                target.unlink()
            else:
                backup[1].close()  # Windows cannot rename an open file
                os.replace(backup[0], target)  # noqa: PTH105 - atomic on every system
        raise
    finally:
        block_signals()
        if backup is not None:
            backup[1].close()
            Path(backup[0]).unlink(missing_ok=True)
        restore_signals(old_mask)


def _copy(target: Path) -> tuple[str, IO[bytes]]:
    """Return the name of a hidden copy of a file, beside it, and its stream; locked while that is open."""
    try:
        handle, name = hidden_file(target, ".old")
        stream = os.fdopen(handle, "wb")
        try:
            with target.open("rb") as source:
                shutil.copyfileobj(source, stream)
            stream.flush()
            shutil.copystat(target, name)
        except BaseException:
            stream.close()
            Path(name).unlink()
            raise
    except OSError as error:
        message = f"原来的文件留不了底，没有覆盖（{reason(error)}）。请检查权限和磁盘空间，或用 -o 换一个位置"
        raise UsageError(message) from error
    return name, stream


def _identity(target: Path) -> tuple[int, int] | None:
    """Return what changes if a file is replaced; None if there is none."""
    try:
        status = target.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns
