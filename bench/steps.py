"""Where the time of a review goes: ``python bench/steps.py`` prints microseconds a text for each step and each rule.

The units of ``corpus.py`` go through all steps one by one, as in a run; the clock is read once a rule and unit.
"""

from __future__ import annotations

import argparse
import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import perf_counter

import corpus

from zhijiao20.core.findings import Collector
from zhijiao20.core.settings import DEFAULT
from zhijiao20.formats.read import read_content
from zhijiao20.review.file_result import FileResult
from zhijiao20.review.serialize import pack, unpack
from zhijiao20.rules.cross_unit_review import CrossUnitReview
from zhijiao20.rules.engine import Reviewer, all_texts_rules, text_rules, unit_rules
from zhijiao20.rules.shared.passage import Passage
from zhijiao20.system.discovery import load_catalog
from zhijiao20.system.temp_store import TempStore


class Profile:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds, self.texts = Counter[str](), 0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        begin = perf_counter()
        yield
        self.seconds[name] += perf_counter() - begin

    def review(self, data: bytes, reviewer: Reviewer, across: CrossUnitReview) -> None:
        """Take one unit through all steps."""
        catalog, out = load_catalog(), Collector("甲.yaml")
        with self.step("read"):
            (unit,), _ = read_content(Path("甲.yaml"), data, catalog)
        for code, unit_rule in unit_rules():
            with self.step(code):
                unit_rule(unit, catalog, out)
        passages = [Passage(catalog.tasks[entry.task], entry, DEFAULT.thresholds) for entry in unit.entries.values()]
        self.texts += len(passages)
        for code, whole_rule in all_texts_rules():
            with self.step(code):
                list(whole_rule(passages))
        for code, text_rule in text_rules():
            with self.step(code):
                for passage in passages:
                    if hits := text_rule(passage):
                        list(hits)
        with self.step("sketch for ZJ601, heads for ZJ602"):
            seen = reviewer.summarize(unit)
        with self.step("pack and unpack"):
            (seen,) = unpack(pack(FileResult((out.findings, []), [seen])), "甲.yaml").units
        with self.step("put aside for ZJ601"):
            across.take(seen)


def main() -> None:
    """Print a table, dearest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=1000)
    options = parser.parse_args()
    profile, reviewer = Profile(), Reviewer(load_catalog())
    across = CrossUnitReview(DEFAULT, TempStore)
    gc.freeze()
    gc.set_threshold(50_000)
    for name, texts in islice(corpus.units(options.units), options.units):
        profile.review(corpus.as_yaml(name, texts), reviewer, across)
    with profile.step("compare for ZJ601, ZJ107, ZJ602"):
        across.finish()
    print(f"{profile.texts} texts\n\n| step | microseconds a text |\n|---|--:|")
    for name, seconds in profile.seconds.most_common():
        print(f"| {name} | {seconds / profile.texts * 1e6:.1f} |")
    print(f"| all | {profile.seconds.total() / profile.texts * 1e6:.1f} |")


if __name__ == "__main__":
    main()
