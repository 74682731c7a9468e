"""XLSX status files, written: a sheet that asks to be filled in, official wording locked, instructions behind it."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.errors import UsageError
from zhijiao20.core.fields import ARTICLE, CHAPTER, EVIDENCE, ID, PERIOD, PROGRESS, REMARK, STATUS, TASKS, UNIT
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.normalize.columns import CELL_LIMIT, escape, evidence_cell, lead_line
from zhijiao20.formats.xlsx.instructions import LINES, TITLE
from zhijiao20.system.zip import opened, packed

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    UNIT: 13,
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
_OPEN = {PROGRESS, STATUS, EVIDENCE, REMARK}
_CENTRED = {ID, PROGRESS}
_HEAD = 2  # the row of the header, from 0: a title and 单位 stand above it
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # the same bytes on any day
_CHAINED = re.compile("(?<=_x[0-9A-Fa-f]{4})(?=_x[0-9A-Fa-f]{4}_)")
_ESCAPES = re.compile("(?<=_x)(?=[0-9A-Fa-f]{4}_)")
_SONG, _FANGSONG, _HEI = "宋体", "仿宋", "黑体"
_SMALL, _LARGE = 10.5, 12.0  # points: what is printed in the form, what is filled in
_DIGIT = 5.25  # points that a unit of column width takes
_SPACING, _LOWEST, _HIGHEST = 1.3, 42.0, 409.0  # the lowest row holds two lines of what is filled in
_HALF = 0.6  # of a wide character: a digit takes half of one, more where a program puts another font in its place
_GREY, _HEADER, _LINE, _YELLOW = "#F2F2F2", "#D9E2EC", "#A6A6A6", "#FFF8DC"


def write(submissions: Sequence[Submission], catalog: Catalog, limits: Limits = DEFAULT) -> bytes:
    """A workbook with every task of every submission in official order, filled in or to be filled in.

    Raises:
        UsageError: a text is longer than a cell can hold, or there are more rows than can be read back.
    """
    import xlsxwriter

    columns = _columns(submissions)
    if len(submissions) * len(catalog.tasks) * len(columns) > limits.cells:
        raise UsageError(f"一个 .xlsx 放不下 {len(submissions)} 个单位。请把 -o 写成文件夹，一个单位一个文件")
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": catalog.title, "created": _CREATED})
    book.set_calc_mode("auto")
    _Table(book, columns, catalog).fill(submissions)
    _instructions(book)
    book.close()
    return _heights_free(stream.getvalue())


def _heights_free(data: bytes) -> bytes:
    """The workbook with row heights that are a first guess only.

    XlsxWriter marks every height as set by hand; a row would then not grow with the text that is filled in.
    """
    with opened(data) as archive:
        parts = {name: archive.read(name) for name in archive.names}
    sheet = "xl/worksheets/sheet1.xml"  # in its XML are no texts: these are shared strings
    parts[sheet] = re.sub(rb'(<row [^>]*) customHeight="1"', rb"\1", parts[sheet])
    return packed(parts)


def _columns(submissions: Sequence[Submission]) -> list[str]:
    """The columns: 报告期 and 说明 only where any is set."""
    entries = (entry for submission in submissions for entry in submission.entries.values())
    columns = [UNIT, ID, CHAPTER, ARTICLE, TASKS, PROGRESS, STATUS, EVIDENCE]
    if any(submission.period for submission in submissions):
        columns.insert(1, PERIOD)
    return [*columns, REMARK] if any(entry.remark for entry in entries) else columns


def _texts(submission: Submission, catalog: Catalog) -> Iterator[dict[str, str]]:
    for task in catalog.tasks.values():
        entry = submission.entries.get(task.id, Entry(task.id))
        texts = {
            UNIT: submission.unit,
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


class _Table:
    """The sheet with the table."""

    def __init__(self, book: Workbook, columns: list[str], catalog: Catalog) -> None:
        self.columns, self.catalog = columns, catalog
        self.sheet: Worksheet = book.add_worksheet("落实情况")
        self.title = book.add_format(
            {"font_name": _HEI, "font_size": 16, "align": "center", "valign": "vcenter", "num_format": "@"}
        )
        self.lead = book.add_format({"font_name": _FANGSONG, "font_size": 12, "valign": "vcenter", "num_format": "@"})
        base = {"font_size": _SMALL, "border": 1, "border_color": _LINE, "text_wrap": True, "num_format": "@"}
        self.head: Format = book.add_format(
            {**base, "font_name": _HEI, "bg_color": _HEADER, "align": "center", "valign": "vcenter"}
        )
        self.formats: dict[str, Format] = {}
        for name in columns:
            look: dict[str, Any] = {**base, "font_name": _SONG, "bg_color": _GREY, "valign": "top"}
            if name in _OPEN:
                look |= {"locked": False, "font_name": _FANGSONG, "font_size": _LARGE, "bg_color": "#FFFFFF"}
            if name in _CENTRED:
                look["align"] = "center"
            self.formats[name] = book.add_format(look)
        self.unfilled = book.add_format({"bg_color": _YELLOW})

    def fill(self, submissions: Sequence[Submission]) -> None:
        """Write all rows, then what surrounds them."""
        last = len(self.columns) - 1
        units, periods = [item.unit for item in submissions], {item.period for item in submissions}
        self.sheet.merge_range(0, 0, 0, last, self.catalog.title, self.title)
        _put(self.sheet, 1, 0, lead_line(units, periods), self.lead)
        for column, name in enumerate(self.columns):
            self.sheet.set_column(column, column, _WIDTHS[name])
            self.sheet.write_string(_HEAD, column, name, self.head)
        row = _HEAD
        for submission in submissions:
            for texts in _texts(submission, self.catalog):
                row += 1
                self._row(row, texts)
        self._helps(row)
        self._page(row)

    def _row(self, row: int, texts: dict[str, str]) -> None:
        for column, name in enumerate(self.columns):
            text = texts[name]
            if (units := len(text.encode("utf-16-le", "surrogatepass")) // 2) > CELL_LIMIT:
                raise UsageError(
                    f"{escape_controls(texts[UNIT])}：任务 {texts[ID]} 的{name}有 {units} 个字符，"
                    f"Excel 一格最多 {CELL_LIMIT} 个。请缩短，或换成 .yaml、.docx"
                )
            _put(self.sheet, row, column, text, self.formats[name])
        self.sheet.set_row(row, _height(texts, self.columns))

    def _helps(self, last: int) -> None:
        """The list of words, and a colour for what is still to be filled in."""
        progress, status = self.columns.index(PROGRESS), self.columns.index(STATUS)
        self.sheet.data_validation(
            _HEAD + 1,
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
        row = _HEAD + 2  # as the formula counts
        blank = f'AND(LEN(TRIM(${_letter(status)}{row}))=0,${_letter(progress)}{row}<>"{Progress.NOT_APPLICABLE}")'
        self.sheet.conditional_format(
            _HEAD + 1,
            progress,
            last,
            status,
            {"type": "formula", "criteria": f"={blank}", "format": self.unfilled},
        )

    def _page(self, last: int) -> None:
        """How the sheet is seen, locked and printed."""
        sheet = self.sheet
        sheet.set_row(0, 30)
        sheet.set_row(1, 22)
        sheet.set_row(_HEAD, 24)
        sheet.freeze_panes(_HEAD + 1, 0)
        sheet.set_selection(_HEAD + 1, self.columns.index(PROGRESS), _HEAD + 1, self.columns.index(PROGRESS))
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(len(self.columns) - 1)}{last + 1}"})
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.repeat_rows(_HEAD)
        sheet.print_area(0, 0, last, len(self.columns) - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")


def _put(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Write a text as a text, whatever it looks like."""
    if not text:
        sheet.write_blank(row, column, None, look)
    elif (text.startswith("<r>") and text.endswith("</r>")) or _CHAINED.search(text):
        # XlsxWriter takes the first for markup of its own; of two escapes that share an underscore it escapes one.
        # In runs of their own, three at least and none with a whole escape in it, the pieces are written as they are.
        first, *rest = _ESCAPES.split(text)
        runs = [run for run in (first[:1], first[1:2], first[2:], *rest) if run]
        sheet.write_rich_string(row, column, *runs, look)
    else:
        sheet.write_string(row, column, text, look)


