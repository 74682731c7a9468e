"""Unpack .rar and .7z with bsdtar, which Windows 10 has as tar.exe: it writes one stream, which is read as a .tar."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from zhijiao20.system.archive_names import clean_name, decode_name, is_passed_over
from zhijiao20.system.bounded_process import BoundedProcess, Bounds
from zhijiao20.system.clean_environment import clean_environment
from zhijiao20.system.programs import find_program
from zhijiao20.system.unpack import (
    MEMBERS_LIMIT,
    SPLIT_HINT,
    UNPACKED_LIMIT,
    Member,
    Store,
    UnpackError,
    encrypted,
    link_refused,
    too_large,
)

_SECONDS = 120
_MIB = 2**20
_POLL = 0.1
_ZIP_END, _SEARCHED = b"PK\x05\x06", 65_536  # bytes at the end, of which bsdtar searches 16,384
_NO_PROGRAM = "这台电脑没有能解开它的程序（Windows 10 以上自带）"


def bsdtar_path() -> str | None:
    """Return the full path of bsdtar, None where it is not installed."""
    if sys.platform == "win32":
        return find_program((), [os.path.join(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", "tar.exe")])  # noqa: PTH118
    return find_program(("bsdtar",), ("/usr/bin/bsdtar",))


def unpack_rar(source: Path, store: Store) -> list[Member]:
    """Unpack the wanted members of a .rar or .7z.

    Args:
        source: the archive.
        store: where they are written.

    Raises:
        UnpackError: bsdtar is not installed, or the archive is damaged, encrypted or too large.
    """
    program = bsdtar_path()
    if program is None:
        raise UnpackError(_NO_PROGRAM, f"{SPLIT_HINT}；或请对方打成 .zip 重发")
    with _as_tar(program, source, store) as (stream, whole):
        members = _members(stream, store)
    if not whole:
        # An archive that ends in its middle: what comes behind is not known, so nothing of it is used.
        has_password = _says_password(program, source, store)
        raise encrypted() if has_password else UnpackError("压缩包已损坏，或格式太新", SPLIT_HINT)
    return members


def _members(stream: IO[bytes], store: Store) -> list[Member]:
    """Read the members from the stream of a .tar."""
    members: list[Member] = []
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for count, entry in enumerate(archive):
                name = clean_name(decode_name(entry.name))
                if count >= MEMBERS_LIMIT:
                    raise too_large()
                if entry.isdir() or not name:
                    continue
                if is_passed_over(name):
                    store.passed_over += 1
                    continue
                members.append(_unpack_member(archive, entry, name, store))
    except (tarfile.TarError, ValueError, EOFError):
        return members  # then bsdtar ended with an error, too
    return members


def _unpack_member(archive: tarfile.TarFile, entry: tarfile.TarInfo, name: str, store: Store) -> Member:
    """Unpack a member if it is wanted; links and devices never are."""
    if not store.wanted(name):
        return Member(name)
    try:
        content = archive.extractfile(entry) if entry.isreg() else None
        if content is None:
            raise link_refused()
        return Member(name, store.keep(content, entry.size))
    except UnpackError as error:
        if store.left < 0:
            raise
        return Member(name, error=error)


@contextmanager
def _as_tar(program: str, source: Path, store: Store) -> Iterator[tuple[IO[bytes], bool]]:
    """Let bsdtar write the archive as one .tar; yield it, and whether bsdtar ended well."""
    with tempfile.TemporaryFile(dir=store.folder) as stream:
        command = [program, "-c", "-f", "-", "--format", "pax", f"@{_without_zip_end(source, store)}"]
        whole = _run(command, store, stream, _bounds(store.left)) == 0
        stream.seek(0)
        yield stream, whole


def _without_zip_end(source: Path, store: Store) -> Path:
    """Return the archive, or a longer copy if it ends with a stored .docx, for which bsdtar would take the whole."""
    with source.open("rb") as stream:
        stream.seek(max(0, stream.seek(0, os.SEEK_END) - _SEARCHED))
        if _ZIP_END not in stream.read():
            return source
        copy = store.folder / "longer"
        stream.seek(0)
        with copy.open("wb") as target:
            shutil.copyfileobj(stream, target)
            target.write(bytes(_SEARCHED))
    return copy


def _says_password(program: str, source: Path, store: Store) -> bool:
    """Check whether bsdtar complains of a password."""
    with tempfile.TemporaryFile(dir=store.folder) as stream:
        _run([program, "-t", "-f", str(source)], store, subprocess.DEVNULL, _bounds(0), errors=stream)
        _run([program, "-x", "-O", "-f", str(source)], store, subprocess.DEVNULL, _bounds(0), errors=stream)
        stream.seek(0)
        told = stream.read(100_000).lower()
    return any(word in told for word in (b"passphrase", b"encrypt", b"password"))


def _run(
    command: list[str], store: Store, output: IO[bytes] | int, bounds: Bounds, errors: IO[bytes] | int | None = None
) -> int | None:
    """Run bsdtar in limits; return its exit code, None where it was stopped or cannot be started."""
    try:
        with BoundedProcess(
            command, store.folder, clean_environment(store.folder), bounds, output, errors or subprocess.DEVNULL
        ) as running:
            deadline = time.monotonic() + _SECONDS
            while running.process.poll() is None and time.monotonic() < deadline:
                try:
                    running.process.wait(_POLL)
                except subprocess.TimeoutExpired:
                    continue
            return running.process.poll()
    except OSError:
        return None


def _bounds(size: int) -> Bounds:
    return Bounds(500 * _MIB, 1024 * _MIB, _SECONDS, min(size, UNPACKED_LIMIT) + 64 * _MIB)
