"""Review all files of a run, for ``validate`` and ``render``.

The files are reviewed one by one in this process or in worker processes, or their results are read from the cache.
The results are the same in each case, and in the order of the files.
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

_DISK_FULL_HINT = "，或用 --ignore ZJ601 不比较各单位的文字"
WORKERS = "ZHIJIAO20_WORKERS"
"""Name of the environment variable that sets how many processes review files."""

_MIN_BYTES_FORKED, _MIN_BYTES_SPAWNED = 2 * 2**20, 12 * 2**20
"""Bytes of files above which a second process saves time; a process that is not forked loads all modules again."""

_MAX_FORKED, _MAX_SPAWNED = 4, 2  # a process that is not forked has its own copy of the libraries in memory


def _ignore_progress(_done: int, _files: int) -> None:
    """Ignore the progress."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a review is run; the options do not change its result.

    Attributes:
        workers: number of processes that review files; 1 is this process only, 0 chooses by the size of the files.
        cache: the cache folder; None for no cache.
        progress: called after each file with the number of reviewed files and of all files.
    """

    workers: int = 1
    cache: Path | None = None
    progress: Callable[[int, int], None] = _ignore_progress


SERIAL = RunOptions()
"""This process only, no cache."""


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The result of a review of all files.

    Attributes:
        found: the files, and what was passed over.
        units: number of units in the files.
        store: the findings.
    """

    found: FoundFiles
    units: int
    store: ResultStore

    def report(self, first: Sequence[Finding] = ()) -> Report:
        """Return the report; the findings in ``first`` precede those of the files."""
        found, store = self.found, self.store
        unread = tuple(map(path_text, found.unread))
        return Report(len(found.files), self.units, store.findings(first), found.passed_over, store.waived(), unread)


def review_files(
    found: FoundFiles, settings: Settings, options: RunOptions, merging: Merging | None = None
) -> ReviewResult:
    """Review the files and store their findings.

    Args:
        found: the status files in order, and what was passed over.
        settings: the chosen rules, thresholds and limits.
        options: workers, cache and progress.
        merging: receives the texts of every unit; None if the texts are not needed.
    """
    from zhijiao20.review.cache import Cache
    from zhijiao20.review.file_review import ReviewJob
    from zhijiao20.review.result_store import ResultStore
    from zhijiao20.review.serialize import read_header, read_unit_texts
    from zhijiao20.rules.engine import CrossUnitReview

    files = found.files
    names = [path_text(file) for file in files]
    folder = options.cache if len(files) > 1 else None  # the result of a single file lacks data for cross-unit rules
    cache = Cache(folder) if folder else None
    job = ReviewJob(settings, merging is not None, len(files) == 1, folder)
    store, cross_unit = ResultStore(names, settings), CrossUnitReview(settings, temporary_file, _remember(cache, job))
    waivers: list[Waiver] = []
    units = 0
    with contextlib.closing(_results(files, job, options)) as results:
        for index, result in enumerate(results):
            header = read_header(result, names[index])
            waivers.extend(header.waivers)
            units += len(header.units)
            with temporary_space(_DISK_FULL_HINT):
                store.add(result.findings, header.counts, header.waived)
                for unit in header.units:
                    cross_unit.take(unit)
                if merging is not None:
                    for unit_name, period, texts in read_unit_texts(result.said):
                        merging.take(unit_name, names[index], period, texts)
            if cache is not None and result.key:
                cache.put(result)
            options.progress(index + 1, len(files))
    _finish(cross_unit, waivers, store, settings)
    if cache is not None:
        cache.close()
    return ReviewResult(found, units, store)


def _remember(cache: Cache | None, job: ReviewJob) -> Remember:
    """Return the function that stores results of cross-unit rules in the cache for later runs."""
    from zhijiao20.rules.between.near_copy import forget

    if cache is None:
        return forget

    def remember(key: bytes, work: Callable[[], bytes]) -> bytes:
        return cache.remember(job.key("units", key), work)

    return remember


def _finish(cross_unit: CrossUnitReview, waivers: Sequence[Waiver], store: ResultStore, settings: Settings) -> None:
    """Apply the cross-unit rules and their waivers, and report waivers without effect."""
    from zhijiao20.rules.structure.unused_waiver import unused
    from zhijiao20.rules.waivers import waive

    with temporary_space(_DISK_FULL_HINT):
        findings, waived = waive(cross_unit.finish(), waivers)
    findings.extend(unused(waivers, waived, settings))
    wanted = (item for item in waived if settings.wants(item.finding.rule.code, item.finding.unit))
    store.add_cross_unit(settings.chosen(findings), wanted)


def _results(files: Sequence[Path], job: ReviewJob, options: RunOptions) -> Generator[PackedResult]:
    """Yield the result of each file, in order."""
    from zhijiao20.review.file_review import FileReviewer

    count = options.workers or _workers(files)
    if count > 1 and len(files) > 1:
        from zhijiao20.review.workers import Workers

        yield from Workers(files, job, count).results()
        return
    reviewer = FileReviewer(job)
    try:
        for file in files:
            yield reviewer.review(file)
    finally:
        reviewer.close()


def _workers(files: Sequence[Path]) -> int:
    """Choose the number of processes: one per processor, but only if there is enough data."""
    size = 0
    for file in files:
        with contextlib.suppress(OSError):
            size += file.stat().st_size
        if size > _MIN_BYTES_SPAWNED:
            break
    if size <= _MIN_BYTES_FORKED:
        return 1
    from multiprocessing import get_context

    requested = os.environ.get(WORKERS, "")
    if requested.isdecimal() and int(requested) > 0:
        return min(int(requested), len(files))
    forked = get_context().get_start_method() == "fork"
    if not forked and size <= _MIN_BYTES_SPAWNED:
        return 1
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, _MAX_FORKED if forked else _MAX_SPAWNED)
