from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter

from zhijiao20.rules.quantities import MONEY, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, confirmed_matches, fragment
from zhijiao20.rules.shared.change_pairs import comparison, pair_to
from zhijiao20.rules.shared.enumerations import WRONG_UNIT, enumeration_at, odd_amount
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern

PAGE = """ZJ315 金额的单位可能差一万倍。

“万元”写成“元”、“元”写成“万元”，差一万倍。只看两种：总数与分项，换一个单位正好加得上；一串并列的金额，或前后两年的同一个量，只有一个的数量级与别的不相称。

错：筹集助学资金537万元，其中财政拨款365万元、社会捐赠172元。
对：筹集助学资金537万元，其中财政拨款365万元、社会捐赠172万元。
错：年人均工资由2018年的46500元提高到51200万元。
对：年人均工资由2018年的46500元提高到51200元。
错：安排师资培训830万元、课程开发760元、平台运维690万元。
对：安排师资培训830万元、课程开发760万元、平台运维690万元。

依据：数据应准确（一般）。
"""

_NEAR = (Decimal("0.3"), Decimal(3))  # what a ratio may be apart from ten thousand
_LEAST_RATIO = 100
_ALIKE = 10  # amounts of a series are at most so many times apart
_MAX_SERIES = 60
_NAME = re.compile("投资|拨款|投入|支出|补助|安排|资金|经费")
_VALUE = attrgetter("value")
_AND = ("和", "与", "及")
_RATES = re.compile("每|均|标准|补贴|奖|学费|津贴|单价|售价|最低|最高|免|补助标准")
_ENDS = frozenset("到至为的元长加高升降少")
sign = Pattern("元(?:(?<=[0-9]元)|(?<=亿元))", "万(?<=[0-9]{6}万)(?=元)", prose=True)
_HINT = "核对单位是“元”还是“万元”"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report an amount of money whose unit does not fit the amounts beside it."""
    text = passage.text
    if text.count("元") < 2:
        return ()
    amounts = [quantity.value for quantity in passage.quantities if quantity.kind is MONEY and quantity.value]
    far_apart = len(amounts) > 1 and max(amounts) >= _LEAST_RATIO * min(amounts)
    return confirmed_matches(_find_matches(passage)) if far_apart else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    quantities, prose = passage.quantities, passage.prose
    last = -1
    for index, quantity in enumerate(quantities):
        if quantity.kind is not MONEY or index <= last or not (quantity.exact and quantity.value):
            continue
        if quantity.before and quantity.before[-1] in _ENDS:
            pair = pair_to(prose, quantities, index) or comparison(prose, quantities, index)
            if pair and pair.old.kind is MONEY and _is_factor(pair.old.value, pair.new.value):
                yield _make_match(passage, quantities, index, pair.new if pair.new.begin > pair.old.begin else pair.old)
                continue
        found = enumeration_at(prose, quantities, index)
        if found is not None and (odd := odd_amount(quantities[found.whole], found.parts)):
            yield _make_match(passage, quantities, found.whole, odd)
            last = index + len(found.parts)
            continue
        run = _run(prose, quantities, index)
        if len(run) > 2 and (odd := _odd_of_run(prose, quantities, run) or _far_from_all(quantities, run)):
            yield _make_match(passage, quantities, index, odd)
        last = max(last, run[-1])
    yield from _odd_of_series(passage)


def _is_factor(first: Decimal, second: Decimal) -> bool:
    """Check whether two amounts are some ten thousand times apart."""
    ratio = max(first, second) / min(first, second) / WRONG_UNIT
    return _NEAR[0] <= ratio <= _NEAR[1]


def _run(prose: str, quantities: Sequence[Quantity], index: int) -> list[int]:
    """Return the indexes of the amounts that are joined by 、 from an index on."""
    run = [index]
    for at in range(index + 1, len(quantities)):
        item = quantities[at]
        if item.kind is YEAR and prose[item.begin - len(item.before) - 1] in "、，":
            continue  # 2018年为150万元、2019年为180万元
        start = quantities[at - 1].begin - len(quantities[at - 1].before) if quantities[at - 1].kind is YEAR else 0
        joint = prose[(start or item.begin - len(item.before)) - 1]
        joined = joint == "、" or (joint == "，" and start) or (len(run) > 1 and item.before in _AND)
        if item.kind is not MONEY or not (item.exact and item.value) or not joined or quantities[run[-1]].after[1:]:
            break
        run.append(at)
    return run


def _far_from_all(quantities: Sequence[Quantity], run: Sequence[int]) -> Quantity | None:
    """Return the only amount that is some ten thousand times greater or smaller than all others, which are alike."""
    items = [quantities[at] for at in run]
    for odd in (min(items, key=_VALUE), max(items, key=_VALUE)):
        others = [item.value for item in items if item is not odd]
        if max(others) <= _ALIKE * min(others) and all(_is_factor(odd.value, value) for value in others):
            return None if _RATES.search(odd.before) else odd
    return None


def _odd_of_series(passage: Passage) -> Iterator[TextMatch]:
    """Report the amount that does not fit the others of the same name in different clauses: 一期投资, 二期投资."""
    quantities = passage.quantities
    series: dict[str, list[int]] = {}
    for index, quantity in enumerate(quantities[:_MAX_SERIES]):
        name = quantity.before[-2:]
        if quantity.kind is MONEY and quantity.exact and quantity.value and _NAME.fullmatch(name):
            series.setdefault(name, []).append(index)
    for run in series.values():
        if len(run) > 2 and (odd := _far_from_all(quantities, run)):
            yield _make_match(passage, quantities, next(at for at in run if quantities[at] is odd), odd)


def _odd_of_run(prose: str, quantities: Sequence[Quantity], run: Sequence[int]) -> Quantity | None:
    """Return the only amount of a run that is ten thousand times smaller or greater than each of the others."""
    items = [quantities[at] for at in run]
    if _RATES.search(prose, clause_start(quantities, run[0]), items[-1].end):
        return None
    in_10000 = ["万" in prose[item.begin : item.end] for item in items]
    for scaled in (True, False):
        if in_10000.count(scaled) == 1:
            odd = items[in_10000.index(scaled)]
            others = [item.value for item in items if item is not odd]
            if all(max(odd.value, value) / min(odd.value, value) >= _LEAST_RATIO for value in others) and any(
                _is_factor(odd.value, value) for value in others
            ):
                return odd
    return None


def _make_match(passage: Passage, quantities: Sequence[Quantity], first: int, odd: Quantity) -> TextMatch:
    text = passage.text
    begin = min(clause_start(quantities, first), odd.begin - len(odd.before))
    quoted = fragment(text, begin, max(odd.end, quantities[first].end))
    message = f"“{quoted}”：{text[odd.begin : odd.end]}与旁边的金额差一万倍左右"
    return TextMatch(odd.begin, odd.end, message, _HINT)
