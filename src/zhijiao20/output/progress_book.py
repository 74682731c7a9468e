"""Write the state of a round as a workbook for the office: its units, its tasks, and all findings."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import islice

from zhijiao20.core.answer_counts import STATE_TITLES, count_by_group
from zhijiao20.core.answers import NOT_SENT, OUTSIDE
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.digest import NO_GROUP, By
from zhijiao20.core.findings import Report
from zhijiao20.core.levels import groups_of
from zhijiao20.core.round import STATE_NAMES, Round, State, states_of_tasks
from zhijiao20.core.rule_table import SEVERITY_NAMES, Severity
from zhijiao20.formats.xlsx.write import CREATED
from zhijiao20.output.round_data import place_words, unit_data
from zhijiao20.output.sheets import Column, Mark, Sheets
from zhijiao20.output.unit_notes import dates_words, note, shown

FINDINGS_LIMIT = 100_000
"""Rows of findings at most; what is beyond is counted."""

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
_MARKS: dict[str, Mark] = {
    **{
        state: Mark(name, _STATE_COLORS[state], state in {State.MISSING, State.UNREAD})
        for state, name in STATE_NAMES.items()
    },
    **{
        severity: Mark(name, _SEVERITY_COLORS[severity], severity is Severity.ERROR)
        for severity, name in SEVERITY_NAMES.items()
    },
}

_UNIT_COLUMNS = (
    Column("序号", 6, numbers=True),
    Column("单位", 30),
    Column("上级", 20),
    Column("类别", 12),
    Column("状态", 9),
    Column("过期", 7),
    Column("应填", 7, numbers=True),
    Column("已填", 7, numbers=True),
    Column("不涉及", 8, numbers=True),
    Column("没填", 7, numbers=True),
    Column("错误", 7, numbers=True),
    Column("警告", 7, numbers=True),
    Column("说明", 48),
    Column("文件", 32),
)
_TASK_COLUMNS = (
    Column("编号", 8),
    Column("任务", 60),
    Column("应填单位", 10, numbers=True),
    *(Column(title, 11, numbers=True) for title in STATE_TITLES.values()),
)
_GROUP_COLUMNS = (
    Column("单位", 8, numbers=True),
    Column("应填", 8, numbers=True),
    *(Column(title, 11, numbers=True) for title in STATE_TITLES.values()),
)
_FINDING_COLUMNS = (
    Column("单位", 26),
    Column("任务", 8),
    Column("轻重", 8),
    Column("规则", 9),
    Column("问题", 60),
    Column("怎样改", 44),
    Column("位置", 16),
    Column("文件", 36),
)
_OTHER_COLUMNS = (Column("文件", 44), Column("这是什么", 50), Column("怎样办", 44), Column("名字相近的单位", 34))


def progress_book(state: Round, report: Report, catalog: Catalog) -> bytes:
    """Return a workbook with sheets of the units, of the tasks, of the groups of units, and of the findings.

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
    sheets = Sheets(book, _MARKS)
    sheets.add("单位", _heading(state), _UNIT_COLUMNS, _unit_rows(state))
    sheets.add("任务", _task_heading(state), _TASK_COLUMNS, _task_rows(state, catalog))
    sheets.add("问题", _findings_heading(report), _FINDING_COLUMNS, _finding_rows(report))
    if state.others:
        rows = ([shown(o.path), o.what, o.hint, "、".join(o.nearest)] for o in state.others)
        sheets.add("认不出的文件", f"不知道是哪个单位的文件 {len(state.others)} 个", _OTHER_COLUMNS, rows)
    for by in By:
        if groups := list(_group_rows(state, by)):
            columns = (Column(str(by), 30), *_GROUP_COLUMNS)
            sheets.add(f"按{by}", f"按{by}统计：各单位各项任务之和", columns, groups)
    book.close()
    return stream.getvalue()


def _heading(state: Round) -> str:
    """Return what stands above the units: how many there are in each state, and for which day."""
    counts = "，".join(f"{STATE_NAMES[one]} {state.count(one)}" for one in State if state.count(one))
    dates = dates_words(state)
    return f"{len(state.units)} 个单位：{counts}" + (f"（{'，'.join(dates)}）" if dates else "")


def _unit_rows(state: Round) -> Iterable[Sequence[object]]:
    for number, unit in enumerate(state.units, start=1):
        data = unit_data(unit)
        yield [
            *(number, data["unit"], data["superior"], data["category"], unit.state, "过期" if data["overdue"] else ""),
            *(*data["tasks"].values(), data["errors"], data["warnings"]),
            *(note(unit, state.deadline), "\n".join(shown(file["path"]) for file in data["files"])),
        ]


def _task_heading(state: Round) -> str:
    received = sum(NOT_SENT not in unit.states for unit in state.units)
    return f"各项任务的进展：{len(state.units)} 个单位，其中 {received} 个的填报已读到；每行各数之和是应填单位"


def _task_rows(state: Round, catalog: Catalog) -> Iterable[Sequence[object]]:
    for task, units in states_of_tasks(state.units, tuple(catalog.tasks)):
        assigned = sum(number for letter, number in units.items() if letter != OUTSIDE)
        counts = [units.get(letter, 0) for letter in STATE_TITLES]
        yield [task, catalog.tasks[task].text, assigned, *counts]


def _group_rows(state: Round, by: By) -> Iterable[Sequence[object]]:
    """Yield the statistics of each group; nothing if no unit has one."""
    groups = [unit.category for unit in state.units]
    if by is By.SUPERIOR:
        groups = groups_of([unit.label for unit in state.units], [unit.superior for unit in state.units])
    answers = ((group, unit.states) for group, unit in zip(groups, state.units, strict=True))
    for group in count_by_group(answers, NO_GROUP[by]):
        assigned = sum(number for letter, number in group.answers.items() if letter != OUTSIDE)
        yield [group.name, group.units, assigned, *(group.answers.get(letter, 0) for letter in STATE_TITLES)]


def _findings_heading(report: Report) -> str:
    counts = "，".join(f"{report.count(severity)} 个{name}" for severity, name in SEVERITY_NAMES.items())
    more = len(report.findings) - FINDINGS_LIMIT
    return f"全部问题：{counts}" + (f"；后面还有 {more} 个没有列出，请按单位分开审核" if more > 0 else "")


def _finding_rows(report: Report) -> Iterable[Sequence[object]]:
    for finding in islice(report.findings, FINDINGS_LIMIT):
        rule = finding.rule
        yield [
            *(finding.unit or "", finding.task or "", finding.severity, rule.code, finding.message, finding.hint),
            *(place_words(finding), shown(finding.file)),
        ]
