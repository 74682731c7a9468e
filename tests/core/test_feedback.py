"""What a unit is told: its own findings in its own terms, nothing of the program, of paths or of other units' files."""

from __future__ import annotations

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.feedback import (
    COMBINED_FROM,
    LEADS,
    MISSING,
    Row,
    combined,
    file_name,
    for_unit,
    is_own_note,
    remark,
    remarks,
    rows,
    with_ranges,
)
from zhijiao20.core.fields import PROGRESS, STATUS
from zhijiao20.core.findings import NOWHERE, Finding, Place
from zhijiao20.core.rule_table import RULES, Severity

ORDER = ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "10.1"]
FILE = "/home/某人/收件/甲.docx"


def finding(
    code: str, task: str | None = None, message: str = "有问题", hint: str = "改好", place: Place = NOWHERE
) -> Finding:
    """A finding of a file."""
    return Finding(FILE, place, "甲", task, RULES[code], message, hint)


def test_remarks_stand_by_weight_then_in_official_order(catalog: Catalog) -> None:
    """Those about the file come before those about tasks."""
    found = [
        finding("ZJ404", "1.1"),
        finding("ZJ203", "10.1"),
        finding("ZJ203", "2.1"),
        finding("ZJ401", "1.1"),
        finding("ZJ106"),
    ]
    made = remarks(found, [*catalog.tasks])
    assert [(one.severity.value, one.task) for one in made] == [
        *(("error", None), ("error", "2.1"), ("error", "10.1")),
        *(("warning", "1.1"), ("info", "1.1")),
    ]
    assert [one.lines[0] for one in made] == [f"{LEADS[one.severity]}有问题" for one in made]
    assert made[0].lines[1] == "怎样改：改好"


def test_findings_for_the_office_are_left_out(catalog: Catalog) -> None:
    """How a file was read, several files of a unit, 豁免; of a blank form the empty cells."""
    found = [finding(code) for code in ("ZJ023", "ZJ107", "ZJ119", "ZJ604", "ZJ205")]
    assert [one.problem for one in remarks([*found, finding("ZJ201", "1.1")], [*catalog.tasks])] == ["有问题"]


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        ("删去它；zhijiao20 validate --fix 可以一次改完", "删去它"),
        ("换成普通的字；zhijiao20 validate --fix 可以一次改完", "换成普通的字"),
        ("是填报文件的，请填进 zhijiao20 init 或 render --blank 生成的表", "请填进下发的空表"),
        ("请填写 zhijiao20 init 生成的文件", "请填写下发的空表"),
        ("编号写成“条.序”，从 1.1 到 20.1；用 zhijiao20 tasks 查全部编号", "编号写成“条.序”，从 1.1 到 20.1"),
        ("请向填报单位要没有转坏的原件；不要照着乱码重新录入", "请报送没有转坏的原件；不要照着乱码重新录入"),
        ("请重新打包，或请对方重发一次", "请重新打包"),
        ("用 zhijiao20 tasks 查", "请核对原件后改正"),
        ("请对方把文件打进压缩包；不是报送的，请移走", "请把文件打进压缩包"),
        ("名册漏了的，补进名册；填错了地方的，请它移到相应的任务下", "填错了地方的，请移到相应的任务下"),
        ("建议写名册里的全称", "建议写单位全称"),
        ("请重新保存一次，或向填报单位要回原件", "请重新保存一次，或报送原件"),
        ("", ""),
    ],
)
def test_hints_speak_to_the_unit(hint: str, expected: str) -> None:
    """Clauses about this program and about the office are left out."""
    assert for_unit(hint) == expected


def test_no_hint_of_the_program_names_it() -> None:
    """Whatever the rules write today."""
    from pathlib import Path

    import zhijiao20

    texts = "".join(
        path.read_text("utf-8")
        for folder in ("rules", "formats", "core")
        for path in sorted(Path(zhijiao20.__file__).parent.joinpath(folder).rglob("*.py"))
    )
    import re

    hints = re.findall(r'"([^"\n]*(?:zhijiao20|豁免)[^"\n]*)"', texts)
    assert len(hints) > 10
    assert not [hint for hint in hints if re.search("zhijiao20|豁免", for_unit(hint))]


