"""Let the rows of a written workbook grow with what is filled in."""

from __future__ import annotations

import re

from zhijiao20.system.zip import open_archive, pack_bytes


def without_custom_heights(data: bytes, sheet: int = 1) -> bytes:
    """Remove the mark ``customHeight`` from all rows of a sheet, which is counted from 1.

    XlsxWriter marks every row height as set by hand; such a row would not grow with the text that is filled in.
    """
    with open_archive(data) as archive:
        parts = {name: archive.read(name) for name in archive.names}
    name = f"xl/worksheets/sheet{sheet}.xml"  # the pattern cannot match a text: all texts are in the shared strings
    parts[name] = re.sub(rb'(<row [^>]*) customHeight="1"', rb"\1", parts[name])
    return pack_bytes(parts)
