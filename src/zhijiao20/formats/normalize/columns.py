"""Columns of a table: their names, the header row, and the encoding of texts in cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import (
    ARTICLE,
    CHAPTER,
    EVIDENCE,
    ID,
    PERIOD,
    PROGRESS,
    REMARK,
    STATUS,
    SUPERIOR,
    TASKS,
    UNIT,
)
from zhijiao20.core.findings import NOWHERE, Collector
from zhijiao20.core.header_labels import UNIT_LABELS
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import fold
from zhijiao20.formats.format_error import FormatError, refuse_garbled
from zhijiao20.formats.raw import Row

COLUMNS = (UNIT, SUPERIOR, PERIOD, ID, CHAPTER, ARTICLE, TASKS, PROGRESS, STATUS, EVIDENCE, REMARK)
"""All columns that a table may have; 上级, 报告期 and 说明 are written only if set."""

NEEDED = (ID, STATUS)
_ITEM_SEPARATOR = lazy_regex("[\n\r\x0b；]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_ESCAPED = tuple(f"'{start}" for start in _FORMULA)
_MARKS = "*※★☆●△▲"  # of a column that must be filled in
_ENDS = frozenset(_MARKS + ":)]】〕")
_BEGINS = frozenset(_MARKS + "([【〔")
_ASKED = r"[(\[【〔](?:必填|必须|选填|可选|必填项)[)\]】〕]"
_AROUND = lazy_regex(
    rf"^(?:[{_MARKS}]|{_ASKED})+|(?:[{_MARKS}:]|{_ASKED}|\([^()]{{0,60}}\)){{1,20}}$"
)  # *任务, 单位（盖章）：

_LISTED = 10
_NAME_LIMIT = 80  # characters of a cell that may be a column name with remarks; the names have four

CELL_LIMIT = 32_767
"""Maximum length of a cell of a sheet, in UTF-16 code units."""

HEADER_WITHIN = 20
"""Number of rows in which the header is searched: a title may precede it, but not a page of text."""


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table: its columns, and what readers of sheets do with them.

    Attributes:
        columns: the names of all columns.
        needed: the columns that a header must name.
        aliases: other names of columns, folded.
        as_stored: the columns whose numbers count as stored, not as rounded by their format.
        filled_down: the columns in which a merged cell holds for each of its rows.
        told_down: those of them where this is told.
        compared: the columns that are only compared with the official wording.
        header: how messages call the header.
        join_hint: what to do about several sheets of this kind.
        move_hint: what to do about a sheet of another kind.
        numbered: whether each row has a task id, and the official form counts as such a table.
    """

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    aliases: Mapping[str, str]
    as_stored: frozenset[str]
    filled_down: frozenset[str]
    compared: frozenset[str]
    header: str
    join_hint: str
    numbered: bool = True
    told_down: frozenset[str] = frozenset()
    move_hint: str = "其中有填报内容的，请移到填报的表里"

    def column_name(self, text: str) -> str:
        """Return the standard name of a column; an unknown name is only folded."""
        name = fold(text)
        if name not in self.columns and (name[-1:] in _ENDS or name[:1] in _BEGINS) and len(name) <= _NAME_LIMIT:
            name = _AROUND.sub("", name)
        return self.aliases.get(name, name)

    def header_index(self, rows: Sequence[Sequence[str]]) -> int | None:
        """Return the index of the row that names the most columns, or None if there are no rows."""
        best, most = None, -1
        for index, row in enumerate(rows[:HEADER_WITHIN]):
            if len(row) > most and (count := self.named(row)) > most:  # a shorter row cannot name more
                best, most = index, count
            if most >= len(self.columns):  # no other row can
                break
        return best

    def has_needed(self, row: Iterable[str]) -> bool:
        """Check whether a row names all columns that a table must have."""
        return {self.column_name(text) for text in row}.issuperset(self.needed)

    def named(self, row: Iterable[str]) -> int:
        """Count the cells of a row that name a column."""
        return sum([len(text) <= _NAME_LIMIT and self.column_name(text) in self.columns for text in row])


STATUS_TABLE = TableKind(
    columns=COLUMNS,
    needed=NEEDED,
    aliases={"任务编号": ID, "上级单位": SUPERIOR, **dict.fromkeys(UNIT_LABELS, UNIT)},
    as_stored=frozenset({ID}),
    filled_down=frozenset({UNIT, SUPERIOR, PERIOD, CHAPTER, ARTICLE}),
    compared=frozenset({CHAPTER, ARTICLE, TASKS}),
    header="填报的表头",
    join_hint="没有写单位的行接着上一张表的单位；不该一起报送的工作表，请删去",
)
"""The table of a status file."""

