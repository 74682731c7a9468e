"""Report findings on the cells of a sheet: values that are not text, formulas, merged and hidden cells, comments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import ID, UNIT
from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.core.submission import is_blank, unit_problem
from zhijiao20.formats.normalize.columns import TableKind
from zhijiao20.formats.normalize.task_ids import read_id
from zhijiao20.formats.xlsx.sheet import FORMULA, PICTURE, TEXT_BOX, UNCALCULATED, Area, Sheet, cell_reference
from zhijiao20.formats.xlsx.values import (
    BOOLEAN,
    DATE,
    ERROR,
    FORMATTING,
    LONG,
    NUMBER,
    TEXT_FORMAT,
    UNKNOWN_FORMAT,
    CellNote,
)
from zhijiao20.formats.xlsx.xml import WorkbookBudget

_LISTED = 10
_AS_WORDS = "把要报送的内容写成文字，其余的删去"
_AS_TEXT = "看一眼是不是要报送的写法；先把单元格设为“文本”格式再填，就不会变"

_MESSAGES: dict[str, tuple[str, Callable[[str, CellNote], str], str]] = {
    DATE: ("ZJ013", lambda text, _: f"单元格里是日期或时间，已按{quote(text)}读取", _AS_TEXT),
    NUMBER: (
        "ZJ013",
        lambda text, note: f"单元格里是数字，已按{quote(text)}读取（存的是 {note.stored[:40]}）",
        _AS_TEXT,
    ),
    UNKNOWN_FORMAT: (
        "ZJ013",
        lambda text, note: (
            f"单元格里是数字，它的数字格式不认得，已按{quote(text)}读取（存的是 {note.stored[:40]}），与显示的可能不同"
        ),
        _AS_TEXT,
    ),
    LONG: (
        "ZJ013",
        lambda text, note: (
            f"单元格里是超过 15 位的数，Excel 只记 15 位，后面的可能已变成 0；"
            f"已按{quote(text)}读取（存的是 {note.stored[:40]}）"
        ),
        "对照原件核对每一位；先把单元格设为“文本”格式再填，就不会变",
    ),
    TEXT_FORMAT: (
        "ZJ013",
        lambda text, note: f"单元格的数字格式改变了文字，已按{quote(text)}读取（存的是{quote(note.stored)}）",
        _AS_TEXT,
    ),
    BOOLEAN: ("ZJ013", lambda text, _: f"单元格里是逻辑值，已按{quote(text)}读取", _AS_TEXT),
    ERROR: ("ZJ016", lambda text, _: f"单元格是错误值{quote(text)}，已照此读取", "改成要报送的文字"),
    FORMATTING: (
        "ZJ010",
        lambda _, note: f"有删除线、上标或下标，已照普通文字读取：{quote(note.stored)}",
        "划掉的请删去；上标、下标改写成文字，如“平方米”",
    ),
    FORMULA: (
        "ZJ014",
        lambda text, _: f"单元格是公式，采用了文件里存着的结果{quote(text)}",
        "看一眼结果对不对；最好复制后“选择性粘贴—数值”，再保存",
    ),
    UNCALCULATED: (
        "ZJ015",
        lambda _, note: f"单元格是公式，文件里没有算出的结果：{quote('=' + note.stored)}",
        "用 Excel 或 WPS 打开，等它算完再保存；或直接写上文字",
    ),
    PICTURE: ("ZJ010", lambda _text, _note: "格内是图片，读不成文字", "把要报送的内容写成文字"),
}


class NoteReporter:
    """Reporter of the findings of one sheet; it also fills in or empties the cells of merged areas.

    Attributes:
        sheet: the sheet; ``tell`` changes its rows where cells are merged.
        header: the row of the header.
        names: column → name.
        prefix: text before each cell reference where several sheets are read.
        out: collects the findings.
        budget: the limits of the workbook.
        kind: the columns that the table may have.
        known: the official tasks by id; empty without a catalog.
        column: name → column; the first one where a name occurs twice.
        beside: messages on comments and pictures that lie at no row of the table, each with its place.
        body: the filled rows below the header, in order.
        unit: the unit of the current row, None before the first one.
    """

    def __init__(
        self,
        sheet: Sheet,
        header: int,
        names: dict[int, str],
        prefix: str,
        catalog: Catalog | None,
        out: Collector,
        budget: WorkbookBudget,
        table_kind: TableKind,
    ) -> None:
        self.sheet, self.header, self.names, self.prefix, self.out = sheet, header, names, prefix, out
        self.budget, self.kind = budget, table_kind
        self.known = catalog.tasks if catalog else {}
        self.column = {name: column for column, name in reversed(names.items())}
        self.beside: list[tuple[str, Place]] = []
        self.body = sorted(row for row in sheet.rows if row > header)

    def report(self) -> None:
        """Report all findings row by row, then the hidden rows and columns."""
        sheet = self.sheet
        if not (sheet.notes or sheet.merged or sheet.objects or sheet.hidden_rows or sheet.hidden_columns):
            return
        found: dict[int, list[tuple[int, str, str, str]]] = {}
        self._fill_merged_areas(found)
        self._add_objects(found)
        for row in (self.header, *self.body) if found or sheet.notes else ():
            self._set_unit(sheet.rows[row])
            self._report_row(row)
            for column, code, message, hint in sorted(found.get(row, ())):
                self._report(code, message, hint, row, column)
        self.out = self.out.of_unit(None)
        for message, place in self.beside:
            self.out.add("ZJ010", message, _AS_WORDS, place=place)
        self._report_hidden()

    def _set_unit(self, cells: Mapping[int, str]) -> None:
        """Set the current unit from a row; a row without a valid unit keeps the previous one."""
        name = cells.get(self.column.get(UNIT, 0), "")
        if name and not unit_problem(name) and cells is not self.sheet.rows[self.header]:
            self.out = self.out.of_unit(name)

    def _report(self, code: str, message: str, hint: str, row: int, column: int) -> None:
        key = self.sheet.rows.get(row, {}).get(self.column.get(ID, 0), "")
        task = read_id(key, self.known).id if key else None
        self.out.add(code, message, hint, place=Place(cell=self.prefix + cell_reference(row, column)), task=task)

    def _report_row(self, row: int) -> None:
        for column, notes in sorted(self.sheet.notes.get(row, {}).items()):
            name = self.names.get(column, "")
            if row != self.header and (name not in self.kind.columns or name in self.kind.compared):
                continue
            for note in notes:
                if name in self.kind.as_stored and note.kind in {DATE, NUMBER, UNKNOWN_FORMAT, LONG}:
                    continue  # the rules for this column report these, such as ZJ109 and ZJ117 for ids
                code, message, hint = _MESSAGES[note.kind]
                self._report(code, message(self.sheet.rows[row][column], note), hint, row, column)

    def _fill_merged_areas(self, found: dict[int, list[tuple[int, str, str, str]]]) -> None:
        """Copy merged cells of 单位, 报告期 and the like to their rows; report those of data columns."""
        named = sorted(self.names)
        for area in self.sheet.merged:
            column_span = range(bisect_left(named, area.left), bisect_right(named, area.right))
            row_span = range(bisect_left(self.body, area.top), bisect_right(self.body, area.bottom))
            if area.top > self.header and row_span and column_span:
                self.budget.cover(len(row_span) * len(column_span))
                self._fill_area(
                    area, self.body[row_span.start : row_span.stop], named[column_span.start : column_span.stop], found
                )

    def _fill_area(
        self, area: Area, rows: list[int], columns: list[int], found: dict[int, list[tuple[int, str, str, str]]]
    ) -> None:
        first = self.sheet.rows.get(area.top, {}).get(area.left, "")
        name = self.names.get(area.left, "")
        stored = self._stored(area) if name in self.kind.as_stored else ()
        for row in rows:
            for column in columns:
                if (row, column) == (area.top, area.left):
                    continue
                covered = self.sheet.rows[row].pop(column, "")
                self.sheet.notes.get(row, {}).pop(column, None)
                if not is_blank(covered) and covered != first:
                    message = f"被合并单元格遮住的文字没有采用：{quote(covered)}"
                    hint = "取消合并，看一眼遮住的内容"
                    found.setdefault(row, []).append((column, "ZJ019", message, hint))
                if column == area.left and name in self.kind.filled_down:
                    self.sheet.rows[row][column] = first
                    if stored and row > area.top:
                        self.sheet.notes.setdefault(row, {})[column] = stored
        rows_below = [row for row in rows if row > area.top]
        kind = self.kind
        holds_data = name in kind.columns and name not in kind.filled_down | kind.compared
        if not rows_below or is_blank(first):
            return
        reference = f"{cell_reference(area.top, area.left)}:{cell_reference(area.bottom, area.right)} 是合并单元格"
        if holds_data:
            message = f"{reference}，里面的文字只算在第 {area.top} 行"
            hint = "取消合并，在每一行分别填写"
            found.setdefault(area.top, []).append((area.left, "ZJ019", message, hint))
        elif name in kind.told_down:
            message = f"{reference}，里面的“{name}”算在第 {area.top} 至 {area.bottom} 行的每个单位"
            hint = "不是每个单位都这样的，取消合并，分别填写"
            found.setdefault(area.top, []).append((area.left, "ZJ709", message, hint))

    def _stored(self, area: Area) -> tuple[CellNote, ...]:
        """Return what tells the stored number of a merged cell."""
        notes = self.sheet.notes.get(area.top, {}).get(area.left, ())
        return tuple(note for note in notes if note.kind in {NUMBER, UNKNOWN_FORMAT, LONG})

    def _add_objects(self, found: dict[int, list[tuple[int, str, str, str]]]) -> None:
        """Add the comments and pictures at the rows below the header; report those that lie at no such row."""
        last = self.body[-1] if self.body else 0
        for row, column, kind in dict.fromkeys(self.sheet.objects):
            message = f"有{kind}，其中的内容没有采用"
            if self.header < row <= last and row in self.sheet.rows:
                found.setdefault(row, []).append((column, "ZJ010", f"这里{message}", _AS_WORDS))
            elif not row or row > self.header or TEXT_BOX in kind:
                place = Place(cell=self.prefix + cell_reference(row, column)) if row and column else NOWHERE
                self.beside.append((f"{'这里' if row else '工作表上'}{message}", place))

    def _report_hidden(self) -> None:
        """Report hidden rows and columns; they are read like all others."""
        rows = [row for row in self.body if row in self.sheet.hidden_rows]
        if rows:
            listed = "、".join(map(str, rows[:_LISTED])) + (" 等" if len(rows) > _LISTED else " ")
            message = f"有 {len(rows)} 个隐藏的行（第 {listed}行），已照样读取"
            place = Place(cell=self.prefix + cell_reference(rows[0], next(iter(self.names))))
            self.out.add("ZJ017", message, "请取消隐藏或筛选，看一眼内容", place=place)
        hidden_columns = _columns_in_ranges(self.names, self.sheet.hidden_columns)
        hidden = {
            self.names[column]: column for column in reversed(hidden_columns) if self.names[column] in self.kind.columns
        }
        if hidden:
            message = f"隐藏的列已照样读取：{'、'.join(reversed(hidden))}"
            place = Place(cell=self.prefix + cell_reference(self.header, min(hidden.values())))
            self.out.add("ZJ017", message, "请取消隐藏，看一眼内容", place=place)


def _columns_in_ranges(columns: Iterable[int], ranges: Iterable[tuple[int, int]]) -> list[int]:
    """Return the columns that lie in any of the ranges, sorted, in one pass over both."""
    found: list[int] = []
    remaining = iter(sorted(ranges))
    covered_to = 0
    next_range = next(remaining, None)
    for column in sorted(columns):
        while next_range is not None and next_range[0] <= column:
            covered_to = max(covered_to, next_range[1])
            next_range = next(remaining, None)
        if column <= covered_to:
            found.append(column)
    return found
