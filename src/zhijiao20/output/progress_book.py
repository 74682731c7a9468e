"""Write the state of a round as a workbook for the office: its units, its tasks, and all findings."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from zhijiao20.core.answers import DONE, EMPTY, NOT_APPLICABLE, NOT_SENT, NOT_STARTED, ONGOING, OUTSIDE, UNMARKED
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.deadline import show_date
from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.round import STATE_NAMES, Round, State, states_of_tasks
from zhijiao20.core.rule_table import SEVERITY_NAMES, Severity
from zhijiao20.formats.xlsx.write import CREATED, HEI, SONG, write_text
from zhijiao20.output.unit_notes import note, shown

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FINDINGS_LIMIT = 100_000
"""Rows of findings at most; what is beyond is counted."""

_LONGEST = 2000  # characters of a cell
_STATE_COLORS = {
    State.MISSING: "#F4B6B6",
    State.UNREAD: "#F7C9A0",
    State.SEVERAL: "#F9DDA8",
    State.BLANK: "#E6C7E6",
    State.ERRORS: "#F9E7A8",
    State.WARNINGS: "#DCE9F7",
    State.CLEAN: "#D3EBCF",
}
_SEVERITY_COLORS = {Severity.ERROR: "#F4B6B6", Severity.WARNING: "#F9E7A8", Severity.INFO: "#E8EDF2"}
_PROGRESS = (
    ("已完成", DONE),
    ("推进中", ONGOING),
    ("未启动", NOT_STARTED),
    ("不涉及", NOT_APPLICABLE),
    ("未注明进展", UNMARKED),
    ("没有填", EMPTY),
    ("没有收到", NOT_SENT),
)


class _Column(NamedTuple):
    """A column of a sheet: its title, its width in characters, and whether it holds numbers."""

    title: str
    width: int
    numbers: bool = False


_UNIT_COLUMNS = (
    _Column("序号", 6, numbers=True),
    _Column("单位", 30),
    _Column("上级", 20),
    _Column("类别", 12),
    _Column("状态", 9),
    _Column("过期", 7),
    _Column("应填", 7, numbers=True),
    _Column("已填", 7, numbers=True),
    _Column("不涉及", 8, numbers=True),
    _Column("没填", 7, numbers=True),
    _Column("错误", 7, numbers=True),
    _Column("警告", 7, numbers=True),
    _Column("说明", 48),
    _Column("文件", 32),
)
_TASK_COLUMNS = (
    _Column("编号", 8),
    _Column("任务", 60),
    _Column("应填单位", 10, numbers=True),
    *(_Column(title, 11, numbers=True) for title, _ in _PROGRESS),
)
_FINDING_COLUMNS = (
    _Column("单位", 26),
    _Column("任务", 8),
    _Column("轻重", 8),
    _Column("规则", 9),
    _Column("问题", 60),
    _Column("怎样改", 44),
    _Column("位置", 16),
    _Column("文件", 36),
)
_OTHER_COLUMNS = (_Column("文件", 44), _Column("这是什么", 50), _Column("怎样办", 44), _Column("名字相近的单位", 34))


def progress_book(state: Round, report: Report, catalog: Catalog) -> bytes:
    """Return a workbook with a sheet of the units, one of the tasks, and one of the findings.

    Args:
        state: the state of the round.
        report: the findings.
        catalog: the official list.
    """
    import xlsxwriter

    stream = io.BytesIO()
    # Row by row, so that a hundred thousand findings take no memory; without links and formulas from texts.
    book = xlsxwriter.Workbook(
        stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": "填报进度", "created": CREATED})
    sheets = _Sheets(book)
    sheets.add("单位", _heading(state), _UNIT_COLUMNS, _unit_rows(state))
    sheets.add("任务", _task_heading(state), _TASK_COLUMNS, _task_rows(state, catalog))
    sheets.add("问题", _findings_heading(report), _FINDING_COLUMNS, _finding_rows(report))
    if state.others:
        rows = ([shown(o.path), o.what, o.hint, "、".join(o.nearest)] for o in state.others)
        sheets.add("认不出的文件", f"不知道是哪个单位的文件 {len(state.others)} 个", _OTHER_COLUMNS, rows)
    book.close()
    return stream.getvalue()


def _heading(state: Round) -> str:
    """Return what stands above the units: how many there are in each state, and for which day."""
    counts = "，".join(f"{STATE_NAMES[one]} {state.count(one)}" for one in State if state.count(one))
    dates = [f"截止 {show_date(state.deadline)}"] if state.deadline else []
    dates += [f"{show_date(state.today)}统计"] if state.today else []
    return f"{len(state.units)} 个单位：{counts}" + (f"（{'，'.join(dates)}）" if dates else "")


def _unit_rows(state: Round) -> Iterable[Sequence[object]]:
    for number, unit in enumerate(state.units, start=1):
        tasks, counts = unit.tasks, unit.counts
        yield [
            *(number, unit.unit, unit.superior, unit.category, unit.state, "过期" if unit.overdue else ""),
            *(tasks.assigned, tasks.filled, tasks.not_applicable, tasks.empty),
            *(counts.get(Severity.ERROR, 0), counts.get(Severity.WARNING, 0)),
            *(note(unit, state.deadline), "\n".join(shown(file.path) for file in unit.files)),
        ]


def _task_heading(state: Round) -> str:
    received = sum(NOT_SENT not in unit.states for unit in state.units)
    return f"各项任务的进展：{len(state.units)} 个单位，其中 {received} 个的填报已读到；每行各数之和是应填单位"


def _task_rows(state: Round, catalog: Catalog) -> Iterable[Sequence[object]]:
    for task, units in states_of_tasks(state.units, tuple(catalog.tasks)):
        assigned = sum(number for letter, number in units.items() if letter != OUTSIDE)
        counts = [units.get(letter, 0) for _, letter in _PROGRESS]
        yield [task, catalog.tasks[task].text, assigned, *counts]


def _findings_heading(report: Report) -> str:
    counts = "，".join(f"{report.count(severity)} 个{name}" for severity, name in SEVERITY_NAMES.items())
    more = len(report.findings) - FINDINGS_LIMIT
    return f"全部问题：{counts}" + (f"；后面还有 {more} 个没有列出，请按单位分开审核" if more > 0 else "")


def _finding_rows(report: Report) -> Iterable[Sequence[object]]:
    for finding in islice(report.findings, FINDINGS_LIMIT):
        rule = finding.rule
        yield [
            *(finding.unit or "", finding.task or "", finding.severity, rule.code, finding.message, finding.hint),
            *(_place(finding), shown(finding.file)),
        ]


def _place(finding: Finding) -> str:
    place = finding.place
    line = f"第 {place.line} 行" if place.line else ""
    return place.cell or (f"{line}第 {place.column} 列" if place.column else line)


class _Sheets:
    """Adds sheets of one kind: a heading, a frozen head with filters, rows, and a set-up for print."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        base: dict[str, Any] = {
            "font_name": SONG,
            "font_size": 10.5,
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
        }
        base |= {"border_color": "#BFBFBF"}
        self._text: Format = book.add_format({**base, "num_format": "@"})
        self._number: Format = book.add_format({**base, "align": "center"})
        self._head: Format = book.add_format({**base, "font_name": HEI, "bg_color": "#D9E2EC", "align": "center"})
        self._title: Format = book.add_format({"font_name": HEI, "font_size": 13, "valign": "vcenter"})
        self._colored: dict[str, tuple[str, Format]] = {}
        for value, name in (*STATE_NAMES.items(), *SEVERITY_NAMES.items()):
            color = _STATE_COLORS[value] if isinstance(value, State) else _SEVERITY_COLORS[Severity(value)]
            bold = value in {State.MISSING, State.UNREAD, Severity.ERROR}
            self._colored[value] = name, book.add_format({**base, "bg_color": color, "align": "center", "bold": bold})

    def add(self, name: str, heading: str, columns: Sequence[_Column], rows: Iterable[Sequence[object]]) -> None:
        """Add a sheet."""
        sheet: Worksheet = self._book.add_worksheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, heading, self._title)
        sheet.set_row(1, 22)
        for index, column in enumerate(columns):
            sheet.write_string(1, index, column.title, self._head)
        last = 1
        for last, row in enumerate(rows, start=2):
            sheet.set_row(last, _height(row, columns))
            for index, value in enumerate(row):
                self._write(sheet, last, index, value)
        sheet.autofilter(1, 0, last, len(columns) - 1)
        sheet.freeze_panes(2, 2)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + len(columns) - 1)}{last + 1}"})
        _set_up_printing(sheet, name)

    def _write(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        if isinstance(value, State | Severity):
            name, style = self._colored[value]
            sheet.write_string(row, column, name, style)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._number)
        elif value == "":
            sheet.write_blank(row, column, None, self._text)
        else:
            write_text(sheet, row, column, _cell(str(value)), self._text)


def _cell(text: str) -> str:
    """Return a text for a cell: its lines escaped, and cut if it is very long."""
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "……"
    return "\n".join(map(escape_controls, cut.split("\n")))


def _height(row: Sequence[object], columns: Sequence[_Column]) -> float:
    """Return the height of a row that shows its texts in full; programs do not measure rows that are written."""
    lines = 1
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(-(-_columns(line) // column.width) or 1 for line in value.split("\n")))
    return min(15.0 * lines + 4, 400)


def _columns(text: str) -> int:
    """Return how many columns of a sheet a text takes; a Chinese character takes two."""
    return sum(2 if char > "\u2e7f" else 1 for char in text[:_LONGEST])


def _set_up_printing(sheet: Worksheet, name: str) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer(f"&L{name}&C第 &P 页，共 &N 页")
