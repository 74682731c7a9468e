"""From one to 12,000 units: CPU and peak memory of all that takes any number of units, with the cache and with workers.

``python bench/scale.py`` writes the units of ``corpus.py`` into a temporary folder (900 MB) and prints a table;
``--quick`` takes a tenth of them.  Memory is that of all processes together, pages that they share counted once.  All
runs but the last ones, which are by the clock, are on one processor.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from collecting import write
from cost import HEAD, Row, Taken, machine, ours, prepare, show

_SHARE = 600  # of so many files of the second run one was changed


class Bench:
    """Folders of units, and what the program takes for them.

    Args:
        folder: where to write.
        sizes: the small number of units and the large one.
        times: how often the small number is measured.
    """

    def __init__(self, folder: Path, sizes: tuple[int, int], times: int) -> None:
        self._sizes, self._times, self._cache = sizes, times, folder / "cache"
        self._out, self._sent = folder / "out", {}
        self._out.mkdir()
        for size in sizes:
            place = folder / str(size)
            place.mkdir()
            self._sent[size] = write(place, size)

    def print(self) -> None:
        """Run everything and print the rows as they are ready."""
        print(HEAD)
        for name, command in (
            ("validate", self._validate),
            ("collect", self._collect),
            ("render", self._render),
            ("render --digest --annex", partial(self._render, digest=True)),
        ):
            self._growth(name, command)
        for name, command in (("validate", self._validate), ("collect", self._collect)):
            self._again(name, command)

    def workers(self) -> None:
        """Print what two processes take by the clock; this needs two processors that have nothing else to do."""
        small = self._sizes[0]
        one, two = ([self._validate(small, workers=workers) for _ in range(self._times)] for workers in (1, 2))
        walls = [sorted(taken.wall for taken in runs)[len(runs) // 2] for runs in (two, one)]
        print(
            f"\nvalidate {small:,}, two processes against one, by the clock: {walls[0]:.1f} s, {walls[1]:.1f} s, ",
            end="",
        )
        print(f"{walls[0] / walls[1]:.2f} (at most 0.65), {max(taken.peak for taken in two):.0f} MiB")

    def _growth(self, name: str, command: Callable[[int], Taken]) -> None:
        small, large = self._sizes
        base = sorted((command(small) for _ in range(self._times)), key=lambda taken: taken.cpu)[self._times // 2]
        self._row(f"{name}, {large:,} units", f"{small:,}", command(large), base, round(13 / 12 * large / small, 2))

    def _again(self, name: str, command: Callable[..., Taken]) -> None:
        """Measure a second run after some files have changed."""
        large = self._sizes[1]
        first = command(large, cached=True)
        changed = sorted(Path(self._sent[large][0]).iterdir())[::_SHARE]
        for path in changed:
            path.write_text(path.read_text(encoding="utf-8").replace("。", "。另行补报。", 1), encoding="utf-8")
        second = command(large, cached=True)
        self._row(f"{name} again, {len(changed)} of {large:,} changed", "the first run", second, first, 0.1)

    def _row(self, what: str, against: str, taken: Taken, base: Taken, most: float) -> None:
        show(Row(what, against, lambda: taken, lambda: base, most), [taken], [base])

    def _validate(self, size: int, *, cached: bool = False, workers: int = 1) -> Taken:
        return self._run("validate", "-q", self._sent[size][0], cached=cached, workers=workers)

    def _collect(self, size: int, *, cached: bool = False) -> Taken:
        sent, roster = self._sent[size]
        return self._run("collect", sent, "--roster", roster, cached=cached)

    def _render(self, size: int, *, digest: bool = False) -> Taken:
        above: Sequence[str] = ("--digest", "--annex", str(self._out / "附件.docx")) if digest else ()
        return self._run("render", self._sent[size][0], *above, "-o", str(self._out / "表.docx"))

    def _run(self, *args: str, cached: bool = False, workers: int = 1) -> Taken:
        return ours(*args, *(() if cached else ("--no-cache",)), cache=self._cache, workers=workers)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the units, each run once")
    parser.add_argument("--times", type=int, default=3, help="runs of the small size")
    options = parser.parse_args()
    sizes, times = ((100, 1200), 1) if options.quick else ((1000, 12_000), options.times)
    every = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    prepare()
    with tempfile.TemporaryDirectory(prefix="zhijiao20-bench-") as folder:
        bench = Bench(Path(folder), sizes, times)
        bench.print()
        if every is not None:
            os.sched_setaffinity(0, every)
        bench.workers()
    print(f"\n{machine()}.")


if __name__ == "__main__":
    main()
