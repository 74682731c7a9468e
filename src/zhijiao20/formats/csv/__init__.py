"""CSV status files: any number of units, a row a task."""

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
    from zhijiao20.formats.raw import RawUnit

# Both words are in cells of their own; a line of YAML may have them in its text: 落实情况: 统一编号, 分类管理.
_HEADER = (
    r"(?![ \t]*\{)(?=(?:[^\r\n]*[,;\t])?[ \"']*[^,;\t\r\n:：]{0,8}编号[^,;\t\r\n:：]{0,20}[,;\t])"
    r"(?=(?:[^\r\n]*[,;\t])?[ \"']*[^,;\t\r\n:：]{0,8}落实情况[^,;\t\r\n:：]{0,40}(?:[,;\t\r\n]|$))[^\r\n]*[,;\t]"
)


def _read(data: bytes, out: Collector, catalog: Catalog, limits: Limits, stem: str) -> list[RawUnit]:
    from zhijiao20.formats.csv.read import read
    from zhijiao20.formats.normalize.table import units_from_table

    return units_from_table(read(data, out, limits), catalog, out, stem)


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
    read=_read,
    write=_write,
    usual_starts=("\ufeff单位,".encode(), "单位,".encode(), "\ufeff编号,".encode(), "编号,".encode()),
    text_start="[\"']?(?:单位|编号|部分|条目)[\"']?[ \t]*[,;\t，]",
    text_header=_HEADER,  # a title such as 单位：甲,, may stand above it
    in_cells=True,
    locate=_locate,
)
