"""What leads in the parts of a total, and the total that it refers to.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import DATE, PERCENT, POINTS, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, measured, same_kind
from zhijiao20.rules.shared.part_classes import CLASS


class PartsKind(Enum):
    """How an enumeration states its parts."""

    AMONG = "some of the whole: 其中"
    LISTED = "listed as the whole by 包括, 分别为 or a colon"
    COMPLETE = "all of the whole: with 其他, or two classes such as 男 and 女"
    BARE = "right behind a total, without a word"


AMONG, LISTED, BARE = PartsKind.AMONG, PartsKind.LISTED, PartsKind.BARE


class Lead(NamedTuple):
    """What leads in the parts of a total.

    Attributes:
        mark: the offset of the mark before the clause of the first part.
        words: the words between that mark and the first part.
        kind: how the parts are stated.
        semicolons: whether semicolons may join the parts.
        in_bracket: whether they are in a bracket.
    """

    mark: int
    words: str
    kind: PartsKind
    semicolons: bool = False
    in_bracket: bool = False


_RESPECTIVELY = lazy_regex("分别[为是有]$")
_TO_EACH = lazy_regex("^分别(?!给|奖|补助|补贴|资助|比|较|增|减|提|下|达|完成|按)[^，。；、：]{1,10}$")
_LIST_INTRO = lazy_regex(
    "(?:，全部(?:用于|投向)[^，。；：]{0,8}|，[^，。；：]{0,4}(?:构成|组成|分布|分别|具体|包括|来源|去向|明细)[^，。；：]{0,4})?[：:]"
)
_DIVIDED = lazy_regex(
    "[^。！？；;：:（）\n]{0,30}?(?:分[为成]|[按依][^，。；：]{1,8}分|如下|[构组]成|结构|分布|其中|去向|来源|情况)[^，。；：\\d]{0,6}[：:]"
)
FIRST_OF_CLASS = "".join(sorted({*re.findall(r"(?<=[|(:])[\u4e00-\u9fff]", f"|{CLASS}"), *"按依在"}))
"""First characters of these words."""

BY_CLASS = f"(?:{CLASS}|[按依][^，。；、：\n\\d]{{1,6}}?分)"
"""Pattern of the words of the first part right behind a total: 男生, 按职称分为高级."""

_CLASS = lazy_regex(BY_CLASS)
_FIRST_OF_CLASS = frozenset(FIRST_OF_CLASS)
_MARKS = frozenset("，。；：（、\n,;:()）！？")
_FIRST_OF_LEAD = frozenset("其包由分")
_TOTAL = lazy_regex("(?:(?<!公)共(?![同享建青产管])|总(?!结))[\u4e00-\u9fff]{0,6}$")
PAID_BY = "(?:承担|出资|投入|投资|负担|解决|配套|筹措|筹集|提供|资助|捐赠)"
"""Words behind who pays a part: 由学员承担24.2万元、企业承担48.4万元."""

_COUNTER = frozenset("类批档级个项部块")
_CHANGE = lazy_regex(
    "(?:增[加长]|提高|上升|提升|上涨|扩大|减少|下降|降低|压减|[比较][^，。；]{0,16}(?:[多少高低增减降超]|增[加长]|减少)|净增|高出|多出)(?:了|投入|支出)?$"
)
_BASE = lazy_regex(r"(?<![占对相])[比较](?:上年度?|上届|同期|\d{4}年?[^，。；\d]{0,6}|第.届)的$")
LEADING = ("包括", "包含", "由", "分别为", "分别是", "分为", "分成")
"""Words before the first part of a list."""

_ORDINALS = frozenset("期批类组轮")
_NO_SUM = frozenset(["倍", "分"])
_MAX_FIRST = 40  # characters between a mark and the first part behind it
MAX_NOUN = 10
"""Characters between a total and the mark behind it: 35所中职学校，公办28所."""

_MAX_BACK = 6  # quantities between parts and total
_DATES = (YEAR, DATE)


def leads(prose: str, quantities: Sequence[Quantity]) -> Iterator[tuple[int, Lead]]:
    """Yield the index of each quantity that may be the first part of a total, and what leads in the parts."""
    last: Quantity | None = None
    for index, first in enumerate(quantities):
        words = first.before
        mark = prose[first.begin - len(words) - 1 : first.begin - len(words)]
        before, last = last, first
        if before is not None and "分别" not in words and words[:1] not in _FIRST_OF_LEAD:
            if mark == "、":  # most quantities: one more part
                if not before.before.startswith("其中"):
                    continue
            elif mark == "，":
                if (
                    before.unit != first.unit
                    and before.kind not in _DATES
                    and prose[first.begin - len(words) - 2] != "中"
                ):
                    continue  # behind the number of something else
            elif mark not in _MARKS and before.kind not in _DATES and (words or before.unit not in _ORDINALS):
                continue  # behind another one in its clause
        lead = lead_at(prose, quantities, index)
        if lead is not None:
            yield index, lead


def lead_at(prose: str, quantities: Sequence[Quantity], index: int) -> Lead | None:
    """Return what leads in parts at an index, or None if nothing there does."""
    first = quantities[index]
    words = first.before
    at = first.begin - len(words) - 1
    mark = prose[at] if at >= 0 else "\n"
    if mark == "、" and "分别" not in words:  # most quantities: one more part
        return _second_column(quantities, index, at)
    if index and mark not in _MARKS and _is_of_name(date := quantities[index - 1], first):
        at = date.begin - len(date.before) - 1
        words = prose[at + 1 : first.begin]  # 其中2018年修订26个、2019年修订32个
        mark = prose[at] if at >= 0 else "\n"
    if words.startswith("其中") or (mark in "，：:," and prose[at - 2 : at] == "其中"):
        return Lead(at, words.removeprefix("其中"), AMONG, semicolons=first.begin - at <= _MAX_FIRST)
    if at < 0 or first.begin - at > _MAX_FIRST:
        return None
    if mark in "：:" or words.startswith(LEADING) or ("分别" in words and _says_respectively(words)):
        return Lead(at, words, LISTED, semicolons=mark in "：:")
    if mark in "（(":
        return Lead(at, words, AMONG, in_bracket=True)
    return _lead_without_words(prose, quantities, index, Lead(at, words, BARE)) if mark == "，" and index else None


def _is_of_name(before: Quantity, first: Quantity) -> bool:
    """Check whether a date or an ordinal is part of what a quantity behind it is called: 2018年修订26个, 一期1.2万平方米."""
    return before.clause == first.clause and (before.kind in _DATES or (not first.before and before.unit in _ORDINALS))


def _says_respectively(words: str) -> bool:
    """Check whether words such as 分别为 lead in parts; 120家中分别为71家、33家 are numbers of three things."""
    return not words.startswith("中分别") and bool(_RESPECTIVELY.search(words) or _TO_EACH.match(words))


def _second_column(quantities: Sequence[Quantity], index: int, mark: int) -> Lead | None:
    """Return the lead of parts whose number stands behind another one: 其中养殖班3个、学员180人，种植班6个、学员360人."""
    before = quantities[index - 1].before if index else ""
    if not before.startswith("其中") or same_kind(quantities[index - 1], quantities[index]):
        return None
    return Lead(mark, before.removeprefix("其中"), AMONG) if measured(quantities[index - 1]) else None


def _lead_without_words(prose: str, quantities: Sequence[Quantity], index: int, lead: Lead) -> Lead | None:
    """Return the lead of parts behind ``1260名毕业生中，`` or right behind a total, or None."""
    before, first = quantities[index - 1], quantities[index]
    if prose[lead.mark - 1] == "中" and lead.mark - before.end <= MAX_NOUN:
        return lead._replace(kind=AMONG)
    if before.kind in _DATES and index > 1:
        before = quantities[index - 2]
    if before.unit != first.unit:
        return None
    if lead.words[:1] in _FIRST_OF_CLASS and _CLASS.match(lead.words):
        return lead
    return lead if is_total(before) else None


def is_total(quantity: Quantity) -> bool:
    """Check whether a quantity is called a total."""
    words = quantity.before
    return ("共" in words or "总" in words) and _TOTAL.search(words) is not None


def whole_of(prose: str, quantities: Sequence[Quantity], index: int, lead: Lead) -> tuple[int, bool] | None:
    """Return the index of the total of parts at an index, and whether it is one for sure; or None."""
    first, at = quantities[index], index - 1
    if index and (_is_of_name(quantities[at], first) or (lead.kind is AMONG and prose[lead.mark] == "、")):
        at -= 1
    if at < 0:
        return None
    if lead.kind is AMONG and not lead.in_bracket:
        found, other = _whole_among(prose, quantities, at, first, lead), prose[lead.mark - 2 : lead.mark]
        unsure = found and other.endswith("中") and other != "其中"  # 22所学校中，达到第一条线的19所、第二条线的21所
        return (found[0], False) if found and unsure else found
    unit = quantities[at].unit
    if unit != first.unit and (unit not in _COUNTER or not at or quantities[at - 1].unit != first.unit):
        return None
    between = prose[quantities[at].end : lead.mark + 1]
    noun = len(between) <= MAX_NOUN + 1 and not any(other in between[:-1] for other in "，。；、：（）")
    if lead.in_bracket:
        change = len(between) == 1  # 净增8个（新增19个、撤销13个）: a change has parts too
        return (at, change) if noun and _can_be_whole(prose, quantities, at, first, change=change) else None
    if lead.kind is BARE:
        return (at, False) if noun and _can_be_whole(prose, quantities, at, first) else None
    return _whole_of_list(prose, quantities, at, first, lead, noun=noun)


def _whole_of_list(
    prose: str, quantities: Sequence[Quantity], at: int, first: Quantity, lead: Lead, *, noun: bool
) -> tuple[int, bool] | None:
    """Return the total before a list that a colon or a word such as 包括 leads in."""
    mark, between = prose[lead.mark], prose[quantities[at].end : lead.mark + 1]
    sure = bool(
        _LIST_INTRO.fullmatch(between)
        or (between == "，" and lead.words.startswith(LEADING))
        or (_RESPECTIVELY.search(lead.words) and _is_stated_total(quantities, at, first))
    )
    if mark in "：:" and quantities[at].unit in _COUNTER and at and not same_kind(quantities[at], first):
        at, sure = at - 1, False  # 164所学校的结果分为三类：
        between = prose[quantities[at].end : lead.mark + 1]
    related = sure or not between or (noun and mark == "，") or (mark in "：:" and _DIVIDED.fullmatch(between))
    return (at, sure) if related and _can_be_whole(prose, quantities, at, first) else None


def _whole_among(
    prose: str, quantities: Sequence[Quantity], last: int, first: Quantity, lead: Lead
) -> tuple[int, bool] | None:
    """Return the total before 其中 and whether it is one for sure, or None.

    It is behind changes and shares of the total itself, what is in brackets, and another number of the same things:
    68期4260人次.
    """
    for at in range(last, max(-1, last - _MAX_BACK), -1):
        whole = quantities[at]
        if whole.sentence != first.sentence:
            return _whole_before_stop(prose, quantities, at, first, lead)
        between = prose[whole.end : first.begin]
        if between.count("）") > between.count("（"):
            continue
        if _can_be_whole(prose, quantities, at, first):
            return at, True
        if not (
            _CHANGE.search(whole.before)
            or _is_base(prose, quantities, at)
            or whole.kind in {PERCENT, POINTS}
            or (
                at
                and measured(whole)
                and not _is_nearly_same(whole, first)
                and _is_second_number(prose, quantities, at)
            )
        ):
            return None
    return None


def _is_nearly_same(whole: Quantity, first: Quantity) -> bool:
    """Check whether a quantity is of the same unit, or of 人次 for 人."""
    return whole.unit.removesuffix("次") == first.unit.removesuffix("次")


def _is_second_number(prose: str, quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether a quantity is right behind another one, which counts the same things in another way."""
    before, gap = quantities[at - 1], prose[quantities[at - 1].end : quantities[at].begin]
    return len(gap) <= MAX_NOUN and not _is_nearly_same(before, quantities[at])


