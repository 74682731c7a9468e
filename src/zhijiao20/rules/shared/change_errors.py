"""What is wrong with a change that a text states beside an earlier and a later quantity.  Pure: no I/O."""

from __future__ import annotations

import re
from decimal import Decimal

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import PERCENT, POINTS, Quantity
from zhijiao20.rules.shared.arithmetic import Interval, interval_of, is_typo, number, rounded, same_kind
from zhijiao20.rules.shared.change_pairs import Pair
from zhijiao20.rules.shared.passage import Passage
from zhijiao20.rules.shared.slips import may_be_slip
from zhijiao20.rules.shared.targets import sentence_start

# Better the smaller: ranks, and the time that a service takes.
_RANKS = lazy_regex("名次|位次|排名|排位|排行|位列|座次|名列|位居")
_SPEEDS = lazy_regex("效率|速度|时效|时限|提速")
_OF_NUMBERS = frozenset(["压缩", "缩短", "压减", "精简", "缩减", "减少", "减"])  # of a time, its number becomes less
_LONGER = "延长"  # a time whose number becomes more
_RISES = frozenset(["上升", "提升", "升"])  # of persons one says 增加: 教师由14名增加到9名
_RANK_UNITS = frozenset("位名")
# Growth at constant prices, or of a base that was counted anew.
_OTHER_PRICES = lazy_regex("生产总值|增加值|GDP|总产值|可比|不变价|同口径|扣除|实际增长")
_ONE = Decimal(1)
_NEAR = Decimal("0.2")  # of the greater number: how far a difference may be off that is of these two
_MAX_TIMES = Decimal("2.5")  # between a stated change and the right one, if no words show that they belong together
_MOST_TIMES = 3  # if words show it


def is_better_smaller(passage: Passage, pair: Pair, change: re.Match[str]) -> bool:
    """Check whether a pair is of ranks or times, which rise as their numbers fall: 由14位上升到9位."""
    if change["up"] in _RISES and passage.text[pair.old.end - 1 : pair.old.end] in _RANK_UNITS:
        return True
    end = pair.old.begin
    begin = sentence_start(passage.prose, end)
    if change["up"] == _LONGER:
        return False  # 办理时限由25个工作日延长到12个工作日
    if _RANKS.search(passage.prose, begin, end):
        return True
    return change["down"] not in _OF_NUMBERS and _SPEEDS.search(passage.prose, begin, end) is not None


def error(passage: Passage, quantity: Quantity, pair: Pair, change: re.Match[str]) -> str:
    """Return what is wrong with a change, or an empty string."""
    (old, new), text = pair.ends, passage.text
    base, result = interval_of(old), interval_of(new)
    word = change["up"] or change["down"]
    if (change["up"] and result.high < base.low) or (change["down"] and result.low > base.high):
        if _states_change(quantity, pair) and not is_better_smaller(passage, pair, change):
            return f"说的是{word}，由{number(old, text)}到{number(new, text)}正相反"
    elif quantity.unit == "倍":
        return _times_error(quantity, pair, text) if change["up"] else ""
    elif quantity.kind is PERCENT and old.kind is not PERCENT:
        expected = result.change(base)
        if _is_wrong_percentage(quantity, expected) and not _OTHER_PRICES.search(
            passage.prose, sentence_start(passage.prose, quantity.begin), quantity.end
        ):
            written, correct = text[quantity.begin : quantity.end], f"{rounded(expected.value, quantity)}%"
            return f"{word}写的是{written}，按{_formula(pair, text)}应为{correct}"
    elif (same_kind(quantity, old) and quantity.kind is not PERCENT) or in_points(quantity, old):
        return difference_error(quantity, pair, text) if _may_be_difference(quantity, pair) else ""
    return ""


def _may_be_difference(quantity: Quantity, pair: Pair) -> bool:
    """Check whether a number may be the difference of a pair but for a slip in one of the three."""
    lesser, greater = sorted(pair.ends, key=lambda end: end.value)
    stated, right = quantity.value, greater.value - lesser.value
    if _is_near(stated, right):
        return True
    return not pair.weak and (
        max(stated, right) <= _MOST_TIMES * min(stated, right)
        or may_be_slip(greater, (lesser, quantity), _NEAR, certain=True)
    )


