from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import COUNT, DATE, MONEY, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import confirmed_matches
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.mentioned_again import (
    AGAIN,
    ALL_OF,
    OTHER_SCOPE,
    are_exchanged,
    digits,
    found_again,
    plain_name,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import JoinedTexts

PAGE = """ZJ316 同一段文字里同一个量前后不一。

一段文字里同一个量写了两个数，数字相同、次序不同（4750与4570、360与630），多半是打字时颠倒了；“这26家企业”“全体13名成员”与前面的家数不同，也一定有一处错。
年份不同、写明“其中”“计划”“比上年”的，不是前后不一，不管；不同任务之间的，看 ZJ603。

错：新校区总投资4750万元，由县财政统筹。到2020年5月底，新校区总投资4570万元已经到账。
对：新校区总投资4750万元，由县财政统筹。到2020年5月底，新校区总投资4750万元已经到账。
错：车间设工位360个，供5所学校使用；按工位630个排课，每周开课45节。
对：车间设工位360个，供5所学校使用；按工位360个排课，每周开课45节。
错：参加轮训的教师2848人，覆盖全部学校。经费按教师2884人核拨。
对：车间工位2018年250个，2019年520个。

依据：数据应准确、前后一致（一般）。
"""

_SHORTEST = 3  # digits of a number: 12 and 21 may well be two numbers
_NAME = lazy_regex("[\u4e00-\u9fff]{2,12}$")
_VERB = lazy_regex(
    "(?:[共为有达到至增减用按比较]|招收|招生|培训|参加|参训|接待|投入|安排|录取|毕业|就业|取得|获得|完成|发放|资助|收到|办结|新增|建成|支出|收入|覆盖|惠及|服务|人数|资金|经费|补助|下达|拨付|合计|共计|学生|其中|其他)$"
)
# A number with the two characters before it, with which the name of what it measures ends.  The pattern begins with a
# digit, which the regex engine finds fast.
_NAMED = lazy_regex(
    r"([0-9](?<=([\u4e00-\u9fff]{2}).)(?<![共为有达到至增减用按比较].)[0-9.,]{1,18}[0-9])(?![0-9年月%％天]|个[百月])"
)
_LONG_NAME = 5  # characters of a name that may end with any word: 中央补助资金
_NAMED_TWICE = "measures named twice"  # sign of which a passage says that it has none
_MIN_NAME = 2  # characters that two names have in common
_MAX_QUANTITIES = 60
_BEGINS = frozenset(["", *"。；：，\n"])  # characters before a year that heads what follows
_HINT = "核对这两处，改成同一个数；口径、时间不同的，请写明"


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages that name something twice, with other numbers, or once more without a name."""
    again, found = {*joined.having(AGAIN), *joined.having(ALL_OF)}, list[Passage]()
    for passage in joined.passages:
        twice = _may_be_exchanged(passage.text)
        if passage in again and not twice:
            passage.offsets[_NAMED_TWICE] = []  # looked for once
        if twice or passage in again:
            for looked_for in (AGAIN, ALL_OF):
                passage.offsets.setdefault(looked_for, [])
            found.append(passage)
    return found


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report a measure that a text states twice with the same digits in another order, or things with two numbers."""
    pairs = found_again(passage)
    found = confirmed_matches(_make_match(passage.text, *pair) for pair in pairs)
    if _NAMED_TWICE not in passage.offsets:
        found = [*_check_names(passage), *found]
    return sorted({match[:2]: match for match in found}.values()) if found else ()


def _check_names(passage: Passage) -> Iterable[TextMatch]:
    """Report a measure that is named before its number, twice with the same digits in another order."""
    return confirmed_matches(_find_matches(passage)) if _may_be_exchanged(passage.text) else ()


def _may_be_exchanged(text: str) -> bool:
    """Check whether two numbers of a text behind the same characters have the same digits in another order."""
    named = _NAMED.findall(text)
    if len(named) < 2 or len({name for _, name in named}) == len(named):
        return False
    numbers = set(named)
    digits = {(name, "".join(sorted(filter(str.isdecimal, number)))) for number, name in numbers}
    return len(digits) < len(numbers)


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    by_name: dict[tuple[str, str], list[int]] = {}
    quantities, text = passage.quantities, passage.text
    for index, quantity in enumerate(quantities[:_MAX_QUANTITIES]):
        if (
            quantity.end - quantity.begin <= _SHORTEST
            or len(quantity.before) < _MIN_NAME
            or quantity.kind not in _KINDS
        ):
            continue
        alike = by_name.setdefault((quantity.before[-_MIN_NAME:], quantity.unit), [])
        for other in alike:
            earlier = quantities[other]
            if (
                earlier.value != quantity.value
                and _have_same_digits(text, earlier, quantity)
                and _is_same_measure(quantities, other, index)
                and not _are_of_years(text, quantities, other, index)
            ):
                yield _make_match(text, earlier, quantity)
                break
        alike.append(index)


def _have_same_digits(text: str, first: Quantity, second: Quantity) -> bool:
    """Check whether two quantities are written with the same digits in another order."""
    return len(digits(text, first)) >= _SHORTEST and are_exchanged(text, first, second)


_KINDS = (COUNT, MONEY)
_DATES = (YEAR, DATE)


def _is_same_measure(quantities: Sequence[Quantity], first: int, second: int) -> bool:
    """Check whether the words before two quantities end with the same name, and state no other scope or year."""
    one, two = quantities[first], quantities[second]
    name = _common_name(one.before, two.before)
    if (
        len(name) < _MIN_NAME
        or not one.exact
        or not two.exact
        or (len(name) < _LONG_NAME and _VERB.search(name))
        or one.step != two.step
    ):
        return False
    scope = two.before[: len(two.before) - len(name)]
    if not scope.endswith("占") and plain_name(scope) not in plain_name(one.before):
        return False  # of a narrower scope
    if _part_of_clause(quantities, first) != _part_of_clause(quantities, second):
        return False  # 一期, 二期
    if OTHER_SCOPE.search(one.before) or OTHER_SCOPE.search(two.before):
        return False
    return len({_year(quantities, first), _year(quantities, second)} - {None}) < 2


def _part_of_clause(quantities: Sequence[Quantity], index: int) -> tuple[Decimal, str] | None:
    """Return the quantity before another one in its clause which may say of what part it is, as 一期 does, or None."""
    before, quantity = quantities[index - 1] if index else None, quantities[index]
    if before is None or before.clause != quantity.clause or before.kind in _DATES:
        return None
    return before.value, before.unit


def _common_name(first: str, second: str) -> str:
    """Return the Chinese characters that two texts have in common at their ends."""
    length = 0
    while length < min(len(first), len(second)) and first[-1 - length] == second[-1 - length]:
        length += 1
    match = _NAME.search(first[len(first) - length :])
    return match[0] if match else ""


def _year(quantities: Sequence[Quantity], index: int) -> Decimal | None:
    """Return the year that the clause of a quantity states before it, or None."""
    clause, near = quantities[index].clause, quantities[max(0, index - 3) : index]
    return next((other.value for other in near if other.kind is YEAR and other.clause == clause), None)


def _are_of_years(text: str, quantities: Sequence[Quantity], first: int, second: int) -> bool:
    """Check whether a text goes on to another year: 2019年计划4.1万人，实招4.26万人；2020年计划4.5万人，实招4.62万人."""
    before, between = quantities[max(0, first - 3) : first], quantities[first + 1 : second]
    years = [next((item for item in reversed(some) if item.kind is YEAR), None) for some in (before, between)]
    return all(year and text[year.begin - 1 : year.begin] in _BEGINS for year in years) and (
        len({year.value for year in years if year}) > 1
    )


def _make_match(text: str, first: Quantity, second: Quantity) -> TextMatch:
    earlier, later = (
        excerpt(text, item.begin - min(len(item.before), 8), item.end, left=0, right=0) for item in (first, second)
    )
    return TextMatch(second.begin, second.end, f"前面写{earlier}，这里写{later}", _HINT)
