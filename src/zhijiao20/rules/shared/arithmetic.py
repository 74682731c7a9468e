"""Working out with the figures of a text what they say of one another: shared by the rules on figures.

A figure is worth an interval: 1.76亿元 is anything between 1.755 and 1.765.  Two figures contradict one another only
where no values inside their intervals agree, so that rounding is never taken for an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Context, Decimal
from itertools import islice
from typing import NamedTuple, TypeAlias

from zhijiao20.rules.quantities import COUNT, MONEY, Quantity
from zhijiao20.rules.shared.passage import Passage, TextMatch

_WIDE = Context(prec=100)  # digits: figures have 20 at most, and 亿 and a quotient make them longer
_SLACK = Decimal("1e-9")
_NEAR = 15  # percentage points: a slip of the pen stays near, another relation does not
# A tuple: the hash of an enum member, which a set needs, is worked out in Python.
_MEASURED = (COUNT, MONEY)
_LOOKED_AT = 16  # figures around a doubtful one: a text of thousands is still reviewed at once
MOST = 20  # doubts of a rule about one text that are gone into: who has put these right looks again
QUOTED = 60  # characters of a text that a message repeats


Doubt: TypeAlias = TextMatch | None
"""What a rule has to say of a place; None where it doubted, and other figures clear the doubt."""


def confirmed(doubts: Iterable[Doubt]) -> list[TextMatch]:
    """The hits among the first doubts about a text: to clear a doubt is dear, and a text may raise a hundred thousand."""
    first = list(islice(doubts, MOST + 1))
    hits = [hit for hit in first[:MOST] if hit is not None]
    if hits and len(first) > MOST:
        hits[-1] = hits[-1]._replace(message=f"{hits[-1].message}（这段文字里要核对的太多，后面的没有再看）")
    return hits


def doubtful(passage: Passage, sign: re.Pattern[str], doubts: Callable[[Passage], Iterable[Doubt]]) -> bool:
    """Whether a rule has a doubt about one of the sentences that its sign stands in.

    Read alone, a sentence lacks the other figures of the text, which may clear the doubt but never raise it: only then
    the whole text is read.
    """
    all_ = (doubt for sentence in passage.sentences(sign) for doubt in doubts(sentence))
    return any(doubt is not None for doubt in islice(all_, MOST))


class Worth(NamedTuple):
    """The least, the written and the greatest value that a figure can stand for."""

    low: Decimal
    value: Decimal
    high: Decimal

    def share(self, whole: Worth) -> Worth:
        """This as a percentage of the whole."""
        return Worth(*(100 * part / base for part, base in zip(self, reversed(whole), strict=True)))

    def change(self, since: Worth) -> Worth:
        """The change since an earlier value in per cent, as texts tell it: without its sign."""
        if self.value < since.value:
            return Worth(*(100 - share for share in reversed(self.share(since))))
        return Worth(*(share - 100 for share in self.share(since)))

    def meets(self, other: Worth) -> bool:
        """Whether one value can lie in both."""
        return self.low <= other.high + _SLACK and other.low <= self.high + _SLACK


def worth(quantity: Quantity) -> Worth:
    """What a figure can stand for."""
    half = quantity.step / 2
    return Worth(quantity.value - half, quantity.value, quantity.value + half)


def total(quantities: Iterable[Quantity]) -> Worth:
    """What several figures come to."""
    return Worth(*(sum(ends, Decimal(0)) for ends in zip(*map(worth, quantities), strict=True)))


def measured(quantity: Quantity) -> bool:
    """Whether a figure is an exact count or an amount of money."""
    return quantity.kind in _MEASURED and quantity.exact and quantity.value * 2 > quantity.step


def like(quantity: Quantity, other: Quantity) -> bool:
    """Whether two figures count the same."""
    return quantity.unit == other.unit and quantity.kind is other.kind


def slip(written: Quantity, right: Decimal) -> bool:
    """Whether a percentage may be the right one with a slip: near it, or one digit or two neighbours away."""
    if abs(written.value - right) <= _NEAR:
        return True
    one, two = str(written.value), str(rounded(right, written))
    if len(one) != len(two):
        return False
    differing = [at for at, (left, right_) in enumerate(zip(one, two, strict=True)) if left != right_]
    return len(differing) == 1 or (len(differing) == 2 and sorted(one) == sorted(two))


def rounded(value: Decimal, like_quantity: Quantity) -> Decimal:
    """A value with as many decimals as the figure beside it."""
    return to_places(value, like_quantity.step if like_quantity.step < 1 else Decimal(1))


def to_places(value: Decimal, step: Decimal) -> Decimal:
    """A value of any size as a whole number of steps."""
    return value.quantize(step, context=_WIDE)


def explained(percent: Quantity, quantities: Sequence[Quantity], part: Quantity, whole: Quantity) -> bool:
    """Whether other figures of the text give the percentage: then the sentence means these.

    Tried are every pair of the sentence, the part and the whole with every figure of the text that counts the same,
    what is left of a whole, and the sums of neighbours.
    """
    target = worth(percent)
    alike = [quantity for quantity in quantities if like(quantity, part) and quantity.value > 0]
    near = [other for other in alike if other.sentence == percent.sentence and abs(other.clause - percent.clause) < 12]
    near = sorted(near, key=lambda other: abs(other.begin - percent.begin))[:_LOOKED_AT]
    near.sort(key=lambda other: other.begin)
    pairs = [(one, two) for one in near for two in near]
    pairs += [(part, other) for other in alike] + [(other, whole) for other in alike]
    for one, two in pairs:
        if one is not two and _gives(target, worth(one).share(worth(two)), other=(one, two) != (part, whole)):
            return True
    return any(target.meets(share) for share in _shares_of_sums(near))


def _gives(target: Worth, share: Worth, *, other: bool) -> bool:
    """Whether a share, or what is left of the whole, is the percentage."""
    return (other and target.meets(share)) or target.meets(Worth(*(100 - end for end in reversed(share))))


def _shares_of_sums(quantities: Sequence[Quantity]) -> Iterator[Worth]:
    """Each of a run of neighbours as a share of their sum, and their sum as a share of a greater figure beside them."""
    for first in range(len(quantities) - 1):
        for last in range(first + 2, min(len(quantities), first + 6) + 1):
            run = total(quantities[first:last])
            yield from (worth(quantity).share(run) for quantity in quantities[first:last])
            others = (*quantities[:first], *quantities[last:])
            yield from (run.share(worth(quantity)) for quantity in others if quantity.value >= run.value)


def neighbours(quantities: Sequence[Quantity], index: int) -> Sequence[Quantity]:
    """The figures that may explain one of them: those of its neighbourhood."""
    return quantities[max(0, index - 2 * _LOOKED_AT) : index + 2 * _LOOKED_AT]


def clause_start(quantities: Sequence[Quantity], index: int) -> int:
    """Where the clause of a figure begins."""
    first = index
    while first and quantities[first - 1].clause == quantities[index].clause and index - first < _LOOKED_AT:
        first -= 1
    return quantities[first].begin - len(quantities[first].before)


def number(quantity: Quantity, text: str) -> str:
    """A figure as an operand of a message: a plain number without its unit, any other as it is written."""
    return str(quantity.value) if not quantity.step else text[quantity.begin : quantity.end]


def fragment(text: str, begin: int, end: int) -> str:
    """A stretch of a text as a message quotes it, on one line."""
    cut = text[begin:end].replace("\n", " ")
    return cut if len(cut) <= QUOTED else "…" + cut[-QUOTED:]
