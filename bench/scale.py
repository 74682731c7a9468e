"""From one to 12,000 units: CPU, wall time and peak memory of validate and render, with the cache and with workers.

``python bench/scale.py`` writes the units of ``corpus.py`` into a temporary folder (900 MB) and prints a table;
``--quick`` takes a tenth of them.  Memory is that of all processes together, pages that they share counted once.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import corpus
import psutil

LIMIT = 256
"""MiB that no run may take."""

_EVERY = 0.05  # seconds between two looks at the memory
_SHARE = 600  # of so many files of the second run one was changed


@dataclass(frozen=True)
class Taken:
    """What a run took: seconds of CPU, seconds by the clock, MiB at its peak."""

    cpu: float
    wall: float
    peak: float


def run(cache: Path, *args: str, workers: int = 0) -> Taken:
    """Run the program once, in a process of its own.

    Args:
        cache: the folder that holds the cache.
        args: the command line.
        workers: how many processes review files; 0 leaves it to the program.
    """
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "ZHIJIAO20_WORKERS": str(workers)}
    begin = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "zhijiao20", *args], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    memory = _Memory(process.pid)
    memory.start()
    assert process.stderr is not None
    said = process.stderr.read().decode("utf-8", "replace")
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - begin
    memory.ended.set()
    memory.join()
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise SystemExit(said)
    return Taken(used.ru_utime + used.ru_stime, wall, memory.peak / 2**20)


class _Memory(threading.Thread):
    """Looks at the memory of a process and all that it started, until it has ended."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(process)
        self.ended, self.peak = threading.Event(), 0

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            try:
                every = [self._process, *self._process.children(recursive=True)]
            except psutil.Error:
                return
            self.peak = max(self.peak, sum(map(_memory, every)))


def _memory(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(full, "pss", full.uss))


def middle(times: int, once: Callable[[], Taken]) -> Taken:
    """The median of several runs; of memory the most."""
    runs = [once() for _ in range(times)]
    return Taken(median(one.cpu for one in runs), median(one.wall for one in runs), max(one.peak for one in runs))


class Bench:
    """Folders of units, and what the program takes for them."""

    def __init__(self, folder: Path, sizes: tuple[int, int, int], times: int) -> None:
        self._folder, self._sizes, self._times = folder, sizes, times
        for size in sizes:
            units = self._units(size)
            units.mkdir()
            for index, (name, texts) in enumerate(islice(corpus.units(size), size)):
                (units / f"{index:05}.yaml").write_bytes(corpus.as_yaml(name, texts))

    def print(self) -> None:
        """Run everything and print the rows as they are ready."""
        small, double, large = self._sizes
        print("| | against | CPU | against | ratio | at most | peak |")
        print("|---|---|---|---|---|---|---|")
        one, two, many = (self._validate(size, times) for size, times in self._repeated())
        self._row(f"validate, {double:,} units", f"{small:,}", two, one, 2.2)
        self._row(f"validate, {large:,} units", f"{small:,}", many, one, 1.08 * large / small)
        first = run(self._cache, "validate", "-q", str(self._units(large)))
        for path in sorted(self._units(large).iterdir())[::_SHARE]:
            path.write_text(path.read_text(encoding="utf-8").replace("。", "。另行补报。", 1), encoding="utf-8")
        second = run(self._cache, "validate", "-q", str(self._units(large)))
        self._row(f"the same again, {large // _SHARE} files changed", "the first run", second, first, 0.1)
        bare = run(self._cache, "validate", "-q", "--no-cache", "--select", "ZJ0,ZJ1,ZJ2", str(self._units(large)))
        self._row(f"validate, {large:,} units, ZJ0 to ZJ2", "every rule", bare, many, None)
        self._renders(small, large)
        alone, shared = (
            middle(self._times, lambda workers=workers: self._validate(small, 1, workers)) for workers in (1, 2)
        )
        print(f"| two workers, {small:,} units | one, by the clock | {shared.wall:.1f} s | {alone.wall:.1f} s", end="")
        print(f" | {shared.wall / alone.wall:.2f} | 0.65 | {shared.peak:.0f} MiB |", flush=True)

    def _renders(self, small: int, large: int) -> None:
        out = str(self._folder / "out.docx")
        one, many = (run(self._cache, "render", "--no-cache", str(self._units(n)), "-o", out) for n in (small, large))
        self._row(f"render, {large:,} units", f"{small:,}", many, one, 1.08 * large / small)
        first, second = (run(self._cache, "render", str(self._units(large)), "-o", out) for _ in range(2))
        self._row("the same again", "the first run", second, first, None)

    def _validate(self, size: int, times: int, workers: int = 0) -> Taken:
        args = ("validate", "-q", "--no-cache", str(self._units(size)))
        return middle(times, lambda: run(self._cache, *args, workers=workers))

    def _row(self, what: str, against: str, taken: Taken, base: Taken, most: float | None) -> None:
        limit = f"{most:.3g}" if most else ""
        ratio = f"{taken.cpu / base.cpu:.3g}"
        peak = f"{max(taken.peak, base.peak):.0f} MiB"
        print(f"| {what} | {against} | {taken.cpu:.1f} s | {base.cpu:.1f} s | {ratio} | {limit} | {peak} |", flush=True)

    def _repeated(self) -> list[tuple[int, int]]:
        return [(self._sizes[0], self._times), (self._sizes[1], self._times), (self._sizes[2], 1)]

    def _units(self, size: int) -> Path:
        return self._folder / f"{size}"

    @property
    def _cache(self) -> Path:
        return self._folder / "cache"


def machine() -> str:
    """What it was measured on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("PyYAML", "pydantic", "numpy", "lxml", "rapidfuzz"))
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.platform()}, {os.cpu_count()} processors, {memory:.0f} GiB; "
        f"Python {platform.python_version()}, zhijiao20 {version('zhijiao20')}, {libraries}"
    )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the units, each run once")
    parser.add_argument("--times", type=int, default=3, help="runs of the small sizes")
    options = parser.parse_args()
    sizes, times = ((100, 200, 1200), 1) if options.quick else ((1000, 2000, 12_000), options.times)
    with tempfile.TemporaryDirectory(prefix="zhijiao20-bench-") as folder:
        Bench(Path(folder), sizes, times).print()
    print(f"\n{machine()}.  No run may take more than {LIMIT} MiB.")


if __name__ == "__main__":
    main()
