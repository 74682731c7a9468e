"""The workbook of a round, as openpyxl and the program itself read it."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from program import run
from rounds import UNITS, put_round
from status_files import put, sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import NOWHERE, Finding, Report
from zhijiao20.core.round import OtherFile, Round, State, UnitState
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.submission import TaskCounts
from zhijiao20.output import progress_book as module
from zhijiao20.output.progress_book import progress_book

pytestmark = pytest.mark.usefixtures("work_folder")


def rows(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_units_tasks_and_problems(catalog: Catalog) -> None:
    """Every unit with its state; every task with counts that add up; every finding; the files of nobody."""
    put_round(catalog)
    result = run("collect", "--today", "2020-07-11", "-o", "进度.xlsx")
    assert result.stderr.endswith("已生成 进度.xlsx\n")
    book = openpyxl.load_workbook("进度.xlsx")
    assert book.sheetnames == ["单位", "任务", "问题", "认不出的文件", "按类别", "按上级"]
    units, tasks, problems, others, *groups = map(rows, book.worksheets)
    assert units[0][0] == (
        "45 个单位：未报 4，读不了 3，多份 1，空表 1，有错误 12，有疑问 4，合格 20（截止 2020年7月10日，2020年7月11日统计）"
    )
    assert [row[1] for row in units[2:]] == UNITS
    assert units[2][4:12] == ["未报", "过期", 87, 0, 0, 87, 0, 0]
    assert units[-1][4:12] == ["合格", None, 87, 87, 0, 0, 0, 0]
    assert [row[0] for row in tasks[2:]] == [*catalog.tasks]
    assert all(row[2] == 45 == sum(row[3:]) for row in tasks[2:])
    assert tasks[2][7:] == [37, 1, 7]
    assert {row[2] for row in problems[2:]} <= {"错误", "警告", "提示"}
    assert len(others) == 2 + 5
    superiors = {row[2] for row in units[2:]}
    by_superior = (row[2] or (row[1] if row[1] in superiors else "直接报送") for row in units[2:])
    expected = [Counter(row[3] or "未注明类别" for row in units[2:]), Counter(by_superior)]
    for group, counted in zip(groups, expected, strict=True):
        assert {row[0]: row[1] for row in group[2:]} == counted
        assert [sum(column) for column in zip(*(row[2:] for row in group[2:]), strict=True)] == [
            sum(column) for column in zip(*(row[2:] for row in tasks[2:]), strict=True)
        ]


def test_sheets_are_fit_for_reading_and_for_print(catalog: Catalog) -> None:
    """Filters, frozen heads, a page wide, the head on every page; states differ by colour and by text."""
    put_round(catalog)
    run("collect", "--today", "2020-07-11", "-o", "进度.xlsx")
    book = openpyxl.load_workbook("进度.xlsx")
    for sheet in book.worksheets:
        assert sheet.auto_filter.ref == f"A2:{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"
        assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.fitToHeight) == ("C3", "$2:$2", 0)
        assert sheet.page_setup.orientation == "landscape"
    colors = {row[4].value: row[4].fill.fgColor.rgb for row in book["单位"].iter_rows(min_row=3)}
    assert len(colors) == len(set(colors.values())) == 7


def test_texts_stay_texts(catalog: Catalog) -> None:
    """No formula, no link, no control character; a unit named like a state is no state."""
    unit = UnitState('=HYPERLINK("http://x")', "a", State.CLEAN, tasks=TaskCounts(87, 87, 0, 0), states="f" * 87)
    named = UnitState("missing", "b", State.CLEAN, superior="http://x", states="f" * 87)
    finding = Finding("\x01甲.yaml", NOWHERE, None, None, RULES["ZJ001"], "长" * 5000 + "\x01", "")
    state = Round([unit, named], [OtherFile("=1", "+1", "@a"), OtherFile("<r></b></r>", "", "")])
    data = progress_book(state, Report(1, 1, (finding,)), catalog)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [row[1] for row in rows(book["单位"])[2:]] == ['=HYPERLINK("http://x")', "missing"]
    assert all(cell.data_type != "f" and cell.hyperlink is None for sheet in book for row in sheet for cell in row)
    assert rows(book["认不出的文件"])[3][0] == "<r></b></r>"
    (problem,) = rows(book["问题"])[2:]
    assert problem[4] == "长" * 2000 + "……"
    assert problem[7] == "\\x01甲.yaml"


def test_no_more_findings_than_a_sheet_holds(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are counted."""
    monkeypatch.setattr(module, "FINDINGS_LIMIT", 2)
    put("甲局.yaml", sound("甲局", catalog, {"1.1": "", "1.2": "", "1.3": ""}))
    run("collect", "甲局.yaml", "-o", "进度.xlsx")
    (title, *_), _, *listed = rows(openpyxl.load_workbook("进度.xlsx")["问题"])
    assert title == "全部问题：3 个错误，0 个警告，0 个提示；后面还有 1 个没有列出，请按单位分开审核"
    assert len(listed) == 2


def test_the_workbook_is_no_status_file(catalog: Catalog) -> None:
    """Beside the files, under its usual name in the project's folder, it is not read again."""
    put("zhijiao20.toml", "")
    put("甲局.yaml", sound("甲局", catalog))
    for _ in range(2):
        assert run("collect", ".", "-o", "进度.xlsx").exit_code == 0
    assert run("validate", ".").exit_code == 0


def test_the_same_bytes_every_time(catalog: Catalog) -> None:
    """Nothing of the clock is in it."""
    put("甲局.yaml", sound("甲局", catalog))
    found = []
    for name in ("一.xlsx", "二.xlsx"):
        run("collect", "甲局.yaml", "-o", name, "--today", "2020-07-11")
        found.append(Path(name).read_bytes())
    assert found[0] == found[1]
