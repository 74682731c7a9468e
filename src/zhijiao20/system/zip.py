"""Read and write the ZIP archives of .docx and .xlsx; reading is limited in size."""

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

_ENTRY_TIME = (1980, 1, 1, 0, 0, 0)  # fixed, so that the same parts always give the same bytes
_DIRECTORY_SIGNATURE = b"PK\x01\x02"
_ENCRYPTED_FLAG = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # all that Office files may use; others need much memory
DAMAGE_ERRORS = (
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
"""What ``zipfile`` raises for a damaged archive; ``OSError`` for a place outside the file."""


class ArchiveError(Exception):
    """An archive that cannot be opened.

    The message is the reason in Chinese, or empty if the file is damaged, encrypted or not an archive.
    """


class HostileArchiveError(ArchiveError):
    """An archive that no office program creates; saving the file again does not help."""


class Archive:
    """An open archive that is within the limits.

    Attributes:
        names: names of its parts without folders, in the order of the archive.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._infos = {info.filename: info for info in archive.infolist() if not _is_folder(info)}
        self._archive = archive
        self.names = tuple(self._infos)

    def read(self, name: str) -> bytes:
        """Read the content of a part.

        Raises:
            ArchiveError: the part is damaged.
            KeyError: there is no such part.
        """
        info = self._infos[name]
        try:
            with self._archive.open(info) as part:
                content = part.read(info.file_size + 1)  # read() without a size decompresses everything first
        except DAMAGE_ERRORS as error:
            raise ArchiveError from error
        if len(content) != info.file_size:
            raise ArchiveError
        return content


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Check whether an entry is a folder; ``ZipInfo.is_dir`` fails on an entry without a name."""
    return info.filename.endswith("/")


@contextmanager
def open_archive(data: bytes, limits: Limits = DEFAULT) -> Iterator[Archive]:
    """Open an archive after checking its size, its number of parts and their names.

    Nothing is decompressed before these checks.

    Raises:
        ArchiveError: it is not an archive, damaged, encrypted or too large, or two parts have the same name.
    """
    too_large = f"解压后超过 {limits.unpacked_mib} MiB 或 {limits.parts} 个部件"
    if data.count(_DIRECTORY_SIGNATURE) > limits.parts:  # checked before ZipFile creates one object per entry
        raise HostileArchiveError(too_large)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE_ERRORS as error:
        raise ArchiveError from error
    with archive:
        infos = [info for info in archive.infolist() if not _is_folder(info)]
        if len(infos) > limits.parts or sum(info.file_size for info in infos) > limits.unpacked_mib * 2**20:
            raise HostileArchiveError(too_large)
        if len({_normalize_name(info.filename) for info in infos}) != len(infos):
            raise HostileArchiveError(DOUBLED)
        if any(info.flag_bits & _ENCRYPTED_FLAG or info.compress_type not in _METHODS for info in infos):
            raise ArchiveError
        yield Archive(archive)


def _normalize_name(name: str) -> str:
    """Normalize a part name as Office compares it: without case, backslash as slash."""
    return name.replace("\\", "/").lower()


def pack_bytes(parts: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """Return an archive of the parts in order; the same parts always give the same bytes.

    Args:
        parts: name → content; as an iterable of chunks, a large content is never complete in memory.
    """
    stream = io.BytesIO()
    pack_parts(stream, parts)
    return stream.getvalue()


def pack_parts(stream: IO[bytes], parts: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Write an archive of the parts to a stream, like ``pack_bytes``."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _ENTRY_TIME)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            if isinstance(content, bytes):
                archive.writestr(info, content)
                continue
            with archive.open(info, "w") as part:
                part.writelines(content)
