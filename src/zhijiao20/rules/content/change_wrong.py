from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from zhijiao20.rules.quantities import BEGINS, COUNT, DATE, DURATION, MONEY, PERCENT, POINTS, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Candidate,
    Interval,
    clause_start,
    confirmed_matches,
    explained,
    fragment,
    interval_of,
    is_typo,
    is_worth_checking,
    neighbours,
    number,
    rounded,
    same_kind,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ311 增减与前后数字对不上。

写了前后两个数，又写了增减多少、百分之几，要对得上：“由……降至……，减少……%”“比2018年的……增加……，增长……%”“2018年……、2019年……，增长……%”。
说“增加”“提高”的，后一个数应大于前一个；减少的百分比不会超过100%。文中另有数字能解释的，不提示。

错：学校数由28所降至23所，减少19.7%。
对：学校数由28所降至23所，减少17.9%。
错：2019年招生390人，比2018年的315人增加57人，增长23.8%。
对：2019年招生390人，比2018年的315人增加75人，增长23.8%。
错：生均财政拨款2018年12650元、2019年13480元，增长8.6%。
对：生均财政拨款2018年12650元、2019年13480元，增长6.6%。
错：校均在校生由2114人增加到1690人。
对：校均在校生由1690人增加到2114人。

依据：数据应准确、前后一致（一般）。
"""

_UP = "增长|增加|提高|上升|提升|上涨|扩大|高出|多|高"
_DOWN = "减少|下降|降低|缩短|压减|精简|缩减|下滑|压缩|降|低|少|减"
_CHANGE = re.compile(
    rf"(?:[比较](?:上年|去年|上年同期|同期))?(?:同比|净|共|前者|前者比后者)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|幅度?为|率为|率达?)?$"
)
_CHANGE_TO = re.compile(
    r"(?:(?P<up>增加|增长|提高|上升|提升|扩大|增|升)|(?P<down>减少|下降|降低|缩短|压减|精简|缩减|下滑|压缩|降|减))(?:到|至|为)"
    r"(?:了)?(?:\d{4}年)?的?$"
)
_TO_WORD = re.compile(r"[到至为](?:\d{4}年)?的?$")
_FROM = re.compile(r"(?:由|从)[^，。；、]{0,12}$")
_BASE = re.compile(r"(?:比|较)[^，。；]{0,16}$")
_ENDINGS = "长加高升涨大出多少降低短减简缩滑了度率到至的为"  # last characters of the words for a change
_ENDS = frozenset(_ENDINGS)
# Prefilter.  It begins with a plain set, which the regex engine finds fast: the last character of a word, or 由, 从.
_PREFILTER = re.compile(
    "[长加高升涨大出多少低降短减简缩滑由从](?<![^增][长加])(?<![^扩]大)(?<![^高]出)"
    rf"(?:(?:了|幅度?为|率[为达]?)?|(?<=[由从])[^。！？；;\n，,、：:（）()]{{0,12}}){BEGINS}"
)
_MAX_LIST = 100  # characters of a list of parts
_MAX_BEFORE = 12  # quantities before a change that may be its base
_NUMBERS = (COUNT, MONEY, DURATION, PERCENT)
_DATES = (YEAR, DATE)
_HINT = "核对前后两个数和增减，改正写错的一个"


class _Pair(NamedTuple):
    """An earlier and a later quantity."""

    old: Quantity
    new: Quantity


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report changes that do not match the quantities before and after."""
    return confirmed_matches(_doubts(passage)) if is_worth_checking(passage, _PREFILTER, _doubts) else ()


def _doubts(passage: Passage) -> Iterator[Candidate]:
    """Yield each contradiction, or None where other quantities of the text explain it."""
    quantities = passage.quantities
    last: _Pair | None = None
    for index, quantity in enumerate(quantities):
        if not quantity.before or quantity.before[-1] not in _ENDS or quantity.kind in _DATES or not quantity.exact:
            continue
        pair_to = _pair_to(passage.prose, quantities, index)
        if pair_to is not None:
            last = pair_to
            yield from _check_direction(passage, quantities, index, pair_to)
            continue
        change = _CHANGE.search(quantity.before)
        if change is None:
            continue
        pair = None
        if change.start() == 0:  # no noun in front: 教师增加 is about something else
            pair = (
                _comparison(passage.prose, quantities, index)
                or _preceding(last, quantities, index)
                or _sequence(quantities, index, change[0])
            )
        if pair is not None:
            last = pair
            yield from _check_change(passage, quantities, index, pair, change)
        elif change.start() == 0 and (new_pair := _implied(passage.prose, quantities, index, up=bool(change["up"]))):
            last = new_pair
        elif change["down"] and quantity.kind is PERCENT and quantity.value > 100:
            written = passage.text[quantity.begin : quantity.end]
            yield TextMatch(quantity.begin, quantity.end, f"“{change[0]}{written}”：减少的不会超过100%", _HINT)


