"""The diff that a preview of fixes shows."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from zhijiao20.review.diff import unified_diff
from zhijiao20.review.fixer import Edit

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_BREAKS = re.compile(r"\r\n|\r|\n")


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, list[Edit]]:
    """A text, what edits make of it, and the edits."""
    pieces = draw(st.lists(st.sampled_from(["甲", "乙", "丁", "\n", "\r\n"]), max_size=40))
    ends = [0, *accumulate(map(len, pieces))]  # no remedy parts the two characters of a line end
    places = sorted(draw(st.lists(st.sampled_from(ends), max_size=8, unique=True)))
    old = "".join(pieces)
    edits = [Edit(begin, end, draw(st.text("丙\n", max_size=3))) for begin, end in [*pairwise(places)][::2]]
    new, done = "", 0
    for begin, end, text in edits:
        new += old[done:begin] + text
        done = end
    return old, new + old[done:], edits


@given(edited())
def test_a_diff_makes_the_old_text_the_new_one(case: tuple[str, str, list[Edit]]) -> None:
    """Carried out by its line numbers, as a program would."""
    old, new, edits = case
    lines = [*unified_diff(old, new, edits, "甲.csv")]
    assert lines[:2] == (["--- 甲.csv", "+++ 甲.csv（改后）"] if edits else [])
    before, after = _BREAKS.split(old), _BREAKS.split(new)
    made: list[str] = []
    at = 0
    for line in lines[2:]:
        if hunk := _HUNK.fullmatch(line):
            begin = int(hunk[1]) - 1
            made += before[at:begin]
            at = begin
            assert len(made) == int(hunk[3]) - 1
        else:
            if line[0] != "+":
                assert before[at] == line[1:]
                at += 1
            if line[0] != "-":
                made.append(line[1:])
    assert made + before[at:] == after


def test_a_diff_shows_a_line_before_and_a_line_behind() -> None:
    """Two changes far apart are two hunks, two side by side are one."""
    old = "".join(f"第{number}行\n" for number in range(1, 10))
    edits = [Edit(old.index(line), old.index(line) + 1, "改") for line in ("第2行", "第3行", "第8行")]
    new = old.replace("第2", "改2").replace("第3", "改3").replace("第8", "改8")
    assert [*unified_diff(old, new, edits, "甲.csv")] == [
        "--- 甲.csv", "+++ 甲.csv（改后）",
        "@@ -1,4 +1,4 @@", " 第1行", "-第2行", "-第3行", "+改2行", "+改3行", " 第4行",
        "@@ -7,3 +7,3 @@", " 第7行", "-第8行", "+改8行", " 第9行",
    ]  # fmt: skip
