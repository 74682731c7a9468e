"""The use case ``return``: for each unit that has to amend something, a letter and its own file, marked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.commands.collect import round_of
from zhijiao20.commands.folder_input import find_input
from zhijiao20.commands.returned_copy import Received, Reread, copy_for, copy_of_word, name_in_archive
from zhijiao20.commands.unit_paths import UnitPaths
from zhijiao20.core.feedback import MISSING, Remark, Row, combined, for_unit, is_for_units, plain_name, remarks, rows
from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.letter import Kind, Letter, UnusableFile, numbered_names, sentence
from zhijiao20.core.round import Kind as FileKind
from zhijiao20.core.round import OtherFile, ReadFile, Round, SentFile, State, UnitState
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.core.unit_names import file_stems, is_plain_unit, unit_from_file_name, unit_key
from zhijiao20.core.wording import fold
from zhijiao20.output.letter_document import letter_document
from zhijiao20.output.overview_sheet import overview_sheet
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.review.sources import prepared
from zhijiao20.system.discovery import load_catalog, path_text
from zhijiao20.system.own_files import OwnFiles

if TYPE_CHECKING:
    from zhijiao20.core.roster import Roster

LETTER, OVERVIEW = "退回意见.docx", "一览.xlsx"


@dataclass(frozen=True, slots=True)
class Office:
    """The office that sends the files back, and what it decides for all units.

    Attributes:
        name: its name; empty where it is not known.
        contact: whom to ask; empty for a blank in the letters.
        phone: its telephone; empty for a blank.
        deadline: the date by which every unit has to answer; None for that of the roster or the project.
        usual_deadline: the date of the project; one that is past is left blank.
        period: the 报告期 of the round; empty where each unit's own is used.
        reminders: whether units that have not sent get a letter.
    """

    name: str = ""
    contact: str = ""
    phone: str = ""
    deadline: date | None = None
    usual_deadline: date | None = None
    period: str = ""
    reminders: bool = False


@dataclass(slots=True)
class Outcome:
    """The result of sending back.

    Attributes:
        report: all findings.
        state: the state of the round.
        sentences: the unit as the list shows it, and the sentence to it, of the units that got a folder.
        kept: files that were not replaced, because somebody else has written or changed them.
        gone: files of an earlier run that were deleted.
        nobody: files that belong to nobody, and for which nothing was written.
    """

    report: Report
    state: Round
    sentences: list[tuple[str, str]] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    gone: list[Path] = field(default_factory=list)
    nobody: list[OtherFile] = field(default_factory=list)


def send_back(
    paths: Sequence[Path],
    output: Path,
    office: Office,
    *,
    today: date | None = None,
    fail_on: Severity = Severity.ERROR,
    settings: Settings = DEFAULT,
    options: RunOptions = SERIAL,
) -> Outcome:
    """Review files and write what goes back to each unit; a second run replaces what an earlier one wrote.

    Args:
        paths: the status files and folders; with a roster they need not hold any.
        output: the folder to write to; what is in it is no input.
        office: the office that sends the files back.
        today: the day that decides whether a deadline is past.
        fail_on: the lowest severity for which a file is sent back.
        settings: the selected rules.
        options: the run options: roster, files that count, workers, cache and progress.

    Raises:
        UsageError: wrong paths, or the folder cannot be written.
    """
    found = find_input(paths, output, options, "退回")
    with prepared(found, settings.limits, options.cache, options.exclude, options.progress) as sources:
        review = review_files(found, settings, options, collecting=True, sources=sources)
        assert review.intake is not None, "it was asked for"
        state = round_of(review, options, deadline=office.usual_deadline, today=today)
        outcome = Outcome(review.report(), state)
        files = {file.path: file for file in review.intake.files}
        reread = Reread({path_text(file): file for file in found.files}, sources, settings.limits, options.roster)
        run = _Run(outcome, files, reread, OwnFiles(output), office, fail_on, options.roster)
        with options.progress("正在写退回意见") if options.progress else contextlib.nullcontext() as show:
            for done, total in run.write():
                if show is not None:
                    show(done, total)
    return outcome


class _Run:
    """One run: what is written for each unit."""

    def __init__(
        self,
        outcome: Outcome,
        files: Mapping[str, ReadFile],
        reread: Reread,
        own: OwnFiles,
        office: Office,
        fail_on: Severity,
        roster: Roster | None,
    ) -> None:
        self._outcome, self._files, self._reread, self._own = outcome, files, reread, own
        self._office, self._fail_on, self._roster = office, fail_on, roster
        self._catalog = load_catalog()
        self._order = [*self._catalog.tasks]
        self._paths = UnitPaths(OVERVIEW)
        self._key: Callable[[str], str] = fold if roster else unit_key
        self._sentences: dict[str, str] = {}

    def write(self) -> Iterator[tuple[int, int]]:
        """Write everything; yield how many files are done, and of how many."""
        alone: dict[str, list[UnitState]] = {}
        for unit in self._outcome.state.units:
            file = self._file_to_amend(unit)
            if file is not None:
                alone.setdefault(file, []).append(unit)
            else:
                self._send_without_copy(unit)
        self._send_to_unlisted()
        total = len(self._files)
        for done, (file, findings) in enumerate(self._by_file(alone), start=1):
            yield min(done, total), total
            self._send_file(file, findings, alone[file])
        self._finish()
        yield total, total

    def _finish(self) -> None:
        outcome, said = self._outcome, self._sentences
        labels = dict.fromkeys([*(unit.label for unit in outcome.state.units), *said])
        outcome.sentences = [(label, said[label]) for label in labels if label in said]
        self._own.write(OVERVIEW, overview_sheet(outcome.sentences))
        outcome.gone = self._own.finish()
        outcome.kept = self._own.kept

    def _file_to_amend(self, unit: UnitState) -> str | None:
        """Return the one file in which a unit was read, if what is said about it is said place by place."""
        if unit.state in {State.MISSING, State.UNREAD, State.SEVERAL}:
            return None
        return next((file.path for file in unit.files if file.kind is FileKind.READ), None)

    def _send_without_copy(self, unit: UnitState) -> None:
        """Write the letter of a unit that has not sent one file that can be read."""
        unusable = self._unusable(unit)
        if unit.state is State.MISSING:
            if self._office.reminders:
                self._send(unit, Letter(Kind.REMINDER, unit.unit))
            return
        read = [file.path for file in unit.files if file.kind is FileKind.READ]
        if not read:
            self._send(unit, Letter(Kind.UNREAD, unit.unit, unusable=unusable))
            return
        differ = None if len(read) < 2 and unusable and not unit.differ else unit.differ
        names = tuple(numbered_names(read))
        self._send(unit, Letter(Kind.SEVERAL, unit.unit, files=names, unusable=unusable, differ=differ))

    def _unusable(self, unit: UnitState) -> tuple[UnusableFile, ...]:
        """Return the files of a unit from which nothing was taken."""
        return tuple(_unusable(file) for file in unit.files if file.kind is not FileKind.READ)

    def _send_to_unlisted(self) -> None:
        """Write to units of which nothing was read, where there is no roster and the name of the file tells them."""
        by_unit: dict[str, list[OtherFile]] = {}
        for other in self._outcome.state.others:
            units = [unit_from_file_name(stem) for stem in file_stems(other.path)] if self._roster is None else []
            unit = next(filter(is_plain_unit, units), None)
            if unit is None:
                self._outcome.nobody.append(other)
            else:
                by_unit.setdefault(unit, []).append(other)
        for name, others in by_unit.items():
            unusable = tuple(_unusable(self._files[other.path]) for other in others)
            self._send(UnitState(name, name, State.UNREAD), Letter(Kind.UNREAD, name, unusable=unusable))

    def _by_file(self, alone: Mapping[str, object]) -> Iterator[tuple[str, list[Finding]]]:
        """Yield the files of units that sent no other, each with its findings."""
        for file, findings in groupby(self._outcome.report.findings, key=lambda finding: finding.file):
            if file in alone:
                yield file, list(findings)

    def _send_file(self, file: str, findings: Sequence[Finding], units: Sequence[UnitState]) -> None:
        """Send back to the units of a file, each with its own findings and with those on the file as a whole."""
        by_unit: dict[str | None, list[Finding]] = {}
        for item in findings:
            by_unit.setdefault(None if item.unit is None else self._key(item.unit), []).append(item)
        of_all = by_unit.pop(None, [])
        received: Received | None = None
        for unit in units:
            own = [*of_all, *by_unit.get(self._key(unit.label), [])]
            if not any(item.reaches(self._fail_on) for item in own if is_for_units(item)):
                continue
            if len(units) > 1 or not self._send_own_word(unit, own, file):
                received = received or self._reread.receive(file)
                self._send_form(unit, own, received)

    def _send_own_word(self, unit: UnitState, findings: list[Finding], file: str) -> bool:
        """Write the letter and the marked copy of a unit, if it sent a Word file of its own that can be marked."""
        parts = self._files[file].parts
        data = self._reread.own_word(file) if len(parts) == 1 else None
        if data is None:
            return False
        letter, notes, general = self._said(unit, findings, file, parts[0].period)
        copied = copy_of_word(data, name_in_archive(file), notes, general, letter, self._reread.limits)
        if copied is not None:
            self._send(unit, replace(letter, copy=copied[0]), copied)
        return copied is not None

    def _send_form(self, unit: UnitState, findings: list[Finding], received: Received) -> None:
        """Write the letter and the marked copy of a unit with one file."""
        key = self._key(unit.label)
        submission = next((one for one in received.submissions if self._key(one.unit) == key), None)
        period = submission.period if submission else ""
        letter, notes, general = self._said(unit, findings, received.path, period)
        limits = self._reread.limits
        copied = None if submission is None else copy_for(submission, received, notes, general, letter, limits)
        self._send(unit, letter if copied is None else replace(letter, copy=copied[0]), copied)

    def _said(
        self, unit: UnitState, findings: list[Finding], file: str, period: str
    ) -> tuple[Letter, list[Remark], Sequence[Row]]:
        """Return the letter to a unit with one file, the remarks on its cells, and what is said besides."""
        others, summaries = combined(findings, self._order)
        said = [item for item in remarks(others, self._order) if item.severity is not Severity.INFO]
        letter = self._signed(
            unit,
            Letter(
                Kind.AMEND,
                unit.unit,
                period=period,
                files=(numbered_names([file])[0],),
                unusable=self._unusable(unit),
                rows=(*summaries, *rows(said, self._catalog)),
                to_amend=sum(item.severity is Severity.ERROR for item in remarks(findings, self._order)),
                to_check=sum(item.severity is Severity.WARNING for item in said),
            ),
        )
        others, general = combined(findings, self._order, {MISSING})
        return letter, remarks(others, self._order), general

    def _signed(self, unit: UnitState, letter: Letter) -> Letter:
        """Return a letter with what the office says in all letters."""
        office, today = self._office, self._outcome.state.today
        usual = unit.deadline or office.usual_deadline
        is_past = usual is not None and today is not None and today > usual
        return replace(
            letter,
            office=office.name,
            contact=office.contact,
            phone=office.phone,
            period=letter.period or office.period,
            deadline=office.deadline or (None if is_past else usual),
        )

    def _send(self, unit: UnitState, letter: Letter, copied: tuple[str, bytes] | None = None) -> None:
        """Write the folder of a unit."""
        letter = self._signed(unit, letter)
        folder = self._paths.choose(unit.unit, unit.superior if unit.label != unit.unit else "")
        self._own.write(f"{folder}/{LETTER}", letter_document(letter, self._catalog))
        if copied is not None:
            self._own.write(f"{folder}/{copied[0]}", copied[1])
        self._sentences[unit.label] = sentence(letter)


def _unusable(file: ReadFile | SentFile) -> UnusableFile:
    """Return what a unit is told about a file from which nothing was taken."""
    problem = f"这是{file.problem}，读不成文字" if file.kind is FileKind.OTHER else plain_name(file.problem, file.path)
    return UnusableFile(file.path, problem, for_unit(file.hint), beside=file.kind is FileKind.OTHER)
