"""Why parts need not make their total: they share some, are of another total, or the total is none.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import MONEY, PERCENT, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Interval,
    index_at,
    interval_of,
    measured,
    neighbours_in_text,
    same_kind,
    total,
)
from zhijiao20.rules.shared.enumerations import AMONG, Enumeration, odd_amount
from zhijiao20.rules.shared.passage import MASK, Passage
from zhijiao20.rules.shared.targets import sentence_end

_OVERLAPPING = lazy_regex(
    "女|男|党员|预备|农村(?=户籍|学生|家庭|生源|籍|$)|贫困|建档|困难|职称|学历|学位|硕士|博士|本科|双师|高级(?!技?工)|少数民族|残疾|以上|以下|线上|(?<!包)含"
)
_STATES_OVERLAP = lazy_regex(
    "兼报|兼有|(?<!不)重复|交叉|重叠|去重|(?:部分|不少|个别|一些)[^，。；]{1,6}(?:兼|两|多|同时)|同时[具持取获缺属符兼是有]|两[门项种类][都均]|[都均]未|[皆均都兼]有|双证"
)
_MAX_OTHERS = 4  # parts with other units than that of the total
_PRICES = 2  # times the sum of some amounts, what they add up to only if each is paid several times
MAX_BACK = 12
"""Quantities before a total that may be its parts."""

_HAVING = ("享受", "持有", "具有", "拥有")
REST = ("其余", "其他", "其它", "余下", "剩余")
"""First words of the last part, if it is what is left."""

_MAX_AFTER = 500  # characters after a sum that are searched for such a statement
_AHEAD = 60  # characters after a sum that may state how many are counted twice
_TWICE = "(?:同时|先后|重复|重叠|交叉|双证|[都两兼既又])"
_HOW_MANY = r"(?<![\d.])(\d+(?:\.\d+)?)(?![\d.%])"
_COUNTED_TWICE = (
    lazy_regex(rf"{_HOW_MANY}[^\d，。；]{{0,16}}{_TWICE}"),
    lazy_regex(rf"(?={_TWICE}[^\d，。；]{{0,16}}{_HOW_MANY})"),
)
_TAKEN_AWAY = lazy_regex("撤|减|退|停|注销|支出|调出|离|核销|在编|使用")
_RATES = lazy_regex("分别[\u4e00-\u9fff]{0,4}(?:给予|给|奖励|奖补|补助|补贴|资助|按)$")  # a rate for each of several


def are_of_another(quantities: Sequence[Quantity], index: int, found: Enumeration) -> bool:
    """Check whether parts are those of another quantity before them: 整改80个，其余6个按计划推进，其中……."""
    actual = total(found.parts)
    return any(
        same_kind(other, found.parts[0]) and actual.meets(interval_of(other))
        for other in quantities[max(0, index - MAX_BACK) : index]
    )


def is_rest_of_another(quantities: Sequence[Quantity], index: int, found: Enumeration) -> bool:
    """Check whether the last part is what a total leaves of another: 12所学院中，4所自评，其中2所公示，其余8所.

    Or whether the total is one of its parts: 毕业300人，升入普通高中160人，中职130人，其余10人.
    """
    rest, whole = found.parts[-1], quantities[found.whole]
    of_another = (whole.value + rest.value, whole.value + total(found.parts).value)
    return rest.before.startswith(REST) and any(
        same_kind(other, rest) and other.value in of_another
        for other in quantities[max(0, index - MAX_BACK) : found.whole]
    )


def are_of_share(quantities: Sequence[Quantity], index: int, found: Enumeration) -> bool:
    """Check whether parts are those of a share of the total, or of it after a change, that is stated before them.

    ``计划560人，完成计划的102.1%；其中健康服务类241人、…`` are 572; ``较上年的4120人增长29%`` are 5316.
    """
    actual, stated = total(found.parts), interval_of(quantities[found.whole])
    share = actual.share(stated)
    for other in quantities[found.whole + 1 : index]:
        if other.kind is PERCENT:
            low, value, high = interval_of(other)
            more, less = (100 + low, 100 + value, 100 + high), (100 - high, 100 - value, 100 - low)
            if any(share.meets(Interval(*ends)) for ends in ((low, value, high), more, less)):
                return True
        elif same_kind(other, found.parts[0]):
            changes = (stated.value + other.value, stated.value - other.value)
            if any(actual.meets(Interval(*[change] * 3)) for change in changes):
                return True
    return False


def goes_on_in_other_units(quantities: Sequence[Quantity], found: Enumeration) -> bool:
    """Check whether parts with another unit among the others make the sum right: 医院37家、院校14所、协会5家."""
    first, stated = index_at(quantities, found.parts[0].begin), interval_of(quantities[found.whole])
    run: list[Quantity] = []
    for other in quantities[first : first + len(found.parts) + _MAX_OTHERS]:
        run.append(other)
        if other.sentence != run[0].sentence or not measured(other):
            return False
        if len(run) > 1 and total(run).meets(stated):
            return True
    return False


def sums_before(parts: Sequence[Quantity], stated: Interval) -> bool:
    """Check whether the first parts alone make the total, so that the others are none."""
    return any(total(parts[:count]).meets(stated) for count in range(1, len(parts)))


def may_overlap(part: Quantity, whole: Quantity) -> bool:
    """Check whether a part may share some with the others; not by what the whole is: 党员153名，其中在职党员126名."""
    if MASK in part.before and part.unit == "人":  # “双师型”
        return True
    return any(match[0] not in whole.before for match in _OVERLAPPING.finditer(part.before))


def parts_overlap(prose: str, parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Check whether the text after the parts states that some are counted twice, or all parts are of what one may have.

    Either in words, or by their number, as in ``两门都不合格9人``; or ``其中享受免学费264人，享受国家助学金71人``.
    """
    if all(part.before.removeprefix("其中").startswith(_HAVING) for part in parts):
        return True
    end = parts[-1].end
    if _STATES_OVERLAP.search(prose, end, sentence_end(prose, end, end + _MAX_AFTER)):
        return True
    twice = f"{total(parts).value - whole.value:f}".removesuffix(".0")
    window = prose[end : end + _AHEAD]
    return twice in window and any(match[1] == twice for regex in _COUNTED_TWICE for match in regex.finditer(window))


