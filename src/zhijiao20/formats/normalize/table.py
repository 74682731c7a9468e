"""Convert the rows of a CSV file or a sheet to one tree per unit; check the columns and the official wording."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import ARTICLE, CHAPTER, EVIDENCE, ID, PERIOD, PROGRESS, REMARK, STATUS, TASKS, UNIT
from zhijiao20.core.findings import NOWHERE, Collector
from zhijiao20.core.submission import is_blank, unit_problem
from zhijiao20.core.wording import difference, fold, same_wording
from zhijiao20.formats.normalize.columns import (
    COLUMNS,
    NEEDED,
    column_name,
    evidence_items,
    header_index,
    lead_texts,
    unescape,
)
from zhijiao20.formats.normalize.task_ids import read_id
from zhijiao20.formats.normalize.tree import report_unit_from_file_name
from zhijiao20.formats.raw import Items, Node, Pairs, Scalar, Table

_ENTRY_COLUMNS = (PROGRESS, STATUS, EVIDENCE, REMARK)
_LISTED = 10
_EVIDENCE_LIMIT = 200_000  # 佐证 items in a table; a unit has about a hundred


@dataclass(slots=True)
class _Unit:
    name: Scalar
    period: Scalar | None = None
    tasks: list[tuple[Scalar, Node]] = field(default_factory=list)


def trees_from_table(table: Table, catalog: Catalog, out: Collector, stem: str) -> list[Pairs]:
    """Return one tree for every unit of a table, in the order of their first rows.

    Args:
        table: the rows as read, header included.
        catalog: the official task list, with which the columns 部分, 条目 and 任务 are compared.
        out: receives a finding for every problem and every correction.
        stem: the unit's name if the table has no column 单位: the file name without its suffix.

    Returns:
        The trees; none if the table has no usable header.
    """
    found = _header(table, out)
    if found is None:
        return []
    start, columns = found
    reader = _RowReader(columns, table.rows[start], catalog, out, stem)
    for row in table.rows[start + 1 :]:
        reader.add_row(row)
    reader.report_unnamed_columns()
    _report_text_above(
        table.rows[: start + 1], [(unit.name, unit.period) for unit in reader.units.values()], catalog, out
    )
    if not reader.has_content:
        place = table.rows[start][0].place
        out.add("ZJ118", "表头以下没有一行填报内容", "请向填报单位要回填好的文件", place=place)
    return [_tree(unit) for unit in reader.units.values()]


def _report_text_above(
    rows: Sequence[tuple[Scalar, ...]],
    units: Sequence[tuple[Scalar, Scalar | None]],
    catalog: Catalog,
    out: Collector,
) -> None:
    """Report rows above the header unless they only repeat the title, 单位 and 报告期."""
    *above, header = rows
    known = lead_texts([(name.text, period.text if period else "") for name, period in units], catalog)
    if any(not is_blank(cell.text) and fold(cell.text) not in known for row in above for cell in row):
        message = f"表头之前的 {len(above)} 行未采用"
        out.add("ZJ110", message, "如果其中有要填报的内容，请移到表头以下", place=header[0].place)


def _header(table: Table, out: Collector) -> tuple[int, dict[str, int]] | None:
    """Return the index of the header row and of every column; None if the header is not usable."""
    header_row = header_index(table.rows)
    if header_row is None:
        out.add("ZJ115", "文件里没有内容", f"第一行应是列名：{'、'.join(COLUMNS)}")
        return None
    header = table.rows[header_row]
    columns: dict[str, int] = {}
    unknown: list[str] = []
    duplicate = False
    for index, cell in enumerate(header):
        name = column_name(cell.text)
        if name not in COLUMNS:
            unknown.extend([cell.text.strip()] if not is_blank(cell.text) else [])
        elif name in columns:
            duplicate = True
            out.add("ZJ114", f"列“{name}”出现了两次", "只留一列", place=cell.place)
        else:
            columns[name] = index
    place = header[0].place if header else NOWHERE
    if missing := [name for name in NEEDED if name not in columns]:
        listed = _listed(cell.text for cell in header) or "没有列名"
        commas = "。表头里用的是全角逗号“，”，不是分隔符" if any("，" in cell.text for cell in header) else ""
        out.add(
            "ZJ115",
            f"缺少列：{'、'.join(missing)}。找到的是：{listed}{commas}",
            f"第一行应是列名：{'、'.join(COLUMNS)}" + ("；分隔符改用半角逗号" if commas else ""),
            place=place,
        )
        return None
    if unknown:
        out.add("ZJ110", f"未采用不认识的列：{_listed(unknown)}", f"采用的列只有：{'、'.join(COLUMNS)}", place=place)
    return None if duplicate else (header_row, columns)


def _listed(texts: Iterable[str]) -> str:
    """Return the texts that are not blank, quoted and joined; at most ten of them."""
    visible = [text for text in texts if not is_blank(text)]
    more = f"等 {len(visible)} 个" if len(visible) > _LISTED else ""
    return "、".join(map(quote, visible[:_LISTED])) + more


class _RowReader:
    """Reader of the rows below the header, one at a time."""

    def __init__(
        self, columns: dict[str, int], header: tuple[Scalar, ...], catalog: Catalog, out: Collector, stem: str
    ) -> None:
        self.columns, self.width, self.catalog, self.out = columns, len(header), catalog, out
        self.unnamed_columns = [index for index, cell in enumerate(header) if is_blank(cell.text)]
        self.unnamed_texts: dict[int, Scalar] = {}
        self.units: dict[str, _Unit] = {}
        self.has_content = False
        self.unit_name = Scalar(stem if UNIT not in columns else "")
        if UNIT not in columns:
            report_unit_from_file_name(stem, out)
        self.evidence_left = _EVIDENCE_LIMIT
        self.task_by_wording = {fold(task.text): task.id for task in catalog.tasks.values()}

    def add_row(self, row: tuple[Scalar, ...]) -> None:
        if all(is_blank(cell.text) for cell in row) or self._is_header(row):
            return
        self.has_content = True
        key = self._cell(row, ID) or Scalar("", row[0].place)
        if is_blank(key.text) and is_blank((self._cell(row, STATUS) or key).text):
            self._report_note(row)
            return
        unit_cell = self._cell(row, UNIT)
        if unit_cell and not is_blank(unit_cell.text):
            self.unit_name = unit_cell
        self.out.unit = None if unit_problem(self.unit_name.text) else self.unit_name.text
        # The header may have far more unnamed columns than the row has cells.
        for index in self.unnamed_columns[: bisect_left(self.unnamed_columns, len(row))]:
            if not is_blank(row[index].text):
                self.unnamed_texts.setdefault(index, row[index])
        if len(row) > self.width:
            self._report_extra_cells(row, key)
        if is_blank(key.text):
            self._report_missing_id(row, key)
            return
        if not self.unit_name.text:
            self.unit_name = Scalar("", row[0].place)
        unit = self.units.setdefault(fold(self.unit_name.text), _Unit(self.unit_name))
        if (period := self._cell(row, PERIOD)) and not is_blank(period.text):
            unit.period = self._period(unit.period, period)
        self._compare_wording(row, key)
        unit.tasks.append((key, Pairs(tuple(self._fields(row)), key.place)))

    def report_unnamed_columns(self) -> None:
        """Report the columns without a name that contain text, as they are not read."""
        self.out.unit = None
        for cell in self.unnamed_texts.values():
            message = f"有一列没有列名，未采用；里面有文字，如{quote(cell.text)}"
            self.out.add("ZJ110", message, "是填报内容就在表头写上列名", place=cell.place)

    def _period(self, first: Scalar | None, current: Scalar) -> Scalar:
        if first and first.text != current.text:
            message = f"同一单位的报告期不一致：前面是{quote(first.text)}，这里是{quote(current.text)}，已采用前面的"
            self.out.add("ZJ111", message, "一份文件只填一个报告期", place=current.place)
        return first or current

    def _is_header(self, row: tuple[Scalar, ...]) -> bool:
        """Check whether a row repeats the header, as in tables pasted below one another."""
        return all(index < len(row) and column_name(row[index].text) == name for name, index in self.columns.items())

    def _report_note(self, row: tuple[Scalar, ...]) -> None:
        """Report a row without id and status (a note, a sum or a date), as it is not read."""
        texts = _listed(cell.text for cell in row)
        self.out.add("ZJ110", f"这一行没有编号和落实情况，未采用：{texts}", "是填报内容就补上编号", place=row[0].place)

    def _cell(self, row: tuple[Scalar, ...], name: str) -> Scalar | None:
        index = self.columns.get(name)
        if index is None or index >= len(row):
            return None
        cell = row[index]
        return Scalar(unescape(cell.text), cell.place) if cell.text.startswith("'") else cell

    def _fields(self, row: tuple[Scalar, ...]) -> Iterator[tuple[Scalar, Node]]:
        for name in _ENTRY_COLUMNS:
            if cell := self._cell(row, name):
                yield Scalar(name, cell.place), self._evidence(cell) if name == EVIDENCE else cell

    def _evidence(self, cell: Scalar) -> Items:
        self.evidence_left -= cell.text.count("\n") + cell.text.count("；")
        if self.evidence_left < 0:  # a cell full of separators would become a million objects
            message = f"佐证太多，到这里超过 {_EVIDENCE_LIMIT // 10_000} 万条，没有采用"
            self.out.add("ZJ104", message, "只写文号和文件名，或分成几个文件报送", place=cell.place)
            return Items((), cell.place)
        return _evidence(cell)

    def _report_extra_cells(self, row: tuple[Scalar, ...], key: Scalar) -> None:
        extra = [cell for cell in row[self.width :] if cell.text]
        listed = "：" + _listed(cell.text for cell in extra) if extra else "（空格）"
        self.out.add(
            "ZJ116",
            f"这一行有 {len(row)} 格，表头只有 {self.width} 格，多出来的是{listed}",
            "文字里有半角逗号时，整格要用半角双引号括起来；用 Excel 或 WPS 另存会自动加上",
            place=row[self.width].place,
            task=self._task(key),
        )

    def _report_missing_id(self, row: tuple[Scalar, ...], key: Scalar) -> None:
        wording = self._cell(row, TASKS)
        likely = self.task_by_wording.get(fold(wording.text)) if wording else None
        self.out.add(
            "ZJ101",
            "这一行没有任务编号" + (f"，看任务文字应是 {likely}" if likely else ""),
            "在“编号”一列填上任务编号" + (f" {likely}" if likely else "；不是填报内容就删去这一行"),
            place=key.place,
        )

    def _compare_wording(self, row: tuple[Scalar, ...], key: Scalar) -> None:
        """Report changes of the official wording; a blank cell is treated as a merged one."""
        task = self.catalog.tasks.get(self._task(key) or "")
        if task is None:
            return
        for name, official in ((CHAPTER, task.chapter), (ARTICLE, task.article), (TASKS, task.text)):
            cell = self._cell(row, name)
            if cell and cell.text != official and not is_blank(cell.text) and not same_wording(official, cell.text):
                other_task = self.task_by_wording.get(fold(cell.text)) if name == TASKS else None
                change = f"这是任务 {other_task} 的表述" if other_task else difference(official, cell.text)
                self.out.add(
                    "ZJ108",
                    f"“{name}”一列的官方表述被改动：{change}",
                    f"改回原文：{official}",
                    place=cell.place,
                    task=task.id,
                )

    def _task(self, key: Scalar) -> str | None:
        return read_id(key.text, self.catalog.tasks).id


def _evidence(cell: Scalar) -> Items:
    return Items(tuple(Scalar(item, cell.place) for item in evidence_items(cell.text)), cell.place)


def _tree(unit: _Unit) -> Pairs:
    pairs: list[tuple[Scalar, Node]] = [(Scalar(UNIT, unit.name.place), unit.name)]
    if unit.period:
        pairs.append((Scalar(PERIOD, unit.period.place), unit.period))
    first = unit.tasks[0][0].place if unit.tasks else unit.name.place
    pairs.append((Scalar(TASKS, first), Pairs(tuple(unit.tasks), first)))
    return Pairs(tuple(pairs), unit.name.place)
