"""Correct texts in the bytes of a YAML, CSV or Word file without changing anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Submission
from zhijiao20.formats.char_positions import CharPosition
from zhijiao20.formats.decode import encoding_of
from zhijiao20.formats.format import Editor, TextEdits
from zhijiao20.formats.normalize.columns import escape
from zhijiao20.formats.read import format_of_file, read_content
from zhijiao20.formats.registry import BY_SUFFIX
from zhijiao20.review.fixer import Edit, FixedText

Content: TypeAlias = "tuple[list[Submission], Collector]"
"""The submissions of a file, and the findings of reading it."""


_ELSEWHERE = "改了以后重新读一遍，别处的内容也跟着变了，所以没有改"


class UnsafeError(Exception):
    """The file cannot be changed safely. The message gives the reason, in Chinese."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A patched file.

    Attributes:
        data: the bytes after patching.
        old: the text before patching.
        new: the text after patching.
        edits: ranges of the old text with their replacements, in order.
        done: the corrections that were applied.
        left: the corrections that were not applied, because their position in the file is not certain.
        content: the submissions of the patched file, and the findings of reading it.
    """

    data: bytes
    old: str
    new: str
    edits: tuple[Edit, ...]
    done: tuple[FixedText, ...]
    left: tuple[FixedText, ...]
    content: Content


def patch(
    file: Path,
    data: bytes,
    content: Content,
    corrections: Sequence[FixedText],
    catalog: Catalog,
    limits: Limits = DEFAULT,
) -> Patch:
    """Apply corrections to the bytes of a file.

    Args:
        file: the path that the bytes were read from.
        data: the whole file.
        content: the submissions that were read from these bytes, and the findings of reading them.
        corrections: corrections of their texts.
        catalog: the official list.
        limits: the size limits for reading the file.

    Raises:
        UnsafeError: the patched file, read again, would not have exactly the expected content.
    """
    kind = format_of_file(file, data)
    if kind.edit is not None:
        return _patch_by_editor(kind.edit, file, data, content, corrections, catalog, limits)
    bom, encoding = encoding_of(data)
    # A text has only one byte form in each of these encodings, except for the byte 80, which reading takes as “€”:
    # as a surrogate it stays, and its text does not match.  So encoding restores the other bytes.
    text = data[len(bom) :].decode(encoding, "surrogateescape")
    edits_by_place = _locate_edits(file, text, corrections)
    edits = sorted(edit for edits in edits_by_place.values() for edit in edits)
    new = _apply_edits(text, edits)
    done = [correction for correction in corrections if correction.entry.text_place in edits_by_place]
    left = [correction for correction in corrections if correction.entry.text_place not in edits_by_place]
    patched = bom + new.encode(encoding, "surrogateescape")
    statuses = {correction.entry.text_place: correction.text for correction in done}
    after = read_content(file, patched, catalog, limits)
    if _file_content(*content, statuses) != _file_content(*after, {}):
        raise UnsafeError(_ELSEWHERE)
    return Patch(patched, text, new, tuple(edits), tuple(done), tuple(left), after)


def _patch_by_editor(
    edit: Editor,
    file: Path,
    data: bytes,
    content: Content,
    corrections: Sequence[FixedText],
    catalog: Catalog,
    limits: Limits,
) -> Patch:
    """Apply corrections to a file that is no plain text; its text before and after is that of the corrected tasks."""
    counts = Counter(correction.entry.text_place for correction in corrections)
    wanted = {
        correction.entry.text_place: TextEdits(correction.entry.status, correction.edits)
        for correction in corrections
        if counts[correction.entry.text_place] == 1
    }
    patched, places = edit(data, catalog, wanted, limits)
    done = [correction for correction in corrections if correction.entry.text_place in places]
    left = [correction for correction in corrections if correction.entry.text_place not in places]
    after = read_content(file, patched, catalog, limits)
    statuses = {correction.entry.text_place: correction.text for correction in done}
    if _file_content(*content, statuses) != _file_content(*after, {}):
        raise UnsafeError(_ELSEWHERE)
    old, new, edits = "", "", list[Edit]()
    for correction in done:
        head = f"任务 {correction.entry.task}（{correction.entry.text_place.cell}）\n"
        offset = len(old) + len(head)
        edits += [Edit(begin + offset, end + offset, text) for begin, end, text in correction.edits]
        old, new = f"{old}{head}{correction.entry.status}\n", f"{new}{head}{correction.text}\n"
    return Patch(patched, old, new, tuple(edits), tuple(done), tuple(left), after)


def _locate_edits(file: Path, text: str, corrections: Iterable[FixedText]) -> dict[Place, list[Edit]]:
    """Return the edits of the file by text place; omit texts whose position is not certain."""
    occurrences = Counter(correction.entry.text_place for correction in corrections)
    unique_places = {place for place, number in occurrences.items() if number == 1}
    kind = BY_SUFFIX[file.suffix.lower()]  # text is read only under a name of its own format
    assert kind.locate is not None, "a file of another format is not changed in place"
    positions_by_place = kind.locate(text, unique_places)
    found: dict[Place, list[Edit]] = {}
    for correction in corrections:
        read_positions = positions_by_place.get(correction.entry.text_place)
        value_positions = (read_positions and read_positions()) or []
        if status_positions := _status_positions(value_positions, correction.entry.status):
            edits = [_file_edit(status_positions, edit) for edit in correction.edits]
            if (
                kind.in_cells
                and value_positions[0] == status_positions[0]
                and escape(correction.text) != correction.text
            ):
                edits = _escape_formula(edits, status_positions[0].begin)
            found[correction.entry.text_place] = edits
    return found


def _status_positions(positions: Iterable[CharPosition], status: str) -> list[CharPosition]:
    """Return the positions of a status within those of its value; empty if the texts differ."""
    kept: list[CharPosition] = []
    last = ""
    for char, begin, end in positions:
        if char == "\n" and last == "\r":
            kept[-1] = CharPosition(char, kept[-1].begin, end)
        else:
            kept.append(CharPosition("\n" if char in "\r\x0b" else char, begin, end))
        last = char
    if kept and kept[0].char == "'" and len(kept) == len(status) + 1:
        del kept[0]  # the apostrophe by which a spreadsheet does not run the cell as a formula
    return kept if "".join(position.char for position in kept) == status else []


def _file_edit(positions: Sequence[CharPosition], edit: Edit) -> Edit:
    """Convert an edit of a status to an edit of the file; rules never only insert."""
    return Edit(positions[edit.begin].begin, positions[edit.end - 1].end, edit.text)


def _escape_formula(edits: list[Edit], begin: int) -> list[Edit]:
    """Put an apostrophe before the text of a cell that would otherwise become a formula."""
    first = edits[0]
    return [Edit(begin, first.end, "'" + first.text), *edits[1:]] if first.begin == begin else edits


def _apply_edits(text: str, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    last_end = 0
    for begin, end, new in edits:
        parts += text[last_end:begin], new
        last_end = end
    return "".join([*parts, text[last_end:]])


def _file_content(submissions: Sequence[Submission], out: Collector, statuses: dict[Place, str]) -> object:
    """Return the whole content of a file, with other texts at some places, and its error codes."""
    return [_submission_content(submission, statuses) for submission in submissions], _error_codes(out)


def _submission_content(submission: Submission, statuses: dict[Place, str]) -> object:
    entries = [
        (
            entry.task,
            entry.progress,
            statuses.get(entry.text_place, entry.status),
            entry.evidence,
            entry.remark,
            dict(entry.waivers),
        )
        for entry in submission.entries.values()
    ]
    return submission.unit, submission.period, submission.reporter, submission.phone, entries


def _error_codes(out: Collector) -> list[str]:
    return [finding.rule.code for finding in out.findings if finding.severity is Severity.ERROR]
