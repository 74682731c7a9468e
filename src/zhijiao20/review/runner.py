"""Review all files of a run: the one loop over files of every command that reads them.

The files are reviewed one by one in this process or in worker processes, or their results are read from the cache.
The results are the same in each case, and in the order of the files.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from zhijiao20.core.answers import Answers, differing
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Finding
from zhijiao20.core.settings import Settings, with_roster
from zhijiao20.core.unread import Unread, describe_unread, unread_lines
from zhijiao20.review.result_store import ReviewResult
from zhijiao20.system.discovery import load_catalog, path_text
from zhijiao20.system.found_files import NOTHING, Exclude, FoundFiles
from zhijiao20.system.temp_store import TempStore

if TYPE_CHECKING:
    from zhijiao20.core.roster import Roster
    from zhijiao20.core.submission import Submission
    from zhijiao20.review.chosen import Chosen
    from zhijiao20.review.file_result import FileResult, PackedResult, Sources, TextTaker
    from zhijiao20.review.file_review import ReviewJob
    from zhijiao20.review.intake import Intake
    from zhijiao20.review.namesakes import Namesakes
    from zhijiao20.review.previous_answers import PreviousAnswers
    from zhijiao20.rules.shared.unit_summary import UnitSummary
    from zhijiao20.rules.waivers import Waiver

_NOTHING_TAKEN = frozenset({"ZJ001", "ZJ002", "ZJ115"})  # errors of a file that may not be a status file at all
_DISK_FULL_HINT = "，或用 --ignore ZJ601 不比较各单位的文字"
Progress: TypeAlias = Callable[[int, int], None]
"""Called after each file with the number of reviewed files and of all files."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How files are found and reviewed.

    Attributes:
        workers: number of processes that review files; 1 is this process only, 0 chooses by the size of the files.
        cache: returns the cache folder; None for no cache.
        progress: opens a display of the progress under a title; None for none.
        exclude: the files that are no status files.
        skip_unread: whether to pass over files that could hold a status, but from which nothing was taken.
        roster: the roster of the round, without errors; None without one.
        use: the files that count where a unit sent several; they must be among the files.
        usual: the files that count in this project; used if ``use`` gives none, those that are not read passed over.
        previous: the answers of the last round, with which each unit is compared; None without one.
    """

    workers: int = 1
    cache: Callable[[], Path | None] | None = None
    progress: Callable[[str], contextlib.AbstractContextManager[Progress]] | None = None
    exclude: Exclude = NOTHING
    skip_unread: bool = False
    roster: Roster | None = None
    use: tuple[Path, ...] = ()
    usual: tuple[Path, ...] = ()
    previous: PreviousAnswers | None = None


SERIAL = RunOptions()
"""This process only, no cache."""


def review_files(
    found: FoundFiles,
    settings: Settings,
    options: RunOptions,
    merging: TextTaker | None = None,
    *,
    take: Callable[[Submission], None] | None = None,
    fix: Callable[[Path, FileResult], FileResult | None] | None = None,
    collecting: bool = False,
    sources: Sources | None = None,
) -> ReviewResult:
    """Review the files and store their findings: the one loop over files of all commands.

    Args:
        found: the status files in order, and what was passed over.
        settings: the chosen rules, thresholds and limits.
        options: workers, cache and progress.
        merging: receives the texts of every unit; None if the texts are not needed.
        take: receives every submission of a file without errors, in this process; then nothing is waived.
        fix: receives every file with its result, and returns the result that replaces it if it changed the file.
        collecting: whether it is needed what each file brought.
        sources: what the caller has prepared of the files that are not read as they are; None to prepare it here.
    """
    from zhijiao20.formats.read import need_preparation
    from zhijiao20.review.file_review import ReviewJob

    if options.roster is not None:
        settings = with_roster(settings)
    with contextlib.ExitStack() as stack:
        if sources is None and need_preparation(found.files):
            from zhijiao20.review.sources import prepared

            opened = prepared(found, settings.limits, options.cache, options.exclude, options.progress)
            sources = stack.enter_context(opened)
        files, sources = found.files, sources or {}
        many = len(files) > 1  # the result of a single file lacks cross-unit data
        cache = options.cache() if options.cache and many and take is None else None
        job = ReviewJob(
            settings,
            merging is not None,
            not many,
            cache,
            take is None,
            sources,
            options.roster,
            answers=collecting or cache is not None,
            previous=options.previous,
        )
        run = _Run(found, job, merging, skip_unread=options.skip_unread, collecting=collecting)
        if options.use or options.usual:
            from zhijiao20.review.chosen import choose

            run.chosen = choose(job, files, options.use or options.usual, all_read=bool(options.use))
        show = stack.enter_context(options.progress("正在审核")) if options.progress and many else None
        for index, result in enumerate(_results(files, job, options, take)):
            run.add(index, result, fix)
            if show is not None:
                show(index + 1, len(files))
        return run.finish()


class _Run:
    """The state of one review: findings, cross-unit data and cache; ``chosen`` says which files count."""

    def __init__(
        self, found: FoundFiles, job: ReviewJob, merging: TextTaker | None, *, skip_unread: bool, collecting: bool
    ) -> None:
        from zhijiao20.review.result_store import ResultStore
        from zhijiao20.rules.cross_unit_review import CrossUnitReview

        self._found, self._job, self._merging = found, job, merging
        self._names = [path_text(file) for file in found.files]
        self._cache = None
        if job.cache:
            from zhijiao20.review.cache import Cache

            self._cache = Cache(job.cache)
        new_store = partial(TempStore, _DISK_FULL_HINT)
        self._store = ResultStore(self._names, job.settings, new_store)
        remember = self._remember if self._cache else None
        self._cross_unit = CrossUnitReview(job.settings, new_store, remember, self._differ)
        self._waivers: list[Waiver] = []
        self._skip_unread, self._skipped, self._skippable = skip_unread, list[Unread](), 0
        self.chosen: Chosen | None = None
        self._namesakes: Namesakes | None = None
        if job.roster is None and not job.single_file:  # else no two units of a run are called alike
            from zhijiao20.review.namesakes import Namesakes

            self._namesakes = Namesakes(job.settings)
        self._intake: Intake | None = None
        if collecting:
            from zhijiao20.review.intake import Intake

            self._intake = Intake(job.settings)
            self._store.rules_by_unit = {}

    def add(
        self, index: int, result: FileResult | PackedResult, fix: Callable[[Path, FileResult], FileResult | None] | None
    ) -> None:
        """Add the result of a file."""
        name = self._names[index]
        result = _unpacked(result, name) if isinstance(result, tuple) else result
        if self.chosen is not None:
            kept = self.chosen.keep(index, result)
            if kept is None:
                return
            result = kept
        if fix is not None:
            result = fix(self._found.files[index], result) or result
        if self._cache is not None and result.key:
            from zhijiao20.review.serialize import pack

            self._cache.put(pack(result))
        if self._namesakes is not None:
            result = self._namesakes.tell_apart(result, name)
        if self._intake is not None:
            self._intake.take(name, result, partial(self._store.read, index, result), partial(self._is_text, index))
        taken = result.unit_count or not result.has_any(_NOTHING_TAKEN) or self._is_text(index)
        if not taken and self._skip(index, result):
            return
        self._waivers.extend(result.waivers)
        self._store.add(index, result)
        for unit in result.units:
            self._cross_unit.take(unit)
        if self._merging is not None:
            self._merge(self._merging, name, result)

    @staticmethod
    def _merge(merging: TextTaker, name: str, result: FileResult) -> None:
        for unit_name, period, texts, superior in result.texts:
            merging.take(unit_name, name, period, texts, superior)

    def _skip(self, index: int, result: FileResult) -> bool:
        """Pass over a file from which nothing was taken, if this is wanted."""
        self._skippable += not self._skip_unread
        if self._skip_unread:
            finding = next(item for item in self._store.read(index, result) if item.rule.code in _NOTHING_TAKEN)
            self._skipped.append(Unread(finding.file, finding.message, finding.hint))
        return self._skip_unread

    def _is_text(self, index: int) -> bool:
        from zhijiao20.review.arrived import is_text

        return is_text(self._found.files[index], self._job.sources)

    def _differ(self, versions: Sequence[UnitSummary]) -> Sequence[str] | None:
        """Return the tasks in which several submissions of a unit differ; None if it cannot be found out any more."""
        answers = [found for unit in versions if (found := unit.answers or self._read_again(unit)) is not None]
        return differing(answers, load_catalog().tasks) if len(answers) == len(versions) else None

    def _read_again(self, unit: UnitSummary) -> Answers | None:
        """Return the answers of a unit, which are kept only where many may need them; None if its file has changed."""
        from zhijiao20.review.file_review import FileReviewer

        settings = replace(self._job.settings, select=("ZJ0",), ignore=())
        job = replace(self._job, settings=settings, merging=False, cache=None, answers=True, previous=None)
        result = FileReviewer(job).review(self._found.files[self._names.index(unit.file)])
        units = [] if isinstance(result, tuple) else result.units
        return units[unit.index].answers if unit.index < len(units) else None

    def finish(self) -> ReviewResult:
        """Apply the cross-unit rules and their waivers, and report waivers without effect."""
        settings = self._job.settings
        findings: Sequence[Finding] = self._cross_unit.finish()
        if findings or self._waivers:
            from zhijiao20.rules.structure.unused_waiver import unused
            from zhijiao20.rules.waivers import waive

            kept, waived = waive(findings, self._waivers)
            kept.extend(unused(self._waivers, waived, settings))
            wanted = (item for item in waived if settings.wants(item.finding.rule.code, item.finding.unit))
            self._store.add_cross_unit(settings.chosen(kept), wanted)
        if self._cache is not None:
            self._cache.close()
        if self._skipped and len(self._skipped) == len(self._found.files):
            raise UsageError("\n".join(["没有一个文件可以读，没有读到任何单位：", *unread_lines(self._skipped)]))
        if self._intake is not None:
            self._intake.take_others([describe_unread(path_text(file)) for file in self._found.unread])
        set_aside, not_read = (self.chosen.set_aside, self.chosen.not_read) if self.chosen else ((), ())
        return ReviewResult(self._found, self._store, self._skipped, self._skippable, self._intake, set_aside, not_read)

    def _remember(self, key: bytes, work: Callable[[], bytes]) -> bytes:
        """Return the result of a cross-unit rule from the cache, or compute and store it."""
        assert self._cache is not None, "it is called only where there is a cache"
        return self._cache.remember(self._job.key("units", key), work)


def _unpacked(result: PackedResult, file: str) -> FileResult:
    from zhijiao20.review.serialize import unpack

    return unpack(result, file)


def _results(
    files: Sequence[Path], job: ReviewJob, options: RunOptions, take: Callable[[Submission], None] | None
) -> Generator[FileResult | PackedResult]:
    """Yield the result of each file, in order."""
    from zhijiao20.review.file_review import FileReviewer

    count = 1
    if not take and len(files) > 1:
        from zhijiao20.review.worker_count import worker_count

        count = options.workers or worker_count(files)
    if count > 1:
        from zhijiao20.review.workers import Workers

        yield from Workers(files, job, count).results()
        return
    reviewer = FileReviewer(job, take)
    try:
        for file in files:
            yield reviewer.review(file)
    finally:
        if job.cache:
            reviewer.close()
