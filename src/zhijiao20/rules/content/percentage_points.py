from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import COUNT, DATE, MONEY, PERCENT, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import Interval, clause_start, confirmed_matches, fragment, interval_of
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each, sentences

PAGE = """ZJ312 百分点写成了百分比。

两个百分比相减，差是“百分点”：就业率由95%提高到97%，是提高2个百分点，不是2%。只看前面是“……率”“占比”“比重”、后面紧接着说它增减多少的；
数量、金额的增长用“%”是对的，写明“相对”“幅度”的也不管。

错：巩固率96.8%，比2018年提高2.3%。
对：巩固率96.8%，比2018年提高2.3个百分点。
错：技能抽测合格率91.5%，较上年下降1.4%。
对：技能抽测合格率91.5%，较上年下降1.4个百分点。
错：高级职称教师占比由31.6%提高到34.0%，提高2.4%。
对：高级职称教师占比由31.6%提高到34.0%，提高2.4个百分点。
错：设备完好率98.2%，比2018年的96.7%高1.5%。
对：测评经费53万元，比2018年增长6.2%。

依据：百分点与百分比的统计含义（一般）。
"""

_UP_OR_DOWN = (
    "提高|提升|上升|增加|增长|下降|降低|减少|回落|下滑|相差|[高低超多]出|领先|落后|超前|滞后|高|低|多|少|快|慢|差"
)
_CHANGE = lazy_regex(f"(?:又|再|均|分别|同比|净)?(?:{_UP_OR_DOWN})(?:了)?$")
_COMPARED = lazy_regex(
    rf"(?:[同环]比|(?:[比较]|与)[^，。；]{{1,14}}?(?:相比)?|[两二三四五]年来?)?(?:又|再|均|净|分别|累计)?(?:{_UP_OR_DOWN})(?:了)?"
)
_ABOVE_MEAN = lazy_regex("(?:均|分别|仍)?(?:[高低快慢]于|[高低超]出|超过|领先|落后|超)[^，。；0-9]{2,14}")
_RATE_NAME = "(?:(?<![利税费汇])率|占比|比重|比例|满意度|知晓度|认可度)"
_RATE = lazy_regex(
    rf"{_RATE_NAME}(?:为|达到|达|是|约|仅|已|均|分别|分别为|分别达到?|(?:提高|提升|上升|下降|降|升)[到至])?$"
)
_FROM_TO = lazy_regex(rf"{_RATE_NAME}(?:由|从)[^，。；]*$")
_SHARE_OF = lazy_regex("占[^，。；0-9]{2,16}的(?:比[例重])?(?:为|达到|达)?$")
_SHARE_RISES = lazy_regex("提高|提升|上升|下降|降低|回落|下滑")  # 增长 may be of the number
_REVERSED = lazy_regex(
    rf"{_RATE_NAME}(?:[同环]比|[比较][^，。；]{{1,14}})?(?:提高|提升|上升|增加|下降|降低|减少|回落)(?:了)?$"
)
_TO = lazy_regex("(?:达到?|为|[升降增][至到为]|提[高升][到至])$")
_JOINED = frozenset(["", "和", "与", "及", "、"])
_MUCH = Decimal(10)  # points: few rates grow by more in a year
_ABOVE = Decimal(15)  # 高于全省平均水平P%: what is greater is the mean
_RELATIVE = lazy_regex("相对|幅度|增幅|降幅|涨幅|增速")
_ENDS = frozenset("高升加长降低少落滑多了出先后前快慢差平准均值求度标划")
_DATES = (YEAR, DATE)
_HIGHER = lazy_regex("[，,](?:[高低]于|[高低]出)[^，。；（(0-9]{2,14}[（(]")
_CLOSING = frozenset("）)")
_MEASURED = (COUNT, MONEY)
_LAST_OF_PAIR = 4  # quantities before a difference, of which the last two percentages may differ by it
_BACK = "|".join(f"(?<=[{''.join(sorted(_ENDS))}][0-9][0-9.]{{{length}}}.)" for length in range(7))
_BACK += "|" + "|".join(f"(?<=[）)][0-9][0-9.]{{{length}}}.)" for length in range(5))


def _has_two(prose: str, begin: int, end: int, _: Sequence[int]) -> bool:
    """Check whether a sentence has two percentages."""
    return prose.count("%", begin, end) + prose.count("％", begin, end) > 1


sign = Pattern(*each("%％", f"(?:{_BACK}|(?<=[0-9.]{{8}}.))"), prose=True, may_count=_has_two)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report the difference of two percentages that is written with a percent sign."""
    return confirmed_matches(_find_matches(passage))


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    for number in sentences(passage, sign):
        yield from _find_in(passage, passage.sentence_quantities(number))


def _find_in(passage: Passage, quantities: Sequence[Quantity]) -> Iterator[TextMatch]:
    prose = passage.prose
    for index, quantity in enumerate(quantities):
        before = quantity.before
        if quantity.kind is not PERCENT or quantity.other is not None:
            continue
        in_bracket = bool(index) and not before and prose[quantity.begin - 1] in _CLOSING
        if not in_bracket and not (before and before[-1] in _ENDS):
            continue
        stated = _exact_difference(prose, quantities, index, in_bracket=in_bracket)
        if stated is None:
            stated = _compared_rate(prose, quantities, index)
        if stated is None and _is_reversed(quantities, index):
            stated = index
        if stated is not None:
            yield _make_match(passage, quantities, stated, quantity)


def _compared_rate(prose: str, quantities: Sequence[Quantity], index: int) -> int | None:
    """Return the index of the rate before ``比2018年提高2.3%`` and ``高于全省平均水平2.1%``, or None."""
    quantity = quantities[index]
    previous = _rate_before(quantities, index)
    if previous is None:
        return None
    rate, clause = quantities[previous], prose[clause_start(quantities, index) : quantity.begin]
    above_mean = _ABOVE_MEAN.fullmatch(clause) and quantity.value <= min(_ABOVE, rate.value / 3)
    if not (_COMPARED.fullmatch(clause) if _CHANGE.search(quantity.before) else above_mean):
        return None
    if _RELATIVE.search(prose, clause_start(quantities, previous), quantity.end):
        return None
    of_number = _may_be_of_number(quantities, previous)
    if _is_share_of(quantities, previous):
        return previous if _SHARE_RISES.search(clause) and not of_number else None
    if quantity.value > _MUCH and "增长" in clause and of_number:
        return None  # 录取844人，完成率98.1%，比上年增长18.5%: more were enrolled
    is_rate = _is_rate(prose, quantities, previous) and not _is_relative(quantities, index, previous)
    return previous if is_rate else None


def _is_share_of(quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether a percentage is ``占高中阶段招生的46.8%``."""
    return _SHARE_OF.search(quantities[at].before) is not None


