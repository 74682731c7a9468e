"""Convert many files with another program in as few calls as possible; one that hangs or crashes it costs only itself.

A start can cost seconds, a file tenths of one.  The program converts the files of a call in their order, so the first
file without a result is the one at which it was when it ended or was stopped; those behind it go into the next call.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
import zipfile
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from zhijiao20.system.bounded_process import CANNOT_START, BoundedProcess, Bounds
from zhijiao20.system.clean_environment import clean_environment

_BATCH = 100  # files of a call: their names fit into a command line of Windows
_BATCH_BYTES = 512 * 2**20
_POLL, _SLOW_POLL = 0.05, 0.5  # seconds between looks at the results, and at memory and disk
_USELESS_CALLS = 3  # in a row, after which the program has to show that it works at all
_MIB = 2**20


class Failure(Enum):
    """Why a file was not converted."""

    REFUSED = "refused"  # the program went on without a result
    TIME = "time"
    MEMORY = "memory"
    DISK = "disk"
    CRASH = "crash"
    BROKEN = "broken"  # the program cannot be started, or ends without doing anything


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """What a program may use.

    Attributes:
        start: seconds for its start.
        seconds: seconds for a file.
        memory: bytes of memory, child processes included.
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


@dataclass(frozen=True, slots=True)
class Converter:
    """A program that converts files.

    Attributes:
        command: the command for a call, from its private folder, the folder for the results and the files.  A result
            has the stem of its file.
        target: the suffix of a result, which is a .zip.
        probe: suffix and content of a file with nothing wrong with it.
        limits: what the program may use.
        clean_up: removes what it leaves outside the private folder, which is given.
    """

    command: Callable[[Path, Path, Sequence[Path]], list[str]]
    target: str
    probe: tuple[str, bytes]
    limits: BatchLimits
    clean_up: Callable[[Path], None] | None = None


def convert(
    converter: Converter, files: Sequence[Path], folder: Path, progress: Callable[[int], None] | None = None
) -> dict[Path, Path | Failure]:
    """Convert files.

    Args:
        converter: the program.
        files: the files, whose names are not those of their senders and differ in their stems.
        folder: a private folder, in which there is a new folder for each call.
        progress: called now and then with the number of finished files.

    Returns:
        The result for each file: a path in the folder, or why there is none.
    """
    return _Conversion(converter, folder, progress).run(files)


class _Conversion:
    """The calls of a program."""

    def __init__(self, converter: Converter, folder: Path, progress: Callable[[int], None] | None) -> None:
        self._converter, self._folder, self._progress = converter, folder, progress
        self._useless = 0
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
        """Check whether the program converts a file that has nothing wrong with it; asked only once if it does not."""
        if self._useless == _USELESS_CALLS:
            suffix, content = self._converter.probe
            probe = self._folder / f"probe{suffix}"
            probe.write_bytes(content)
            self._useless = _USELESS_CALLS + 1 if self._call([probe]).result(probe) is None else 0
        return self._useless == 0

    def _call(self, batch: list[Path]) -> _Call:
        """Call the program for some files, and wait for its end."""
        call = _Call(self._converter, batch, Path(tempfile.mkdtemp(prefix="call-", dir=self._folder)))
        call.run(self._tell)
        return call

    def _tell(self, done: int) -> None:
        """Tell how many files are finished, those of this call included."""
        if self._progress is not None:
            self._progress(len(self._found) + done)


class _Call:
    """One call of a program.

    Attributes:
        failure: why it ended without a result for a file.
        ended_well: whether it ended by itself, without an error.
    """

    def __init__(self, converter: Converter, files: Sequence[Path], folder: Path) -> None:
        self._converter, self._files, self._folder, self._limits = converter, files, folder, converter.limits
        self._results = folder / "results"
        self.failure = Failure.CRASH
        self.ended_well = False

    def run(self, tell: Callable[[int], None]) -> None:
        """Start it and watch it until it has ended."""
        temporary = self._folder / "temporary"
        for folder in (temporary, self._results):
            folder.mkdir(mode=0o700)
        command = self._converter.command(self._folder, self._results, self._files)
        bounds = self._limits.bounds(len(self._files))
        try:
            with BoundedProcess(command, temporary, clean_environment(temporary), bounds) as running:
                self._watch(running, tell)
        except (OSError, subprocess.SubprocessError):
            self.failure = Failure.BROKEN
        finally:
            if self._converter.clean_up is not None:
                self._converter.clean_up(self._folder)

    def _watch(self, running: BoundedProcess, tell: Callable[[int], None]) -> None:
        """Wait for its end; stop where a limit is exceeded."""
        begun, looked = 0, time.monotonic()
        deadline = looked + self._limits.start + self._limits.seconds
        while running.process.poll() is None:
            now = time.monotonic()
            done = self._position()
            tell(done)
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
        if running.process.returncode == CANNOT_START:
            self.failure = Failure.BROKEN

    def _position(self) -> int:
        """Return how many files it has certainly finished: the last one with a result, and those before it."""
        names = {path.stem for path in self._results.iterdir()}
        return max((index for index, file in enumerate(self._files, start=1) if file.stem in names), default=0)

    def result(self, file: Path) -> Path | None:
        """Return the complete result for a file, None where there is none."""
        path = self._results / f"{file.stem}{self._converter.target}"
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
