"""What reading, rendering and starting cost, each beside the shortest script that does the same and checks nothing.

``python bench/parsing.py`` (after ``pip install .[bench]``) writes complete units of some 75 KB, runs every command and
its script in turn, each in a process of its own, and prints a Markdown table: the medians of CPU time (user and system,
of child processes, too), their ratio, and the highest peak memory.  Nothing is taken from the cache, and on Linux all
of it runs on one processor, so that there is one worker.  ``--quick`` takes a tenth of the units and two rounds: to see
that it runs; the cost of starting weighs ten times as much then.  Linux and macOS only.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

from zhijiao20.system.discovery import resource

OURS = (sys.executable, "-m", "zhijiao20")
THEIRS = (sys.executable, str(Path(__file__).with_name("_theirs.py")))
FAMILIES = ("--select", "ZJ0,ZJ1,ZJ2", "-q", "--no-cache")
UNITS = (sys.executable, str(Path(__file__).with_name("_units.py")))
VARIED = (sys.executable, str(Path(__file__).with_name("corpus.py")))
SIZES = {"yaml": 1000, "csv": 1000, "xlsx": 200}
RENDERED = 200
LIBRARIES = ("zhijiao20", "PyYAML", "openpyxl", "python-docx", "pydantic", "lxml", "typer", "check-jsonschema")


class Row(NamedTuple):
    """A measure: what is run, what it is held against, and what it may cost at most.

    Attributes:
        ratio: of our CPU time to theirs.
        mib: of our peak memory.
    """

    name: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    ratio: float
    mib: int


class Cost(NamedTuple):
    """What one run took: seconds of CPU and MiB at its peak."""

    seconds: float
    mib: float


def rows(folder: Path, units: dict[str, int], rendered: int) -> list[Row]:
    """Every measure, its files written below a folder."""
    for name, kind, count in (
        *((kind, kind, units[kind]) for kind in units),
        ("one", "yaml", 1),
        ("many", "yaml", rendered),
    ):
        run((*UNITS, str(folder / name), kind, str(count)))  # in a process of its own: a child inherits this one's peak
    every, schema = folder / "every", str(folder / "schema.json")
    run((*VARIED, "--units", str(units["yaml"]), str(every)))
    run((*OURS, "schema", "-o", schema))
    judged = (*OURS, "validate", str(every), "-q", "--no-cache")
    typed = (sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *map(str, sorted(every.iterdir())))
    tasks, form = str(resource("data", "tasks.yaml")), str(resource("templates", "official.docx"))
    one, many, scaffold = str(folder / "one"), str(folder / "many"), str(folder / "空表.yaml")
    here, there = str(folder / "我们.docx"), str(folder / "他们.docx")
    checked = {kind: (*OURS, "validate", str(folder / kind), *FAMILIES) for kind in units}
    load, nothing = (*THEIRS, "yaml", str(folder / "yaml")), (sys.executable, "-c", "pass")
    return [
        Row(f"validate {units['yaml']} YAML : yaml.load(CSafeLoader)", checked["yaml"], load, 0.9, 256),
        Row(
            f"every rule, {units['yaml']} YAML : yaml.load(CSafeLoader)", judged, (*THEIRS, "yaml", str(every)), 3, 256
        ),
        Row(f"every rule, {units['yaml']} YAML : check-jsonschema, types alone", judged, typed, 1, 256),
        Row(f"validate {units['csv']} CSV : the same units by yaml.load", checked["csv"], load, 0.5, 256),
        Row(
            f"validate {units['xlsx']} XLSX : openpyxl, read-only",
            checked["xlsx"],
            (*THEIRS, "openpyxl", str(folder / "xlsx")),
            0.4,
            256,
        ),
        Row("--version : python -c pass", (*OURS, "--version"), nothing, 8, 64),
        Row("--help : python -c pass", (*OURS, "--help"), nothing, 14, 64),
        Row("init : python -c pass", (*OURS, "init", "澄州市教育局", "--force", "-o", scaffold), nothing, 12, 64),
        Row(
            "render 1 unit : python-docx cell by cell",
            (*OURS, "render", one, "-o", here, "--no-cache"),
            (*THEIRS, "table", f"{one}/0001.yaml", tasks, there),
            0.6,
            160,
        ),
        Row(
            f"render {rendered} units : CSafeLoader, pydantic, python-docx",
            (*OURS, "render", many, "-o", here, "--no-cache"),
            (*THEIRS, "rows", many, form, tasks, there),
            0.6,
            160,
        ),
    ]


def run(command: tuple[str, ...]) -> Cost:
    """Run a command and wait for it.

    Raises:
        SystemExit: it fails.
    """
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, used = os.wait4(process, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise SystemExit(f"exit code {code}: {' '.join(command)}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def measured(row: Row, rounds: int) -> str:
    """The line of a measure: theirs and ours in turn, after a round that warms the caches of the system."""
    theirs, ours = [], []
    for number in range(rounds + 1):
        one, other = run(row.theirs), run(row.ours)
        if number:
            theirs.append(one)
            ours.append(other)
    mine, base = (median(cost.seconds for cost in costs) for costs in (ours, theirs))
    peak, base_peak = (max(cost.mib for cost in costs) for costs in (ours, theirs))
    kept = "yes" if mine / base <= row.ratio and peak <= row.mib else "**no**"
    cells = (
        row.name,
        f"{mine:.3f}",
        f"{base:.3f}",
        f"{mine / base:.2f}",
        f"≤ {row.ratio}",
        f"{peak:.0f}",
        f"{base_peak:.0f}",
        f"≤ {row.mib}",
        kept,
    )
    return f"| {' | '.join(cells)} |"


def versions() -> str:
    """What was measured with what."""
    named = (f"{name} {version(name)}" for name in LIBRARIES)
    return f"Python {platform.python_version()}, {', '.join(named)}; {platform.system()} {platform.machine()}"


def main(arguments: Iterable[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the units, two rounds")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each command (5)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only measures whose name has this text")
    options = parser.parse_args(None if arguments is None else list(arguments))
    part, rounds = (10, 2) if options.quick else (1, options.rounds)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(versions(), end="\n\n")
    print("| measure | CPU s | theirs | ratio | wanted | MiB | theirs | wanted | kept |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|---|")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder), {kind: count // part for kind, count in SIZES.items()}, RENDERED // part):
            if options.only in row.name:
                print(measured(row, rounds), flush=True)


if __name__ == "__main__":
    main()
