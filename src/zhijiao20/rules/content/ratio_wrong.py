"""ZJ309 比值与数字对不上。

写了两个数又写了它们的比，比值要对得上；写成百分数的职普比（47.2∶52.8），两项相加应为100，写成十分数的（4.7∶5.3）应为10。
只核对紧挨在前面的两个数，写明“兼职教师折半计入”之类折算的不核对；文中另有数字能解释这个比值的，不提示。

错：2019年中职招生17234人、普通高中招生19266人，职普比42.7∶57.3。
对：2019年中职招生17234人、普通高中招生19266人，职普比47.2∶52.8。
错：高中阶段招生职普比为47.2∶53.8。
对：高中阶段招生职普比为47.2∶52.8。
错：专任教师562人、在校生11286人，师生比1∶18。
对：专任教师562人、在校生11286人，师生比1∶20。

依据：数据应准确、前后一致（一般）。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhijiao20.rules.quantities import DATE, RATIO, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Doubt,
    Worth,
    clause_start,
    confirmed,
    fragment,
    measured,
    neighbours,
    number,
    to_places,
    worth,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch

_RATIO = re.compile(
    r"(职普(?:招生)?比|普职(?:招生)?比|师生比|生师比|两者之比|二者之比|之比)(?:例)?(?:为|是|约为|达到)?$"
)
_ANY = re.compile(r"\d[ ]?[∶:：比][ ]?\d")
_FIRST_TERM = {
    "职普": ("中职", "职"),
    "普职": ("普通高中", "普高"),
    "师生": ("教师", "师"),
    "生师": ("学生", "在校生", "生"),
}
_SECOND_TERM = {
    "职普": ("普通高中", "普高"),
    "普职": ("中职", "职"),
    "师生": ("学生", "在校生", "生"),
    "生师": ("教师", "师"),
}
_NAMES = re.compile(
    r"([\u4e00-\u9fff]{2})(?:人数|总数|数)?[与和同][\u4e00-\u9fff]{0,12}?([\u4e00-\u9fff]{2})(?:人数|总数|数)?之比"
)
# What is counted for the ratio is not the bare number.
_CONVERTED = re.compile("折半|折合|折算|[含计][^，。；]{0,4}兼职")
_FAR = 20  # characters behind a ratio: the bracket that says how it is counted
_COUNTS = 20  # around a ratio that may give it
_WHOLES = (Decimal(100), Decimal(10))


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report ratios that the two counts before them do not give, and those whose terms do not make up a whole."""
    return confirmed(_doubts(passage)) if "比" in passage.text and _ANY.search(passage.text) else ()


def _doubts(passage: Passage) -> Iterator[Doubt]:
    quantities = passage.quantities
    for index, quantity in enumerate(quantities):
        two_terms = quantity.kind is RATIO and quantity.other and not quantity.after.startswith(("∶", ":", "："))
        named = _RATIO.search(quantity.before) if two_terms else None
        if named:
            incomplete = _incomplete(passage, quantity, named[1])
            if incomplete:
                yield incomplete
            else:
                yield from _wrong(passage, quantities, index, named[1])


def _incomplete(passage: Passage, ratio: Quantity, name: str) -> TextMatch | None:
    """A 职普比 in hundredths or tenths whose terms come near 100 or 10, and miss it."""
    if "普" not in name or not ratio.step:
        return None
    sum_ = ratio.value + _second(ratio)
    for whole in _WHOLES:
        if 0 < abs(sum_ - whole) <= whole / 20:
            told = passage.text[ratio.begin : ratio.end]
            message = f"“{name}{told}”两项相加是{sum_}，应为{whole}"
            return TextMatch(ratio.begin, ratio.end, message, "核对比值的两项，改正写错的一项")
    return None


def _wrong(passage: Passage, quantities: Sequence[Quantity], index: int, name: str) -> Iterator[Doubt]:
    ratio = quantities[index]
    pair = _pair(passage.prose, quantities, index, name)
    if pair is None or _agrees(ratio, *pair) or _CONVERTED.search(passage.prose, pair[0].begin, ratio.end + _FAR):
        return
    counts = [quantity for quantity in neighbours(quantities, index) if measured(quantity)]
    counts = sorted(counts, key=lambda count: abs(count.begin - ratio.begin))[:_COUNTS]
    if any(_agrees(ratio, one, two) for one in counts for two in counts if one is not two):
        yield None
        return
    one, two = pair
    text = passage.text
    begin = min(clause_start(quantities, quantities.index(count)) for count in pair)
    message = (
        f"“{fragment(text, begin, ratio.end)}”：比值写的是{text[ratio.begin : ratio.end]}，"
        f"按{number(one, text)}∶{number(two, text)}应为{_right(ratio, one, two)}"
    )
    yield TextMatch(ratio.begin, ratio.end, message, "核对两个数和比值，改正写错的一个")


def _pair(prose: str, quantities: Sequence[Quantity], index: int, name: str) -> tuple[Quantity, Quantity] | None:
    """The two counts right before a ratio, in the order of its terms."""
    before = [at for at in range(max(0, index - 8), index) if quantities[at].sentence == quantities[index].sentence]
    before = [at for at in before if quantities[at].kind not in {YEAR, DATE}][-2:]
    if len(before) < 2 or not all(measured(quantities[at]) for at in before):
        return None
    first, second = (prose[clause_start(quantities, at) : quantities[at].end] + quantities[at].after for at in before)
    one, two = (quantities[at] for at in before)
    if one.clause == two.clause or quantities[index].clause - one.clause > 3:
        return None
    if name.endswith("之比"):
        named = _NAMES.search(quantities[index].before)
        return (one, two) if named is None or (named[1] in first and named[2] in second) else None
    terms = name[:2]
    if _has(first, _FIRST_TERM[terms]) and _has(second, _SECOND_TERM[terms]):
        return one, two
    if _has(first, _SECOND_TERM[terms]) and _has(second, _FIRST_TERM[terms]):
        return two, one
    return None


def _has(words: str, names: Sequence[str]) -> bool:
    return any(name in words for name in names)


def _second(ratio: Quantity) -> Decimal:
    return ratio.other or Decimal(1)


def _agrees(ratio: Quantity, one: Quantity, two: Quantity) -> bool:
    """Whether two counts stand in a ratio: each of its terms is rounded to the places it is written with."""
    other = _second(ratio)
    step = ratio.step or Decimal(1).scaleb(min(0, int(other.as_tuple().exponent)))
    fixed = ratio.value == 1 or other == 1
    first = Worth(ratio.value, ratio.value, ratio.value) if fixed and ratio.value == 1 else _term(ratio.value, step)
    second = Worth(other, other, other) if fixed and ratio.value != 1 else _term(other, step)
    return first.share(second).meets(worth(one).share(worth(two)))


def _term(value: Decimal, step: Decimal) -> Worth:
    return Worth(max(value - step / 2, step / 100), value, value + step / 2)


def _right(ratio: Quantity, one: Quantity, two: Quantity) -> str:
    """The two counts in the form of the ratio: with a term of 1, or with the same sum."""
    other = _second(ratio)
    step = ratio.step or Decimal(1).scaleb(min(0, int(other.as_tuple().exponent)))
    if ratio.value == 1:
        return f"1∶{to_places(two.value / one.value, step)}"
    if other == 1:
        return f"{to_places(one.value / two.value, step)}∶1"
    first = to_places(one.value / (one.value + two.value) * (ratio.value + other), step)
    return f"{first}∶{ratio.value + other - first}"
