"""The total that a list of parts refers to.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import PERCENT, POINTS, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, measured, same_kind
from zhijiao20.rules.shared.part_leads import AMONG, BARE, LEADING, MAX_NOUN, RESPECTIVELY, Lead, is_of_name

_LIST_INTRO = lazy_regex(
    "(?:，全部(?:用于|投向)[^，。；：]{0,8}|，[^，。；：]{0,4}(?:构成|组成|分布|分别|具体|包括|来源|去向|明细)[^，。；：]{0,4})?[：:]"
)
_DIVIDED = lazy_regex(
    "[^。！？；;：:（）\n]{0,30}?(?:分[为成]|[按依][^，。；：]{1,8}分|如下|[构组]成|结构|分布|其中|去向|来源|情况)[^，。；：\\d]{0,6}[：:]"
)
_COUNTER = frozenset("类批档级个项部块")
_CHANGE = lazy_regex(
    "(?:增[加长]|提高|上升|提升|上涨|扩大|减少|下降|降低|压减|[比较][^，。；]{0,16}(?:[多少高低增减降超]|增[加长]|减少)|净增|高出|多出)(?:了|投入|支出)?$"
)
_BASE = lazy_regex(r"(?<![占对相])[比较](?:上年度?|上届|同期|\d{4}年?[^，。；\d]{0,6}|第.届)的$")
_AND = ("和", "与", "及", "以及")
_NO_SUM = frozenset(["倍", "分"])
_MAX_BACK = 6  # quantities between parts and total


def whole_of(prose: str, quantities: Sequence[Quantity], index: int, lead: Lead) -> tuple[int, bool] | None:
    """Return the index of the total of parts at an index, and whether it is one for sure; or None."""
    first, at = quantities[index], index - 1
    if index and (is_of_name(quantities[at], first) or (lead.kind is AMONG and prose[lead.mark] == "、")):
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
        or (RESPECTIVELY.search(lead.words) and _is_stated_total(quantities, at, first))
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
        and "）" not in prose[quantities[back].end : first.begin].partition("（")[0]
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
        and not (at and _is_listed(prose, whole) and same_kind(quantities[at - 1], whole))
        and (change or not (whole.before and _CHANGE.search(prose, clause_start(quantities, at), whole.begin)))
        and not _is_base(prose, quantities, at)
    )


def _is_listed(prose: str, quantity: Quantity) -> bool:
    """Check whether a quantity is the second one of a list at least: 4216人、4352人和4479人."""
    return quantity.before in _AND or prose[quantity.begin - len(quantity.before) - 1] == "、"


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
