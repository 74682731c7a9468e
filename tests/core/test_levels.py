"""What units are called across levels: the name alone, and 上级：单位 where the name is not enough."""

from __future__ import annotations

from zhijiao20.core.levels import bare_name, full_label, labels_of


def test_a_name_alone_is_enough() -> None:
    """Without superiors, and with them where no two units share a name."""
    assert labels_of(["甲校", "甲校"], ["", ""]) == ["甲校", "甲校"]
    assert labels_of(["甲校", "乙校"], ["东市", "西市"]) == ["甲校", "乙校"]


def test_namesakes_are_told_apart() -> None:
    """Also those that differ in width or brackets; one without a superior has nothing to add."""
    assert labels_of(["一校", "一 校", "乙校", "一校"], ["东市", "西市", "西市", ""]) == [
        "东市：一校",
        "西市：一 校",
        "乙校",
        "一校",
    ]


def test_a_label_is_not_led_twice() -> None:
    """A unit that is called 上级：单位 already stays so, also where its name would be enough."""
    assert labels_of(["东市：一校", "西市：一校"], ["东市", "西市"]) == ["东市：一校", "西市：一校"]
    assert labels_of(["东市：一校"], ["东市"]) == ["东市：一校"]
    assert bare_name("东市：一校", "东市") == "一校"
    assert bare_name("东市：一校", "") == "东市：一校"
    assert full_label("一校", "") == "一校"
