"""What it costs to compare two rounds: against difflib on the same texts, and against validating one round.

``python bench/rounds.py`` writes two rounds of 1,000 units of ``corpus.py`` into a temporary folder (150 MB) and prints
a table; ``--units`` takes fewer.  In the second round, one text of four has other figures, and one of twenty is new;
``--changed`` and ``--new`` take other shares.  All runs are on one processor, and nothing is in the cache.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from functools import partial
from pathlib import Path

import corpus
from cost import HEAD, THEIRS, Row, machine, measure, ours, prepare, run

_FIGURE = re.compile(r"(?<!\d)[1-9]\d{1,3}(?=[人次名万个份])")


def write(folder: Path, count: int, changed: float = 0.25, new: float = 0.05) -> tuple[str, str]:
    """Write two rounds; return their folders.

    Args:
        folder: where to write.
        count: the number of units.
        changed: the share of the texts in which figures change.
        new: the share of the texts that are new.
    """
    rounds = [folder / name for name in ("上期", "本期")]
    for one in rounds:
        one.mkdir()
    for index, (name, texts) in enumerate(corpus.units(count)):
        chance = random.Random(index)
        later = {task: _later(text, chance, changed, new) for task, text in texts.items()}
        for one, said in zip(rounds, (texts, later), strict=True):
            (one / f"{index:05}.yaml").write_bytes(corpus.as_yaml(name, said))
    return str(rounds[0]), str(rounds[1])


def _later(text: str, chance: random.Random, changed: float, new: float) -> str:
    """Return what the next round says instead of a text."""
    what = chance.random()
    if what < new:
        return corpus.status_text(chance)
    if what < new + changed:
        return _FIGURE.sub(lambda match: str(int(match[0]) + chance.randint(0, 40)), text)
    return text


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--changed", type=float, default=0.25)
    parser.add_argument("--new", type=float, default=0.05)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each command")
    options = parser.parse_args()
    count = options.units
    prepare()
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="zhijiao20-bench-") as name:
        folder = Path(name)
        old, new = write(folder, count, options.changed, options.new)
        compare = partial(ours, "diff", "--no-cache", old, new, cache=folder / "cache")
        validate = partial(ours, "validate", "-q", "--no-cache", new, cache=folder / "cache")
        every = (*THEIRS, "difflib", old, new)
        measure(
            Row(f"diff {count:,} × 87", "difflib, the same texts", compare, partial(run, every), 0.3), options.rounds
        )
        differing = partial(run, (*every, "only"))
        measure(Row(f"diff {count:,} × 87", "difflib, those that differ", compare, differing), options.rounds)
        for output in ("", "对照.docx", "对照.xlsx", "对照.html"):
            where = ("-o", str(folder / output)) if output else ()
            measure(Row(f"diff {output}".strip(), "validate", partial(compare, *where), validate), 1)
        measure(Row("validate --previous", "validate", partial(validate, "--previous", old), validate), 1)
    print(f"\n{machine()}.")


if __name__ == "__main__":
    main()
