"""The sentence that counts: its wording, case by case, and that it is known again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_merge import QUICK

from zhijiao20.core.answers import DONE, EMPTY, NOT_APPLICABLE, NOT_STARTED, ONGOING, OUTSIDE, UNMARKED
from zhijiao20.core.digest import counts_sentence, group_sentence, is_counts_sentence, is_digest_cell

WORDED = [
    (
        {DONE: 20, ONGOING: 15, NOT_STARTED: 1, NOT_APPLICABLE: 5},
        "41个单位：已完成20个，推进中15个，未启动1个（甲），不涉及5个。",
    ),
    ({UNMARKED: 36, NOT_APPLICABLE: 5}, "36个单位填报，5个不涉及。"),
    ({UNMARKED: 36}, "36个单位填报。"),
    (
        {DONE: 10, ONGOING: 8, UNMARKED: 18, NOT_APPLICABLE: 5},
        "36个单位填报：已完成10个，推进中8个，未注明进展18个；5个不涉及。",
    ),
    ({DONE: 10, UNMARKED: 18}, "28个单位填报：已完成10个，未注明进展18个。"),
    ({NOT_STARTED: 2, UNMARKED: 1}, "3个单位填报：未启动2个（甲、乙），未注明进展1个。"),
    ({ONGOING: 1, NOT_STARTED: 3}, "4个单位：推进中1个，未启动3个（甲、乙、丙）。"),
    ({NOT_STARTED: 5}, "5个单位：未启动5个（甲、乙、丙、丁、戊）。"),
    ({NOT_STARTED: 8}, "8个单位：未启动8个（甲、乙、丙、丁、戊等8个单位）。"),
    ({NOT_APPLICABLE: 41}, "41个单位：不涉及41个。"),
    ({DONE: 12000}, "12000个单位：已完成12000个。"),
    ({DONE: 1, EMPTY: 7, OUTSIDE: 9}, "1个单位：已完成1个。"),
    ({EMPTY: 7, OUTSIDE: 9}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("answers", "sentence"), WORDED, ids=[sentence or "nothing" for _, sentence in WORDED])
def test_wording(answers: dict[str, int], sentence: str) -> None:
    """What nobody answered is left out; the names of the first five; who does not answer is not counted."""
    assert counts_sentence(answers, iter("甲乙丙丁戊己庚辛")) == sentence


COUNTS = st.dictionaries(st.sampled_from([DONE, ONGOING, NOT_STARTED, NOT_APPLICABLE, UNMARKED]), st.integers(1, 99999))
NAMES = st.lists(
    st.text(st.characters(exclude_characters="，；。\n", codec="utf-8"), min_size=1, max_size=100), min_size=1
)


@QUICK
@given(COUNTS, NAMES, st.sampled_from(["", "学校", "东湖市教育局（本级）", "分组2"]))
def test_sentences_are_known_again(answers: dict[str, int], names: list[str], group: str) -> None:
    """Whatever is counted, with any names and any group."""
    sentence = counts_sentence(answers, names)
    assert is_counts_sentence(group_sentence(group, sentence) if group else sentence) is bool(answers)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "印发方案。",
        "45个单位。",
        "0个单位填报。",
        "45个单位填报",
        "45个单位：已完成。",
        "全市45个单位：已完成20个。",
        "45个单位：已完成20个，详见报告。",
        "【甲局】45个单位参加培训，已完成20个。",
        "3个单位填报：未启动3个。",
        "其中，" + "甲" * 2000 + "3个单位填报。",
    ],
)
def test_other_texts_are_not_taken_for_counts(line: str) -> None:
    """What a unit writes of numbers is its text."""
    assert not is_counts_sentence(line)


def test_group() -> None:
    """Its name stands before the number, quoted where it ends in a digit itself."""
    assert group_sentence("学校", "36个单位填报。") == "其中，学校36个单位填报。"
    assert group_sentence("分组2", "36个单位填报。") == "其中，“分组2”36个单位填报。"


def test_cell_of_a_digest() -> None:
    """It begins with counts, whatever follows."""
    assert is_digest_cell(["36个单位填报。", "【甲】印发方案。"])
    assert not is_digest_cell(["印发方案。", "36个单位填报。"])
    assert not is_digest_cell([])
