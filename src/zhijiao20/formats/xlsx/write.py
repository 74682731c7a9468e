"""Write XLSX status files: a sheet to be filled in, with locked official wording, and a sheet of instructions."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.errors import UsageError
from zhijiao20.core.fields import (
    ARTICLE,
    CHAPTER,
    EVIDENCE,
    ID,
    PERIOD,
    PROGRESS,
    REMARK,
    STATUS,
    SUPERIOR,
    TASKS,
    UNIT,
)
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.levels import bare_name
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.normalize.columns import CELL_LIMIT, escape, evidence_cell, lead_line
from zhijiao20.formats.xlsx.instructions import LINES, TITLE
from zhijiao20.formats.xlsx.row_heights import without_custom_heights

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    UNIT: 13,
    SUPERIOR: 13,
    PERIOD: 12,
    ID: 6,
    CHAPTER: 13,
    ARTICLE: 17,
    TASKS: 40,
    PROGRESS: 9,
    STATUS: 58,
    EVIDENCE: 26,
    REMARK: 20,
}
_INPUT_COLUMNS = {PROGRESS, STATUS, EVIDENCE, REMARK}
_CENTERED_COLUMNS = {ID, PROGRESS}
HEADER_ROW = 2  # the row of the header, counted from 0; the title and 单位 are above it
CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # fixed, so that the same input gives the same bytes
_CHAINED = lazy_regex("(?<=_x[0-9A-Fa-f]{4})(?=_x[0-9A-Fa-f]{4}_)")
_ESCAPES = lazy_regex("(?<=_x)(?=[0-9A-Fa-f]{4}_)")
SONG, FANGSONG, HEI = "宋体", "仿宋", "黑体"
_OFFICIAL_SIZE, _INPUT_SIZE = 10.5, 12.0  # font sizes in points: of official wording and of input cells
_POINTS_PER_WIDTH_UNIT = 5.25  # points for one unit of column width
_SPACING, _MIN_HEIGHT, _MAX_HEIGHT = 1.3, 42.0, 409.0  # the minimum row height is two lines of input
_NARROW_WIDTH = 0.6  # of a wide character: a digit has 0.5, or more where a program substitutes the font
_LOCKED_COLOR, _HEADER_COLOR, _BORDER_COLOR, _UNFILLED_COLOR = "#F2F2F2", "#D9E2EC", "#A6A6A6", "#FFF8DC"


def write(submissions: Sequence[Submission], catalog: Catalog, limits: Limits = DEFAULT) -> bytes:
    """Write a workbook with every task of every submission in official order.

    Raises:
        UsageError: a text is longer than a cell can hold, or there are more cells than can be read back.
    """
    import xlsxwriter

    columns = table_columns(submissions)
    if len(submissions) * len(catalog.tasks) * len(columns) > limits.cells:
        raise UsageError(f"一个 .xlsx 放不下 {len(submissions)} 个单位。请把 -o 写成文件夹，一个单位一个文件")
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": catalog.title, "created": CREATED})
    book.set_calc_mode("auto")
    StatusTable(book, columns, catalog).fill(submissions)
    instructions(book, LINES)
    book.close()
    return without_custom_heights(stream.getvalue())


def table_columns(submissions: Sequence[Submission]) -> list[str]:
    """Return the columns; 上级, 报告期 and 说明 only where a submission has one."""
    entries = (entry for submission in submissions for entry in submission.entries.values())
    columns = [UNIT, ID, CHAPTER, ARTICLE, TASKS, PROGRESS, STATUS, EVIDENCE]
    if any(submission.period for submission in submissions):
        columns.insert(1, PERIOD)
    if any(submission.superior for submission in submissions):
        columns.insert(1, SUPERIOR)
    return [*columns, REMARK] if any(entry.remark for entry in entries) else columns


def _row_texts(submission: Submission, catalog: Catalog) -> Iterator[dict[str, str]]:
    for task in catalog.tasks.values():
        entry = submission.entries.get(task.id, Entry(task.id))
        texts = {
            UNIT: bare_name(submission.unit, submission.superior),
            SUPERIOR: submission.superior,
            PERIOD: submission.period,
            ID: task.id,
            CHAPTER: task.chapter,
            ARTICLE: task.article,
            TASKS: task.text,
            PROGRESS: str(entry.progress or ""),
            STATUS: entry.status,
            EVIDENCE: evidence_cell(entry.evidence),
            REMARK: entry.remark,
        }
        yield {name: escape(text) for name, text in texts.items()}


class StatusTable:
    """The sheet with the table, and the cell formats for it."""

    def __init__(self, book: Workbook, columns: list[str], catalog: Catalog) -> None:
        self.columns, self.catalog = columns, catalog
        self.sheet: Worksheet = book.add_worksheet("落实情况")
        self.title_format = book.add_format(
            {"font_name": HEI, "font_size": 16, "align": "center", "valign": "vcenter", "num_format": "@"}
        )
        self.lead_format = book.add_format(
            {"font_name": FANGSONG, "font_size": 12, "valign": "vcenter", "num_format": "@"}
        )
        base = {
            "font_size": _OFFICIAL_SIZE,
            "border": 1,
            "border_color": _BORDER_COLOR,
            "text_wrap": True,
            "num_format": "@",
        }
        self.header_format: Format = book.add_format(
            {**base, "font_name": HEI, "bg_color": _HEADER_COLOR, "align": "center", "valign": "vcenter"}
        )
        self.formats: dict[str, Format] = {}
        self.properties: dict[str, dict[str, Any]] = {}
        for name in columns:
            properties: dict[str, Any] = {**base, "font_name": SONG, "bg_color": _LOCKED_COLOR, "valign": "top"}
            if name in _INPUT_COLUMNS:
                properties |= {"locked": False, "font_name": FANGSONG, "font_size": _INPUT_SIZE, "bg_color": "#FFFFFF"}
            if name in _CENTERED_COLUMNS:
                properties["align"] = "center"
            self.properties[name] = properties
            self.formats[name] = book.add_format(properties)
        self.unfilled_format = book.add_format({"bg_color": _UNFILLED_COLOR})

    def fill(self, submissions: Sequence[Submission]) -> None:
        """Write the header and all rows, then set up input help, view and printing."""
        last = len(self.columns) - 1
        units, periods = (
            [bare_name(item.unit, item.superior) for item in submissions],
            {item.period for item in submissions},
        )
        self.sheet.merge_range(0, 0, 0, last, self.catalog.title, self.title_format)
        write_text(self.sheet, 1, 0, lead_line(units, periods), self.lead_format)
        for column, name in enumerate(self.columns):
            self.sheet.set_column(column, column, _WIDTHS[name])
            self.sheet.write_string(HEADER_ROW, column, name, self.header_format)
        row = HEADER_ROW
        for submission in submissions:
            for texts in _row_texts(submission, self.catalog):
                row += 1
                self.write_row(row, texts)
        self._add_input_help(row)
        self._set_up_page(row)

    def write_row(self, row: int, texts: dict[str, str]) -> None:
        """Write the row of a task.

        Raises:
            UsageError: a text is longer than a cell can hold.
        """
        for column, name in enumerate(self.columns):
            text = texts[name]
            if (units := len(text.encode("utf-16-le", "surrogatepass")) // 2) > CELL_LIMIT:
                raise UsageError(
                    f"{escape_controls(texts[UNIT])}：任务 {texts[ID]} 的{name}有 {units} 个字符，"
                    f"Excel 一格最多 {CELL_LIMIT} 个。请缩短，或换成 .yaml、.docx"
                )
            write_text(self.sheet, row, column, text, self.formats[name])
        self.sheet.set_row(row, _row_height(texts, self.columns))

    def _add_input_help(self, last: int) -> None:
        """Add a drop-down list for 进展, and a color for rows that are not filled in yet."""
        progress, status = self.columns.index(PROGRESS), self.columns.index(STATUS)
        self.sheet.data_validation(
            HEADER_ROW + 1,
            progress,
            last,
            progress,
            {
                "validate": "list",
                "source": [str(word) for word in Progress],
                "input_title": PROGRESS,
                "input_message": f"从列表里选：{'、'.join(Progress)}；可以不填",
                "error_title": f"{PROGRESS}只有四种",
                "error_message": f"请从列表里选一个：{'、'.join(Progress)}。具体情况写在“{STATUS}”里。",
            },
        )
        row = HEADER_ROW + 2  # the first row below the header, counted from 1 as in formulas
        blank = f'AND(LEN(TRIM(${_letter(status)}{row}))=0,${_letter(progress)}{row}<>"{Progress.NOT_APPLICABLE}")'
        self.sheet.conditional_format(
            HEADER_ROW + 1,
            progress,
            last,
            status,
            {"type": "formula", "criteria": f"={blank}", "format": self.unfilled_format},
        )

    def _set_up_page(self, last: int) -> None:
        """Set view, protection and printing of the sheet."""
        sheet = self.sheet
        sheet.set_row(0, 30)
        sheet.set_row(1, 22)
        sheet.set_row(HEADER_ROW, 24)
        sheet.freeze_panes(HEADER_ROW + 1, 0)
        sheet.set_selection(HEADER_ROW + 1, self.columns.index(PROGRESS), HEADER_ROW + 1, self.columns.index(PROGRESS))
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(len(self.columns) - 1)}{last + 1}"})
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.repeat_rows(HEADER_ROW)
        sheet.print_area(0, 0, last, len(self.columns) - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")


def write_text(sheet: Worksheet, row: int, column: int, text: str, cell_format: Format) -> None:
    """Write a text as text, even if it looks like a formula, a number or markup."""
    if not text:
        sheet.write_blank(row, column, None, cell_format)
    elif (text.startswith("<r>") and text.endswith("</r>")) or _CHAINED.search(text):
        # XlsxWriter treats <r>…</r> as its own markup, and of two escapes that share an underscore it escapes only one.
        # Split into at least three runs, none of which contains a whole escape, the text is written unchanged.
        first, *rest = without_escapes(text)
        runs = [run for run in (first[:1], first[1:2], first[2:], *rest) if run]
        sheet.write_rich_string(row, column, *runs, cell_format)
    else:
        sheet.write_string(row, column, text, cell_format)


def without_escapes(text: str) -> list[str]:
    """Return the parts of a text, none of which contains a whole escape of Excel (``_x000D_``)."""
    return _ESCAPES.split(text)


def _row_height(texts: dict[str, str], columns: Sequence[str]) -> float:
    """Estimate the height in points that a row needs to show its texts.

    LibreOffice does not calculate row heights for Excel files.
    """
    height = 0.0
    for name in columns:
        size = _INPUT_SIZE if name in _INPUT_COLUMNS else _OFFICIAL_SIZE
        # In wide characters; one less, because punctuation may not begin a line.
        chars_per_line = _WIDTHS[name] * _POINTS_PER_WIDTH_UNIT / size - 1
        line_widths = (sum(_char_width(char) for char in line) for line in texts[name].split("\n"))
        lines = sum(max(1, math.ceil(width / chars_per_line)) for width in line_widths)
        height = max(height, lines * size * _SPACING)
    return min(max(height + 6, _MIN_HEIGHT), _MAX_HEIGHT)


def _char_width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else _NARROW_WIDTH


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def instructions(book: Workbook, lines: Sequence[tuple[str, str]], title: str = TITLE) -> None:
    """Write a sheet of instructions.

    Args:
        book: the workbook.
        lines: heading and text of each.
        title: the name of the sheet, and the text in its first cell.
    """
    sheet: Worksheet = book.add_worksheet(title)
    base = {"font_size": 12, "valign": "top", "text_wrap": True, "num_format": "@"}
    title_format = book.add_format({"font_name": HEI, "font_size": 16, "num_format": "@"})
    heading_format, text_format = [book.add_format({**base, "font_name": name}) for name in (HEI, FANGSONG)]
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 84)
    sheet.write_string(0, 0, title, title_format)
    for row, (heading, line) in enumerate(lines, start=2):
        sheet.set_row(row, 4 + 18 * min(20, max(1, math.ceil(len(line) / 42))))
        sheet.write_string(row, 0, heading, heading_format)
        sheet.write_string(row, 1, line, text_format)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
