"""Read an ordinary workbook straight into raw units (fast path): one table of plain texts and the instruction sheet.

Two small parts hold nearly all of its content, and parsing each into a tree is faster than handling events one by one.
Anything else (a number, a formula, a merged, hidden or commented cell, a text in several runs, another sheet with
content) needs the full parse: ``formats.xlsx.read`` reads such a workbook and reports its findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase
from xml.etree import ElementTree as ET

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Place
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import fold
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.normalize.columns import HEADER_WITHIN, lead_texts
from zhijiao20.formats.normalize.fast_table import plain_columns, raw_units
from zhijiao20.formats.raw import RawUnit
from zhijiao20.formats.xlsx.instructions import NOTES
from zhijiao20.formats.xlsx.package import Workbook
from zhijiao20.formats.xlsx.sheet import LAST_ROW
from zhijiao20.formats.xlsx.xml import WorkbookBudget, decoded
from zhijiao20.system.zip import ArchiveError, opened

_LARGEST = 1_000_000  # maximum bytes of a part; a part with one unit has a tenth of that
_CHARACTERS = 400_000  # maximum characters of all cells, repeated shared strings included; below any limit
_OTHER_ELEMENTS_LIMIT = 60  # elements in a part beside the cells; so few cannot be nested too deep
_UTF8 = re.compile(rb"""<\?xml version=["']1\.0["'] encoding=["']UTF-8["']""", re.IGNORECASE)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _VALUE, _ITEM, _TEXT = (f"{_MAIN}{name}" for name in ("row", "c", "v", "si", "t"))
_DATA, _MERGE = f"{_MAIN}sheetData", f"{_MAIN}mergeCell"
_CELL_ELEMENTS = {_ROW, _CELL, _VALUE, f"{_MAIN}f", f"{_MAIN}is"}  # elements that are allowed only inside the cell data
_COLUMN = {letter: number for number, letter in enumerate(ascii_uppercase, start=1)}

_Rows = dict[int, dict[int, str]]


class _NeedsFullParse(Exception):  # noqa: N818 - not an error: the workbook is read by the full parse
    """Raised where a workbook cannot be read by the fast path."""


def read_fast(data: bytes, catalog: Catalog, limits: Limits = DEFAULT) -> list[RawUnit] | None:
    """Return the units of a workbook, or None where it needs the full parse.

    A damaged workbook needs the full parse, too, which reports the damage.
    """
    try:
        table, *other_sheets = _sheets(data, limits)
        if any(text not in NOTES for rows in other_sheets for cells in rows.values() for text in cells.values()):
            return None
        return _raw_units(table, catalog)
    except (_NeedsFullParse, ArchiveError, FormatError, ET.ParseError, KeyError, ValueError, IndexError):
        return None


def _raw_units(rows: _Rows, catalog: Catalog) -> list[RawUnit] | None:
    texts_above: list[str] = []
    for row in list(rows)[:HEADER_WITHIN]:
        columns = plain_columns(list(rows[row].values()))
        if columns is not None:
            break
        texts_above.append("　".join(text for text in rows[row].values() if not is_blank(text)))
    else:
        return None
    column_numbers = list(rows[row])
    letters = [ascii_uppercase[column - 1] for column in column_numbers]
    units = raw_units(
        columns,
        _body(rows, row, column_numbers),
        lambda number, index: Place(cell=f"{letters[index]}{number}"),
        catalog,
    )
    allowed = lead_texts([(unit.unit.text, unit.period) for unit in units or ()], catalog)
    return units if all(fold(text) in allowed for text in texts_above if text) else None


def _body(rows: _Rows, header: int, columns: list[int]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the header, each with a text for every column."""
    for row, cells in rows.items():
        if row > header:
            if not cells.keys() <= rows[header].keys():
                raise _NeedsFullParse
            yield row, [cells.get(column, "") for column in columns]


def _sheets(data: bytes, limits: Limits) -> list[_Rows]:
    with opened(data, limits) as archive:
        book = Workbook(archive, WorkbookBudget(limits))
        sheets, parts, _ = book.listed()
        if not all(sheet.visible for sheet, _ in sheets):
            raise _NeedsFullParse
        largest = min(_LARGEST, limits.min_text_limit)
        strings = _strings(_tree(book.part(parts["sharedStrings"]), largest))
        found = []
        for _, part in sheets:
            if any(kind in {"comments", "drawing"} for kind, _ in book.relations(part).values()):
                raise _NeedsFullParse
            found.append(_cells(_tree(book.part(part), largest), strings))
        if sum(len(text) for rows in found for cells in rows.values() for text in cells.values()) > min(
            _CHARACTERS, limits.characters
        ):
            raise _NeedsFullParse
        return found


def _tree(part: bytes, largest: int) -> ET.Element:
    """Parse a small part that declares UTF-8 and has no DTD.

    In another encoding the search for a DTD would miss it.
    """
    if len(part) > largest or not _UTF8.match(part) or b"<!" in part:
        raise _NeedsFullParse
    return ET.fromstring(part)  # noqa: S314 - a DTD is ruled out above


def _strings(root: ET.Element) -> list[str]:
    """Return the shared strings; each must be a single plain text."""
    found: list[str] = []
    for item in root:
        if item.tag != _ITEM or len(item) != 1 or item[0].tag != _TEXT or len(item[0]):
            raise _NeedsFullParse
        found.append(decoded(item[0].text or ""))
    return found


def _cells(root: ET.Element, strings: list[str]) -> _Rows:
    """Return the filled cells of a sheet; all must hold shared strings."""
    found: _Rows = {}
    for part in root:
        if part.tag == _DATA:
            for row in part:
                _read_row(row, strings, found)
        elif not _has_no_finding(part):
            raise _NeedsFullParse
    return found


def _has_no_finding(part: ET.Element) -> bool:
    """Check whether an element beside the cell data of a sheet gives no reason for a finding."""
    elements = list(part.iter())
    return len(elements) < _OTHER_ELEMENTS_LIMIT and not any(
        element.tag in _CELL_ELEMENTS
        or element.get("hidden")
        or (element.tag == _MERGE and not _is_title_area(element))
        for element in elements
    )


def _is_title_area(merged: ET.Element) -> bool:
    """Check whether a merged area begins at A1 and covers row 1 only: the title."""
    return re.fullmatch("A1:[A-Z]1", merged.get("ref", "")) is not None


def _read_row(row: ET.Element, strings: list[str], found: _Rows) -> None:
    digits = row.get("r", "")
    number = int(digits)
    if (
        row.tag != _ROW
        or str(number) != digits
        or not next(reversed(found), 0) < number <= LAST_ROW
        or row.get("hidden")
    ):
        raise _NeedsFullParse
    cells: dict[int, str] = {}
    last = 0
    for cell in row:
        letter, _, rest = cell.attrib["r"].partition(digits)
        column = _COLUMN[letter]
        if cell.tag != _CELL or rest or column <= last or len(cell) > 1:
            raise _NeedsFullParse
        last = column
        if len(cell):
            value = cell[0]
            if value.tag != _VALUE or cell.get("t") != "s" or len(value) or "-" in (value.text or "-"):
                raise _NeedsFullParse
            if text := strings[int(value.text or "")]:
                cells[column] = text
    if cells:
        found[number] = cells
