"""Write the annex of a digest as a Word document, typeset like the form: contents, statistics, and texts by task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import IO
from xml.sax.saxutils import escape

from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.cell import labelled
from zhijiao20.core.digest_result import Digest
from zhijiao20.core.display import escape_controls
from zhijiao20.core.fields import PERIOD
from zhijiao20.formats.docx.fill import CORE, with_creator
from zhijiao20.formats.docx.header_lines import UNIT_LINE
from zhijiao20.formats.docx.ooxml import BODY, TC, Element, P, W
from zhijiao20.formats.docx.ooxml_write import UNIT_STYLE, cell_template, styled_paragraph
from zhijiao20.formats.docx.package import Package, open_package, pack_into, parse, serialise
from zhijiao20.formats.docx.stream import CellTemplate, Placeholders
from zhijiao20.output.annex_blocks import LABEL, SUBTITLE, Heading, Table, Texts, annex_blocks
from zhijiao20.output.annex_styles import CONTENTS, CONTENTS_TITLE, HEADINGS, TEXT, add_styles
from zhijiao20.system.discovery import official_form

_STYLES = "word/styles.xml"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NUMBERS, _NAMES = 1200, 2400  # twips: the widest column of numbers, and of names where there are many numbers
_CHARACTER, _SIDES = 240, 164  # twips: a character of 12 pt, and the margins at both sides of a cell
_FACE = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
_BEGIN, _SEPARATE, _END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
_TOC, _PAGE = r' TOC \o "1-3" \h \z \u ', r" PAGEREF {} \h "
_GALLERY = (  # the control with the button that updates the table
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    "</w:sdtPr><w:sdtContent>"
)
_BATCH = 200  # texts that are written at once


def annex_document(
    digest: Digest,
    catalog: Catalog,
    stream: IO[bytes],
    *,
    unit: str = "",
    period: str = "",
    landscape: bool = False,
    paged: bool = False,
) -> None:
    """Write the annex, with the texts on only one task in memory at a time.

    The table of contents is a field.  Nothing asks Word to update it when the document is opened, because Word would
    ask the user about fields that refer to other files; it has no page numbers until it is updated or printed.

    Args:
        digest: the texts and the counts.
        catalog: the official list.
        stream: where to write.
        unit: the 汇总单位, written above the contents.
        period: the 报告期, likewise.
        landscape: whether to use the sheet of the landscape form.
        paged: write the contents as lines with page numbers that LibreOffice fills in, not as a field.
    """
    package = open_package(official_form(landscape=landscape))
    document = parse(package.parts[package.main])
    body = _emptied_body(document)
    width = _type_width(body)
    template = _text_template(body)
    blocks = list(annex_blocks(digest, catalog))
    headings = [block for block in blocks if isinstance(block, Heading)]
    markup = [*_head(catalog, unit, period), *_contents(headings, paged=paged)]
    number = 0
    for block in blocks:
        if isinstance(block, Heading):
            number += 1
            markup.append(_heading(block, number))
        else:
            markup.append(_table(block, width) if isinstance(block, Table) else "<w:p/>")
    added = _append(body, "".join(markup))
    placeholders = Placeholders(document)
    places = (element for element in added if element.tag == P and len(element) == 0)
    for element, block in zip(places, (block for block in blocks if isinstance(block, Texts)), strict=True):
        placeholders.put_whole(element, partial(_texts, digest, block.task, template))
    changed: dict[str, bytes | Iterable[bytes]] = {
        package.main: placeholders.pour(document),
        _STYLES: _styles(package, width),
        CORE: _properties(package, catalog, unit),
    }
    pack_into(stream, package, changed)


def _emptied_body(document: Element) -> Element:
    """Take everything out of the body of the form but its section, which has the sheet and the page numbers."""
    body = document.find(BODY)
    assert body is not None, "the built-in form has a body"
    for element in list(body)[:-1]:
        body.remove(element)
    return body


def _type_width(body: Element) -> int:
    """Return the width of the type area in twips."""
    size, margins = body.find(f".//{W}pgSz"), body.find(f".//{W}pgMar")
    assert size is not None, "the built-in form has a sheet"
    assert margins is not None, "the built-in form has a sheet"
    return int(size.get(f"{W}w", "")) - int(margins.get(f"{W}left", "")) - int(margins.get(f"{W}right", ""))


def _text_template(body: Element) -> CellTemplate:
    """Return the XML around the paragraphs of texts; numbered headings get their faces as in the table."""
    cell = etree.SubElement(body, TC)
    cell.append(styled_paragraph(TEXT, " "))
    template = cell_template(cell, cell, faces=True)[1]
    body.remove(cell)
    return template


def _append(body: Element, markup: str) -> list[Element]:
    """Add XML to the body before its section, and return its elements."""
    new = etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{markup}</w:body>')
    added = list(new)
    for element in added:
        body[-1].addprevious(element)
    etree.cleanup_namespaces(body.getroottree())
    return added


def _texts(digest: Digest, task: str, template: CellTemplate) -> Iterator[str]:
    """Yield the XML of the texts on a task in parts."""
    batch: list[str] = []
    for paragraph in labelled(digest.annex_texts(task)):
        batch.append(template.paragraph(paragraph))
        if len(batch) == _BATCH:
            yield "".join(batch)
            batch.clear()
    yield "".join(batch)


def _head(catalog: Catalog, unit: str, period: str) -> Iterator[str]:
    """Yield the label, the title and whose annex it is."""
    yield _paragraph("AttachmentLabel", _run(LABEL))
    yield _paragraph("Normal", "")
    yield _paragraph("TableTitle", _run(catalog.title), '<w:spacing w:after="0"/>')
    yield _paragraph("TableTitle", _run(SUBTITLE))
    for name, value in ((UNIT_LINE, unit), (PERIOD, period)):
        if value:
            yield _paragraph(UNIT_STYLE, _run(f"{name}：{value}"))


def _contents(headings: Sequence[Heading], *, paged: bool) -> Iterator[str]:
    """Yield the table of contents: its title, and a line for each heading."""
    yield "" if paged else _GALLERY
    yield _paragraph(CONTENTS_TITLE, _run("目录"))
    before = "" if paged else _BEGIN + _code(_TOC) + _SEPARATE
    for number, heading in enumerate(headings, start=1):
        mark = _bookmark(number)
        page = "<w:r><w:tab/></w:r>" + _BEGIN + _code(_PAGE.format(mark)) + _SEPARATE + _END
        link = f'<w:hyperlink w:anchor="{mark}" w:history="1">{_run(heading.text)}{page}</w:hyperlink>'
        end = _END if number == len(headings) and not paged else ""
        yield _paragraph(CONTENTS[heading.level], f"{before}{link}{end}")
        before = ""
    yield "" if paged else "</w:sdtContent></w:sdt>"


def _heading(heading: Heading, number: int) -> str:
    """Return a heading between the two ends of its bookmark; the first one begins a page."""
    begin = f'<w:bookmarkStart w:id="{number}" w:name="{_bookmark(number)}"/>'
    new_page = "<w:pageBreakBefore/>" if number == 1 else ""
    runs = f'{begin}{_run(heading.text)}<w:bookmarkEnd w:id="{number}"/>'
    return _paragraph(HEADINGS[heading.level], runs, new_page)


def _bookmark(number: int) -> str:
    return f"_Toc{number:09}"


def _code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def _run(text: str) -> str:
    return f'<w:r>{_FACE}<w:t xml:space="preserve">{escape(escape_controls(text))}</w:t></w:r>'


def _paragraph(style: str, runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _table(table: Table, width: int) -> str:
    """Return a table with a column of names and columns of numbers."""
    count = len(table.header) - 1
    names = max((len(str(row[0])) for row in table.rows), default=0) * _CHARACTER + _SIDES
    numbers = min(_NUMBERS, (width - min(names, _NAMES)) // count)
    widths = [width - count * numbers, *[numbers] * count]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    shape = f'<w:tblStyle w:val="OfficialTable"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    head = _row(table.header, widths, "<w:tblHeader/>", lambda _: ("TableHeading", ""))
    rows = "".join(_row(list(map(str, row)), widths, "", _number_style) for row in table.rows)
    return f"<w:tbl><w:tblPr>{shape}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"


def _number_style(column: int) -> tuple[str, str]:
    return "TableText", '<w:jc w:val="center"/>' if column else '<w:jc w:val="left"/>'


def _row(texts: Sequence[str], widths: Sequence[int], properties: str, style: Callable[[int], tuple[str, str]]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(style(index)[0], _run(text), style(index)[1])}</w:tc>"
        for index, (text, width) in enumerate(zip(texts, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{cells}</w:tr>"


def _styles(package: Package, width: int) -> bytes:
    root = parse(package.parts[_STYLES])
    add_styles(root, width)
    etree.cleanup_namespaces(root)
    return serialise(root)


def _properties(package: Package, catalog: Catalog, unit: str) -> bytes:
    """Return the properties: the title of the annex, and the office as the author."""
    root = parse(with_creator(package.parts[CORE], unit))
    title = root.find(_DC_TITLE)
    assert title is not None, "the built-in form has a title"
    title.text = f"{catalog.title}{LABEL}"
    return serialise(root)
