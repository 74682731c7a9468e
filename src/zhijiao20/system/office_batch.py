"""Convert many files with LibreOffice in as few calls as possible; a file that hangs or crashes it costs only itself.

A start costs seconds, a file tenths of one.  LibreOffice converts the files of a call in their order, so the first file
without a result is the one at which it was when it ended or was stopped; the files behind it go into the next call.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
import time
import zipfile
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from zhijiao20.system.bounded_process import BoundedProcess, Bounds
from zhijiao20.system.office_profile import clean_environment, create_profile

_BATCH = 100  # files of a call: their names fit into a command line of Windows
_BATCH_BYTES = 512 * 2**20
_POLL, _SLOW_POLL = 0.05, 0.5  # seconds between looks at the results, and at memory and disk
_USELESS_CALLS = 3  # in a row, after which LibreOffice has to show that it works at all
_PROBES = {".docx": ("probe.rtf", b"{\\rtf1 probe}"), ".xlsx": ("probe.csv", b"probe\n")}
_MIB = 2**20
_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", "--nologo")


class Failure(Enum):
    """Why a file was not converted."""

    REFUSED = "refused"  # LibreOffice went on without a result
    TIME = "time"
    MEMORY = "memory"
    DISK = "disk"
    CRASH = "crash"
    BROKEN = "broken"  # LibreOffice cannot be started, or ends without doing anything


@dataclass(frozen=True, slots=True)
class OfficeLimits:
    """What LibreOffice may use.

    Attributes:
        start: seconds for its start.
        seconds: seconds for a file.
        memory: bytes of memory, its child processes included.
        output: bytes of a result.
        disk: bytes of all that it writes in a call.
    """

    start: float = 30
    seconds: float = 60
    memory: int = 700 * _MIB
    output: int = 64 * _MIB
    disk: int = 1024 * _MIB

    def bounds(self, files: int) -> Bounds:
        """Return the limits that the system enforces on a call with this number of files."""
        seconds = int(self.start + self.seconds * files)
        return Bounds(self.memory, 3 * self.memory, seconds, max(4 * self.output, 256 * _MIB))


def convert(
    office: str, files: Sequence[Path], target: str, folder: Path, limits: OfficeLimits | None = None
) -> dict[Path, Path | Failure]:
    """Convert files.

    Args:
        office: the full path of LibreOffice.
        files: the files, whose names are not those of their senders and differ in their stems.
        target: the suffix of the wanted format, .docx or .xlsx.
        folder: a private folder for the profiles and the results.
        limits: what LibreOffice may use.

    Returns:
        The result for each file: a path in the folder, or why there is none.
    """
    return _Conversion(office, target, folder, limits or OfficeLimits()).run(files)


class _Conversion:
    """The calls of LibreOffice for one target format."""

    def __init__(self, office: str, target: str, folder: Path, limits: OfficeLimits) -> None:
        self._office, self._target, self._folder, self._limits = office, target, folder, limits
        self._calls = self._useless = 0
        self._found: dict[Path, Path | Failure] = {}

    def run(self, files: Sequence[Path]) -> dict[Path, Path | Failure]:
        """Convert the files call by call."""
        batches = deque(_batches(files))
        while batches:
            batch = batches.popleft()
            if self._useless >= _USELESS_CALLS and not self._works():
                self._found.update(dict.fromkeys(batch, Failure.BROKEN))
                continue
            call = self._call(batch)
            results = {file: path for file in batch if (path := call.result(file)) is not None}
            self._found |= results
            self._useless = 0 if results or call.ended_well else self._useless + 1
            culprit = call.culprit(results)
            before = len(batch) if culprit is None else batch.index(culprit)
            self._found.update({file: Failure.REFUSED for file in batch[:before] if file not in results})
            if culprit is not None:
                rest = [file for file in batch[before + 1 :] if file not in results]
                batches.extendleft([rest] if rest else [])
                if len(batch) > 1 and call.failure is not Failure.TIME:
                    batches.appendleft([culprit])  # the files before it may be the cause
                else:
                    self._found[culprit] = call.failure
        return self._found

    def _works(self) -> bool:
        """Check whether LibreOffice converts a file that has nothing wrong with it; asked only once if it does not."""
        if self._useless == _USELESS_CALLS:
            name, content = _PROBES[self._target]
            probe = self._folder / name
            probe.write_bytes(content)
            self._useless = _USELESS_CALLS + 1 if self._call([probe]).result(probe) is None else 0
        return self._useless == 0

    def _call(self, batch: list[Path]) -> _Call:
        """Call LibreOffice for some files, and wait for its end."""
        self._calls += 1
        call = _Call(self._target, batch, self._folder / f"call-{self._calls}", self._limits)
        call.run(self._office)
        return call


class _Call:
    """One call of LibreOffice.

    Attributes:
        failure: why it ended without a result for a file.
        ended_well: whether it ended by itself, without an error.
    """

    def __init__(self, target: str, files: Sequence[Path], folder: Path, limits: OfficeLimits) -> None:
        self._target, self._files, self._folder, self._limits = target, files, folder, limits
        self._results = folder / "results"
        self.failure = Failure.CRASH
        self.ended_well = False

    def run(self, office: str) -> None:
        """Start it and watch it until it has ended."""
        profile, temporary = self._folder / "profile", self._folder / "temporary"
        for folder in (self._folder, temporary, self._results):
            folder.mkdir(mode=0o700)
        create_profile(profile)
        command = [office, f"-env:UserInstallation={profile.as_uri()}", *_OPTIONS]
        command += ["--convert-to", _FILTERS[self._target], "--outdir", str(self._results), *map(str, self._files)]
        try:
            with BoundedProcess(
                command, temporary, clean_environment(temporary), self._limits.bounds(len(self._files))
            ) as running:
                self._watch(running)
        except (OSError, subprocess.SubprocessError):
            self.failure = Failure.BROKEN
        finally:
            _remove_socket(profile)

    def _watch(self, running: BoundedProcess) -> None:
        """Wait for its end; stop where a limit is exceeded."""
        begun, looked = 0, time.monotonic()
        deadline = looked + self._limits.start + self._limits.seconds
        while running.process.poll() is None:
            now = time.monotonic()
            done = self._position()
            if done > begun:
                begun, deadline = done, now + self._limits.seconds
            if now > deadline:
                self.failure = Failure.TIME
                return
            if now - looked > _SLOW_POLL:
                looked = now
                if running.memory_used() > self._limits.memory:
                    self.failure = Failure.MEMORY
                    return
                if _size(self._folder) > self._limits.disk:
                    self.failure = Failure.DISK
                    return
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.process.wait(_POLL)
        self.ended_well = running.process.returncode == 0

    def _position(self) -> int:
        """Return how many files it has certainly finished: the last one with a result, and those before it."""
        names = {path.stem for path in self._results.iterdir()}
        return max((index for index, file in enumerate(self._files, start=1) if file.stem in names), default=0)

    def result(self, file: Path) -> Path | None:
        """Return the complete result for a file, None where there is none."""
        path = self._results / f"{file.stem}{self._target}"
        whole = path.is_file() and not path.is_symlink() and path.stat().st_size <= self._limits.output
        return path if whole and zipfile.is_zipfile(path) else None

    def culprit(self, results: Mapping[Path, Path]) -> Path | None:
        """Return the file at which it did not end well: the first one behind the last result."""
        if self.ended_well:
            return None
        last = max((index for index, file in enumerate(self._files, start=1) if file in results), default=0)
        return self._files[last] if last < len(self._files) else None


def _batches(files: Sequence[Path]) -> list[list[Path]]:
    """Divide the files into those of each call, by number and size."""
    batches: list[list[Path]] = []
    size = 0
    for file in files:
        own = file.stat().st_size
        if not batches or len(batches[-1]) >= _BATCH or size + own > _BATCH_BYTES:
            batches.append([])
            size = 0
        batches[-1].append(file)
        size += own
    return batches


def _size(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(root, name)).st_size  # noqa: PTH118 - as fast as can be
    return total


def _remove_socket(profile: Path) -> None:
    """Remove the socket that a killed LibreOffice leaves behind, named after its profile; it is outside the profile."""
    if sys.platform != "win32":
        digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
        name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"
        for folder in ("/tmp", "/var/tmp"):  # noqa: S108 - where it puts it, whatever TMPDIR says
            with contextlib.suppress(OSError):
                Path(folder, name).unlink()
