"""Changes and shares that are told to be right without reading their quantities, and units that are looked at."""

from __future__ import annotations

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Entry
from zhijiao20.rules.content import change_wrong, percentage_wrong
from zhijiao20.rules.shared.agreeing_changes import is_agreeing_change, is_agreeing_share
from zhijiao20.rules.shared.figure_units import units_in
from zhijiao20.rules.shared.passage import Passage

RIGHT = (
    "专业在校生由2018年的2735人增加到2019年的3441人，增长25.8%",
    "对口就业率由81.3%提高到87.8%，提高了6.5个百分点",
    "学校数由28所减少到23所，下降17.9%",
    "平台服务1824人次，比上年增加142人次，增长8.4%",
    "支出90万元，比2018年减少10万元，下降10%",
)
WRONG = (
    "专业在校生由2735人增加到3441人，增长28.5%",
    "在校生由3441人增加到2735人，增长20.5%",
    "在校生由2735人增加到3441人，下降25.8%",
    "平台服务1824人次，比上年增加142人次，增长4.8%",
    "平台服务1824人次，比上年增加142人次，下降8.4%",
)
UNSURE = (
    "增加",
    "增加12人",
    "12人，比上年增加12人，增长8.4%",
    "由12人增加到12人，增长0%",
    "由0人增加到12人，增长100%",
    "就业率由50%提高到60%，提高20%",
    "人数由50人增加到60人，增加10个百分点",
    "由50人增加到60人，增长20%，上年为40人",
    "入学率由95%提高到105%，提高10个百分点",
    "2019年有12人，由50人增加到60人，增长20%",
)


def _found(sentence: str, catalog: Catalog) -> list[object]:
    passage = Passage(catalog.tasks["1.1"], Entry("1.1", status=f"{sentence}。"), Thresholds())
    return list(change_wrong._doubts_in(passage, passage.quantities))


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_change_is_told(sentence: str, catalog: Catalog) -> None:
    """Nothing is found where all quantities are read, either."""
    assert is_agreeing_change(sentence)
    assert _found(sentence, catalog) == []


@pytest.mark.parametrize("sentence", WRONG)
def test_a_wrong_change_is_not_told_to_be_right(sentence: str, catalog: Catalog) -> None:
    """And it is found."""
    assert not is_agreeing_change(sentence)
    assert _found(sentence, catalog)


@pytest.mark.parametrize("sentence", UNSURE)
def test_what_else_there_is_to_read_is_read(sentence: str) -> None:
    """Other figures, no base, rates and what is no rate."""
    assert not is_agreeing_change(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "参加考核652人，通过573人，通过率87.9%",
        "名师工作室完成1266个，完成年度任务1324个的95.6%",
        "培训783人次，占总量1234人次的63.5%",
        "预算1.2亿元，支出0.9亿元，执行率75%",
    ],
)
def test_a_right_share_is_told(sentence: str, catalog: Catalog) -> None:
    """Nothing is found where all quantities are read, either."""
    passage = Passage(catalog.tasks["1.1"], Entry("1.1", status=f"{sentence}。"), Thresholds())
    assert is_agreeing_share(sentence)
    assert [*filter(None, percentage_wrong._doubts_in(passage, passage.quantities, 0))] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "合格率高",
        "参加考核652人，通过573人，通过率78.9%",
        "参加考核652人，通过573人次，通过率87.9%",
        "参加考核652人次，通过573人，通过率87.9%",
        "参加考核652人，通过573人，通过率87.9%，其中女30人",
        "参加考核0人，通过0人，通过率0%",
        "预算1.2亿元，支出0.9万元，执行率75%",
        "完成115个，任务100个，完成115%",
    ],
)
def test_other_shares_are_read(sentence: str) -> None:
    """Wrong ones, and those of other units or with more figures."""
    assert not is_agreeing_share(sentence)


def test_the_whole_comes_first() -> None:
    """录取1160人，其中734人: the other way round the part is more than the whole."""
    assert is_agreeing_share("共录取1160人，其中服装设计734人，占63.3%", whole_first=True)
    assert not is_agreeing_share("共录取734人，其中服装设计1160人，占63.3%", whole_first=True)


def test_a_change_of_rates() -> None:
    """Not of numbers, nor by a number."""
    rates, numbers, by = RIGHT[1], RIGHT[0], RIGHT[3]
    assert [is_agreeing_change(text, of_rates=True) for text in (rates, numbers, by)] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("2019年招生390名，比2018年的315人增加75人", ["人", "人", "人"]),
        ("课程3个学时、5学时，3个班、1.5万元", ["学", "学", "个", "元"]),
        ("合格率98.2％、9‰，12日、3天", ["%", "%", "天", "天"]),
        ("没有数", []),
    ],
)
def test_units_that_are_the_same(text: str, units: list[str]) -> None:
    """Each number that is no year has one, the same for the same unit."""
    assert units_in(text, 0, len(text)) == units


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("培训总量5860人次。面向紧缺领域培训1860人次，占培训总量的37.1%。", True),
        ("培训总量5860人次。面向紧缺领域培训1860人次，占培训总量的31.7%。", False),
        ("制度健全。占学生的27%。", False),
    ],
)
def test_the_whole_may_be_in_the_sentence_before(text: str, found: bool, catalog: Catalog) -> None:
    """It is read if the sentence of the percentage gives no relation."""
    passage = Passage(catalog.tasks["1.1"], Entry("1.1", status=text), Thresholds())
    assert bool(list(percentage_wrong.check(passage))) is found
