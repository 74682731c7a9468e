"""What reading, rendering, sending back and starting cost, each beside the shortest script that does the same.

``python bench/parsing.py`` (after ``pip install .[bench]``) writes complete units of some 75 KB, runs every command and
its script in turn, each in a process of its own, and prints a Markdown table: the medians of CPU time (user and system,
of child processes, too), their ratio, and the highest peak memory.  Nothing is taken from the cache, and on Linux all
of it runs on one processor, so that there is one worker.  ``--quick`` takes a tenth of the units and two rounds: to see
that it runs; the cost of starting weighs ten times as much then.  Linux and macOS only.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import _units
from cost import HEAD, OURS, THEIRS, Row, machine, measure, prepare, row, run

from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog, resource

FAMILIES = ("--select", "ZJ0,ZJ1,ZJ2", "-q", "--no-cache")
UNITS = (sys.executable, str(Path(__file__).with_name("_units.py")))
VARIED = (sys.executable, str(Path(__file__).with_name("corpus.py")))
SIZES = {"yaml": 1000, "csv": 1000, "xlsx": 200, "docx": 200}
RENDERED = RETURNED = 200
_DOUBTS = 12  # of so many tasks of a unit that is sent back one has no text, or one that says nothing


def starting(folder: Path) -> Iterator[Row]:
    """Yield the measures of what needs no file."""
    nothing = (sys.executable, "-c", "pass")
    form = ("init", "澄州市教育局", "--force", "-o", str(folder / "空表.yaml"))
    for name, args, ratio in (("--version", ("--version",), 6.5), ("--help", ("--help",), 6.5), ("init", form, 10)):
        yield row(name, (*OURS, *args), "python -c pass", nothing, ratio, 64)


def structure(folder: Path, units: dict[str, int]) -> Iterator[Row]:
    """Yield the measures of reading files and checking ZJ0 to ZJ2."""
    theirs = {
        "yaml": ("yaml", "yaml", "yaml.load(CSafeLoader)", 0.8),
        "csv": ("yaml", "yaml", "the same units by yaml.load", 0.45),
        "xlsx": ("openpyxl", "xlsx", "openpyxl, read-only", 0.3),
        "docx": ("cells", "docx", "python-docx, cell by cell", 0.5),
    }
    for kind, count in units.items():
        run((*UNITS, str(folder / kind), kind, str(count)))
    for kind, (script, whose, against, ratio) in theirs.items():
        mine = (*OURS, "validate", str(folder / kind), *FAMILIES)
        name = f"validate {units[kind]} {kind.upper()}, ZJ0 to ZJ2"
        yield row(name, mine, against, (*THEIRS, script, str(folder / whose)), ratio, 64)


def rules(folder: Path, count: int) -> Iterator[Row]:
    """Yield the measures of a review with every rule."""
    every, schema = folder / "every", str(folder / "schema.json")
    run((*VARIED, "--units", str(count), str(every)))
    run((*OURS, "schema", "-o", schema))
    judged = (*OURS, "validate", str(every), "-q", "--no-cache")
    typed = (sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *map(str, sorted(every.iterdir())))
    name = f"validate {count} YAML, every rule"
    yield row(name, judged, "yaml.load(CSafeLoader)", (*THEIRS, "yaml", str(every)), 4, 128)
    yield row(name, judged, "check-jsonschema, types alone", typed, 1, 128)


def rendering(folder: Path, count: int) -> Iterator[Row]:
    """Yield the measures of merging."""
    tasks, form = str(resource("data", "tasks.yaml")), str(resource("templates", "official.docx"))
    one, many = str(folder / "one"), str(folder / "many")
    here, there = str(folder / "我们.docx"), str(folder / "他们.docx")
    run((*UNITS, one, "yaml", "1"))
    run((*UNITS, many, "yaml", str(count)))
    yield row(
        "render 1 unit",
        (*OURS, "render", one, "-o", here, "--no-cache"),
        "python-docx, cell by cell",
        (*THEIRS, "table", f"{one}/0001.yaml", tasks, there),
        0.12,
        64,
    )
    yield row(
        f"render {count} units",
        (*OURS, "render", many, "-o", here, "--no-cache"),
        "CSafeLoader, pydantic, python-docx",
        (*THEIRS, "rows", many, form, tasks, there),
        0.4,
        64,
    )


def returning(folder: Path, count: int) -> Iterator[Row]:
    """Yield the measure of sending back: letters and marked copies, against letters of the same size alone."""
    sent, back, said = folder / "收件", folder / "退回", folder / "letters.json"
    sent.mkdir()
    for number, unit in enumerate(_units.units(count), start=1):
        entries = dict(unit.entries)
        for task in list(entries)[number % _DOUBTS :: _DOUBTS]:
            entries[task] = replace(entries[task], status="" if number % 2 else "已落实。")
        doubtful = replace(unit, entries=entries)
        (sent / f"{number:04}.docx").write_bytes(write_status_file("docx", [doubtful], load_catalog()))
    mine = (*OURS, "return", str(sent), "-o", str(back), "--no-cache")
    run(mine)
    said.write_text(json.dumps([_said(path) for path in sorted(back.glob("*/退回意见.docx"))]), encoding="utf-8")
    theirs = (*THEIRS, "letters", str(said), str(folder / "theirs"))
    yield row(f"return {count}, letters and marked copies", mine, "docxtpl, the letters alone", theirs, 1)


def _said(letter: Path) -> dict[str, object]:
    """Return the paragraphs and the rows of the table of a letter."""
    import docx

    document = docx.Document(str(letter))
    rows = [[cell.text for cell in line.cells] for table in document.tables for line in table.rows]
    return {"texts": [paragraph.text for paragraph in document.paragraphs], "rows": rows}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the units, two rounds")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each command (5)")
    groups = ("starting", "structure", "rules", "rendering", "returning")
    parser.add_argument("--only", choices=groups, nargs="+", default=groups, help="only these measures")
    options = parser.parse_args()
    part, rounds = (10, 2) if options.quick else (1, options.rounds)
    prepare()
    print(machine(), end="\n\n")
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="zhijiao20-bench-") as name:
        folder = Path(name)
        units = {kind: count // part for kind, count in SIZES.items()}
        measures = {
            "starting": lambda: starting(folder),
            "structure": lambda: structure(folder, units),
            "rules": lambda: rules(folder, units["yaml"]),
            "rendering": lambda: rendering(folder, RENDERED // part),
            "returning": lambda: returning(folder, RETURNED // part),
        }
        for group in options.only:
            for one in measures[group]():
                measure(one, rounds)


if __name__ == "__main__":
    main()