def _states_change(quantity: Quantity, pair: Pair) -> bool:
    """Check whether a quantity may be the size of the change of a pair."""
    if quantity.kind is not PERCENT:
        alike = same_kind(pair.old, quantity) or in_points(quantity, pair.old)
        return alike and _is_near(quantity.value, abs(pair.new.value - pair.old.value))
    old, new = map(interval_of, pair.ends)
    sizes = (new.change(old), old.change(new), new.share(old))  # 新增2个，较2018年的7个增长28.6%
    return pair.old.kind is PERCENT or any(is_typo(quantity, size.value) for size in sizes)


def _is_near(one: Decimal, other: Decimal) -> bool:
    return max(one, other) <= _MAX_TIMES * min(one, other)


def _is_wrong_percentage(quantity: Quantity, expected: Interval) -> bool:
    """Check whether a percentage of change is another one, as a typing error leaves it."""
    if Interval(min(expected), expected.value, max(expected)).meets(interval_of(quantity)):
        return False
    return is_typo(quantity, expected.value) or rounded(expected.value, quantity) == 10 * quantity.value


def _times_error(quantity: Quantity, pair: Pair, text: str) -> str:
    """Return what is wrong with the times in ``由320万元增加到960万元，增长3倍``, or an empty string."""
    old, new = interval_of(pair.old), interval_of(pair.new)
    half = (quantity.step or _ONE) / 2
    stated = Interval(quantity.value - half, quantity.value, quantity.value + half)
    expected = Interval(new.low / old.high - 1, pair.new.value / pair.old.value - 1, new.high / old.low - 1)
    if expected.meets(stated) or abs(quantity.value - expected.value) > _MAX_TIMES:
        return ""
    correct = rounded(expected.value, quantity)
    first, second = text[pair.new.begin : pair.new.end], text[pair.old.begin : pair.old.end]
    return f"写的是{text[quantity.begin : quantity.end]}，按{first}÷{second}－1应为{correct}倍"


def _formula(pair: Pair, text: str) -> str:
    """Return how a percentage of change is computed from the quantities that the text states."""
    (old, new), change = pair.ends, pair.change
    if change is None:
        greater, smaller = (new, old) if new.value > old.value else (old, new)
        return f"（{number(greater, text)}－{number(smaller, text)}）÷{number(old, text)}"
    stated = text[change.begin : change.end]
    if pair.states_old:
        return f"{stated}÷{text[old.begin : old.end]}"
    sign = "－" if new.value > old.value else "＋"
    return f"{stated}÷（{text[new.begin : new.end]}{sign}{stated}）"


def in_points(quantity: Quantity, old: Quantity) -> bool:
    """Check whether a quantity is in percentage points, and an earlier one is a percentage."""
    return quantity.kind is POINTS and old.kind is PERCENT


def difference_error(quantity: Quantity, pair: Pair, text: str) -> str:
    """Return what is wrong with the difference in ``由58%提高到74%，提高16个百分点``, or an empty string."""
    lesser, greater = sorted(pair.ends, key=lambda end: end.value)
    high, low = interval_of(greater), interval_of(lesser)
    expected = Interval(high.low - low.high, high.value - low.value, high.high - low.low)
    if expected.meets(interval_of(quantity)):
        return ""
    first, second = text[greater.begin : greater.end], text[lesser.begin : lesser.end]
    correct = (
        f"{expected.value:f}个百分点" if quantity.kind is POINTS else _format(expected.value, first, quantity.unit)
    )
    return f"相差写的是{text[quantity.begin : quantity.end]}，按{first}－{second}应为{correct}"


def _format(value: Decimal, written: str, unit: str) -> str:
    """Return a difference with its unit, in 亿 or 万 if the greater number is written so."""
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if name in written:
            return f"{(value / size).normalize():f}{name}{unit}"
    return f"{value:f}{unit}"
