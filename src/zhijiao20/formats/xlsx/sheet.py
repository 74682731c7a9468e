"""One sheet as it stands in its XML: the filled cells, what is hidden, merged, calculated; empty ones cost nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from zhijiao20.core.findings import Place
from zhijiao20.formats.format_error import too_long
from zhijiao20.formats.xlsx.values import FACE, CellNote, Values
from zhijiao20.formats.xlsx.xml import ENDLESS, MAIN, Strings, WorkbookBudget, damaged, endless, walk

FORMULA, UNCALCULATED, PICTURE = "formula", "uncalculated", "picture"
"""Kinds of remark on a cell, besides those on its value."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_FORMULA_LIMIT = 8192  # characters: Excel's own
MARKED_LIMIT = 200  # characters of them that a message could show
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_PICTURE = re.compile(r"DISPIMG\(", re.IGNORECASE)  # a picture in a cell as WPS writes it
_ROW, _C, _F, _V, _IS = (f"{MAIN}{name}" for name in ("row", "c", "f", "v", "is"))
_COL, _MERGE = f"{MAIN}col", f"{MAIN}mergeCell"
_TRUE = {"1", "true"}


@dataclass(slots=True)  # nobody changes one; but a frozen one takes five times as long to make
class Cell:
    """The text that a cell shows, and what is to be said of it."""

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
    """A sheet.

    Attributes:
        rows: row → column → cell; those only that hold a text or need a remark.
        hidden_rows: the rows of these that are hidden.
        hidden_columns: ranges of hidden columns.
        things: cells of comments, pictures and other objects, with what they are.
    """

    name: str
    visible: bool = True
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    things: list[tuple[int, int, str]] = field(default_factory=list)


def position(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as C7.

    Raises:
        FormatError: it is none.
    """
    match = _REF.fullmatch(reference)
    if match is None:
        raise damaged()
    row, column = int(match[2]), _column(match[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise damaged()
    return row, column


@lru_cache(maxsize=256)  # of most sheets all columns
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def reference(row: int, column: int) -> str:
    """The reference of a cell: the inverse of ``position``."""
    return f"{letters(column)}{row}"


@lru_cache(maxsize=256)
def letters(column: int) -> str:
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
    walk(data, budget, reader.start, reader.end, reader.text)


class _SheetReader:
    """Takes the events of one sheet.  Most cells of a sheet are empty, so their place is worked out only if needed."""

    def __init__(self, sheet: Sheet, values: Values, budget: WorkbookBudget) -> None:
        self.sheet, self.values, self.budget = sheet, values, budget
        self.row = self.column = 0
        self.last = ""
        self.hidden = False
        self.cell: dict[str, str] = {}
        self.value: str | None = None
        self.marked = ""
        self.formula: str | None = None
        self.parts: list[str] | None = None
        self.length = 0
        self.strings: Strings | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.strings:
            self.strings.start(name, attributes)
        elif name == _C:
            self.cell, self.value, self.formula = attributes, None, None
            if "r" not in attributes:  # then it stands right of the one before
                self.column = (position(self.last)[1] if self.last else self.column) + 1
            self.last = attributes.get("r", "")
        elif name in {_V, _F}:
            self.parts, self.length = [], 0
        elif name == _IS:
            self.strings = Strings(self.budget.limits)
        elif name == _ROW:
            self._begin_row(attributes)
        elif name == _MERGE:
            self._merge(attributes.get("ref", ""))
        elif name == _COL and attributes.get("hidden") in _TRUE:
            self._hide(attributes)

    def text(self, text: str) -> None:
        if self.strings:
            self.strings.text(text)
        elif self.parts is not None:
            self.length += len(text)
            self.parts.append(text)
            if self.length > ENDLESS * self.budget.limits.text:
                raise endless(self.budget.limits)

    def end(self, name: str) -> None:
        if self.strings:
            self.strings.end(name)
            if name == _IS:
                (self.value, self.marked), self.strings = self.strings.take(), None
                self.cell = {**self.cell, "t": "inline"}
        elif name == _V:
            self.value, self.parts = "".join(self.parts or ()), None
        elif name == _F:
            self.formula, self.parts = "".join(self.parts or ())[:_FORMULA_LIMIT], None
        elif name == _C and (self.value or self.formula is not None):
            self._take()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", str(self.row + 1))
        self.row = int(number) if number.isdecimal() and len(number) < 8 else 0
        if not 0 < self.row <= LAST_ROW:
            raise damaged()
        self.column, self.last = 0, ""
        self.hidden = attributes.get("hidden") in _TRUE

    def _take(self) -> None:
        """Keep the cell that just ended."""
        row, column = position(self.cell["r"]) if "r" in self.cell else (self.row, self.column)
        cell = self._cell()
        if len(cell.text) > self.budget.limits.text:
            raise too_long(cell.text, Place(cell=reference(row, column)), self.budget.limits)
        if not cell.text and not cell.remarks:
            return
        kept = self.sheet.rows.setdefault(row, {})
        if row != self.row or not 0 < column <= LAST_COLUMN or column in kept:
            raise damaged()
        self.budget.take(cell.text)
        kept[column] = cell
        if self.hidden:
            self.sheet.hidden_rows.add(row)

    def _cell(self) -> Cell:
        kind, stored = self.cell.get("t", "n"), self.value or ""
        if (self.formula or kind in {"e", "str"}) and self._pictured(kind, stored):
            return Cell("", (CellNote(PICTURE, ""),))
        if self.formula is not None and not stored and (kind != "str" or self.value is None):
            return Cell("", (CellNote(UNCALCULATED, self.formula),))
        remark = None
        if kind == "inline":
            text = stored
            remark = CellNote(FACE, self.marked[:MARKED_LIMIT]) if self.marked else None
        else:
            text, remark = self.values.shown(kind, stored, self.cell.get("s", "0"))
        remarks = [remark] if remark else []
        if self.formula is not None:
            remarks.insert(0, CellNote(FORMULA, self.formula))
        return Cell(text, tuple(remarks))

    def _pictured(self, kind: str, stored: str) -> bool:
        """Whether the cell is a picture: in Excel's way, where it stands as #VALUE!, or in that of WPS."""
        if kind == "e" and "vm" in self.cell:
            return True
        if _PICTURE.search(self.formula or ""):
            return True
        return kind == "str" and _PICTURE.match(stored.lstrip("=")) is not None

    def _merge(self, text: str) -> None:
        first, _, last = text.partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        self.budget.merge()
        self.sheet.merged.append(Area(top, left, bottom, right))

    def _hide(self, attributes: dict[str, str]) -> None:
        if len(self.sheet.hidden_columns) >= LAST_COLUMN:
            raise damaged()
        try:
            self.budget.extra()
            self.sheet.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        except (KeyError, ValueError) as error:
            raise damaged() from error
