"""CSV status files: any number of units, one row per task."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from zhijiao20.core import fields
from zhijiao20.formats.format import Format

if TYPE_CHECKING:
    from zhijiao20.core.catalog import Catalog
    from zhijiao20.core.findings import Collector, Place
    from zhijiao20.core.limits import Limits
    from zhijiao20.core.submission import Submission
    from zhijiao20.formats.char_positions import LazyPositions
    from zhijiao20.formats.raw import RawUnit, Table


_FAST_PATH_LIMIT = 400_000  # bytes; a table of this size has fewer cells and 佐证 items than any limit allows


def _read(data: bytes, out: Collector, _catalog: Catalog, limits: Limits) -> Table:
    from zhijiao20.formats.csv.read import read

    return read(data, out, limits)


def _read_fast(data: bytes, catalog: Catalog, limits: Limits) -> list[RawUnit] | None:
    from zhijiao20.formats.csv.read import read_fast

    return read_fast(data, catalog) if len(data) <= min(_FAST_PATH_LIMIT, limits.min_text_limit) else None


def _write(submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    from zhijiao20.formats.csv.write import table, write

    return write(table(submissions, catalog))


def _locate(text: str, places: Collection[Place]) -> Mapping[Place, LazyPositions]:
    from zhijiao20.formats.csv.char_positions import char_positions_in_csv
    from zhijiao20.formats.csv.read import delimiter_of

    return char_positions_in_csv(text, delimiter_of(text), places)


FORMAT = Format(
    name="csv",
    label="CSV",
    suffixes=(".csv",),
    fields=fields.OF_A_SHEET,
    units_per_file=None,
    read=_read,
    write=_write,
    read_fast=_read_fast,
    text_start="[\"']?(?:单位|编号|部分|条目)[\"']?[ \t]*[,;\t，]",
    text_header=r"(?=[^\r\n]*编号)(?=[^\r\n]*落实情况)[^\r\n]*[,;\t]",  # a title such as 单位：甲,, may precede it
    in_cells=True,
    locate=_locate,
)
