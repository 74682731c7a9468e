"""A name that stands in a longer name, or with a place that is not the unit's own, is no unit of the roster."""

from __future__ import annotations

import pytest

from zhijiao20.core.identify import NOBODY, Directory
from zhijiao20.core.roster import Roster, RosterUnit

COUNTY = Directory(
    Roster(
        (
            RosterUnit("澄州市教育局", ("教育局",)),
            RosterUnit("澄州市人力资源和社会保障局", ("人社局", "市人社局")),
            RosterUnit("石桥县教育局"),
            RosterUnit("青溪县教育局"),
            RosterUnit("第一中学", ("一中",), "石桥县教育局"),
            RosterUnit("实验小学"),
        )
    )
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("县教育局.docx", None),
        ("石桥县人社局.docx", None),
        ("大同县教育局.docx", None),
        ("人社局.docx", "澄州市人力资源和社会保障局"),
        ("澄州市人社局.docx", "澄州市人力资源和社会保障局"),
        ("澄州人社局7月6日.docx", "澄州市人力资源和社会保障局"),
        ("附表2（人社局）填好的.docx", "澄州市人力资源和社会保障局"),
        ("报送人社局.docx", "澄州市人力资源和社会保障局"),
        ("人社局局长签字.docx", "澄州市人力资源和社会保障局"),
        ("十一中.docx", None),
        ("第二十一中学.docx", None),
        ("一中心小学.docx", None),
        ("第一中学附属小学.docx", None),
        ("第一中学初中部.docx", "第一中学"),
        ("石桥县一中.docx", "第一中学"),
        ("青溪县一中.docx", None),
        ("青溪县第一中学.docx", None),
        ("澄州市实验小学.docx", "实验小学"),
        ("青溪县实验小学.docx", None),
        ("石桥县教育局幼儿园.docx", None),
        ("石桥县教育局职成股（终稿）.docx", "石桥县教育局"),
        ("第一中学.zip!县教育局.docx", None),
        ("石桥县教育局.zip!县教育局.docx", "石桥县教育局"),
        ("青溪县教育局.zip!附表2.docx", "青溪县教育局"),
    ],
)
def test_a_name_in_a_longer_name_is_none(path: str, expected: str | None) -> None:
    """Nor is a place added that is not the unit's own: 一中 is not 十一中, 大同县教育局 is not 教育局."""
    found = COUNTY.by_file(path).unit
    assert (found.name if found else None) == expected


def test_only_the_place_of_a_unit_may_stand_in_front() -> None:
    """Its superior's; without one, the place of most units of the roster."""
    assert COUNTY.by_name("石桥县第一中学").unit
    assert COUNTY.by_name("澄州市实验小学").unit
    for other in ("青溪县第一中学", "澄州市第一中学", "石桥县实验小学"):
        assert COUNTY.by_name(other) == NOBODY
    equal = Directory(Roster((RosterUnit("甲县教育局"), RosterUnit("乙县教育局"), RosterUnit("实验小学"))))
    assert equal.by_name("甲县实验小学") == NOBODY