def _is_number(quantity: Quantity) -> bool:
    return quantity.kind in _NUMBERS and quantity.exact and quantity.value * 2 > quantity.step


def _previous(quantities: Sequence[Quantity], index: int, steps: int = 1) -> int | None:
    """Return the index of the number before, dates skipped; None at the start of the sentence."""
    at = index
    while steps:
        at -= 1
        if at < 0 or quantities[at].sentence != quantities[index].sentence:
            return None
        steps -= quantities[at].kind not in _DATES
    return at


def _pair_to(prose: str, quantities: Sequence[Quantity], index: int) -> _Pair | None:
    """Return the pair of ``由28所降至23所``, or None."""
    new, at = quantities[index], _previous(quantities, index)
    if at is None or quantities[at].clause != new.clause or not _is_number(new) or not _is_number(quantities[at]):
        return None
    old = quantities[at]
    between = prose[old.end : new.begin]
    if not same_kind(old, new) or not _TO_WORD.search(between):
        return None
    return _Pair(old, new) if _FROM.search(prose[clause_start(quantities, at) : old.begin]) else None


def _check_direction(passage: Passage, quantities: Sequence[Quantity], index: int, pair: _Pair) -> Iterator[TextMatch]:
    change = _CHANGE_TO.search(passage.prose[pair.old.end : pair.new.begin])
    if change is None or pair.old.value == pair.new.value or bool(change["up"]) == (pair.new.value > pair.old.value):
        return
    begin = clause_start(quantities, index)
    message = f"“{fragment(passage.text, begin, pair.new.end)}”：说的是{change['up'] or change['down']}，数字是{'减少' if change['up'] else '增加'}的"
    yield TextMatch(pair.old.begin, pair.new.end, message, _HINT)


def _comparison(prose: str, quantities: Sequence[Quantity], index: int) -> _Pair | None:
    """Return the pair of ``招生390人，比2018年的315人增加75人``, or None."""
    at = _previous(quantities, index)
    if at is None or quantities[at].clause != quantities[index].clause or not _is_number(quantities[at]):
        return None
    old = quantities[at]  # follows 比 in the clause of the change; the later number is in the clause before
    if not _BASE.search(prose[clause_start(quantities, at) : old.begin]):
        return None
    newer = _previous(quantities, at)
    if newer is None or not _is_number(quantities[newer]) or not same_kind(quantities[newer], old):
        return None
    if quantities[at].clause - quantities[newer].clause != 1 or _ends_parts_list(prose, quantities, newer):
        return None
    return _Pair(old, quantities[newer])


