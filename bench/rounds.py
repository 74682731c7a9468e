"""What it costs to compare two rounds instead of to validate one, in every format that ``diff`` writes.

``python bench/rounds.py`` writes two rounds of 1,000 units of ``corpus.py`` into a temporary folder (150 MB) and prints
a table; ``--units`` takes fewer.  In the second round, one text of four has other figures, and one of twenty is new;
``--changed`` and ``--new`` take other shares.  CPU is that of all processes together; one process reads the files,
and nothing is in the cache.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from pathlib import Path

import corpus
from collecting import row
from scale import LIMIT, machine, run

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
    options = parser.parse_args()
    count = options.units
    with tempfile.TemporaryDirectory(prefix="zhijiao20-bench-") as name:
        folder = Path(name)
        old, new = write(folder, count, options.changed, options.new)
        cache = folder / "cache"
        print(f"| {count:,} units | against | CPU | against | ratio | at most | peak |\n|---|---|---|---|---|---|---|")
        validate = run(cache, "validate", "-q", "--no-cache", new, workers=1)
        for output in ("", "对照.docx", "对照.xlsx", "对照.html"):
            where = ("-o", str(folder / output)) if output else ()
            compared = run(cache, "diff", "--no-cache", old, new, *where, workers=1)
            row(f"diff {output}".strip(), "validate", compared, validate, 1.5)
        reviewed = run(cache, "validate", "-q", "--no-cache", new, "--previous", old, workers=1)
        row("validate --previous", "validate", reviewed, validate, 1.5)
    print(f"\n{machine()}.  No run may take more than {LIMIT} MiB.")


if __name__ == "__main__":
    main()
