"""Tables that were merged from several units: which they are, what each unit says in them, and in which order."""

from __future__ import annotations

import pytest

from zhijiao20.core.merged_table import (
    UnitName,
    begins_with_label,
    is_digest,
    labelled_parts,
    names_in_labels,
    read_merged,
)

EAST, FIRST, SECOND = "东湖市教育局", "第一职业学校", "第二职业学校"


def texts(cells: dict[str, str], superior: str = "", roster: tuple[str, ...] = ()) -> dict[str, dict[str, str]] | None:
    """Unit → task → text of a merged table; a unit with a superior is written 上级/单位."""
    table = read_merged(cells, superior, lambda name: name in roster)
    if table is None:
        return None
    assert list(table.texts) == table.units
    return {"/".join(filter(None, unit)): said for unit, said in table.texts.items()}


def test_texts_of_each_unit() -> None:
    """Paragraphs go on until the next label; units that share a text have it each."""
    cells = {"1.1": f"【{FIRST}】甲\n甲二\n【{SECOND}】乙", "1.2": f"【{FIRST}、{SECOND}】同\n\n同三"}
    assert texts(cells) == {FIRST: {"1.1": "甲\n甲二", "1.2": "同\n\n同三"}, SECOND: {"1.1": "乙", "1.2": "同\n\n同三"}}


def test_superiors() -> None:
    """A label says it, else a line of its own, else the table."""
    cells = {
        "1.1": f"【{FIRST}】甲\n【{EAST}】\n【{EAST}】局\n【{SECOND}】乙\n【西岭市教育局】\n【南河市教育局：{SECOND}】丙",
        "1.2": f"【{FIRST}】丁\n【{EAST}】\n【{SECOND}】戊",
    }
    assert texts(cells, "省教育厅") == {
        f"省教育厅/{FIRST}": {"1.1": "甲", "1.2": "丁"},
        f"{EAST}/{EAST}": {"1.1": "局"},
        f"{EAST}/{SECOND}": {"1.1": "乙", "1.2": "戊"},
        f"南河市教育局/{SECOND}": {"1.1": "丙"},
    }


@pytest.mark.parametrize(
    "cells",
    [
        {"1.1": "【做法】一。\n【成效】二。", "1.2": "【做法】三。\n【成效】四。"},
        {"1.1": "【教务处】一。\n【实训中心】二。", "1.2": "【教务处】三。\n【实训中心】四。"},
        {"1.1": f"【{FIRST}】一。", "1.2": f"【{FIRST}】二。"},
        {"1.1": f"【{FIRST}】一。", "1.2": f"【{SECOND}】二。"},
        {"1.1": f"【{FIRST}】一。\n【{SECOND}】二。", "1.2": "没有标出单位。"},
        {
            "1.1": f"【{FIRST}】一。\n【{SECOND}】二。",
            "1.2": f"【{FIRST}】三。\n【{SECOND}】四。",
            "1.3": "【做法】五。",
        },
        {"1.1": f"【{FIRST}、做法】一。", "1.2": f"【{FIRST}、做法】二。"},
        {},
    ],
    ids=["headings", "parts of a unit", "one name", "no name twice", "a cell without", "a heading", "mixed", "none"],
)
def test_in_doubt_it_is_one_unit(cells: dict[str, str]) -> None:
    """Nothing is told apart."""
    assert texts(cells) is None


def test_names_of_the_roster() -> None:
    """They are units whatever they are called, also one alone and one that stands once."""
    assert texts({"1.1": "【做法】一。"}, roster=("做法",)) == {"做法": {"1.1": "一。"}}
    assert texts({"1.1": "【甲】一。", "1.2": "【乙、丙】二。"}, roster=("甲", "乙、丙")) == {
        "甲": {"1.1": "一。"},
        "乙、丙": {"1.2": "二。"},
    }


def test_headings_within_the_text_of_a_unit() -> None:
    """They stay in it, and so does a label that is written twice."""
    own = "【做法】一。\n【成效】二。"
    cells = {"1.1": f"【{FIRST}】{own}\n【{SECOND}】三。", "1.2": f"【{FIRST}】【{FIRST}】四。\n【{SECOND}】五。"}
    assert texts(cells) == {FIRST: {"1.1": own, "1.2": f"【{FIRST}】四。"}, SECOND: {"1.1": "三。", "1.2": "五。"}}


