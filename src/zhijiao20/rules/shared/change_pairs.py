"""Pairs of an earlier and a later quantity that a text compares, for the rules about changes.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import COUNT, DATE, DURATION, MONEY, PERCENT, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, same_kind
from zhijiao20.rules.shared.change_words import CHANGE, CHANGE_TO, RESULT, TO_WORD

_TO_LAST = frozenset("到至为的年届级底末均人生")
_OF_ANOTHER_NAME = lazy_regex("[一-鿿]{3}[率度比重例](?:达到?|为)$")
_FROM = lazy_regex(r"(?:由|从)[^，。；、]{0,12}$")
_BASE = lazy_regex(r"(?:比|较)[^，。；]{0,16}$")
_GIVEN_BASE = lazy_regex(r"(?:[比较在由从]|相较于)[^，。；]{0,16}$")
_BESIDE = lazy_regex(r"(?:[与同和较]|对照)[^，。；]{0,16}$")
_COMPARED = lazy_regex(r"[^，。；、（）\d]{0,4}相?比较?，")
_NEXT_CLAUSE = lazy_regex(r"[^，。；、：（）\d]{0,6}，(?:\d{4}年)?")
_ONE_OF_TWO = ("前者", "后者")
_MAX_BACK = 12  # quantities between a pair and its change
_MAX_LIST = 100  # characters of a list of parts
_NUMBERS = (COUNT, MONEY, DURATION, PERCENT)
DATES = (YEAR, DATE)
"""Kinds of what is passed over on the way to a number."""


class Pair(NamedTuple):
    """An earlier and a later quantity.

    Attributes:
        old: the earlier one.
        new: the later one.
        change: the change that gave one of them, if the text states only the other: 比上年增加1260人.
        states_old: whether that other one is the earlier.
        weak: whether the words do not show for sure that the change is that of the pair.
    """

    old: Quantity
    new: Quantity
    change: Quantity | None = None
    states_old: bool = False
    weak: bool = False

    @property
    def ends(self) -> tuple[Quantity, Quantity]:
        """Return the earlier and the later quantity."""
        return self.old, self.new


def is_number(quantity: Quantity) -> bool:
    """Check whether a quantity is a single number without a qualifier, above half its step."""
    return quantity.kind in _NUMBERS and quantity.exact and quantity.value * 2 > quantity.step


def previous(quantities: Sequence[Quantity], index: int, steps: int = 1) -> int | None:
    """Return the index of the number before, dates skipped; None at the start of the sentence."""
    at = index
    while steps:
        at -= 1
        if at < 0 or quantities[at].sentence != quantities[index].sentence:
            return None
        steps -= quantities[at].kind not in DATES
    return at


def following(quantities: Sequence[Quantity], index: int) -> Quantity | None:
    """Return the number behind, dates skipped; None at the end of the sentence."""
    found = next((quantity for quantity in quantities[index + 1 : index + 4] if quantity.kind not in DATES), None)
    return found if found and found.sentence == quantities[index].sentence and is_number(found) else None


def pair_to(prose: str, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair of ``由28所降至23所`` and ``与2018年的76%相比，就业率上升至81%``, or None."""
    new = quantities[index]
    at = previous(quantities, index) if new.before[-1:] in _TO_LAST else None
    if at is None or not is_number(new) or not is_number(quantities[at]) or not same_kind(quantities[at], new):
        return None
    old = quantities[at]
    between = prose[old.end : new.begin]
    if new.clause - old.clause > 1 or not TO_WORD.search(between):
        return None
    before = prose[clause_start(quantities, at) : old.begin]
    if new.clause > old.clause:
        changed = CHANGE_TO.search(between)
        compared = changed and _COMPARED.match(between) and _BESIDE.search(before)
        gone_on = changed and (head := _NEXT_CLAUSE.match(between)) and head.end() == changed.start()
        if not (compared or (gone_on and (_FROM.search(before) or _follows_in_time(quantities, at, index)))):
            return None
        return Pair(old, new)
    return Pair(old, new) if _FROM.search(before) else None


def _follows_in_time(quantities: Sequence[Quantity], at: int, index: int) -> bool:
    """Check whether two quantities are of different years, the earlier one first: 2018年1260人，2019年减少到860人."""
    years = [quantities[place - 1] for place in (at, index) if place]
    if len(years) != 2 or any(year.kind is not YEAR for year in years):
        return False
    same_clause = years[0].clause == quantities[at].clause and years[1].clause == quantities[index].clause
    return same_clause and years[0].value < years[1].value and not years[1].before


def change_ahead(prose: str, quantities: Sequence[Quantity], index: int, pair: Pair) -> int | None:
    """Return the index of the change right before a pair: ``增加360人，由2840人增加到3200人``; or None."""
    at = previous(quantities, index, 2)
    if at is None or pair.old.clause - quantities[at].clause != 1 or not quantities[at].exact:
        return None
    begin = quantities[at].end + 1
    if prose[begin - 1 : begin] != "，" or prose[begin : begin + 1] not in {"由", "从"}:
        return None
    base = previous(quantities, at)
    return at if base is None or quantities[base].clause != quantities[at].clause else None


