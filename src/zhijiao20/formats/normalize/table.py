"""Read the rows of a CSV file or a sheet as units: columns by name, wording checked, units told apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter

from zhijiao20.core.catalog import Catalog, Task
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
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.levels import full_label
from zhijiao20.core.submission import PROGRESS_WORDS, Entry, is_blank, unit_problem
from zhijiao20.core.unit_names import plain_unit
from zhijiao20.core.wording import fold
from zhijiao20.formats.normalize.clean_text import is_kept
from zhijiao20.formats.normalize.closing_rows import ClosingRows, report_closing
from zhijiao20.formats.normalize.columns import (
    HEADER_WITHIN,
    column_name,
    evidence_items,
    find_header,
    lead_texts,
    quote_list,
    unescape,
)
from zhijiao20.formats.normalize.form_table import with_ids
from zhijiao20.formats.normalize.lead_lines import Lead, read_lead
from zhijiao20.formats.normalize.official_columns import OfficialColumns, shows
from zhijiao20.formats.normalize.submission import name_from_file, report_unit_normalized
from zhijiao20.formats.normalize.table_units import TableUnit, TableUnits
from zhijiao20.formats.normalize.task_ids import read_id
from zhijiao20.formats.raw import BELOW_LIMIT, Items, Node, OddEntry, Pairs, RawTable, RawUnit, Row, Scalar

_ENTRY_COLUMNS = (PROGRESS, STATUS, EVIDENCE, REMARK)
_PLAIN_COLUMNS = (UNIT, SUPERIOR, STATUS, PROGRESS, EVIDENCE, REMARK, PERIOD, CHAPTER, ARTICLE, TASKS)
_EVIDENCE_LIMIT = 200_000  # items of 佐证 in a table; a unit has some hundred


def units_from_table(table: RawTable, catalog: Catalog, out: Collector, stem: str) -> list[RawUnit]:
    """Return every unit of a table, in the order in which they first occur.

    Args:
        table: the rows as read, header included.
        catalog: the official wording that the columns 部分, 条目 and 任务 are compared with.
        out: receives a finding for everything that is wrong or was corrected.
        stem: the unit's name where the table has no column 单位: the file's name without its suffix.

    Returns:
        The units; none where the table has no usable header.
    """
    rows = with_ids(table.rows, catalog, out)
    first = list(islice(rows, HEADER_WITHIN))
    found = find_header(first, out)
    if found is None:
        return []
    start, columns = found
    header = first[start]
    lead = read_lead(first[:start])
    reader = _RowReader(columns, header, catalog, out, stem, lead)
    for row in first[start + 1 :]:
        reader.take(row)
    for row in rows:
        reader.take(row)
    reader.report_unnamed_columns()
    report_closing(reader.closing.lines(), out)
    units = reader.units.all
    for unit in units if PERIOD not in columns and lead.period else ():
        unit.period = unit.period or lead.period
    above = lead.rest(first[:start], unit=UNIT not in columns, period=PERIOD not in columns)
    _report_above(above, header, [(unit.name, unit.period) for unit in units], catalog, out)
    if not reader.filled:
        out.add("ZJ118", "表头以下没有一行填报内容", "请向填报单位要回填好的文件", place=header.place(0))
    raws = [unit.raw() for unit in units]
    for raw in raws if reader.from_file_name else ():
        raw.from_file_name, raw.below = True, [*reader.below, *reader.closing.lines()]
    return raws


def _report_above(
    above: Sequence[Row], header: Row, units: Sequence[tuple[Scalar, Scalar | None]], catalog: Catalog, out: Collector
) -> None:
    """Report rows above the header, which are not read, unless they hold only what the table itself says."""
    if not above:
        return
    known = lead_texts([(name.text, period.text if period else "") for name, period in units], catalog)
    if any(not is_blank(cell) and fold(cell) not in known for row in above for cell in row.cells):
        message = f"表头之前的 {len(above)} 行未采用"
        out.add("ZJ110", message, "如果其中有要填报的内容，请移到表头以下", place=header.place(0))


class _RowReader:
    """Reads the rows below the header one by one."""

    def __init__(
        self, columns: dict[str, int], header: Row, catalog: Catalog, out: Collector, stem: str, lead: Lead
    ) -> None:
        self.columns, self.width, self.catalog, self.out = columns, len(header.cells), catalog, out
        self.id_column, self.status_column, self.tasks = columns[ID], columns[STATUS], catalog.tasks
        self.nameless = [index for index, text in enumerate(header.cells) if is_blank(text)]
        self.unnamed: dict[int, tuple[str, Place]] = {}
        self.units = TableUnits()
        self.filled = False
        self.unit = Scalar("")
        self.trimmed: set[str] = set()  # names that were reported as written with more than the name
        self.written = ""  # the unit as the last row that names one writes it
        self.superior = ""  # the superior of the last row that names one, as it is written
        self.unit_name: str | None = None  # the unit that findings name, where it can be one
        self.current: TableUnit | None = None
        self.from_file_name = UNIT not in columns and lead.unit is None
        self.closing = ClosingRows()
        self.below: list[Scalar] = []  # the last rows with one text, one of which may be the unit that closes the form
        if UNIT not in columns:
            self.unit = lead.unit or Scalar(name_from_file(stem, out))
        self.evidence_left = _EVIDENCE_LIMIT
        self.official = OfficialColumns(catalog)
        # A column that is not there is the empty cell behind the last one.
        self.plain_cells = itemgetter(*(columns.get(name, -1) for name in _PLAIN_COLUMNS))

    def take(self, row: Row) -> None:
        """Read a row: straight where it is plain, else with an explanation for all that is not."""
        cells = row.cells
        task = self.tasks.get(cells[self.id_column]) if len(cells) == self.width else None
        if task is None and self.closing.take(row):
            return
        if self.closing.rows:
            self._go_on()
        if task is None or not self._take_plain(row, task):
            self._take_odd(row)

    def _go_on(self) -> None:
        """Read rows that seemed to close the table as what they are: another row follows."""
        for row in self.closing.given_back():
            self._take_odd(row)

    def _take_plain(self, row: Row, task: Task) -> bool:
        """Read a row with a known id, official wording and plain texts; whether it is one."""
        name, superior, status, progress, evidence, remark, period, chapter, article, wording = self.plain_cells(
            (*row.cells, "")
        )
        texts = f"{status}\n{evidence}\n{remark}"
        if progress not in PROGRESS_WORDS or not is_kept(texts):
            return False
        if (chapter != task.chapter or article != task.article or wording != task.text) and not (
            shows(chapter, task.chapter) and shows(article, task.article) and shows(wording, task.text)
        ):
            return False
        if self.nameless and any(row.cells[index] for index in self.nameless):
            return False
        same = self.current if name == self.written and superior == self.superior else None
        unit = same or self._enter(row)
        if period and (unit.period is None or unit.period.text != period):
            return False
        if "'" in texts:
            status, evidence, remark = unescape(status), unescape(evidence), unescape(remark)
        if evidence:
            self.evidence_left -= evidence.count("\n") + evidence.count("；")
        if self.evidence_left < 0:
            return False
        items = tuple(evidence_items(evidence)) if evidence else ()
        place, text_place = row.places(self.id_column, self.status_column)
        unit.entries.append(Entry(task.id, PROGRESS_WORDS[progress], status, items, remark, {}, place, text_place))
        self.filled = True
        return True

    def _name_unit(self, row: Row) -> None:
        """Take the unit that a row names; an empty cell takes the one above."""
        unit = self._cell(row, UNIT)
        if unit and not is_blank(unit.text):
            self.unit, self.written = self._plain_unit(unit), row.cells[self.columns[UNIT]]
            self.current = None
        if (superior := self._text(row, SUPERIOR)) != self.superior:
            self.superior, self.current = superior, None
        name = full_label(self.unit.text, unescape(self.superior).strip())
        self.unit_name = None if unit_problem(self.unit.text) else name

    def _plain_unit(self, written: Scalar) -> Scalar:
        """Return the name of a unit without what is no part of it, which is reported once for each spelling."""
        name = plain_unit(written.text)
        if name == written.text or unit_problem(name):
            return written
        if written.text not in self.trimmed:
            self.trimmed.add(written.text)
            report_unit_normalized(written, name, self.out)
        return written._replace(text=name)

    def _enter(self, row: Row) -> TableUnit:
        """Return the unit of a row, with the 报告期 that the row gives."""
        self._name_unit(row)
        if not self.unit.text:
            self.unit = Scalar("", row.place(0))
        if self.current is None:
            self.current = self.units.find(self.unit, self._cell(row, SUPERIOR))
        if (period := self._cell(row, PERIOD)) and not is_blank(period.text):
            self.current.period = _first_period(self.current.period, period, self.out.of_unit(self.unit_name))
        return self.current

    def _take_odd(self, row: Row) -> None:
        if all(map(is_blank, row.cells)) or self._is_header(row):
            return
        if self.from_file_name:
            self._keep_line(row)
        self.filled = True
        key = self._cell(row, ID) or Scalar("", row.place(0))
        if is_blank(key.text) and is_blank((self._cell(row, STATUS) or key).text):
            self.official.report_note(row, self.out.of_unit(self.unit_name))
            return
        self._name_unit(row)
        out = self.out.of_unit(self.unit_name)
        for index in self.nameless[: bisect_left(self.nameless, len(row.cells))]:  # there may be many more than cells
            if not is_blank(row.cells[index]):
                self.unnamed.setdefault(index, (row.cells[index], row.place(index)))
        if len(row.cells) > self.width:
            self._report_too_long(row, key, out)
        if is_blank(key.text):
            self.official.report_no_id(row, key, self._cell(row, TASKS), self._cell(row, STATUS), out)
            return
        unit = self._enter(row)
        if task := self.catalog.tasks.get(self._task(key) or ""):
            self.official.compare(task, {name: self._cell(row, name) for name in (CHAPTER, ARTICLE, TASKS)}, out)
        unit.entries.append(OddEntry(key, Pairs(tuple(self._fields(row, out)), key.place)))

    def _keep_line(self, row: Row) -> None:
        """Keep a row with a single text, which may be the unit that closes the form."""
        texts = [text for text in row.cells if not is_blank(text)]
        if len(texts) == 1:
            self.below.append(Scalar(texts[0].strip(), row.place(0)))
            del self.below[:-BELOW_LIMIT]

    def report_unnamed_columns(self) -> None:
        """Report columns without a name that hold a text, which is not read."""
        for text, place in self.unnamed.values():
            message = f"有一列没有列名，未采用；里面有文字，如{quote(text)}"
            self.out.add("ZJ110", message, "是填报内容就在表头写上列名", place=place)

    def _is_header(self, row: Row) -> bool:
        """Whether the header is repeated here, as in tables pasted below one another."""
        cells = row.cells
        return all(index < len(cells) and column_name(cells[index]) == name for name, index in self.columns.items())

    def _cell(self, row: Row, name: str) -> Scalar | None:
        index = self.columns.get(name)
        if index is None or index >= len(row.cells):
            return None
        return Scalar(unescape(row.cells[index]), row.place(index))

    def _text(self, row: Row, name: str) -> str:
        index = self.columns.get(name, len(row.cells))
        return row.cells[index] if index < len(row.cells) else ""

    def _fields(self, row: Row, out: Collector) -> Iterator[tuple[Scalar, Node]]:
        for name in _ENTRY_COLUMNS:
            if cell := self._cell(row, name):
                yield Scalar(name, cell.place), self._evidence(cell, out) if name == EVIDENCE else cell

    def _evidence(self, cell: Scalar, out: Collector) -> Items:
        self.evidence_left -= cell.text.count("\n") + cell.text.count("；")
        if self.evidence_left < 0:  # a cell of semicolons would become a million objects
            message = f"佐证太多，到这里超过 {_EVIDENCE_LIMIT // 10_000} 万条，没有采用"
            out.add("ZJ104", message, "只写文号和文件名，或分成几个文件报送", place=cell.place)
            return Items((), cell.place)
        return Items(tuple(Scalar(item, cell.place) for item in evidence_items(cell.text)), cell.place)

    def _report_too_long(self, row: Row, key: Scalar, out: Collector) -> None:
        extra = [text for text in row.cells[self.width :] if text]
        shown = "：" + quote_list(extra) if extra else "（空格）"
        out.add(
            "ZJ116",
            f"这一行有 {len(row.cells)} 格，表头只有 {self.width} 格，多出来的是{shown}",
            "文字里有半角逗号时，整格要用半角双引号括起来；用 Excel 或 WPS 另存会自动加上",
            place=row.place(self.width),
            task=self._task(key),
        )

    def _task(self, key: Scalar) -> str | None:
        return read_id(key.text, self.catalog.tasks).id


def _first_period(first: Scalar | None, other: Scalar, out: Collector) -> Scalar:
    if first and first.text != other.text:
        message = f"同一单位的报告期不一致：前面是{quote(first.text)}，这里是{quote(other.text)}，已采用前面的"
        out.add("ZJ111", message, "一份文件只填一个报告期", place=other.place)
    return first or other
