"""Rosters as offices keep them: any header, any order of columns; every fault at its cell, all in one run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import pack, row, sheet
from sheets import parts as workbook

from zhijiao20.core.findings import Finding
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.roster import Roster
from zhijiao20.formats.normalize.roster_schema import _FORMAT_NAMES
from zhijiao20.formats.read_roster import read_roster
from zhijiao20.formats.registry import BY_NAME
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
ALL = tuple(CATALOG.tasks)


def read(text: str | bytes, name: str = "名册.csv", limits: Limits = DEFAULT) -> tuple[Roster, list[Finding]]:
    data = text if isinstance(text, bytes) else text.encode()
    roster, out = read_roster(Path(name), data, CATALOG, limits)
    return roster, out.findings


def excel(*rows: str, before: str = "", after: str = "", more: tuple[str, ...] = (), **book: object) -> bytes:
    return pack(workbook(sheet(*rows, before=before, after=after), *more, **book))  # type: ignore[arg-type]


def codes(findings: list[Finding]) -> list[tuple[str, str | int | None]]:
    return [(finding.rule.code, finding.place.cell or finding.place.column) for finding in findings]


def test_a_full_row() -> None:
    """Every column under its own name."""
    roster, findings = read(
        "单位,简称,上级,类别,任务,牵头,格式,截止,联系人,电话\n"
        '澄州理工学校,"理工学校；理工,澄理工",澄州市教育局, 学校 ,1-3条、除2.1,16.1,Word,2020/7/10,张 三,010-1\n'
    )
    assert findings == []
    (unit,) = roster.units
    assert (unit.name, unit.aliases, unit.superior, unit.category) == (
        "澄州理工学校", ("理工学校", "理工", "澄理工"), "澄州市教育局", "学校"
    )  # fmt: skip
    assert unit.tasks[-1] == "16.1"
    assert "2.1" not in unit.tasks
    assert (unit.leads, unit.format, unit.deadline) == (("16.1",), "docx", date(2020, 7, 10))
    assert (unit.contact, unit.phone, unit.place.line) == ("张 三", "010-1", 2)


def test_a_column_that_may_be_duties_is_told_with_what_follows() -> None:
    """Without duties each unit answers for all tasks."""
    _, findings = read("单位,重点任务\n甲局,1.1\n")
    assert findings[0].message == "未采用名册里不认识的列：“重点任务”"
    assert findings[0].hint.endswith("没有“任务”一列，各单位都算负责全部任务，是这一列的请把列名改成“任务”")
    _, findings = read(
        "单位,任务,配合任务\n甲局,1.1,1.2\n" + "例：澄州市第二职业学校,1.5、16.1-16.4、第3条,\n" + "\n" * 30
    )
    assert [finding.hint for finding in findings if "请把列名改成" in finding.hint] == []


def test_a_unit_that_leads_a_task_answers_for_it() -> None:
    """Whatever 任务 says; a unit without 任务 answers for all, without 牵头 it leads none."""
    roster, _ = read("单位,任务,牵头\n甲局,1.1,1.2\n乙局,除1.2,1.2\n丙局,,\n")
    assert [(len(unit.tasks), unit.leads) for unit in roster.units] == [(2, ("1.2",)), (87, ("1.2",)), (87, ())]


@pytest.mark.parametrize(
    "header",
    [
        "单位名称,别名,主管单位,分组,负责任务,牵头任务",
        "填报单位,曾用名,报送渠道,类别,责任任务,牵头",
        "名称,简称,上级,分组,责任分工,牵头任务",
        "单位（全称）,简称：,上级,类别,任务,牵头",
        " 单 位 ,简　称,上级,类别,任务,牵头",
        "*单位,简称*,※上级,类别＊,任务（必填）,★牵头任务",
        "单位（必填）*,【选填】简称,（选填）上级,类别：*,任务*（必填，没有就写“全部”，各项之间用顿号隔开）：,牵头（选填）",
        "* 单位名称,简称,上级,类别,承担任务,牵头的任务",
    ],
)
def test_columns_have_other_names(header: str) -> None:
    """As they are called in the rosters that offices have already."""
    roster, findings = read(f"{header}\n甲局,甲,市局,部门,1.1,1.2\n")
    assert findings == []
    (unit,) = roster.units
    assert (unit.name, unit.aliases, unit.superior, unit.category, unit.tasks, unit.leads) == (
        "甲局", ("甲",), "市局", "部门", ("1.1", "1.2"), ("1.2",)
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_encoding_and_delimiter(encoding: str, mark: str) -> None:
    """As Excel, WPS and old systems save it; a title stands above the header."""
    text = "澄州市职教20条责任单位名册\n\n任务,序号,单位\n1.1,1,甲局\n,2,乙局\n".replace(",", mark)
    roster, findings = read(text.encode(encoding))
    assert [(unit.name, len(unit.tasks)) for unit in roster.units] == [("甲局", 1), ("乙局", 87)]
    assert {finding.rule.code for finding in findings} <= {"ZJ005", "ZJ709"}


def test_rows_that_are_no_units() -> None:
    """Blank rows, numbers without a unit, the header on each page and the example; only a changed example is told."""
    roster, findings = read(
        "序号,单位,任务\n1,甲局,1.1\n2,,\n序号,单位,任务\n,例：某校,1.5\n\n3,乙局,\n", limits=Limits(roster_units=2)
    )
    assert [unit.name for unit in roster.units] == ["甲局", "乙局"]
    assert [finding.message for finding in findings] == [
        "未采用名册里不认识的列：“序号”",
        "以“例：”开头的一行是例子，没有当作单位：“例：某校”",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("单位,任务\n,1.1\n", [("ZJ705", 1)]),
        ("单位\n甲局（盖章）\n", [("ZJ705", 1)]),
        (f"单位\n{'甲' * 101}\n", [("ZJ705", 1)]),
        ('单位\n"甲\n局"\n', [("ZJ705", 1)]),
        ("单位\n共45个单位\n", [("ZJ705", 1)]),
        ("单位\n注：按机构改革前的名称\n", [("ZJ705", 1)]),
        ("单位,简称\n甲局,甲（公章）\n", [("ZJ705", 2)]),
        ("单位,上级\n甲局,“市局”\n", [("ZJ705", 2)]),
        ("单位,格式\n甲局,pdf\n", [("ZJ707", 2)]),
        ("单位,截止\n甲局,7月10日\n", [("ZJ707", 2)]),
        ("单位,截止\n甲局,2020-02-30\n", [("ZJ707", 2)]),
        (f"单位,联系人\n甲局,{'张' * 201}\n", [("ZJ707", 2)]),
        ("单位,简称\n甲局," + "、".join(map(str, range(51))) + "\n", [("ZJ707", 2)]),
        ("单位,任务\n甲局,1.1,1.2\n", [("ZJ707", 3)]),
        ("单位,任务\n甲局,1.1,\n", [("ZJ707", 3)]),
        ("单位,任务\n甲局,1.9、3.x\n", [("ZJ706", 2), ("ZJ706", 2)]),
        ("单位,牵头\n甲局,1.9\n", [("ZJ706", 2)]),
        ("单位,任务\n甲局,全部、除一至七\n", [("ZJ706", 2)]),
        ("单位,任务\n甲局,除1.1、2.1\n", [("ZJ708", 2)]),
        ("单位\n甲局\n甲局\n", [("ZJ702", 1)]),
        ("简称,单位\n乙局,甲局\n,乙局\n", [("ZJ703", 1)]),
        ("单位,上级\n甲局,甲局\n", [("ZJ704", 2)]),
        ("单位,\n甲局,\n乙局,旁注\n丙局,旁注\n", [("ZJ709", 2)]),
        ("", [("ZJ701", None)]),
        ("单位\n", [("ZJ701", 1)]),
        ("单位\n例：甲\n", [("ZJ709", 1), ("ZJ701", 1)]),
        ("学校,任务\n甲,1.1\n", [("ZJ701", 1)]),
        (",\n1,2\n", [("ZJ701", 1)]),
        ("单位,名称\n甲局,甲局\n", [("ZJ701", 2)]),
        ("单位,编号,落实情况\n甲局,1.1,完成\n", [("ZJ701", 1)]),
        ("单位,类别\n甲局,部\x01门\n", [("ZJ006", 2)]),
        ("单位,类别\n甲局\n", []),
        ("单位,截止\n甲局,2020年7月10日前\n", []),
        ("单位,截止\n甲局,20200710\n", []),
        ("单位,截止\n甲局,2020-07-10 17:00\n", []),
        ("单位,格式\n甲局,.XLSX\n", []),
        ("单位,类别\n'=甲局,'-部门\n", []),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(rows: str, expected: list[tuple[str, int | None]]) -> None:
    """One fault does not hide another; what is right gets no finding."""
    _, findings = read(rows)
    assert codes(findings) == expected


def test_all_faults_in_one_run() -> None:
    """A clerk mends a roster once, not ten times."""
    _, findings = read("单位,简称,格式,截止,任务\n（盖章）甲,a（盖章）,x,y,z\n乙（盖章）,b（盖章）,x,y,z\n")
    assert [finding.rule.code for finding in findings] == [
        "ZJ705", "ZJ707", "ZJ707", "ZJ706", "ZJ705", "ZJ705", "ZJ707", "ZJ707", "ZJ706"
    ]  # fmt: skip


class TestWorkbooks:
    """Rosters in Excel."""

    def test_merged_superiors_hold_for_all_their_rows(self) -> None:
        """Offices merge 上级 and 类别 over the schools below them."""
        merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
        data = excel(row(1, "上级", "单位"), row(2, "东湖市教育局", "甲校"), row(3, "", "乙校"), after=merged)
        roster, findings = read(data, "名册.xlsx")
        assert [unit.superior for unit in roster.units] == ["东湖市教育局"] * 2
        assert findings == []

    def test_merged_duties_hold_for_all_their_rows_and_are_told(self) -> None:
        """As a person reads them; a number as it is stored, a unit and an alias never."""
        areas = "".join(f'<mergeCell ref="{area}"/>' for area in ("B2:B3", "C2:C4", "D3:D4", "E2:E3", "F2:F4"))
        data = excel(
            row(1, "单位", "任务", "牵头", "截止", "简称", "上级"),
            row(2, "甲局", '<c r="B2" s="1"><v>16.1</v></c>', "1.1", "", "甲", "市局"),
            row(3, "乙局", "", "", "2020-07-10"),
            row(4, "丙局", "1-2条", "7.1"),
            after=f'<mergeCells count="5">{areas}</mergeCells>',
            styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="2"/></cellXfs>',
        )
        roster, findings = read(data, "名册.xlsx")
        assert [(unit.tasks[0], unit.tasks[-1], unit.leads) for unit in roster.units] == [
            ("1.1", "16.1", ("1.1",)), ("1.1", "16.1", ("1.1",)), ("1.1", roster.units[2].tasks[-1], ("1.1",))
        ]  # fmt: skip
        assert [len(unit.tasks) for unit in roster.units[:2]] == [2, 2]
        assert [unit.deadline for unit in roster.units] == [None, date(2020, 7, 10), date(2020, 7, 10)]
        assert [unit.aliases for unit in roster.units] == [("甲",), (), ()]
        assert {unit.superior for unit in roster.units} == {"市局"}
        assert sorted((finding.place.cell, finding.rule.code, finding.message) for finding in findings) == [
            ("B2", "ZJ709", "B2:B3 是合并单元格，里面的“任务”算在第 2 至 3 行的每个单位"),
            ("C2", "ZJ709", "C2:C4 是合并单元格，里面的“牵头”算在第 2 至 4 行的每个单位"),
            ("C4", "ZJ019", "被合并单元格遮住的文字没有采用：“7.1”"),
            ("D3", "ZJ709", "D3:D4 是合并单元格，里面的“截止”算在第 3 至 4 行的每个单位"),
            ("E2", "ZJ019", "E2:E3 是合并单元格，里面的文字只算在第 2 行"),
        ]

    def test_numbers_count_as_stored(self) -> None:
        """16.10 shown with two digits is the task 16.1; a date in 任务 is told as one."""
        data = excel(
            row(1, "单位", "任务", "截止"),
            row(2, "甲局", '<c r="B2" s="1"><v>16.1</v></c>', '<c r="C2" s="2"><v>44022</v></c>'),
            row(3, "乙局", '<c r="B3" s="2"><v>44022</v></c>'),
            styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="2"/><xf numFmtId="14"/></cellXfs>',
        )
        roster, findings = read(data, "名册.xlsx")
        assert (roster.units[0].tasks, roster.units[0].deadline) == (("16.1",), date(2020, 7, 10))
        assert codes(findings) == [("ZJ706", "B3")]
        assert findings[0].hint.startswith("Excel 把它当成了日期")

    def test_several_sheets_are_joined_and_told(self) -> None:
        """Offices keep a sheet for each kind of unit; their cells are named with the sheet."""
        more = (sheet(row(1, "单位", "类别"), row(2, "乙局", "部门"), row(3, "甲局", "部门")),)
        roster, findings = read(excel(row(1, "任务", "单位"), row(2, "1.1", "甲局"), more=more), "名册.xlsx")
        assert [unit.name for unit in roster.units] == ["甲局", "乙局", "甲局"]
        assert [finding.rule.code for finding in findings] == ["ZJ018", "ZJ702"]
        assert findings[1].place.cell is not None
        assert findings[1].place.cell.endswith("!A3")

    def test_a_formula_that_was_never_calculated_is_an_error(self) -> None:
        """What readers of sheets tell holds for rosters too."""
        _, findings = read(excel(row(1, "单位"), row(2, '<c r="A2"><f>X1</f></c>')), "名册.xlsx")
        assert "ZJ015" in {finding.rule.code for finding in findings}


def test_formats_are_those_of_the_program() -> None:
    """A format that is added can be chosen in a roster too."""
    assert set(_FORMAT_NAMES) == set(BY_NAME)


CELL = st.text(st.characters(exclude_characters='\r\n"', exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELL, min_size=1, max_size=11), max_size=8))
@settings(deadline=None, derandomize=True)
def test_any_cells_are_read_or_told(rows: list[list[str]]) -> None:
    """Whatever stands in the cells, no unit is lost in silence."""
    header = "单位,简称,上级,类别,任务,牵头,格式,截止,联系人,电话\n"
    quoted = ("\ufeff" + header + "".join(",".join(f'"{cell}"' for cell in cells) + "\n" for cells in rows)).encode()
    roster, findings = read(quoted)
    named = [cells[0] for cells in rows if cells[0].strip()]
    told = {finding.rule.code for finding in findings}
    assert len(roster.units) == len(named) or told & {"ZJ705", "ZJ706", "ZJ707", "ZJ709", "ZJ003", "ZJ701", "ZJ004"}
