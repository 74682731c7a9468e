"""The bytes of a YAML or CSV file with some of its texts put right, and not another byte changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Submission
from zhijiao20.formats.char_positions import CharPosition
from zhijiao20.formats.decode import encoding_of
from zhijiao20.formats.normalize.columns import escape
from zhijiao20.formats.read import read_content
from zhijiao20.formats.registry import BY_SUFFIX
from zhijiao20.review.fixer import Correction, Edit


class UnsafeError(Exception):
    """A file is better left as it is.  Carries why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A file put right.

    Attributes:
        data: its bytes after it.
        old: its text before.
        new: its text after.
        edits: the stretches of the old text with what stands there in the new one, in order.
        done: what was put right.
        left: what was left, as it is not certain where it stands in the file.
    """

    data: bytes
    old: str
    new: str
    edits: tuple[Edit, ...]
    done: tuple[Correction, ...]
    left: tuple[Correction, ...]


def patch(
    file: Path, data: bytes, corrections: Sequence[Correction], catalog: Catalog, limits: Limits = DEFAULT
) -> Patch:
    """Carry out corrections in the bytes of a file.

    Args:
        file: where the bytes come from.
        data: the whole file.
        corrections: what is to be put right of the texts that were read from these bytes.
        catalog: the official list.
        limits: how large the file may be.

    Raises:
        UnsafeError: read again, the file would not say just what it is to say.
    """
    bom, encoding = encoding_of(data)
    text = data[len(bom) :].decode(encoding)  # strict both ways, and each of the encodings has one form of a text
    standing = _standing(file, text, corrections)
    edits = sorted(edit for edits in standing.values() for edit in edits)
    new = _spliced(text, edits)
    done = [correction for correction in corrections if correction.entry.text_place in standing]
    left = [correction for correction in corrections if correction.entry.text_place not in standing]
    patched = Patch(bom + new.encode(encoding), text, new, tuple(edits), tuple(done), tuple(left))
    statuses = {correction.entry.text_place: correction.text for correction in done}
    before, after = (read_content(file, content, catalog, limits) for content in (data, patched.data))
    if _said(*before, statuses) != _said(*after, {}):
        raise UnsafeError("改了以后重新读一遍，别处的内容也跟着变了，所以没有改")
    return patched


def _standing(file: Path, text: str, corrections: Iterable[Correction]) -> dict[Place, list[Edit]]:
    """By the place of a text its edits as stretches of the file; texts of which that is uncertain are left out."""
    times = Counter(correction.entry.text_place for correction in corrections)
    places = {place for place, number in times.items() if number == 1}
    kind = BY_SUFFIX[file.suffix.lower()]
    assert kind.locate is not None, "a file of another format is not changed in place"
    values = kind.locate(text, places)
    found: dict[Place, list[Edit]] = {}
    for correction in corrections:
        spots = values.get(correction.entry.text_place)
        of_value = (spots and spots()) or []
        if characters := _of_status(of_value, correction.entry.status):
            edits = [_in_file(characters, edit) for edit in correction.edits]
            if kind.in_cells and of_value[0] == characters[0] and escape(correction.text) != correction.text:
                edits = _escaped(edits, characters[0].begin)
            found[correction.entry.text_place] = edits
    return found


def _of_status(spots: Iterable[CharPosition], status: str) -> list[CharPosition]:
    """The characters of a status among those of the value that it was read from; none where they do not agree."""
    kept: list[CharPosition] = []
    last = ""
    for char, begin, end in spots:
        if char == "\n" and last == "\r":
            kept[-1] = CharPosition(char, kept[-1].begin, end)
        else:
            kept.append(CharPosition("\n" if char in "\r\x0b" else char, begin, end))
        last = char
    if kept and kept[0].char == "'" and len(kept) == len(status) + 1:
        del kept[0]  # it keeps a spreadsheet from running the cell as a formula
    return kept if "".join(spot.char for spot in kept) == status else []


def _in_file(characters: Sequence[CharPosition], edit: Edit) -> Edit:
    """An edit of a status as one of the file's text; no rule puts in what it takes nothing out for."""
    return Edit(characters[edit.begin].begin, characters[edit.end - 1].end, edit.text)


def _escaped(edits: list[Edit], begin: int) -> list[Edit]:
    """The edits of a cell, which is not to become a formula by them."""
    first = edits[0]
    return [Edit(begin, first.end, "'" + first.text), *edits[1:]] if first.begin == begin else edits


def _spliced(text: str, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    at = 0
    for begin, end, new in edits:
        parts += text[at:begin], new
        at = end
    return "".join([*parts, text[at:]])


def _said(submissions: Sequence[Submission], out: Collector, statuses: dict[Place, str]) -> object:
    """All that a file says, with other texts at some places; and which errors it has."""
    return [_content(submission, statuses) for submission in submissions], _errors(out)


def _content(submission: Submission, statuses: dict[Place, str]) -> object:
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


def _errors(out: Collector) -> list[str]:
    return [finding.rule.code for finding in out.findings if finding.severity is Severity.ERROR]
