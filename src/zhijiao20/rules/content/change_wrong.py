"""ZJ311 增减与前后数字对不上。

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

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from zhijiao20.rules.quantities import BEGINS, COUNT, DATE, DURATION, MONEY, PERCENT, POINTS, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Doubt,
    Worth,
    clause_start,
    confirmed,
    doubtful,
    explained,
    fragment,
    like,
    neighbours,
    number,
    rounded,
    slip,
    worth,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch

_UP = "增长|增加|提高|上升|提升|上涨|扩大|高出|多|高"
_DOWN = "减少|下降|降低|缩短|压减|精简|缩减|下滑|压缩|降|低|少|减"
_CHANGE = re.compile(
    rf"(?:[比较](?:上年|去年|上年同期|同期))?(?:同比|净|共|前者|前者比后者)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|幅度?为|率为|率达?)?$"
)
_TO = re.compile(
    r"(?:(?P<up>增加|增长|提高|上升|提升|扩大|增|升)|(?P<down>减少|下降|降低|缩短|压减|精简|缩减|下滑|压缩|降|减))(?:到|至|为)"
    r"(?:了)?(?:\d{4}年)?的?$"
)
_UP_TO = re.compile(r"[到至为](?:\d{4}年)?的?$")
_FROM = re.compile(r"(?:由|从)[^，。；、]{0,12}$")
_THAN = re.compile(r"(?:比|较)[^，。；]{0,16}$")
_ENDINGS = "长加高升涨大出多少降低短减简缩滑了度率到至的为"  # what the words of a change end in
_LAST = frozenset(_ENDINGS)
# One set takes the first character, so that the engine skips at full speed: the last one of a word for a change, or 由.
_SIGN = re.compile(
    "[长加高升涨大出多少低降短减简缩滑由从](?<![^增][长加])(?<![^扩]大)(?<![^高]出)"
    rf"(?:(?:了|幅度?为|率[为达]?)?|(?<=[由从])[^。！？；;\n，,、：:（）()]{{0,12}}){BEGINS}"
)
_LONGEST = 100  # characters of a list of parts
_NEIGHBOURS = 12  # figures before a change that may be what it counts from
_NUMBERS = (COUNT, MONEY, DURATION, PERCENT)
_TIMES = (YEAR, DATE)
_HINT = "核对前后两个数和增减，改正写错的一个"


class _Pair(NamedTuple):
    """An earlier and a later figure."""

    since: Quantity
    now: Quantity


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report changes that the figures before and after do not give."""
    return confirmed(_doubts(passage)) if doubtful(passage, _SIGN, _doubts) else ()


def _doubts(passage: Passage) -> Iterator[Doubt]:
    quantities = passage.quantities
    last: _Pair | None = None
    for index, quantity in enumerate(quantities):
        if not quantity.before or quantity.before[-1] not in _LAST or quantity.kind in _TIMES or not quantity.exact:
            continue
        to = _pair_to(passage.prose, quantities, index)
        if to is not None:
            last = to
            yield from _direction(passage, quantities, index, to)
            continue
        told = _CHANGE.search(quantity.before)
        if told is None:
            continue
        pair = None
        if told.start() == 0:  # the change alone: 教师增加 speaks of something else
            pair = (
                _than(passage.prose, quantities, index)
                or _following(last, quantities, index)
                or _two(quantities, index, told[0])
            )
        if pair is not None:
            last = pair
            yield from _compare(passage, quantities, index, pair, told)
        elif told.start() == 0 and (implied := _implied(passage.prose, quantities, index, up=bool(told["up"]))):
            last = implied
        elif told["down"] and quantity.kind is PERCENT and quantity.value > 100:
            written = passage.text[quantity.begin : quantity.end]
            yield TextMatch(quantity.begin, quantity.end, f"“{told[0]}{written}”：减少的不会超过100%", _HINT)


def _number(quantity: Quantity) -> bool:
    return quantity.kind in _NUMBERS and quantity.exact and quantity.value * 2 > quantity.step


def _back(quantities: Sequence[Quantity], index: int, steps: int = 1) -> int | None:
    """The index of the figure before that is no year and no date, in the same sentence."""
    at = index
    while steps:
        at -= 1
        if at < 0 or quantities[at].sentence != quantities[index].sentence:
            return None
        steps -= quantities[at].kind not in _TIMES
    return at


