"""Enumerations of a text: a total, and the parts that follow it.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from zhijiao20.rules.quantities import COUNT, MONEY, PERCENT, POINTS, Quantity
from zhijiao20.rules.shared.arithmetic import interval_of, measured, same_kind, total


class PartsKind(Enum):
    """How an enumeration states its parts."""

    AMONG = "some of the whole: 其中"
    LISTED = "listed as the whole by 包括, 分别为 or a colon"
    COMPLETE = "all of the whole: with 其他, or two classes such as 男 and 女"


AMONG, LISTED, COMPLETE = PartsKind.AMONG, PartsKind.LISTED, PartsKind.COMPLETE


class Enumeration(NamedTuple):
    """A total and its parts.

    Attributes:
        whole: the index of the total.
        parts: the parts in order.
        kind: how the parts are stated.
    """

    whole: int
    parts: Sequence[Quantity]
    kind: PartsKind


WRONG_UNIT = Decimal(10_000)
"""How many times too much or too little an amount is with 万元 for 元, or the other way round."""

_REST_WORDS = re.compile(r"(?:其他|其它|其余|余下|剩余|[未无](?:定|评|聘)?职[称级])")
_RESPECTIVELY = re.compile("分别[为是有]$")
_LIST_INTRO = re.compile(
    "(?:，全部(?:用于|投向)[^，。；：]{0,8}|，[^，。；：]{0,4}(?:构成|组成|分布|分别|具体|包括|来源|去向|明细)[^，。；：]{0,4})?[：:]"
)
_CHANGE = re.compile(
    "(?:增[加长]|提高|上升|提升|上涨|扩大|减少|下降|降低|压减|[比较][^，。；]{0,16}(?:[多少高低增减降超]|增[加长]|减少)|净增|高出|多出)(?:了|投入|支出)?$"
)
_ASIDE = re.compile(
    "^(?:同比|[比较]|增[加长]|减少|下降|占|完成)|率(?:为|达|达到)?$"
)  # 比上年增长12%: between total and parts
_COMPLEMENTS = tuple(
    (re.compile(first), re.compile(second))
    for first, second in (("男", "女"), ("公办", "民办"), ("城[市镇]", "农村|乡村"), ("本科", "专科"))
)
_NO_CLASS = re.compile(
    "结余|总|共|累计|预算|年|均|每|另|还|完成|执行|下达|拨付|到位|[比较]|增|减|覆盖|参加|培训|面向|合计"
)
_COMPOSED = re.compile("(?:[两二三四五六]个?部分)?(?:组成|构成)")
_CLOSED = (  # classes that make up a whole
    (("高职", "高等职业"), ("中职", "中等职业"), ("技工", "技师")),
    (("高级",), ("中级",), ("初级",)),
)
_AND = ("和", "与", "及", "以及")
_LEADING = ("包括", "由", "分别为", "分别是")
_MAX_PARTS = 40  # quantities of an enumeration
_MAX_WORDS = 12  # characters of the words of a part that is joined by a comma
_MAX_CLASS = 14  # characters of the name of a class
_MAX_NAME = 6  # characters of such words before an amount of money
_LISTED_RANGE = (Decimal("0.7"), Decimal("1.4"))  # parts of a list that is meant to be whole, as a share of the total
_MARKS_AFTER_LIST = frozenset("。；;\n）)")
_MAX_BACK = 6  # quantities between parts and total


def enumeration_at(prose: str, quantities: Sequence[Quantity], index: int) -> Enumeration | None:
    """Return the enumeration whose first part is at an index, or None."""
    first = quantities[index]
    at = first.begin - len(first.before) - 1  # the mark before the clause
    mark = prose[at] if at >= 0 else ""
    among = first.before.startswith("其中") or (mark in "，：:," and mark and prose[at - 2 : at] == "其中")
    listed = not among and (
        mark in {"：", ":"}
        or first.before.startswith(_LEADING)
        or ("分别" in first.before and _RESPECTIVELY.search(first.before))
    )
    in_bracket = not among and mark in {"（", "("}
    if not (among or listed or in_bracket) or not measured(first):
        return None
    whole = _whole_among(quantities, index) if among else _whole(prose, quantities, index, at)
    if whole is None:
        return None
    parts, rest = _parts(prose, quantities, index)
    if len(parts) == 1 and not among:
        return None  # a bracket with one number may be anything
    kind = COMPLETE if rest or _are_complements(parts) or _are_all_classes(parts) else LISTED if listed else AMONG
    if kind is LISTED and first.before.startswith("由") and not _COMPOSED.match(parts[-1].after):
        return None
    if kind is LISTED:
        low, high = (share * quantities[whole].value for share in _LISTED_RANGE)
        if not low <= total(parts).value <= high or not _ends(prose, quantities, index, parts):
            kind = AMONG
    return None if kind is AMONG and listed else Enumeration(whole, parts, kind)


def _whole(prose: str, quantities: Sequence[Quantity], index: int, mark: int) -> int | None:
    """Return the index of the total of a list or a bracket, right before its first part, or None."""
    first, at = quantities[index], index - 1
    between = prose[quantities[at].end : mark + 1] if index else ""
    in_bracket = between in {"（", "("}  # 净增8个（新增19个、撤销13个）: a change has parts too
    stated = (
        in_bracket
        or _LIST_INTRO.fullmatch(between)
        or (between == "，" and first.before.startswith(_LEADING))
        or (_RESPECTIVELY.search(first.before) and _is_stated_total(quantities, at, first))
    )
    return at if stated and _can_be_whole(quantities, at, first, change=in_bracket) else None


def _whole_among(quantities: Sequence[Quantity], index: int) -> int | None:
    """Return the index of the total before 其中, behind changes and shares of the total itself, or None."""
    first = quantities[index]
    for at in range(index - 1, max(-1, index - 1 - _MAX_BACK), -1):
        whole = quantities[at]
        if whole.sentence != first.sentence:
            return _whole_before_stop(quantities, at, first)
        if _can_be_whole(quantities, at, first):
            return at
        if not (_CHANGE.search(whole.before) or (whole.kind in {PERCENT, POINTS} and _ASIDE.search(whole.before))):
            return None
    return None


def _whole_before_stop(quantities: Sequence[Quantity], at: int, first: Quantity) -> int | None:
    """Return the total in the sentence before 其中: the only quantity of its kind there, or None."""
    sentence = quantities[at].sentence
    if first.sentence - sentence != 1:
        return None
    found = [
        back
        for back in range(at, max(-1, at - _MAX_BACK), -1)
        if quantities[back].sentence == sentence and same_kind(quantities[back], first)
    ]
    return found[0] if len(found) == 1 and _can_be_whole(quantities, found[0], first) else None


def _can_be_whole(quantities: Sequence[Quantity], at: int, first: Quantity, *, change: bool = False) -> bool:
    """Check whether a quantity may be the total of a part: of its kind, and no change unless that is allowed."""
    whole = quantities[at]
    return (
        measured(whole)
        and same_kind(whole, first)
        and whole.unit != "倍"
        and (change or not (whole.before and _CHANGE.search(whole.before)))
    )


def _is_stated_total(quantities: Sequence[Quantity], at: int, first: Quantity) -> bool:
    """Check whether a quantity before 分别为 is called a total, as in ``共获奖64项，一、二、三等奖分别为……``."""
    whole = quantities[at]
    return at >= 0 and whole.sentence == first.sentence and any(word in whole.before for word in "共总合")


def _parts(prose: str, quantities: Sequence[Quantity], index: int) -> tuple[list[Quantity], bool]:
    """Return the parts from the first one on, and whether the last one is a rest, such as 其他."""
    parts = [quantities[index]]
    mark = ""  # the mark that joins the parts
    clause = parts[0].clause  # of the last part, or of its share: 860人，占68.3%，
    for quantity in quantities[index + 1 : index + _MAX_PARTS]:
        between = prose[parts[-1].end : quantity.begin]
        opened, closed = between.count("（") + between.count("("), between.count("）") + between.count(")")
        if closed > opened or quantity.before.startswith("其中"):
            break
        if opened > closed or (quantity.kind is PERCENT and quantity.sentence == parts[-1].sentence):
            clause = quantity.clause
            continue
        rest = bool(_REST_WORDS.match(quantity.before))
        joint = prose[quantity.begin - len(quantity.before) - 1]
        if not measured(quantity) or not same_kind(quantity, parts[0]):
            break
        if not ((rest and quantity.sentence == parts[-1].sentence) or _joined(joint, mark, quantity, parts, clause)):
            break
        mark, clause = mark or joint, quantity.clause
        parts.append(quantity)
        if rest:
            return parts, True
    return parts, False


def _joined(joint: str, mark: str, part: Quantity, parts: Sequence[Quantity], clause: int) -> bool:
    """Check whether a quantity is one more part: after 、, or written like the others after a comma or semicolon."""
    if joint == "、":
        return part.sentence == parts[-1].sentence
    if mark == "、" and part.clause == parts[-1].clause and part.before.startswith(_AND):
        return True
    if joint not in {"，", "；", ";"} or (mark and mark != joint):
        return False
    if part.sentence - parts[-1].sentence != (joint != "，") or part.clause - clause != 1 or part.after:
        return False
    return not parts[-1].after and are_alike(parts[0], part)


def are_alike(one: Quantity, other: Quantity) -> bool:
    """Check whether the words before two quantities are written alike: 第一批 and 第二批."""
    first, words = one.before.removeprefix("其中"), other.before
    if not first or not words or len(words) > _MAX_WORDS or _NO_CLASS.search(words):
        return False
    if first[-1] == words[-1] or (first[0] == words[0] and abs(len(first) - len(words)) <= 1):
        return True
    return other.kind is MONEY and max(len(first), len(words)) <= _MAX_NAME and not _NO_CLASS.search(first)


def _are_complements(parts: Sequence[Quantity]) -> bool:
    """Check whether the parts are the two classes of a whole: 男教师 and 女教师, but not 男生住校 and 女生走读."""
    if len(parts) != 2 or parts[0].kind is not COUNT:
        return False
    first, second = (part.before.removeprefix("其中") for part in parts)
    return any(
        (one.match(first) and other.match(second) and one.sub("", first, 1) == other.sub("", second, 1))
        or (other.match(first) and one.match(second) and other.sub("", first, 1) == one.sub("", second, 1))
        for one, other in _COMPLEMENTS
    )


def _are_all_classes(parts: Sequence[Quantity]) -> bool:
    """Check whether the parts are all classes of a whole, each once: 高职院校, 中职学校 and 技工院校."""
    names = [part.before.removeprefix("其中").removeprefix("由").lstrip("和与及") for part in parts]
    return any(
        len(names) == len(classes)
        and all(name.startswith(words) and len(name) <= _MAX_CLASS for name, words in zip(names, classes, strict=True))
        for classes in _CLOSED
    )


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
    if not after or after in _MARKS_AFTER_LIST:
        return True
    if last.after:
        return _COMPOSED.fullmatch(last.after) is not None
    following = [item for item in quantities[index : index + _MAX_PARTS] if item.begin > last.begin][:1]
    return not (following and following[0].sentence == last.sentence and same_kind(following[0], last))
