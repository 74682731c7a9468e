"""Comparing wording: what is the same, and how a difference is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.wording import _fold, difference, fold, same_wording

QUICK = settings(deadline=None, derandomize=True)
# What stands in offices' files; no combining marks, which no Chinese text has.
OFFICE = st.text(
    st.one_of(
        st.sampled_from("严把教学标准和毕业学生质量两个关口制订定ABxX019"),
        st.sampled_from("，。、；：？！“”‘’\"'（）()[]〔〕《》—–-~〜～·…%％+＋１Ａａ．,.:;"),
        st.sampled_from(" \t\n\r\u3000\u00a0\u200b\u00ad\ufeff\u2060\u2028\u2f2f⼯㎡①Ⅱ"),
    )
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("严把教学标准", "严 把\n教学\u3000标准", id="white-space"),
        pytest.param("严把教学标准", "严\u200b把教\u00ad学标准\ufeff", id="invisible"),
        pytest.param("1+X证书", "１＋ｘ证书", id="width-and-case"),
        pytest.param("“放管服”改革，", '"放管服"改革,', id="quotation-marks-and-comma"),
        pytest.param("‘甲’。", "'甲'.", id="single-quotes-and-stop"),
        pytest.param("甲—乙", "甲-乙", id="dash"),
        pytest.param("（市、州、盟）", "(市、州、盟)", id="brackets"),
        pytest.param("工作", "⼯作", id="kangxi-radical"),
    ],
)
def test_same(one: str, other: str) -> None:
    """What copying and typing change of itself does not make the official wording another one."""
    assert same_wording(one, other)
    assert same_wording(other, one)
    assert difference(one, other) == ""


@pytest.mark.parametrize(
    ("official", "found", "told"),
    [
        pytest.param(
            "制订具体政策办法", "制定具体政策办法", "“制订具体政策办法”改成了“制定具体政策办法”", id="changed"
        ),
        pytest.param("严把教学标准", "严把教学的标准", "“严把教学”之后多了“的”", id="added"),
        pytest.param("严把教学标准", "严把标准", "“严把”之后少了“教学”", id="removed"),
        pytest.param("严把教学标准", "", "“”之后少了“严把教学标准”", id="all-gone"),
        pytest.param(
            "一二三四五六七八九十", "一二三四五六七八九拾", "“四五六七八九十”改成了“四五六七八九拾”", id="cut"
        ),
        pytest.param(
            "甲一乙二丙三丁四戊五",
            "甲壹乙贰丙叁丁肆戊伍",
            "“甲一乙二丙三丁四”改成了“甲壹乙二丙三丁四”；“甲一乙二丙三丁四戊五”改成了“甲一乙贰丙三丁四戊五”；"
            "“甲一乙二丙三丁四戊五”改成了“甲一乙二丙叁丁四戊五”；另有 2 处",
            id="three-places-at-most",
        ),
    ],
)
def test_difference(official: str, found: str, told: str) -> None:
    """A changed wording is told with what stands around it, so that the clerk sees the one character."""
    assert not same_wording(official, found)
    assert difference(official, found) == told


def test_no_two_tasks_are_the_same(catalog: Catalog) -> None:
    """Folding keeps the 87 tasks apart: a row is known by its wording."""
    assert len({fold(task.text) for task in catalog.tasks.values()}) == 87


def test_difference_shows_the_text_as_it_is(catalog: Catalog) -> None:
    """A wrong value is quoted as it is: 1+X stays 1+X, the official full-width stop stays one."""
    official = catalog.tasks["6.1"].text
    assert "1+X证件" in difference(official, official.replace("1+X证书", "1+X证件"))


@QUICK
@given(OFFICE)
def test_fold_twice_is_fold(text: str) -> None:
    """What was folded compares with what was folded."""
    assert fold(fold(text)) == fold(text)


@QUICK
@given(OFFICE, st.sampled_from(" \n\u3000\u00a0\u200b\u00ad\ufeff"), st.integers(0, 20))
def test_fold_ignores_what_fills_no_space(text: str, nothing: str, at: int) -> None:
    """A stray space or zero-width character anywhere changes nothing."""
    assert same_wording(text, text[:at] + nothing + text[at:])


@QUICK
@given(OFFICE, OFFICE)
def test_a_difference_is_told_where_there_is_one(official: str, found: str) -> None:
    """A finding about changed wording never comes with nothing to show."""
    assert bool(difference(official, found)) is not same_wording(official, found)


@given(st.text(st.characters(min_codepoint=0x2F00, max_codepoint=0xA4CF) | st.sampled_from("aZ0９（ 　\u200b")))
def test_the_fast_path_changes_nothing(text: str) -> None:
    """A name of Chinese characters is its own folded form."""
    assert fold(text) == _fold(text)
