"""Fill the built-in form with two rounds: the old texts, and tracked changes that make the new texts of them.

Word and LibreOffice show the changes; rejecting all of them gives the form with the old texts, accepting all of them
the form with the new ones.  A paragraph mark is tracked like a character: where it was put in, or taken out, the
paragraph is joined with the next one when that is undone, or accepted.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import IO
from xml.sax.saxutils import quoteattr

from lxml import etree

from zhijiao20.core.fields import PERIOD
from zhijiao20.core.text_changes import IN_NEW, IN_OLD, Kind, Piece, changes
from zhijiao20.formats.docx.fill import CORE, Form, with_creator
from zhijiao20.formats.docx.header_lines import UNIT_LINE
from zhijiao20.formats.docx.heading_styles import pieces
from zhijiao20.formats.docx.ooxml import RPR, Element, T, W
from zhijiao20.formats.docx.ooxml_write import UNIT_STYLE, append_run, cell_template, styled_paragraph
from zhijiao20.formats.docx.package import pack_into
from zhijiao20.formats.docx.stream import CellTemplate, Placeholders, RunTemplate

_BATCH = 200  # paragraphs that are written at a time
_PROPERTIES_END = "</w:pPr>"  # the built-in form has this prefix, and a style in each paragraph of a status cell


@dataclass(slots=True)
class Revisions:
    """The marks of tracked changes: who made them and when; each gets a number of its own.

    Attributes:
        author: who made them.
        date: when, as ``2020-06-30T00:00:00Z``; empty if it is not known.
    """

    author: str
    date: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def attributes(self) -> dict[str, str]:
        """Return the attributes of the next mark."""
        return {"id": str(next(self._numbers)), "author": self.author, **({"date": self.date} if self.date else {})}

    def tag(self, kind: Kind) -> str:
        """Return the inside of the start tag of the next mark: its name and its attributes."""
        values = (f" w:{name}={quoteattr(value)}" for name, value in self.attributes().items())
        return f"w:{_mark_name(kind)}{''.join(values)}"


def _mark_name(kind: Kind) -> str:
    """Return the name of the mark of what was put in or taken out; a moved sentence is both, at two places."""
    return "ins" if kind in IN_NEW else "del"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the table of a round; empty texts where nothing does."""

    unit: str = ""
    period: str = ""


def fill_tracked(
    form: Form,
    old: Mapping[str, tuple[str, ...]],
    new: Mapping[str, tuple[str, ...]],
    headings: tuple[Heading, Heading],
    revisions: Revisions,
    stream: IO[bytes],
) -> None:
    """Fill the built-in form with the tracked changes between two rounds; hold the texts of one cell at a time.

    Args:
        form: the built-in form; it is modified and cannot be filled again.
        old: task id → the paragraphs of its cell in the old round.
        new: the same of the new round.
        headings: what stands above the table in the old and in the new round.
        revisions: the marks of the changes.
        stream: where to write.
    """
    placeholders = Placeholders(form.document)
    for task, row in form.located.rows.items():
        if task in old or task in new:
            assert row.status_cell is not None, "the built-in form has every cell"
            pattern, template = cell_template(row.status_cell, row.task_cell, faces=True)
            placeholders.put_whole(pattern, partial(_cell, old, new, task, template, revisions))
    _write_headings(form, headings, revisions)
    changed: dict[str, bytes | Iterable[bytes]] = {form.package.main: placeholders.pour(form.document)}
    if headings[1].unit:
        changed[CORE] = with_creator(form.package.parts[CORE], headings[1].unit)
    pack_into(stream, form.package, changed)


def _write_headings(form: Form, headings: tuple[Heading, Heading], revisions: Revisions) -> None:
    """Write the lines above the table; a line that only one round has is put in or taken out as a whole."""
    before, after = headings
    assert form.located.table is not None, "the built-in form has a table"
    for name, old, new in ((UNIT_LINE, before.unit, after.unit), (PERIOD, before.period, after.period)):
        if old or new:
            texts = [f"{name}：{value}" if value else "" for value in (old, new)]
            form.located.table.addprevious(_heading(texts[0], texts[1], revisions))


