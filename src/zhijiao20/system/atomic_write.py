"""Outputs, whole or not at all: each is written into a hidden file beside it, which then takes its name."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeAlias

from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.system.os_errors import reason

if sys.platform != "win32":
    import fcntl

_STEM_BYTES = 230  # file systems allow 255 for a name

FileContent: TypeAlias = bytes | Callable[[IO[bytes]], None]
"""The content of a file: its bytes, or what writes them."""


def put(content: FileContent, stream: IO[bytes]) -> None:
    """Write the content of a file into a stream."""
    if isinstance(content, bytes):
        stream.write(content)
    else:
        content(stream)


def as_bytes(content: FileContent) -> bytes:
    """The content of a file, in memory."""
    stream = io.BytesIO()
    put(content, stream)
    return stream.getvalue()


def write_whole(path: Path, data: FileContent, *, replace: bool = True) -> None:
    """Write a file whole or not at all: into a hidden file beside it, flushed to disk, then put in its place.

    Args:
        path: the file to write; where it is a link, the file it points to is replaced and the link stays.
        data: its content, or what writes it.
        replace: whether an existing file may be replaced.

    Raises:
        UsageError: the file exists and may not be replaced, or cannot be written.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise UsageError(f"输出路径是一个文件夹：{display_path(path)}。请用 -o 写出文件名")
        if target.exists() and not target.is_file():
            raise UsageError(f"输出路径不是普通文件（是管道或设备）：{display_path(path)}。请用 -o 换一个文件名")
        if target.exists() and not replace:
            raise UsageError(f"文件已存在，没有覆盖：{display_path(path)}。要覆盖请加 --force，或用 -o 换一个文件名")
        if not target.parent.is_dir():
            raise UsageError(f"文件夹不存在：{display_path(path.parent)}。请先建好文件夹，或用 -o 换一个位置")
        _write(target, data, replace=replace)
    except FileExistsError as error:
        raise UsageError(
            f"文件已存在，没有覆盖：{display_path(path)}。要覆盖请加 --force，或用 -o 换一个文件名"
        ) from error
    except UnicodeEncodeError as error:  # a system that is not set up for Chinese names
        raise UsageError(f"这台电脑的系统编码写不出这个文件名：{display_path(path)}。请用 -o 换一个文件名") from error
    except OSError as error:
        raise UsageError(
            f"文件写不了：{display_path(path)}（{reason(error)}）。"
            "如果正在 Word、WPS 或 Excel 中打开，请先关闭；否则检查权限和磁盘空间"
        ) from error


def _write(target: Path, data: FileContent, *, replace: bool) -> None:
    """Signals wait while the hidden file comes and goes, so that none is left behind; not while the disk works."""
    before = _hold_signals()
    try:
        handle, name = hidden_file(target)
        stream = os.fdopen(handle, "wb")
        try:
            _let_signals(before)
            put(data, stream)
            stream.flush()
            os.fsync(stream.fileno())
            _hold_signals()
            if os.name == "nt":
                stream.close()  # no open file can be moved there; elsewhere its lock must outlive the move
            _like(target, name)
            if replace:
                os.replace(name, target)  # noqa: PTH105 - the atomic one on every system
            else:
                _put_new(name, target)
        finally:
            _hold_signals()
            with contextlib.suppress(OSError):  # the disk may be full: what waits in memory is not wanted any more
                stream.close()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108 - gone already where all went well
    finally:
        _let_signals(before)


def _hold_signals() -> set[int | signal.Signals]:
    """Let Ctrl-C and the request to stop wait; what was held before.  Windows cannot do that."""
    if sys.platform == "win32":
        return set()
    return signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})


def _let_signals(before: set[int | signal.Signals]) -> None:
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _put_new(name: str, target: Path) -> None:
    """Give the finished file its name unless another program took it in the meantime."""
    try:
        os.link(name, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links (FAT): the check before is all there is
        os.replace(name, target)  # noqa: PTH105


def _like(target: Path, name: str) -> None:
    """Give the finished file the permissions and the owner of the one it replaces, or those a new file gets here."""
    try:
        old = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # only root may give a file away
            os.chown(name, old.st_uid, old.st_gid)
    Path(name).chmod(stat.S_IMODE(old.st_mode))


def hidden_file(target: Path) -> tuple[int, str]:
    """A new hidden file ``.NAME.zhijiao20.tmp`` beside ``target``, open for writing and locked as long as it is open.

    What a killed run left behind under that name gives way, so there is never more than one; where another run is at
    work on the same output, the name is another one (``.NAME.….tmp``).
    """
    raw = os.fsencode(target.name)
    cut = raw[:_STEM_BYTES].decode(sys.getfilesystemencoding(), "ignore")  # never in the middle of a character
    stem = target.name if len(raw) <= _STEM_BYTES else cut
    name = str(target.with_name(f".{stem}.zhijiao20.tmp"))
    for _ in range(2):
        try:
            handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        except FileExistsError:
            if not _gave_way(name):
                break
            continue
        if _lock(handle, name):
            return handle, name
        os.close(handle)
    import tempfile

    return tempfile.mkstemp(prefix=f".{stem}.", suffix=".tmp", dir=target.parent)


def _gave_way(name: str) -> bool:
    """Remove a hidden file that nobody writes any more; never what is no plain file, nor what a link leads to."""
    try:
        handle = os.open(name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return False
        if sys.platform == "win32":
            os.close(handle)
            handle = -1
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(name)  # noqa: PTH108
    except OSError:  # it is being written
        return False
    finally:
        if handle >= 0:
            os.close(handle)
    return True


def _lock(handle: int, name: str) -> bool:
    """Lock our own new file; False where another run took it for one left behind before the lock was there."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # a file system without locks: then nobody can take it away either
            return True
        try:
            return os.path.samestat(os.fstat(handle), os.stat(name, follow_symlinks=False))  # noqa: PTH116
        except FileNotFoundError:
            return False
    return True
