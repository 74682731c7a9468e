"""Quick looks at a text that save a slow one: they never change what comes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.garbled import LOST_MARKS
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Entry, gives_no_reason, without_invisible
from zhijiao20.core.wording import fold
from zhijiao20.formats.normalize.clean_text import is_kept
from zhijiao20.rules.completeness import placeholder
from zhijiao20.rules.content import (
    change_wrong,
    fractional_count,
    order_of_magnitude,
    percentage_points,
    percentage_wrong,
    repeated_sentence,
    reversed_period,
    same_text,
    sum_wrong,
    two_values,
    unit_missing,
)
from zhijiao20.rules.conventions import doubled_word
from zhijiao20.rules.engine import text_rules
from zhijiao20.rules.rule_signs import signs
from zhijiao20.rules.shared.arithmetic import Candidate, confirmed_matches
from zhijiao20.rules.shared.passage import Passage
from zhijiao20.rules.shared.signs import JoinedTexts

QUICK = settings(deadline=None, derandomize=True, max_examples=300)
SINGLE = (0xAD, 0x61C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0)
NOTHING = dict.fromkeys([*SINGLE, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
SAME = str.maketrans("“”„＂‘’。—–―−﹣〜", '""""\'\'.-----~')
LIKELY = st.sampled_from(
    [
        *"已落实略无见附件1。，；：“”—–〜＂×XxＸ○〇◯●_＿ \n\t\u3000\u00a0\u200b\u00ad\ufeffﾠ１ａＡﬁ㎡é\u0301",
        "推进中",
        "不涉及",
        "做了很多工作" * 4,
    ]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(LIKELY, max_size=40).map("".join))


@given(TEXTS)
@QUICK
def test_folding_is_what_it_always_was(text: str) -> None:
    """Width, invisible characters, the style of punctuation and white space; in whatever order they are taken."""
    plain = unicodedata.normalize("NFKC", text).translate(NOTHING)
    assert fold(text) == "".join(plain.translate(SAME).split()).casefold()
    assert without_invisible(text) == text.translate(NOTHING)


_LOST_AT_ONCE = re.sub("[烫屯]", "", LOST_MARKS)  # 烫 and 屯 are lost text three at a time only


@given(st.text(st.one_of(st.sampled_from("烫屯"), st.characters()), max_size=20))
@QUICK
def test_a_text_is_kept_unless_a_character_of_it_is_not(text: str) -> None:
    """What XML cannot hold, line ends other than LF, and what may be lost characters."""
    assert (is_kept(text) is None) is bool(
        re.search(f"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff{_LOST_AT_ONCE}]|烫烫烫|屯屯屯", text)
    )


@pytest.mark.parametrize(
    "code",
    [*range(32), *map(ord, LOST_MARKS), 0x7F, 0x85, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x10FFFF],
)
def test_the_edges_of_what_is_kept(code: int) -> None:
    """Each end of each range."""
    lost = code < 9 or 10 < code < 32 or 0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF} or chr(code) in LOST_MARKS
    assert (is_kept(f"甲{chr(code) * 3}乙") is None) is lost


@given(TEXTS)
@QUICK
def test_the_glances_at_a_placeholder_change_nothing(text: str) -> None:
    """Without them it is the same, and slow."""
    quick = placeholder.is_placeholder(text), placeholder.find_gap(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placeholder, "_PROSE", re.compile("(?!)"))
        patch.setattr(placeholder, "_TWO_MARKS", re.compile(""))
        assert (placeholder.is_placeholder(text), placeholder.find_gap(text, [""])) == quick


@pytest.mark.parametrize("space", [" ", "\u200b", "，", "\u3000"])
def test_a_text_is_said_within_the_first_thousand_characters(space: str) -> None:
    """What begins with so much nothing is none, whatever comes then."""
    assert placeholder.is_placeholder(space * 1000 + "做了很多工作" * 10)
    assert not placeholder.is_placeholder(space * 900 + "做了很多工作" * 10)


@given(TEXTS)
@QUICK
def test_the_glance_at_a_reason_changes_nothing(text: str) -> None:
    """不涉及 with anything around it that is none."""
    core = text.translate(NOTHING).strip("。．.，,；;！! \t\n\u3000\u00a0")
    assert gives_no_reason(Entry("1.1", status=text)) is (core == "不涉及" or Entry("1.1", status=text).blank)


FIGURES = st.lists(
    st.sampled_from(
        [
            "参加考核5218人",
            "通过4390人",
            "通过率",
            "84.1%",
            "94.1%",
            "220%",
            "合格率",
            "占",
            "占比重",
            "占总数5218人的",
            "的",
            "其中",
            "男",
            "其他",
            "28人",
            "23人",
            "由",
            "从28所",
            "降至23所",
            "减少",
            "增加",
            "提高了",
            "19.7%",
            "17.9%",
            "百分之五",
            "合计",
            "共计51人",
            "分别为28人",
            "包括甲28人",
            "28，其中",
            "12.5人",
            "投入312万元",
            "174元",
            "1,740元",
            "2020—2018年",
            "比2018年的315人",
            "招生390人",
            "75人",
            "2018年",
            "2019年",
            "（",
            "）",
            "，",
            "、",
            "。",
            "；",
            "：",
            "\n",
        ]
    ),
    max_size=16,
).map("".join)