def _whole_before_stop(
    prose: str, quantities: Sequence[Quantity], at: int, first: Quantity, lead: Lead
) -> tuple[int, bool] | None:
    """Return the total in the sentence before 其中, and whether it is the only one that can be it there; or None."""
    sentence, between = quantities[at].sentence, prose[quantities[at].end : first.begin]
    if first.sentence - sentence != 1 + ("。\n" in between):
        return None
    found = [
        back
        for back in range(at, max(-1, at - _MAX_BACK), -1)
        if quantities[back].sentence == sentence
        and same_kind(quantities[back], first)
        and not _CHANGE.search(prose, clause_start(quantities, back), quantities[back].begin)
    ]
    if prose[lead.mark - 1 : lead.mark] == "中" and prose[lead.mark - 2] != "其":  # 报到学生中，男生533人
        name = prose[lead.mark - MAX_NOUN : lead.mark].rpartition("。")[2][:2]
        found = [back for back in found if name and name in quantities[back].before]
    sure = len(found) == 1
    return (found[0], sure) if found and _can_be_whole(prose, quantities, found[0], first) else None


def _can_be_whole(
    prose: str, quantities: Sequence[Quantity], at: int, first: Quantity, *, change: bool = False
) -> bool:
    """Check whether a quantity may be the total of a part: of its kind, none of a list, and no change unless allowed."""
    whole = quantities[at]
    return (
        same_kind(whole, first)
        and measured(whole)
        and whole.unit not in _NO_SUM
        and not (at and prose[whole.begin - len(whole.before) - 1] == "、" and same_kind(quantities[at - 1], whole))
        and (change or not (whole.before and _CHANGE.search(prose, clause_start(quantities, at), whole.begin)))
        and not _is_base(prose, quantities, at)
    )


def _is_base(prose: str, quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether a quantity is the base of a comparison: 较2022年的4.9万人次增长26.5%."""
    return (
        quantities[at].before[-1:] == "的"
        and _BASE.search(prose, clause_start(quantities, at), quantities[at].begin) is not None
    )


def _is_stated_total(quantities: Sequence[Quantity], at: int, first: Quantity) -> bool:
    """Check whether a quantity before 分别为 is called a total, as in ``共获奖64项，一、二、三等奖分别为……``."""
    whole = quantities[at]
    return at >= 0 and whole.sentence == first.sentence and any(word in whole.before for word in "共总合")
