"""The changes between two texts: by words, complete in both directions, and in bounded time."""

from __future__ import annotations

import random
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijiao20.core import alignment
from zhijiao20.core.text_changes import IN_NEW, IN_OLD, Kind, changes, is_changed

_MARKS = {Kind.SAME: "{}", Kind.OUT: "[-{}-]", Kind.IN: "[+{}+]", Kind.MOVED_OUT: "[<{}<]", Kind.MOVED_IN: "[>{}>]"}
_WORDS = [
    "招生",
    "4390人",
    "4510人",
    "占10.5%",
    "，",
    "。",
    "；",
    "\n",
    "〔2019〕12号",
    "中职",
    "高职",
    "的",
    "A",
    "在校生",
    "3所",
    " ",
]
_SENTENCES = ["建立了联席会议制度。", "印发实施方案12份。", "培训教师430人次；", "下一步扩大试点范围。\n", "\n"]
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(_WORDS)).map("".join),
    st.lists(st.sampled_from(_SENTENCES), max_size=12).map("".join),
)


def shown(old: str, new: str) -> str:
    """The changes with marks around them, after they were checked to be complete."""
    pieces = changes(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind in IN_OLD) == old
    assert "".join(piece.text for piece in pieces if piece.kind in IN_NEW) == new
    return "".join(_MARKS[piece.kind].format(piece.text) for piece in pieces)


@given(texts, texts)
def test_the_changes_make_of_each_text_the_other(old: str, new: str) -> None:
    """Nothing is lost and nothing is invented, whatever the texts; no piece is empty or continues the one before it."""
    shown(old, new)
    pieces = changes(old, new)
    assert is_changed(pieces) is (old != new)
    assert all(piece.text for piece in pieces)
    assert all(one.kind is not other.kind or "MOVED" in one.kind.name for one, other in pairwise(pieces))


@given(texts)
def test_a_text_with_itself(text: str) -> None:
    """A text is the same as itself, in one piece."""
    assert [piece.kind for piece in changes(text, text)] == [Kind.SAME] * bool(text)


