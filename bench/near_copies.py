"""Near-copies between units (ZJ601) against comparing every pair: CPU time, recall and precision.

``python bench/near_copies.py --units 1000`` writes texts for so many units, plants 2 % near-copies in which 5 to 10 %
of the characters are changed, and looks for them twice, each time in a process of its own: with the rule, and with
rapidfuzz comparing every pair at the same threshold.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context
from time import process_time

import corpus

from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.rules.cross_unit_review import CrossUnitReview
from zhijiao20.rules.engine import Reviewer
from zhijiao20.system.discovery import load_catalog
from zhijiao20.system.temp_store import TempStore

PLANTED = 0.02
CHANGED = (0.05, 0.10)
SETTINGS = Settings(("ZJ601",))

Pair = tuple[str, int, int]
"""A task, the later unit, the earlier unit."""


@dataclass(frozen=True)
class Result:
    """What one way of looking found, and what it took."""

    pairs: frozenset[Pair]
    seconds: float
    peak: float


def planted(units: int, seed: int) -> dict[tuple[int, str], int]:
    """(unit, task) of each near-copy, and the unit it is copied from."""
    chance = random.Random(f"plant {seed}")
    places = [(unit, task) for unit in range(units) for task in load_catalog().tasks]
    chosen = chance.sample(places, round(PLANTED * len(places)))
    copies = set(chosen)
    sources = {}
    for unit, task in chosen:
        source = chance.randrange(units)
        while source == unit or (source, task) in copies:
            source = chance.randrange(units)
        sources[unit, task] = source
    return sources


def submissions(units: int, seed: int) -> Iterator[Submission]:
    """The units with the near-copies in them, one by one."""
    sources = planted(units, seed)
    needed = sorted({(source, task) for (_, task), source in sources.items()})
    originals: dict[tuple[int, str], str] = {}
    wanted = {source: [task for _, task in group] for source, group in groupby(needed, key=lambda pair: pair[0])}
    for index, (_, texts) in enumerate(corpus.units(units, seed)):
        originals.update({(index, task): texts[task] for task in wanted.get(index, ())})
    chance = random.Random(f"change {seed}")
    for index, (name, texts) in enumerate(corpus.units(units, seed)):
        for task in texts:
            if (index, task) in sources:
                text = originals[sources[index, task], task]
                texts[task] = corpus.near_copy(text, chance, chance.uniform(*CHANGED))
        yield Submission(name, f"{index}", entries={task: Entry(task, status=text) for task, text in texts.items()})


def ours(units: int, seed: int) -> Result:
    """The rule, from texts to findings; what it takes to load numpy and rapidfuzz counts."""
    seconds, begin = 0.0, process_time()
    reviewer, across = Reviewer(load_catalog(), SETTINGS), CrossUnitReview(SETTINGS, TempStore)
    seconds += process_time() - begin
    for submission in submissions(units, seed):
        begin = process_time()
        across.take(reviewer.summarize(submission))
        seconds += process_time() - begin
    begin = process_time()
    findings = across.finish()
    seconds += process_time() - begin
    numbers = {name: index for index, name in zip(range(units), corpus.unit_names(seed), strict=False)}
    named = ((finding, re.search("与“(.+?)”", finding.message)) for finding in findings)
    pairs = ((finding.task or "", int(finding.file), numbers[other[1]]) for finding, other in named if other)
    return Result(frozenset(pairs), seconds, _peak())


def every_pair(units: int, seed: int) -> Result:
    """All pairs by rapidfuzz, each once, at the same threshold; making the texts ready is not counted."""
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    texts: dict[str, list[str]] = {task: [] for task in load_catalog().tasks}
    reviewer = Reviewer(load_catalog(), SETTINGS)
    for submission in submissions(units, seed):
        ready = reviewer.summarize(submission).texts
        for task, text in zip(ready.tasks, ready.each(), strict=True) if ready else ():
            texts[task].append(text)
    pairs: set[Pair] = set()
    begin = process_time()
    alike, similarity = SETTINGS.thresholds.alike, Levenshtein.normalized_similarity
    for task, every in texts.items():
        scores = process.cdist(every, every, scorer=similarity, score_cutoff=alike, dtype=np.float32)
        pairs.update((task, later, earlier) for later, earlier in np.argwhere(np.tril(scores, -1)).tolist())
    return Result(frozenset(pairs), process_time() - begin, _peak())


def _peak() -> float:
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    results = []
    for way in (ours, every_pair):
        with get_context("spawn").Pool(1) as pool:
            results.append(pool.apply(way, (options.units, options.seed)))
    rule, brute = results
    sources = planted(options.units, options.seed)
    copies = {(task, max(unit, source), min(unit, source)) for (unit, task), source in sources.items()}
    told = {(task, later) for task, later, _ in rule.pairs}
    recall = sum((task, later) in told for task, later, _ in copies) / max(len(copies), 1)
    right = len(rule.pairs & brute.pairs) / max(len(rule.pairs), 1)
    missed = len({(task, later) for task, later, _ in brute.pairs} - told)
    print(f"{options.units} units x {len(load_catalog().tasks)} texts, {len(copies)} near-copies planted\n")
    print("| | CPU | peak memory | found |")
    print("|---|---|---|---|")
    print(f"| ZJ601 | {rule.seconds:.2f} s | {rule.peak:.0f} MiB | {len(rule.pairs)} |")
    print(f"| every pair | {brute.seconds:.2f} s | {brute.peak:.0f} MiB | {len(brute.pairs)} |")
    print(f"\nratio {rule.seconds / brute.seconds:.3f}, recall {recall:.4f}, precision {right:.4f}", end="")
    print(f", texts that only every pair tells {missed}")


if __name__ == "__main__":
    main()
