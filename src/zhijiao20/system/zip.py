"""The archive behind .docx and .xlsx: opened within bounds, its parts read one by one."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from zhijiao20.core.limits import DEFAULT, Limits

DOUBLED = "压缩包里有重名的部件"

_TIME = (1980, 1, 1, 0, 0, 0)  # the same bytes on any day
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # all that an Office file may use; others cost memory to unpack
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    LookupError,
)


class ArchiveError(Exception):
    """An archive is not opened.  Its text says why in Chinese; empty where it is damaged, encrypted or none at all."""


class HostileArchiveError(ArchiveError):
    """No program of an office makes such an archive: saving it once more is no remedy."""


class Archive:
    """An opened archive within the limits.

    Attributes:
        names: its parts, folders left out, in the order of the archive.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._infos = {info.filename: info for info in archive.infolist() if not _is_folder(info)}
        self._archive = archive
        self.names = tuple(self._infos)

    def read(self, name: str) -> bytes:
        """The content of a part.

        Raises:
            ArchiveError: it is damaged.
            KeyError: there is no such part.
        """
        info = self._infos[name]
        try:
            with self._archive.open(info) as part:
                content = part.read(info.file_size + 1)  # read() alone unpacks all before it looks at the size
        except _DAMAGE as error:
            raise ArchiveError from error
        if len(content) != info.file_size:
            raise ArchiveError
        return content


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Whether an entry is a folder; ``ZipInfo.is_dir`` fails on one without a name."""
    return info.filename.endswith("/")


@contextmanager
def opened(data: bytes, limits: Limits = DEFAULT) -> Iterator[Archive]:
    """Open an archive; nothing is unpacked before its size, its number of parts and their names are checked.

    Raises:
        ArchiveError: it is no archive, damaged, encrypted, too large, or has two parts of one name.
    """
    too_large = f"解压后超过 {limits.unpacked_mib} MiB 或 {limits.parts} 个部件"
    if data.count(_DIRECTORY_ENTRY) > limits.parts:  # before a million entries become a million objects
        raise HostileArchiveError(too_large)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise ArchiveError from error
    with archive:
        infos = [info for info in archive.infolist() if not _is_folder(info)]
        if len(infos) > limits.parts or sum(info.file_size for info in infos) > limits.unpacked_mib * 2**20:
            raise HostileArchiveError(too_large)
        if len({_plain(info.filename) for info in infos}) != len(infos):
            raise HostileArchiveError(DOUBLED)
        if any(info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS for info in infos):
            raise ArchiveError
        yield Archive(archive)


def _plain(name: str) -> str:
    """A part's name as Office compares it: whatever its case, and some programs write backslashes."""
    return name.replace("\\", "/").lower()


def packed(parts: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """An archive of these parts in this order: the same bytes wherever and whenever it is made.

    Args:
        parts: name → content; a large one piece by piece, so that it is never there as a whole.
    """
    stream = io.BytesIO()
    pack_parts(stream, parts)
    return stream.getvalue()


def pack_parts(stream: IO[bytes], parts: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Write an archive likewise; a part may come piece by piece."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            if isinstance(content, bytes):
                archive.writestr(info, content)
                continue
            with archive.open(info, "w") as part:
                part.writelines(content)
