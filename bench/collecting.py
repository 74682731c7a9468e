"""What it costs to collect, and to send back, instead of to validate: the same files, with a roster of all units.

``python bench/collecting.py`` writes 12,000 units of ``corpus.py`` and a roster into a temporary folder (900 MB) and
prints a table; ``--units`` takes fewer.  CPU is that of all processes together; one process reviews the files.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import islice
from pathlib import Path

import corpus
from scale import LIMIT, Taken, machine, run


def write(folder: Path, count: int) -> tuple[str, str]:
    """Write the files of the units and a roster of them; return the folder of the files, and the roster."""
    sent = folder / "收件"
    sent.mkdir()
    names = []
    for index, (name, texts) in enumerate(islice(corpus.units(count), count)):
        names.append(name)
        (sent / f"{index:05}.yaml").write_bytes(corpus.as_yaml(name, texts))
    roster = folder / "名册.csv"
    roster.write_text("\n".join(["单位,类别", *(f"{name},{name[-2:]}" for name in names)]) + "\n", encoding="utf-8")
    return str(sent), str(roster)


def row(what: str, against: str, taken: Taken, base: Taken, most: float | None) -> None:
    """Print a row: CPU of both, their ratio, and the memory."""
    limit = f"{most:.3g}" if most else ""
    print(f"| {what} | {against} | {taken.cpu:.1f} s | {base.cpu:.1f} s ", end="")
    print(f"| {taken.cpu / base.cpu:.3g} | {limit} | {taken.peak:.0f} MiB |", flush=True)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=12_000)
    count = parser.parse_args().units
    with tempfile.TemporaryDirectory(prefix="zhijiao20-bench-") as name:
        folder = Path(name)
        sent, roster = write(folder, count)
        cache = folder / "cache"
        with_roster = (sent, "--roster", roster)
        print(f"| {count:,} units | against | CPU | against | ratio | at most | peak |\n|---|---|---|---|---|---|---|")
        validate = run(cache, "validate", "-q", "--no-cache", *with_roster, workers=1)
        collect = run(cache, "collect", "--no-cache", *with_roster, workers=1)
        row("collect", "validate", collect, validate, 1.15)
        first = run(cache, "collect", *with_roster, workers=1)
        again = run(cache, "collect", *with_roster, workers=1)
        row("collect again, with the cache", "validate", again, validate, 0.1)
        row("collect, filling the cache", "validate", first, validate, None)
        book = run(cache, "collect", *with_roster, "-o", str(folder / "进度.xlsx"), workers=1)
        row("the same with 进度.xlsx", "validate", book, validate, None)
        letters = ("-o", str(folder / "退回"), "--fail-on", "warning")
        back = run(cache, "return", *with_roster, *letters, workers=1)
        row("return, to every unit with a doubt", "validate", back, validate, None)
    print(f"\n{machine()}.  No run may take more than {LIMIT} MiB.")


if __name__ == "__main__":
    main()
