"""What a command costs: CPU time and memory of the process and of all that it starts, and the rows of a table of it.

All runs are on one processor, so that there is one worker and nothing moves; each measure and what it is held against
run in turn, and the medians are compared.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

OURS = (sys.executable, "-m", "zhijiao20")
THEIRS = (sys.executable, str(Path(__file__).with_name("_theirs.py")))
LIMIT = 256
"""MiB that no run may take."""

HEAD = (
    "| measure | against | CPU s | against | ratio | at most | MiB | against | at most | kept |\n"
    "|---|---|--:|--:|--:|--:|--:|--:|--:|---|"
)

_EVERY = 0.02  # seconds between two looks at the memory
_LIBRARIES = ("PyYAML", "pydantic", "numpy", "lxml", "rapidfuzz", "typer", "openpyxl", "python-docx", "docxtpl")
_MEASURED_OF_PROCESS = 2**20 if sys.platform == "darwin" else 2**10  # units of ru_maxrss in a MiB


@dataclass(frozen=True)
class Taken:
    """What a run took: seconds of CPU, seconds by the clock, MiB at its peak."""

    cpu: float
    wall: float
    peak: float


Run = Callable[[], Taken]


def pin() -> None:
    """Keep this process, and those that it starts, on one processor."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def prepare() -> None:
    """Compile the program, as an installation does; else each run would compile it again."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(_program())], env=_environment(), check=True)
    pin()


def _program() -> Path:
    import zhijiao20

    return Path(zhijiao20.__file__).parent


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(command: Sequence[str], cache: Path | None = None, workers: int = 1) -> Taken:
    """Run a command in a process of its own and wait for it.

    Args:
        command: the command line.
        cache: the folder that holds the cache.
        workers: how many processes review files; 0 leaves it to the program.

    Raises:
        SystemExit: it fails.
    """
    environment = {**_environment(), "ZHIJIAO20_WORKERS": str(workers)}
    if cache is not None:
        environment["XDG_CACHE_HOME"] = str(cache)
    begin = perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    memory = _Memory(process.pid)
    memory.start()
    assert process.stderr is not None
    said = process.stderr.read().decode("utf-8", "replace")
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - begin
    memory.ended.set()
    memory.join()
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)  # it has been waited for
    if process.returncode not in {0, 1}:
        raise SystemExit(f"exit code {process.returncode}: {' '.join(command)[:300]}\n{said}")
    alone = used.ru_maxrss / _MEASURED_OF_PROCESS  # sees every moment, but one process
    return Taken(used.ru_utime + used.ru_stime, wall, max(alone, memory.peak / 2**20))


def ours(*args: str, cache: Path | None = None, workers: int = 1) -> Taken:
    """Run the program; see ``run``."""
    return run((*OURS, *args), cache, workers)


class _Memory(threading.Thread):
    """Looks at the memory of a process and all that it started, until it has ended; shared pages count once."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(process)
        self.ended, self.peak = threading.Event(), 0

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            try:
                started = self._process.children(recursive=True)
            except psutil.Error:
                return
            if started:  # the system itself keeps the peak of one process
                self.peak = max(self.peak, sum(map(_memory, [self._process, *started])))


def _memory(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(full, "pss", full.uss))


@dataclass(frozen=True)
class Row:
    """A measure, and what it is held against.

    Attributes:
        name: what is measured.
        against: what it is held against.
        mine: runs the measure.
        base: runs what it is held against.
        ratio: the most that the CPU time may be, of the other's; None if it is only told.
        mib: the most memory that it may take.
    """

    name: str
    against: str
    mine: Run
    base: Run
    ratio: float | None = None
    mib: int = LIMIT


def row(name: str, mine: Sequence[str], against: str, base: Sequence[str], ratio: float, mib: int = LIMIT) -> Row:
    """Return a measure of two command lines."""
    return Row(name, against, partial(run, mine), partial(run, base), ratio, mib)


def measure(one: Row, rounds: int) -> None:
    """Run a measure and what it is held against in turn, and print the line of it.

    With several rounds, the first only warms the caches of the system and does not count.
    """
    taken: list[tuple[Taken, Taken]] = []
    for number in range(rounds + 1 if rounds > 1 else 1):
        base, mine = one.base(), one.mine()
        if number or rounds == 1:
            taken.append((mine, base))
    show(one, [mine for mine, _ in taken], [base for _, base in taken])


def show(one: Row, mine: Sequence[Taken], base: Sequence[Taken]) -> None:
    """Print the line of a measure: medians of CPU time, the most memory."""
    cpu, other = (median(taken.cpu for taken in runs) for runs in (mine, base))
    ratio = median(first.cpu / second.cpu for first, second in zip(mine, base, strict=True))
    peak, base_peak = (max(taken.peak for taken in runs) for runs in (mine, base))
    kept = "" if one.ratio is None else "yes" if ratio <= one.ratio and peak <= one.mib else "**no**"
    cells = (
        *(one.name, one.against, f"{cpu:.3f}", f"{other:.3f}", f"{ratio:.3g}"),
        "" if one.ratio is None else f"{one.ratio:g}",
        *(f"{peak:.0f}", f"{base_peak:.0f}", f"{one.mib}", kept),
    )
    print(f"| {' | '.join(cells)} |", flush=True)


def machine() -> str:
    """What it was measured on, and with what."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.platform()}, {os.cpu_count()} processors, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, zhijiao20 {version('zhijiao20')}, {libraries}"
    )
