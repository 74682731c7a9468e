"""Remember which files the program wrote for the office: they are no status files, although some look like ones.

The list is in the user's cache folder.  A file counts as written by the program as long as its content is what was
written to this path, and as long as what it was made of is read, too; any other one is an ordinary file: one that was
changed since, that somebody else put in its place, or that was merged from files elsewhere to be handed up.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from zhijiao20.system.windows import comparable

_NAME = "written"
_MAX_BYTES = 1_000_000
_LARGEST = 256 * 2**20


Written: TypeAlias = "Mapping[str, frozenset[tuple[str, str]]]"
"""Real path of a file → digests of what was written to it, each with the folder that held the files it was made of."""


def remember_written(path: Path, sources: Sequence[Path], folder: Path | None) -> None:
    """Add a file that was written to the list; without a place for the list, or if it cannot be read, nothing is done.

    Args:
        path: the file.
        sources: the files and folders that it was made of.
        folder: the user's cache folder.
    """
    if folder is None:
        return
    with contextlib.suppress(OSError, ValueError):  # also sources on several drives, and names that are no text
        source = os.path.commonpath(list(map(comparable, sources)))
        line = "\t".join((_digest(path), source, comparable(path)))
        if "\n" in line or line.count("\t") != 2:
            return
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / _NAME
        long = file.exists() and file.stat().st_size > _MAX_BYTES
        with file.open("w" if long else "a", encoding="utf-8", newline="\n") as stream:
            stream.write(f"{line}\n")


def written_files(folder: Path | None) -> Written:
    """Return what was written by its real path; empty if there is no list."""
    found: dict[str, frozenset[tuple[str, str]]] = {}
    if folder is not None:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            for line in (folder / _NAME).read_text(encoding="utf-8").split("\n"):
                if line.count("\t") == 2:
                    digest, source, path = line.split("\t")
                    found[path] = found.get(path, frozenset()) | {(digest, source)}
    return found


def is_as_written(path: str, top: str, files: Written) -> bool:
    """Check whether a file has the content that was written, and what it was made of is read in this run, too.

    A table that was merged from files elsewhere is the only place of their texts: it stays input.

    Args:
        path: the file.
        top: the real path of the folder that is read.
        files: what was written.
    """
    digests = {digest for digest, source in files.get(comparable(path), ()) if _is_below(source, top)}
    if not digests:
        return False
    try:
        return _digest(Path(path)) in digests
    except OSError:
        return False


def _is_below(path: str, top: str) -> bool:
    """Check whether a file or folder exists, and is a folder or lies below it."""
    try:
        return os.path.commonpath([path, top]) == top and os.path.lexists(path)
    except ValueError:  # on another drive
        return False


def _digest(path: Path) -> str:
    """Return the digest of a file.

    Raises:
        OSError: it cannot be read, or is larger than anything that the program writes.
    """
    if path.stat().st_size > _LARGEST:
        raise OSError("too large")
    return hashlib.blake2b(path.read_bytes(), digest_size=20).hexdigest()
