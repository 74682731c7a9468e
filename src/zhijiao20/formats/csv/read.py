"""CSV status files: UTF-8 with BOM, CRLF and commas out; any encoding and delimiter that offices use in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import ID, STATUS
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.core.wording import fold
from zhijiao20.formats.decode import decode, report_lost_characters
from zhijiao20.formats.format_error import Budget, FormatError, too_long
from zhijiao20.formats.normalize.fast_table import plain_columns, raw_units
from zhijiao20.formats.raw import RawUnit, Scalar, Table

_DELIMITERS = {",": "逗号", ";": "分号", "\t": "制表符"}
_FIELD_LIMIT = 2**31 - 1  # a whole file is bounded before; one cell need not be
_CELLS_OF_A_LINE = 10  # that may be as long as a text can be
_DELIMITERS_LIMIT = 200_000  # on one line; a sheet has 16,384 columns
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def read(data: bytes, out: Collector, limits: Limits = DEFAULT) -> Table:
    """The rows of a CSV file.  A place is the physical line on which a row begins and the number of the field.

    Raises:
        FormatError: the bytes cannot be decoded (ZJ003), quotes do not match (ZJ004), or it is too large (ZJ001).
    """
    text, guessed = decode(data, out, limits)
    budget = Budget.of_cells(limits)
    delimiter = delimiter_of(text)
    if delimiter != ",":
        out.add("ZJ005", f"分隔符是{_DELIMITERS[delimiter]}，已照此读取", "建议另存为逗号分隔的 CSV（UTF-8）")
    rows = []
    spaced = re.search(f'(?:^|{delimiter}) +"', text, re.MULTILINE) is not None
    for line, cells in _rows(_lines(text, delimiter, limits), delimiter):
        row = tuple(Scalar(cell, Place(line, column)) for column, cell in enumerate(cells, start=1))
        for cell in row:
            budget.take(cell.text, cell.place)
            if spaced and cell.text.startswith(" ") and _opened(cell.text):
                message = "半角双引号前面有空格，括不住这一格"
                raise FormatError("ZJ004", message, "删去双引号前面的空格；用 Excel 或 WPS 另存会自动处理", cell.place)
        rows.append(row)
        if guessed and "?" in "".join(cells):
            for cell in row:
                report_lost_characters(cell.text, out, cell.place)
    return Table(tuple(rows))


def read_fast(data: bytes, catalog: Catalog) -> list[RawUnit] | None:
    """The outlines of the units where nothing is to be told of the file; else None, and ``read`` has to be asked.

    A usual file is UTF-8 with commas, and its first row is the header.  It has been seen to that it is a small one.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if ' "' in text or (len(text) > _DELIMITERS_LIMIT and text.count(",") > _DELIMITERS_LIMIT):
        return None
    rows = _rows(io.StringIO(text, newline=""), ",")
    try:
        columns = plain_columns(next(rows, (0, []))[1])
        if columns is None or "\0" in text:  # a header read so has commas
            return None
        return raw_units(columns, rows, _cell, catalog)
    except FormatError:
        return None


def _cell(line: int, index: int) -> Place:
    place: Place = tuple.__new__(Place, (line, index + 1, None))  # without the call of its own constructor
    return place


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line on which it begins."""
    previous = csv.field_size_limit(_FIELD_LIMIT)
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        begin = 1
        try:
            for cells in reader:
                if any(cells):
                    yield begin, cells
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


def delimiter_of(text: str) -> str:
    """The delimiter under which some line near the top names the needed columns; else the most frequent one there."""
    head = [line for line in re.split("\r\n|\r|\n", text[:20_000])[:20] if line.strip()]
    for line in head:
        for delimiter in _DELIMITERS:
            if {ID, STATUS} <= {fold(cell.strip('"')) for cell in line.split(delimiter)}:
                return delimiter
    first = head[0] if head else ""
    return max(_DELIMITERS, key=first.count)
