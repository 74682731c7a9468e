"""Write the list of the units to which something goes back, each with a sentence that can be pasted into a chat."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from zhijiao20.core.display import escape_controls
from zhijiao20.system.zip import open_archive, pack_bytes

_HEADER = ("单位", "一句话（可以直接发给对方）")
_WIDTHS = (30, 96)
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # fixed, so that the same input gives the same bytes
_CHARACTERS = 46  # of a line of the wide column
_TEXT_LIMIT = 2000


def overview_sheet(rows: Sequence[tuple[str, str]]) -> bytes:
    """Return a workbook with one row for each unit.

    Args:
        rows: unit and sentence.
    """
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "退回一览", "created": _CREATED})
    sheet = book.add_worksheet("一览")
    base = {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top", "border": 1, "num_format": "@"}
    head = book.add_format({**base, "font_name": "黑体", "bg_color": "#D9E2EC", "valign": "vcenter"})
    plain = book.add_format(base)
    for column, (text, width) in enumerate(zip(_HEADER, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, head)
    for row, texts in enumerate(rows, start=1):
        shown = [escape_controls(text)[:_TEXT_LIMIT] for text in texts]
        sheet.set_row(row, 6 + 16 * (1 + len(shown[1]) // _CHARACTERS))
        for column, text in enumerate(shown):
            sheet.write_string(row, column, text, plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    with open_archive(stream.getvalue()) as archive:  # packed again without the time
        return pack_bytes({name: archive.read(name) for name in archive.names})
