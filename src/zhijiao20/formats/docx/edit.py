"""Change characters inside the runs of status cells; the formatting, the revisions and all other bytes stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Place
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.formats.docx.locate import Located, TaskRow, locate
from zhijiao20.formats.docx.ooxml import (
    CHARACTERS,
    W14,
    Element,
    P,
    R,
    T,
    W,
    children,
    mark_is_deleted,
    plain_text,
    remove_unchosen_versions,
    run_text,
)
from zhijiao20.formats.docx.package import open_package, pack
from zhijiao20.formats.docx.xml_insert import Insertion, Span, XmlText
from zhijiao20.formats.format import TextEdits
from zhijiao20.formats.format_error import FormError

_REVISIONS = (*(f"{W}{name}" for name in ("ins", "moveTo")), f"{W14}conflictIns")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_Spot = tuple[str, Element | None, int]  # a character, the text element in which it stands, and its index there


def edit_statuses(
    data: bytes, catalog: Catalog, wanted: Mapping[Place, TextEdits], limits: Limits = DEFAULT
) -> tuple[bytes, frozenset[Place]]:
    """Change the texts of status cells.

    Args:
        data: the .docx file.
        catalog: the official list.
        wanted: the row → its text as it was read, and the changes.
        limits: the maximum sizes.

    Returns:
        The changed file, and the rows that were changed; the others have a change in a revision, in a field or in
        automatic numbering, or a text that is not stored as it is read.
    """
    try:
        package = open_package(data, limits)
    except FormError:
        return data, frozenset()
    part = XmlText(package.parts[package.main])
    numbers = {item: number for number, item in enumerate(part.root.iter("*")) if item.tag == T}
    remove_unchosen_versions(part.root)
    changed: dict[Element, str] = {}
    done: set[Place] = set()
    for row in _rows(locate(part.root, catalog)):
        place = Place(cell=row.label)
        if place in wanted and row.status_cell is not None:
            texts = _changed_texts(list(_spots(row.status_cell)), wanted[place], numbers)
            if texts:
                changed |= texts
                done.add(place)
    if not done:
        return data, frozenset()
    spans = part.spans({numbers[element] for element in changed})
    insertions = [_replacement(spans[numbers[element]], text) for element, text in changed.items()]
    return pack(package, {package.main: part.with_insertions(insertions)}), frozenset(done)


def _rows(located: Located) -> Iterator[TaskRow]:
    yield from located.rows.values()
    yield from (row for row, _ in located.reworded.values())


def _replacement(span: Span, text: str) -> Insertion:
    return Insertion(span.begin, span.end, escape(text, {"\r": "&#13;"}))


def _spots(cell: Element) -> Iterator[_Spot]:
    """Yield the characters of a cell; those that cannot be changed have no element."""
    is_first = True
    for paragraph in children(cell, P):
        if not is_first:
            yield "\n", None, 0
        is_first = mark_is_deleted(paragraph)  # the next paragraph goes on in the same line
        for run in children(paragraph, R):
            yield from _run_spots(run)


def _run_spots(run: Element) -> Iterator[_Spot]:
    text = run_text(run)
    found: list[_Spot] = []
    for item in run:
        if item.tag == T:
            found += ((char, None if len(item) else item, index) for index, char in enumerate(plain_text(item)))
        elif item.tag in CHARACTERS:
            found.append((CHARACTERS[item.tag], None, 0))
    in_revision = next(run.iterancestors(*_REVISIONS), None) is not None
    if in_revision or "".join(char for char, _, _ in found) != text:
        found = [(char, None, 0) for char in text]
    yield from found


def _changed_texts(spots: Sequence[_Spot], edits: TextEdits, known: Collection[Element]) -> dict[Element, str]:
    """Return text element → its new text; empty if not every change can be made."""
    if "".join(char for char, _, _ in spots).replace("\r", "\n") != edits.text:
        return {}
    characters: dict[Element, list[str]] = {}
    for begin, end, text in edits.changes:
        for index in range(begin, end):
            _, element, offset = spots[index]
            if element is None or element not in known:
                return {}
            own = characters.setdefault(element, list(element.text or ""))
            own[offset] = text if index == begin else ""
    made = {element: "".join(own) for element, own in characters.items()}
    kept = all(text == text.strip() or element.get(_SPACE) == "preserve" for element, text in made.items())
    return made if kept else {}