def _height(texts: dict[str, str], columns: Sequence[str]) -> float:
    """About how high a row must be to show its texts, in points; LibreOffice works it out for no file of Excel's."""
    highest = 0.0
    for name in columns:
        size = _LARGE if name in _OPEN else _SMALL
        room = _WIDTHS[name] * _DIGIT / size - 1  # wide characters that fit on a line: punctuation may not begin one
        wide = (sum(_wide(char) for char in line) for line in texts[name].split("\n"))
        lines = sum(max(1, math.ceil(width / room)) for width in wide)
        highest = max(highest, lines * size * _SPACING)
    return min(max(highest + 6, _LOWEST), _HIGHEST)


def _wide(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else _HALF


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _instructions(book: Workbook) -> None:
    """The second sheet."""
    sheet: Worksheet = book.add_worksheet(TITLE)
    base = {"font_size": 12, "valign": "top", "text_wrap": True, "num_format": "@"}
    title = book.add_format({"font_name": _HEI, "font_size": 16, "num_format": "@"})
    head, text = book.add_format({**base, "font_name": _HEI}), book.add_format({**base, "font_name": _FANGSONG})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 84)
    sheet.write_string(0, 0, TITLE, title)
    for row, (heading, line) in enumerate(LINES, start=2):
        sheet.set_row(row, 40 if len(line) > 50 else 22)
        sheet.write_string(row, 0, heading, head)
        sheet.write_string(row, 1, line, text)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
