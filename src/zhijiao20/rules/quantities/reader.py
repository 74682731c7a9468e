"""One pass over a text: its marks part clauses and sentences, its numbers become figures with their surroundings."""

from __future__ import annotations

import re
from typing import TypeAlias

from zhijiao20.rules.quantities.amounts import LONGEST, Amount, Groups, in_digits, in_numerals
from zhijiao20.rules.quantities.quantity import Qualifier, Quantity
from zhijiao20.rules.quantities.tokens import ENDS, FIRST_OF_NUMERAL, NO_TAIL, TOKEN

_NO_DIGITS_AFTER = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._/+＋-第〔[【#№×*·数几0123456789０１２３４５６７８９"
)
_NO_NUMERAL_AFTER = _NO_DIGITS_AFTER | frozenset("上下统唯同单划专逐合其不万")
_DAY_AFTER = frozenset("至—～-–月")
_EXACT = Qualifier.EXACT
_LINE_NUMBER = re.compile(r"\d{1,2}[.．](?=[1-9])")
_COUNTED_WHOLE = frozenset("人家所项个份门期场间册次")  # nobody counts 1.12 of them: item 1, 12 of them

_TOLD_BEFORE = {
    Qualifier.ABOUT: "约 近 接近",
    Qualifier.OVER: "超 超过 逾 突破 多于 高于 大于",
    Qualifier.AT_LEAST: "不低于 不少于 不小于 至少",
    Qualifier.BELOW: "低于 少于 小于 不足 不到 不满 未满 未达到 未达",
    Qualifier.AT_MOST: "不超过 不高于 不多于 至多 最多",
    Qualifier.EXACT: "最近",
}
_BEFORE = {words: qualifier for qualifier, told in _TOLD_BEFORE.items() for words in told.split()}
_LAST = frozenset(words[-1] for words in _BEFORE)
_AFTER = {
    "以上": Qualifier.AT_LEAST, "左右": Qualifier.ABOUT, "上下": Qualifier.ABOUT,
    "以内": Qualifier.AT_MOST, "以下": Qualifier.AT_MOST,
}  # fmt: skip
_FIRST = frozenset(words[0] for words in _AFTER)

_Held: TypeAlias = tuple[Amount, int, int, str, int, int]


def read(text: str) -> tuple[Quantity, ...]:
    """The figures of a text in order; numbers that measure nothing (文号, 第3条, 1+X, numbering) are none."""
    quantities: list[Quantity] = []
    clause = sentence = edge = 0
    held: _Held | None = None
    for match in TOKEN.finditer(text):
        last = match.lastindex
        if last is None:  # a mark
            begin = match.start()
            if held is not None:
                quantities.append(_quantity(held, text, begin))
                held = None
            clause += 1
            if text[begin] in ENDS:
                sentence += 1
            edge = begin + 1
        elif last not in NO_TAIL:
            begin, end = match.span()
            amount, start = _amount(match.groups(), last, text, begin)
            if amount is None:
                continue
            if held is not None:
                quantities.append(_quantity(held, text, begin))
            held = (amount, start, end, text[edge:start], clause, sentence)
            edge = end
    if held is not None:
        quantities.append(_quantity(held, text, len(text)))
    return tuple(quantities)


def _amount(groups: Groups, last: int, text: str, begin: int) -> tuple[Amount | None, int]:
    """The amount of a number, and where it really begins: behind the number of the item in ``1.2019年``."""
    before = text[begin - 1] if begin else "\n"
    if last >= FIRST_OF_NUMERAL:
        return None if before in _NO_NUMERAL_AFTER else in_numerals(text[begin] + (groups[9] or ""), groups), begin
    if before in _NO_DIGITS_AFTER or (groups[8] == "日" and before in _DAY_AFTER):
        return None, begin
    number = text[begin] + groups[0] if groups[0] else text[begin]
    if len(number) > LONGEST or len(groups[3] or "") > LONGEST:
        return None, begin
    if before == "\n" and "." in number:
        line = _LINE_NUMBER.match(number)
        if line and _is_line_number(number[line.end() :], groups):
            return in_digits(number[line.end() :], groups), begin + line.end()
    return in_digits(number, groups), begin


def _is_line_number(rest: str, groups: Groups) -> bool:
    if groups[4] or groups[6]:
        return False
    return groups[8] in _COUNTED_WHOLE or (len(rest) == 4 and "年" in (groups[5] or groups[8] or groups[1] or ""))


def _quantity(held: _Held, text: str, until: int) -> Quantity:
    (kind, value, unit, step, other, vague), begin, end, before, clause, sentence = held
    qualifier = vague or _EXACT
    if end < until and text[end] in _FIRST:
        qualifier = _AFTER.get(text[end : end + 2], qualifier)
    if before and before[-1] in _LAST and unit:
        qualifier = _told(before, qualifier)
    after = text[end:until]
    # What _make does, a call less: this runs for every figure of every text.
    return tuple.__new__(
        Quantity, (kind, value, unit, begin, end, qualifier, step, other, before, after, clause, sentence)
    )


def _told(before: str, otherwise: Qualifier) -> Qualifier:
    for length in (3, 2, 1):
        if before[-length:] in _BEFORE:
            return _BEFORE[before[-length:]]
    return otherwise
