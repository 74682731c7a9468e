"""What leads in the parts of a total, and the total that it refers to.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import DATE, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import measured, same_kind
from zhijiao20.rules.shared.part_classes import CLASS


class PartsKind(Enum):
    """How an enumeration states its parts."""

    AMONG = "some of the whole: 其中"
    LISTED = "listed as the whole by 包括, 分别为 or a colon"
    COMPLETE = "all of the whole: with 其他, or two classes such as 男 and 女"
    BARE = "right behind a total, without a word"


AMONG, LISTED, BARE = PartsKind.AMONG, PartsKind.LISTED, PartsKind.BARE


class Lead(NamedTuple):
    """What leads in the parts of a total.

    Attributes:
        mark: the offset of the mark before the clause of the first part.
        words: the words between that mark and the first part.
        kind: how the parts are stated.
        semicolons: whether semicolons may join the parts.
        in_bracket: whether they are in a bracket.
    """

    mark: int
    words: str
    kind: PartsKind
    semicolons: bool = False
    in_bracket: bool = False


RESPECTIVELY = lazy_regex("分别[为是有]$")
"""Words before the first of several numbers, one for each thing named before."""

_TO_EACH = lazy_regex("^分别(?!给|奖|补助|补贴|资助|比|较|增|减|提|下|达|完成|按)[^，。；、：]{1,10}$")
FIRST_OF_CLASS = "".join(sorted({*re.findall(r"(?<=[|(:])[\u4e00-\u9fff]", f"|{CLASS}"), *"按依在"}))
"""First characters of these words."""

BY_CLASS = f"(?:{CLASS}|[按依][^，。；、：\n\\d]{{1,6}}?分)"
"""Pattern of the words of the first part right behind a total: 男生, 按职称分为高级."""

_CLASS = lazy_regex(BY_CLASS)
_FIRST_OF_CLASS = frozenset(FIRST_OF_CLASS)
_MARKS = frozenset("，。；：（、\n,;:()）！？")
_FIRST_OF_LEAD = frozenset("其包由分")
_TOTAL = lazy_regex("(?:(?<!公)共(?![同享建青产管])|总(?!结))[\u4e00-\u9fff]{0,6}$")
PAID_BY = "(?:承担|出资|投入|投资|负担|解决|配套|筹措|筹集|提供|资助|捐赠)"
"""Words behind who pays a part: 由学员承担24.2万元、企业承担48.4万元."""

LEADING = ("包括", "包含", "由", "分别为", "分别是", "分为", "分成")
"""Words before the first part of a list."""

_ORDINALS = frozenset("期批类组轮")
_MAX_FIRST = 40  # characters between a mark and the first part behind it
MAX_NOUN = 10
"""Characters between a total and the mark behind it: 35所中职学校，公办28所."""

_DATES = (YEAR, DATE)


def leads(prose: str, quantities: Sequence[Quantity]) -> Iterator[tuple[int, Lead]]:
    """Yield the index of each quantity that may be the first part of a total, and what leads in the parts."""
    last: Quantity | None = None
    for index, first in enumerate(quantities):
        words = first.before
        mark = prose[first.begin - len(words) - 1 : first.begin - len(words)]
        before, last = last, first
        if before is not None and "分别" not in words and words[:1] not in _FIRST_OF_LEAD:
            if mark == "、":  # most quantities: one more part
                if not before.before.startswith("其中"):
                    continue
            elif mark == "，":
                if (
                    before.unit != first.unit
                    and before.kind not in _DATES
                    and prose[first.begin - len(words) - 2] != "中"
                ):
                    continue  # behind the number of something else
            elif mark not in _MARKS and before.kind not in _DATES and (words or before.unit not in _ORDINALS):
                continue  # behind another one in its clause
        lead = lead_at(prose, quantities, index)
        if lead is not None:
            yield index, lead


def lead_at(prose: str, quantities: Sequence[Quantity], index: int) -> Lead | None:
    """Return what leads in parts at an index, or None if nothing there does."""
    first = quantities[index]
    words = first.before
    at = first.begin - len(words) - 1
    mark = prose[at] if at >= 0 else "\n"
    if mark == "、" and "分别" not in words:  # most quantities: one more part
        return _second_column(quantities, index, at)
    if index and mark not in _MARKS and is_of_name(date := quantities[index - 1], first):
        at = date.begin - len(date.before) - 1
        words = prose[at + 1 : first.begin]  # 其中2018年修订26个、2019年修订32个
        mark = prose[at] if at >= 0 else "\n"
    if words.startswith("其中") or (mark in "，：:," and prose[at - 2 : at] == "其中"):
        return Lead(at, words.removeprefix("其中"), AMONG, semicolons=first.begin - at <= _MAX_FIRST)
    if at < 0 or first.begin - at > _MAX_FIRST:
        return None
    if mark in "：:" or words.startswith(LEADING) or ("分别" in words and _says_respectively(words)):
        return Lead(at, words, LISTED, semicolons=mark in "：:")
    if mark in "（(":
        return Lead(at, words, AMONG, in_bracket=True)
    return _lead_without_words(prose, quantities, index, Lead(at, words, BARE)) if mark == "，" and index else None


def is_of_name(before: Quantity, first: Quantity) -> bool:
    """Check whether a date or an ordinal is part of what a quantity behind it is called: 2018年修订26个, 一期1.2万平方米."""
    return before.clause == first.clause and (before.kind in _DATES or (not first.before and before.unit in _ORDINALS))


def _says_respectively(words: str) -> bool:
    """Check whether words such as 分别为 lead in parts; 120家中分别为71家、33家 are numbers of three things."""
    return not words.startswith("中分别") and bool(RESPECTIVELY.search(words) or _TO_EACH.match(words))


def _second_column(quantities: Sequence[Quantity], index: int, mark: int) -> Lead | None:
    """Return the lead of parts whose number stands behind another one: 其中养殖班3个、学员180人，种植班6个、学员360人."""
    before = quantities[index - 1].before if index else ""
    if not before.startswith("其中") or same_kind(quantities[index - 1], quantities[index]):
        return None
    return Lead(mark, before.removeprefix("其中"), AMONG) if measured(quantities[index - 1]) else None


def _lead_without_words(prose: str, quantities: Sequence[Quantity], index: int, lead: Lead) -> Lead | None:
    """Return the lead of parts behind ``1260名毕业生中，`` or right behind a total, or None."""
    before, first = quantities[index - 1], quantities[index]
    if prose[lead.mark - 1] == "中" and lead.mark - before.end <= MAX_NOUN:
        return lead._replace(kind=AMONG)
    if before.kind in _DATES and index > 1:
        before = quantities[index - 2]
    if before.unit != first.unit:
        return None
    if lead.words[:1] in _FIRST_OF_CLASS and _CLASS.match(lead.words):
        return lead
    return lead if is_total(before) else None


def is_total(quantity: Quantity) -> bool:
    """Check whether a quantity is called a total."""
    words = quantity.before
    return ("共" in words or "总" in words) and _TOTAL.search(words) is not None
