"""The columns of a table: their names, the row that holds them, and how a few of them are written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import ARTICLE, CHAPTER, EVIDENCE, ID, PERIOD, PROGRESS, REMARK, STATUS, TASKS, UNIT
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import fold
from zhijiao20.formats.raw import Scalar

COLUMNS = (UNIT, PERIOD, ID, CHAPTER, ARTICLE, TASKS, PROGRESS, STATUS, EVIDENCE, REMARK)
"""Every column that a table may have; 报告期 and 说明 are written only when set."""

NEEDED = (ID, STATUS)
_DIVIDES = re.compile("[\n\r\x0b；]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_ESCAPED = tuple(f"'{start}" for start in _FORMULA)
_ALIASES = {"任务编号": ID, "填报单位": UNIT}

CELL_LIMIT = 32_767
"""UTF-16 units that a cell of a sheet can hold."""

HEADER_WITHIN = 20
"""The header is looked for in so many rows: a title may stand above it, not a page of text."""


def column_name(text: str) -> str:
    """A column's name as this program knows it; one that it does not know is only folded."""
    name = fold(text)
    return _ALIASES.get(name, name)


def header_index(rows: Sequence[tuple[Scalar, ...]]) -> int | None:
    """Which row names the most columns: the header, or the nearest to one; none where there are no rows."""
    return max(range(min(len(rows), HEADER_WITHIN)), key=lambda index: named(rows[index]), default=None)


def has_needed(row: Iterable[Scalar]) -> bool:
    """Whether a row names the columns that a table must have."""
    return {column_name(cell.text) for cell in row}.issuperset(NEEDED)


def lead_line(units: Sequence[str], periods: Collection[str]) -> str:
    """What stands above the table of a sheet, for the reader's eye: 单位 and 报告期 once more."""
    unit = f"{UNIT}：{units[0]}" if len(units) == 1 else f"{UNIT}：共 {len(units)} 个，见“{UNIT}”一列"
    period = next(iter(periods)) if len(periods) == 1 else ""
    return f"{unit}　　{PERIOD}：{period}" if period else unit


def lead_texts(units: Sequence[tuple[str, str]], catalog: Catalog) -> set[str]:
    """What may stand above a table without a note, folded: the title, and what the table says of its units itself.

    Args:
        units: name and 报告期 of every unit in the table.
        catalog: the official list.
    """
    known = {catalog.label, catalog.title, catalog.label + catalog.title}
    known |= {lead_line([unit], [period]) for unit, period in units}
    known.add(lead_line([unit for unit, _ in units], {period for _, period in units}))
    return {fold(text) for text in known}


def evidence_cell(items: Sequence[str]) -> str:
    """佐证 in one cell, one a line; a single one that holds ； is closed by a line end, so that nothing divides it."""
    text = "\n".join(items)
    return text + "\n" if "；" in text and "\n" not in text else text


def escape(text: str) -> str:
    """A cell's text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unescape(text: str) -> str:
    """The inverse of ``escape``."""
    return text[1:] if text.startswith(_ESCAPED) else text


def evidence_items(text: str) -> list[str]:
    """佐证 in a cell: one a line, as it came; where there is no line end, ； divides, and spaces beside it go."""
    if _DIVIDES.search(text) is None:
        return [] if is_blank(text) else [text]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    parts = text.split("\n")
    if len(parts) == 1 and "；" in text:
        parts = [part.strip() for part in text.split("；")]
    return [part for part in parts if not is_blank(part)]


def named(row: Iterable[Scalar]) -> int:
    """How many cells of a row name a column."""
    return sum(column_name(cell.text) in COLUMNS for cell in row)
