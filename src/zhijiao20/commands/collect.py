"""The use case ``collect``: review everything that was sent, and say of each unit what has come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhijiao20.core.findings import Report
from zhijiao20.core.identify import Directory
from zhijiao20.core.round import Round
from zhijiao20.core.round_state import Findings, state_of_round
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.core.wording import fold
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.review.result_store import ReviewResult
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.system.discovery import find_files, load_catalog


@dataclass(frozen=True, slots=True)
class Collected:
    """What has been collected.

    Attributes:
        state: the state of each unit, and the files that belong to nobody.
        report: the findings of all files.
    """

    state: Round
    report: Report


def collect(
    paths: Sequence[Path],
    output: Path | None = None,
    *,
    deadline: date | None = None,
    today: date | None = None,
    settings: Settings = DEFAULT,
    options: RunOptions = SERIAL,
) -> Collected:
    """Review everything that was sent; with ``output``, write a workbook of the round.

    Args:
        paths: the status files and folders; with a roster they need not hold any.
        output: the workbook to write.
        deadline: the date by which the units have to send.
        today: the day that decides whether a deadline is past.
        settings: the selected rules and their severities.
        options: the run options: roster, workers, cache and progress.

    Raises:
        UsageError: a path does not exist, a folder has no status file and there is no roster, or the output cannot be
            written.
    """
    found = find_files(paths, KNOWN_SUFFIXES, output, options.exclude, may_be_none=options.roster is not None)
    review = review_files(found, settings, options, collecting=True)
    state = round_of(review, options, deadline=deadline, today=today)
    report = review.report()
    if output is not None:
        from zhijiao20.output.progress_book import progress_book
        from zhijiao20.system.atomic_write import write_whole

        write_whole(output, progress_book(state, report, load_catalog()))
    return Collected(state, report)


def round_of(
    review: ReviewResult, options: RunOptions, *, deadline: date | None = None, today: date | None = None
) -> Round:
    """Return the state of a round after its files have been reviewed."""
    assert review.intake is not None, "it was asked for"
    directory = Directory(options.roster) if options.roster else None
    tasks = tuple(load_catalog().tasks)
    files = review.intake.files
    return state_of_round(files, _findings_of(review), tasks, directory, deadline=deadline, today=today)


def _findings_of(review: ReviewResult) -> Callable[[str], Findings]:
    """Return a function that returns the findings of a unit by its label."""
    by_unit, rules = review.store.by_unit, review.store.rules_by_unit or {}

    def findings(label: str) -> Findings:
        key = fold(label)
        return Findings(by_unit[key].counts if key in by_unit else {}, rules.get(key, {}))

    return findings
