"""Define the Excel format of status files: any number of units, one row for each task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhijiao20.core import fields
from zhijiao20.formats.format import Format

if TYPE_CHECKING:
    from zhijiao20.core.catalog import Catalog
    from zhijiao20.core.findings import Collector
    from zhijiao20.core.limits import Limits
    from zhijiao20.core.submission import Submission
    from zhijiao20.formats.raw import RawUnit


def _read(data: bytes, out: Collector, catalog: Catalog, limits: Limits, stem: str) -> list[RawUnit]:
    from zhijiao20.formats.format_error import StrictError
    from zhijiao20.formats.normalize.table import units_from_table
    from zhijiao20.formats.xlsx.read import read

    try:
        table = read(data, out, catalog, limits)
    except StrictError:
        from zhijiao20.formats.strict import READ_AS_STRICT, SAVE_ORDINARY, to_ordinary

        table = read(to_ordinary(data, limits), out, catalog, limits)
        out.add("ZJ023", READ_AS_STRICT, SAVE_ORDINARY)
    return units_from_table(table, catalog, out, stem)


def _write(submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    from zhijiao20.formats.xlsx.write import write

    return write(submissions, catalog)


FORMAT = Format(
    name="xlsx",
    label="Excel 工作簿",
    suffixes=(".xlsx",),
    fields=fields.OF_A_SHEET,
    read=_read,
    write=_write,
    read_suffixes=(".xlsm", ".xltx", ".xltm"),
    zip_folder=b"xl/",
    main_type=rb"(?:spreadsheetml|ms-excel)\.[A-Za-z.]{1,40}main(?:\+xml)?[\"']",
    in_cells=True,
    program="Excel",
)
