"""Review one file: from its path to its findings and the data for cross-unit rules and merging."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20 import __version__
from zhijiao20.core.answers import answers_of
from zhijiao20.core.errors import UnreadableError
from zhijiao20.core.findings import Collector, Finding, TooManyFindingsError, sort_by_place
from zhijiao20.core.rule_table import ROUND_CODES, Severity
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Submission
from zhijiao20.core.unread import OFFICE_STARTS
from zhijiao20.formats.format_error import too_many_findings
from zhijiao20.formats.read import read_content, refuse, unread
from zhijiao20.formats.registry import BY_SUFFIX
from zhijiao20.review.file_result import FileFindings, FileResult, PackedResult, Source, Sources, UnitTexts
from zhijiao20.rules.engine import CROSS_UNIT_CODES, Reviewer, RoundReview
from zhijiao20.rules.shared.unit_summary import Known, UnitSummary
from zhijiao20.rules.structure.unused_waiver import unused
from zhijiao20.rules.waivers import Waiver, waive, waivers_of
from zhijiao20.system.discovery import load_catalog, path_text, read_bytes, resource

if TYPE_CHECKING:
    from zhijiao20.core.identify import Directory
    from zhijiao20.core.roster import Roster
    from zhijiao20.review.previous_answers import PreviousAnswers


@dataclass(frozen=True)
class ReviewJob:
    """What to do with each file of a run: the same for all files, and sent to the worker processes.

    Attributes:
        settings: the chosen rules, thresholds and limits.
        merging: whether the texts are needed for merging.
        single_file: whether this is the only file of the run.
        cache: the cache folder; None for no cache.
        waive: whether entries may suppress findings.
        sources: where the content of files is that are not read as they are.
        roster: the roster of the round; None without one.
        answers: whether the answers of each unit are needed task by task.
        previous: the answers of the last round; None where the units are not compared with it.
    """

    settings: Settings
    merging: bool = False
    single_file: bool = False
    cache: Path | None = None
    waive: bool = True
    sources: Sources = field(default_factory=dict)
    roster: Roster | None = None
    answers: bool = False
    previous: PreviousAnswers | None = None

    @cached_property
    def directory(self) -> Directory:
        """The names of the roster; made once in each process, and only where there is a roster."""
        from zhijiao20.core.identify import Directory

        assert self.roster is not None, "it is asked for with a roster only"
        return Directory(self.roster)

    def key(self, kind: str, data: bytes) -> bytes:
        """Return a cache key for data.

        It also covers the program, the Python version, the task list, the settings, the roster and the last round.
        """
        digest = hashlib.blake2b(f"{kind}\0".encode("utf-8", "surrogatepass"), digest_size=20, key=self._common)
        digest.update(data)
        return digest.digest()

    @cached_property
    def _common(self) -> bytes:
        parts = [__version__, sys.version, plain(self.settings), f"{self.merging}{self.answers}", *_sources()]
        if self.roster is not None:
            parts += [repr((unit.key, unit.name, unit.aliases, unit.tasks)) for unit in self.roster.units]
        if self.previous is not None:
            parts.append(self.previous.digest)
        return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=32).digest()


class FileReviewer:
    """Reviewer of one file at a time; loads rules and catalog at the first file that is not in the cache.

    Args:
        job: what to do with each file.
        take: receives every submission of a file without errors; such a reviewer has no cache.
    """

    def __init__(self, job: ReviewJob, take: Callable[[Submission], None] | None = None) -> None:
        self._job, self._take = job, take
        self._cache = None
        if job.cache:
            from zhijiao20.review.cache import Cache

            self._cache = Cache(job.cache)

    def review(self, file: Path) -> FileResult | PackedResult:
        """Read a file in full; return the cached result for its content, or review it."""
        source = self._job.sources.get(file)
        if source is not None and source.error is not None:
            return self.result([], unread(file, UnreadableError(*source.error), "ZJ002"))
        try:
            data = read_bytes(source.path if source else file, self._job.settings.limits)
        except UnreadableError as error:
            return self.unreadable(file, error)
        key = b""
        if self._cache:
            key = self._key(file, data, source)
            if cached := self._cache.get(key):
                return cached
        name = Path(source.name) if source else file
        limits, directory = self._job.settings.limits, self._job.directory if self._job.roster else None
        submissions, out = read_content(name, data, load_catalog(), limits, shown=file, directory=directory)
        if source and submissions:
            for note in source.notes:
                out.with_limit(None).add("ZJ023", *note)
            if source.wrong_suffix is not None:
                out.with_limit(None).add("ZJ024", *source.wrong_suffix)
        del data  # the bytes of a large file take as much memory as its texts
        return self.result(submissions, out, key)

    def unreadable(self, file: Path, error: UnreadableError) -> FileResult:
        """Return the result for a file that cannot be read."""
        return self.result([], unread(file, error))

    def result(self, submissions: list[Submission], out: Collector, key: bytes = b"") -> FileResult:
        """Review the submissions of a file.

        The list is emptied, which frees memory early: with two thousand units, the results need the memory of the
        submissions.
        """
        job, count = self._job, len(submissions)
        known: Sequence[Known | None] = [None] * count
        if job.roster is not None and submissions:
            from zhijiao20.review.assign import assign

            known = assign(submissions, out, job.directory, load_catalog())
        used = self._take is None or not any(finding.severity is Severity.ERROR for finding in out.findings)
        units: list[UnitSummary] = []
        texts: list[UnitTexts] = []
        waivers: list[Waiver] = []
        submissions.reverse()
        try:
            while submissions:
                submission = submissions.pop()
                whose = known[count - 1 - len(submissions)]
                begin = len(out.findings)
                self._rules.review(submission, out.of_unit(submission.unit))
                if whose is not None and not whose.label:
                    from zhijiao20.review.assign import join_gaps

                    join_gaps(out.findings, begin)
                compared = job.previous is not None and self._compare(job.previous, submission, out)
                if used:
                    summary = self._rules.summarize(submission, alone=job.single_file and count == 1, known=whose)
                    answers = answers_of(submission, load_catalog().tasks) if job.answers else None
                    if answers or units:
                        summary = replace(summary, answers=answers, index=len(units))
                    units.append(summary)
                if used and self._take:
                    self._take(submission)
                if job.waive:
                    found = waivers_of(submission)
                    waivers.extend(found if compared else (one for one in found if one.code not in ROUND_CODES))
                if job.merging:
                    from zhijiao20.core.merge import unit_texts

                    said = list(unit_texts(submission))
                    texts.append((submission.unit, submission.period, said, submission.superior))
        except TooManyFindingsError:
            refuse(out, too_many_findings(out.max_findings))
            return FileResult(self._found(out.findings, ()), key=key)
        cross_unit_waivers = [waiver for waiver in waivers if waiver.code in CROSS_UNIT_CODES]
        return FileResult(self._found(out.findings, waivers), units, cross_unit_waivers, texts, count, key=key)

    def _compare(self, previous: PreviousAnswers, submission: Submission, out: Collector) -> bool:
        """Run the rules on a submission and the last one of its unit; return whether there is one."""
        last = previous.find(submission.unit, submission.superior)
        if last is not None:
            self._round_rules.compare(last, submission, out.of_unit(submission.unit))
        return last is not None

    def close(self) -> None:
        """Close the cache."""
        if self._cache is not None:
            self._cache.close()

    def _found(self, findings: Sequence[Finding], waivers: Sequence[Waiver]) -> FileFindings:
        """Return the wanted findings and the waived ones; cross-unit rules are applied later."""
        if not findings and not waivers:
            return [], []
        settings = self._job.settings
        kept, waived = waive(findings, waivers)
        kept.extend(unused((waiver for waiver in waivers if waiver.code not in CROSS_UNIT_CODES), waived, settings))
        return list(settings.chosen(sort_by_place(kept))), [
            item for item in waived if settings.wants(item.finding.rule.code, item.finding.unit)
        ]

    @cached_property
    def _rules(self) -> Reviewer:
        return Reviewer(load_catalog(), self._job.settings)

    @cached_property
    def _round_rules(self) -> RoundReview:
        return RoundReview(load_catalog(), self._job.settings)

    def _key(self, file: Path, data: bytes, source: Source | None = None) -> bytes:
        """Return the cache key: content, suffix, and the file name if the unit may be read from it."""
        shown = f" {path_text(file)}" if self._job.roster else ""  # it may say whose the file is
        if source is not None:
            return self._job.key(f"file {source.name} {source.notes}{source.wrong_suffix}{shown}", data)
        suffix = file.suffix.lower()
        named = BY_SUFFIX.get(suffix)
        name_matters = named is None or named.unit_from_name or data.startswith(OFFICE_STARTS)
        return self._job.key("file" + (f" {file.stem}{suffix}" if name_matters else suffix) + shown, data)


def plain(value: object) -> str:
    """Return a canonical text of a value, which differs for different values.

    Raises:
        TypeError: the value is of a type for which this is not ensured.
    """
    if is_dataclass(value):
        return "".join(f"{field.name}={plain(getattr(value, field.name))};" for field in fields(value))
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{plain(key)}:{plain(item)}' for key, item in value.items()))}}}"
    if isinstance(value, AbstractSet):
        return f"{{{','.join(sorted(map(plain, value)))}}}"
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(plain, value))}]"
    if isinstance(value, Enum):
        return repr(value.value)
    if value is None or isinstance(value, (str, int, float)):
        return repr(value)
    raise TypeError(f"settings hold a {type(value).__name__}")


def _sources() -> list[str]:
    """Return a stamp of each module and of the task list.

    A developer may change them without a new version number; the cache key must then change too.
    """
    tasks = resource("data", "tasks.yaml")
    return [*_stamps(str(Path(__file__).parents[1])), _stamp(tasks.name, tasks.stat())]


def _stamps(folder: str) -> Iterator[str]:
    """Yield a stamp of each module in a folder and below it, in a fixed order."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                yield _stamp(entry.name, entry.stat())
            elif entry.is_dir():
                yield from _stamps(entry.path)


def _stamp(name: str, status: os.stat_result) -> str:
    return f"{name} {status.st_size} {status.st_mtime_ns}"
