"""Read the rows of a roster as units: columns by name, every fault at its cell, all faults in one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.duties import NOTATION, Duties, DutyReader
from zhijiao20.core.fields import CATEGORY, ID, STATUS, SUPERIOR, TASKS, UNIT
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.header_labels import UNIT_LABELS
from zhijiao20.core.limits import Limits, counted
from zhijiao20.core.roster import (
    ALIASES,
    CONTACT,
    DEADLINE,
    FORMAT,
    LEADS,
    ROSTER_COLUMNS,
    ROSTER_PHONE,
    Roster,
    RosterUnit,
    check_units,
)
from zhijiao20.core.submission import is_blank, unit_problem
from zhijiao20.core.wording import fold
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.normalize.clean_text import is_kept, keep_text
from zhijiao20.formats.normalize.columns import HEADER_WITHIN, TableKind, column_name, quote_list, unescape
from zhijiao20.formats.raw import RawTable, Row

if TYPE_CHECKING:
    from zhijiao20.formats.normalize.roster_schema import RosterRow

ROSTER_TABLE = TableKind(
    columns=ROSTER_COLUMNS,
    needed=(UNIT,),
    aliases={
        **dict.fromkeys((*UNIT_LABELS, "名称"), UNIT),
        **dict.fromkeys(("别名", "曾用名"), ALIASES),
        **dict.fromkeys(("主管单位", "报送渠道", "上级单位", "主管部门"), SUPERIOR),
        **dict.fromkeys(("分组", "单位类别", "单位类型"), CATEGORY),
        **dict.fromkeys(("负责任务", "责任任务", "责任分工", "承担任务", "任务分工", "任务编号", "负责的任务"), TASKS),
        **dict.fromkeys(("牵头任务", "牵头的任务", "牵头事项", "负责牵头"), LEADS),
        **dict.fromkeys(("截止日期", "截止时间", "报送截止"), DEADLINE),
        "联系电话": ROSTER_PHONE,
    },
    as_stored=frozenset({TASKS, LEADS, DEADLINE}),
    filled_down=frozenset({SUPERIOR, CATEGORY, TASKS, LEADS, FORMAT, DEADLINE, CONTACT, ROSTER_PHONE}),
    told_down=frozenset({TASKS, LEADS, FORMAT, DEADLINE, CONTACT, ROSTER_PHONE}),
    compared=frozenset(),
    header="名册的表头",
    join_hint="不是名册的工作表，请删去",
    numbered=False,
    move_hint="其中有单位的，请移到名册的表里",
)
"""The table of a roster."""

EXAMPLE = {
    UNIT: "例：澄州市第二职业学校",
    ALIASES: "二职校、市二职校",
    SUPERIOR: "澄州市教育局",
    CATEGORY: "学校",
    TASKS: "1.5、16.1-16.4、第3条",
    LEADS: "1.5",
    FORMAT: "docx",
    DEADLINE: "2020-07-10",
    CONTACT: "张老师",
    ROSTER_PHONE: "0000-1234567",
}
"""The row of an empty roster that shows how to fill one in; it is no unit."""

TITLE = "“职教20条”任务落实情况填报单位名册"
"""What stands above the header of an empty roster."""

_CHECKED = (UNIT, ALIASES, SUPERIOR, CATEGORY, FORMAT, DEADLINE, CONTACT, ROSTER_PHONE)
_EXAMPLE_KEYS = ("例:", "示例:", "(例)", "例如:")


def roster_from_table(table: RawTable, catalog: Catalog, out: Collector, limits: Limits) -> Roster:
    """Return the units of a roster; whatever is wrong with it is reported at its cell.

    Args:
        table: the rows as read, header included.
        catalog: the official list, by which the duties are read.
        out: receives the findings.
        limits: how many units there may be.

    Raises:
        FormatError: there are more units than the limit.
    """
    rows = iter(table.rows)
    first = list(islice(rows, HEADER_WITHIN))
    found = _find_header(first, out)
    if found is None:
        return Roster((), out.file)
    start, columns = found
    reader = _RosterReader(columns, first[start], catalog, out, limits)
    for row in first[start + 1 :]:
        reader.take(row)
    for row in rows:
        reader.take(row)
    return reader.finish()


def _find_header(rows: Sequence[Row], out: Collector) -> tuple[int, dict[str, int]] | None:
    """Return which row names the columns, and the index of each column by name; None where there is none."""
    best = ROSTER_TABLE.header_index([row.cells for row in rows])
    if best is None:
        out.add("ZJ701", "名册里没有内容", "用 zhijiao20 roster -o 名册.xlsx 生成一份空的来填")
        return None
    header = rows[best]
    place = header.place(0)
    if {ID, STATUS} <= set(map(column_name, header.cells)):
        hint = "名册一行一个单位；用 zhijiao20 roster -o 名册.xlsx 生成一份空的来填"
        out.add("ZJ701", "这是填报文件，不是名册：表头里有“编号”和“落实情况”", hint, place=place)
        return None
    columns: dict[str, int] = {}
    unknown: list[str] = []
    doubled = False
    for index, text in enumerate(header.cells):
        name = ROSTER_TABLE.column_name(text)
        if name not in ROSTER_COLUMNS:
            unknown.extend([text.strip()] if not is_blank(text) else [])
        elif name in columns:
            doubled = True
            message = f"{quote(header.cells[columns[name]].strip())}和{quote(text.strip())}都是“{name}”一列"
            out.add("ZJ701", message, "只留一列，或把另一列的列名改掉", place=header.place(index))
        else:
            columns[name] = index
    if UNIT not in columns:
        message = f"名册里没有“{UNIT}”一列。找到的是：{quote_list(header.cells) or '没有列名'}"
        out.add("ZJ701", message, f"表头写在最前面几行里，列名可以有：{'、'.join(ROSTER_COLUMNS)}", place=place)
        return None
    if unknown:
        hint = f"采用的列只有：{'、'.join(ROSTER_COLUMNS)}"
        if TASKS not in columns and any("任务" in name or "分工" in name for name in unknown):
            hint = f"{hint}；没有“{TASKS}”一列，各单位都算负责全部任务，是这一列的请把列名改成“{TASKS}”"
        out.add("ZJ709", f"未采用名册里不认识的列：{quote_list(unknown)}", hint, place=place)
    if above := [text for row in rows[:best] for text in row.cells if not is_blank(text) and fold(text) != fold(TITLE)]:
        message = f"表头上面的文字未采用：{quote_list(above)}"
        out.add("ZJ709", message, "是标题就不用管；是单位就移到表头下面", place=rows[0].place(0))
    return None if doubled else (best, columns)


class _RosterReader:
    """Reads the rows below the header one by one."""

    def __init__(
        self, columns: Mapping[str, int], header: Row, catalog: Catalog, out: Collector, limits: Limits
    ) -> None:
        from zhijiao20.formats.normalize.roster_schema import RosterRow

        self.model: type[RosterRow] = RosterRow
        self.columns, self.header, self.out, self.limits = columns, header, out, limits
        self.checked = [name for name in _CHECKED if name in columns]
        self.duties = DutyReader(catalog)
        self.units: list[RosterUnit] = []
        self.rows: list[tuple[Row, RosterUnit]] = []
        self.nameless = [index for index, text in enumerate(header.cells) if is_blank(text)]
        self.unnamed: dict[int, tuple[str, Place]] = {}
        self.beside: list[tuple[str, Place]] = []

    def take(self, row: Row) -> None:
        """Read a row: a unit, a repeated header, the example, or nothing."""
        texts = {name: self._text(row, name) for name in self.columns}
        for index in self.nameless:
            if index < len(row.cells) and not is_blank(row.cells[index]):
                self.unnamed.setdefault(index, (row.cells[index], row.place(index)))
        if all(map(is_blank, texts.values())):
            self._pass_over(row)
            return
        if self._is_header(texts):
            return
        if fold(texts[UNIT]).startswith(_EXAMPLE_KEYS):
            if any(text != EXAMPLE[name] for name, text in texts.items()):
                message = f"以“例：”开头的一行是例子，没有当作单位：{quote(texts[UNIT])}"
                self.out.add("ZJ709", message, "是单位就删去“例：”", place=self._place(row, UNIT))
            return
        if len(row.cells) > len(self.header.cells):
            extra = row.cells[len(self.header.cells) :]
            message = f"这一行比表头长，多出来的是{quote_list(extra) or '空格'}"
            hint = "一格里有半角逗号时，整格要用半角双引号括起来；用 Excel 或 WPS 另存会自动加上"
            self.out.add("ZJ707", message, hint, place=row.place(len(self.header.cells)))
        self._add(row, texts)

    def _pass_over(self, row: Row) -> None:
        """Note a row with words in columns that are not read only; a number alone is that of a row."""
        for index, text in enumerate(row.cells):
            if any(map(str.isalpha, text)):
                self.beside.append((text, row.place(index)))
                break

    def _add(self, row: Row, texts: Mapping[str, str]) -> None:
        if len(self.units) >= self.limits.roster_units:
            message = f"名册里的单位超过 {counted(self.limits.roster_units, '个')}，没有读取"
            raise FormatError("ZJ001", message, "请核对文件来源，或分成几份名册", row.place(0))
        name = texts[UNIT].strip()
        out = self.out.of_unit(None if unit_problem(name) else name)
        checked, whole = self._checked(row, texts, out)
        tasks = self._duties(row, TASKS, texts, out)
        leads = self._duties(row, LEADS, texts, out)
        both = self.duties.in_order({*tasks, *leads})
        unit = RosterUnit(
            checked.单位,
            checked.简称,
            checked.上级,
            checked.类别,
            both,
            leads,
            checked.格式,
            checked.截止,
            checked.联系人,
            checked.电话,
            self._place(row, UNIT),
        )
        if whole:
            self.units.append(unit)
        self.rows.append((row, unit))

    def _checked(self, row: Row, texts: Mapping[str, str], out: Collector) -> tuple[RosterRow, bool]:
        """Return the checked cells of a row, and whether all of them are right; each fault is reported.

        A faulty cell is replaced by what it counts as where units are compared.
        """
        from pydantic import ValidationError

        cells = {name: texts[name] for name in self.checked}
        try:
            return self.model.model_validate(cells), True
        except ValidationError as error:
            instead: dict[str, object] = {}
            for fault in error.errors(include_url=False, include_input=False):
                context, name = fault["ctx"], str(fault["loc"][0])
                out.add(fault["type"], context["message"], context["hint"], place=self._place(row, name))
                instead[name] = context["instead"]
        right = {name: text for name, text in cells.items() if name not in instead}
        return self.model.model_validate({UNIT: "甲", **right}).model_copy(update=instead), False

    def _duties(self, row: Row, name: str, texts: Mapping[str, str], out: Collector) -> tuple[str, ...]:
        """Return the tasks that a cell names; without such a column, all tasks (任务) or none (牵头)."""
        duties: Duties = self.duties.read(texts.get(name, ""), blank_means_all=name == TASKS)
        place = self._place(row, name) if duties.faults or duties.idle or not duties.tasks else None
        if place is None:
            return duties.tasks
        for fault in duties.faults:
            out.add("ZJ706", f"“{name}”一格：{fault.message}", fault.hint, place=place)
        for item in duties.idle:
            message = f"“{name}”一格的{quote(item)}没有去掉任何任务"
            hint = "“除”只管它后面的一项，要去掉的每一项前面都写“除”；只写带“除”的项，就是其余全部"
            out.add("ZJ708", message, hint, place=place)
        if not duties.tasks and not duties.faults and texts.get(name, "").strip():
            out.add("ZJ706", f"“{name}”一格去掉以后，一项任务也没有剩下", NOTATION, place=place)
        return duties.tasks

    def finish(self) -> Roster:
        """Return the roster after the last row, and report what is wrong between its units."""
        for text, place in self.unnamed.values():
            message = f"有一列没有列名，未采用；里面有文字，如{quote(text)}"
            self.out.add("ZJ709", message, "要用就写上列名", place=place)
        for text, place in self.beside[:1]:
            message = f"有 {len(self.beside)} 行没有单位，未采用；里面有文字，如{quote(text)}"
            self.out.add("ZJ709", message, f"是单位就写进“{UNIT}”一列", place=place)
        for fault in check_units([unit for _, unit in self.rows]):
            row, unit = self.rows[fault.unit]
            out = self.out.of_unit(unit.name or None)
            out.add(fault.code, fault.message, fault.hint, place=self._place(row, fault.column))
        if not self.units and not any(
            finding.rule.code.startswith("ZJ7") and finding.rule.code < "ZJ708" for finding in self.out.findings
        ):
            self.out.add("ZJ701", "名册的表头下面没有一个单位", "一行写一个单位", place=self.header.place(0))
        return Roster(tuple(self.units), self.out.file)

    def _text(self, row: Row, name: str) -> str:
        """Return the text of a cell without what Word cannot hold, which is reported."""
        index = self.columns[name]
        text = unescape(row.cells[index]) if index < len(row.cells) else ""
        return text if is_kept(text) else keep_text(text, self.out, place=row.place(index), task=None, field=name)

    def _place(self, row: Row, name: str) -> Place:
        return row.place(self.columns.get(name, self.columns[UNIT]))

    def _is_header(self, texts: Mapping[str, str]) -> bool:
        """Whether the header is repeated here, as on each page of a long table."""
        return all(ROSTER_TABLE.column_name(text) == name for name, text in texts.items())