def _pair_to(prose: str, quantities: Sequence[Quantity], index: int) -> _Pair | None:
    """``由28所降至23所``."""
    now, at = quantities[index], _back(quantities, index)
    if at is None or quantities[at].clause != now.clause or not _number(now) or not _number(quantities[at]):
        return None
    since = quantities[at]
    between = prose[since.end : now.begin]
    if not like(since, now) or not _UP_TO.search(between):
        return None
    return _Pair(since, now) if _FROM.search(prose[clause_start(quantities, at) : since.begin]) else None


def _direction(passage: Passage, quantities: Sequence[Quantity], index: int, pair: _Pair) -> Iterator[TextMatch]:
    told = _TO.search(passage.prose[pair.since.end : pair.now.begin])
    if told is None or pair.since.value == pair.now.value or bool(told["up"]) == (pair.now.value > pair.since.value):
        return
    begin = clause_start(quantities, index)
    message = f"“{fragment(passage.text, begin, pair.now.end)}”：说的是{told['up'] or told['down']}，数字是{'减少' if told['up'] else '增加'}的"
    yield TextMatch(pair.since.begin, pair.now.end, message, _HINT)


def _than(prose: str, quantities: Sequence[Quantity], index: int) -> _Pair | None:
    """``招生390人，比2018年的315人增加75人``: the base behind 比 in the same clause, the newer figure before it."""
    at = _back(quantities, index)
    if at is None or quantities[at].clause != quantities[index].clause or not _number(quantities[at]):
        return None
    since = quantities[at]
    if not _THAN.search(prose[clause_start(quantities, at) : since.begin]):
        return None
    before = _back(quantities, at)
    if before is None or not _number(quantities[before]) or not like(quantities[before], since):
        return None
    if quantities[at].clause - quantities[before].clause != 1 or _last_of_parts(prose, quantities, before):
        return None
    return _Pair(since, quantities[before])


