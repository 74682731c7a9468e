"""Typeset a letter as a Word document, with the styles, the sheet and the page numbers of the built-in form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.letter import Letter
from zhijiao20.core.letter_blocks import Addressee, Block, Body, Signature, Table, Title, blocks, title_of
from zhijiao20.formats.docx.ooxml import BODY
from zhijiao20.formats.docx.package import Package, open_package, pack, parse, serialise
from zhijiao20.system.discovery import official_form

_CORE = "docProps/core.xml"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_WIDTH = 8844  # twips of the type area of 156 mm
_CHARACTER, _CELL_SIDES = 240, 154  # twips of a character of 12 pt, and of both side margins of a cell
_TITLE_PITCH = 700  # twips from one line of the title to the next
_INDENT = 640  # two characters of 16 pt
_WHOLE_ROWS = 12  # a row of at most so many lines is not divided between pages


def letter_document(letter: Letter, catalog: Catalog) -> bytes:
    """Return a letter as a .docx file; the same letter always gives the same bytes.

    Args:
        letter: what it says.
        catalog: the official list.
    """
    package, before, after = _form()
    markup = "".join(_markup(list(blocks(letter, catalog))))
    changed = {package.main: before + markup.encode() + after, _CORE: _properties(package, letter, catalog)}
    return pack(package, changed)


@cache
def _form() -> tuple[Package, bytes, bytes]:
    """Return the built-in form, and its main part without any text: what stands before and behind the text."""
    package = open_package(official_form())
    document = parse(package.parts[package.main])
    body = document.find(BODY)
    assert body is not None, "the built-in form has a body"
    for element in list(body)[:-1]:  # the last one has the sheet and the page numbers
        body.remove(element)
    etree.cleanup_namespaces(document)
    before, start, after = serialise(document).partition(b"<w:body>")
    assert start, "it has no attributes"
    return package, before + start, after


def _properties(package: Package, letter: Letter, catalog: Catalog) -> bytes:
    root = parse(package.parts[_CORE])
    for name, text in (("title", "".join(title_of(letter, catalog))), ("creator", letter.office)):
        element = root.find(f"{_DUBLIN_CORE}{name}")
        assert element is not None, "the built-in form has title and creator"
        element.text = escape_controls(text)
    return serialise(root)


def _markup(found: Sequence[Block]) -> Iterator[str]:
    """Yield the markup of the blocks."""
    yield _paragraph("Normal", "")
    for index, (before, block) in enumerate(zip([None, *found], found, strict=False)):
        if isinstance(block, Title):
            last = len(block.lines) - 1
            for number, line in enumerate(block.lines):
                after = "" if number == last else ' w:after="0"'
                pitch = f'<w:snapToGrid w:val="0"/><w:spacing{after} w:line="{_TITLE_PITCH}" w:lineRule="exact"/>'
                yield _paragraph("TableTitle", line, pitch)
        elif isinstance(block, Addressee):
            yield _paragraph(
                "Normal", block.text, '<w:spacing w:before="240"/><w:ind w:firstLine="0"/><w:jc w:val="left"/>'
            )
        elif isinstance(block, Body):
            kept = "<w:keepNext/>" if len(found) - 4 < index < len(found) - 1 else ""  # no page without a text
            spacing = '<w:spacing w:before="160"/>' if isinstance(before, Table) else ""
            yield _paragraph("Normal", block.text, f'{kept}{spacing}<w:ind w:firstLine="{_INDENT}"/>')
        elif isinstance(block, Table):
            yield _table(block)
        elif isinstance(block, Signature):
            yield from _signature(block)


def _signature(block: Signature) -> Iterator[str]:
    """Yield the office and the date at the right, on the page of the line before them."""
    place = f'<w:ind w:right="{_INDENT}"/><w:jc w:val="right"/>'
    yield _paragraph("Normal", block.office, f'<w:keepNext/><w:spacing w:before="579"/>{place}')
    yield _paragraph("Normal", block.date, place)


def _paragraph(style: str, text: str, properties: str = "") -> str:
    run = ""
    if text:
        face = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        run = f'<w:r>{face}<w:t xml:space="preserve">{escape(escape_controls(text))}</w:t></w:r>'
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{properties}</w:pPr>{run}</w:p>"


def _table(table: Table) -> str:
    widths = [_WIDTH * part // sum(table.widths) for part in table.widths]
    widths[-1] = _WIDTH - sum(widths[:-1])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    shape = f'<w:tblStyle w:val="OfficialTable"/><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    head = "".join(
        _cell(width, "TableHeading", text, '<w:vAlign w:val="center"/>')
        for width, text in zip(widths, table.header, strict=True)
    )
    head = (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="560" w:hRule="atLeast"/><w:tblHeader/></w:trPr>{head}</w:tr>'
    )
    rows = "".join(_row(row, widths, table.centred) for row in table.rows)
    return f"<w:tbl><w:tblPr>{shape}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"


def _row(texts: Sequence[str], widths: Sequence[int], centred: Iterable[int]) -> str:
    whole = all(map(_is_short, texts, widths))
    cells = (
        _cell(width, "TableText", text, "", '<w:jc w:val="center"/>' if index in centred else '<w:jc w:val="left"/>')
        for index, (text, width) in enumerate(zip(texts, widths, strict=True))
    )
    return f"<w:tr>{'<w:trPr><w:cantSplit/></w:trPr>' if whole else ''}{''.join(cells)}</w:tr>"


def _is_short(text: str, width: int) -> bool:
    """Estimate whether a text takes few lines in a cell."""
    most = _WHOLE_ROWS * max(1, (width - _CELL_SIDES) // _CHARACTER)
    return len(text) <= most or sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text) <= most


def _cell(width: int, style: str, text: str, properties: str = "", paragraph: str = "") -> str:
    shape = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>'
    return f"<w:tc>{shape}{_paragraph(style, text, paragraph)}</w:tc>"