def comparison(prose: str, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair of ``招生390人，比2018年的315人增加75人``, or None."""
    at = previous(quantities, index)
    if at is None or not is_number(quantities[at]):
        return None
    old = quantities[at]  # follows 比 in the clause of the change; the later number is in the clause before
    base = prose[clause_start(quantities, at) : old.begin]
    if old.clause == quantities[index].clause:
        if not _BASE.search(base):
            return None
    elif not (quantities[index].clause - old.clause == 1 and _COMPARED.match(prose, old.end) and _BESIDE.search(base)):
        return None
    newer = previous(quantities, at)
    if newer is None or not is_number(quantities[newer]) or not same_kind(quantities[newer], old):
        return None
    if quantities[at].clause - quantities[newer].clause != 1 or ends_parts_list(prose, quantities, newer):
        return None
    # 比1.2万元的基准高2200元，比2021年的1.36万元增加600元: 2200 is no later number
    return None if CHANGE.search(quantities[newer].before) else Pair(old, quantities[newer])


def result_behind(prose: str, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair of ``比2018年的154名增加32名，达到186名`` and ``从上年的92.4%提高4.8个百分点，达到97.2%``, or None."""
    at, new = previous(quantities, index), following(quantities, index)
    if at is None or new is None:
        return None
    old = quantities[at]
    if old.clause != quantities[index].clause or new.clause - old.clause != 1:
        return None
    if not is_number(old) or not same_kind(old, new) or not RESULT.fullmatch(new.before):
        return None
    return Pair(old, new) if _GIVEN_BASE.search(prose[clause_start(quantities, at) : old.begin]) else None


def ends_parts_list(prose: str, quantities: Sequence[Quantity], index: int) -> bool:
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
    year, at = quantities[index - 1], previous(quantities, index)
    if year.kind is YEAR and year.clause == quantity.clause and _is_of_another_year(quantities, index, last.old, year):
        return None  # 2018年降至3868人，2020年回升到4415人，比2016年多205人
    if at is not None and _is_of_its_own(quantities[at], quantity, last):
        return None
    return last if 0 <= quantity.clause - max(last.new.clause, last.old.clause) <= 2 else None


def _is_of_its_own(before: Quantity, change: Quantity, last: Pair) -> bool:
    """Check whether the number before a change, and not the last pair, is what changed: 技能平均82.4分，少了0.7分."""
    if before.clause == change.clause:
        return before.kind is change.kind and before not in last.ends  # 较2020年的6.0个百分点缩小3.7个百分点
    if before.begin <= max(last.old.begin, last.new.begin) or before is last.change or CHANGE.search(before.before):
        return False
    if same_kind(before, last.new):  # 占比由54.3%提高到61.8%，评价优良率达到93.6%，较上学年提高1.9个百分点
        return before.before[-1:] not in _TO_LAST or _OF_ANOTHER_NAME.search(before.before) is not None
    return change.kind is PERCENT


def _is_of_another_year(quantities: Sequence[Quantity], index: int, old: Quantity, year: Quantity) -> bool:
    """Check whether a text says that a quantity is of another year than the one that a change is since."""
    for item in quantities[max(0, index - _MAX_BACK) : index]:
        if item.kind is YEAR and item.clause == old.clause and item.end <= old.begin:
            return item.value != year.value
    return False


def _is_of_base_year(quantities: Sequence[Quantity], at: int, index: int) -> bool:
    """Check whether a number is of the year since which a change is."""
    year, base = quantities[at - 1] if at else quantities[at], quantities[index - 1]
    return (
        year.kind is base.kind is YEAR
        and year.value == base.value
        and year.clause == quantities[at].clause
        and base.clause == quantities[index].clause
    )


def states_both_years(quantities: Sequence[Quantity], index: int) -> bool:
    """Check whether a change states its two years, so that it is of their numbers alone: 2022年比2021年减少6份."""
    if index < 2:
        return False
    own, base = quantities[index - 2 : index]
    return own.kind is base.kind is YEAR and own.clause == base.clause == quantities[index].clause


def implied(prose: str, quantities: Sequence[Quantity], index: int, *, up: bool) -> Pair | None:
    """Return the pair that a change in number implies, for the percentage that follows.

    ``招生1860人，较2018年增加415人`` gives the later number, ``比普通高中的13105元多1105元`` the base.
    """
    quantity, at = quantities[index], previous(quantities, index)
    if (
        at is None
        or not same_kind(quantities[at], quantity)
        or not is_number(quantities[at])
        or not is_number(quantity)
    ):
        return None
    prior = quantities[at]
    if ends_parts_list(prose, quantities, at):
        return None  # 获奖117项，其中国家级2项、市级87项，比2021年增加16项: of the total
    if prior.clause == quantity.clause and _BASE.search(prose[clause_start(quantities, at) : prior.begin]):
        new = prior.value + (quantity.value if up else -quantity.value)
        return Pair(prior, replace(prior, value=new, step=prior.step + quantity.step), quantity, states_old=True)
    if quantity.clause - prior.clause != 1 or not _BASE.search(prose[clause_start(quantities, index) : quantity.begin]):
        return None
    if _is_of_base_year(quantities, at, index):  # 2022年54人，2023年较2022年增加14人
        new = prior.value + (quantity.value if up else -quantity.value)
        return Pair(prior, replace(prior, value=new, step=prior.step + quantity.step), quantity, states_old=True)
    # 四年为386人、512人、498人、476人，2021年比2020年减少14人: of neither number
    old = prior.value - (quantity.value if up else -quantity.value)
    known = old > 0 and not states_both_years(quantities, index)
    return Pair(replace(prior, value=old, step=prior.step + quantity.step), prior, quantity) if known else None