def _may_be_of_number(quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether a number stands before a share, which may be what changes: 投入860万元，占20%，比上年下降5%."""
    share, earlier = quantities[at], quantities[at - 1] if at else None
    return earlier is not None and earlier.sentence == share.sentence and earlier.kind in _MEASURED


def _is_reversed(quantities: Sequence[Quantity], index: int) -> bool:
    """Check whether a change comes before the rate: 录取率提高3.6%，达到92.4%."""
    change = quantities[index]
    if index + 1 >= len(quantities) or not _REVERSED.search(change.before):
        return False
    rate = quantities[index + 1]
    follows = rate.clause - change.clause == 1 and rate.sentence == change.sentence and rate.kind is PERCENT
    return follows and _TO.fullmatch(rate.before) is not None and change.value < rate.value / 3


def _exact_difference(prose: str, quantities: Sequence[Quantity], index: int, *, in_bracket: bool) -> int | None:
    """Return the index of the first of the two percentages before a change which differ by it, or None.

    As in ``通过率为91.4%，高于全省平均（86.2%）5.2%`` and ``2018年、2019年就业率分别为95.1%和96.8%，提高1.7%``.
    """
    difference = quantities[index]
    found = [
        at
        for at in range(max(0, index - _LAST_OF_PAIR), index)
        if quantities[at].kind is PERCENT and quantities[at].exact and quantities[at].sentence == difference.sentence
    ][-2:]
    if len(found) < 2 or not difference.exact or difference.clause - quantities[found[1]].clause > 2:
        return None
    one, two = (quantities[at] for at in found)
    if not difference.value or abs(one.value - two.value) != difference.value or two.clause - one.clause > 2:
        return None
    if _RELATIVE.search(prose, clause_start(quantities, found[0]), difference.end):
        return None
    if in_bracket:
        return found[0] if _HIGHER.fullmatch(prose[one.end : two.begin]) else None
    clause = prose[max(two.end, clause_start(quantities, index)) : difference.begin].lstrip("，）)、")
    return found[0] if _COMPARED.fullmatch(clause) else None


def _make_match(passage: Passage, quantities: Sequence[Quantity], first: int, quantity: Quantity) -> TextMatch:
    quoted = fragment(passage.text, clause_start(quantities, first), quantity.end)
    written = passage.text[quantity.begin : quantity.end]
    message = f"“{quoted}”：两个百分比相减，差应写成“{written.rstrip('%％ ')}个百分点”"
    return TextMatch(quantity.begin, quantity.end, message, "核对后改成“个百分点”；说的是相对幅度的，请写明")


def _rate_before(quantities: Sequence[Quantity], index: int) -> int | None:
    """Return the index of the percentage of the clause before a change, or None; a base (比96.7%高) is passed over."""
    quantity = quantities[index]
    for at in range(index - 1, max(-1, index - 4), -1):
        earlier = quantities[at]
        if earlier.sentence != quantity.sentence or quantity.clause - earlier.clause > 1:
            return None
        if earlier.kind in _DATES or (earlier.kind is PERCENT and earlier.clause == quantity.clause):
            continue
        return at if earlier.kind is PERCENT and earlier.exact else None
    return None


def _is_rate(prose: str, quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether a percentage is a rate, or the end of a change of one: 由31.6%提高到34.0%."""
    while at and quantities[at].before in _JOINED and quantities[at - 1].kind is PERCENT:
        at -= 1  # 分别为95.1%和96.8%
    if _RATE.search(quantities[at].before):
        return True
    return at > 0 and _FROM_TO.search(prose, clause_start(quantities, at), quantities[at].begin) is not None


def _is_relative(quantities: Sequence[Quantity], index: int, at: int) -> bool:
    """Check whether a change is no difference: more than the rate allows, or the relative change of two stated rates."""
    quantity, rate = quantities[index], quantities[at]
    if quantity.value > rate.value or quantity.value > 50:
        return True
    others = [
        other
        for other in quantities[max(0, at - 2) : index]
        if other.kind is PERCENT and other is not rate and other.sentence == rate.sentence and other.exact
    ]
    for base in others:
        if not base.value:
            continue
        change = interval_of(rate).change(interval_of(base))
        difference = abs(rate.value - base.value)
        if (
            Interval(min(change), change.value, max(change)).meets(interval_of(quantity))
            and abs(difference - quantity.value) > quantity.step
        ):
            return True
    return False
