"""Texts that say nothing but that a task is not the unit's business."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from not_concerned_texts import BARE, REPORTS, WITH_REASON

from zhijiao20.core.not_concerned import NotConcerned, not_concerned, own_name
from zhijiao20.core.submission import Entry, Progress, gives_no_reason, is_not_applicable

SAID = [*BARE, *WITH_REASON]


@pytest.mark.parametrize(
    ("texts", "said"),
    [(BARE, NotConcerned.BARE), (WITH_REASON, NotConcerned.WITH_REASON), (REPORTS, NotConcerned.NO)],
    ids=["bare", "with-reason", "reports"],
)
def test_texts_as_people_write_them(texts: Iterable[str], said: NotConcerned) -> None:
    """In Word there is no 进展; a report that is taken for 不涉及 would be left out of the merged form.

    A quick look at an entry says the same as the closer one.
    """
    assert [text for text in texts if not_concerned(text) is not said] == []
    entries = [Entry("1.1", None, text) for text in texts]
    bare, reports = said is NotConcerned.BARE, said is NotConcerned.NO
    assert [entry.status for entry in entries if is_not_applicable(entry) is reports] == []
    assert [entry.status for entry in entries if gives_no_reason(entry) is not bare] == []


@settings(deadline=None, derandomize=True)
@given(st.sampled_from(SAID), st.integers(1, 9999))
def test_a_figure_makes_a_report_of_it(text: str, figure: int) -> None:
    """Whatever else it says, it says what was done."""
    assert not_concerned(f"{text}培训{figure}人。") is NotConcerned.NO


SENTENCES = [
    *[
        "已完成整改",
        "我局已印发方案",
        "正在推进",
        "将按要求落实",
        "已招录学员",
        "组织开展培训",
        "由我局牵头推进",
        "尚未启动",
    ],
    *["我校教务处负责推进", "配合市教育局做好工作", "暂无进展", "没有发现违规现象", "取得明显成效", "我局承担其余工作"],
    *[
        "其中中职部分由我局负责",
        "相关工作已全面铺开",
        "其他工作有序推进",
        "除资金外均已落实",
        "今后将逐步开展",
        "成效明显",
    ],
]


@settings(deadline=None, derandomize=True, max_examples=500)
@given(
    st.sampled_from(SAID), st.sampled_from(SENTENCES), st.sampled_from(["", "，", "。", "；", "\n", " "]), st.booleans()
)
def test_another_sentence_makes_a_report_of_it(text: str, sentence: str, between: str, before: bool) -> None:
    """Before or behind it, with or without a mark between them."""
    parts = (sentence, text) if before else (text, sentence)
    assert not_concerned(between.join(parts)) is NotConcerned.NO


OTHERS = [
    "其他单位",
    "市财政局",
    "各县区",
    "下属学校",
    "我校教务处",
    "其余",
    "部分学校",
    "石桥县教育局",
    "该企业",
    "学生",
    "社会力量",
]
OF_OTHERS = ["不涉及", "不涉及此项工作", "无此职能，不涉及", "不适用", "不承担此项工作", "与此项工作无关"]
CLAIMS = ["", "由我局负责", "此项工作由我校推进", "由本单位牵头", "由我们负责", "由我委办公室承担", "由教务处负责"]


def test_what_is_said_of_others_is_a_report() -> None:
    """The unit may claim the task, and need not even say so."""
    texts = [
        text
        for other, claim, said in product(OTHERS, CLAIMS, OF_OTHERS)
        for text in (f"{claim}，{other}{said}", f"{other}{said}，{claim}", f"{other}{said}")
    ]
    assert [text for text in texts if not_concerned(text) is not NotConcerned.NO] == []


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("澄州市财政局不涉及此项工作", "澄州市财政局", NotConcerned.BARE),
        ("市财政局不涉及。", "澄州市财政局", NotConcerned.BARE),
        ("此项工作与财政局无关", "澄州市财政局", NotConcerned.BARE),
        ("此项工作财政局不涉及，由市教育局负责", "澄州市财政局", NotConcerned.WITH_REASON),
        ("此项由市教育局牵头，我局不涉及", "石桥县教育局", NotConcerned.WITH_REASON),
        ("澄州市财政局不涉及此项工作", "澄州市教育局", NotConcerned.NO),
        ("东湖市财政局不涉及此项工作", "澄州市财政局", NotConcerned.NO),
        ("由市教育局负责，不涉及", "澄州市教育局", NotConcerned.NO),
        ("由澄州市教育局职成科负责，不涉及", "澄州市教育局", NotConcerned.NO),
        ("由教育局负责，其余不涉及", "澄州市教育局", NotConcerned.NO),
        ("学校不涉及", "澄州市学校", NotConcerned.NO),
        ("甲不涉及", "甲", NotConcerned.NO),
        ("不涉及", "", NotConcerned.BARE),
    ],
)
def test_the_units_own_name(text: str, unit: str, expected: NotConcerned) -> None:
    """It stands for 我单位, with or without the place; a name that goes on to the left is another unit's."""
    assert not_concerned(text, own_name(text, unit)) is expected


PIECES = [
    *[
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
        " ",
        "市级",
    ],
    *["由市教育局负责", "超出", "职责", "不在", "不承担", "澄州市财政局"],
]


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.sampled_from(["", "澄州市财政局"]))
@settings(deadline=None, derandomize=True)
def test_the_quick_look_at_an_entry_loses_nothing(text: str, own: str) -> None:
    """An entry is looked at closely only where its text may say so."""
    said = not_concerned(text, own)
    assert is_not_applicable(Entry("1.1", None, text, own_name=own)) is (said is not NotConcerned.NO)
    bare = Entry("1.1", Progress.NOT_APPLICABLE, text, own_name=own)
    assert gives_no_reason(bare) is (bare.blank or said is NotConcerned.BARE)


@pytest.mark.parametrize(
    "text",
    ["不涉及" * 33_333, " " * 99_999 + "不涉及", "，" * 99_999 + "不涉及", "由" + "市局" * 49_999 + "不涉及"],
    ids=["words", "spaces", "commas", "names"],
)
def test_a_long_text_costs_nothing(text: str) -> None:
    """It reports; its length decides."""
    assert not_concerned(text) is NotConcerned.NO
    assert not is_not_applicable(Entry("1.1", None, text))


@pytest.mark.parametrize(
    "piece", ["市", "市局", "市教育局和", "厅处", "高职", "统一负责", "市委办", "主要", "，不", "与我局"]
)
def test_the_longest_text_is_looked_at_in_no_time(piece: str) -> None:
    """No pattern tries the same characters again and again."""
    not_concerned("由市教育局负责，我局不涉及，无")  # compiles the patterns
    begin = time.process_time()
    for tail in ("的", "不涉及", "，我局不涉及"):
        for size in (36, 40, 90):
            assert not_concerned("由" + (piece * size)[:size] + tail) is NotConcerned.NO
    assert time.process_time() - begin < 5
