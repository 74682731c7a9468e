"""Read the files of the last round for new forms: each unit's texts, 进展 and 佐证 on the tasks it answers for now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from zhijiao20.commands.convert import read_valid_units
from zhijiao20.core.catalog import only_tasks
from zhijiao20.core.display import display_path, quote
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Report
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.roster import Roster
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.core.unit_names import unit_key
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.formats.write import left_out, write_status_file
from zhijiao20.review.runner import RunOptions
from zhijiao20.system.discovery import find_files, load_catalog
from zhijiao20.system.temp_store import TempStore


class FilledForm(NamedTuple):
    """The new form of a unit that reported in the last round.

    Attributes:
        offset: where its bytes begin in the temporary file.
        size: how many they are.
        dropped: the tasks with a text that the unit does not answer for now.
        not_held: the fields for which the format has no room.
        problem: why the texts are not taken over; empty if they are.
    """

    offset: int = 0
    size: int = 0
    dropped: tuple[str, ...] = ()
    not_held: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PreviousRound:
    """The forms of the units that reported in the last round.

    Attributes:
        report: what is wrong with the files; a file with errors is not used.
        forms: label of the unit → its form.
        store: holds the bytes of the forms.
    """

    report: Report
    forms: dict[str, FilledForm]
    store: TempStore

    def form(self, label: str) -> bytes | None:
        """Return the filled form of a unit; None where it did not report."""
        found = self.forms.get(label)
        return None if found is None or found.problem else self.store.read(found.offset, found.size)


def read_previous(
    path: Path, roster: Roster, kind: str, *, period: str = "", limits: Limits = DEFAULT, options: RunOptions
) -> PreviousRound:
    """Read the files of the last round and make the new form of each unit from them.

    Args:
        path: the file or folder of the last round.
        roster: the roster of this round.
        kind: the format of the units that do not name one.
        period: the 报告期 of this round.
        limits: the size limits of a file.
        options: how files are found and read.

    Raises:
        UsageError: there is no such path, or a folder has no status file.
    """
    catalog, store = load_catalog(), TempStore()

    def take(submission: Submission) -> tuple[str, FilledForm]:
        unit = roster.by_label[submission.unit]
        own = (entry for entry in submission.entries.values() if submission.answers_for(entry.task))
        others = (entry for entry in submission.entries.values() if not submission.answers_for(entry.task))
        dropped = tuple(entry.task for entry in others if not entry.blank)
        form_kind = unit.format or kind
        new = Submission(unit.name, period=period, entries=_carried_over(own))
        try:
            data = write_status_file(form_kind, [new], only_tasks(catalog, unit.tasks))
        except UsageError as error:
            return submission.unit, FilledForm(problem=str(error))
        not_held = tuple(left_out(new, form_kind))
        return submission.unit, FilledForm(store.append(data), len(data), dropped, not_held)

    found = find_files([path], KNOWN_SUFFIXES, None, options.exclude)
    report, forms = read_valid_units(found, limits, take, replace(options, roster=roster))
    return PreviousRound(report, dict(forms), store)


def read_previous_of(unit: str, path: Path, *, limits: Limits = DEFAULT, options: RunOptions) -> Submission:
    """Read what one unit said in the last round: its texts, 进展 and 佐证.

    Args:
        unit: the unit.
        path: the file or folder of the last round.
        limits: the size limits of a file.
        options: how files are found and read.

    Raises:
        UsageError: there is no such path, a folder has no status file, or none without errors is the unit's.
    """
    found = find_files([path], KNOWN_SUFFIXES, None, options.exclude)
    key = unit_key(unit)

    def take(submission: Submission) -> Submission | None:
        return submission if unit_key(submission.unit) == key else None

    _, taken = read_valid_units(found, limits, take, options)
    for submission in filter(None, taken):
        return Submission(submission.unit, entries=_carried_over(submission.entries.values()))
    problem = f"上期里没有读到{quote(unit)}的填报，没有生成文件：{display_path(path)}"
    raise UsageError(f"{problem}。请用 zhijiao20 validate 看那里的文件；要空白的，去掉 --previous")


def _carried_over(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return what a new form takes over from the entries of the last round."""
    return {entry.task: Entry(entry.task, entry.progress, entry.status, entry.evidence) for entry in entries}
