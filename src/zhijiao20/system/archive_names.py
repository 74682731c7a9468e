"""Decode and judge the names of the members of an archive; no name is ever used as a path."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

_UTF8_FLAG = 0x800
_UNICODE_FIELD = 0x7075
_DRIVE = re.compile(r"^[A-Za-z]:")
_SYSTEM_NAMES = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


def decode_zip_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the names of the members of a .zip.

    A name is in UTF-8 if it says so.  Others are in UTF-8 if all of them can be, as programs on a Mac write them; else
    in GBK, as Windows writes them in China; else in the encoding of the standard.

    Args:
        infos: the members as ``zipfile`` lists them.
    """
    raw = [None if info.flag_bits & _UTF8_FLAG else info.orig_filename.encode("cp437") for info in infos]
    guessed = "utf-8" if all(name is None or _decoded(name, "utf-8") is not None for name in raw) else "gb18030"
    names = []
    for info, name in zip(infos, raw, strict=True):
        if name is None:
            names.append(info.orig_filename)
        else:
            names.append(_unicode_field(info.extra, name) or _decoded(name, guessed) or name.decode("cp437"))
    return names


def decode_name(name: str) -> str:
    """Return a name in which bytes that are not UTF-8 are escaped; they are read as GBK."""
    raw = name.encode("utf-8", "surrogateescape")
    return _decoded(raw, "utf-8") or _decoded(raw, "gb18030") or raw.decode("utf-8", "replace")


def _decoded(name: bytes, encoding: str) -> str | None:
    try:
        return name.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unicode_field(extra: bytes, name: bytes) -> str | None:
    """Return the name in the extra field for Unicode names, if it belongs to this name."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_FIELD and len(field) > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(name):
            return _decoded(field[5:], "utf-8")
        at += 4 + length
    return None


def clean_name(name: str) -> str:
    """Return a name without anything that leads out of the archive: drives, leading slashes, ``..``."""
    parts = _DRIVE.sub("", name.replace("\\", "/").partition("\0")[0]).split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."})


def is_passed_over(name: str) -> bool:
    """Check whether a member is one of those that systems and programs leave behind, not people."""
    parts = name.split("/")
    return any(part.startswith((".", "~$")) or part in _SYSTEM_NAMES for part in parts)
