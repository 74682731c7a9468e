"""Arithmetic with the quantities of a text, shared by the rules that check whether its numbers are consistent.

A quantity represents an interval of values: 1.76亿元 is any value from 1.755 to 1.765亿元.  Two quantities contradict
each other only if their intervals do not overlap, so that rounding is never reported as an error.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from itertools import islice
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from zhijiao20.rules.quantities import COUNT, MONEY, Quantity
from zhijiao20.rules.shared.passage import Passage, TextMatch

_WIDE_CONTEXT = Context(prec=100)  # digits: a quantity has at most 20; 亿 and a division make it longer
_TOLERANCE = Decimal("1e-9")
_MIN_DIGITS = 2  # of a percentage: any two of one digit are alike
TYPO_DISTANCE = 15
"""Percentage points: a typing error is at most this far off, another relation is further off."""
# A tuple, not a set: the hash of an enum member is computed in Python code, which is slow.
_MEASURED_KINDS = (COUNT, MONEY)
_NEIGHBOUR_LIMIT = 16  # quantities around a candidate: keeps a text with thousands of quantities fast
CANDIDATES_LIMIT = 20  # candidates checked for each rule and text: after fixing these, the user runs the check again
_BEGIN = attrgetter("begin")
QUOTED_LIMIT = 60  # maximum characters of a text quoted in a message

Candidate: TypeAlias = TextMatch | None
"""Candidate of a rule: the match to report, or None if other quantities of the text explain the deviation."""


def confirmed_matches(doubts: Iterable[Candidate]) -> list[TextMatch]:
    """Return the matches among the first ``CANDIDATES_LIMIT`` candidates of a text.

    Checking a candidate is expensive, and a text may have a hundred thousand of them.  If there are more than ``CANDIDATES_LIMIT``,
    the message of the last match says that the rest was not checked.

    Args:
        doubts: the candidates in order, of which at most ``CANDIDATES_LIMIT`` + 1 are consumed.
    """
    first = list(islice(doubts, CANDIDATES_LIMIT + 1))
    if not first:  # fast path: most texts
        return []
    matches = [match for match in first[:CANDIDATES_LIMIT] if match is not None]
    if matches and len(first) > CANDIDATES_LIMIT:
        matches[-1] = matches[-1]._replace(message=f"{matches[-1].message}（这段文字里要核对的太多，后面的没有再看）")
    return matches


class Interval(NamedTuple):
    """Interval of the values that a quantity can represent: lower bound, written value, upper bound."""

    low: Decimal
    value: Decimal
    high: Decimal

    def share(self, whole: Interval) -> Interval:
        """Return this interval as a percentage of a whole."""
        return Interval(100 * self.low / whole.high, 100 * self.value / whole.value, 100 * self.high / whole.low)

    def change(self, since: Interval) -> Interval:
        """Return the percentage change since an earlier value, without sign, as texts state it."""
        low, value, high = self.share(since)
        if self.value < since.value:
            return Interval(100 - high, 100 - value, 100 - low)
        return Interval(low - 100, value - 100, high - 100)

    def meets(self, other: Interval) -> bool:
        """Check whether two intervals overlap."""
        return self.low <= other.high + _TOLERANCE and other.low <= self.high + _TOLERANCE


def interval_of(quantity: Quantity) -> Interval:
    """Return the interval of a quantity: half a step below and above the written value."""
    value, step = quantity.value, quantity.step
    if not step:  # most quantities
        return Interval(value, value, value)
    half = step / 2
    return Interval(value - half, value, value + half)


def total(quantities: Iterable[Quantity]) -> Interval:
    """Return the sum of several quantities as an interval."""
    low = value = high = Decimal(0)
    for quantity in quantities:
        value += quantity.value
        half = quantity.step / 2
        low += quantity.value - half
        high += quantity.value + half
    return Interval(low, value, high)


def measured(quantity: Quantity) -> bool:
    """Check whether a quantity is an exact count or amount of money, above half its step."""
    return (
        quantity.kind in _MEASURED_KINDS
        and quantity.exact
        and quantity.value * 2 > quantity.step
        and quantity.unit != "岁"  # 36—45岁104人
    )


def same_kind(quantity: Quantity, other: Quantity) -> bool:
    """Check whether two quantities have the same unit and kind."""
    return quantity.unit == other.unit and quantity.kind is other.kind


def is_typo(written: Quantity, right: Decimal, distance: int = TYPO_DISTANCE) -> bool:
    """Check whether a percentage may be the correct value with a typing error.

    That is: at most so many percentage points off, one digit different, or two digits exchanged.
    """
    if abs(written.value - right) <= distance:
        return True
    actual, expected = str(written.value), str(rounded(right, written))
    if len(actual) != len(expected) or len(actual) < _MIN_DIGITS:
        return False
    differing = [index for index, (a, b) in enumerate(zip(actual, expected, strict=True)) if a != b]
    return len(differing) == 1 or (len(differing) == 2 and sorted(actual) == sorted(expected))


def rounded(value: Decimal, like_quantity: Quantity) -> Decimal:
    """Round a value to as many decimals as a quantity is written with."""
    return to_places(value, like_quantity.step if like_quantity.step < 1 else Decimal(1))


def to_places(value: Decimal, step: Decimal) -> Decimal:
    """Round a value of any size to the decimal places of a step."""
    return value.quantize(step, context=_WIDE_CONTEXT)


def explained(
    percent: Quantity, quantities: Sequence[Quantity], part: Quantity, whole: Quantity, *, siblings: bool = True
) -> bool:
    """Check whether other quantities of the text give the percentage, so it refers to them.

    Tested are all pairs of nearby quantities of the sentence, the part and the whole with each quantity of the same
    unit, the remainder of a whole, and the sums of neighbouring quantities.

    Args:
        percent: the percentage.
        quantities: the quantities around it.
        part: the quantity taken for the part.
        whole: the quantity taken for the whole, 100 %.
        siblings: whether part and whole may be two parts of something else, whose sum explains it too.
    """
    target = interval_of(percent)
    alike = [quantity for quantity in quantities if same_kind(quantity, part) and quantity.value > 0]
    near = [item for item in alike if item.sentence == percent.sentence and abs(item.clause - percent.clause) < 12]
    near = sorted(near, key=lambda item: abs(item.begin - percent.begin))[:_NEIGHBOUR_LIMIT]
    near.sort(key=lambda item: item.begin)
    pairs = [(a, b) for a in near for b in near]
    pairs += [(part, item) for item in alike] + [(item, whole) for item in alike]
    for a, b in pairs:
        if not siblings and min(a.begin, b.begin) > percent.begin:
            continue  # of what is said after it
        if a is b:
            continue
        if _equals_share(target, interval_of(a).share(interval_of(b)), another_pair=(a, b) != (part, whole)):
            return True
    if not siblings:  # a sum of what is said before it, or of nothing
        near = [item for item in near if item.begin < percent.begin]
    return any(target.meets(share) for share in _shares_of_sums(near, () if siblings else (part, whole)))


def _equals_share(target: Interval, share: Interval, *, another_pair: bool) -> bool:
    """Check whether a share, or the remainder of the whole, equals the percentage.

    Args:
        target: the interval of the percentage.
        share: the computed share.
        another_pair: whether the share is of another pair than the part and the whole; of these two only the remainder
            is tested.
    """
    return (another_pair and target.meets(share)) or target.meets(Interval(*(100 - end for end in reversed(share))))


def _shares_of_sums(quantities: Sequence[Quantity], apart: Sequence[Quantity]) -> Iterator[Interval]:
    """Yield shares of neighbouring quantities in their sum, of it in larger quantities, and of smaller ones in it.

    Args:
        quantities: the quantities in order.
        apart: quantities that are not added to one another, or none.
    """
    for first in range(len(quantities) - 1):
        for last in range(first + 2, min(len(quantities), first + 6) + 1):
            if apart and all(quantity in quantities[first:last] for quantity in apart):
                continue
            run = total(quantities[first:last])
            yield from (interval_of(quantity).share(run) for quantity in quantities[first:last])
            others = (*quantities[:first], *quantities[last:])
            for quantity in map(interval_of, others):
                yield run.share(quantity) if quantity.value >= run.value else quantity.share(run)


def neighbours(quantities: Sequence[Quantity], index: int) -> Sequence[Quantity]:
    """Return the quantities around an index, which may explain the one at the index."""
    return quantities[max(0, index - 2 * _NEIGHBOUR_LIMIT) : index + 2 * _NEIGHBOUR_LIMIT]


def index_at(quantities: Sequence[Quantity], offset: int) -> int:
    """Return the index of the first quantity that begins at an offset or after it."""
    return bisect_left(quantities, offset, key=_BEGIN)


def neighbours_in_text(passage: Passage, quantity: Quantity) -> Sequence[Quantity]:
    """Return the quantities around one of a text, also those of other sentences."""
    return neighbours(passage.quantities, index_at(passage.quantities, quantity.begin))


def clause_start(quantities: Sequence[Quantity], index: int) -> int:
    """Return the offset in the text at which the clause of a quantity begins."""
    first = index
    while first and quantities[first - 1].clause == quantities[index].clause and index - first < _NEIGHBOUR_LIMIT:
        first -= 1
    return quantities[first].begin - len(quantities[first].before)


def number(quantity: Quantity, text: str) -> str:
    """Format a quantity for a message: a whole number without its unit, others as written."""
    return str(quantity.value) if not quantity.step else text[quantity.begin : quantity.end]


def fragment(text: str, begin: int, end: int) -> str:
    """Return a part of a text on one line for a message, truncated at its beginning: behind a mark if there is one."""
    quoted = text[begin:end].replace("\n", " ")
    if len(quoted) <= QUOTED_LIMIT:
        return quoted
    tail = quoted[-QUOTED_LIMIT:]
    mark = min((at for at in map(tail.find, "，、；：（") if at >= 0), default=-1)
    return "…" + tail[mark + 1 :]
