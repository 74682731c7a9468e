"""Write the sheets of an .xls, as xlrd reads them, as the parts of an .xlsx that says the same.

So the reader of .xlsx shows numbers as their cells do, and tells what is struck, hidden, merged or calculated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.old.biff import SheetRecords

Book: TypeAlias = Any
"""A workbook of xlrd, which has no types."""

XlsSheet: TypeAlias = Any
"""A sheet of xlrd."""

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DRAWING = (
    'xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5  # kinds of cells of xlrd
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BUILT_IN = 164  # numbers of formats below are known to everybody, save those of money
_MONEY = {5, 6, 7, 8, 41, 42, 43, 44}
_UNWRITABLE = lazy_regex("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_FONTS = "<font/>", "<font><strike/></font>", '<font><vertAlign val="superscript"/></font>'
_UNKNOWN_FORMULA = "…"  # xlrd does not tell it


def styles(book: Book) -> str:
    """Return the part with the number format and the marks of every cell style."""
    codes: dict[int, str] = {}
    cells = []
    for style in book.xf_list:
        number = style.format_key
        if number >= _BUILT_IN or number in _MONEY:
            codes[number] = book.format_map[number].format_str
        cells.append(f'<xf numFmtId="{number}" fontId="{_mark(book, style.font_index)}"/>')
    formats = "".join(f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>' for number, code in codes.items())
    return (
        f"<styleSheet {MAIN}><numFmts>{_UNWRITABLE.sub('', formats)}</numFmts><fonts>{''.join(_FONTS)}</fonts>"
        f"<cellXfs>{''.join(cells)}</cellXfs></styleSheet>"
    )


def sheet(book: Book, source: XlsSheet, records: SheetRecords) -> Iterator[str]:
    """Yield the part of a sheet in pieces."""
    yield f"<worksheet {MAIN}><cols>"
    for column, info in sorted(source.colinfo_map.items()):
        if info.hidden:
            yield f'<col min="{column + 1}" max="{column + 1}" hidden="1"/>'
    yield "</cols><sheetData>"
    for row in range(source.nrows):
        hidden = row in source.rowinfo_map and source.rowinfo_map[row].hidden
        cells = "".join(_cells(book, source, row, records))
        if cells:
            yield f'<row r="{row + 1}"{" hidden=" + quoteattr("1") if hidden else ""}>{cells}</row>'
    merged = (
        f'<mergeCell ref="{_reference(top, left)}:{_reference(bottom - 1, right - 1)}"/>'
        for top, bottom, left, right in source.merged_cells
    )
    yield f"</sheetData><mergeCells>{''.join(merged)}</mergeCells></worksheet>"


def comments(source: XlsSheet) -> str:
    """Return the part with the places of the comments of a sheet; empty without any."""
    places = "".join(f'<comment ref="{_reference(*place)}"/>' for place in sorted(source.cell_note_map))
    return f"<comments {MAIN}><commentList>{places}</commentList></comments>" if places else ""


def drawing(records: SheetRecords) -> str:
    """Return the part with the pictures and text boxes of a sheet; empty without any."""
    anchors = "".join(
        f"<d:oneCellAnchor><d:from><d:col>{column}</d:col><d:row>{row}</d:row></d:from>"
        f"<d:sp><a:t>{_escaped(text)}</a:t></d:sp></d:oneCellAnchor>"
        for row, column, text in records.objects
    )
    return f"<d:wsDr {_DRAWING}>{anchors}</d:wsDr>" if anchors else ""


def _cells(book: Book, source: XlsSheet, row: int, records: SheetRecords) -> Iterator[str]:
    """Yield the filled cells of a row."""
    kinds, values = source.row_types(row), source.row_values(row)
    for column, kind in enumerate(kinds):
        calculated = records.formulas.get((row, column))
        if calculated is None and kind not in {_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR}:
            continue
        start = f'<c r="{_reference(row, column)}" s="{source.cell_xf_index(row, column)}"'
        formula = "" if calculated is None else f"<f>{_UNKNOWN_FORMULA}</f>"
        if calculated is False:
            yield f"{start}>{formula}</c>"
        elif kind == _TEXT or kind not in {_NUMBER, _DATE, _BOOLEAN, _ERROR}:
            runs = source.rich_text_runlist_map.get((row, column)) if not formula else None
            yield _text(book, start, str(values[column]), runs or (), formula)
        else:
            letter = {_BOOLEAN: ' t="b"', _ERROR: ' t="e"'}.get(kind, "")
            yield f"{start}{letter}>{formula}<v>{_number(kind, values[column])}</v></c>"


def _text(book: Book, start: str, text: str, runs: Sequence[tuple[int, int]], formula: str) -> str:
    """Return a cell with a text; struck, raised and lowered parts keep their marks."""
    if formula:
        return f'{start} t="str">{formula}<v>{_escaped(text)}</v></c>'
    marks = [(begin, _mark(book, font)) for begin, font in runs]
    if not any(mark for _, mark in marks):
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'
    ends = [begin for begin, _ in marks[1:]] + [len(text)]
    parts = [(0, marks[0][0], 0), *((begin, end, mark) for (begin, mark), end in zip(marks, ends, strict=True))]
    body = "".join(
        f'<r><rPr>{_FONTS[mark][6:-7]}</rPr><t xml:space="preserve">{_escaped(text[begin:end])}</t></r>'
        for begin, end, mark in parts
        if begin < end
    )
    return f'{start} t="inlineStr"><is>{body}</is></c>'


def _number(kind: int, value: float) -> str:
    if kind == _ERROR:
        return _ERRORS.get(int(value), "#N/A")
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _mark(book: Book, font: int) -> int:
    """Return 1 for a font that is struck, 2 for one that is raised or lowered, else 0."""
    if font >= len(book.font_list):
        return 0
    found = book.font_list[font]
    return 1 if found.struck_out else 2 if found.escapement else 0


def _escaped(text: str) -> str:
    """Return a text for XML; what XML cannot hold is written as Excel does: ``_x0001_``."""
    return escape(_UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text))


def _reference(row: int, column: int) -> str:
    """Return the reference of a cell, whose row and column are counted from 0."""
    letters, column = "", column + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
