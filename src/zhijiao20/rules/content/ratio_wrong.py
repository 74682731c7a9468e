from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import DATE, RATIO, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Candidate,
    Interval,
    clause_start,
    confirmed_matches,
    fragment,
    interval_of,
    measured,
    neighbours,
    number,
    to_places,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ309 比值与数字对不上。

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

_RATIO = lazy_regex(
    r"(职普(?:招生)?比|普职(?:招生)?比|师生比|生师比|两者之比|二者之比|之比)(?:例)?(?:为|是|约为|达到)?$"
)
_PREFILTER = lazy_regex(r"\d[ ]?[∶:：比][ ]?\d")
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
_NAMES = lazy_regex(
    r"([\u4e00-\u9fff]{2})(?:人数|总数|数)?[与和同][\u4e00-\u9fff]{0,12}?([\u4e00-\u9fff]{2})(?:人数|总数|数)?之比"
)
_OTHER = lazy_regex(r"^[与和同]([\u4e00-\u9fff]{2,8}?)(?:人数|总数|数)?之比")
# The ratio is computed from a converted count, not from the number in the text.
_CONVERTED = lazy_regex("折半|折合|折算|[含计][^，。；]{0,4}兼职")
_MAX_AFTER = 20  # characters after a ratio, for a bracket that states how it is counted
_MAX_COUNTS = 20  # counts near a ratio that are tried in pairs
_WHOLES = (Decimal(100), Decimal(10))


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report ratios that do not match the two counts before them, and terms with a wrong sum."""
    return confirmed_matches(_doubts(passage)) if "比" in passage.text and _PREFILTER.search(passage.text) else ()


def _doubts(passage: Passage) -> Iterator[Candidate]:
    """Yield each contradiction, or None where other quantities of the text explain it."""
    quantities = passage.quantities
    for index, quantity in enumerate(quantities):
        two_terms = quantity.kind is RATIO and quantity.other and not quantity.after.startswith(("∶", ":", "："))
        named = _RATIO.search(quantity.before) if two_terms else None
        if named:
            wrong_sum = _check_sum(passage, quantity, named[1])
            if wrong_sum:
                yield wrong_sum
            else:
                yield from _check_counts(passage, quantities, index, named[1])


def _check_sum(passage: Passage, ratio: Quantity, name: str) -> TextMatch | None:
    """Report a 职普比 in hundredths or tenths whose terms nearly add up to 100 or 10."""
    if "普" not in name or not ratio.step:
        return None
    total = ratio.value + _second_term(ratio)
    for whole in _WHOLES:
        if 0 < abs(total - whole) <= whole / 20:
            written = passage.text[ratio.begin : ratio.end]
            message = f"“{name}{written}”两项相加是{total}，应为{whole}"
            return TextMatch(ratio.begin, ratio.end, message, "核对比值的两项，改正写错的一项")
    return None


def _check_counts(passage: Passage, quantities: Sequence[Quantity], index: int, name: str) -> Iterator[Candidate]:
    ratio = quantities[index]
    pair = _pair(passage.prose, quantities, index, name)
    if pair is None or _agrees(ratio, *pair) or _CONVERTED.search(passage.prose, pair[0].begin, ratio.end + _MAX_AFTER):
        return
    counts = [quantity for quantity in neighbours(quantities, index) if measured(quantity)]
    counts = sorted(counts, key=lambda count: abs(count.begin - ratio.begin))[:_MAX_COUNTS]
    if any(_agrees(ratio, left, right) for left in counts for right in counts if left is not right):
        yield None
        return
    left, right = pair
    text = passage.text
    begin = min(clause_start(quantities, quantities.index(count)) for count in pair)
    message = (
        f"“{fragment(text, begin, ratio.end)}”：比值写的是{text[ratio.begin : ratio.end]}，"
        f"按{number(left, text)}∶{number(right, text)}应为{_correct_ratio(ratio, left, right)}"
    )
    yield TextMatch(ratio.begin, ratio.end, message, "核对两个数和比值，改正写错的一个")


def _pair(prose: str, quantities: Sequence[Quantity], index: int, name: str) -> tuple[Quantity, Quantity] | None:
    """Return the two counts before a ratio in the order of its terms, or None."""
    before = [at for at in range(max(0, index - 8), index) if quantities[at].sentence == quantities[index].sentence]
    before = [at for at in before if quantities[at].kind not in {YEAR, DATE} and quantities[at].unit != "类"][-2:]
    if (
        len(before) < 2
        or _is_one_of_three(prose, quantities, before[0])
        or not all(measured(quantities[at]) for at in before)
    ):
        return None
    first, second = (prose[clause_start(quantities, at) : quantities[at].end] + quantities[at].after for at in before)
    left, right = (quantities[at] for at in before)
    if left.clause == right.clause or quantities[index].clause - left.clause > 3:
        return None
    if name.endswith("之比"):
        names = _names(quantities[index].before)
        return (left, right) if names is None or (names[0] in first and names[1] in second) else None
    terms = name[:2]
    if _contains_any(first, _FIRST_TERM[terms]) and _contains_any(second, _SECOND_TERM[terms]):
        return left, right
    if _contains_any(first, _SECOND_TERM[terms]) and _contains_any(second, _FIRST_TERM[terms]):
        return right, left
    return None


def _is_one_of_three(prose: str, quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether a count follows another one in a list: 普通高中6790人、中职5190人、技工学校500人，职普比45.6∶54.4."""
    count = quantities[at]
    mark = count.begin - len(count.before) - 1
    return at > 0 and prose[mark] in "、，" and quantities[at - 1].end == mark and quantities[at - 1].unit == count.unit


def _names(words: str) -> tuple[str, str] | None:
    """Return what a ratio is of, as the words before it say: the first is empty in 与校内导师之比."""
    named, other = _NAMES.search(words), _OTHER.search(words)
    if other is not None:
        return "", other[1]
    return None if named is None else (named[1], named[2])


def _contains_any(text: str, names: Sequence[str]) -> bool:
    return any(name in text for name in names)


def _second_term(ratio: Quantity) -> Decimal:
    return ratio.other or Decimal(1)


def _agrees(ratio: Quantity, left: Quantity, right: Quantity) -> bool:
    """Check whether two counts give a ratio whose terms are rounded to the decimals written."""
    right_value = _second_term(ratio)
    step = ratio.step or Decimal(1).scaleb(min(0, int(right_value.as_tuple().exponent)))
    fixed = ratio.value == 1 or right_value == 1
    first = Interval(ratio.value, ratio.value, ratio.value) if fixed and ratio.value == 1 else _term(ratio.value, step)
    second = Interval(right_value, right_value, right_value) if fixed and ratio.value != 1 else _term(right_value, step)
    return first.share(second).meets(interval_of(left).share(interval_of(right)))


def _term(value: Decimal, step: Decimal) -> Interval:
    return Interval(max(value - step / 2, step / 100), value, value + step / 2)


def _correct_ratio(ratio: Quantity, left: Quantity, right: Quantity) -> str:
    """Return the ratio of two counts in the written form: with a term of 1, or with its sum."""
    right_value = _second_term(ratio)
    step = ratio.step or Decimal(1).scaleb(min(0, int(right_value.as_tuple().exponent)))
    if ratio.value == 1:
        return f"1∶{to_places(right.value / left.value, step)}"
    if right_value == 1:
        return f"{to_places(left.value / right.value, step)}∶1"
    first = to_places(left.value / (left.value + right.value) * (ratio.value + right_value), step)
    return f"{first}∶{ratio.value + right_value - first}"
