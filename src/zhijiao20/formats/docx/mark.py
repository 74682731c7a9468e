"""Mark a document with comments on cells of its table; nothing else of it is changed, not even in its bytes.

The marks of comments are inserted into the text of the main part, which is not written again from its tree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import fold
from zhijiao20.formats.docx.comment_parts import Comment, CommentParts
from zhijiao20.formats.docx.header_lines import paragraphs_above
from zhijiao20.formats.docx.locate import Located, TaskRow, locate
from zhijiao20.formats.docx.ooxml import (
    PPR,
    Element,
    P,
    W,
    children,
    in_prompt,
    merged_upwards,
    remove_unchosen_versions,
    text_of,
)
from zhijiao20.formats.docx.package import open_package, pack
from zhijiao20.formats.docx.xml_insert import Insertion, XmlText, inside, prefix_for
from zhijiao20.formats.format_error import FormError, StrictFormError
from zhijiao20.formats.strict import to_ordinary

NOTES_LIMIT = 60
"""Limit of the notes in one comment."""

_TEXT_BOX = f"{W}txbxContent"


class Note(NamedTuple):
    """Something to say about a row.

    Attributes:
        task: the task of the row; None where it is not known.
        row: the label of the row as messages show it, such as 第12行; empty where it is not known.
        lines: the lines of the note.
    """

    task: str | None
    row: str
    lines: tuple[str, ...]


def mark(data: bytes, catalog: Catalog, notes: Sequence[Note], author: str, limits: Limits = DEFAULT) -> bytes:
    """Add notes to a document as comments: one comment for each cell, with its notes in the given order.

    Args:
        data: the .docx file.
        catalog: the official list.
        notes: the notes; those of a row that the document does not have are attached to the title.
        author: the author of the comments.
        limits: the maximum sizes.

    Raises:
        FormError: the file is not a Word document, or has no official table.
    """
    try:
        package = open_package(data, limits)
    except StrictFormError:
        package = open_package(to_ordinary(data, limits), limits)
    text = XmlText(package.parts[package.main])
    anchors = _Anchors(text.root, catalog)
    by_anchor: dict[_Anchor, list[Note]] = {}
    for note in notes:
        by_anchor.setdefault(anchors.of(note), []).append(note)
    if not by_anchor:
        return data
    parts = CommentParts(package, author)
    ordered = sorted(by_anchor, key=lambda anchor: anchor.begin)
    numbers = dict(zip(ordered, parts.free_numbers(text.root), strict=False))
    parts.add([Comment(numbers[anchor], _lines(by_anchor[anchor])) for anchor in ordered])
    reference_style = parts.style("annotation reference")
    changed = {**parts.changed, package.main: _with_marks(text, numbers, reference_style)}
    return pack(package, changed)


class _Anchor(NamedTuple):
    """Where a comment stands.

    Attributes:
        begin: the number of the first paragraph among all elements of the document.
        begin_properties: whether that paragraph has properties.
        end: the number of the last paragraph.
        prefix: the prefix of WordprocessingML there.
        declaration: its declaration, empty where the document has one.
    """

    begin: int
    begin_properties: bool
    end: int
    prefix: str
    declaration: str


class _Anchors:
    """The places of a document for comments."""

    def __init__(self, document: Element, catalog: Catalog) -> None:
        self._numbers = {item: number for number, item in enumerate(document.iter("*")) if item.tag == P}
        remove_unchosen_versions(document)
        located = locate(document, catalog)
        if located.table is None:
            raise FormError("Word 文档里没有官方的附表", "请另附一份标明的表")
        self._rows = dict(_rows_by_label(located))
        self._tasks = {**{task: row for task, (row, _) in located.reworded.items()}, **located.rows}
        self._title = self._around([_title(document, located, catalog)])

    def of(self, note: Note) -> _Anchor:
        """Return the place for a note: the status cell of its row, another cell of it, or the title."""
        row = self._rows.get(note.row) or self._tasks.get(note.task or "")
        for cell in _cells(row) if row is not None else ():
            prompts: dict[Element, bool] = {}
            # Word replaces a prompt with all that is in it as soon as somebody types there
            paragraphs = [paragraph for paragraph in children(cell, P) if not in_prompt(paragraph, prompts)]
            if paragraphs:
                return self._around(paragraphs)
        return self._title

    def _around(self, paragraphs: Sequence[Element]) -> _Anchor:
        first, last = paragraphs[0], paragraphs[-1]
        prefix, declaration = prefix_for(_common_namespaces(first, last), W[1:-1], "w")
        has_properties = len(first) > 0 and first[0].tag == PPR
        return _Anchor(self._numbers[first], has_properties, self._numbers[last], prefix, declaration)


def _common_namespaces(first: Element, last: Element) -> Mapping[str | None, str]:
    return {prefix: uri for prefix, uri in first.nsmap.items() if last.nsmap.get(prefix) == uri}


def _rows_by_label(located: Located) -> list[tuple[str, TaskRow]]:
    """Return the label of each row, with the row."""
    rows = [*located.extra, *(row for row, _ in located.changed_titles), *(row for row, _ in located.reworded.values())]
    rows += [row for duplicates in located.doubled.values() for row in duplicates]
    return [(row.label, row) for row in [*rows, *located.rows.values()]]


def _cells(row: TaskRow) -> list[Element]:
    """Return the cells of a row that Word shows, in the order in which they are preferred for a comment."""
    cells = [row.status_cell, row.task_cell, *reversed(row.title_cells)]
    return [cell for cell in cells if cell is not None and not merged_upwards(cell)]


def _title(document: Element, located: Located, catalog: Catalog) -> Element:
    """Return the paragraph of the title, or else another one above the table, or the first one in it."""
    assert located.table is not None, "checked before"
    above = [
        paragraph
        for paragraph in paragraphs_above(document, located.table)
        if next(paragraph.iterancestors(_TEXT_BOX), None) is None
    ]
    title = fold(catalog.title)
    filled = [paragraph for paragraph in above if not is_blank(text_of(paragraph))]
    titled = (paragraph for paragraph in filled if title in fold(text_of(paragraph)))
    return next(chain(titled, filled, above, located.table.iter(P)))


def _lines(notes: Sequence[Note]) -> list[str]:
    """Return the lines of a comment; the notes are numbered if there are several."""
    if len(notes) == 1:
        return list(notes[0].lines)
    lines: list[str] = []
    for number, note in enumerate(notes[:NOTES_LIMIT], start=1):
        first, *rest = note.lines
        lines += [f"{number}. {first}", *rest]
    if len(notes) > NOTES_LIMIT:
        lines.append(f"这里的问题共 {len(notes)} 条，其余的没有列出")
    return lines


def _with_marks(text: XmlText, numbers: Mapping[_Anchor, int], reference_style: str) -> bytes:
    """Return the main part with the begin, the end and the reference of each comment."""
    wanted = {anchor.begin for anchor in numbers} | {anchor.end for anchor in numbers}
    wanted |= {anchor.begin + 1 for anchor in numbers if anchor.begin_properties}
    spans = text.spans(wanted)
    insertions: list[Insertion] = []
    for anchor, number in numbers.items():
        w, declaration = anchor.prefix, anchor.declaration
        identifier = f' {w}:id="{number}"'
        start = f"<{w}:commentRangeStart{declaration}{identifier}/>"
        style = f'<{w}:rPr><{w}:rStyle {w}:val="{reference_style}"/></{w}:rPr>' if reference_style else ""
        reference = f"<{w}:r{declaration}>{style}<{w}:commentReference{identifier}/></{w}:r>"
        end = f"<{w}:commentRangeEnd{declaration}{identifier}/>{reference}"
        begin, last = spans[anchor.begin], spans[anchor.end]
        if anchor.begin == anchor.end and begin.name:
            insertions.append(inside(begin, start + end))
            continue
        if begin.name:
            insertions.append(inside(begin, start))
        else:
            position = spans[anchor.begin + 1].after if anchor.begin_properties else begin.begin
            insertions.append(Insertion(position, position, start))
        insertions.append(inside(last, end))
    return text.with_insertions(insertions)
