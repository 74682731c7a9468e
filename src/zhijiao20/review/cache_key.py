"""The user's secret key, which authenticates cache entries: entries made by other users are not accepted."""

from __future__ import annotations

import os
import stat
from pathlib import Path

NAME = "secret"

_BYTES = 32
_OTHERS_ACCESS = stat.S_IRWXG | stat.S_IRWXO


def own_folder() -> Path | None:
    """Return the user's cache folder; None if there is none, for example without a home folder."""
    from platformdirs import user_cache_path

    folder = user_cache_path("zhijiao20", appauthor=False)
    return folder if folder.is_absolute() else None


def own_secret() -> bytes:
    """Return the user's secret key; create it at the first use.

    It is stored in the user's own folder for every project, because a project folder may come from an untrusted source.

    Raises:
        OSError: there is no such folder, or the key cannot be stored so that only this user can read it.
    """
    folder = own_folder()
    if folder is None:
        raise FileNotFoundError("no folder of the user's own")
    path = folder / NAME
    return _read(path) or _create(path)


def _read(path: Path) -> bytes | None:
    """Return the key; None if it is missing, incomplete, or accessible to other users."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    accessible_to_others = os.name != "nt" and status.st_mode & _OTHERS_ACCESS  # Windows protects the folder
    if not stat.S_ISREG(status.st_mode) or status.st_size != _BYTES or accessible_to_others:
        return None
    return path.read_bytes()


def _create(path: Path) -> bytes:
    """Create a key in place of an invalid one; if two processes do so, the last key is used."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(os.urandom(_BYTES))
    key = _read(path)
    if key is None:
        raise PermissionError(f"not kept for this user alone: {path}")
    return key
