"""What only this user knows: the entries of a cache are sealed with it, so none is believed that others have made."""

from __future__ import annotations

import os
import stat
from pathlib import Path

NAME = "secret"

_BYTES = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def own_folder() -> Path | None:
    """The folder of the user's own cache; None where there is none, as without a home."""
    from platformdirs import user_cache_path

    folder = user_cache_path("zhijiao20", appauthor=False)
    return folder if folder.is_absolute() else None


def own_secret() -> bytes:
    """The user's secret, made at its first use.

    It is kept in the user's own folder whatever project is worked on: a project's folder may come from a stranger.

    Raises:
        OSError: there is no such folder, or nothing can be kept in it for nobody else to read.
    """
    folder = own_folder()
    if folder is None:
        raise FileNotFoundError("no folder of the user's own")
    path = folder / NAME
    return _read(path) or _made(path)


def _read(path: Path) -> bytes | None:
    """The secret; None where there is none, it is not whole, or others may look at it or change it."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    open_to_others = os.name != "nt" and status.st_mode & _OTHERS  # Windows guards the folder
    if not stat.S_ISREG(status.st_mode) or status.st_size != _BYTES or open_to_others:
        return None
    return path.read_bytes()


def _made(path: Path) -> bytes:
    """A new one in the place of what is none; two programs that make it at once agree on the last."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(os.urandom(_BYTES))
    made = _read(path)
    if made is None:
        raise PermissionError(f"not kept for this user alone: {path}")
    return made
