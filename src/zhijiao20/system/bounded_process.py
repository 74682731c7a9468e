"""Run another program with limits of memory, time and disk, without network where the system allows it.

All its processes are in one group (a job on Windows) and are killed together.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from zhijiao20.system.windows_job import CREATE_NO_WINDOW, CREATE_SUSPENDED

CANNOT_START = 126
"""The exit code where the program is there and cannot be started, on POSIX."""

_KILL_WAIT = 10  # seconds


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a program may use.

    Attributes:
        memory: bytes of memory of all its processes together.
        address_space: bytes of address space of each process, which is more than it uses; not limited on Windows.
        cpu: seconds of processor time of each process; not limited on Windows.
        file_size: bytes of a file that it writes; not limited on Windows.
    """

    memory: int
    address_space: int
    cpu: int
    file_size: int


def restricted(command: Sequence[str], bounds: Bounds) -> list[str]:
    """Return a command that starts another one in limits; on Windows a job does that."""
    if sys.platform == "win32":
        return list(command)
    launcher = Path(__file__).with_name("restricted_start.py")
    limits = map(str, (bounds.address_space, bounds.cpu, bounds.file_size))
    return [sys.executable, "-I", "-S", str(launcher), *limits, *command]


class BoundedProcess:
    """A running program; leaving the context kills all its processes."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        bounds: Bounds,
        output: IO[bytes] | int = subprocess.DEVNULL,
        errors: IO[bytes] | int = subprocess.DEVNULL,
    ) -> None:
        """Start the program with its standard input closed.

        Args:
            command: its full path and its arguments.
            folder: its current folder.
            environment: all its environment variables.
            bounds: what it may use.
            output: where its standard output goes.
            errors: where its standard error goes.

        Raises:
            OSError: it cannot be started.
        """
        self.process: subprocess.Popen[bytes]
        start: Any = partial(
            subprocess.Popen,
            restricted(command, bounds),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )
        if sys.platform == "win32":
            from zhijiao20.system.windows_job import Job

            self._job = Job(bounds.memory)
            try:
                self.process = start(creationflags=CREATE_SUSPENDED | CREATE_NO_WINDOW)
                self._job.start(int(self.process._handle))  # type: ignore[attr-defined]  # noqa: SLF001 - the only way to it
            except OSError:
                self._job.close()
                raise
        else:
            self.process = start(start_new_session=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """Kill all processes of the program, also those that outlived it."""
        if sys.platform == "win32":
            self._job.close()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_KILL_WAIT)

    def memory_used(self) -> int:
        """Return the bytes of memory that all its processes use; 0 where the system does not tell."""
        return 0 if sys.platform == "win32" else group_memory(self.process.pid)


def group_memory(group: int, processes: Path = Path("/proc")) -> int:
    """Return the bytes of memory of the processes of a group; 0 on systems other than Linux."""
    pages = 0
    if processes.is_dir():
        for entry in os.scandir(processes):
            if entry.name.isdecimal():
                with contextlib.suppress(OSError, ValueError, IndexError):
                    pages += _pages(Path(entry.path, "stat").read_bytes(), group)
    return pages * mmap.PAGESIZE


def _pages(stat: bytes, group: int) -> int:
    """Return the pages in memory of a process from its ``stat``; 0 for one of another group."""
    fields = stat[stat.rindex(b")") + 2 :].split()  # the name before it may hold blanks
    return int(fields[21]) if int(fields[2]) == group else 0
