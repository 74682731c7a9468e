"""Texts that say nothing but that a task is not the unit's business."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.not_concerned import NotConcerned, not_concerned
from zhijiao20.core.submission import Entry, Progress, gives_no_reason, is_not_applicable

BARE = [
    "不涉及。",
    "不涉及",
    "我单位不涉及此项工作",
    "此项工作不涉及我局",
    "此项不涉及",
    "该项工作与我局无关。",
    "与本单位无关",
    "我校不涉及。",
    "澄州市退役军人事务局不涉及此项工作。",
    "不涉及本单位",
    "本条不适用于我校",
]
WITH_REASON = [
    "无此项职能，不涉及",
    "不涉及，此项由市教育局统筹",
    "本校无此类专业，不适用",
    "本单位无此职能，不涉及此项。",
    "不属于我局职责范围。",
    "不涉及此项工作，由市人社局负责。",
    "我单位无此项业务，不适用。",
    "无相关职责。",
    "不在我局职责范围内",
    "非我单位职责",
    "无此项工作任务。",
    "本单位不承担此项工作",
    "不涉及（由市教育局负责）",
    "不涉及，本市没有研究生培养单位",
    "此项工作由市教育局牵头，我局不涉及",
    "本局不涉及该项任务，由教育局统一填报。",
    "我局无此项职责",
    "因我校为中职学校，不涉及此项工作。",
    "经核实，我单位不涉及。",
    "此项工作非我局职能",
    "不归我局管",
    "我局没有此项职能",
]
REPORTS = [
    "不涉及的学校2所已撤并，其余12所完成整改。",
    "不涉及新增经费，2019年招收退役军人312人。",
    "无",
    "由市人社局负责",
    "无偿提供场地",
    "没有发现问题",
    "不涉及新增经费，已完成招收。",
    "非全日制学员已全部注册。",
    "我局负责此项工作",
    "无此项职能的科室已撤并，完成整改",
    "我局已开展此项工作，不涉及资金",
    "不涉及资金",
    "本校没有此类专业的学生已转走",
    "此项工作已完成，不涉及其他部门",
    "我单位无此项业务，但已配合教育局开展培训",
    "无相关投诉",
    "不适用",
    "无此项。",
    "不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及不涉及",
]


@pytest.mark.parametrize("text", BARE)
def test_a_text_that_only_says_so(text: str) -> None:
    """People write it in Word, where there is no 进展."""
    assert not_concerned(text) is NotConcerned.BARE


@pytest.mark.parametrize("text", WITH_REASON)
def test_a_text_that_says_why(text: str) -> None:
    """Whose business it is, or that the unit has no such duty, is the reason."""
    assert not_concerned(text) is NotConcerned.WITH_REASON


@pytest.mark.parametrize("text", REPORTS)
def test_a_text_that_only_begins_like_it_reports(text: str) -> None:
    """A report that is taken for 不涉及 would be left out of the merged form."""
    assert not_concerned(text) is NotConcerned.NO


@settings(deadline=None, derandomize=True)
@given(st.sampled_from([*BARE, *WITH_REASON]), st.integers(1, 9999))
def test_a_figure_makes_a_report_of_it(text: str, figure: int) -> None:
    """Whatever else it says, it says what was done."""
    assert not_concerned(f"{text}培训{figure}人。") is NotConcerned.NO


PIECES = [
    "不涉及",
    "我局",
    "与本单位",
    "无关",
    "没有关系",
    "此项工作",
    "不适用",
    "无此项职能",
    "相关",
    "，",
    "。",
    "由市教育局负责",
]


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
@settings(deadline=None)
def test_the_quick_look_at_an_entry_loses_nothing(text: str) -> None:
    """An entry is looked at closely only where its text may say so."""
    said = not_concerned(text)
    assert is_not_applicable(Entry("1.1", None, text)) is (said is not NotConcerned.NO)
    bare = Entry("1.1", Progress.NOT_APPLICABLE, text)
    assert gives_no_reason(bare) is (bare.blank or said is NotConcerned.BARE)


@pytest.mark.parametrize("text", [*BARE, *WITH_REASON, *REPORTS])
def test_the_quick_look_agrees_with_the_closer_one(text: str) -> None:
    """The same for texts as people write them."""
    entry = Entry("1.1", None, text)
    assert is_not_applicable(entry) is (not_concerned(text) is not NotConcerned.NO)
    assert gives_no_reason(entry) is (not_concerned(text) is NotConcerned.BARE)
