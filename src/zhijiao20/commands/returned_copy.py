"""Make the marked copy of a file: of a Word file itself, of anything else the standard form with the unit's text."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.catalog import Catalog, only_tasks
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.feedback import Remark, Row, file_name
from zhijiao20.core.identify import Directory
from zhijiao20.core.letter import Letter, guide
from zhijiao20.core.limits import Limits
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Submission
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.read import read_content
from zhijiao20.formats.sniff import format_of
from zhijiao20.formats.write import write_status_file
from zhijiao20.formats.xlsx.marked import write_marked
from zhijiao20.output.marked_copy import AUTHOR, marked_copy
from zhijiao20.review.assign import assign
from zhijiao20.review.sources import PACKED
from zhijiao20.system.atomic_write import safe_name
from zhijiao20.system.discovery import load_catalog, read_bytes

if TYPE_CHECKING:
    from zhijiao20.core.roster import Roster
    from zhijiao20.review.file_result import Sources

_WORD_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".dotm"})


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came, read again.

    Attributes:
        path: the file as messages call it.
        name: its name without folders and without the archive.
        data: its bytes; of an old format those of its conversion.
        submissions: the units in it, by their labels in the roster.
        is_word: whether it is a Word document, also under another name.
        is_own: whether the bytes are those that came.
    """

    path: str
    name: str
    data: bytes = b""
    submissions: Sequence[Submission] = ()
    is_word: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class Reread:
    """Reads files of a run once more, for their bytes and their texts.

    Attributes:
        files: the files by what messages call them.
        sources: where the content of files is that are not read as they are.
        limits: the maximum sizes.
        roster: the roster of the round; None without one.
    """

    files: Mapping[str, Path]
    sources: Sources
    limits: Limits
    roster: Roster | None

    @cached_property
    def _directory(self) -> Directory | None:
        return Directory(self.roster) if self.roster else None

    def own_word(self, shown: str) -> bytes | None:
        """Return the bytes of a file that came as a Word document; None for any other."""
        file = self.files[shown]
        source = self.sources.get(file)
        if source is not None and any(note != PACKED for note in source.notes):
            return None
        try:
            data = read_bytes(source.path if source else file, self.limits)
            suffix = (Path(source.name) if source else file).suffix.lower()
            return data if format_of(suffix, data).name == "docx" else None
        except (UnreadableError, FormatError):
            return None

    def receive(self, shown: str) -> Received:
        """Read a file; one that cannot be read any more has no units."""
        file = self.files[shown]
        source = self.sources.get(file)
        own_name = name_in_archive(shown)
        try:
            data = read_bytes(source.path if source else file, self.limits)
            name = Path(source.name) if source else file
            catalog = load_catalog()
            submissions, out = read_content(name, data, catalog, self.limits, shown=file, directory=self._directory)
            is_word = format_of(name.suffix.lower(), data).name == "docx"
        except (UnreadableError, FormatError):
            return Received(shown, own_name)
        if self._directory is not None:
            assign(submissions, out, self._directory, catalog)
        is_own = source is None or all(note == PACKED for note in source.notes)
        return Received(shown, own_name, data, submissions, is_word, is_own)


def name_in_archive(shown: str) -> str:
    """Return the name of a file without folders and without the archive in which it came."""
    return file_name(shown).rpartition("!")[2]


def copy_of_word(
    data: bytes, own_name: str, remarks: Sequence[Remark], general: Sequence[Row], letter: Letter, limits: Limits
) -> tuple[str, bytes] | None:
    """Return name and content of the marked copy of a Word file of one unit; None if it cannot be marked.

    Args:
        data: the file as it came.
        own_name: its name without folders.
        remarks: what to say about its cells.
        general: what to say about the file, besides.
        letter: the letter that goes with it.
        limits: the maximum sizes.
    """
    stem, suffix = os.path.splitext(own_name)  # noqa: PTH122 - a name, not a path
    try:
        marked = marked_copy(data, load_catalog(), _said(remarks, general), letter.office, limits)
    except UnreadableError:
        return None
    return _named(safe_name(stem), suffix if suffix.lower() in _WORD_SUFFIXES else ".docx"), marked


def _said(remarks: Sequence[Remark], general: Sequence[Row]) -> list[Remark]:
    """Return the remarks, those on the whole file first."""
    return [*(Remark(Severity.ERROR, None, "", "", row.problem, row.remedy) for row in general), *remarks]


def copy_for(
    submission: Submission,
    received: Received,
    remarks: Sequence[Remark],
    general: Sequence[Row],
    letter: Letter,
    limits: Limits,
) -> tuple[str, bytes] | None:
    """Return name and content of the marked copy for a unit; None if no form can hold its text.

    Args:
        submission: the unit with its texts.
        received: the file in which it came.
        remarks: what to say about its cells.
        general: what to say about the file, besides.
        letter: the letter that goes with it.
        limits: the maximum sizes.
    """
    said = _said(remarks, general)
    whole = len(received.submissions) == 1
    stem = safe_name(os.path.splitext(received.name)[0] if whole else submission.unit)  # noqa: PTH122 - a name
    if received.is_word:
        if received.is_own and whole:
            own = copy_of_word(received.data, received.name, remarks, general, letter, limits)
            if own is not None:
                return own
        catalog = _own_tasks(submission)  # the form is written anew
        try:
            form = write_status_file("docx", [submission], catalog)
            without_rows = [replace(remark, row="") for remark in said]
            return _named(stem, ".docx"), marked_copy(form, catalog, without_rows, letter.office, limits)
        except UsageError:
            pass  # the name of the unit cannot be written above the table
    whole_file = [*general] + [
        Row("—", None, remark.problem, remark.remedy, "") for remark in remarks if remark.task is None
    ]
    try:
        data = write_marked(
            submission, _own_tasks(submission), said, guide(letter, whole_file), letter.office or AUTHOR
        )
    except UsageError:
        return None
    return _named(stem, ".xlsx"), data


def _own_tasks(submission: Submission) -> Catalog:
    """Return the tasks that the form of a unit has: those it answers for, and those it has filled in besides."""
    catalog = load_catalog()
    return only_tasks(
        catalog, [task for task in catalog.tasks if submission.answers_for(task) or _fills(submission, task)]
    )


def _fills(submission: Submission, task: str) -> bool:
    entry = submission.entries.get(task)
    return entry is not None and (not entry.blank or entry.progress is not None)


def _named(stem: str, suffix: str) -> str:
    """Return the name of the copy, which differs from that of the letter on every system."""
    return f"{stem}{suffix}" if stem.casefold() != "退回意见" else f"{stem}（批注）{suffix}"
