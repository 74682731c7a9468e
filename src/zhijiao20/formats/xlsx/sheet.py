"""Parse the XML of one sheet: its filled cells, and what is hidden, merged or calculated; empty cells are skipped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from zhijiao20.core.findings import Place
from zhijiao20.formats.format_error import too_long
from zhijiao20.formats.xlsx.values import FACE, CellNote, Values
from zhijiao20.formats.xlsx.xml import ENDLESS, MAIN, Strings, WorkbookBudget, damaged, endless, walk

FORMULA, UNCALCULATED, PICTURE = "formula", "uncalculated", "picture"
"""Kinds of note on a cell, besides the notes on its value."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_FORMULA_LIMIT = 8192  # maximum characters of a formula in Excel
MARKED_LIMIT = 200  # characters kept of struck, raised or lowered text: as many as a message can show
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_PICTURE = re.compile(r"DISPIMG\(", re.IGNORECASE)  # the formula that WPS writes for a picture in a cell
_ROW, _C, _F, _V, _IS = (f"{MAIN}{name}" for name in ("row", "c", "f", "v", "is"))
_COL, _MERGE = f"{MAIN}col", f"{MAIN}mergeCell"
_TRUE = {"1", "true"}


@dataclass(slots=True)  # never modified; not frozen, because creating a frozen instance takes five times as long
class Cell:
    """The text that a cell shows, with notes on what must be reported about it."""

    text: str
    remarks: tuple[CellNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range: rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """The content of a sheet; rows and columns count from 1.

    Attributes:
        name: the name of the sheet.
        visible: whether the sheet is not hidden.
        rows: row → column → cell; only cells with a text or a note.
        hidden_rows: those of these rows that are hidden.
        hidden_columns: first and last column of each range of hidden columns.
        merged: the merged areas.
        things: comments, pictures and other objects: row, column and a Chinese word for the kind.
    """

    name: str
    visible: bool = True
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    things: list[tuple[int, int, str]] = field(default_factory=list)


def position(reference: str) -> tuple[int, int]:
    """Parse a cell reference such as C7 into row and column.

    Raises:
        FormatError: it is not a cell reference.
    """
    match = _REF.fullmatch(reference)
    if match is None:
        raise damaged()
    row, column = int(match[2]), _column_number(match[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise damaged()
    return row, column


@lru_cache(maxsize=256)  # enough for all columns of most sheets
def _column_number(column_letters: str) -> int:
    column = 0
    for letter in column_letters:
        column = column * 26 + ord(letter) - 64
    return column


def reference(row: int, column: int) -> str:
    """Return the reference of a cell; the inverse of ``position``."""
    return f"{letters(column)}{row}"


@lru_cache(maxsize=256)
def letters(column: int) -> str:
    """Return the letters of a column number."""
    found = ""
    while column:
        column, letter = divmod(column - 1, 26)
        found = chr(65 + letter) + found
    return found


def read_sheet(data: bytes, sheet: Sheet, values: Values, budget: WorkbookBudget) -> None:
    """Parse the XML of a sheet into ``sheet``.

    Raises:
        FormatError: the sheet is damaged or too large.
    """
    reader = _SheetReader(sheet, values, budget)
    walk(data, budget, reader.start, reader.end, reader.text)


class _SheetReader:
    """XML event handler of one sheet.

    Most cells of a sheet are empty, so the position of a cell is calculated only if it is needed.

    Attributes:
        row: the current row.
        column: the current column, where the cell has no reference.
        last_reference: the reference of the current or previous cell, empty where it has none.
        hidden: whether the current row is hidden.
        cell: the XML attributes of the current cell.
        value: its stored value.
        marked: the struck, raised or lowered part of an inline string.
        formula: its formula, None where it has none.
        chunks: the text of the current element, None outside elements with text.
        length: the length of these chunks.
        strings: collects an inline string.
    """

    def __init__(self, sheet: Sheet, values: Values, budget: WorkbookBudget) -> None:
        self.sheet, self.values, self.budget = sheet, values, budget
        self.row = self.column = 0
        self.last_reference = ""
        self.hidden = False
        self.cell: dict[str, str] = {}
        self.value: str | None = None
        self.marked = ""
        self.formula: str | None = None
        self.chunks: list[str] | None = None
        self.length = 0
        self.strings: Strings | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.strings:
            self.strings.start(name, attributes)
        elif name == _C:
            self.cell, self.value, self.formula = attributes, None, None
            if "r" not in attributes:  # such a cell follows the previous one
                self.column = (position(self.last_reference)[1] if self.last_reference else self.column) + 1
            self.last_reference = attributes.get("r", "")
        elif name in {_V, _F}:
            self.chunks, self.length = [], 0
        elif name == _IS:
            self.strings = Strings(self.budget.limits)
        elif name == _ROW:
            self._begin_row(attributes)
        elif name == _MERGE:
            self._add_merged_area(attributes.get("ref", ""))
        elif name == _COL and attributes.get("hidden") in _TRUE:
            self._add_hidden_columns(attributes)

    def text(self, text: str) -> None:
        if self.strings:
            self.strings.text(text)
        elif self.chunks is not None:
            self.length += len(text)
            self.chunks.append(text)
            if self.length > ENDLESS * self.budget.limits.text:
                raise endless(self.budget.limits)

    def end(self, name: str) -> None:
        if self.strings:
            self.strings.end(name)
            if name == _IS:
                (self.value, self.marked), self.strings = self.strings.take(), None
                self.cell = {**self.cell, "t": "inline"}
        elif name == _V:
            self.value, self.chunks = "".join(self.chunks or ()), None
        elif name == _F:
            self.formula, self.chunks = "".join(self.chunks or ())[:_FORMULA_LIMIT], None
        elif name == _C and (self.value or self.formula is not None):
            self._add_cell()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", str(self.row + 1))
        self.row = int(number) if number.isdecimal() and len(number) < 8 else 0
        if not 0 < self.row <= LAST_ROW:
            raise damaged()
        self.column, self.last_reference = 0, ""
        self.hidden = attributes.get("hidden") in _TRUE

    def _add_cell(self) -> None:
        """Store the cell that just ended in the sheet, if it has a text or a note."""
        row, column = position(self.cell["r"]) if "r" in self.cell else (self.row, self.column)
        cell = self._build_cell()
        if len(cell.text) > self.budget.limits.text:
            raise too_long(cell.text, Place(cell=reference(row, column)), self.budget.limits)
        if not cell.text and not cell.remarks:
            return
        row_cells = self.sheet.rows.setdefault(row, {})
        if row != self.row or not 0 < column <= LAST_COLUMN or column in row_cells:
            raise damaged()
        self.budget.take(cell.text)
        row_cells[column] = cell
        if self.hidden:
            self.sheet.hidden_rows.add(row)

    def _build_cell(self) -> Cell:
        kind, stored = self.cell.get("t", "n"), self.value or ""
        if (self.formula or kind in {"e", "str"}) and self._is_picture(kind, stored):
            return Cell("", (CellNote(PICTURE, ""),))
        if self.formula is not None and not stored and (kind != "str" or self.value is None):
            return Cell("", (CellNote(UNCALCULATED, self.formula),))
        note = None
        if kind == "inline":
            text = stored
            note = CellNote(FACE, self.marked[:MARKED_LIMIT]) if self.marked else None
        else:
            text, note = self.values.shown(kind, stored, self.cell.get("s", "0"))
        notes = [note] if note else []
        if self.formula is not None:
            notes.insert(0, CellNote(FORMULA, self.formula))
        return Cell(text, tuple(notes))

    def _is_picture(self, kind: str, stored: str) -> bool:
        """Check whether the cell is a picture: stored as #VALUE! (Excel) or as DISPIMG (WPS)."""
        if kind == "e" and "vm" in self.cell:
            return True
        if _PICTURE.search(self.formula or ""):
            return True
        return kind == "str" and _PICTURE.match(stored.lstrip("=")) is not None

    def _add_merged_area(self, area: str) -> None:
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        self.budget.merge()
        self.sheet.merged.append(Area(top, left, bottom, right))

    def _add_hidden_columns(self, attributes: dict[str, str]) -> None:
        if len(self.sheet.hidden_columns) >= LAST_COLUMN:
            raise damaged()
        try:
            self.budget.extra()
            self.sheet.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        except (KeyError, ValueError) as error:
            raise damaged() from error