@pytest.mark.parametrize(
    ("code", "message", "expected"),
    [
        (
            "ZJ601",
            "任务 1.1 的落实情况与“乙”（/home/某人/收件/乙（2）.docx）雷同，除单位名称和数字外完全相同",
            "任务 1.1 的落实情况与“乙”雷同，除单位名称和数字外完全相同",
        ),
        (
            "ZJ601",
            "12 项任务的落实情况与别的单位雷同，其中 11 项与“乙”（收件/乙.docx）：1.1、1.2",
            "12 项任务的落实情况与别的单位雷同，其中 11 项与“乙”：1.1、1.2",
        ),
        ("ZJ602", "任务 1.1 有一段写的是“乙”（乙.docx），没有提到“甲”", "任务 1.1 有一段写的是“乙”，没有提到“甲”"),
        ("ZJ111", "报告期是“2019”，多数单位是“2020”（如 乙）", "报告期是“2019”，多数单位是“2020”"),
        ("ZJ001", f"打不开 {FILE}", "打不开 甲.docx"),
        ("ZJ010", "格内有程序不认识的内容，没有采用", "格内有不能识别的内容，没有采用"),
    ],
)
def test_no_path_and_no_other_file_is_named(code: str, message: str, expected: str) -> None:
    """Only that the texts agree."""
    assert remark(finding(code, message=message)).problem == expected


def test_place_is_said_as_the_reader_of_the_file_says_it() -> None:
    """A row of the Word table, a cell, or a line; 进展 has a column of its own."""
    assert remark(finding("ZJ203", place=Place(cell="第3行"))).place == "第3行"
    assert remark(finding("ZJ203", place=Place(12, 4))).place == "第12行"
    assert remark(finding("ZJ203")).place == ""
    assert [remark(finding(code)).column for code in ("ZJ105", "ZJ203")] == [PROGRESS, STATUS]


def test_own_notes_are_known_again() -> None:
    """Numbered or not; what a unit writes is not."""
    made = remark(finding("ZJ401"))
    assert is_own_note("\n".join(made.lines))
    assert is_own_note(f"1. {made.lines[0]}")
    assert not is_own_note("请改正一下")


def test_many_empty_tasks_become_one_row(catalog: Catalog) -> None:
    """Few do not; nothing is lost."""
    many = [finding("ZJ201", task, "空") for task in ORDER[:COMBINED_FROM]]
    few = [finding("ZJ202", f"2.{number}") for number in range(COMBINED_FROM - 1)]
    others, made = combined([*many, *few, finding("ZJ203", "3.1")], ORDER)
    assert [one.task for one in others] == ["3.1", *(one.task for one in few)]
    assert [(one.task, one.about) for one in made] == [("1.1等", None)]
    assert made[0].problem == f"有{COMBINED_FROM}项任务没有填写落实情况：1.1至2.1"
    assert combined(many, ORDER, {MISSING}) == (many, [])
    missing = [finding("ZJ202", task) for task in ORDER[:COMBINED_FROM]]
    assert combined(missing, ORDER)[1][0].problem.endswith("表里没有列出：1.1至2.1")


def test_rows_say_what_is_only_to_be_checked(catalog: Catalog) -> None:
    """What has to be amended has no lead; what stands nowhere has dashes; the wording is not said again."""
    wording = catalog.tasks["1.1"].text
    empty = finding(
        "ZJ201", "1.1", f"任务 1.1 的落实情况是空的：{wording}", f"写明。任务原文：{wording}", Place(cell="第3行")
    )
    made = rows(
        map(remark, [empty, finding("ZJ401"), finding("ZJ202", "1.1", f"缺少任务 1.1：{wording}", place=Place(4))]),
        catalog,
    )
    assert made[0] == Row("1.1", "1.1", "落实情况是空的", "写明", "第3行")
    assert (made[2].problem, made[2].place) == ("缺少任务", "—")
    assert (made[1].task, made[1].problem, made[1].place) == ("—", "请核对：有问题", "—")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a/b/甲.docx", "甲.docx"),
        (r"C:\收件\甲.docx", "甲.docx"),
        ("收件/甲.zip!里面/附表2.docx", "甲.zip!附表2.docx"),
        ("甲\x1b.docx", r"甲\x1b.docx"),
    ],
)
def test_files_are_called_by_their_names(path: str, name: str) -> None:
    """Without folders, members of archives behind their archive."""
    assert file_name(path) == name


def test_severity_of_the_settings_counts() -> None:
    """A rule that the office made an error is to be amended."""
    from dataclasses import replace

    raised = replace(finding("ZJ404"), rule=replace(RULES["ZJ404"], severity=Severity.ERROR))
    assert remark(raised).lines[0].startswith(LEADS[Severity.ERROR])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("雷同：2.2、1.1、1.2、1.3", "雷同：1.1至1.3、2.2"),
        ("1.4、1.5、2.1、10.1、1.1", "1.1、1.4至2.1、10.1"),
        ("1.1、1.2、1.3", "1.1、1.2、1.3"),
        ("1.1、1.2、1.3、99.9", "1.1、1.2、1.3、99.9"),
        ("1.1、1.2、1.3、1.4%", "1.1至1.4%"),
    ],
)
def test_lists_of_tasks_are_said_as_ranges(text: str, expected: str) -> None:
    """Of four and more; in official order; numbers that are no tasks stay."""
    assert with_ranges(text, ORDER) == expected
