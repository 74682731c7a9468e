"""The only raw WordprocessingML: walking tables and paragraphs, reading text, making runs.

Reading follows what a person sees: insertions count, deletions do not, content controls and links are transparent.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml's own name for its element type
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

P, R, T, TBL, TR, TC = f"{W}p", f"{W}r", f"{W}t", f"{W}tbl", f"{W}tr", f"{W}tc"
PPR, RPR, TRPR, TCPR = f"{W}pPr", f"{W}rPr", f"{W}trPr", f"{W}tcPr"
SDT, SDT_CONTENT, SDT_PR = f"{W}sdt", f"{W}sdtContent", f"{W}sdtPr"

_TRANSPARENT = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo")
) | {SDT, SDT_CONTENT}
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}


def children(parent: Element, tag: str) -> Iterator[Element]:
    """The children of a kind, those inside content controls and insertions too; never those of inner tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from children(child, tag)


def text_of(paragraph: Element) -> str:
    """The text of a paragraph as a person sees it; soft breaks are line ends, tabs are tabs."""
    parts: list[str] = []
    for run in children(paragraph, R):
        for item in run:
            if item.tag == T:
                parts.append(item.text or "")
            elif item.tag in _CHARACTERS:
                parts.append(_CHARACTERS[item.tag])
    return "".join(parts)


def cell_text(cell: Element) -> str:
    """The text of a cell, its paragraphs on lines of their own."""
    return "\n".join(text_of(paragraph) for paragraph in children(cell, P))


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those that a tracked change deletes left out."""
    for row in children(table, TR):
        if row.find(f"{TRPR}/{W}del") is None:
            yield row


def cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """The cells of a row with the grid columns they cover: from, and up to (not including)."""
    column = _number(row.find(f"{TRPR}/{W}gridBefore"), 0)
    for cell in children(row, TC):
        span = _number(cell.find(f"{TCPR}/{W}gridSpan"), 1)
        yield column, column + span, cell
        column += span


def _number(element: Element | None, default: int) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), 1000) if value.isdecimal() and len(value) < 5 else default


def fill_cell(cell: Element, paragraphs: tuple[str, ...], neighbour: Element) -> None:
    """Put paragraphs into an empty cell, in the cell's own formatting, or its neighbour's where it has none.

    Args:
        cell: the cell to fill; its first paragraph is the pattern for all.
        paragraphs: the texts; a tab becomes a tab mark.
        neighbour: the cell whose formatting serves where this one has none of its own.
    """
    pattern = next(children(cell, P), None)
    if pattern is None:
        pattern = etree.SubElement(cell, P)
    properties, run_properties = _formatting(pattern, neighbour)
    for other in list(children(cell, P))[1:]:
        _parent(other).remove(other)
    last = pattern
    for text in paragraphs[1:]:
        paragraph = etree.Element(P)
        if properties is not None:
            paragraph.append(deepcopy(properties))
        _append_run(paragraph, text, run_properties)
        last.addnext(paragraph)
        last = paragraph
    _fill_paragraph(pattern, paragraphs[0], properties, run_properties)


def append_text(paragraph: Element, text: str) -> None:
    """Add a text to the end of a paragraph, formatted as its last run."""
    runs = list(children(paragraph, R))
    _append_run(_parent(runs[-1]) if runs else paragraph, text, runs[-1].find(RPR) if runs else None)


def styled_paragraph(style: str, text: str) -> Element:
    """A new paragraph of a style."""
    paragraph = etree.Element(P)
    etree.SubElement(etree.SubElement(paragraph, PPR), f"{W}pStyle").set(f"{W}val", style)
    _append_run(paragraph, text, None)
    return paragraph


def _fill_paragraph(paragraph: Element, text: str, properties: Element | None, run_properties: Element | None) -> None:
    """Replace the (empty) runs of a paragraph by one with this text, inside its content control if it has one."""
    control = next((content for content in paragraph.iter(SDT_CONTENT)), None)
    for run in list(children(paragraph, R)):
        _parent(run).remove(run)
    for holder in (*paragraph.iterancestors(SDT), *paragraph.iter(SDT)):
        for prompt in holder.findall(f"{SDT_PR}/{W}showingPlcHdr"):
            _parent(prompt).remove(prompt)
    if paragraph.find(PPR) is None and properties is not None:
        paragraph.insert(0, deepcopy(properties))
    _append_run(paragraph if control is None else control, text, run_properties)


def _formatting(pattern: Element, neighbour: Element) -> tuple[Element | None, Element | None]:
    """The paragraph and run properties to write with: the cell's own, else those of its neighbour."""
    properties = pattern.find(PPR)
    run = next(children(pattern, R), None)
    run_properties = run.find(RPR) if run is not None else None
    if run_properties is not None and run_properties.find(f"{W}rStyle[@{W}val='PlaceholderText']") is not None:
        run_properties = None
    if run_properties is None and properties is not None:
        run_properties = properties.find(RPR)
    if properties is None and run_properties is None and (other := next(children(neighbour, P), None)) is not None:
        properties = other.find(PPR)
        run = next(children(other, R), None)
        run_properties = run.find(RPR) if run is not None else None
    return properties, run_properties


_NOT_IN_RUN = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange")


def _append_run(parent: Element, text: str, properties: Element | None) -> None:
    run = etree.SubElement(parent, R)
    own = etree.Element(RPR) if properties is None else deepcopy(properties)
    for name in _NOT_IN_RUN:  # a paragraph mark's properties may hold these, a run's may not
        for item in own.findall(name):
            own.remove(item)
    fonts = own.find(f"{W}rFonts")
    if fonts is None:
        fonts = etree.Element(f"{W}rFonts")
        own.insert(1 if own.find(f"{W}rStyle") is not None else 0, fonts)
    fonts.set(f"{W}hint", "eastAsia")  # else Word sets “ ” … — in the Latin face
    run.append(own)
    for index, piece in enumerate(text.split("\t")):
        if index:
            etree.SubElement(run, f"{W}tab")
        if piece:
            node = etree.SubElement(run, T)
            node.text = piece
            node.set(_SPACE, "preserve")


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None, "an element inside a document has a parent"
    return parent
