"""XLSX status files: the sheet that holds the table, read as a person sees it; whatever is more than text is told.

One pass over the XML itself: a library's values would hide what is calculated, hidden, merged or shown otherwise than
it is stored, and lay out a sheet as wide and as long as its furthest cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import ID, UNIT
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import fold
from zhijiao20.formats.format_error import FormatError, too_many_units
from zhijiao20.formats.normalize.columns import COLUMNS, HEADER_WITHIN, column_name, has_needed, header_index, unescape
from zhijiao20.formats.raw import Scalar, Table
from zhijiao20.formats.xlsx.cell_notes import NoteReporter
from zhijiao20.formats.xlsx.instructions import NOTES
from zhijiao20.formats.xlsx.package import open_workbook
from zhijiao20.formats.xlsx.sheet import Cell, Sheet, letters
from zhijiao20.formats.xlsx.values import NUMBER
from zhijiao20.formats.xlsx.xml import WorkbookBudget

_EMPTY = Cell("")
_LISTED = 10


@dataclass(slots=True, eq=False)
class _SheetTable:
    """A sheet and its header, or the row nearest to one.

    Attributes:
        names: column → name, for those that hold any text in or below the header.
        named: how many columns are known.
        prefix: what stands before a reference where several sheets are read.
    """

    sheet: Sheet
    header: int
    names: dict[int, str] = field(default_factory=dict)
    named: int = 0
    complete: bool = False
    prefix: str = ""

    def body(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows below the header that hold anything, in order."""
        return ((row, self.sheet.rows[row]) for row in sorted(self.sheet.rows) if row > self.header)

    def above(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows above the header."""
        return ((row, self.sheet.rows[row]) for row in sorted(self.sheet.rows) if row < self.header)

    def place(self, row: int, column: int) -> Place:
        return Place(cell=f"{self.letters(column)}{row}")

    def letters(self, column: int) -> str:
        """A reference but for its row."""
        return self.prefix + letters(column)


def read(data: bytes, out: Collector, catalog: Catalog | None = None, limits: Limits = DEFAULT) -> Table:
    """The rows of an .xlsx file: of the sheet whose header names 编号 and 落实情况, or of all such sheets together.

    Args:
        data: the whole file.
        out: takes a finding for everything that is more than text, hidden, merged or left out.
        catalog: the official list, so that findings can name the task of their row.
        limits: how large it may be.

    Raises:
        FormatError: it is no such file, damaged, hostile, or too large (ZJ002).
    """
    budget = WorkbookBudget(limits)
    forms = [form for sheet in open_workbook(data, budget) if (form := _look(sheet))]
    chosen = _choose(forms, out)
    if len(chosen) > 1:
        for form in chosen:
            form.prefix = f"{form.sheet.name}!"
    _measure(max((len(form.names) for form in chosen), default=0), chosen, limits)
    maps, header = _columns(chosen)
    _measure(len(header), chosen, limits)
    for form in chosen:
        NoteReporter(form.sheet, form.header, form.names, form.prefix, catalog, out, budget).tell()
    _count_units(chosen, limits)
    return Table(tuple(_rows(chosen, maps, header)) if chosen else ())


def _measure(columns: int, forms: Sequence[_SheetTable], limits: Limits) -> None:
    """Refuse a table that would have more cells than any, most of them empty."""
    if columns * sum(len(form.sheet.rows) for form in forms) > limits.cells:
        message = f"有内容的行和列太多，合起来超过 {counted(limits.cells, '格')}"
        raise FormatError("ZJ002", message, "删去无关的行和列，或分成几个文件报送")


def _count_units(forms: Iterable[_SheetTable], limits: Limits) -> None:
    """Refuse more units than a file may have while they are only names; a tree for each would take all memory."""
    found: set[str] = set()
    for form in forms:
        columns = {name: column for column, name in reversed(form.names.items())}
        unit, key = columns.get(UNIT, 0), columns.get(ID, 0)
        found.update(
            cells[unit].text for _, cells in form.body() if unit in cells and not is_blank(cells.get(key, _EMPTY).text)
        )
    if len(found) > limits.units:
        names = {fold(unescape(text)) for text in found if not is_blank(text)} - {fold(UNIT)}
        if len(names) > limits.units:
            raise too_many_units(len(names), limits)


def _look(sheet: Sheet) -> _SheetTable | None:
    """The header of a sheet; None for an empty one."""
    first = sorted(row for row, cells in sheet.rows.items() if any(_shows(cell) for cell in cells.values()))
    first = first[:HEADER_WITHIN]
    rows = [tuple(Scalar(cell.text) for _, cell in sorted(sheet.rows[row].items())) for row in first]
    index = header_index(rows)
    if index is None:
        return None
    header = sheet.rows[first[index]]
    names = {column: column_name(cell.text) for column, cell in header.items()}
    known = [Scalar(name) for name in names.values() if name in COLUMNS]
    form = _SheetTable(sheet, first[index], named=len(known), complete=has_needed(known))
    filled = {column for _, cells in form.body() for column, cell in cells.items() if _shows(cell)}
    for column in sorted(filled | {column for column, cell in header.items() if _shows(cell)}):
        form.names[column] = names.get(column, "")
    return form


def _shows(cell: Cell) -> bool:
    return bool(cell.remarks) or not is_blank(cell.text)


def _choose(forms: Sequence[_SheetTable], out: Collector) -> list[_SheetTable]:
    """The sheets to read, and a note on all others that hold a text: visible ones with a header before hidden ones."""
    complete = [form for form in forms if form.complete]
    chosen = [form for form in complete if form.sheet.visible] or complete
    if not chosen and forms:
        chosen = [max(forms, key=lambda form: (form.named, form.sheet.visible))]
    if len(chosen) > 1:
        message = f"有 {len(chosen)} 张工作表有填报的表头（{_listed(chosen)}），已合在一起读取"
        out.add("ZJ018", message, "没有写单位的行接着上一张表的单位；不该一起报送的工作表，请删去")
    if hidden := [form for form in chosen if not form.sheet.visible]:
        out.add("ZJ017", f"工作表{_listed(hidden)}是隐藏的，已照样读取", "请取消隐藏，看一眼内容")
    others = [form for form in forms if form not in chosen]
    if unread := [form for form in others if form.complete]:
        message = f"隐藏的工作表{_listed(unread)}也有填报的表头，没有采用"
        out.add("ZJ018", message, "要报送就取消隐藏，不要就删去")
    if unread := [form for form in others if not form.complete and not _ours(form.sheet)]:
        out.add("ZJ018", f"没有采用的工作表：{_listed(unread)}", "其中有填报内容的，请移到填报的表里")
    return chosen


def _ours(sheet: Sheet) -> bool:
    """Whether a sheet holds nothing but the instructions that we put there."""
    return all(cell.text in NOTES for cells in sheet.rows.values() for cell in cells.values())


def _listed(forms: Sequence[_SheetTable]) -> str:
    more = f"等 {len(forms)} 张" if len(forms) > _LISTED else ""
    return "、".join(quote(form.sheet.name) for form in forms[:_LISTED]) + more


def _rows(
    forms: Sequence[_SheetTable], maps: Sequence[dict[int, int]], header: tuple[Scalar, ...]
) -> Iterator[tuple[Scalar, ...]]:
    """The rows of all sheets under one header: what stands above it, the header, then every filled row."""
    yield from _above(forms, len(header))
    yield header
    for form, columns in zip(forms, maps, strict=True):
        first = next(iter(form.names))
        taken = [(column, index, form.names[column], form.letters(column)) for column, index in columns.items()]
        for row, cells in form.body():
            del form.sheet.rows[row]  # what is handed on needs as much memory again
            texts = [Scalar("", form.place(row, first))] * len(header)
            for column, index, name, above in taken:
                text = _text(cells.get(column, _EMPTY), name)
                texts[index] = Scalar(text, Place(None, None, f"{above}{row}"))
            yield tuple(texts)


def _columns(forms: Sequence[_SheetTable]) -> tuple[list[dict[int, int]], tuple[Scalar, ...]]:
    """Sheet by sheet, the place of each column in the common header, and that header.

    A column of a further sheet joins the one of its name; what has no counterpart, or no name, is a column of its own.
    """
    header: list[Scalar] = []
    known: dict[str, int] = {}
    maps = []
    for form in forms:
        columns: dict[int, int] = {}
        taken: set[int] = set()
        for column, name in form.names.items():
            index = known.get(name) if name else None
            if index is None or index in taken:
                index = len(header)
                known.setdefault(name, index)
                cell = form.sheet.rows[form.header].get(column, _EMPTY)
                header.append(Scalar(cell.text, form.place(form.header, column)))
            taken.add(index)
            columns[column] = index
        maps.append(columns)
    return maps, tuple(header)


def _above(forms: Iterable[_SheetTable], width: int) -> list[tuple[Scalar, ...]]:
    """The rows above the headers, each as one text; never so many that the header is not looked for any more."""
    rows: list[tuple[Scalar, ...]] = []
    for form in forms:
        for row, cells in form.above():
            texts = [cell.text for _, cell in sorted(cells.items()) if not is_blank(cell.text)]
            place = form.place(row, min(cells))
            rows.append((Scalar("　".join(texts), place), *[Scalar("", place)] * (width - 1)))
    return rows[: HEADER_WITHIN - 1]


def _text(cell: Cell, name: str) -> str:
    """The text of a cell; an id as it is stored, not as a number format rounds it."""
    if name == ID:
        return next((remark.stored for remark in cell.remarks if remark.kind == NUMBER), cell.text)
    return cell.text
