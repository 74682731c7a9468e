"""Rows of a roster: all faults in one run, also those between units; what is no unit is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhijiao20.core.findings import Finding
from zhijiao20.core.roster import Roster
from zhijiao20.formats.read_roster import read_roster
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()


def read(text: str) -> tuple[Roster, list[Finding]]:
    roster, out = read_roster(Path("名册.csv"), text.encode(), CATALOG)
    return roster, out.findings


def test_a_faulty_row_is_compared_with_the_others_all_the_same() -> None:
    """Names twice, aliases of two units and circles are told in the run that tells the faulty cell."""
    _, findings = read(
        "单位,简称,上级,格式,截止\n"
        "甲局,甲,乙局,pdf,\n"
        "乙局,,甲局,,2020-13-01\n"
        "甲局（盖章）,,乙局,,\n"
        "丙局,甲、乙简（公章）,,yaml,\n"
        ",乙简,,,\n"
        "丁局,丁,（盖章）,x,\n"
        "戊局,丁,“己”局（盖章）,,\n"
        "己局,,戊局,,\n"
    )
    assert [(finding.rule.code, finding.place.line, finding.place.column) for finding in findings] == [
        ("ZJ707", 2, 4), ("ZJ707", 3, 5), ("ZJ705", 4, 1), ("ZJ705", 5, 2), ("ZJ705", 6, 1), ("ZJ705", 7, 3),
        ("ZJ707", 7, 4), ("ZJ705", 8, 3), ("ZJ702", 4, 1), ("ZJ703", 5, 2), ("ZJ703", 6, 2), ("ZJ703", 8, 2),
        ("ZJ704", 2, 3), ("ZJ704", 8, 3),
    ]  # fmt: skip


def test_all_that_is_wrong_with_aliases_is_one_error() -> None:
    """Those that are right count."""
    _, findings = read("单位,简称\n甲局,甲（盖章）、甲甲、1、制表人：张三\n乙局,甲甲\n")
    assert [(finding.rule.code, finding.message, finding.hint) for finding in findings][:1] == [
        (
            "ZJ705",
            "“甲（盖章）”里有盖章、日期、括号、引号之类，不是简称名称；“1”不像单位名称；“制表人：张三”不像单位名称",
            "只写名称：甲；写单位的名称，或空着",
        )
    ]
    assert [(finding.rule.code, finding.place.column) for finding in findings[1:]] == [("ZJ703", 2)]


def test_brackets_around_aliases_are_taken_off() -> None:
    """Also around all of them; what is no name says so."""
    roster, findings = read(
        '单位,简称,上级\n甲局,（小甲）,-\n乙局,"(小乙、乙乙)",无\n丙局,“小丙”；「丙丙」,——\n丁局,/,暂无\n戊局,"【(小戊)】",“市”局\n'
    )
    assert [unit.aliases for unit in roster.units] == [
        ("小甲",), ("小乙", "乙乙"), ("小丙", "丙丙"), (), ("小戊",)
    ]  # fmt: skip
    assert [unit.superior for unit in roster.units] == ["", "", "", "", "“市”局"]
    assert findings == []


FOOTERS = (
    "制表人：张三", "……", "-", "1", "合计", "合计：45", "合计45个单位", "共计", "以上共45家", "说明：本表按机构改革前的名称",
    "备注", "注1：按机构改革前", "2020年7月10日", "2020-07-10", "二〇二〇年七月", "（盖章）", "公章", "审核人：    制表人：",
    "负责人（签字）：", "审核：李", "制表单位：市教育局", "联系电话：010-1", "经办人", "第 1 页，共 3 页", "1/3", "（以下无正文）",
    "续表", "同上", "〃", "澄州市职教20条责任单位名册", "一、市直部门", "（一）县区", "市直部门", "学校（30所）", "中职学校",
    "以上单位请于7月10日前报送。", "无",
)  # fmt: skip


@pytest.mark.parametrize("text", FOOTERS)
def test_what_stands_below_a_roster_is_no_unit(text: str) -> None:
    """Sums, signatures, notes, page numbers, headings of groups: told at the cell, with what to do about it."""
    roster, findings = read(f"单位,上级\n甲局,市局\n{text},\n乙局,市局\n")
    assert [unit.name for unit in roster.units] == ["甲局", "乙局"]
    assert [(finding.rule.code, finding.place.line, finding.message) for finding in findings] == [
        ("ZJ705", 3, f"“{text}”不像单位名称")
    ]
    assert "删去这一行" in findings[0].hint


def test_words_in_columns_that_are_not_read_are_told_once() -> None:
    """A signature below the numbers of the rows; a number alone is none."""
    roster, findings = read(
        "序号,单位,\n1,甲局,\n2,,\n制表人：张三,,\n,,审核人：李四\n" + "例：甲,例：乙,\n" + ",乙局,\n"
    )
    assert [unit.name for unit in roster.units] == ["甲局", "乙局"]
    assert [(finding.rule.code, finding.place.line, finding.message) for finding in findings][2:] == [
        ("ZJ709", 5, "有一列没有列名，未采用；里面有文字，如“审核人：李四”"),
        ("ZJ709", 4, "有 2 行没有单位，未采用；里面有文字，如“制表人：张三”"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "共青团澄州市委", "总工会", "第一中学", "八一学校", "101中学", "企业服务中心", "职教中心（北校区）", "市直机关工委",
        "一中", "统计局", "审计局", "审核中心", "合作社", "总计局", "附中", "附一院", "单位1", "a: b", "甲?校.", "中职教育中心",
        "时间研究所", "澄州市2020年新建学校", "注册会计师协会", "二", "市委办公室", "校",
    ],
)  # fmt: skip
def test_names_like_footers_are_units(name: str) -> None:
    """No unit is lost for a word in its name."""
    roster, findings = read(f"单位\n{name}\n")
    assert ([unit.name for unit in roster.units], findings) == ([name], [])


def test_a_name_with_a_label_or_a_stamp_is_told_how_to_write_it() -> None:
    """It may be a unit or a line below the table."""
    _, findings = read("单位\n填报单位：甲局\n乙局（盖章）\n")
    assert [finding.hint for finding in findings] == [
        "只写名称：甲局；是表下面的落款，删去这一行", "只写名称：乙局；是表下面的落款，删去这一行"
    ]  # fmt: skip
