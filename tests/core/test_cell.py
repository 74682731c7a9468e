"""The paragraphs of a cell: labels, shared texts, and the units of one superior together."""

from __future__ import annotations

from zhijiao20.core.cell import OwnText, grouped
from zhijiao20.core.levels import groups_of
from zhijiao20.core.merge import REPORTS, Merging, UnitText
from zhijiao20.system.discovery import load_catalog


def test_units_of_one_superior_together() -> None:
    """Those without one come first; a superior none of whose units has a text is not named."""
    texts = [OwnText("甲校", "一\n二", "东市"), OwnText("厅", "三"), OwnText("乙校", "四", "西市")]
    expected = ["【厅】三", "【西市】", "【乙校】四", "【东市】", "【甲校】一", "二"]
    assert list(grouped(texts, ["", "西市", "南市", "东市"])) == expected


def test_a_text_is_shared_within_a_group() -> None:
    """Units of two superiors do not share a label."""
    texts = [OwnText("甲", "同", "东市"), OwnText("乙", "同", "西市"), OwnText("丙", "同", "东市")]
    assert list(grouped(texts, ["东市", "西市"])) == ["【东市】", "【甲、丙】同", "【西市】", "【乙】同"]


def test_a_superior_stands_among_its_units() -> None:
    """Whether it gives its own name as its superior or nothing; under another one it stands there."""
    assert groups_of(["东市", "甲校", "厅"], ["", "东 市", ""]) == ["东 市", "东 市", ""]
    assert groups_of(["东市", "甲校"], ["东市", "东市"]) == ["东市", "东市"]
    assert groups_of(["东市", "甲校"], ["厅", "东市"]) == ["厅", "东市"]


def test_order_of_the_superiors() -> None:
    """It is that of the units, whichever of them have a text in a cell."""
    merging = Merging(load_catalog())
    for name, superior, task in (("甲校", "东市", "1.1"), ("乙校", "西市", "1.2"), ("丙校", "东市", "1.2")):
        merging.take(name, f"{name}.yaml", "", [UnitText(task, REPORTS, "做了12件事。")], superior)
    merged = merging.finish(by_superior=True)
    assert merged.superiors == ("东市", "西市", "东市")
    assert merged.cells["1.2"] == ("【东市】", "【丙校】做了12件事。", "【西市】", "【乙校】做了12件事。")


def test_superiors_of_the_roster() -> None:
    """They go before those of the files."""
    merging = Merging(load_catalog())
    for name in ("甲校", "乙校"):
        merging.take(name, f"{name}.yaml", "", [UnitText("1.1", REPORTS, name)], "全市")
    assert merging.finish(superiors={0: "东区", 1: ""}).superiors == ("东区", "全市")