def test_whether_anything_changed() -> None:
    """Nothing in a text with itself, something in any other."""
    assert not is_changed(changes("甲。", "甲。"))
    assert is_changed(changes("甲。", "乙。"))


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("2019年招生4390人，占10.5%。", "2019年招生4510人，占12.5%。", "2019年招生[-4390人-][+4510人+]，占[-10.5%-][+12.5%+]。"),
        ("投入1,200万元。", "投入1,350万元。", "投入[-1,200万元-][+1,350万元+]。"),
        ("职普比47.2∶52.8。", "职普比48.1∶51.9。", "职普比[-47.2∶52.8-][+48.1∶51.9+]。"),
        ("培训430 人次。", "培训450 人次。", "培训[-430 人次-][+450 人次+]。"),
        ("建成3个。", "建成3所。", "建成[-3个-][+3所+]。"),
        ("方案（澄教〔2019〕12号）有效。", "方案（澄教〔2020〕3号）有效。", "方案（澄教[-〔2019〕12号-][+〔2020〕3号+]）有效。"),
        ("全市中职在校生不少。", "全市高职在校生不少。", "全市[-中职-][+高职+]在校生不少。"),
        ("普高3人入学。", "职高3人入学。", "[-普高-][+职高+]3人入学。"),
        ("高职3人入学。", "高专3人入学。", "[-高职-][+高专+]3人入学。"),
        ("有止3人。", "有至3人。", "有[-止-][+至+]3人。"),
        ("设职3人，甲5人。", "设所3人，乙5人。", "[-设职-][+设所+]3人，[-甲-][+乙+]5人。"),
        ("任务已完成。", "任务未完成。", "任务[-已-][+未+]完成。"),
        ("共有三所学校。", "共有五所学校。", "共有[-三所-][+五所+]学校。"),
        ("共有三所", "共有五所", "共有[-三所-][+五所+]"),
        ("有3人，4所。", "有5人，6所。", "有[-3人-][+5人+]，[-4所-][+6所+]。"),
        ("学校有五。", "学校有三。", "学校有[-五-][+三+]。"),
        ("任务设甲乙丙。", "任务设丁乙戊。", "任务设[-甲乙丙-][+丁乙戊+]。"),
        ("任务设甲乙。", "任务设丁乙。", "任务设[-甲乙-][+丁乙+]。"),
        ("明确任务。", "明确了任务和责任。", "明确[+了+]任务[+和责任+]。"),
        ("参加Word培训的人很多。", "参加Excel培训的人很多。", "参加[-Word-][+Excel+]培训的人很多。"),
    ],
)  # fmt: skip
def test_words_and_figures(old: str, new: str, marked: str) -> None:
    """A figure with its unit is one word; a Chinese character is not told without its word; chance is no match."""
    assert shown(old, new) == marked


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        (
            "第一件事早就做完了。第二件事正在做。第三件。",
            "第二件事正在做。第三件。第一件事早就做完了。",
            "[<第一件事早就做完了。<]第二件事正在做。第三件。[>第一件事早就做完了。>]",
        ),
        (
            "开头的话。\n第一件事早就做完了。\n第二件事正在做。",
            "第一件事早就做完了。\n换了的话很多很多。\n第二件事正在做。",
            "[-开头的话。\n-]第一件事早就做完了。\n[+换了的话很多很多。\n+]第二件事正在做。",
        ),
        (
            "招生4390人的学校。\n第一件事早就做完了。\n第二件事正在做，并且要做好。",
            "第二件事正在做，并且要做好。\n招生4510人的学校。\n第一件事早就做完了。",
            "[>第二件事正在做，并且要做好。\n>]招生[-4390人-][+4510人+]的学校。\n第一件事早就做完了。[-\n-][<第二件事正在做，并且要做好。<]",
        ),
        ("甲句不变。\n乙句。", "甲句不变。新加的句子。\n乙句。", "甲句不变。[+新加的句子。+]\n乙句。"),
        ("甲句不变。\n乙句。", "甲句不变。\n新加的句子。\n乙句。", "甲句不变。\n[+新加的句子。\n+]乙句。"),
        ("短句一。短句二。", "短句二。短句一。", "[+短句二。+]短句一。[-短句二。-]"),
        ("第一件事早就做完了。\n好。", "第一件事早就做完了。好。", "第一件事早就做完了。[-\n-]好。"),
        ("好。第一件事早就做完了。", "好。第一件事早就做完了。\n", "好。第一件事早就做完了。[+\n+]"),
    ],
)  # fmt: skip
def test_sentences(old: str, new: str, marked: str) -> None:
    """A sentence that stands elsewhere is moved, one too short to be sure is not; a line end is a change of its own."""
    assert shown(old, new) == marked


def test_paragraphs_are_told_whole() -> None:
    """A paragraph that was taken out goes with its line end; a text that has nothing in common is told as a whole."""
    assert shown("甲段很长。\n乙段也长。\n丙段。", "甲段很长。\n丙段。") == "甲段很长。\n[-乙段也长。\n-]丙段。"
    assert shown("甲段很长。\n乙段也长。", "甲段很长。") == "甲段很长。[-\n乙段也长。-]"
    assert (
        shown("建立会议制度，每季度1次。", "选派教师33人次下企业。")
        == "[-建立会议制度，每季度1次。-][+选派教师33人次下企业。+]"
    )
    assert shown("", "新") == "[+新+]"
    assert shown("旧", "") == "[-旧-]"


def test_texts_too_long_to_compare_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """What each text has once divides them; between two of these nothing is compared if it is still too long."""
    monkeypatch.setattr(alignment, "_AREA", 4)
    old, new = ("甲。乙。丙。丁。戊。同。同。己。", "子。丁。丑。甲。乙。戊。同。寅。同。")
    assert shown(old, new) == "[+子。丁。丑。+]甲。乙。[-丙。丁。-]戊。同。[+寅。+]同。[-己。-]"
    assert shown("甲。甲。甲。", "乙。乙。") == "[-甲。甲。甲。-][+乙。乙。+]"


@pytest.mark.minutes
@pytest.mark.parametrize("letters", ["ab。", "一二三四。，", "。", "12。", "的了。\n", " \n"])
def test_work_grows_with_the_length(letters: str) -> None:
    """Four times the text takes about four times as long, not sixteen times."""

    def taken(length: int) -> float:
        chance = random.Random(1)
        old, new = ("".join(chance.choice(letters) for _ in range(length)) for _ in range(2))
        begin = process_time()
        shown(old, new)
        return process_time() - begin

    taken(1000)
    short = max(taken(40_000), 0.05)
    assert any(taken(160_000) < 10 * short for _ in range(4))  # a busy machine makes one slower, not all
