"""Every file read and reviewed: what validate and render both begin with.

The files are reviewed one by one, here or in worker processes, or their review is found in the cache; either way the
results come in the order of the files and are the same.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.display import path_text
from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.merge import Merging
from zhijiao20.core.settings import Settings
from zhijiao20.system.discovery import FoundFiles
from zhijiao20.system.temp_store import temporary_file, temporary_space

if TYPE_CHECKING:
    from zhijiao20.review.cache import Cache
    from zhijiao20.review.file_review import ReviewJob
    from zhijiao20.review.result_store import ResultStore
    from zhijiao20.review.serialize import PackedResult
    from zhijiao20.rules.between.near_copy import Remember
    from zhijiao20.rules.engine import CrossUnitReview
    from zhijiao20.rules.waivers import Waiver

_OTHERWISE = "，或用 --ignore ZJ601 不比较各单位的文字"
WORKERS = "ZHIJIAO20_WORKERS"
"""The variable of the environment that says how many processes are to review files."""

_WORTH_FORKED, _WORTH = 2 * 2**20, 12 * 2**20
"""Bytes of files from which on a second process pays for its start; one that is not forked loads everything anew."""

_MOST_FORKED, _MOST = 4, 2  # a process that is not forked has libraries of its own in memory


def _silent(_done: int, _files: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a review is carried out; what it finds is the same whatever they are.

    Attributes:
        workers: how many processes review files; 1 is the program itself, 0 as many as pay.
        cache: the folder of the cache, or None for none.
        progress: is told after each file how many of how many are done.
    """

    workers: int = 1
    cache: Path | None = None
    progress: Callable[[int, int], None] = _silent


SERIAL = RunOptions()
"""The program itself, nothing kept."""


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """All files reviewed.

    Attributes:
        found: the files, and what was passed over.
        units: how many units there are in them.
        spool: the findings.
    """

    found: FoundFiles
    units: int
    store: ResultStore

    def report(self, first: Sequence[Finding] = ()) -> Report:
        """The report, with findings that stand before those of the files."""
        found, spool = self.found, self.store
        unread = tuple(map(path_text, found.unread))
        return Report(len(found.files), self.units, spool.findings(first), found.passed_over, spool.waived(), unread)


def review_files(
    found: FoundFiles, settings: Settings, options: RunOptions, merging: Merging | None = None
) -> ReviewResult:
    """Review the files.

    Args:
        found: the status files in order, and what was passed over.
        settings: the chosen rules.
        options: workers, cache and progress.
        merging: takes the texts of every unit, where they are wanted.
    """
    from zhijiao20.review.cache import Cache
    from zhijiao20.review.file_review import ReviewJob
    from zhijiao20.review.result_store import ResultStore
    from zhijiao20.review.serialize import read_header, read_unit_texts
    from zhijiao20.rules.engine import CrossUnitReview

    files = found.files
    names = [path_text(file) for file in files]
    folder = options.cache if len(files) > 1 else None  # of a file alone less is kept than is needed beside others
    kept = Cache(folder) if folder else None
    order = ReviewJob(settings, merging is not None, len(files) == 1, folder)
    spool, across = ResultStore(names, settings), CrossUnitReview(settings, temporary_file, _memory(kept, order))
    waivers: list[Waiver] = []
    units = 0
    with contextlib.closing(_results(files, order, options)) as results:
        for index, reviewed in enumerate(results):
            head = read_header(reviewed, names[index])
            waivers.extend(head.waivers)
            units += len(head.units)
            with temporary_space(_OTHERWISE):
                spool.add(reviewed.findings, head.counts, head.waived)
                for unit in head.units:
                    across.take(unit)
                if merging is not None:
                    for name, period, said in read_unit_texts(reviewed.said):
                        merging.take(name, names[index], period, said)
            if kept is not None and reviewed.key:
                kept.put(reviewed)
            options.progress(index + 1, len(files))
    _finish(across, waivers, spool, settings)
    if kept is not None:
        kept.close()
    return ReviewResult(found, units, spool)


def _memory(kept: Cache | None, order: ReviewJob) -> Remember:
    """What rules between units worked out in earlier runs."""
    from zhijiao20.rules.between.near_copy import forget

    if kept is None:
        return forget

    def remember(key: bytes, work: Callable[[], bytes]) -> bytes:
        return kept.remember(order.key("units", key), work)

    return remember


def _finish(across: CrossUnitReview, waivers: Sequence[Waiver], spool: ResultStore, settings: Settings) -> None:
    """What the rules between units say, and which waivers of theirs took nothing back."""
    from zhijiao20.rules.structure.unused_waiver import unused
    from zhijiao20.rules.waivers import waive

    with temporary_space(_OTHERWISE):
        findings, waived = waive(across.finish(), waivers)
    findings.extend(unused(waivers, waived, settings))
    wanted = (item for item in waived if settings.wants(item.finding.rule.code, item.finding.unit))
    spool.add_cross_unit(settings.chosen(findings), wanted)


def _results(files: Sequence[Path], order: ReviewJob, options: RunOptions) -> Generator[PackedResult]:
    """What each file came to, in order."""
    from zhijiao20.review.file_review import FileReviewer

    count = options.workers or _workers(files)
    if count > 1 and len(files) > 1:
        from zhijiao20.review.workers import Workers

        yield from Workers(files, order, count).results()
        return
    reviewer = FileReviewer(order)
    try:
        for file in files:
            yield reviewer.review(file)
    finally:
        reviewer.close()


def _workers(files: Sequence[Path]) -> int:
    """How many processes pay: one for each processor, where there is enough to do."""
    size = 0
    for file in files:
        with contextlib.suppress(OSError):
            size += file.stat().st_size
        if size > _WORTH:
            break
    if size <= _WORTH_FORKED:
        return 1
    from multiprocessing import get_context

    asked = os.environ.get(WORKERS, "")
    if asked.isdecimal() and int(asked) > 0:
        return min(int(asked), len(files))
    forked = get_context().get_start_method() == "fork"
    if not forked and size <= _WORTH:
        return 1
    able = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(able, _MOST_FORKED if forked else _MOST)
