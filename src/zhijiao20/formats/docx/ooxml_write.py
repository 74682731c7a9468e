"""Write raw WordprocessingML: add paragraphs and runs to a document in its own formatting."""

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
    run_text,
)
from zhijiao20.formats.docx.stream import SAMPLE, CellTemplate, Placeholders, RunTemplate, serialize_cell

UNIT_STYLE = "ReportingUnit"
"""The style of the lines above the table in the built-in form."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROMPT, _PROMPT_STYLE = f"{W}showingPlcHdr", "PlaceholderText"
_NAMESPACES_LIMIT, _FORMATTING_LIMIT = 100, 20_000
"""Limits of the formatting of a cell: Word uses about 30 namespaces, and a few hundred bytes for a paragraph."""


def open_cell(
    cell: Element, neighbour: Element, marks: Placeholders, texts: Callable[[], Sequence[str]], *, faces: bool = False
) -> None:
    """Empty a cell and insert placeholders for its paragraphs, in the formatting of the cell.

    Args:
        cell: the cell to fill; its first paragraph is the pattern for all.
        neighbour: the cell whose formatting is used where the cell has none of its own.
        marks: collects the placeholders.
        texts: returns the paragraphs; a tab becomes a tab element.
        faces: whether numbered headings get their character styles, which the document must have.
    """
    run_parent, pattern, template = _empty_cell(cell, neighbour, faces=faces)
    marks.put(run_parent, pattern, template, texts)


def cell_template(cell: Element, neighbour: Element, *, faces: bool) -> tuple[Element, CellTemplate]:
    """Empty a cell; return its only paragraph and the XML around texts in its formatting; see ``open_cell``."""
    _, pattern, template = _empty_cell(cell, neighbour, faces=faces)
    return pattern, template


def _empty_cell(cell: Element, neighbour: Element, *, faces: bool) -> tuple[Element, Element, CellTemplate]:
    """Empty a cell; return the parent for new runs, its only paragraph, and the XML around texts."""
    pattern = next(children(cell, P), None)
    if pattern is None:
        pattern = etree.SubElement(cell, P)
    properties, run_properties = _formatting(pattern, neighbour)
    for surplus in list(children(cell, P))[1:]:
        parent_of(surplus).remove(surplus)
    paragraph = etree.Element(P)
    if properties is not None:
        paragraph.append(deepcopy(properties))
    pattern.addnext(paragraph)
    run_parent = _clear_runs(pattern, properties)
    styles = ("", FIRST, SECOND) if faces else ("",)
    first, others = (
        {style: _run_around(parent, run_properties, style) for style in styles} for parent in (run_parent, paragraph)
    )
    etree.SubElement(paragraph, R).text = SAMPLE
    begin, end = serialize_cell(paragraph).split(serialize_cell(paragraph[-1]))
    parent_of(paragraph).remove(paragraph)
    return run_parent, pattern, CellTemplate(first, others, begin, end)


def has_excessive_formatting(cell: Element, neighbour: Element) -> bool:
    """Check whether a cell has too much formatting; each inserted paragraph would repeat it.

    Args:
        cell: the cell to fill.
        neighbour: the cell whose formatting is used where the cell has none of its own.
    """
    if len(cell.nsmap) > _NAMESPACES_LIMIT:
        return True
    pattern = next(children(cell, P), None)
    found = _formatting(pattern if pattern is not None else etree.Element(P), neighbour)
    return sum(len(etree.tostring(item)) for item in found if item is not None) > _FORMATTING_LIMIT


def _run_around(parent: Element, properties: Element | None, style: str) -> RunTemplate:
    """Return the template of a run as serialized inside a parent."""
    append_run(parent, f"{SAMPLE}\t{SAMPLE}", properties, style)
    run = RunTemplate.around(parent[-1])
    parent.remove(parent[-1])
    return run


def put_text(paragraph: Element, begin: int, end: int, text: str) -> None:
    """Write a text into the blank of a line, in the formatting of the blank.

    For each character of the text up to two characters of the blank are removed, so that following labels hardly move;
    a label directly after the blank is separated by two spaces.

    Args:
        paragraph: the line.
        begin: where the blank begins in the text of the line.
        end: where the blank ends.
        text: the text to write.
    """
    node_begin = 0
    runs = list(children(paragraph, R))
    for node in (item for run in runs for item in run if item.tag == T or item.tag in CHARACTERS):
        node_text = (node.text or "") if node.tag == T else CHARACTERS[node.tag]
        if node.tag == T and node_begin <= begin <= node_begin + len(node_text):
            offset = begin - node_begin
            removed = min(len(text) * 2, max(min(end - node_begin, len(node_text)) - offset, 0))
            rest = node_text[offset + removed :]
            if rest.strip("_＿") and not rest[0].isspace():
                rest = f"  {rest.lstrip('_＿')}"
            node.text = node_text[:offset] + text + rest
            node.set(_SPACE, "preserve")
            return
        node_begin += len(node_text)
    append_run(parent_of(runs[-1]), text, runs[-1].find(RPR))


def put_into_prompt(paragraph: Element, begin: int, end: int, text: str) -> bool:
    """Write a text into the empty content control that stands in the blank of a line.

    Args:
        paragraph: the line.
        begin: where the blank begins in the text of the line without prompts.
        end: where the blank ends.
        text: the text to write.

    Returns:
        Whether there was such a control.
    """
    position = 0
    for run in children(paragraph, R):
        control = _prompt_control(run)
        if control is None:
            position += len(run_text(run))
        elif begin <= position <= end:
            content = control.find(SDT_CONTENT)
            assert content is not None, "a run inside a control is in its content"
            properties = control.find(f"{SDT_PR}/{RPR}")
            parent = parent_of(run)
            for old in list(children(content, R)):
                parent_of(old).remove(old)
            append_run(parent, text, properties)
            _release(control)
            return True
    return False


def _prompt_control(run: Element) -> Element | None:
    """Return the content control that shows a run as its prompt, or None."""
    controls = run.iterancestors(SDT)
    return next((control for control in controls if control.find(f"{SDT_PR}/{_PROMPT}") is not None), None)


def _release(control: Element) -> None:
    """Take the marks off a control that would let Word replace its text: the prompt and the binding to data."""
    properties = control.find(SDT_PR)
    for item in list(properties) if properties is not None else ():
        if item.tag == _PROMPT or (isinstance(item.tag, str) and item.tag.endswith("}dataBinding")):
            parent_of(item).remove(item)


def styled_paragraph(style: str, text: str) -> Element:
    """Return a new paragraph with a paragraph style and a text."""
    paragraph = etree.Element(P)
    etree.SubElement(etree.SubElement(paragraph, PPR), f"{W}pStyle").set(f"{W}val", style)
    append_run(paragraph, text, None)
    return paragraph


def _clear_runs(paragraph: Element, properties: Element | None) -> Element:
    """Remove the runs of a paragraph and the prompt marks of its content controls.

    Returns:
        The parent for new runs: the content of a control in the paragraph, or the paragraph itself.
    """
    content_element = next((content for content in paragraph.iter(SDT_CONTENT)), None)
    for run in list(children(paragraph, R)):
        parent_of(run).remove(run)
    for content_control in (*paragraph.iterancestors(SDT), *paragraph.iter(SDT)):
        _release(content_control)
    if paragraph.find(PPR) is None and properties is not None:
        paragraph.insert(0, deepcopy(properties))
    return paragraph if content_element is None else content_element


def _formatting(pattern: Element, neighbour: Element) -> tuple[Element | None, Element | None]:
    """Return the paragraph and run properties to use: of the cell, or else of its neighbour."""
    properties = pattern.find(PPR)
    run = next(children(pattern, R), None)
    run_properties = _own_properties(run)
    if run_properties is None and properties is not None:
        run_properties = properties.find(RPR)
        if _is_prompt_format(run_properties, run):
            run_properties = None
    if (
        properties is None
        and run_properties is None
        and (neighbour_paragraph := next(children(neighbour, P), None)) is not None
    ):
        properties = neighbour_paragraph.find(PPR)
        run = next(children(neighbour_paragraph, R), None)
        run_properties = run.find(RPR) if run is not None else None
    return properties, run_properties


def _own_properties(run: Element | None) -> Element | None:
    """Return the format for a text in the place of a run; in place of a prompt it is that of the content control."""
    if run is None:
        return None
    control = _prompt_control(run)
    properties = run.find(RPR) if control is None else control.find(f"{SDT_PR}/{RPR}")
    return None if properties is not None and _style_of(properties) == _PROMPT_STYLE else properties


def _is_prompt_format(properties: Element | None, run: Element | None) -> bool:
    """Check whether the format of a paragraph mark is that of the prompt in the paragraph."""
    if properties is None or run is None or _prompt_control(run) is None or not (style := _style_of(properties)):
        return False
    prompt = run.find(RPR)
    return style == _PROMPT_STYLE or (prompt is not None and style == _style_of(prompt))


def _style_of(properties: Element) -> str:
    style = properties.find(f"{W}rStyle")
    return "" if style is None else style.get(f"{W}val", "")


_NOT_IN_RUN = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange")


def append_run(parent: Element, text: str, properties: Element | None, style: str = "") -> None:
    """Append a run with a text in a formatting, and in a character style if there is one."""
    run = etree.SubElement(parent, R)
    run_properties = etree.Element(RPR) if properties is None else deepcopy(properties)
    for name in _NOT_IN_RUN:  # allowed in the properties of a paragraph mark, not in those of a run
        for item in run_properties.findall(name):
            run_properties.remove(item)
    if style:
        run_style = etree.Element(f"{W}rStyle")
        run_style.set(f"{W}val", style)
        run_properties.insert(0, run_style)
    fonts = run_properties.find(f"{W}rFonts")
    if fonts is None:
        fonts = etree.Element(f"{W}rFonts")
        run_properties.insert(1 if run_properties.find(f"{W}rStyle") is not None else 0, fonts)
    fonts.set(f"{W}hint", "eastAsia")  # otherwise Word sets “ ” … — in the Latin font
    run.append(run_properties)
    for index, piece in enumerate(text.split("\t")):
        if index:
            etree.SubElement(run, f"{W}tab")
        if piece:
            node = etree.SubElement(run, T)
            node.text = piece
            node.set(_SPACE, "preserve")
