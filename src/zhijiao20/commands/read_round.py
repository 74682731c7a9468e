"""Read all files of a round for a comparison; errors in them do not stop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.answers import Answers, differing
from zhijiao20.core.findings import Finding
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import Settings
from zhijiao20.core.unread import Unread
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.review.result_store import ReviewResult
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.review.stored_round import Several, StoredRound
from zhijiao20.system.discovery import find_files, load_catalog

if TYPE_CHECKING:
    from zhijiao20.review.intake import Intake

_READING_RULES = ("ZJ0", "ZJ1", "ZJ7")
_NOT_HERE = ("ZJ107", "ZJ111", "ZJ119", "ZJ711")  # told in another way, or without effect on what is read
_FROM_FILE_NAME = "ZJ113"


@dataclass(frozen=True, slots=True)
class Side:
    """A round that was read.

    Attributes:
        round: its units; what has several versions is settled.
        unread: the errors of the files from which nothing was taken.
        ignored: the files that can hold no status, such as pictures.
        several: the units with several versions of which none was chosen.
        set_aside: the files that do not count because another one of their unit was chosen.
        not_read: the files that were to count, but are none of the files.
        errors: the number of errors in the files that were compared.
        excluded: the number of files that the project excludes.
        named_by_file: whether a unit is named by its file only.
    """

    round: StoredRound
    unread: tuple[Finding, ...]
    ignored: tuple[Unread, ...]
    several: tuple[Several, ...]
    set_aside: tuple[str, ...]
    not_read: tuple[Path, ...]
    errors: int
    excluded: int
    named_by_file: bool

    @property
    def complete(self) -> bool:
        """Check whether every file was read, and of every unit it is known what counts."""
        return not self.unread and not any(item.differ for item in self.several)


def read_round(
    paths: Sequence[Path], output: Path | None = None, *, limits: Limits = DEFAULT, options: RunOptions = SERIAL
) -> Side:
    """Read the files of a round.

    Args:
        paths: its files and folders.
        output: the file to be written, which is no input.
        limits: the size limits of a file.
        options: how the files are found and read; ``usual`` may hold files that are none of them.

    Raises:
        UsageError: a path does not exist, or a folder has no status file.
    """
    found = find_files(paths, KNOWN_SUFFIXES, output, options.exclude)
    units = StoredRound(by_roster=options.roster is not None)
    settings = Settings(_READING_RULES, _NOT_HERE, limits=limits)
    review = review_files(found, settings, options, units, collecting=True)
    assert review.intake is not None, "it was asked for"
    several = units.settle(_differences(review.intake, units))
    if options.roster is not None:
        units.sort(options.roster.order())
    return _side(review, review.intake, units, several)


def _differences(intake: Intake, units: StoredRound) -> dict[str, tuple[str, ...]]:
    """Return the units with several versions, with the tasks in which these differ."""
    versions: dict[str, list[Answers]] = {}
    for part in (part for file in intake.files for part in file.parts):
        versions.setdefault(units.key(part.unit or part.written), []).append(part.answers)
    tasks = load_catalog().tasks
    return {key: differing(answers, tasks) for key, answers in versions.items() if len(answers) > 1}


def _side(review: ReviewResult, intake: Intake, units: StoredRound, several: Sequence[Several]) -> Side:
    report = review.report()
    with_units = {file.path for file in intake.files if file.parts}
    unread = tuple(
        finding for finding in report.findings if finding.severity is Severity.ERROR and finding.file not in with_units
    )
    return Side(
        units,
        unread,
        report.unread,
        tuple(several),
        report.set_aside,
        tuple(review.not_read),
        report.count(Severity.ERROR) - len(unread),
        report.excluded,
        any(rule.code == _FROM_FILE_NAME for rule in report.by_rule()),
    )
