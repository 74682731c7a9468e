"""Write output files atomically, by a hidden temporary file that is renamed, under names valid on every system."""

from __future__ import annotations

import contextlib
import io
import os
import re
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeAlias

from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.system.os_errors import reason
from zhijiao20.system.windows import any_length, is_open_elsewhere, is_reserved, name_problem, real_path

if sys.platform != "win32":
    import fcntl

_STEM_BYTES = 230  # bytes; file systems allow 255 for a file name
_NAME_BYTES = 240  # the same, less what the name of the temporary file is longer
_SAFE_BYTES = 200  # of a name that is made for a unit, with room for a number behind it
_FORBIDDEN_CHARS = re.compile(r'[\\/:*?"<>|]')

FileContent: TypeAlias = bytes | Callable[[IO[bytes]], None]
"""The content of a file: its bytes, or a function that writes them to a stream."""


def put(content: FileContent, stream: IO[bytes]) -> None:
    """Write the content of a file to a stream."""
    if isinstance(content, bytes):
        stream.write(content)
    else:
        content(stream)


def as_bytes(content: FileContent) -> bytes:
    """Return the content of a file as bytes."""
    stream = io.BytesIO()
    put(content, stream)
    return stream.getvalue()


def write_whole(path: Path, data: FileContent, *, replace: bool = True) -> None:
    """Write a file atomically: to a hidden temporary file, flushed to disk, then renamed.

    Args:
        path: the file to write; if it is a symbolic link, its target is replaced and the link is kept.
        data: its content, or a function that writes it.
        replace: whether an existing file may be replaced.

    Raises:
        UsageError: the file exists and may not be replaced, or it cannot be written.
    """
    if os.name == "nt" and (problem := name_problem(path.name)):
        raise UsageError(f"Windows 里不能用这个文件名：{display_path(path)}（{problem}）。请用 -o 换一个文件名")
    try:
        target = any_length(Path(real_path(any_length(path))))
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
    except UnicodeEncodeError as error:  # the file system encoding cannot represent the name
        raise UsageError(f"这台电脑的系统编码写不出这个文件名：{display_path(path)}。请用 -o 换一个文件名") from error
    except OSError as error:
        raise UsageError(_write_problem(path, error)) from error


def _write_problem(path: Path, error: OSError) -> str:
    """Return the message for a file that cannot be written."""
    if isinstance(error, PermissionError) and is_open_elsewhere(any_length(path)):
        return (
            f"文件写不了：{display_path(path)}（正在 Word、WPS、Excel 或别的程序中打开）。"
            "请先关闭它，再运行一次；原来的文件没有动"
        )
    return (
        f"文件写不了：{display_path(path)}（{reason(error)}）。"
        "如果正在 Word、WPS 或 Excel 中打开，请先关闭；否则检查权限和磁盘空间"
    )


def _write(target: Path, data: FileContent, *, replace: bool) -> None:
    """Write through a hidden temporary file.

    Signals are blocked while the temporary file is created, renamed or deleted, so that none remains after an
    interruption; they are not blocked while the content is written to disk.
    """
    old_mask = block_signals()
    try:
        handle, name = hidden_file(target)
        stream = os.fdopen(handle, "wb")
        try:
            restore_signals(old_mask)
            put(data, stream)
            stream.flush()
            os.fsync(stream.fileno())
            block_signals()
            if os.name == "nt":
                stream.close()  # Windows cannot rename an open file; elsewhere it stays locked until it is renamed
            _copy_permissions(target, name)
            if replace:
                os.replace(name, target)  # noqa: PTH105 - atomic on every system
            else:
                _rename_new(name, target)
        finally:
            block_signals()
            with contextlib.suppress(OSError):  # flushing fails on a full disk; the data is not needed
                stream.close()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108 - after success it may be renamed already
    finally:
        restore_signals(old_mask)


def block_signals() -> set[int | signal.Signals]:
    """Block SIGINT and SIGTERM and return the previous signal mask; do nothing on Windows."""
    if sys.platform == "win32":
        return set()
    return signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})


