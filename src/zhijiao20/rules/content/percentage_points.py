from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.rules.quantities import DATE, PERCENT, YEAR, Quantity
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

_CHANGE = re.compile(
    "(?:又|再|均|分别|同比|净)?(?:提高|提升|上升|增加|增长|下降|降低|减少|回落|下滑|高|低|多|少)(?:了)?$"
)
_COMPARED = re.compile(
    r"(?:同比|环比|(?:[比较]|与)[^，。；]{1,14}?(?:相比)?)?(?:又|再|均|净)?(?:提高|提升|上升|增加|增长|下降|降低|减少|回落|下滑|高|低|多|少)(?:出|了)?"
)
_RATE = re.compile(
    r"(?:(?<![利税费汇])率|占比|比重|比例|满意度|知晓度|认可度)(?:为|达到|达|是|约|仅|已|提高到|提高至|提升到|提升至|上升到|上升至|下降到|下降至|降到|降至|升至|升到)?$"
)
_FROM_TO = re.compile(r"(?:率|占比|比重|比例|满意度|知晓度|认可度)(?:由|从)[^，。；]*$")
_RELATIVE = re.compile("相对|幅度|增幅|降幅|涨幅|增速")
_ENDS = frozenset("高升加长降低少落滑多了")
_DATES = (YEAR, DATE)
_HIGHER = re.compile("[，,](?:[高低]于|高出)[^，。；（(0-9]{2,14}[（(]")
_YEAR_BEFORE = re.compile("[，,、](?:20[0-9]{2}年|上年|上届|去年)(?:同期)?(?:为|是)?")
_YEARLY_CHANGE = re.compile("[，,](?:同比|比上年|较上年)(?:提高|提升|上升|增加|增长|下降|降低|减少|回落|下滑)(?:了)?")
_BACK = "|".join(f"(?<=[{''.join(sorted(_ENDS))}][0-9][0-9.]{{{length}}}.)" for length in range(7))
_BACK += "|" + "|".join(f"(?<=[）)][0-9][0-9.]{{{length}}}.)" for length in range(5))
sign = Pattern(*each("%％", f"(?:{_BACK}|(?<=[0-9.]{{8}}.))"), prose=True)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report the difference of two percentages that is written with a percent sign."""
    return confirmed_matches(_find_matches(passage))


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    prose = passage.prose
    for number in sentences(passage, sign):
        begin, end = passage.sentence_begin(number), passage.sentence_ends[number]
        if prose.count("%", begin, end) + prose.count("％", begin, end) > 1:
            yield from _find_in(passage, passage.sentence_quantities(number))


def _find_in(passage: Passage, quantities: Sequence[Quantity]) -> Iterator[TextMatch]:
    prose = passage.prose
    for index, quantity in enumerate(quantities):
        if (stated := _exact_difference(prose, quantities, index)) is not None:
            yield _make_match(passage, quantities, stated, quantity)
            continue
        before = quantity.before
        if quantity.kind is not PERCENT or not before or before[-1] not in _ENDS or quantity.other is not None:
            continue
        previous = _rate_before(quantities, index)
        if previous is None or not _CHANGE.search(before):
            continue
        begin = clause_start(quantities, index)
        clause = prose[begin : quantity.begin]
        if not _COMPARED.fullmatch(clause) or _RELATIVE.search(prose, clause_start(quantities, previous), quantity.end):
            continue
        if _is_rate(prose, quantities, previous) and not _is_relative(quantities, index, previous):
            yield _make_match(passage, quantities, previous, quantity)


def _exact_difference(prose: str, quantities: Sequence[Quantity], index: int) -> int | None:
    """Return the index of a rate from which the two percentages right behind it differ by the second one.

    As in ``通过率为91.4%，高于全省平均（86.2%）5.2%`` and ``通过率为90.6%，2020年为86.1%，同比提高4.5%``.
    """
    difference = quantities[index]
    if (
        difference.kind is not PERCENT
        or not index
        or not (prose[difference.begin - 1] in {"）", ")"} or _YEARLY_CHANGE.fullmatch(f"，{difference.before}"))
    ):
        return None
    found = [
        at
        for at in range(max(0, index - 4), index)
        if quantities[at].kind is PERCENT and quantities[at].exact and quantities[at].sentence == difference.sentence
    ][-2:]
    if len(found) < 2 or not difference.exact or difference.clause - quantities[found[0]].clause > 3:
        return None
    rate, base = (quantities[at] for at in found)
    if abs(rate.value - base.value) != difference.value or not difference.value or not _RATE.search(rate.before):
        return None
    between = prose[rate.end : base.begin]
    after = prose[base.end : difference.begin]
    if _HIGHER.fullmatch(between) and after in {"）", ")"}:
        return found[0]
    return found[0] if _YEAR_BEFORE.fullmatch(between) and _YEARLY_CHANGE.fullmatch(after) else None


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
