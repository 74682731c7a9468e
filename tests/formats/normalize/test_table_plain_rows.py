"""Rows that are read straight: the result is the same as with every row explained, with every finding."""

from __future__ import annotations

import csv
import io
import string
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.findings import Collector, sort_by_place
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.normalize import table
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.raw import RawTable, Row
from zhijiao20.formats.read import read_content
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
QUICK = settings(deadline=None, derandomize=True, max_examples=400)


def mostly(usual: list[str], odd: list[str]) -> st.SearchStrategy[str]:
    """Usual values, now and then an odd one: else every row would be odd."""
    return st.sampled_from(usual * (1 + 30 * len(odd) // len(usual)) + odd)


TASK = CATALOG.tasks["1.1"]
CELLS = {
    "单位": mostly(["甲", "乙", "丙", ""], ["甲 ", " ", "'=1"]),
    "报告期": mostly(["", "2020年"], ["2019年", " "]),
    "编号": mostly(["1.1", "1.2", "1.3", "2.1", "3.1", "4.1", "20.1"], ["１.1", "", "9.9", "编号", "'1.1"]),
    "部分": mostly(["", " "], ["二、", TASK.chapter]),
    "条目": mostly(["", TASK.article, TASK.article.replace("1.", "1．")], ["2."]),
    "任务": mostly(["", " "], [TASK.text, TASK.text + "！"]),
    "进展": mostly(["", "已完成", "不涉及"], ["完成", " 已完成", "不行"]),
    "落实情况": mostly(
        ["做了", "", " ", "'=做了", "甲\n乙", "'", "''a"], ["甲\r\n乙", "甲\x0b乙", "甲\x07", "落实情况"]
    ),
    "佐证": mostly(["", "一；二", "一\n二；三", " ", "'-一", "一\r二"], ["\x08"]),
    "说明": mostly(["", "记", "'+1"], ["\x01"]),
    "备注": st.sampled_from(["", "x"]),
}
NEEDED = ("单位", "编号", "落实情况")


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    others = draw(st.lists(st.sampled_from([*CELLS][:-1]), max_size=6, unique=True))
    header = draw(st.permutations([*NEEDED, *(name for name in others if name not in NEEDED)]))
    if draw(st.integers(0, 9)) == 0:
        header = draw(st.lists(st.sampled_from([*CELLS]), min_size=1, max_size=8))
    rows = [[draw(CELLS[name]) for name in header] for _ in range(draw(st.integers(1, 3)))]
    if draw(st.integers(0, 9)) == 0:
        rows.append(draw(st.lists(st.sampled_from(["", "甲", "1.1"]), max_size=12)))
    return [header, *rows]


def alike(outcome: Callable[[], object]) -> None:
    """Compare what comes of a table with what comes of it where no row counts as plain."""
    straight = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table._RowReader, "_take_plain", lambda *_: False)
        assert outcome() == straight


@given(tables(), mostly(["utf-8", "utf-8-sig"], ["utf-16"]), mostly([","], [";", "\t"]))
@QUICK
def test_csv_of_every_kind(rows: list[list[str]], encoding: str, delimiter: str) -> None:
    """Columns in any order, official wording changed or not, units carried down, escapes: never read otherwise."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    data = stream.getvalue().encode(encoding)

    def outcome() -> object:
        submissions, out = read_content(Path("某局.csv"), data, CATALOG)
        return submissions, [list(one.entries) for one in submissions], sort_by_place(out.findings)

    alike(outcome)


@given(tables(), st.lists(mostly([CATALOG.title, "", "单位：甲"], ["标题", "单位：甲　　报告期：2020年"]), max_size=2))
@QUICK
def test_sheets_of_every_kind(rows: list[list[str]], above: list[str]) -> None:
    """The same in a sheet, with lines above the header."""
    cells = [*([text] for text in above), *rows]

    def outcome() -> object:
        out = Collector("某局.xlsx")
        raw = RawTable(Row(number, row, string.ascii_uppercase) for number, row in enumerate(cells, start=1))
        try:
            units = table.units_from_table(raw, CATALOG, out, "某局")
        except FormatError as error:
            return str(error)
        return [build_submission(unit, CATALOG, out) for unit in units], sort_by_place(out.findings)

    alike(outcome)
