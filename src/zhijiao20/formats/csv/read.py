"""Read CSV status files in any encoding and with any delimiter that offices use."""

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
_FIELD_LIMIT = 2**31 - 1  # no limit for one cell: the size of the whole file is limited before
_LONG_CELLS_PER_LINE = 10  # maximum length of a line, in cells of maximum length
_DELIMITERS_LIMIT = 200_000  # on one line; a sheet has 16,384 columns
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def read(data: bytes, out: Collector, limits: Limits = DEFAULT) -> Table:
    """Parse the rows of a CSV file.

    The place of a cell is the physical line where its row begins, and the number of the field.

    Raises:
        FormatError: the bytes cannot be decoded (ZJ003), quotes do not match (ZJ004), or the file is too large (ZJ001).
    """
    text, guessed = decode(data, out, limits)
    budget = Budget.of_cells(limits)
    delimiter = delimiter_of(text)
    if delimiter != ",":
        out.add("ZJ005", f"分隔符是{_DELIMITERS[delimiter]}，已照此读取", "建议另存为逗号分隔的 CSV（UTF-8）")
    rows = []
    space_before_quote = re.search(f'(?:^|{delimiter}) +"', text, re.MULTILINE) is not None
    for line, cells in _rows(_lines(text, delimiter, limits), delimiter):
        row = tuple(Scalar(cell, Place(line, column)) for column, cell in enumerate(cells, start=1))
        for cell in row:
            budget.take(cell.text, cell.place)
            if space_before_quote and cell.text.startswith(" ") and _has_unclosed_quote(cell.text):
                message = "半角双引号前面有空格，括不住这一格"
                raise FormatError("ZJ004", message, "删去双引号前面的空格；用 Excel 或 WPS 另存会自动处理", cell.place)
        rows.append(row)
        if guessed and "?" in "".join(cells):
            for cell in row:
                report_lost_characters(cell.text, out, cell.place)
    return Table(tuple(rows))


def read_fast(data: bytes, catalog: Catalog) -> list[RawUnit] | None:
    """Read a CSV file into raw units; return None if it needs a full parse by ``read``.

    The fast path accepts only UTF-8 with commas, and the header in the first row.  The caller checks the size.
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
        if columns is None or "\0" in text:  # the header was split at commas: no need to detect the delimiter
            return None
        return raw_units(columns, rows, _cell_place, catalog)
    except FormatError:
        return None


def _cell_place(line: int, index: int) -> Place:
    place: Place = tuple.__new__(Place, (line, index + 1, None))  # without calling the constructor, for speed
    return place


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the line where it begins."""
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
            raise _quote_error(error, begin) from None
    finally:
        csv.field_size_limit(previous)


def _lines(text: str, delimiter: str, limits: Limits) -> Iterator[str]:
    """Yield the physical lines; refuse a line too long for a sheet before it is parsed."""
    for number, match in enumerate(_LINE.finditer(text), start=1):
        line = match[0]
        if len(line) > _DELIMITERS_LIMIT and line.count(delimiter) > _DELIMITERS_LIMIT:
            message = f"这一行的分隔符超过 {counted(_DELIMITERS_LIMIT, '个')}，没有读取"
            raise FormatError("ZJ001", message, "请核对文件来源，或用 Excel、WPS 另存一次", Place(number, 1))
        if len(line) > limits.text * _LONG_CELLS_PER_LINE:
            raise too_long(line, Place(number, 1), limits)
        yield line


def _has_unclosed_quote(text: str) -> bool:
    """Check whether a cell begins with spaces and an unclosed quote, so that it was split."""
    return text.lstrip(" ").startswith('"') and text.count('"') % 2 == 1


def _quote_error(error: csv.Error, line: int) -> FormatError:
    open_end = "unexpected end" in str(error)
    message = "从这一行起半角双引号没有配对，一直到文件结尾" if open_end else "半角双引号的用法不对"
    hint = "一格里有双引号时，整格用双引号括起来，里面的每个双引号写两遍；用 Excel 或 WPS 另存会自动处理"
    return FormatError("ZJ004", message, hint, Place(line, 1))


def delimiter_of(text: str) -> str:
    """Return the delimiter that makes a line near the top name the required columns.

    If there is no such line, return the most frequent delimiter of the first line.
    """
    top_lines = [line for line in re.split("\r\n|\r|\n", text[:20_000])[:20] if line.strip()]
    for line in top_lines:
        for delimiter in _DELIMITERS:
            if {ID, STATUS} <= {fold(cell.strip('"')) for cell in line.split(delimiter)}:
                return delimiter
    first = top_lines[0] if top_lines else ""
    return max(_DELIMITERS, key=first.count)
