"""Write CSV status files: UTF-8 with BOM, CRLF and commas."""

from __future__ import annotations

import csv
import io

from zhijiao20.formats.normalize.columns import escape


def write(rows: list[list[str]]) -> bytes:
    """A CSV file of these rows: UTF-8 with BOM and CRLF, as Excel opens it by a double click.

    A text that a spreadsheet would run as a formula, or that starts with an apostrophe, gets one apostrophe before it.
    """
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([[escape(cell) for cell in row] for row in rows])
    return stream.getvalue().encode("utf-8-sig")