def _ends_parts_list(prose: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Check whether a number ends a list of parts; a following 比 then refers to their total."""
    previous = quantities[index - 1] if index else quantities[index]
    if (
        previous.sentence != quantities[index].sentence
        or prose[quantities[index].begin - len(quantities[index].before) - 1] != "、"
    ):
        return False
    return prose.rfind("其中", max(0, quantities[index].begin - _MAX_LIST), previous.begin) >= 0


def _preceding(last: _Pair | None, quantities: Sequence[Quantity], index: int) -> _Pair | None:
    """Return the pair right before the change, as in ``由28所降至23所，减少17.9%``, or None."""
    quantity = quantities[index]
    if last is None or last.new.sentence != quantity.sentence:
        return None
    year = quantities[index - 1]
    if year.kind in _DATES and year.clause == quantity.clause and not year.before.endswith(("比", "较")):
        return None  # 由5家增至12家（2019年增加4家、2020年增加3家）: the change of a single year
    return last if 0 <= quantity.clause - max(last.new.clause, last.old.clause) <= 2 else None


def _implied(prose: str, quantities: Sequence[Quantity], index: int, *, up: bool) -> _Pair | None:
    """Return the pair that a change in number implies, for the percentage that follows.

    ``招生1860人，较2018年增加415人`` gives the later number, ``比普通高中的13105元多1105元`` the base.
    """
    quantity, at = quantities[index], _previous(quantities, index)
    if (
        at is None
        or not same_kind(quantities[at], quantity)
        or not _is_number(quantities[at])
        or not _is_number(quantity)
        or quantity.step
    ):
        return None
    prior = quantities[at]
    if prior.clause == quantity.clause and _BASE.search(prose[clause_start(quantities, at) : prior.begin]):
        return _Pair(prior, prior._replace(value=prior.value + (quantity.value if up else -quantity.value)))
    if quantity.clause - prior.clause != 1 or not _BASE.search(prose[clause_start(quantities, index) : quantity.begin]):
        return None
    old = prior.value - (quantity.value if up else -quantity.value)
    return _Pair(prior._replace(value=old), prior) if old > 0 else None


def _sequence(quantities: Sequence[Quantity], index: int, words: str) -> _Pair | None:
    """Return two consecutive numbers: ``2018年12650元、2019年13480元，增长6.6%``; swapped for 前者."""
    second = _previous(quantities, index)
    first = None if second is None else _previous(quantities, second)
    if first is None or second is None or quantities[index].clause - quantities[second].clause != 1:
        return None
    pair = _Pair(quantities[first], quantities[second])
    if not all(map(_is_number, pair)) or not same_kind(*pair) or pair.new.clause - pair.old.clause != 1:
        return None
    if words.startswith("前者"):
        return _Pair(pair.new, pair.old)
    years = [quantities[at - 1] for at in (first, second) if at and quantities[at - 1].kind is YEAR]
    if [year.clause for year in years] != [count.clause for count in pair]:
        return None
    if abs(years[0].value - years[1].value) != 1:
        return None
    return pair if years[0].value < years[1].value else _Pair(pair.new, pair.old)


def _check_change(
    passage: Passage, quantities: Sequence[Quantity], index: int, pair: _Pair, change: re.Match[str]
) -> Iterator[Candidate]:
    """Report a change in percent, percentage points or number that its pair does not give."""
    quantity, (old, new) = quantities[index], pair
    text = passage.text
    base, result = interval_of(old), interval_of(new)
    message = ""
    if (change["up"] and result.high < base.low) or (change["down"] and result.low > base.high):
        if same_kind(old, quantity) or quantity.kind is PERCENT:
            message = f"说的是{change['up'] or change['down']}，由{number(old, text)}到{number(new, text)}正相反"
    elif quantity.kind is PERCENT and old.kind is not PERCENT:
        expected = result.change(base)
        wrong = not Interval(min(expected), expected.value, max(expected)).meets(interval_of(quantity))
        wrong = wrong and (
            is_typo(quantity, expected.value) or rounded(expected.value, quantity) == 10 * quantity.value
        )
        if wrong and explained(quantity, neighbours(quantities, index), new, old):
            yield None
        elif wrong:
            greater, smaller = (new, old) if result.value > base.value else (old, new)
            formula = f"（{number(greater, text)}－{number(smaller, text)}）÷{number(old, text)}"
            written = text[quantity.begin : quantity.end]
            correct = f"{rounded(expected.value, quantity)}%"
            message = f"{change['up'] or change['down']}写的是{written}，按{formula}应为{correct}"
    elif (same_kind(quantity, old) and quantity.kind is not PERCENT) or _in_points(quantity, old):
        message = _difference_error(quantity, pair, text)
    if message and _explained_by_others(text, quantity, pair, quantities[max(0, index - _MAX_BEFORE) : index]):
        yield None
    elif message:
        begin = min(clause_start(quantities, quantities.index(end)) for end in pair if end in quantities)
        yield TextMatch(quantity.begin, quantity.end, f"“{fragment(text, begin, quantity.end)}”：{message}", _HINT)


def _explained_by_others(text: str, quantity: Quantity, pair: _Pair, before: Sequence[Quantity]) -> bool:
    """Check whether another number and one of the pair give it: ``由12所到15所再到18所，共增加6所``."""
    if quantity.kind is PERCENT and "新增" in pair.new.before:  # 新增2个，较2018年的7个增长28.6%: share of the base
        return interval_of(pair.new).share(interval_of(pair.old)).meets(interval_of(quantity))
    return any(
        not _difference_error(quantity, _Pair(side, other), text)
        for other in before
        if other.sentence == quantity.sentence and _is_number(other) and other not in pair
        for side in pair
        if same_kind(side, other) and (same_kind(side, quantity) or _in_points(quantity, side))
    )


def _in_points(quantity: Quantity, old: Quantity) -> bool:
    return quantity.kind is POINTS and old.kind is PERCENT


def _difference_error(quantity: Quantity, pair: _Pair, text: str) -> str:
    """Return what is wrong with the difference in ``由58%提高到74%，提高16个百分点``, or an empty string."""
    lesser, greater = sorted(pair, key=lambda end: end.value)
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
