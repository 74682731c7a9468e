"""Tell what a file is as it arrives, before it is read: an archive, a document, or what can hold no status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.unread import OFFICE_STARTS, OFFICE_SUFFIXES, PEEKED, real_suffix
from zhijiao20.formats.old import recognize
from zhijiao20.formats.registry import BY_SUFFIX, KNOWN_SUFFIXES

if TYPE_CHECKING:
    from zhijiao20.review.file_result import Sources
    from zhijiao20.system.unpack import Member, Store

_ZIP = b"PK"
_SEARCHED = KNOWN_SUFFIXES | OFFICE_SUFFIXES


def unpack(path: Path, store: Store) -> list[Member]:
    """Unpack an archive with the program for its kind."""
    from zhijiao20.system.unpack import unpack_zip
    from zhijiao20.system.unpack_rar import unpack_rar

    return unpack_zip(path, store) if begin_of(path).startswith(_ZIP) else unpack_rar(path.absolute(), store)


def is_archive(file: Path, path: Path, begin: bytes) -> bool:
    """Check whether a file is an archive and not named as a document.

    Args:
        file: what it is called.
        path: where it is.
        begin: its first bytes.
    """
    if file.suffix.lower() in KNOWN_SUFFIXES:
        return False
    from zhijiao20.system.unpack import zip_names

    return recognize.is_archive(begin, lambda: zip_names(path))


def is_wanted(name: str) -> bool:
    """Check by its name whether a member of an archive is unpacked: it may hold a status, or be an archive."""
    suffix = real_suffix(name)
    return not suffix or suffix in _SEARCHED


def may_hold_a_status(name: str, begin: bytes) -> bool:
    """Check by its first bytes whether an unpacked member may hold a status; a name need not tell."""
    return real_suffix(name) != "" or begin.startswith(OFFICE_STARTS)


def is_text(file: Path, sources: Sources) -> bool:
    """Check whether a file is plain text by its name and its first bytes.

    Args:
        file: what it is called.
        sources: where the content of files is that are not read as they are.
    """
    kind, source = BY_SUFFIX.get(file.suffix.lower()), sources.get(file)
    begin = begin_of(source.path if source else file)
    return kind is not None and not kind.zip_folder and not begin.startswith(OFFICE_STARTS)


def begin_of(file: Path) -> bytes:
    """Return the first bytes of a regular file; empty if it cannot be read, which is told when it is read."""
    try:
        if not file.is_file():  # a pipe would make this wait
            return b""
        with file.open("rb", buffering=0) as stream:
            return stream.read(PEEKED)
    except OSError:
        return b""
