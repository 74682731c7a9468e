"""Write sheets for the office with XlsxWriter: a heading, a head with filters, rows, and a set-up for print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from zhijiao20.core.display import escape_controls
from zhijiao20.formats.xlsx.write import HEI, SONG, write_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 2000  # characters of a cell


class Column(NamedTuple):
    """A column of a sheet: its title, its width in characters, and whether it holds numbers."""

    title: str
    width: int
    numbers: bool = False


class Mark(NamedTuple):
    """How the value of an enumeration is shown: its name, the colour of its cell, and whether it is bold."""

    name: str
    color: str
    bold: bool = False


class Sheets:
    """Adds sheets of one kind: a heading, a frozen head with filters, rows, and a set-up for print.

    Args:
        book: the workbook.
        marks: how the values of enumerations are shown.
    """

    def __init__(self, book: Workbook, marks: Mapping[str, Mark] | None = None) -> None:
        self._book = book
        base: dict[str, Any] = {
            "font_name": SONG,
            "font_size": 10.5,
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
        }
        base |= {"border_color": "#BFBFBF"}
        self._text: Format = book.add_format({**base, "num_format": "@"})
        self._number: Format = book.add_format({**base, "align": "center"})
        self._head: Format = book.add_format({**base, "font_name": HEI, "bg_color": "#D9E2EC", "align": "center"})
        self._title: Format = book.add_format({"font_name": HEI, "font_size": 13, "valign": "vcenter"})
        self._marked: dict[str, tuple[str, Format]] = {
            value: (mark.name, book.add_format({**base, "bg_color": mark.color, "align": "center", "bold": mark.bold}))
            for value, mark in (marks or {}).items()
        }

    def add(
        self, name: str, heading: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], room: int = 0
    ) -> None:
        """Add a sheet.

        Args:
            name: the name of the sheet.
            heading: the line above the head.
            columns: the columns.
            rows: the rows.
            room: the number of rows that the filter covers, if more are to be inserted later.
        """
        sheet: Worksheet = self._book.add_worksheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, heading, self._title)
        sheet.set_row(1, 22)
        for index, column in enumerate(columns):
            sheet.write_string(1, index, column.title, self._head)
        last = 1
        for last, row in enumerate(rows, start=2):
            sheet.set_row(last, _height(row, columns))
            for index, value in enumerate(row):
                self._write(sheet, last, index, value)
        last = max(last, 1 + room)
        sheet.autofilter(1, 0, last, len(columns) - 1)
        sheet.freeze_panes(2, 2)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + len(columns) - 1)}{last + 1}"})
        _set_up_printing(sheet, name)

    def _write(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        if isinstance(value, Enum):
            name, style = self._marked[str(value)]
            sheet.write_string(row, column, name, style)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._number)
        elif value == "":
            sheet.write_blank(row, column, None, self._text)
        else:
            write_text(sheet, row, column, _cell(str(value)), self._text)


def _cell(text: str) -> str:
    """Return a text for a cell: its lines escaped, and cut if it is very long."""
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "……"
    return "\n".join(map(escape_controls, cut.split("\n")))


def _height(row: Sequence[object], columns: Sequence[Column]) -> float:
    """Return the height of a row that shows its texts in full; programs do not measure rows that are written."""
    lines = 1
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(-(-_columns(line) // column.width) or 1 for line in value.split("\n")))
    return min(15.0 * lines + 4, 400)


def _columns(text: str) -> int:
    """Return how many columns of a sheet a text takes; a Chinese character takes two."""
    return sum(2 if char > "\u2e7f" else 1 for char in text[:_LONGEST])


def _set_up_printing(sheet: Worksheet, name: str) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer(f"&L{name}&C第 &P 页，共 &N 页")
