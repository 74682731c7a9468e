"""One sheet as it stands in its XML: the filled cells, what is hidden, merged, calculated; empty ones cost nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from string import ascii_uppercase
from typing import TYPE_CHECKING

from zhijiao20.core.findings import Place
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.format_error import too_long
from zhijiao20.formats.xlsx.usual import usual_sheet
from zhijiao20.formats.xlsx.values import FORMATTING, CellNote, Values
from zhijiao20.formats.xlsx.xml import TAG, WorkbookBudget, damaged_error, elements, rich_text

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

FORMULA, UNCALCULATED, PICTURE = "formula", "uncalculated", "picture"
"""Kinds of remark on a cell, besides those on its value."""

TEXT_BOX = "文本框"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_FORMULA_LIMIT = 8192  # characters: Excel's own
MARKED_LIMIT = 200  # characters of them that a message could show
_REF = lazy_regex(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_PICTURE = lazy_regex(r"DISPIMG\(", re.IGNORECASE)  # a picture in a cell as WPS writes it
_ROW, _C, _F, _V, _IS = (f"{TAG}{name}" for name in ("row", "c", "f", "v", "is"))
_COL, _MERGE = f"{TAG}col", f"{TAG}mergeCell"
_COLUMNS = {letter: number for number, letter in enumerate(ascii_uppercase, start=1)}
_TRUE = {"1", "true"}


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range: rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A sheet.

    Attributes:
        rows: row → column → text, of the cells only that hold a text or have a note.
        notes: row → column → the notes on a cell.
        hidden_rows: the rows of these that are hidden.
        hidden_columns: ranges of hidden columns.
        things: cells of comments, pictures and other objects, with what they are.
    """

    name: str
    visible: bool = True
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    notes: dict[int, dict[int, tuple[CellNote, ...]]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    objects: list[tuple[int, int, str]] = field(default_factory=list)


def cell_position(cell_reference: str) -> tuple[int, int]:
    """Row and column of a reference such as C7.

    Raises:
        FormatError: it is none.
    """
    match = _REF.fullmatch(cell_reference)
    if match is None:
        raise damaged_error()
    row, column = int(match[2]), _column(match[1].upper())
    if row > LAST_ROW or column > LAST_COLUMN:
        raise damaged_error()
    return row, column


@lru_cache(maxsize=256)  # of most sheets all columns
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def cell_reference(row: int, column: int) -> str:
    """The reference of a cell: the inverse of ``cell_position``."""
    return f"{column_letters(column)}{row}"


@lru_cache(maxsize=256)
def column_letters(column: int) -> str:
    """The letters of a column."""
    found = ""
    while column:
        column, letter = divmod(column - 1, 26)
        found = chr(65 + letter) + found
    return found


def read_sheet(data: bytes, sheet: Sheet, values: Values, budget: WorkbookBudget) -> None:
    """Read the XML of a sheet into ``sheet``.

    Raises:
        FormatError: it is damaged, or larger than any table.
    """
    reader = _SheetReader(sheet, values, budget)
    usual = None if values.special else usual_sheet(data, budget, values.plain, _COLUMNS, _ROW, _MERGE, _COL)
    for number, height, hidden, cells in usual.rows if usual else ():
        reader.take(number, cells, height, hidden)
    for element in usual.around if usual else elements(data, budget, _ROW, _MERGE, _COL):
        if element.tag == _ROW:
            reader.row(element)
        elif element.tag == _MERGE:
            reader.merge(element.get("ref", ""))
        elif element.get("hidden") in _TRUE or _is_zero(element.get("width")):
            reader.hide(element)


class _SheetReader:
    """Reads the rows of one sheet.  Most cells are empty or hold a shared string, and need no more than a look-up."""

    def __init__(self, sheet: Sheet, values: Values, budget: WorkbookBudget) -> None:
        self.sheet, self.values, self.budget = sheet, values, budget
        self.number = 0

    def row(self, row: ET.Element) -> None:
        """Read a row."""
        digits = row.get("r", str(self.number + 1))
        self.number = int(digits) if digits.isdecimal() and len(digits) < 8 else 0
        if not 0 < self.number <= LAST_ROW:
            raise damaged_error()
        self.take(self.number, self._cells(row, digits), row.get("ht"), row.get("hidden"))

    def take(self, number: int, cells: dict[int, str], height: str | None, hidden: str | None) -> None:
        """Take the cells of a row that have a text or a note."""
        if number > LAST_ROW:
            raise damaged_error()
        if not cells:
            return
        characters = sum(map(len, cells.values()))
        if characters > self.budget.limits.text:
            for column, text in cells.items():
                if len(text) > self.budget.limits.text:
                    raise too_long(text, Place(cell=f"{column_letters(column)}{number}"), self.budget.limits)
        self.budget.take(len(cells), characters)
        if number in self.sheet.rows:
            raise damaged_error()
        self.sheet.rows[number] = cells
        if hidden in _TRUE or _is_zero(height):
            self.sheet.hidden_rows.add(number)

    def _cells(self, row: ET.Element, digits: str) -> dict[int, str]:
        """Return the texts of a row by column, of the cells that have a text or a note."""
        plain, special, named = self.values.plain, self.values.special, _COLUMNS
        cells: dict[int, str] = {}
        column, last = 0, ""
        for cell in row.findall(_C):
            reference = cell.get("r", "")
            if reference:
                letter, _, rest = reference.partition(digits)
                column = named.get(letter, 0) if not rest else 0
            else:  # then it is the cell right of the previous one
                column = (cell_position(last)[1] if last else column) + 1
            last = reference
            if not len(cell):
                continue
            usual = len(cell) == 1 and cell.get("t") == "s" and cell[0].tag == _V
            text = plain.get(cell[0].text or "", "") if usual else ""
            if not text or (special and cell.get("s", "0") in special):
                text, notes = self._value(cell)
                if notes:
                    self.sheet.notes.setdefault(self.number, {})[column or self._column(reference)] = notes
                elif not text:
                    continue
            column = column or self._column(reference)
            if column > LAST_COLUMN or column in cells:
                raise damaged_error()
            cells[column] = text
        return cells

    def _column(self, reference: str) -> int:
        """Return the column of a reference, which must name this row."""
        row, column = cell_position(reference)
        if row != self.number:
            raise damaged_error()
        return column

    def merge(self, text: str) -> None:
        """Take a merged area."""
        first, _, last = text.replace("$", "").partition(":")
        if first.isalpha() and last.isalpha():  # whole columns
            first, last = f"{first}1", f"{last}{LAST_ROW}"
        elif first.isdecimal() and last.isdecimal():  # whole rows
            first, last = f"A{first}", f"{column_letters(LAST_COLUMN)}{last}"
        (top, left), (bottom, right) = cell_position(first), cell_position(last or first)
        self.budget.merge()
        self.sheet.merged.append(Area(top, left, bottom, right))

    def hide(self, columns: ET.Element) -> None:
        """Take a range of hidden columns."""
        if len(self.sheet.hidden_columns) >= LAST_COLUMN:
            raise damaged_error()
        try:
            self.budget.extra()
            self.sheet.hidden_columns.append((int(columns.attrib["min"]), int(columns.attrib["max"])))
        except (KeyError, ValueError) as error:
            raise damaged_error() from error

    def _value(self, cell: ET.Element) -> tuple[str, tuple[CellNote, ...]]:
        """Return the text that a cell shows, and the notes on it."""
        parts = {part.tag: part for part in cell}
        kind, inline = cell.get("t", "n"), parts.get(_IS)
        marked = ""
        stored = parts[_V].text or "" if _V in parts else None
        formula = (parts[_F].text or "")[:_FORMULA_LIMIT] if _F in parts else None
        if inline is not None:
            stored, marked = rich_text(inline)
        if not stored and formula is None:
            return "", ()
        if (formula or kind in {"e", "str"}) and _is_picture(cell, kind, stored or "", formula or ""):
            return "", (CellNote(PICTURE, ""),)
        if formula is not None and not stored and (kind != "str" or stored is None):
            return "", (CellNote(UNCALCULATED, formula),)
        if inline is not None:
            text, note = stored or "", CellNote(FORMATTING, marked[:MARKED_LIMIT]) if marked else None
        else:
            text, note = self.values.shown(kind, stored or "", cell.get("s", "0"))
        notes: tuple[CellNote, ...] = (note,) if note else ()
        if text and cell.get("s", "0") in self.values.special:
            text, more = self.values.worded(kind, text, cell.get("s", "0"))
            notes += tuple(CellNote(one.kind, one.stored[:MARKED_LIMIT]) for one in more)
        return text, notes if formula is None else (CellNote(FORMULA, formula), *notes)


def _is_zero(size: str | None) -> bool:
    """Whether a height or width is that of a hidden row or column."""
    return size is not None and size[:1] in {"0", "."} and not size.strip("0.")


def _is_picture(cell: ET.Element, kind: str, stored: str, formula: str) -> bool:
    """Whether a cell is a picture: as Excel stores it, with #VALUE! as its text, or as WPS does."""
    if kind == "e" and "vm" in cell.attrib:
        return True
    if _PICTURE.search(formula):
        return True
    return kind == "str" and _PICTURE.match(stored.lstrip("=")) is not None
