"""Unpack the members of an archive that may be status files into a private folder, under names of our own."""

from __future__ import annotations

import itertools
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.system.archive_names import clean_name, decode_zip_names, is_passed_over
from zhijiao20.system.zip import DAMAGE_ERRORS

MEMBERS_LIMIT = 20_000
UNPACKED_LIMIT = 2 * 2**30
_DIRECTORY_LIMIT = MEMBERS_LIMIT * 350  # bytes: longer names than people give
_CHUNK = 2**20
_ENCRYPTED_FLAG = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"

SPLIT_HINT = "请先解压，再把解压出来的文件夹交给程序"


class StoreError(OSError):
    """The private folder cannot be written."""


class UnpackError(Exception):
    """An archive, or a member of it, that cannot be unpacked.

    Attributes:
        message: the reason, in Chinese.
        hint: what to do, in Chinese.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive.

    Attributes:
        name: its name in the archive, which is only shown.
        path: where its content is; None where it was not unpacked.
        error: why not, if it should have been.
    """

    name: str
    path: Path | None = None
    error: UnpackError | None = None


@dataclass(slots=True)
class Store:
    """A private folder for the members of archives.

    Attributes:
        folder: the folder.
        wanted: tells from its name whether a member may be a status file.
        limits: how large a member may be.
        left: bytes that may still be unpacked from the archive.
        passed_over: number of members that systems and programs leave behind.
    """

    folder: Path
    wanted: Callable[[str], bool]
    limits: Limits = DEFAULT
    left: int = UNPACKED_LIMIT
    passed_over: int = 0
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def keep(self, stream: IO[bytes], size: int) -> Path:
        """Write a member into the folder, and return where.

        Args:
            stream: its content.
            size: its size as the archive states it.

        Raises:
            UnpackError: it is too large or damaged.
            StoreError: the disk is full.
        """
        limit = self.limits.file_mib * 2**20
        if size > limit:
            message = f"解压后有 {-(-size // 2**20)} MiB，超过 {self.limits.file_mib} MiB 的上限"
            raise UnpackError(message, "填报文件不该这么大，请检查内容")
        path = self.folder / f"{next(self._numbers):06}"
        total = 0
        try:
            with _storing():
                target = path.open("xb")
            with target:
                while chunk := stream.read(min(_CHUNK, size + 1 - total)):
                    total += len(chunk)
                    self.left -= len(chunk)
                    if total > size or self.left < 0:
                        break
                    with _storing():
                        target.write(chunk)
                        target.flush()
        except StoreError:
            raise
        except DAMAGE_ERRORS as error:
            raise _damaged() from error
        if self.left < 0:
            raise too_large()
        if total != size:
            raise _damaged()
        return path


@contextmanager
def _storing() -> Iterator[None]:
    """Tell an error in writing from one in reading a damaged archive."""
    try:
        yield
    except OSError as error:
        raise StoreError(error.errno, error.strerror) from error


def unpack_zip(source: Path, store: Store) -> list[Member]:
    """Unpack the wanted members of a .zip.

    Args:
        source: the archive.
        store: where they are written.

    Returns:
        The members in order, without folders and those that systems leave behind.

    Raises:
        UnpackError: the archive is damaged or too large.
        StoreError: the disk is full.
    """
    try:
        _check_directory(source)
        with zipfile.ZipFile(source) as archive:
            infos = archive.infolist()
            if len(infos) > MEMBERS_LIMIT or sum(info.file_size for info in infos) > store.left:
                raise too_large()
            members = []
            for info, name in zip(infos, map(clean_name, decode_zip_names(infos)), strict=True):
                if info.orig_filename.endswith(("/", "\\")) or not name:
                    continue
                if is_passed_over(name):
                    store.passed_over += 1
                    continue
                members.append(_unpack_member(archive, info, name, store))
            return members
    except StoreError:
        raise
    except DAMAGE_ERRORS as error:
        raise UnpackError("压缩包已损坏", "请重新打包，或请对方重发一次") from error


def zip_names(source: Path) -> list[str]:
    """Return the names of the members of a .zip as they stand there; empty if they cannot be read."""
    try:
        _check_directory(source)
        with zipfile.ZipFile(source) as archive:
            return archive.namelist()
    except (UnpackError, *DAMAGE_ERRORS):
        return []


def _unpack_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, store: Store) -> Member:
    """Unpack a member if it is wanted."""
    if not store.wanted(name):
        return Member(name)
    if (refused := _refused(info)) is not None:
        return Member(name, error=refused)
    try:
        with archive.open(info) as stream:
            return Member(name, store.keep(stream, info.file_size))
    except UnpackError as error:
        if store.left < 0:
            raise
        return Member(name, error=error)
    except StoreError:
        raise
    except DAMAGE_ERRORS:
        return Member(name, error=_damaged())


def _refused(info: zipfile.ZipInfo) -> UnpackError | None:
    """Return why a member is not unpacked, None if it is."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return link_refused()
    if info.flag_bits & _ENCRYPTED_FLAG:
        return encrypted()
    return None if info.compress_type in _METHODS else UnpackError("用了少见的压缩方式，没有读取", SPLIT_HINT)


def _check_directory(source: Path) -> None:
    """Refuse a directory that is too large before ``zipfile`` makes an object of each entry.

    Raises:
        UnpackError: it is too large, or there is none.
    """
    with source.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or at + 20 > len(tail):
        raise UnpackError("压缩包不完整", "请重新打包，或请对方重发一次")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if tail[at - 20 : at - 16] == _LOCATOR_64 and (at_64 := tail.rfind(_END_64, 0, at)) >= 0:
        count, length = struct.unpack_from("<QQ", tail.ljust(at_64 + 56, b"\0"), at_64 + 32)
    if count > MEMBERS_LIMIT or length > _DIRECTORY_LIMIT:
        raise too_large()


def too_large() -> UnpackError:
    """Return the error for an archive that exceeds the limits."""
    message = f"压缩包解开后超过 {UNPACKED_LIMIT // 2**30} GiB，或里面超过 {MEMBERS_LIMIT // 10_000} 万个文件"
    return UnpackError(message, "请核对压缩包的来源；确是报送的，请分成几个")


def encrypted() -> UnpackError:
    """Return the error for a member with a password."""
    return UnpackError("压缩包加了密码", "请用密码解压，再把解压出来的文件夹交给程序；或请对方去掉密码重新打包")


def link_refused() -> UnpackError:
    """Return the error for a link, a device or the like."""
    return UnpackError("压缩包里的这一项是链接，不是文件", "请对方把文件本身打进压缩包")


def _damaged() -> UnpackError:
    return UnpackError("压缩包里的这个文件已损坏", "请重新打包，或请对方重发一次")