def _last_of_parts(prose: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Whether a figure ends a list of parts: 1126人，其中技术人员712人、专家176人，比2018年的986人 speaks of them all."""
    other = quantities[index - 1] if index else quantities[index]
    if (
        other.sentence != quantities[index].sentence
        or prose[quantities[index].begin - len(quantities[index].before) - 1] != "、"
    ):
        return False
    return prose.rfind("其中", max(0, quantities[index].begin - _LONGEST), other.begin) >= 0


def _following(last: _Pair | None, quantities: Sequence[Quantity], index: int) -> _Pair | None:
    """``由28所降至23所，减少17.9%``: the pair that was told right before."""
    quantity = quantities[index]
    if last is None or last.now.sentence != quantity.sentence:
        return None
    time = quantities[index - 1]
    if time.kind in _TIMES and time.clause == quantity.clause and not time.before.endswith(("比", "较")):
        return None  # 由5家增至12家（2019年增加4家、2020年增加3家）: the change of one year among several
    return last if 0 <= quantity.clause - max(last.now.clause, last.since.clause) <= 2 else None


def _implied(prose: str, quantities: Sequence[Quantity], index: int, *, up: bool) -> _Pair | None:
    """The pair that a change in number implies, for the percentage that comes next.

    ``招生1860人，较2018年增加415人`` tells what it is and by how much it grew, ``比普通高中的13105元多1105元`` what the other is.
    """
    quantity, at = quantities[index], _back(quantities, index)
    if (
        at is None
        or not like(quantities[at], quantity)
        or not _number(quantities[at])
        or not _number(quantity)
        or quantity.step
    ):
        return None
    one = quantities[at]
    if one.clause == quantity.clause and _THAN.search(prose[clause_start(quantities, at) : one.begin]):
        return _Pair(one, one._replace(value=one.value + (quantity.value if up else -quantity.value)))
    if quantity.clause - one.clause != 1 or not _THAN.search(prose[clause_start(quantities, index) : quantity.begin]):
        return None
    since = one.value - (quantity.value if up else -quantity.value)
    return _Pair(one._replace(value=since), one) if since > 0 else None


def _two(quantities: Sequence[Quantity], index: int, told: str) -> _Pair | None:
    """Two figures told one after the other: ``2018年12650元、2019年13480元，增长6.6%``, or 前者 and the latter."""
    two = _back(quantities, index)
    one = None if two is None else _back(quantities, two)
    if one is None or two is None or quantities[index].clause - quantities[two].clause != 1:
        return None
    pair = _Pair(quantities[one], quantities[two])
    if not all(map(_number, pair)) or not like(*pair) or pair.now.clause - pair.since.clause != 1:
        return None
    if told.startswith("前者"):
        return _Pair(pair.now, pair.since)
    years = [quantities[at - 1] for at in (one, two) if at and quantities[at - 1].kind is YEAR]
    if [year.clause for year in years] != [count.clause for count in pair]:
        return None
    if abs(years[0].value - years[1].value) != 1:
        return None
    return pair if years[0].value < years[1].value else _Pair(pair.now, pair.since)


def _compare(
    passage: Passage, quantities: Sequence[Quantity], index: int, pair: _Pair, told: re.Match[str]
) -> Iterator[Doubt]:
    """A change in per cent, in percentage points or in number against the figures that it is about."""
    quantity, (since, now) = quantities[index], pair
    text = passage.text
    old, new = worth(since), worth(now)
    message = ""
    if (told["up"] and new.high < old.low) or (told["down"] and new.low > old.high):
        if like(since, quantity) or quantity.kind is PERCENT:
            message = f"说的是{told['up'] or told['down']}，由{number(since, text)}到{number(now, text)}正相反"
    elif quantity.kind is PERCENT and since.kind is not PERCENT:
        right = new.change(old)
        wrong = not Worth(min(right), right.value, max(right)).meets(worth(quantity))
        wrong = wrong and (slip(quantity, right.value) or rounded(right.value, quantity) == 10 * quantity.value)
        if wrong and explained(quantity, neighbours(quantities, index), now, since):
            yield None
        elif wrong:
            high, low = (now, since) if new.value > old.value else (since, now)
            sum_ = f"（{number(high, text)}－{number(low, text)}）÷{number(since, text)}"
            written = text[quantity.begin : quantity.end]
            should = f"{rounded(right.value, quantity)}%"
            message = f"{told['up'] or told['down']}写的是{written}，按{sum_}应为{should}"
    elif (like(quantity, since) and quantity.kind is not PERCENT) or _in_points(quantity, since):
        message = _amount(quantity, pair, text)
    if message and _otherwise(text, quantity, pair, quantities[max(0, index - _NEIGHBOURS) : index]):
        yield None
    elif message:
        begin = min(clause_start(quantities, quantities.index(end)) for end in pair if end in quantities)
        yield TextMatch(quantity.begin, quantity.end, f"“{fragment(text, begin, quantity.end)}”：{message}", _HINT)


def _otherwise(text: str, quantity: Quantity, pair: _Pair, before: Sequence[Quantity]) -> bool:
    """Whether one of the two and another figure before the change give it: ``由12所到15所再到18所，共增加6所``."""
    if quantity.kind is PERCENT and "新增" in pair.now.before:  # 新增2个，较2018年的7个增长28.6%: what came is told
        return worth(pair.now).share(worth(pair.since)).meets(worth(quantity))
    return any(
        not _amount(quantity, _Pair(end, other), text)
        for other in before
        if other.sentence == quantity.sentence and _number(other) and other not in pair
        for end in pair
        if like(end, other) and (like(end, quantity) or _in_points(quantity, end))
    )


def _in_points(quantity: Quantity, since: Quantity) -> bool:
    return quantity.kind is POINTS and since.kind is PERCENT


def _amount(quantity: Quantity, pair: _Pair, text: str) -> str:
    """``比2018年的315人增加75人``, ``由58%提高到74%，提高16个百分点``: what is wrong with it, or an empty text."""
    one, two = sorted(pair, key=lambda end: end.value)
    high, low = worth(two), worth(one)
    right = Worth(high.low - low.high, high.value - low.value, high.high - low.low)
    if right.meets(worth(quantity)):
        return ""
    upper, lower = text[two.begin : two.end], text[one.begin : one.end]
    should = f"{right.value:f}个百分点" if quantity.kind is POINTS else _scaled(right.value, upper, quantity.unit)
    return f"相差写的是{text[quantity.begin : quantity.end]}，按{upper}－{lower}应为{should}"


def _scaled(value: Decimal, written: str, unit: str) -> str:
    """A difference in 亿 or 万 where the greater figure is written so."""
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if name in written:
            return f"{(value / size).normalize():f}{name}{unit}"
    return f"{value:f}{unit}"
