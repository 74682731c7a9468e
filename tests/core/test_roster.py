"""The units of a roster, and what can be wrong between them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.findings import Place
from zhijiao20.core.roster import Roster, RosterUnit, check_units

QUICK = settings(deadline=None, derandomize=True)


def unit(name: str, superior: str = "", *aliases: str, row: int = 0) -> RosterUnit:
    return RosterUnit(name, aliases, superior, place=Place(cell=f"A{row}") if row else Place())


def faults(*units: RosterUnit) -> list[tuple[int, str, str]]:
    return [(fault.unit, fault.column, fault.code) for fault in check_units(units)]


def test_namesakes_are_told_apart_by_their_superior() -> None:
    """Only a name that is not enough is led by the superior."""
    units = unit("二中", "东湖市教育局"), unit("二中", "西岭市教育局"), unit("三中", "东湖市教育局"), unit("二 中")
    roster = Roster(units)
    assert list(roster.by_label) == ["东湖市教育局：二中", "西岭市教育局：二中", "三中", "二 中"]
    assert roster.order()["三中"] == 2
    assert faults(*units) == []
    assert not roster.is_namesake(units[2])


def test_tasks_nobody_answers_for() -> None:
    """They are listed in the order asked."""
    roster = Roster((RosterUnit("甲", tasks=("1.1",)), RosterUnit("乙", tasks=("1.3", "1.4"))))
    assert roster.unassigned(["1.1", "1.2", "1.3", "2.1"]) == ["1.2", "2.1"]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ((unit("甲局", row=2), unit("甲 局", row=3)), [(1, "单位", "ZJ702")]),
        ((unit("甲局", "市局"), unit("乙局", "市局"), unit("(甲局)", "“市”局")), [(2, "单位", "ZJ702")]),
        ((unit("“甲”局"), unit("甲局"), unit("《甲》局")), [(1, "单位", "ZJ702"), (2, "单位", "ZJ702")]),
        ((unit("校", "东"), unit("校", "西"), unit("东：校")), [(2, "单位", "ZJ702")]),
        ((unit("", "", "甲"), unit("", "", "甲"), unit("甲")), [(0, "简称", "ZJ703"), (1, "简称", "ZJ703")]),
        ((unit("甲局", "", "乙"), unit("", "", "乙")), [(1, "简称", "ZJ703")]),
        ((unit("甲局", "", "“乙”局"), unit("乙局")), [(0, "简称", "ZJ703")]),
        ((unit("", "甲局", "市局"), unit("甲局", "市局")), [(0, "上级", "ZJ704")]),
        ((unit("甲局", "《乙》局"), unit("乙局", "甲 局")), [(0, "上级", "ZJ704")]),
        ((unit("甲局", "", "甲"), unit("乙局", "", "甲")), [(1, "简称", "ZJ703")]),
        ((unit("甲局", "", "乙局"), unit("乙局")), [(0, "简称", "ZJ703")]),
        ((unit("甲局", "", "甲局", "甲", "甲 "), unit("乙局", "", "乙")), []),
        ((unit("校", "东", "校"), unit("校", "西", "校")), []),
        ((unit("甲局", "甲局"),), [(0, "上级", "ZJ704")]),
        ((unit("甲局", "乙局"), unit("乙局", "甲局")), [(0, "上级", "ZJ704")]),
        ((unit("丁", "丙"), unit("丙", "乙局"), unit("乙局", "", "丙")), [(2, "简称", "ZJ703")]),
        ((unit("丁", "甲简"), unit("甲局", "乙局", "甲简"), unit("乙局", "丁")), [(0, "上级", "ZJ704")]),
        ((unit("校", "甲"), unit("校", "乙"), unit("甲", "校"), unit("乙", "省厅")), []),
        ((unit("校", "东", "二职"), unit("校", "西", "二职")), [(1, "简称", "ZJ703")]),
    ],
)
def test_faults_between_units(units: Sequence[RosterUnit], expected: list[tuple[int, str, str]]) -> None:
    """Names twice under one superior, aliases of two units, circles: each once, at its cell."""
    assert faults(*units) == expected


def test_messages_name_the_other_row() -> None:
    """A clerk finds both."""
    messages = [fault.message for fault in check_units([unit("甲局", row=2), unit("甲局", "", row=3)])]
    assert messages == ["名册里有两个“甲局”（另一个在 A2）"]
    messages = [fault.message for fault in check_units([unit("“甲”局", row=2), unit("甲局", row=3)])]
    assert messages == ["名册里的“甲局”和““甲”局”（在 A2）只差空格、全角半角、括号或引号，分不出是两个单位"]
    messages = [fault.message for fault in check_units([unit("甲局", "", "乙", row=2), unit("", "", "乙", row=3)])]
    assert messages == ["“乙”指着两个单位：没有写名称的一行和“甲局”（A2）"]
    units = [unit("东：校", row=4), unit("校", "东", row=2), unit("校", "西", row=3)]
    assert [fault.message for fault in check_units(units)] == ["上级“东”下面的“校”（在 A2）也叫“东：校”"]
    long_circle = [unit(f"{number}", f"{(number + 1) % 9}") for number in range(9)]
    (fault,) = check_units(long_circle)
    assert fault.message == "上级绕成了一圈：0 → 1 → 2 → 3 → 4 → 0（只列一部分）"
    (fault,) = check_units([RosterUnit("甲", superior="市"), RosterUnit("甲", superior="市", place=Place(3, 1))][::-1])
    assert fault.message == "上级“市”下面有两个“甲”（另一个在 第 3 行）"


@given(st.lists(st.integers(0, 12), max_size=12))
@QUICK
def test_a_circle_is_found_if_and_only_if_one_exists(above: list[int]) -> None:
    """Each unit has one superior; number 12 is not in the roster, nor is one that is not reached."""
    units = [unit(str(index), str(superior)) for index, superior in enumerate(above)]
    found = [fault.unit for fault in check_units(units)]
    in_circle = set()
    for start in range(len(above)):
        index, steps = start, 0
        while index < len(above) and steps <= len(above):
            index, steps = above[index], steps + 1
            if index == start:
                in_circle.add(start)
                break
    circles = set()
    for start in in_circle:
        circle, index = {start}, above[start]
        while index != start:
            circle.add(index)
            index = above[index]
        circles.add(frozenset(circle))
    assert len(found) == len(circles)
    assert set(found) <= in_circle


def test_checking_12000_units_takes_linear_time() -> None:
    """One long chain of superiors, and one circle of all."""
    chain = [unit(f"u{number}", f"u{number + 1}") for number in range(12_000)]
    assert list(check_units(chain)) == []
    assert len(list(check_units([*chain, unit("u12000", "u0")]))) == 1
