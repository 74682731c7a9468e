"""Parts and wholes of percentages among the quantities of a sentence.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, measured, same_kind

_FEW = 10
TASK = lazy_regex("任务|计划|目标|指标|预算")
"""Words of a whole that its part may be more than."""


class ShareRelation(NamedTuple):
    """The relation of a percentage to two quantities.

    Attributes:
        part: index of the part.
        whole: index of the whole.
        explicit: whether the sentence states the relation explicitly.
        beyond: 1 if the percentage says how much more than the whole the part is, -1 if how much less, else 0.
        apart: whether they cannot be two parts of something else.
    """

    part: int
    whole: int
    explicit: bool
    beyond: int = 0
    apart: bool = False


def find_part(quantities: Sequence[Quantity], index: int) -> int | None:
    """Return the index of the count before a percentage, at most one clause away, or None."""
    part = index - 1
    if part < 1 or not measured(quantities[part]) or quantities[part].sentence != quantities[index].sentence:
        return None
    return part if quantities[index].clause - quantities[part].clause <= 1 else None


def before_in_sentence(quantities: Sequence[Quantity], part: int) -> list[int]:
    """Return the indexes of the quantities before a part in its sentence, at most 20."""
    return [at for at in range(max(0, part - 20), part) if quantities[at].sentence == quantities[part].sentence]


def find_whole(quantities: Sequence[Quantity], before: Sequence[int], part: int) -> int | None:
    """Return the index of the last count before a part with its unit, or None; 人次 equals 人."""
    for at in reversed(before):
        if measured(quantities[at]) and quantities[at].unit.removesuffix("次") == quantities[part].unit.removesuffix(
            "次"
        ):
            return at
    return None


def relate(
    quantities: Sequence[Quantity], part: int, whole: int, percent: Quantity, *, explicit: bool, more: bool = False
) -> ShareRelation | None:
    """Return the relation, or None unless both are counts or both money and part <= whole.

    Args:
        quantities: the quantities of the text.
        part: index of the part.
        whole: index of the whole.
        percent: the percentage.
        explicit: whether the sentence states the relation explicitly.
        more: whether the part may be more than the whole, as 完成任务 may.
    """
    first, second = quantities[part], quantities[whole]
    if not (measured(first) and measured(second) and first.kind is second.kind):
        return None
    if first.unit == "期" and second.value < _FEW:
        return None  # 占二期总投资的43.9%: which one, not how many
    if first.value > second.value and not more:
        return None
    return (
        ShareRelation(part, whole, explicit and same_kind(first, second))
        if first.sentence == percent.sentence
        else None
    )


def words_of(prose: str, quantities: Sequence[Quantity], at: int) -> str:
    """Return the words of the clause of a quantity up to it, and those right behind it; 总数（含兼职）180人 is one."""
    begin = clause_start(quantities, at)
    if begin and prose[begin - 1] == "）":
        begin = max(prose.rfind(mark, 0, max(0, prose.rfind("（", 0, begin))) for mark in "，。；：、\n") + 1
    return prose[begin : quantities[at].end] + quantities[at].after
