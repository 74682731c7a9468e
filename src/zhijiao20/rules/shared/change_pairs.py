"""Pairs of an earlier and a later quantity that a text compares, for the rules about changes.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from zhijiao20.rules.quantities import COUNT, DATE, DURATION, MONEY, PERCENT, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, same_kind

_TO_WORD = re.compile(r"[到至为](?:\d{4}年)?的?$")
_TO_LAST = frozenset("到至为的年")
_FROM = re.compile(r"(?:由|从)[^，。；、]{0,12}$")
_BASE = re.compile(r"(?:比|较)[^，。；]{0,16}$")
_YEAR_BEFORE = re.compile("(?:[0-9]{4}[年届]|上年|去年|上届|上年同期|去年同期)(?:为|是|的)?$")
_ONE_OF_TWO = ("前者", "后者")
_MAX_LIST = 100  # characters of a list of parts
_NUMBERS = (COUNT, MONEY, DURATION, PERCENT)
_DATES = (YEAR, DATE)


class Pair(NamedTuple):
    """An earlier and a later quantity.

    Attributes:
        old: the earlier one.
        new: the later one.
        change: the change that gave one of them, if the text states only the other: 比上年增加1260人.
        states_old: whether that other one is the earlier.
    """

    old: Quantity
    new: Quantity
    change: Quantity | None = None
    states_old: bool = False

    @property
    def ends(self) -> tuple[Quantity, Quantity]:
        """Return the earlier and the later quantity."""
        return self.old, self.new


def is_number(quantity: Quantity) -> bool:
    """Check whether a quantity is a single number without a qualifier, above half its step."""
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


def pair_to(prose: str, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair of ``由28所降至23所``, or None."""
    new = quantities[index]
    at = _previous(quantities, index) if new.before[-1:] in _TO_LAST else None
    if at is None or quantities[at].clause != new.clause or not is_number(new) or not is_number(quantities[at]):
        return None
    old = quantities[at]
    between = prose[old.end : new.begin]
    if not same_kind(old, new) or not _TO_WORD.search(between):
        return None
    return Pair(old, new) if _FROM.search(prose[clause_start(quantities, at) : old.begin]) else None


def comparison(prose: str, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair of ``招生390人，比2018年的315人增加75人``, or None."""
    at = _previous(quantities, index)
    if at is None or quantities[at].clause != quantities[index].clause or not is_number(quantities[at]):
        return None
    old = quantities[at]  # follows 比 in the clause of the change; the later number is in the clause before
    if not _BASE.search(prose[clause_start(quantities, at) : old.begin]):
        return None
    newer = _previous(quantities, at)
    if newer is None or not is_number(quantities[newer]) or not same_kind(quantities[newer], old):
        return None
    if quantities[at].clause - quantities[newer].clause != 1 or _ends_parts_list(prose, quantities, newer):
        return None
    return Pair(old, quantities[newer])


def in_bracket(prose: str, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair of ``871人，比2018年（796人）增加75人`` and ``871人（2018年796人），增加75人``, or None."""
    at = _previous(quantities, index)
    if (
        at is None
        or not is_number(quantities[at])
        or prose[quantities[at].end : quantities[at].end + 1] not in {"）", ")"}
    ):
        return None
    old, newer = quantities[at], _previous(quantities, at)
    if newer is None or not is_number(quantities[newer]) or not same_kind(quantities[newer], old):
        return None
    new = quantities[newer]
    opened = max(prose.rfind("（", new.end, old.begin), prose.rfind("(", new.end, old.begin))
    if opened < 0:
        return None
    inside, comma = prose[opened + 1 : old.begin], prose[old.end + 1 : old.end + 2] == "，"
    if not inside and not comma and _BASE.search(prose[new.end : opened]) and old.clause - new.clause == 2:
        return Pair(old, new)
    return Pair(old, new) if comma and new.end == opened and _YEAR_BEFORE.fullmatch(inside) else None


def _ends_parts_list(prose: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Check whether a number ends a list of parts; a following 比 then refers to their total."""
    previous = quantities[index - 1] if index else quantities[index]
    if (
        previous.sentence != quantities[index].sentence
        or prose[quantities[index].begin - len(quantities[index].before) - 1] != "、"
    ):
        return False
    return prose.rfind("其中", max(0, quantities[index].begin - _MAX_LIST), previous.begin) >= 0


def preceding(last: Pair | None, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair right before the change, as in ``由28所降至23所，减少17.9%``, or None."""
    quantity = quantities[index]
    if last is None or last.new.sentence != quantity.sentence or quantity.before.startswith(_ONE_OF_TWO):
        return None
    year = quantities[index - 1]
    if year.kind in _DATES and year.clause == quantity.clause and not year.before.endswith(("比", "较")):
        return None  # 由5家增至12家（2019年增加4家、2020年增加3家）: the change of a single year
    return last if 0 <= quantity.clause - max(last.new.clause, last.old.clause) <= 2 else None


def implied(prose: str, quantities: Sequence[Quantity], index: int, *, up: bool) -> Pair | None:
    """Return the pair that a change in number implies, for the percentage that follows.

    ``招生1860人，较2018年增加415人`` gives the later number, ``比普通高中的13105元多1105元`` the base.
    """
    quantity, at = quantities[index], _previous(quantities, index)
    if (
        at is None
        or not same_kind(quantities[at], quantity)
        or not is_number(quantities[at])
        or not is_number(quantity)
    ):
        return None
    prior = quantities[at]
    if prior.clause == quantity.clause and _BASE.search(prose[clause_start(quantities, at) : prior.begin]):
        new = prior.value + (quantity.value if up else -quantity.value)
        return Pair(prior, replace(prior, value=new, step=prior.step + quantity.step), quantity, states_old=True)
    if quantity.clause - prior.clause != 1 or not _BASE.search(prose[clause_start(quantities, index) : quantity.begin]):
        return None
    old = prior.value - (quantity.value if up else -quantity.value)
    return Pair(replace(prior, value=old, step=prior.step + quantity.step), prior, quantity) if old > 0 else None


def sequence(quantities: Sequence[Quantity], index: int, words: str) -> Pair | None:
    """Return two consecutive numbers: ``2018年12650元、2019年13480元，增长6.6%``; swapped for 前者."""
    second = _previous(quantities, index)
    first = None if second is None else _previous(quantities, second)
    if first is None or second is None or quantities[index].clause - quantities[second].clause != 1:
        return None
    pair = Pair(quantities[first], quantities[second])
    if not all(map(is_number, pair.ends)) or not same_kind(*pair.ends) or pair.new.clause - pair.old.clause != 1:
        return None
    if words.startswith("前者"):
        return Pair(pair.new, pair.old)
    years = [quantities[at - 1] for at in (first, second) if at and quantities[at - 1].kind is YEAR]
    if [year.clause for year in years] != [count.clause for count in pair.ends]:
        return None
    if abs(years[0].value - years[1].value) != 1 or any(year.before.endswith(("比", "较")) for year in years):
        return None
    return pair if years[0].value < years[1].value else Pair(pair.new, pair.old)
