"""Enumerations of a text: a total, and the parts that follow it.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import MONEY, Quantity
from zhijiao20.rules.shared.arithmetic import interval_of, measured, same_kind, total
from zhijiao20.rules.shared.part_classes import are_all_classes, are_complements
from zhijiao20.rules.shared.part_leads import PAID_BY, Lead, PartsKind, is_total, lead_at
from zhijiao20.rules.shared.part_lists import Parts, parts_from
from zhijiao20.rules.shared.part_wholes import whole_of

AMONG, LISTED, COMPLETE, BARE = PartsKind.AMONG, PartsKind.LISTED, PartsKind.COMPLETE, PartsKind.BARE


class Enumeration(NamedTuple):
    """A total and its parts.

    Attributes:
        whole: the index of the total.
        parts: the parts in order.
        kind: how the parts are stated.
        names: what the parts are called.
        weak: whether the words do not show for sure that the parts are those of the total, or all of them.
    """

    whole: int
    parts: Sequence[Quantity]
    kind: PartsKind
    names: Sequence[str]
    weak: bool


WRONG_UNIT = Decimal(10_000)
"""How many times too much or too little an amount is with 万元 for 元, or the other way round."""

_NUMBER = "[两二三四五六七八]"
_COMPOSED = lazy_regex(f"(?:{_NUMBER}个?(?:部分|方面|项))?(?:组成|构成)")
_PAID_BY = lazy_regex(f"{PAID_BY}$")
_YEAR = lazy_regex(r"\d{4}年")
_MAX_GAP = 40  # characters behind a list in which one more quantity is of it
_LISTED_RANGE = (Decimal("0.7"), Decimal("1.4"))  # parts of a list that is meant to be whole, as a share of the total
_FAR = Decimal("1.6")  # times a total that its parts never are
_MARKS_AFTER_LIST = frozenset("。\n）)")
_MAX_PARTS = 40  # quantities of an enumeration


def enumeration_at(prose: str, quantities: Sequence[Quantity], index: int) -> Enumeration | None:
    """Return the enumeration whose first part is at an index, or None."""
    lead = lead_at(prose, quantities, index)
    return None if lead is None else enumeration_of(prose, quantities, index, lead)


def enumeration_of(prose: str, quantities: Sequence[Quantity], index: int, lead: Lead) -> Enumeration | None:
    """Return the enumeration that a lead leads in, or None."""
    if not measured(quantities[index]):
        return None
    found = whole_of(prose, quantities, index, lead)
    if found is None:
        return None
    whole, sure = found
    parts = parts_from(prose, quantities, index, lead.words, semicolons=lead.semicolons)
    kind = _kind(prose, quantities, index, lead, quantities[whole], parts)
    if kind is AMONG and total(parts.parts[: parts.sure]).low > quantities[whole].value:
        parts = parts._replace(parts=parts.parts[: parts.sure], names=parts.names[: parts.sure])
    near = quantities[whole].sentence == quantities[index].sentence and not lead.in_bracket and sure
    if kind is None or (len(parts.parts) == 1 and not (lead.kind is AMONG and near)):
        return None  # a bracket with one number may be anything, and so may one in a sentence of its own
    in_years = lead.in_bracket and _YEAR.match(lead.words) is not None  # （2018年29部、2017年24部）
    weak = not sure or in_years or parts.sure < len(parts.parts) or (kind is LISTED and lead.kind is not LISTED)
    if kind is AMONG and not lead.in_bracket and total(parts.parts).value > _FAR * quantities[whole].value:
        weak = weak or "、" not in prose[parts.parts[0].end : parts.parts[-1].begin]  # each of them tells it of some
    if lead.words.startswith("由") and not _COMPOSED.match(prose, parts.parts[-1].end):
        if kind is LISTED and not _PAID_BY.search(lead.words):
            return None
        weak = True
    return Enumeration(whole, parts.parts, kind, parts.names, weak)


def _kind(
    prose: str, quantities: Sequence[Quantity], index: int, lead: Lead, whole: Quantity, found: Parts
) -> PartsKind | None:
    """Return how parts are stated, or None if they are none."""
    parts, names = found.parts, found.names
    marked = lead.kind is not BARE
    around = whole.before + whole.after
    if found.rest or (
        (are_all_classes(names) or are_complements(names, around, marked=marked))
        and not _goes_on(prose, quantities, index, parts)
    ):
        return COMPLETE
    if lead.kind is BARE:
        enough = found.sure == len(parts) or len(parts) > 2 or "总数" in whole.before
        return BARE if enough and is_total(whole) and _ends(prose, quantities, index, parts) else None
    short = lead.in_bracket and total(parts).value < whole.value and not _YEAR.match(lead.words)
    if lead.kind is LISTED or short:
        low, high = (share * whole.value for share in _LISTED_RANGE)
        if low <= total(parts).value <= high and _ends(prose, quantities, index, parts):
            return LISTED
    return None if lead.kind is LISTED else lead.kind


def odd_amount(whole: Quantity, parts: Sequence[Quantity]) -> Quantity | None:
    """Return the amount that makes the sum right with another unit, if the sum is wrong without."""
    if whole.kind is not MONEY or len(parts) < 2 or total(parts).meets(interval_of(whole)):
        return None
    for odd in (whole, *parts):
        for factor in (WRONG_UNIT, 1 / WRONG_UNIT):
            changed = replace(odd, value=odd.value * factor, step=odd.step * factor)
            sides = (changed, parts) if odd is whole else (whole, [changed if part is odd else part for part in parts])
            if odd.value and total(sides[1]).meets(interval_of(sides[0])):
                return odd
    return None


def _ends(prose: str, quantities: Sequence[Quantity], index: int, parts: Sequence[Quantity]) -> bool:
    """Check whether a list of parts comes to its end: no 等 after it, and no other quantity of the same kind."""
    last = parts[-1]
    after = prose[last.end : last.end + 1]
    if after in {"；", ";"}:
        return not _goes_on(prose, quantities, index, parts)
    if not after or after in _MARKS_AFTER_LIST or _COMPOSED.match(prose, last.end):
        return True
    if last.after:
        return False
    following = [item for item in quantities[index : index + _MAX_PARTS] if item.begin > last.begin][:1]
    return not (following and following[0].sentence == last.sentence and same_kind(following[0], last))


def _goes_on(prose: str, quantities: Sequence[Quantity], index: int, parts: Sequence[Quantity]) -> bool:
    """Check whether one more quantity of the same kind follows behind a list."""
    last = parts[-1]
    if (
        prose[last.end : last.end + 1] in {"；", ";"}
        and len(parts) > 1
        and "；" not in prose[parts[0].end : last.begin]
    ):
        return False
    for item in quantities[index + len(parts) : index + _MAX_PARTS]:
        if item.begin > last.begin and same_kind(item, last):
            gap = prose[last.end : item.begin]
            return len(gap) <= _MAX_GAP and not any(mark in gap for mark in "。！？\n")
    return False
