"""Everything that is measured, one after the other: ``python bench/run.py`` (after ``pip install .[bench]``).

Takes half an hour and 1 GB of disk; ``--quick`` some minutes: to see that it runs.  ``docs/performance.md``
has what it printed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

QUICK = (
    ("parsing.py", "--quick"),
    ("near_copies.py", "--units", "100"),
    ("steps.py", "--units", "10"),
    ("scale.py", "--quick"),
    ("collecting.py", "--units", "100", "--rounds", "1"),
    ("rounds.py", "--units", "100", "--rounds", "1"),
    ("overview.py", "--units", "100"),
)
SEEDS = tuple(("near_copies.py", "--seed", str(seed)) for seed in range(3))
WHOLE = (
    ("parsing.py",),
    *SEEDS,
    ("steps.py",),
    ("scale.py",),
    ("collecting.py",),
    ("rounds.py",),
    ("overview.py", "--many"),
)


def main() -> None:
    """Run the programs of this folder, each with its table."""
    for name, *arguments in QUICK if sys.argv[1:] == ["--quick"] else WHOLE:
        print(f"\n## {' '.join((name, *arguments))}\n", flush=True)
        subprocess.run([sys.executable, str(Path(__file__).with_name(name)), *arguments], check=True)


if __name__ == "__main__":
    main()