column_name, header_index, has_needed = STATUS_TABLE.column_name, STATUS_TABLE.header_index, STATUS_TABLE.has_needed


def lead_line(units: Sequence[str], periods: Collection[str]) -> str:
    """Return the line above the table of a sheet, which repeats 单位 and 报告期 for people."""
    unit = f"{UNIT}：{units[0]}" if len(units) == 1 else f"{UNIT}：共 {len(units)} 个，见“{UNIT}”一列"
    period = next(iter(periods)) if len(periods) == 1 else ""
    return f"{unit}　　{PERIOD}：{period}" if period else unit


def lead_texts(units: Sequence[tuple[str, str]], catalog: Catalog) -> set[str]:
    """Return the texts that may precede a table without a finding, folded for comparison.

    These are the title, and lines that repeat 单位 and 报告期 of the table.

    Args:
        units: name and 报告期 of every unit in the table.
        catalog: the official task list.
    """
    known = {catalog.label, catalog.title, catalog.label + catalog.title}
    known |= {lead_line([unit], [period]) for unit, period in units}
    known.add(lead_line([unit for unit, _ in units], {period for _, period in units}))
    known |= {f"填报{line}" for line in known if line.startswith(UNIT)}
    return {fold(text) for text in known}


def evidence_cell(items: Sequence[str]) -> str:
    """Return 佐证 as the text of one cell, one item per line.

    A single item that contains ； is followed by a line end, so that it is not split at ；.
    """
    text = "\n".join(items)
    return text + "\n" if "；" in text and "\n" not in text else text


def escape(text: str) -> str:
    """Escape the text of a cell, so that no spreadsheet runs it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unescape(text: str) -> str:
    """Reverse ``escape``."""
    return text[1:] if text.startswith(_ESCAPED) else text


def evidence_items(text: str) -> list[str]:
    """Split the text of a 佐证 cell into items.

    Each line is an item, unchanged.  Without a line end, ； separates the items, and white space around them is
    removed.  Blank items are dropped.
    """
    if _ITEM_SEPARATOR.search(text) is None:
        return [] if is_blank(text) else [text]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    parts = text.split("\n")
    if len(parts) == 1 and "；" in text:
        parts = [part.strip() for part in text.split("；")]
    return [part for part in parts if not is_blank(part)]


def find_header(rows: Sequence[Row], out: Collector) -> tuple[int, dict[str, int]] | None:
    """Return which row names the columns, and the index of each column by name; None where there is none.

    Raises:
        FormatError: the header is garbled (ZJ003), or it is a sheet with none of the needed columns, so that it is
            another table (ZJ002).
    """
    best = header_index([row.cells for row in rows])
    if best is None:
        out.add("ZJ115", "文件里没有内容", f"第一行应是列名：{'、'.join(COLUMNS)}")
        return None
    header = rows[best]
    columns: dict[str, int] = {}
    unknown: list[str] = []
    doubled = False
    for index, text in enumerate(header.cells):
        name = column_name(text)
        if name not in COLUMNS:
            unknown.extend([text.strip()] if not is_blank(text) else [])
        elif name in columns:
            doubled = True
            out.add("ZJ114", f"列“{name}”出现了两次", "只留一列", place=header.place(index))
        else:
            columns[name] = index
    place = header.place(0) if header.cells else NOWHERE
    if not columns:
        refuse_garbled("\n".join([text for row in rows[:HEADER_WITHIN] for text in row.cells]), place)
    if missing := [name for name in NEEDED if name not in columns]:
        listed = quote_list(header.cells) or "没有列名"
        if len(missing) == len(NEEDED) and header.letters is not None:
            message = f"工作簿里没有附表：没有“{'”“'.join(NEEDED)}”这两列。找到的是：{listed}"
            raise FormatError("ZJ002", message, "是填报文件的，请填进 zhijiao20 init 生成的表")
        commas = "。表头里用的是全角逗号“，”，不是分隔符" if any("，" in text for text in header.cells) else ""
        out.add(
            "ZJ115",
            f"缺少列：{'、'.join(missing)}。找到的是：{listed}{commas}",
            f"第一行应是列名：{'、'.join(COLUMNS)}" + ("；分隔符改用半角逗号" if commas else ""),
            place=place,
        )
        return None
    if unknown:
        out.add("ZJ110", f"未采用不认识的列：{quote_list(unknown)}", f"采用的列只有：{'、'.join(COLUMNS)}", place=place)
    return None if doubled else (best, columns)


def quote_list(texts: Iterable[str]) -> str:
    """Return the texts that are not blank, quoted; at most ten of them."""
    shown = [text for text in texts if not is_blank(text)]
    more = f"等 {len(shown)} 个" if len(shown) > _LISTED else ""
    return "、".join(map(quote, shown[:_LISTED])) + more
