"""Lists of the parts of a total, before it and after it.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import DATE, PERCENT, POINTS, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import measured, same_kind
from zhijiao20.rules.shared.part_joints import MAX_GAP, Joint, are_alike, joint_between, may_be_parts

_REST_WORDS = lazy_regex(r"(?:其他|其它|其余|余下|剩余|[未无](?:定|评|聘)?职[称级])")
_LED_IN = lazy_regex("^(?:包[括含]|由|[按依][^，。；：]{1,6}分[为成]?|分[为成]|分别[为是])")
_NO_PARTS = (YEAR, DATE, PERCENT, POINTS)  # may stand between parts
_MAX_PARTS = 40  # quantities of a list
_MAX_BEFORE = 12  # quantities before a total


class Parts(NamedTuple):
    """Parts of a total.

    Attributes:
        parts: the parts in order.
        names: what they are called.
        rest: whether the last one is a rest, such as 其他.
        sure: how many of them, from the first on, are joined by 、 or written alike.
    """

    parts: list[Quantity]
    names: list[str]
    rest: bool
    sure: int


def parts_from(prose: str, quantities: Sequence[Quantity], index: int, name: str, *, semicolons: bool) -> Parts:
    """Return the parts from the first one on.

    Args:
        prose: the text.
        quantities: its quantities.
        index: that of the first part.
        name: what the first part is called.
        semicolons: whether semicolons may join the parts.
    """
    parts, names = [quantities[index]], [_LED_IN.sub("", name, 1)]
    mark, sure, columns = "", 1, False
    for quantity in quantities[index + 1 : index + _MAX_PARTS]:
        if not same_kind(quantity, parts[0]):
            columns = columns or quantity.kind not in _NO_PARTS
            continue
        joint = joint_between(prose, parts[-1], quantity, columns=columns)
        if joint is None:
            if quantity.begin - parts[-1].end <= MAX_GAP and _is_in_bracket(prose, parts[-1].end, quantity.begin):
                continue
            break
        if not measured(quantity) or (joint.mark in "；;" and not semicolons) or not _is_one_more(joint, quantity):
            break
        rest = (joint.mark not in "；;" or mark == joint.mark) and _REST_WORDS.match(joint.words) is not None
        alike = rest or joint.mark in "、和" or _are_written_alike(joint, names, parts, quantity)
        if not alike and not _may_be_joined(joint, names, quantity):
            break
        if not rest and joint.mark not in "、和" and mark not in {"", joint.mark}:
            if not alike or (mark, joint.mark) != ("、", "，"):
                break
            alike = False  # 国家级3门、省级21门，校级60门
        mark, columns = mark or joint.mark, False
        sure += alike and sure == len(parts)
        parts.append(quantity)
        names.append(joint.words)
        if rest or joint.mark == "和":
            return Parts(parts, names, rest, sure)
    return Parts(parts, names, rest=False, sure=sure)


def _is_in_bracket(prose: str, begin: int, end: int) -> bool:
    gap = prose[begin:end]
    return gap.count("（") + gap.count("(") > gap.count("）") + gap.count(")")


def _are_written_alike(joint: Joint, names: Sequence[str], parts: Sequence[Quantity], quantity: Quantity) -> bool:
    """Check whether a part behind a comma or semicolon is written like the ones before it."""
    if joint.after or quantity.after:  # 900万元用于基地，620万元用于师资
        return not joint.words and len(joint.after) > 1 and joint.after[:2] == quantity.after[:2]
    return are_alike(names[0], joint.words, parts[0])


def _is_one_more(joint: Joint, quantity: Quantity) -> bool:
    """Check whether a quantity is of the same things as the one before, not as in 3个领域、58个班, and no part of it."""
    others = quantity.unit == "个" and joint.after and quantity.after and joint.after != quantity.after
    return not others and not joint.words.startswith("其中")


def _may_be_joined(joint: Joint, names: Sequence[str], quantity: Quantity) -> bool:
    if not joint.words and joint.after and quantity.after:
        return not names[-1]  # 9门上线国家平台，7门在校内平台运行
    return not joint.after and not quantity.after and may_be_parts((names[-1], joint.words))


def parts_before(prose: str, quantities: Sequence[Quantity], index: int) -> tuple[list[Quantity], bool]:
    """Return the parts right before a total, and whether all of them are joined by 、 or written alike."""
    later, parts, names = quantities[index], list[Quantity](), list[str]()
    sure, columns, mark = True, False, ""
    for quantity in reversed(quantities[max(0, index - _MAX_BEFORE) : index]):
        if quantity.sentence != later.sentence:
            break
        if not same_kind(quantity, later) or _closes_bracket(prose, quantity.end, later.begin):
            columns = columns or quantity.kind not in _NO_PARTS
            continue
        joint = joint_between(prose, quantity, later, columns=columns)
        if joint is None or not measured(quantity) or (not parts and joint.mark not in "，、"):
            break
        if parts and joint.mark not in "、和":
            if joint.mark != "，" or mark not in {"", "，"} or joint.after:
                break
            if not are_alike(quantity.before, joint.words, parts[0]):
                sure = False
                if not may_be_parts((joint.words,)):
                    break
        if parts:
            mark = mark or joint.mark.replace("和", "")
            names[0] = joint.words
        parts.insert(0, quantity)
        names.insert(0, quantity.before)
        later, columns = quantity, False
    return parts, sure


def _closes_bracket(prose: str, begin: int, end: int) -> bool:
    """Check whether a quantity, which a text begins after, is in a bracket."""
    gap = prose[begin:end]
    return gap.count("）") + gap.count(")") > gap.count("（") + gap.count("(")