def test_a_text_that_is_divided_in_a_cell() -> None:
    """Its parts are joined."""
    cells = {"1.1": f"【{FIRST}】一。\n【{SECOND}】二。\n【{FIRST}】三。", "1.2": f"　【{SECOND}】四。"}
    assert texts({**cells, "1.3": f"【{FIRST}】五。\n【{FIRST}】六。"}) == {
        FIRST: {"1.1": "一。\n三。", "1.3": "五。\n六。"},
        SECOND: {"1.1": "二。", "1.2": "四。"},
    }


def order_of(*cells: str) -> list[str]:
    """The order of the units of a table with these units in its cells."""
    labelled = ["\n".join(f"【{name}】文" for name in cell.split()) for cell in cells]
    table = read_merged({str(number): cell for number, cell in enumerate(labelled)})
    assert table is not None
    assert all(isinstance(unit, UnitName) for unit in table.units)
    return [unit.name for unit in table.units]


def test_order_of_the_units() -> None:
    """It agrees with each cell, whichever unit stands first in the table."""
    assert order_of("甲局 乙局", "乙局 丙局", "甲局 丁局") == ["甲局", "乙局", "丙局", "丁局"]
    assert order_of("乙局 丙局", "甲局 乙局", "甲局 丙局") == ["甲局", "乙局", "丙局"]


def test_cells_that_do_not_agree() -> None:
    """No unit is left out; the first one of the table comes first."""
    assert order_of("甲局 乙局", "乙局 甲局") == ["甲局", "乙局"]
    assert order_of("丁局 甲局", "甲局 乙局 丙局", "丙局 甲局", "乙局 丁局")[:1] == ["丁局"]
    assert sorted(order_of("甲局 乙局", "乙局 丙局", "丙局 甲局 丁局")) == sorted(["甲局", "乙局", "丙局", "丁局"])


@pytest.mark.parametrize(
    "cell",
    [
        "41个单位：已完成20个，推进中15个，未启动1个（石桥县职业教育中心），不涉及5个。",
        "36个单位填报，5个不涉及。",
        "36个单位填报：已完成10个，推进中8个，未注明进展18个；5个不涉及。\n【甲】文字。",
        "【县区】12个单位：不涉及12个。",
        "3个单位填报。",
    ],
)
def test_a_digest(cell: str) -> None:
    """Most of its cells begin by counting units."""
    assert is_digest([cell, cell, "", "别的文字"])
    assert not is_digest([cell, "别的文字"])


@pytest.mark.parametrize("cell", ["全市36个单位填报。", "36个单位参加培训。", "3个单位：建成实训基地。"])
def test_no_digest(cell: str) -> None:
    """A report may count units too."""
    assert not is_digest([cell])
    assert not is_digest([])


def test_labels() -> None:
    """The names in labels at the beginnings of paragraphs, of texts that begin with one."""
    said = ["【甲、乙】一\n【丙】二\n三【丁】", "四\n【戊】五"]
    assert list(names_in_labels(said)) == ["甲", "乙", "丙"]
    assert [begins_with_label(text) for text in ("【甲】", "　【甲】一", "【】一", "【甲", "一【甲】")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_parts_of_units_in_one_text() -> None:
    """A label of units begins a part; another label, a line of the superior and what stands before are none."""
    text = "【澄州市教育局】\n【石桥县教育局、青溪县教育局】甲。\n【做法】乙。\n【澄州市教育局：实验学校】丙。"
    parts = [(label, text[begin:end]) for label, begin, end in labelled_parts(text)]
    assert parts == [("石桥县教育局、青溪县教育局", "甲。\n【做法】乙。"), ("澄州市教育局：实验学校", "丙。")]
    assert labelled_parts("【做法】甲。\n【澄州市教育局】乙。") == []
    assert labelled_parts("【做法】甲。") == []
    assert labelled_parts("甲。\n【澄州市教育局】乙。") == []