def _heading(old: str, new: str, revisions: Revisions) -> Element:
    """Return the line above the table with the changes between two texts, one of which may be empty."""
    paragraph = styled_paragraph(UNIT_STYLE, "")
    properties = paragraph[0]
    paragraph.remove(paragraph[1])
    if not old or not new:
        mark = etree.SubElement(properties, RPR)
        _append_mark(mark, Kind.IN if new else Kind.OUT, revisions)
    for kind, text in changes(old, new):
        if kind is Kind.SAME:
            append_run(paragraph, text, None)
            continue
        change = _append_mark(paragraph, kind, revisions)
        append_run(change, text, None)
        for node in list(change.iter(T)) if kind in IN_OLD else ():
            node.tag = f"{W}delText"
    return paragraph


def _append_mark(parent: Element, kind: Kind, revisions: Revisions) -> Element:
    mark = etree.SubElement(parent, f"{W}{_mark_name(kind)}")
    for name, value in revisions.attributes().items():
        mark.set(f"{W}{name}", value)
    return mark


def _cell(
    old: Mapping[str, tuple[str, ...]],
    new: Mapping[str, tuple[str, ...]],
    task: str,
    template: CellTemplate,
    revisions: Revisions,
) -> Iterator[str]:
    """Yield the XML of the paragraphs of a cell."""
    before, after = old.get(task, ("",)), new.get(task, ("",))
    styled = _styled(changes("\n".join(before), "\n".join(after)), before, after)
    writer = _ParagraphWriter(template, revisions)
    paragraphs = (writer.paragraph(runs, mark) for runs, mark in _paragraphs(styled))
    while batch := "".join(itertools.islice(paragraphs, _BATCH)):
        yield batch


_Styled = tuple[Kind, str, str]
"""A piece of a text with the character style of a heading, or none."""


def _styled(found: Sequence[Piece], old: Sequence[str], new: Sequence[str]) -> Iterator[_Styled]:
    """Yield the pieces, cut where the style of a heading begins or ends, in the new text or in the old one."""
    old_styles, new_styles = _Styles(old), _Styles(new)
    for kind, text in found:
        styles = new_styles if kind in IN_NEW else old_styles
        begin = 0
        for length, style in styles.take(len(text)):
            yield kind, text[begin : begin + length], style
            begin += length
        if kind in IN_NEW and kind in IN_OLD:
            for _ in old_styles.take(len(text)):
                pass


class _Styles:
    """The character styles of a text, taken piece by piece."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._parts = iter(
            (len(text), style) for paragraph in paragraphs for text, style in (*pieces(paragraph), ("\n", "")) if text
        )
        self._left, self._style = 0, ""

    def take(self, length: int) -> Iterator[tuple[int, str]]:
        """Yield the lengths of the next parts with their styles, so many characters in all."""
        while length:
            if not self._left:
                self._left, self._style = next(self._parts)
            part = min(length, self._left)
            self._left -= part
            length -= part
            yield part, self._style


def _paragraphs(found: Iterable[_Styled]) -> Iterator[tuple[list[_Styled], Kind]]:
    """Yield the runs of each paragraph, and what happened to its mark; that of the last one always stays."""
    runs: list[_Styled] = []
    for kind, text, style in found:
        first, *others = text.split("\n")
        if first:
            runs.append((kind, first, style))
        for line in others:
            yield runs, kind
            runs = [(kind, line, style)] if line else []
    yield runs, Kind.SAME


class _ParagraphWriter:
    """Writes paragraphs with tracked changes in the formatting of a cell."""

    def __init__(self, template: CellTemplate, revisions: Revisions) -> None:
        self._template, self._revisions = template, revisions
        self._deleted = {style: _as_deleted(run) for style, run in template.others.items()}

    def paragraph(self, runs: Iterable[_Styled], mark: Kind) -> str:
        """Return the XML of a paragraph."""
        begin = self._template.begin
        if mark is not Kind.SAME:
            head, properties_end, rest = begin.rpartition(_PROPERTIES_END)
            begin = f"{head}<w:rPr><{self._revisions.tag(mark)}/></w:rPr>{properties_end}{rest}"
        return f"{begin}{''.join(itertools.starmap(self._run, runs))}{self._template.end}"

    def _run(self, kind: Kind, text: str, style: str) -> str:
        if kind is Kind.SAME:
            return self._template.others[style].say(text)
        runs = self._template.others if kind in IN_NEW else self._deleted
        return f"<{self._revisions.tag(kind)}>{runs[style].say(text)}</w:{_mark_name(kind)}>"


def _as_deleted(run: RunTemplate) -> RunTemplate:
    """Return the template of a run whose text was taken out."""
    return replace(
        run,
        text_begin=run.text_begin.replace("<w:t", "<w:delText", 1),
        text_end=run.text_end.replace("</w:t", "</w:delText", 1),
    )
