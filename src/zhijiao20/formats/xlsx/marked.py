"""Write the standard form with a unit's text and remarks: notes on cells, colours, and a sheet that says what to do."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.feedback import Remark
from zhijiao20.core.fields import ID, STATUS
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Submission
from zhijiao20.formats.xlsx.instructions import CHECK_HEADING, LINES, MARKED_TITLE
from zhijiao20.formats.xlsx.row_heights import without_custom_heights
from zhijiao20.formats.xlsx.write import CREATED, HEADER_ROW, StatusTable, instructions, table_columns, write_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_COLORS = {Severity.ERROR: "#F8CBAD", Severity.WARNING: "#FFE699", Severity.INFO: "#DDEBF7"}
_LINE_HEIGHT, _NOTE_WIDTH, _NOTE_LIMIT, _LINE_CHARACTERS = 18, 360, 8000, 24


def write_marked(
    submission: Submission, catalog: Catalog, remarks: Sequence[Remark], guide: Sequence[tuple[str, str]], office: str
) -> bytes:
    """Write the standard form of one unit, marked.

    Args:
        submission: the unit with its texts.
        catalog: the official list.
        remarks: the remarks in order of weight; those without a task stand on the title.
        guide: heading and text of each line of the first sheet.
        office: the author of the notes.

    Raises:
        UsageError: a text is longer than a cell can hold.
    """
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": catalog.title, "created": CREATED})
    book.set_calc_mode("auto")
    instructions(book, guide, MARKED_TITLE)
    table = _MarkedTable(book, table_columns([submission]), catalog, remarks, office)
    table.fill([submission])
    table.mark_title()
    instructions(book, [line for line in LINES if line[0] != CHECK_HEADING])
    book.close()
    return without_custom_heights(stream.getvalue(), sheet=2)


class _MarkedTable(StatusTable):
    """The sheet with the table; cells with remarks are coloured and have a note."""

    def __init__(
        self, book: Workbook, columns: list[str], catalog: Catalog, remarks: Iterable[Remark], office: str
    ) -> None:
        super().__init__(book, columns, catalog)
        self._office = office
        self._remarks: dict[tuple[str, str], list[Remark]] = {}
        for remark in remarks:
            column = remark.column if remark.column in columns else STATUS
            key = (remark.task, column) if remark.task in catalog.tasks else ("", "")
            self._remarks.setdefault((key[0] or "", key[1]), []).append(remark)
        self._formats = {severity: self._coloured(book, color) for severity, color in _COLORS.items()}
        self._last_row = HEADER_ROW

    def _coloured(self, book: Workbook, color: str) -> dict[str, Any]:
        return {name: book.add_format(self.properties[name] | {"bg_color": color}) for name in self.columns}

    def write_row(self, row: int, texts: dict[str, str]) -> None:
        """Write a row, then its cells with remarks again."""
        super().write_row(row, texts)
        for column, name in enumerate(self.columns):
            found = self._remarks.get((texts[ID], name))
            if found:
                write_text(self.sheet, row, column, texts[name], self._formats[found[0].severity][name])
                self._note(row, column, found)

    def mark_title(self) -> None:
        """Write what is said about the file as a whole as a note on the title."""
        if found := self._remarks.get(("", "")):
            self._note(0, 0, found)

    def _note(self, row: int, column: int, found: Sequence[Remark]) -> None:
        numbers = [f"{number}. " for number in range(1, len(found) + 1)] if len(found) > 1 else [""]
        lines = [
            f"{number if index == 0 else ''}{line}"
            for number, remark in zip(numbers, found, strict=True)
            for index, line in enumerate(remark.lines)
        ]
        height = sum(len(line) // _LINE_CHARACTERS + 1 for line in lines) * _LINE_HEIGHT + 12
        options = {"author": self._office, "width": _NOTE_WIDTH, "height": min(height, 600), "font_size": 10}
        self.sheet.write_comment(row, column, "\n".join(lines)[:_NOTE_LIMIT], {**options, "font_name": "宋体"})
