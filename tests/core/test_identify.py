"""Whose file it is: by what it says, else by its name on disk; nothing is ever guessed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.identify import NOBODY, Directory, Identity, KnownBy
from zhijiao20.core.roster import Roster, RosterUnit
from zhijiao20.core.unit_names import loose

QUICK = settings(deadline=None, derandomize=True)
UNITS = (
    RosterUnit("澄州市教育局", ("澄教局",)),
    RosterUnit("澄州市财政局"),
    RosterUnit("澄州理工学校", ("理工学校", "澄理工")),
    RosterUnit("石桥县教育局"),
    RosterUnit("石桥县职业教育中心（北校区）", ("石桥职教中心",)),
    RosterUnit("澄州城市职业学院"),
    RosterUnit("东湖市教育局", ("东湖教育局",)),
    RosterUnit("西岭市教育局"),
    RosterUnit("第二职业学校", (), "东湖市教育局"),
    RosterUnit("第二职业学校", (), "西岭市教育局"),
    RosterUnit("第三职业学校", (), "东湖市教育局"),
)
DIRECTORY = Directory(Roster(UNITS))
NAMES = [unit.name for unit in UNITS if unit.name != "第二职业学校"]


def shown(identity: Identity) -> str:
    """The unit and what told it, or the units that fit."""
    if identity.unit is None:
        return "、".join(DIRECTORY.roster.label(unit) for unit in identity.fitting)
    return f"{DIRECTORY.roster.label(identity.unit)} {identity.known_by}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("澄州市教育局", "澄州市教育局 name"),
        ("澄州市教育局（盖章）", "澄州市教育局 name"),
        ("澄州市教育局（公章） 填报日期：2020.7.1", "澄州市教育局 name"),
        ("澄州市 教育局", "澄州市教育局 folded"),
        ("“澄州市”教育局", "澄州市教育局 folded"),
        ("石桥县职业教育中心(北校区)", "石桥县职业教育中心（北校区） folded"),
        ("石桥县职业教育中心北校区", "石桥县职业教育中心（北校区） folded"),
        ("《澄州市》教育局", "澄州市教育局 folded"),
        ("澄教局", "澄州市教育局 alias"),
        ("理工 学校", "澄州理工学校 alias"),
        ("石桥职教中心（盖章）", "石桥县职业教育中心（北校区） alias"),
        ("市财政局", "澄州市财政局 place"),
        ("财政局", "澄州市财政局 place"),
        ("澄州财政局", "澄州市财政局 place"),
        ("澄州市澄州理工学校", "澄州理工学校 place"),
        ("东湖市第三职业学校", "第三职业学校 place"),
        ("县教育局", "石桥县教育局 place"),
        ("教育局", "澄州市教育局、石桥县教育局、东湖市教育局、西岭市教育局"),
        ("市教育局", "澄州市教育局、东湖市教育局、西岭市教育局"),
        ("第二职业学校", "东湖市教育局：第二职业学校、西岭市教育局：第二职业学校"),
        ("东湖市教育局：第二职业学校", "东湖市教育局：第二职业学校 name"),
        ("东湖市教育局:第二职业学校", "东湖市教育局：第二职业学校 folded"),
        ("东湖市教育局第二职业学校", "东湖市教育局：第二职业学校 folded"),
        ("职业学院", ""),
        ("江北市教育局", ""),
        ("江北市财政局", ""),
        ("澄州市教育局职成科", ""),
        ("理工", ""),
        ("", ""),
        ("甲" * 400, ""),
    ],
)
def test_by_what_the_file_says(name: str, expected: str) -> None:
    """The first step that fits decides; several that fit are never guessed among."""
    assert shown(DIRECTORY.by_name(name)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("收件/澄州市教育局.docx", "澄州市教育局 file-name"),
        ("附表2（澄州市教育局）.docx", "澄州市教育局 file-name"),
        ("职教20条落实情况一览表【石桥县教育局】20200706.docx", "石桥县教育局 file-name"),
        ("澄教局报送附表2终稿(2).pdf", "澄州市教育局 file-name"),
        ("石桥县职业教育中心(北校区)-附表2.docx", "石桥县职业教育中心（北校区） file-name"),
        ("市财政局.doc", "澄州市财政局 file-name"),
        ("关于澄州市财政局的填报表格v3.docx", "澄州市财政局 file-name"),
        ("澄州市教育局、澄州市财政局.docx", "澄州市教育局、澄州市财政局"),
        ("收件/石桥县教育局.zip!附表2.docx", "石桥县教育局 file-name"),
        ("收件/全部.zip!石桥县教育局/附表2.docx", ""),
        ("石桥县教育局.zip!澄州市财政局.docx", "澄州市财政局 file-name"),
        ("石桥县教育局.RAR!sub/附表2.docx", "石桥县教育局 file-name"),
        ("石桥县教育局/附表2.docx", ""),
        ("附表2.docx", ""),
        ("a!b/澄州市财政局", "澄州市财政局 file-name"),
        ("收件\\澄州市财政局.docx", "澄州市财政局 file-name"),
        ("第二职业学校.docx", "东湖市教育局：第二职业学校、西岭市教育局：第二职业学校"),
        ("东湖市教育局/第二职业学校.docx", "东湖市教育局：第二职业学校 file-name"),
        ("东湖教育局/第二职业学校.docx", "东湖市教育局：第二职业学校 file-name"),
        ("levels/西岭市/2第二职业学校.yaml", "西岭市教育局：第二职业学校 file-name"),
        ("东湖市教育局/西岭市教育局/第二职业学校.docx", "西岭市教育局：第二职业学校 file-name"),
        ("东湖市教育局、西岭市教育局/第二职业学校.docx", "东湖市教育局：第二职业学校、西岭市教育局：第二职业学校"),
        ("附表2东湖市教育局-第二职业学校的表.docx", "东湖市教育局：第二职业学校 file-name"),
        ("澄州市财政局-第二职业学校.docx", "澄州市财政局、东湖市教育局：第二职业学校、西岭市教育局：第二职业学校"),
        ("甲" * 400, ""),
    ],
)
def test_by_the_name_on_disk(path: str, expected: str) -> None:
    """Heads and tails are no part of it; one unit's name or alias may stand in it; folders decide among namesakes only."""
    assert shown(DIRECTORY.by_file(path)) == expected


