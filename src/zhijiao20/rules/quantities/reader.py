"""Parse a text in one pass: punctuation marks separate clauses and sentences, numbers become quantities."""

from __future__ import annotations

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities.amounts import LONGEST, Amount, Groups, in_digits, in_numerals, plain_amount
from zhijiao20.rules.quantities.quantity import Qualifier, Quantity
from zhijiao20.rules.quantities.tokens import ENDS, FIRST_OF_NUMERAL, NO_TAIL, TOKEN, UNIT

_NO_DIGITS_AFTER = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._/+＋-第〔[【#№×*·数几0123456789０１２３４５６７８９"
)
_NO_NUMERAL_AFTER = _NO_DIGITS_AFTER | frozenset("上下统唯同单划专逐合其不万")
_NOUN_BEFORE_COUNT = frozenset("总人次户项个台套所校家课点时额分生师位件册量期班")
_NO_DAY_AFTER = frozenset("至—～-–月")
_EXACT = Qualifier.EXACT
_ITEM_NUMBER = lazy_regex(r"\d{1,2}[.．](?=[1-9])")
_WHOLE_NUMBER_UNITS = frozenset("人家所项个份门期场间册次")  # always whole numbers: in 1.12人 the “1.” numbers the item

_WORDS_BEFORE = {
    Qualifier.ABOUT: "约 近 接近",
    Qualifier.OVER: "超 超过 逾 突破 多于 高于 大于",
    Qualifier.AT_LEAST: "不低于 不少于 不小于 不能少于 不能低于 不得少于 不得低于 不应少于 不应低于 至少",
    Qualifier.BELOW: "低于 少于 小于 不足 不到 不满 未满 未达到 未达",
    Qualifier.AT_MOST: "不超过 不高于 不多于 至多 最多",
    Qualifier.EXACT: "最近",
}
_BEFORE = {word: qualifier for qualifier, words in _WORDS_BEFORE.items() for word in words.split()}
_BEFORE_LAST_CHARACTERS = frozenset(word[-1] for word in _BEFORE)
_AFTER = {
    "以上": Qualifier.AT_LEAST, "左右": Qualifier.ABOUT, "上下": Qualifier.ABOUT,
    "以内": Qualifier.AT_MOST, "以下": Qualifier.AT_MOST,
}  # fmt: skip
_AFTER_FIRST_CHARACTERS = frozenset(word[0] for word in _AFTER)

_TENS = lazy_regex("10+(?![0-9.])")  # 数10人, 数100万元: several of them
_NO_PLAIN_AFTER = _NO_DIGITS_AFTER | _NO_DAY_AFTER | {"数", "\n"}


def read(text: str, begin: int = 0, end: int | None = None, clause: int = 0, sentence: int = 0) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order, without other numbers (文号, 第3条, 1+X, 层次序数).

    Args:
        text: the text.
        begin: where reading begins, right after a mark that ends a sentence.
        end: where reading ends, at such a mark.
        clause: the number of the first clause.
        sentence: the number of the first sentence.
    """
    quantities: list[Quantity] = []
    text_end = len(text) if end is None else end
    context_begin = begin
    last: Quantity | None = None  # the last quantity, whose ``after`` ends at the next mark or quantity
    for match in TOKEN.finditer(text, begin, text_end):
        last_group = match.lastindex
        if last_group is None:  # a punctuation mark
            begin = match.start()
            if last is not None:
                last.after = text[context_begin:begin]
                last = None
            clause += 1
            if text[begin] in ENDS:
                sentence += 1
            context_begin = begin + 1
        elif last_group not in NO_TAIL:
            begin, end = match.span()
            groups = match.groups()
            amount, start = _amount(groups, last_group, text, begin)
            if amount is None:
                continue
            if last is not None:
                last.after = text[context_begin:begin]
            kind, value, unit, step, other, own_qualifier = amount
            before = text[context_begin:start]
            qualifier = own_qualifier or _EXACT
            if text[end : end + 1] in _AFTER_FIRST_CHARACTERS or before[-1:] in _BEFORE_LAST_CHARACTERS:
                qualifier = _qualifier(text, end, before if unit else "", qualifier)
            last = Quantity(kind, value, unit, start, end, qualifier, step, other, before, "", clause, sentence)
            quantities.append(last)
            context_begin = end
    if last is not None:
        last.after = text[context_begin:text_end]
    return tuple(quantities)


def _qualifier(text: str, end: int, before: str, own: Qualifier) -> Qualifier:
    """Return how exact a quantity is according to the words around it."""
    own = _AFTER.get(text[end : end + 2], own)
    return _qualifier_before(before, own) if before else own


def _amount(groups: Groups, last_group: int, text: str, begin: int) -> tuple[Amount | None, int]:
    """Return the amount of a number and the offset at which it begins.

    In ``1.2019年`` it begins after the item number ``1.``.
    """
    before = text[begin - 1] if begin else "\n"
    if last_group == UNIT and groups[2] is None and before not in _NO_PLAIN_AFTER:  # most numbers: no range, no ratio
        digits = text[begin] + (groups[0] or "")
        if len(digits) <= LONGEST:
            return plain_amount(digits, groups), begin
    if last_group >= FIRST_OF_NUMERAL:
        return None if before in _NO_NUMERAL_AFTER else in_numerals(text[begin] + (groups[9] or ""), groups), begin
    if (before in _NO_DIGITS_AFTER and not (before == "数" and _ends_noun(text, begin))) or (
        groups[8] == "日" and before in _NO_DAY_AFTER
    ):
        return None, begin
    number = text[begin] + groups[0] if groups[0] else text[begin]
    if len(number) > LONGEST or len(groups[3] or "") > LONGEST:
        return None, begin
    if before == "\n" and "." in number:
        match = _ITEM_NUMBER.match(number)
        if match and _is_item_number(number[match.end() :], groups):
            return in_digits(number[match.end() :], groups), begin + match.end()
    return in_digits(number, groups), begin


def _ends_noun(text: str, begin: int) -> bool:
    """Check whether 数 before a number ends a noun (总数386人, 学生数10人), and does not mean “several” (数10人)."""
    before = text[begin - 2 : begin - 1]
    return before in _NOUN_BEFORE_COUNT or (
        "一" <= before <= "鿿" and before not in "有约近共达了过是" and not _TENS.match(text, begin)
    )


def _is_item_number(rest: str, groups: Groups) -> bool:
    if groups[4] or groups[6]:
        return False
    return groups[8] in _WHOLE_NUMBER_UNITS or (len(rest) == 4 and "年" in (groups[5] or groups[8] or groups[1] or ""))


def _qualifier_before(before: str, default: Qualifier) -> Qualifier:
    for length in (4, 3, 2, 1):
        if before[-length:] in _BEFORE:
            return _BEFORE[before[-length:]]
    return default
