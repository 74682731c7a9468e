"""What of a text or of a file's name is the name of a unit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.fields import PERIOD
from zhijiao20.core.header_labels import unit_in_lines, value_after, without_label
from zhijiao20.core.unit_names import plain_unit, unit_from_file_name

QUICK = settings(deadline=None, derandomize=True)
PARTS = st.lists(
    st.sampled_from(
        [
            *"（）()【】“”「」《》〔〕 　_-.：:、",
            *"章盖公附表2稿终局校县",
            "填报日期：",
            "填报单位：",
            "2020",
            "石桥县教育局",
        ]
    )
    | st.characters(),
    max_size=15,
).map("".join)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("澄州市第二职业学校（公章）", "澄州市第二职业学校"),
        ("甲校(盖章)", "甲校"),
        ("甲局（盖 章）", "甲局"),
        ("甲局（加盖公章）", "甲局"),
        ("甲局（签字盖章）", "甲局"),
        ("“云泽市财政局”", "云泽市财政局"),
        ("「甲局」", "甲局"),
        ("《甲局》", "甲局"),
        ("青溪县职教中心 填报日期：2020.7.1", "青溪县职教中心"),
        ("甲局（盖章）填报日期：7.1", "甲局"),
        ("甲局 联系人：张三", "甲局"),
        ("填报单位：甲局", "甲局"),
        ("甲局 2020年7月1日", "甲局"),
        ("甲局   公章", "甲局"),
        ("石桥县教育局［盖章］", "石桥县教育局"),
        ("石桥县教育局盖章", "石桥县教育局"),
        ("石桥县第一中学公章", "石桥县第一中学"),
        ("石桥县教育局2020年7月6日", "石桥县教育局"),
        ("石桥县教育局2020.7.6", "石桥县教育局"),
        ("石桥县教育局。", "石桥县教育局"),
        ("甲局（报送人：李某）", "甲局"),
        ("甲局（联系电话：123）2020年7月", "甲局"),
        ("甲公司2020", "甲公司2020"),
        ("（公章）", "（公章）"),
        ("“双高”办", "“双高”办"),
        ("甲局（北校区）", "甲局（北校区）"),
        ("a: b", "a: b"),
        ('"引"', '"引"'),
        ("[red]", "[red]"),
        (" 甲 ", " 甲 "),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(text: str, unit: str) -> None:
    """A seal or a date behind the name made a second unit of the first; all else is the name."""
    assert plain_unit(text) == unit


@pytest.mark.parametrize(
    ("stem", "unit"),
    [
        ("职教20条落实情况一览表【石桥县教育局】20200706", "石桥县教育局"),
        ("石桥县职教中心 - 副本 (2)", "石桥县职教中心"),
        ("附表2-石桥县教育局-修订稿", "石桥县教育局"),
        ("石桥县教育局附表2(2)终稿", "石桥县教育局"),
        ("附表2：“职教20条”相关任务落实情况一览表（石桥县教育局）", "石桥县教育局"),
        ("石桥县教育局职教20条落实情况一览表20200706(2)", "石桥县教育局"),
        ("石教发〔2020〕12号石桥县教育局", "石桥县教育局"),
        ("石桥县教育局 石教发〔2020〕12号", "石桥县教育局"),
        ("1.石桥县教育局", "石桥县教育局"),
        ("石桥县教育局（盖章）", "石桥县教育局"),
        ("附表2(石桥县教育局)20200706", "石桥县教育局"),
        ("关于石桥县教育局落实情况的报告", "石桥县教育局"),
        ("石桥县教育局_0706", "石桥县教育局"),
        ("【终稿】石桥县教育局", "石桥县教育局"),
        ("附表2(2)", "附表2(2)"),
        ("终稿2", "终稿2"),
        ("101中学", "101中学"),
        ("一览表", "一览表"),
        ("收件（石桥县教育局）张三", "收件（石桥县教育局）张三"),
    ],
)
def test_a_files_name_holds_the_unit_and_more(stem: str, unit: str) -> None:
    """Only what is plainly the name of a unit is taken; any other name of a file stays as it is."""
    assert unit_from_file_name(stem) == unit


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("填报单位 石桥县教育局", "石桥县教育局"),
        ("填报单位（盖章）\t石桥县教育局", "石桥县教育局"),
        ("填报单位 石桥县教育局（北区） 填报日期：2020年7月", "石桥县教育局（北区）"),
        ("填 报 单 位 　石桥县教育局", "石桥县教育局"),
        ("填报单位 ＿＿＿＿（盖章）", None),
        ("填报单位 请各县盖章，再报", None),
        ("填报单位石桥县教育局", None),
        ("单位 万元", None),
    ],
)
def test_a_label_may_stand_without_a_colon(line: str, unit: str | None) -> None:
    """A blank or a tab parts it from the name then."""
    found = unit_in_lines([line])
    assert (found[2] if found else None) == unit


def test_a_colon_goes_before_a_blank() -> None:
    """Where one line has a colon, it names the unit."""
    assert unit_in_lines(["填报单位 甲局", "单位：乙局"]) == (1, "单位", "乙局")


@QUICK
@given(PARTS)
def test_nothing_is_made_up(text: str) -> None:
    """A name stands in the text as it is, is never blank where the text is not, and stays the same when read again."""
    for named in (plain_unit, unit_from_file_name):
        unit = named(text)
        assert unit in text
        assert bool(unit) == bool(text)
        assert named(unit) == unit


def test_a_long_text_is_no_name() -> None:
    """A page of text is returned as it is."""
    assert plain_unit("局（章）" * 100) == unit_from_file_name("局（章）" * 100) == "局（章）" * 100


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["单位名称：澄州局"], (0, "单位名称", "澄州局")),
        (["报送部门：乙局", "填 报 单 位（盖章）：甲局 填报日期：7.1"], (1, "填报单位", "甲局")),
        (["填报单位：____（盖章）", "上报单位: 乙局"], (1, "上报单位", "乙局")),
        (["单位：甲局"], (0, "单位", "甲局")),
        (["单位：万元"], None),
        (["单位：个、人"], None),
        (["主管单位：乙局"], None),
        ([], None),
    ],
)
def test_a_line_names_the_unit(lines: list[str], found: tuple[int, str, str] | None) -> None:
    """Offices have many labels; 单位 alone may be the unit of measure."""
    assert unit_in_lines(lines) == found


def test_several_labels_on_a_line() -> None:
    """One space, or none, is enough before a label that everybody knows."""
    line = "报告期：2020年上半年 填报单位：甲局 联系人：张三"
    assert value_after(PERIOD, line) == "2020年上半年"
    assert without_label("填报单位", line).split() == ["报告期：2020年上半年", "联系人：张三"]
    assert without_label("填报单位", "甲") == "甲"
