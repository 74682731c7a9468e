"""What it costs to collect instead of to validate, to put an overview above, and to send back letters to all.

``python bench/collecting.py`` writes 1,000 units of ``corpus.py`` and a roster of them into a temporary folder (75 MB),
runs each command and what it is held against in turn, on one processor and without the cache, and prints a table;
``--units`` takes other numbers.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from itertools import islice
from pathlib import Path

import corpus
from cost import HEAD, Row, machine, measure, ours, prepare


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


def rows(folder: Path, count: int) -> list[Row]:
    """Write the files and return the measures."""
    sent, roster = write(folder, count)
    cache, form, digest = folder / "cache", str(folder / "附表2.docx"), str(folder / "摘要.docx")
    run = partial(ours, cache=cache)
    with_roster = (sent, "--roster", roster, "--no-cache")
    validate = partial(run, "validate", "-q", *with_roster)
    collect = partial(run, "collect", *with_roster)
    render = partial(run, "render", sent, "--no-cache", "-o", form)
    annex = partial(run, "render", sent, "--no-cache", "--digest", "--annex", str(folder / "附件.docx"), "-o", digest)
    book = partial(collect, "-o", str(folder / "进度.xlsx"))
    back = partial(run, "return", *with_roster, "-o", str(folder / "退回"), "--fail-on", "warning")
    return [
        Row(f"collect {count:,}, with a roster", "validate", collect, validate, 1.15),
        Row(f"render --digest --annex {count:,}", "render", annex, render, 1.3, 128),
        Row(f"collect {count:,}, with 进度.xlsx", "validate", book, validate),
        Row(f"return {count:,}, to every unit with a doubt", "validate", back, validate),
    ]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each command")
    options = parser.parse_args()
    prepare()
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="zhijiao20-bench-") as name:
        for one in rows(Path(name), options.units):
            measure(one, options.rounds)
    print(f"\n{machine()}.")


if __name__ == "__main__":
    main()
