"""CSV status files: UTF-8 with BOM, CRLF and commas out; any encoding and delimiter that offices use in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from zhijiao20.findings import Collector, Place
from zhijiao20.formats.errors import FormatError
from zhijiao20.formats.text import decode, tell_losses
from zhijiao20.intake.wording import fold
from zhijiao20.model import ID, STATUS, Scalar, Table

_DELIMITERS = {",": "逗号", ";": "分号", "\t": "制表符"}
_FIELD_LIMIT = 2**31 - 1  # a whole file is bounded before; one cell need not be
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def read(data: bytes, out: Collector) -> Table:
    """The rows of a CSV file.  A place is the physical line on which a row begins and the number of the field.

    Raises:
        FormatError: the bytes cannot be decoded (ZJ003), or quotes do not match (ZJ004).
    """
    text, guessed = decode(data, out)
    delimiter = delimiter_of(text)
    if delimiter != ",":
        out.add("ZJ005", f"分隔符是{_DELIMITERS[delimiter]}，已照此读取", "建议另存为逗号分隔的 CSV（UTF-8）")
    rows = []
    for line, cells in _rows(text, delimiter):
        row = tuple(Scalar(cell, Place(line, column)) for column, cell in enumerate(cells, start=1))
        rows.append(row)
        if guessed and "?" in "".join(cells):
            for cell in row:
                tell_losses(cell.text, out, cell.place)
    return Table(tuple(rows))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    previous = csv.field_size_limit(_FIELD_LIMIT)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        begin = 1
        try:
            for cells in reader:
                yield begin, cells
                begin = reader.line_num + 1
        except csv.Error as error:
            raise _unquoted(error, begin) from None
    finally:
        csv.field_size_limit(previous)


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


def write(rows: list[list[str]]) -> bytes:
    """A CSV file of these rows: UTF-8 with BOM and CRLF, as Excel opens it by a double click.

    A text that a spreadsheet would run as a formula, or that starts with an apostrophe, gets one apostrophe before it.
    """
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([[escape(cell) for cell in row] for row in rows])
    return stream.getvalue().encode("utf-8-sig")


def escape(text: str) -> str:
    """A cell's text that no spreadsheet runs as a formula; ``intake.table.unescape`` is its inverse."""
    return f"'{text}" if text.startswith(_FORMULA) else text
