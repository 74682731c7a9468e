"""The usual workbook, read straight into outlines: one table of plain texts, as we write it, and the notes beside it.

Two small parts make nearly all of it, and a tree of each is quicker than a walk through it.  Whatever is not usual (a
number, a formula, a merged, hidden or commented cell, a text in several faces, another sheet with content) makes no
outline; ``formats.xlsx`` reads such a workbook and tells of it.
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

_LARGEST = 1_000_000  # bytes of a part; a unit's has a tenth
_CHARACTERS = 400_000  # of a sheet; so few reach no limit, however often a string is used
_FEW = 60  # elements beside the cells: too few to lie deep
_UTF8 = re.compile(rb"""<\?xml version=["']1\.0["'] encoding=["']UTF-8["']""", re.IGNORECASE)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _VALUE, _ITEM, _TEXT = (f"{_MAIN}{name}" for name in ("row", "c", "v", "si", "t"))
_DATA, _MERGE = f"{_MAIN}sheetData", f"{_MAIN}mergeCell"
_TELLING = {_ROW, _CELL, _VALUE, f"{_MAIN}f", f"{_MAIN}is"}  # that may stand among the cells only
_COLUMN = {letter: number for number, letter in enumerate(ascii_uppercase, start=1)}

_Rows = dict[int, dict[int, str]]


class _NeedsFullParse(Exception):  # noqa: N818 - no error: the workbook goes the long way
    """The workbook needs more than an outline."""


def read_fast(data: bytes, catalog: Catalog, limits: Limits = DEFAULT) -> list[RawUnit] | None:
    """The outlines of the units in a workbook, or None where anything about it is not usual: that it is broken, too."""
    try:
        first, *others = _sheets(data, limits)
        if any(text not in NOTES for rows in others for cells in rows.values() for text in cells.values()):
            return None
        return _raw_units(first, catalog)
    except (_NeedsFullParse, ArchiveError, FormatError, ET.ParseError, KeyError, ValueError, IndexError):
        return None


def _raw_units(rows: _Rows, catalog: Catalog) -> list[RawUnit] | None:
    above: list[str] = []
    for row in list(rows)[:HEADER_WITHIN]:
        columns = plain_columns(list(rows[row].values()))
        if columns is not None:
            break
        above.append("　".join(text for text in rows[row].values() if not is_blank(text)))
    else:
        return None
    at = list(rows[row])
    letters = [ascii_uppercase[column - 1] for column in at]
    outlines = raw_units(
        columns, _body(rows, row, at), lambda number, index: Place(cell=f"{letters[index]}{number}"), catalog
    )
    known = lead_texts([(outline.unit.text, outline.period) for outline in outlines or ()], catalog)
    return outlines if all(fold(text) in known for text in above if text) else None


def _body(rows: _Rows, header: int, columns: list[int]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header, each with a text for every column."""
    for row, cells in rows.items():
        if row > header:
            if not cells.keys() <= rows[header].keys():
                raise _NeedsFullParse
            yield row, [cells.get(column, "") for column in columns]


def _sheets(data: bytes, limits: Limits) -> list[_Rows]:
    with opened(data, limits) as archive:
        book = Workbook(archive, WorkbookBudget(limits))
        listed, parts, _ = book.listed()
        if not all(sheet.visible for sheet, _ in listed):
            raise _NeedsFullParse
        largest = min(_LARGEST, limits.min_text_limit)
        strings = _strings(_tree(book.part(parts["sharedStrings"]), largest))
        found = []
        for _, part in listed:
            if any(kind in {"comments", "drawing"} for kind, _ in book.relations(part).values()):
                raise _NeedsFullParse
            found.append(_cells(_tree(book.part(part), largest), strings))
        if sum(len(text) for rows in found for cells in rows.values() for text in cells.values()) > min(
            _CHARACTERS, limits.characters
        ):
            raise _NeedsFullParse
        return found


def _tree(part: bytes, largest: int) -> ET.Element:
    """The tree of a small part that says it is UTF-8 and has no DTD, which another encoding could hide."""
    if len(part) > largest or not _UTF8.match(part) or b"<!" in part:
        raise _NeedsFullParse
    return ET.fromstring(part)  # noqa: S314 - see above


def _strings(root: ET.Element) -> list[str]:
    """The shared strings, each of one run."""
    found: list[str] = []
    for item in root:
        if item.tag != _ITEM or len(item) != 1 or item[0].tag != _TEXT or len(item[0]):
            raise _NeedsFullParse
        found.append(decoded(item[0].text or ""))
    return found


def _cells(root: ET.Element, strings: list[str]) -> _Rows:
    """The filled cells of a sheet, of which all hold shared strings."""
    found: _Rows = {}
    for part in root:
        if part.tag == _DATA:
            for row in part:
                _take(row, strings, found)
        elif not _harmless(part):
            raise _NeedsFullParse
    return found


def _harmless(part: ET.Element) -> bool:
    """Whether nothing is to be said of a part of a sheet beside its cells."""
    inner = list(part.iter())
    return len(inner) < _FEW and not any(
        element.tag in _TELLING or element.get("hidden") or (element.tag == _MERGE and not _above_all(element))
        for element in inner
    )


def _above_all(merged: ET.Element) -> bool:
    """Whether a merged area is the first row, where the title stands."""
    return re.fullmatch("A1:[A-Z]1", merged.get("ref", "")) is not None


def _take(row: ET.Element, strings: list[str], found: _Rows) -> None:
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