@given(FIGURES)
@QUICK
def test_the_signs_of_figures_change_nothing(catalog: Catalog, text: str) -> None:
    """What is found with all figures of a text is found by reading the sentences with a sign."""
    passage = Passage(catalog.tasks["1.1"], Entry("1.1", status=text), Thresholds())
    figures = passage.quantities
    sentences = range(len(passage.sentence_ends))
    everything: list[tuple[ModuleType, Iterable[Candidate]]] = [
        (sum_wrong, [*sum_wrong._among(passage, figures), *sum_wrong._summed(passage, figures)]),
        (change_wrong, change_wrong._doubts_in(passage, figures)),
        (percentage_wrong, [d for number in sentences for d in percentage_wrong._doubts_in(passage, figures, number)]),
        (percentage_points, percentage_points._find_in(passage, figures)),
        (order_of_magnitude, order_of_magnitude._find_matches(passage)),
        (two_values, two_values._find_matches(passage)),
    ]
    for rule, doubts in everything:
        assert sorted(rule.check(passage)) == sorted(confirmed_matches(doubts)), rule.__name__
    for simple in (fractional_count, unit_missing, reversed_period):
        assert [*simple.check(passage)] == [*simple._find_matches(passage)]


MARKED = st.lists(
    st.sampled_from(
        [
            *'（）《》“”〔〕【】()"，。；：、.,;:\n一二三四1234%％-～—×',
            *(
                "澄教职成〔2019〕4号",
                "教职成 〔2019〕",
                "（2019）第31号",
                "2019〕17",
                "2020年06月03号",
                "2020.5.6",
                "二〇二〇年",
            ),
            *(
                "月3日",
                "13月",
                "25时",
                "2月30日",
                "截止2020年",
                "今年",
                "上学期",
                "搞定",
                "我校",
                "布署",
                "己经",
                "的的",
            ),
            *(
                "二是",
                "三是",
                "2019—2017年",
                "5月28日至15日",
                "3-5亿",
                "4.35人次",
                "1：1.5",
                "男女比3比5",
                "元",
                "５",
                "\u200b",
            ),
            *("临河市卫生学校", "临河卫生学校", "甲职业技术学院", "甲职业学院", "落实", "推进"),
        ]
    ),
    max_size=14,
).map("".join)


@given(st.lists(st.one_of(FIGURES, MARKED), min_size=1, max_size=4))
@QUICK
def test_the_signs_of_rules_change_nothing(catalog: Catalog, texts: list[str]) -> None:
    """A rule finds something only in texts that have its sign, looked for in all of them at once."""
    tasks = ("1.1", "12.2", "16.4", "2.1")
    passages = [
        Passage(catalog.tasks[task], Entry(task, status=text), Thresholds())
        for task, text in zip(tasks, texts, strict=False)
    ]
    joined, found = JoinedTexts(passages), signs()
    for code, rule in text_rules():
        if code in found:
            having = list(joined.having(found[code]))
            assert [passage for passage in passages if passage not in having and list(rule(passage))] == [], code


REPEATED = st.lists(
    st.sampled_from([*"甲乙，。；的了2019 ", "建立制度", "印发办法三份，检查一次", "订单班"]), max_size=14
).map("".join)


@given(REPEATED)
@QUICK
def test_the_glances_at_repeated_words_change_nothing(catalog: Catalog, text: str) -> None:
    """Each repeat of one to four characters, and each repeated sentence, found the slow way."""
    repeats = [
        (at, n)
        for n in doubled_word._ZEROS
        for at in range(len(text))
        if text[at : at + n] == text[at + n : at + 2 * n]
    ]
    repeats = [(at, n) for at, n in repeats if "一" <= text[at : at + 1] <= "鿿"]
    assert doubled_word._repeats(text) == [(at, n) for at, n in repeats if at + 2 * n <= len(text)]
    passage = Passage(catalog.tasks["1.1"], Entry("1.1", status=text), Thresholds())
    assert [*repeated_sentence.check(passage)] == sorted(repeated_sentence._find_matches(text))


def test_parts_without_a_mark_between_them(catalog: Catalog) -> None:
    """Two figures in one clause are no enumeration; the second one has nothing before its words but the first."""
    passage = Passage(catalog.tasks["1.1"], Entry("1.1", status="学生862人，其中男生500人女生362人。"), Thresholds())
    assert list(sum_wrong.check(passage)) == []


@pytest.mark.parametrize("shared", [("甲", "", ""), ("甲", "乙", "丙")])
def test_texts_that_share_a_clause_are_not_alike(shared: tuple[str, str, str], catalog: Catalog) -> None:
    """One clause of many is what all units write, even where each text shares one with each other."""
    one, two, three = (f"{word}类学校全部接入统一平台，" if word else "" for word in shared)
    own = ("做了教师培训工作并有进展" * 6, "办了产教融合事项已经见效" * 6, "开展社会服务活动得到好评" * 6)
    texts = (one + two + own[0], one + three + own[1], two + three + own[2])
    entries = [Entry(task, status=text) for task, text in zip(("1.1", "1.2", "1.3"), texts, strict=True)]
    passages = [Passage(catalog.tasks[entry.task], entry, Thresholds()) for entry in entries]
    assert list(same_text.check(passages)) == []


def test_an_end_of_text_inside_a_text_is_none(catalog: Catalog) -> None:
    """Three texts are three, whatever characters they have; the second and third are alike."""
    alike = "完成实训基地改造并投入使用\0，组织骨干教师到企业实践锻炼，面向社区居民开设公益课堂，建立校企定期会商制度"
    entries = [Entry("1.1", status="\0\0"), Entry("1.2", status=alike), Entry("1.3", status=f"{alike}，按月通报")]
    passages = [Passage(catalog.tasks[entry.task], entry, Thresholds()) for entry in entries]
    assert [passage.task.id for passage, _ in same_text.check(passages)] == ["1.3"]
    assert [passage.repeats_clause for passage in passages] == [False, False, False]
    said_twice = Passage(catalog.tasks["1.1"], Entry("1.1", status="按月通报，按月通报"), Thresholds())
    assert said_twice.repeats_clause