def restore_signals(old_mask: set[int | signal.Signals]) -> None:
    """Set the signal mask that ``block_signals`` returned; a signal that came meanwhile is heard now."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_SETMASK, old_mask)


def _rename_new(name: str, target: Path) -> None:
    """Give the temporary file its final name unless that file exists by now."""
    try:
        os.link(name, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links (FAT): only the earlier check is possible
        os.replace(name, target)  # noqa: PTH105


def _copy_permissions(target: Path, name: str) -> None:
    """Copy permissions and owner of the replaced file, or set the default permissions of a new file.

    Windows has neither; setting them there would store that the file is hidden where the server of a share says so of
    every name with a leading dot, and it would stay hidden under its final name.
    """
    if os.name == "nt":
        return
    try:
        old = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # only root may change the owner
            os.chown(name, old.st_uid, old.st_gid)
    Path(name).chmod(stat.S_IMODE(old.st_mode))


def hidden_file(target: Path, suffix: str = ".tmp") -> tuple[int, str]:
    """Create a hidden temporary file ``.NAME.zhijiao20.tmp`` beside ``target``; locked while open.

    Return its file descriptor, open for writing, and its name.  A file of this name left by a killed run is deleted,
    so there is at most one.  If another run is writing the same output, a random name is used (``.NAME.….tmp``).

    Args:
        target: the file.
        suffix: what the name ends with.
    """
    raw = os.fsencode(target.name)
    cut = raw[:_STEM_BYTES].decode(sys.getfilesystemencoding(), "ignore")  # drops an incomplete last character
    stem = target.name if len(raw) <= _STEM_BYTES else cut
    name = str(target.with_name(f".{stem}.zhijiao20{suffix}"))
    for _ in range(2):
        try:
            handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        except FileExistsError:
            if not _delete_stale(name):
                break
            continue
        if _lock(handle, name):
            return handle, name
        os.close(handle)
    import tempfile

    return tempfile.mkstemp(prefix=f".{stem}.", suffix=suffix, dir=target.parent)


def _delete_stale(name: str) -> bool:
    """Delete a stale temporary file; return False if it is in use, a link or not a regular file."""
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
    except OSError:  # another run is writing it
        return False
    finally:
        if handle >= 0:
            os.close(handle)
    return True


def _lock(handle: int, name: str) -> bool:
    """Lock the new file; return False if another run deleted it as stale before it was locked."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # a file system without locks: other runs cannot delete it as stale either
            return True
        try:
            return os.path.samestat(os.fstat(handle), os.stat(name, follow_symlinks=False))  # noqa: PTH116
        except FileNotFoundError:
            return False
    return True


def default_name(unit: str, kind: str) -> str:
    """Return a file name for a unit that is valid on every system and is never a path.

    Raises:
        UsageError: the unit name cannot be used as a file name.
    """
    name = _FORBIDDEN_CHARS.sub("_", unit).strip().lstrip(".~").rstrip(". ")
    if not name or is_reserved(name) or len(name.encode("utf-8", "replace")) > _NAME_BYTES:
        raise UsageError(f"单位“{unit[:40]}”不能直接用作文件名。请用 -o 指定文件名，如 -o 填报.{kind}")
    return f"{name}.{kind}"


def safe_name(text: str) -> str:
    """Return a text as the stem of a file or the name of a folder that is valid on every system; never fails.

    What Windows does not allow becomes ``_``, a reserved name gets ``_`` in front, and a name that is too long is cut.
    """
    return _safe_name(text)[0]


def why_renamed(text: str) -> str:
    """Return why ``safe_name`` returns another name than the text; empty where it returns the text."""
    return "、".join(_safe_name(text)[1])


def _safe_name(text: str) -> tuple[str, list[str]]:
    why: list[str] = []
    name = _FORBIDDEN_CHARS.sub("_", text).strip().lstrip(".~").rstrip(". ")
    if name != text:
        why.append("名称里有文件名不能用的字")
    if not name or is_reserved(name):
        why += ["名称是系统保留的"] if name else []
        name = f"_{name}"
    raw = name.encode("utf-8", "replace")
    if len(raw) > _SAFE_BYTES:
        why.append("名称太长，文件名里放不下")
        name = raw[:_SAFE_BYTES].decode("utf-8", "ignore").rstrip(". ")
    return name, why