def test_namesakes_are_told_apart_by_the_folder_for_what_the_file_says_too() -> None:
    """And the superior is named, because it is told."""
    found = DIRECTORY.by_name("第二职业学校（公章）", "东湖市教育局/附表2.docx")
    assert (shown(found), found.superior) == ("东湖市教育局：第二职业学校 name", "东湖市教育局")
    assert DIRECTORY.by_name("第三职业学校", "东湖市教育局/附表2.docx").superior == ""


OFFICES = Directory(
    Roster((*(RosterUnit("教育局", (), place) for place in ("甲市", "", "乙市")), RosterUnit("丙市财政局")))
)


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("教育局", "", "教育局"),
        ("教育局（盖章）", "a/b.docx", "教育局"),
        ("教 育局", "", "教育局"),
        ("教育局", "甲市/b.docx", "甲市：教育局"),
        ("教育局", "甲市、乙市/b.docx", ""),
        ("乙市：教育局", "", "乙市：教育局"),
        ("乙市教育局", "", "乙市：教育局"),
        ("丙市教育局", "", ""),
        (None, "下发/教育局.docx", "教育局"),
        (None, "附表2教育局(2).docx", "教育局"),
        (None, "甲市/教育局.docx", "甲市：教育局"),
        (None, "丙市教育局.docx", ""),
        (None, "丁市教育局.docx", ""),
    ],
)
def test_the_namesake_without_a_superior_is_known_by_its_full_name(name: str | None, path: str, expected: str) -> None:
    """It has no other; where a superior is named, or more stands in front of the name, it is not meant."""
    found = OFFICES.by_file(path) if name is None else OFFICES.by_name(name, path)
    assert (OFFICES.roster.label(found.unit) if found.unit else "") == expected
    assert found.without_superior == (expected == "教育局")


def test_a_closing_line_that_is_a_unit() -> None:
    """Stamped or not; a place is not enough, and text is none."""
    lines = ["特此报送。", "澄州市教育局（盖章）", "2020年7月6日", "澄州市教育局"]
    assert DIRECTORY.closing_line(lines) == "澄州市教育局（盖章）"
    assert DIRECTORY.closing_line([*lines, "澄州市财政局"]) is None
    assert DIRECTORY.closing_line(["财政局", "2020年7月1日"]) is None


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("澄州理工学院", ("澄州理工学校",)),
        ("石桥职业教育中心", ("石桥县职业教育中心（北校区）",)),
        ("东湖第二职业学校", ("东湖市教育局：第二职业学校", "西岭市教育局：第二职业学校", "第三职业学校")),
        ("一二三", ()),
        ("", ()),
        ("甲", ()),
    ],
)
def test_nearest_names_are_offered(name: str, nearest: tuple[str, ...]) -> None:
    """Best first, three at most."""
    assert DIRECTORY.nearest(name)[: len(nearest) or None] == nearest


