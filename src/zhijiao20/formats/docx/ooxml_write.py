"""Raw WordprocessingML, writing side: paragraphs and runs put into a document in its own formatting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml import etree

from zhijiao20.formats.docx.heading_styles import FIRST, SECOND
from zhijiao20.formats.docx.ooxml import (
    CHARACTERS,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    Element,
    P,
    R,
    T,
    W,
    children,
    parent_of,
)
from zhijiao20.formats.docx.stream import SAMPLE, CellTemplate, Placeholders, RunTemplate, written

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMESPACES, _BYTES = 100, 20_000
"""Of a cell's formatting: Word declares some 30 namespaces, and a paragraph's properties have a few hundred bytes."""


def open_cell(
    cell: Element, neighbour: Element, marks: Placeholders, texts: Callable[[], Sequence[str]], *, faces: bool = False
) -> None:
    """Make an empty cell ready for paragraphs, in the cell's own formatting, or its neighbour's where it has none.

    Args:
        cell: the cell to fill; its first paragraph is the pattern for all.
        neighbour: the cell whose formatting serves where this one has none of its own.
        marks: takes the place of the texts.
        texts: gives the paragraphs; a tab becomes a tab mark.
        faces: set the headings of numbered levels in their faces: the document has the styles for it.
    """
    pattern = next(children(cell, P), None)
    if pattern is None:
        pattern = etree.SubElement(cell, P)
    properties, run_properties = _formatting(pattern, neighbour)
    for other in list(children(cell, P))[1:]:
        parent_of(other).remove(other)
    paragraph = etree.Element(P)
    if properties is not None:
        paragraph.append(deepcopy(properties))
    pattern.addnext(paragraph)
    place = _emptied(pattern, properties)
    styles = ("", FIRST, SECOND) if faces else ("",)
    first, others = (
        {style: _run_around(parent, run_properties, style) for style in styles} for parent in (place, paragraph)
    )
    etree.SubElement(paragraph, R).text = SAMPLE
    begin, end = written(paragraph).split(written(paragraph[-1]))
    parent_of(paragraph).remove(paragraph)
    marks.put(place, pattern, CellTemplate(first, others, begin, end), texts)


def overloaded(cell: Element, neighbour: Element) -> bool:
    """Whether a cell has more formatting than an office gives it: each paragraph that is put there would take it along.

    Args:
        cell: the cell to fill.
        neighbour: the cell whose formatting serves where this one has none of its own.
    """
    if len(cell.nsmap) > _NAMESPACES:
        return True
    pattern = next(children(cell, P), None)
    found = _formatting(pattern if pattern is not None else etree.Element(P), neighbour)
    return sum(len(etree.tostring(item)) for item in found if item is not None) > _BYTES


def _run_around(parent: Element, properties: Element | None, style: str) -> RunTemplate:
    """The XML of a run as it is written in a parent."""
    _append_run(parent, f"{SAMPLE}\t{SAMPLE}", properties, style)
    run = RunTemplate.around(parent[-1])
    parent.remove(parent[-1])
    return run


def put_text(paragraph: Element, begin: int, end: int, text: str) -> None:
    """Put a text into the blank of a line, in the formatting that stands there; what follows keeps its distance.

    Args:
        paragraph: the line.
        begin: where the blank begins in the text of the line.
        end: where it ends; so much of it gives way as the text needs.
        text: what to put there.
    """
    at = 0
    runs = list(children(paragraph, R))
    for node in (item for run in runs for item in run if item.tag == T or item.tag in CHARACTERS):
        own = (node.text or "") if node.tag == T else CHARACTERS[node.tag]
        if node.tag == T and at <= begin <= at + len(own):
            left = begin - at
            gone = min(len(text) * 2, max(min(end - at, len(own)) - left, 0))
            keep = own[left + gone :]
            if keep.strip("_＿") and not keep[0].isspace():
                keep = f"  {keep.lstrip('_＿')}"
            node.text = own[:left] + text + keep
            node.set(_SPACE, "preserve")
            return
        at += len(own)
    _append_run(parent_of(runs[-1]), text, runs[-1].find(RPR))


def styled_paragraph(style: str, text: str) -> Element:
    """A new paragraph of a style."""
    paragraph = etree.Element(P)
    etree.SubElement(etree.SubElement(paragraph, PPR), f"{W}pStyle").set(f"{W}val", style)
    _append_run(paragraph, text, None)
    return paragraph


def _emptied(paragraph: Element, properties: Element | None) -> Element:
    """Take the (empty) runs out of a paragraph; returns where new ones go: into its content control if it has one."""
    control = next((content for content in paragraph.iter(SDT_CONTENT)), None)
    for run in list(children(paragraph, R)):
        parent_of(run).remove(run)
    for holder in (*paragraph.iterancestors(SDT), *paragraph.iter(SDT)):
        for prompt in holder.findall(f"{SDT_PR}/{W}showingPlcHdr"):
            parent_of(prompt).remove(prompt)
    if paragraph.find(PPR) is None and properties is not None:
        paragraph.insert(0, deepcopy(properties))
    return paragraph if control is None else control


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


def _append_run(parent: Element, text: str, properties: Element | None, style: str = "") -> None:
    run = etree.SubElement(parent, R)
    own = etree.Element(RPR) if properties is None else deepcopy(properties)
    for name in _NOT_IN_RUN:  # a paragraph mark's properties may hold these, a run's may not
        for item in own.findall(name):
            own.remove(item)
    if style:
        face = etree.Element(f"{W}rStyle")
        face.set(f"{W}val", style)
        own.insert(0, face)
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
