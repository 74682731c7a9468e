"""Read XLSX status files: the sheet with the table, as a person sees it, with findings for all that is not plain text.

The XML itself is parsed in one pass.  A library would return values that hide what is calculated, hidden, merged or
shown differently from the stored value, and would allocate a sheet as wide and as long as its furthest cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import ID, UNIT
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import fold
from zhijiao20.formats.format_error import FormatError, too_many_units
from zhijiao20.formats.normalize.columns import HEADER_WITHIN, STATUS_TABLE, TableKind, unescape
from zhijiao20.formats.normalize.form_table import form_names
from zhijiao20.formats.normalize.lead_lines import in_one_line
from zhijiao20.formats.raw import RawTable, Row
from zhijiao20.formats.xlsx.cell_notes import NoteReporter
from zhijiao20.formats.xlsx.instructions import MARKED_TITLE, NOTES, official_texts
from zhijiao20.formats.xlsx.package import open_workbook
from zhijiao20.formats.xlsx.sheet import Sheet, column_letters
from zhijiao20.formats.xlsx.values import LONG, NUMBER, UNKNOWN_FORMAT
from zhijiao20.formats.xlsx.xml import WorkbookBudget

_LISTED = 10


@dataclass(slots=True, eq=False)
class _SheetTable:
    """A sheet and its header, or the row that is most similar to a header.

    Attributes:
        header: the row of the header.
        names: column → name, for the columns with any content in or below the header.
        known_columns: how many columns have a known name.
        complete: whether the header has all required columns.
        form: whether it is the header of the official form, which has no 编号.
        prefix: text before each cell reference where several sheets are read.
    """

    sheet: Sheet
    header: int
    names: dict[int, str] = field(default_factory=dict)
    known_columns: int = 0
    complete: bool = False
    form: bool = False
    prefix: str = ""

    def body(self) -> Iterator[tuple[int, dict[int, str]]]:
        """Return the filled rows below the header, in order."""
        return ((row, self.sheet.rows[row]) for row in sorted(self.sheet.rows) if row > self.header)

    def above(self) -> Iterator[tuple[int, dict[int, str]]]:
        """Return the filled rows above the header, in order."""
        return ((row, self.sheet.rows[row]) for row in sorted(self.sheet.rows) if row < self.header)

    def place(self, row: int, column: int) -> Place:
        return Place(cell=f"{self.letters(column)}{row}")

    def letters(self, column: int) -> str:
        """Return a cell reference without its row number."""
        return self.prefix + column_letters(column)


def read(
    data: bytes,
    out: Collector,
    catalog: Catalog | None = None,
    limits: Limits = DEFAULT,
    table_kind: TableKind = STATUS_TABLE,
) -> RawTable:
    """Read the rows of the sheets of an .xlsx file that hold the table.

    These are the visible sheets whose header has the needed columns; without any, such hidden sheets; without any, the
    sheet with the most known columns.

    Args:
        data: the whole file.
        out: collects a finding for all that is not plain text, hidden, merged or left out.
        catalog: the official list, so that findings can name the task of their row.
        limits: the maximum sizes.
        table_kind: the columns that the table may have.

    Raises:
        FormatError: the file is not .xlsx, damaged, hostile or too large (ZJ002).
    """
    budget = WorkbookBudget(limits)
    tables = [table for sheet in open_workbook(data, budget, out) if (table := _find_table(sheet, table_kind))]
    if not tables:
        raise FormatError("ZJ002", "工作簿是空的", "请向填报单位要填好的文件")
    known = NOTES
    if not table_kind.numbered and catalog is not None:  # a heading of the instructions may be the name of a column
        known = NOTES | official_texts(catalog)
        tables = [table for table in tables if not _has_only(known, table.sheet)] or tables
    chosen = _choose_tables(tables, table_kind, known, out)
    if len(chosen) > 1:
        for table in chosen:
            table.prefix = f"{table.sheet.name}!"
    _check_cell_count(max((len(table.names) for table in chosen), default=0), chosen, limits)
    column_maps, header = _merged_columns(chosen)
    _check_cell_count(len(header.cells), chosen, limits)
    for table in chosen:
        NoteReporter(table.sheet, table.header, table.names, table.prefix, catalog, out, budget, table_kind).report()
    if table_kind.numbered:
        _check_unit_count(chosen, limits)
    return RawTable(_joined_rows(chosen, column_maps, header, table_kind))


def _check_cell_count(columns: int, tables: Sequence[_SheetTable], limits: Limits) -> None:
    """Raise an error for a table with more cells than the limit, counting empty ones."""
    if columns * sum(len(table.sheet.rows) for table in tables) > limits.cells:
        message = f"有内容的行和列太多，合起来超过 {counted(limits.cells, '格')}"
        raise FormatError("ZJ002", message, "删去无关的行和列，或分成几个文件报送")


def _check_unit_count(tables: Sequence[_SheetTable], limits: Limits) -> None:
    """Raise an error for more units than the limit.

    This is done while they are only names: building a tree for each first could use all memory.
    """
    if sum(len(table.sheet.rows) for table in tables) <= limits.units:
        return
    found: set[str] = set()
    for table in tables:
        columns = {name: column for column, name in reversed(table.names.items())}
        unit_column, id_column = columns.get(UNIT, 0), columns.get(ID, 0)
        found.update(
            cells[unit_column]
            for _, cells in table.body()
            if unit_column in cells and not is_blank(cells.get(id_column, ""))
        )
    if len(found) > limits.units:
        names = {fold(unescape(text)) for text in found if not is_blank(text)} - {fold(UNIT)}
        if len(names) > limits.units:
            raise too_many_units(len(names), limits)


def _find_table(sheet: Sheet, table_kind: TableKind) -> _SheetTable | None:
    """Find the header of a sheet; return None for an empty sheet."""
    filled_rows = (
        row for row in sorted(sheet.rows) if any(_has_content(sheet, row, column) for column in sheet.rows[row])
    )
    first_rows = list(islice(filled_rows, HEADER_WITHIN))
    index = table_kind.header_index([[text for _, text in sorted(sheet.rows[row].items())] for row in first_rows])
    if index is None:
        return None
    row = first_rows[index]
    header = sheet.rows[row]
    names = {column: table_kind.column_name(text) for column, text in header.items()}
    known = [name for name in names.values() if name in table_kind.columns]
    table = _SheetTable(sheet, row, known_columns=len(known), complete=table_kind.has_needed(known))
    filled = {column for column in header if _has_content(sheet, row, column)}
    for number, cells in table.body():
        filled.update([column for column in cells.keys() - filled if _has_content(sheet, number, column)])
    for column in sorted(filled):
        table.names[column] = names.get(column, "")
    if table_kind.numbered and (renamed := form_names(list(table.names.values()))):
        table.form, table.names = True, dict(zip(table.names, renamed, strict=True))
        header.update({column: name for column, name in table.names.items() if name in table_kind.columns})
    return table


def _has_content(sheet: Sheet, row: int, column: int) -> bool:
    return not is_blank(sheet.rows[row][column]) or column in sheet.notes.get(row, ())


def _choose_tables(
    tables: Sequence[_SheetTable], table_kind: TableKind, known: frozenset[str], out: Collector
) -> list[_SheetTable]:
    """Choose the sheets to read, and report all other sheets that have content.

    Chosen are the visible sheets with a complete header; without any, such hidden sheets; without any, the sheet with
    the most known columns.
    """
    complete = [table for table in tables if table.complete]
    complete = complete or [table for table in tables if table.form]
    chosen = [table for table in complete if table.sheet.visible] or complete
    if not chosen and tables:
        chosen = [max(tables, key=lambda table: (table.known_columns, table.sheet.visible))]
    if len(chosen) > 1:
        message = f"有 {len(chosen)} 张工作表有{table_kind.header}（{_sheet_names(chosen)}），已合在一起读取"
        out.add("ZJ018", message, table_kind.join_hint)
    if hidden_tables := [table for table in chosen if not table.sheet.visible]:
        out.add("ZJ017", f"工作表{_sheet_names(hidden_tables)}是隐藏的，已照样读取", "请取消隐藏，看一眼内容")
    others = [table for table in tables if table not in chosen]
    if unread := [table for table in others if table.complete]:
        message = f"隐藏的工作表{_sheet_names(unread)}也有{table_kind.header}，没有采用"
        out.add("ZJ018", message, "要报送就取消隐藏，不要就删去")
    if unread := [table for table in others if not table.complete and not _has_only(known, table.sheet)]:
        out.add("ZJ018", f"没有采用的工作表：{_sheet_names(unread)}", table_kind.move_hint)
    return chosen


def _has_only(known: frozenset[str], sheet: Sheet) -> bool:
    """Check whether a sheet holds nothing but what further sheets of a written or returned workbook hold."""
    if MARKED_TITLE in sheet.rows.get(1, {}).values():
        return True
    return all(text in known for cells in sheet.rows.values() for text in cells.values())


def _sheet_names(tables: Sequence[_SheetTable]) -> str:
    suffix = f"等 {len(tables)} 张" if len(tables) > _LISTED else ""
    return "、".join(quote(table.sheet.name) for table in tables[:_LISTED]) + suffix


def _joined_rows(
    tables: Sequence[_SheetTable], column_maps: Sequence[dict[int, int]], header: Row, table_kind: TableKind
) -> Iterator[Row]:
    """Yield the rows of all sheets: those above the header, one common header, then all others."""
    yield from _rows_above(tables, len(header.cells))
    yield header
    for table, columns in zip(tables, column_maps, strict=True):
        letters = [table.letters(next(iter(table.names)))] * len(header.cells)
        for column, index in columns.items():
            letters[index] = table.letters(column)
        for row, cells in table.body():
            del table.sheet.rows[row]  # frees memory: the row yielded below takes as much again
            texts = [""] * len(header.cells)
            for column, text in cells.items():
                if column in columns:
                    texts[columns[column]] = text
            for column, notes in table.sheet.notes.get(row, {}).items():
                if (
                    table.names.get(column) in table_kind.as_stored and column in columns
                ):  # as stored, not as rounded by its format
                    stored = (note.stored for note in notes if note.kind in {NUMBER, UNKNOWN_FORMAT, LONG})
                    texts[columns[column]] = next(stored, cells.get(column, ""))
            yield Row(row, texts, letters)


def _merged_columns(tables: Sequence[_SheetTable]) -> tuple[list[dict[int, int]], Row]:
    """Map the columns of each sheet to the columns of a common header.

    A column of a later sheet is merged into the column of the same name; one without a counterpart or without a name
    becomes a new column.

    Returns:
        For each sheet, column → index in the common header; and the common header.
    """
    header: list[str] = []
    letters: list[str] = []
    known: dict[str, int] = {}
    column_maps = []
    for table in tables:
        columns: dict[int, int] = {}
        taken: set[int] = set()
        for column, name in table.names.items():
            index = known.get(name) if name else None
            if index is None or index in taken:
                index = len(header)
                known.setdefault(name, index)
                header.append(table.sheet.rows[table.header].get(column, ""))
                letters.append(f"{table.letters(column)}{table.header}")
            taken.add(index)
            columns[column] = index
        column_maps.append(columns)
    return column_maps, Row(0, header, letters)


def _rows_above(tables: Iterable[_SheetTable], width: int) -> list[Row]:
    """Return the rows above the headers, each joined to one text.

    The result is truncated so that the header stays within the rows in which it is searched.
    """
    rows: list[Row] = []
    for table in tables:
        for row, cells in table.above():
            texts = [text for _, text in sorted(cells.items()) if not is_blank(text)]
            letters = [table.letters(min(cells))] * width
            rows.append(Row(row, [in_one_line(texts), *[""] * (width - 1)], letters))
    return rows[: HEADER_WITHIN - 1]
