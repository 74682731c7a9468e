"""The use case ``collect``: review everything that was sent, and say of each unit what has come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from zhijiao20.review.stored_round import StoredRound
    from zhijiao20.system.found_files import FoundFiles


@dataclass(frozen=True, slots=True)
class Collected:
    """What has been collected.

    Attributes:
        state: the state of each unit, and the files that belong to nobody.
        report: the findings of all files.
        written: the files that were written; of several pages that with the list of them first.
        kept: files that were not replaced, because somebody else has written or changed them.
    """

    state: Round
    report: Report
    written: Sequence[Path] = ()
    kept: Sequence[Path] = ()


def collect(
    paths: Sequence[Path],
    output: Path | None = None,
    *,
    deadline: date | None = None,
    today: date | None = None,
    settings: Settings = DEFAULT,
    options: RunOptions = SERIAL,
) -> Collected:
    """Review everything that was sent; with ``output``, write the round for the office.

    Args:
        paths: the status files and folders; with a roster they need not hold any.
        output: a workbook (.xlsx), a page (.html), or a folder of pages to write.
        deadline: the date by which the units have to send.
        today: the day that decides whether a deadline is past.
        settings: the selected rules and their severities.
        options: the run options: roster, workers, cache and progress.

    Raises:
        UsageError: a path does not exist, a folder has no status file and there is no roster, or the output cannot be
            written.
    """
    found = _find(paths, output, options)
    texts = None if output is None or _is_workbook(output) else _texts(options)
    review = review_files(found, settings, options, texts, collecting=True)
    state = round_of(review, options, deadline=deadline, today=today)
    report = review.report()
    if output is None:
        return Collected(state, report)
    if texts is not None:
        from zhijiao20.commands.overview import Overview

        overview = Overview(state, report, texts, settings, options.previous)
        return Collected(state, report, *overview.write(output, paths))
    from zhijiao20.output.progress_book import progress_book
    from zhijiao20.system.atomic_write import write_whole

    write_whole(output, progress_book(state, report, load_catalog()))
    return Collected(state, report, [output])


def _is_workbook(output: Path) -> bool:
    return output.suffix.lower() == ".xlsx" and not output.is_dir()


def _find(paths: Sequence[Path], output: Path | None, options: RunOptions) -> FoundFiles:
    """Find the status files; what lies in a folder that is written is no input."""
    if output is None or (output.suffix and not output.is_dir()):
        return find_files(paths, KNOWN_SUFFIXES, output, options.exclude, may_be_none=options.roster is not None)
    from zhijiao20.commands.folder_input import find_input

    return find_input(paths, output, options, "总览")


def _texts(options: RunOptions) -> StoredRound:
    from zhijiao20.review.stored_round import StoredRound

    return StoredRound(by_roster=options.roster is not None)


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