@given(st.sampled_from(NAMES), st.sampled_from(["", "（盖章）", "（公章）", " 填报日期：2020.7.1", "  2020年7月1日"]))
@QUICK
def test_a_full_name_is_always_its_unit(name: str, stamp: str) -> None:
    """Whatever else is in the roster."""
    found = DIRECTORY.by_name(name + stamp)
    assert found.unit is not None
    assert (found.unit.name, found.known_by) == (name, KnownBy.NAME)


@given(
    st.sampled_from(NAMES),
    st.sampled_from(["", "附表2", "附件2：", "1.", "职教20条", "“职教20条”落实情况", "20200706"]),
    st.sampled_from(["", "(2)", "终稿", "修订稿2", "-附表2", "（盖章）", "_20200706", "副本"]),
    st.sampled_from([".docx", ".xlsx", ".pdf", ".doc", ".zip"]),
)
@QUICK
def test_a_name_between_heads_and_tails_is_its_unit(name: str, head: str, tail: str, suffix: str) -> None:
    """As clerks name their files."""
    found = DIRECTORY.by_file(f"收件/{head}{name}{tail}{suffix}")
    assert found.unit is not None
    assert (found.unit.name, found.known_by) == (name, KnownBy.FILE_NAME)


@given(st.text(max_size=40), st.text(max_size=40))
@QUICK
def test_what_is_found_has_its_evidence(name: str, path: str) -> None:
    """Any text is answered; a unit is returned only where its name, an alias or its place stands in what was asked."""
    for found in (DIRECTORY.by_name(name, path), DIRECTORY.by_file(path)):
        assert (found.unit is None) == (found.known_by is None)
        assert found.unit is None or not found.fitting
        if found.known_by in {KnownBy.NAME, KnownBy.FOLDED}:
            assert loose(found.unit.name) in loose(name)
    assert all(label in DIRECTORY.roster.by_label for label in DIRECTORY.nearest(name))


POOL = st.sampled_from(
    ["东湖市", "西岭市", "石桥县", "澄州", "教育局", "第二", "职业学校", "中心", "（北）", " ", "职教20条", "附表2"]
)


@given(st.lists(st.lists(POOL, min_size=1, max_size=4).map("".join), min_size=1, max_size=6), POOL, POOL, POOL)
@QUICK
def test_order_of_the_roster_does_not_matter(names: list[str], first: str, second: str, third: str) -> None:
    """What fits one unit fits it wherever it stands."""
    units = [RosterUnit(name) for name in {loose(name): name.strip() for name in names if loose(name)}.values()]
    one, other = Directory(Roster(tuple(units))), Directory(Roster(tuple(reversed(units))))
    asked = first + second + third
    assert one.by_name(asked).unit == other.by_name(asked).unit
    assert one.by_file(f"{asked}.docx").unit == other.by_file(f"{asked}.docx").unit
    for unit in units:
        if [name for name in one._exact[unit.name] if name is unit]:
            assert one.by_name(unit.name).unit is unit


def test_nobody_in_an_empty_roster() -> None:
    """No unit, no name."""
    empty = Directory(Roster(()))
    assert empty.by_name("甲局") == empty.by_file("甲局.docx") == NOBODY
    assert empty.nearest("甲局") == ()


def test_12000_units_and_files_take_linear_time() -> None:
    """Four times the units and files take about four times the time, whether they are found or not."""

    def seconds(count: int) -> float:
        units = tuple(RosterUnit(f"澄州市第{number}职业学校", (f"{number}职校",)) for number in range(count))
        paths = [f"收件/附表2第{number}职业学校的材料.docx" for number in range(count)]
        start = time.process_time()
        directory = Directory(Roster(units))
        for path in paths:
            directory.by_file(path)
        for number in range(0, count, 10):
            directory.nearest(f"澄州市第{number}职教中心")
        return time.process_time() - start

    seconds(100)
    short = max(seconds(1000), 0.05)
    assert any(seconds(4000) < 10 * short for _ in range(4))  # a busy machine makes one slower, not all
