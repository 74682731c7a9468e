"""Sentences with figures that agree with one another, as reports state them: growth, shares, parts of a whole, rates.

Real reports have some five numbers and 0.9 percent signs in 100 characters; without such sentences, the rules on
figures have little to do.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

_RATES = ("就业率", "对口就业率", "考核合格率", "巩固率", "设备完好率", "满意率")


class _Subject(NamedTuple):
    """What a sentence is about."""

    thing: str
    field: str


def figures(chance: random.Random, thing: str, field: str) -> str:
    """Return a clause or two about a thing, without the full stop."""
    return chance.choice(_FORMS)(chance, _Subject(thing, field))


def _percent(part: int, whole: int) -> str:
    """A share with one decimal, rounded half up."""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def _grown(chance: random.Random) -> tuple[int, int, str]:
    """An earlier and a later number, with the growth in percent."""
    old = chance.randint(400, 4000)
    new = old + chance.randint(20, old // 3)
    return old, new, _percent(new - old, old)


def _parts(chance: random.Random) -> tuple[int, int, int, int]:
    """A total, and three numbers that add up to it."""
    one, two, three = chance.randint(200, 900), chance.randint(100, 500), chance.randint(20, 90)
    return one + two + three, one, two, three


def _from_to(chance: random.Random, of: _Subject) -> str:
    old, new, growth = _grown(chance)
    return f"{of.field}专业在校生由2018年的{old}人增加到2019年的{new}人，增长{growth}%"


def _compared(chance: random.Random, of: _Subject) -> str:
    old, new, growth = _grown(chance)
    return f"{of.thing}服务{new}人次，比上年增加{new - old}人次，增长{growth}%"


def _grew(chance: random.Random, of: _Subject) -> str:
    return f"{of.thing}支出{chance.randint(100, 900)}万元，比上年增长{_percent(chance.randint(20, 200), 1000)}%"


def _among(chance: random.Random, of: _Subject) -> str:
    whole, one, _, _ = _parts(chance)
    return f"{of.thing}共录取{whole}人，其中{of.field}方向{one}人，占{_percent(one, whole)}%"


def _complete(chance: random.Random, of: _Subject) -> str:
    whole, one, two, three = _parts(chance)
    parts = f"财政{one}万元、企业{two}万元、其他{three}万元"
    return f"{of.thing}投入{whole}万元，其中{parts}，企业投入占{_percent(two, whole)}%"


def _share(chance: random.Random, of: _Subject) -> str:
    whole, one, _, _ = _parts(chance)
    return f"{of.field}类培训{one}人次，占{of.thing}总量{whole}人次的{_percent(one, whole)}%"


def _passed(chance: random.Random, _: _Subject) -> str:
    whole, one, two, _ = _parts(chance)
    return f"参加考核{whole}人，通过{one + two}人，通过率{_percent(one + two, whole)}%"


def _reached(chance: random.Random, of: _Subject) -> str:
    rate, points = chance.randint(800, 980), chance.randint(3, 40)
    return f"{of.field}专业{chance.choice(_RATES)}达到{rate / 10}%，比上年提高{points / 10}个百分点"


def _raised(chance: random.Random, _: _Subject) -> str:
    low, points = chance.randint(700, 900), chance.randint(3, 80)
    return f"{chance.choice(_RATES)}由{low / 10}%提高到{(low + points) / 10}%，提高{points / 10}个百分点"


def _rates(chance: random.Random, of: _Subject) -> str:
    first, second = chance.sample(_RATES, 2)
    return f"{of.field}类毕业生{first}{chance.randint(850, 990) / 10}%，{second}{chance.randint(85, 99)}%"


def _done(chance: random.Random, of: _Subject) -> str:
    whole, one, two, _ = _parts(chance)
    return f"{of.thing}完成{one + two}个，完成年度任务{whole}个的{_percent(one + two, whole)}%"


_FORMS: tuple[Callable[[random.Random, _Subject], str], ...] = (
    _from_to,
    _compared,
    _grew,
    _among,
    _complete,
    _share,
    _passed,
    _reached,
    _raised,
    _rates,
    _done,
)
