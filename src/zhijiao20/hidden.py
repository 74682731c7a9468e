"""The hidden file beside an output, into which it is written before it takes its name."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_STEM_BYTES = 230  # file systems allow 255 for a name


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
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # a file system without locks: then nobody can take it away either
        return True
    try:
        return os.path.samestat(os.fstat(handle), os.stat(name, follow_symlinks=False))  # noqa: PTH116
    except FileNotFoundError:
        return False
