"""CSV status files: UTF-8 with BOM, CRLF and commas out; any encoding and delimiter that offices use in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.formats.decode import decode, report_lost_characters
from zhijiao20.formats.format_error import Budget, FormatError, too_long
from zhijiao20.formats.normalize.columns import STATUS_TABLE, TableKind
from zhijiao20.formats.raw import RawTable, Row

_DELIMITERS = {",": "逗号", ";": "分号", "\t": "制表符"}
_FIELD_LIMIT = 2**31 - 1  # a whole file is bounded before; one cell need not be
_CELLS_OF_A_LINE = 10  # that may be as long as a text can be
_FEW = 200_000  # characters of a text that is split by the standard library alone
_DELIMITERS_LIMIT = 200_000  # on one line; a sheet has 16,384 columns
_FORMULA_PART = lazy_regex(r'"((?:[^"]|"")*+)"|CHAR\((10|13|9|34)\)', re.IGNORECASE)
_FORMULA = lazy_regex(rf"=(?:{_FORMULA_PART.pattern})(?:&(?:{_FORMULA_PART.pattern}))*+", re.IGNORECASE)
_LINE = lazy_regex("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def read(data: bytes, out: Collector, limits: Limits = DEFAULT, table_kind: TableKind = STATUS_TABLE) -> RawTable:
    """Read the rows of a CSV file.  A place is the physical line on which a row begins and the number of the field.

    The delimiter is that under which a line near the top names the columns that the kind of table needs.

    Raises:
        FormatError: the bytes cannot be decoded (ZJ003), quotes do not match (ZJ004), or it is too large (ZJ001).
    """
    text, guessed = decode(data, out, limits)
    delimiter = delimiter_of(text, table_kind)
    if delimiter != ",":
        out.add("ZJ005", f"分隔符是{_DELIMITERS[delimiter]}，已照此读取", "建议另存为逗号分隔的 CSV（UTF-8）")
    small = len(text) <= min(_FEW, limits.min_text_limit)  # it has fewer cells and shorter ones than any limit
    budget = None if small else Budget.of_cells(limits)
    # To look for one character takes a tenth of the time of two.
    spaced = " " in text and ' "' in text and re.search(f'(?:^|{delimiter}) +"', text, re.MULTILINE) is not None
    formulas = _Formulas() if "=" in text and '="' in text else None
    rows: list[Row] = []
    # Where no CR stands alone, a line ends with LF: that is found faster than any of three ends.
    ends = "" if text.count("\r") > text.count("\r\n") else "\n"
    for row in _rows(io.StringIO(text, newline=ends) if small else _lines(text, delimiter, limits), delimiter):
        for column, cell in enumerate(row.cells) if budget or spaced else ():
            if budget:
                budget.take(cell, row.place(column))
            if spaced and cell.startswith(" ") and _opened(cell):
                message = "半角双引号前面有空格，括不住这一格"
                hint = "删去双引号前面的空格；用 Excel 或 WPS 另存会自动处理"
                raise FormatError("ZJ004", message, hint, row.place(column))
        rows.append(formulas.take(row) if formulas else row)
        if guessed and "?" in "".join(row.cells):
            for column, cell in enumerate(row.cells):
                report_lost_characters(cell, out, row.place(column))
    if formulas:
        formulas.report(out)
    return RawTable(rows)


class _Formulas:
    """Cells written ="…", by which programs make a spreadsheet show a text or an id as it is."""

    def __init__(self) -> None:
        self.number, self.first = 0, NOWHERE

    def take(self, row: Row) -> Row:
        """Return a row with the texts of such cells in their place."""
        if not any('="' in cell for cell in row.cells):
            return row
        cells = list(row.cells)
        for column, cell in enumerate(cells):
            if (text := formula_text(cell)) is not None:
                cells[column] = text
                self.first = row.place(column) if not self.number else self.first
                self.number += 1
        return Row(row.number, cells)

    def report(self, out: Collector) -> None:
        """Tell how many cells were read so, and where the first one is."""
        if self.number:
            message = f'有 {self.number} 格写成了公式 ="……"，已按引号里的文字读取'
            out.add(
                "ZJ013", message, "请看一眼文字是否完整；在 Excel 或 WPS 里直接填写文字就不会这样", place=self.first
            )


def formula_text(cell: str) -> str | None:
    """Return the text that a cell written as ="…" shows, texts joined by & included; None for any other cell."""
    if not cell.startswith('="') or _FORMULA.fullmatch(cell) is None:
        return None
    parts = _FORMULA_PART.findall(cell)
    return "".join([chr(int(code)) if code else text.replace('""', '"') for text, code in parts])


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """Yield the rows that hold anything, each with the line on which it begins."""
    previous = csv.field_size_limit(_FIELD_LIMIT)
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        begin = 1
        try:
            for cells in reader:
                if any(cells):
                    yield Row(begin, cells)
                begin = reader.line_num + 1
        except csv.Error as error:
            raise _unquoted(error, begin) from None
    finally:
        csv.field_size_limit(previous)


def _lines(text: str, delimiter: str, limits: Limits) -> Iterator[str]:
    """The physical lines; one that no sheet could hold is refused before it becomes millions of fields."""
    for number, match in enumerate(_LINE.finditer(text), start=1):
        line = match[0]
        if len(line) > _DELIMITERS_LIMIT and line.count(delimiter) > _DELIMITERS_LIMIT:
            message = f"这一行的分隔符超过 {counted(_DELIMITERS_LIMIT, '个')}，没有读取"
            raise FormatError("ZJ001", message, "请核对文件来源，或用 Excel、WPS 另存一次", Place(number, 1))
        if len(line) > limits.text * _CELLS_OF_A_LINE:
            raise too_long(line, Place(number, 1), limits)
        yield line


def _opened(text: str) -> bool:
    """Whether a cell begins with a quotation mark behind spaces not closed: a comma or a line end cut it."""
    return text.lstrip(" ").startswith('"') and text.count('"') % 2 == 1


def _unquoted(error: csv.Error, line: int) -> FormatError:
    open_end = "unexpected end" in str(error)
    message = "从这一行起半角双引号没有配对，一直到文件结尾" if open_end else "半角双引号的用法不对"
    hint = "一格里有双引号时，整格用双引号括起来，里面的每个双引号写两遍；用 Excel 或 WPS 另存会自动处理"
    return FormatError("ZJ004", message, hint, Place(line, 1))


def delimiter_of(text: str, table_kind: TableKind = STATUS_TABLE) -> str:
    """The delimiter under which some line near the top names the needed columns; else the most frequent one there."""
    head = [line for line in re.split("\r\n|\r|\n", text[:20_000], maxsplit=20)[:20] if line.strip()]
    for line in head:
        for delimiter in _DELIMITERS:
            if table_kind.has_needed([cell.strip('="') for cell in line.split(delimiter)]):
                return delimiter
    first = head[0] if head else ""
    return max(_DELIMITERS, key=first.count)