def is_difference(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Check whether a total is a difference of its parts: ``净增6个（新增19个、撤销13个）``."""
    actual, stated = total(parts), interval_of(whole)
    for single in (parts[0], parts[-1]):
        if len(parts) > 2 and not _TAKEN_AWAY.search(single.before):
            continue
        difference = Interval(*(value - 2 * single.value for value in actual))
        if difference.meets(stated) or Interval(*(-value for value in reversed(difference))).meets(stated):
            return True
    return False


def is_sum_of(passage: Passage, before: Sequence[Quantity], parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Check whether a total is that of other quantities before it in its sentence, or was stated before."""
    at = index_at(passage.quantities, whole.begin)
    earlier = passage.quantities[max(0, at - MAX_BACK) : at]
    stated = interval_of(whole)
    if total(parts).meets(stated) or any(same_kind(item, whole) and item.value == whole.value for item in earlier):
        return True
    counted = [item for item in before if item.sentence == whole.sentence and measured(item)]
    alike = [item for item in counted if same_kind(item, whole)]
    runs = (run[first:last] for run in (alike, counted) for last in range(2, len(run) + 1) for first in range(last - 1))
    back = [item for item in earlier if same_kind(item, whole) and measured(item)]  # of other sentences too
    tails = (back[first:] for first in range(len(back) - 1))
    return any(total(items).meets(stated) for items in (*runs, *tails, *combinations(alike, 2)))


def is_product(before: Sequence[Quantity], whole: Quantity) -> bool:
    """Check whether a total is a number of items times an amount for each."""
    if whole.kind is MONEY and any(_RATES.search(quantity.before) for quantity in before):
        return True
    products = (count.value * rate.value for count in before for rate in before if count is not rate)
    return any("每" in quantity.before for quantity in before) or any(product == whole.value for product in products)


def is_part_too(passage: Passage, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Check whether what seems a total makes up another one with its parts, which may be stated in another sentence."""
    sum_of_all = total((whole, *parts)).value
    return "其中" not in passage.prose[whole.end : parts[0].begin] and any(
        same_kind(other, whole) and other.value == sum_of_all and other.begin < whole.begin
        for other in neighbours_in_text(passage, whole)
    )


def is_divided_again(found: Enumeration, stated: Interval) -> bool:
    """Check whether some parts are those of the part before them, or make up the total without it.

    ``217人，其中符合条件的64人，已入学的51人，其余13人``; ``3126人中，补修合格的187人，延期毕业的41人，取得证书的3085人``.
    """
    parts = found.parts
    if found.kind is AMONG and any(total(parts[at:]).meets(stated) for at in range(1, len(parts) - 1)):
        return True
    return any(total(parts[at + 1 :]).value == part.value for at, part in enumerate(parts[:-2]))


def are_prices(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Check whether a sum of money is that of several things at these prices: 一、二、三等奖8000元、5000元、3000元，合计11.3万元."""
    much = whole.kind is MONEY and whole.value > _PRICES * total(parts).value
    return much and odd_amount(whole, parts) is None


def is_net_change(prose: str, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Check whether a total is what two numbers in a bracket leave: 净增8个（新增19个、撤销11个）."""
    return len(parts) == 2 and "净" in whole.before and prose[parts[0].begin - len(parts[0].before) - 1] in "（("
