"""The official form typed as a table: no 编号, the unit above, tasks found by their wording."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from zhijiao20.core.submission import Submission
from zhijiao20.formats.normalize.form_table import Wordings, form_names
from zhijiao20.formats.read import read_content
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
TASK, NEXT, THIRD = list(CATALOG.tasks.values())[:3]
HEAD = ["部分", "条目", "任务", "落实情况"]
ROW = [TASK.chapter, TASK.article, TASK.text, "修订标准8项。"]
BY_WORDING = "表里没有“编号”一列，已按任务的文字认出是哪一项"


def read(
    *rows: list[str], name: str = "甲.csv"
) -> tuple[list[Submission], list[tuple[str, int | None, int | None, str]]]:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    submissions, out = read_content(Path(name), stream.getvalue().encode("utf-8-sig"), CATALOG)
    return submissions, sorted((one.rule.code, one.place.line, one.place.column, one.message) for one in out.findings)


def statuses(submission: Submission) -> dict[str, str]:
    return {task: entry.status for task, entry in submission.entries.items()}


@pytest.mark.parametrize(
    "head", [HEAD, ["任务", "", "任务", "落实情况（截至2020年6月）"], ["任务", "任务", "任务", "落实情况"]]
)
def test_rows_are_found_by_their_wording(head: list[str]) -> None:
    """Title, unit and period stand above; titles only in the first row of those they are merged over."""
    lead = [["附表2：“职教20条”相关任务落实情况一览表"], ["填报单位：", "澄州市教育局", "报告期：2020年上半年"]]
    (unit,), said = read(*lead, head, ROW, ["", "", f" {NEXT.text}", "建成3所。"])
    assert (unit.unit, unit.period) == ("澄州市教育局", "2020年上半年")
    assert statuses(unit) == {TASK.id: "修订标准8项。", NEXT.id: "建成3所。"}
    assert said == [("ZJ109", 3, 3, BY_WORDING)]


def test_only_one_column_of_titles() -> None:
    """It may hold those of the chapters or those of the articles."""
    (unit,), said = read(
        ["填报单位：甲县"], ["任务", "任务", "落实情况"], [TASK.article, TASK.text, "x"], ["六、改", NEXT.text, "y"]
    )
    assert statuses(unit) == {TASK.id: "x", NEXT.id: "y"}
    assert [one[0] for one in said] == ["ZJ108", "ZJ109"]
    assert said[0][1:3] == (4, 1)


@pytest.mark.parametrize("number", ["1.", "（1）", "1.1 ", "一、", "12、"])
def test_a_number_typed_before_the_wording_is_told(number: str) -> None:
    """Once for the table; a column of numbers is told as not used."""
    head = ["序号", "任务", "落实情况"]
    (unit,), said = read(["填报单位：甲县"], head, ["1", number + TASK.text, "x"], ["2", number + NEXT.text, "y"])
    assert statuses(unit) == {TASK.id: "x", NEXT.id: "y"}
    assert [one[:3] for one in said] == [("ZJ109", 2, 2), ("ZJ110", 2, 1)]
    assert said[0][3].startswith(BY_WORDING + "；文字前面写的序号（如“")


def test_a_changed_wording_is_told() -> None:
    """It is the task whose wording is most like it."""
    (unit,), said = read(["填报单位：甲县"], HEAD, ROW, ["", "", NEXT.text[:-8] + "。", "建成3所。"])
    assert statuses(unit)[NEXT.id] == "建成3所。"
    assert [one[:3] for one in said] == [("ZJ108", 4, 3), ("ZJ109", 2, 3)]


def test_rows_without_a_task() -> None:
    """A title in a row of its own and a repeated header are passed over; what else is written there is told."""
    title = [THIRD.chapter, "", "", ""]
    rows = [
        ROW,
        title,
        ["", THIRD.article, "", ""],
        HEAD,
        ["", "", "别的工作", "建成4所。"],
        ["", "", "", "建成5所。"],
        ["填表人：王某"],
    ]
    (unit,), said = read(["填报单位：甲县"], HEAD, *rows)
    assert statuses(unit) == {TASK.id: "修订标准8项。"}
    assert said == [
        ("ZJ101", 7, 3, "这一行不是官方任务（“别的工作”），它的落实情况没有采用：“建成4所。”"),
        ("ZJ101", 8, 3, "这一行没有任务，它的落实情况没有采用：“建成5所。”"),
        ("ZJ109", 2, 3, BY_WORDING),
        ("ZJ110", 9, 1, "表格下面的文字未采用，如“填表人：王某”"),
    ]


def test_a_cell_too_many_is_told_at_its_own_place() -> None:
    """The column that the file does not have shifts no other."""
    _, said = read(["填报单位：甲县"], HEAD, [*ROW, "多余"])
    assert said[1][:3] == ("ZJ116", 3, 5)


def test_a_table_without_official_wording_is_refused() -> None:
    """A header alone makes no form."""
    units, said = read(HEAD, ["", "", "别的工作", "x"])
    assert units == []
    assert [one[0] for one in said] == ["ZJ115"]


@pytest.mark.parametrize("head", [["单位", *HEAD], ["编号", *HEAD], ["任务", "进展"], ["落实情况"]])
def test_other_headers(head: list[str]) -> None:
    """A file of ours that lost its 编号 is none."""
    assert form_names(head) == []


def test_a_unit_above_a_table_with_ids() -> None:
    """It is the unit there, too."""
    (unit,), said = read(["单位：甲县教育局　　报告期：2020年上半年"], ["编号", "落实情况"], [TASK.id, "x"])
    assert (unit.unit, unit.period, said) == ("甲县教育局", "2020年上半年", [])


def test_a_bounded_number_of_rows_is_compared() -> None:
    """A table of a million other rows takes no hours."""
    wordings = Wordings(CATALOG)
    wordings.left = 1
    assert [wordings.nearest(NEXT.text[:-3]) for _ in range(2)] == [NEXT.id, ""]
    assert Wordings(CATALOG).nearest(" ") == ""
