"""ZJ307 百分比与数字对不上。

一句话里写了总数、其中数和百分比，三个数要对得上。只核对看得准的：“参加……人、通过……人，通过率……”“……人，其中……人，占……”“占……人的……%”；
按四舍五入算，“1.76亿元”这样的约数留出余地，“约”“近”“超过”不核对；句子里别的数字能解释这个百分比的，也不提示。合格率、占比之类超过100%的，一定不对。

错：截至2020年6月30日，累计参加考核5218人，通过4390人，通过率94.1%。
对：截至2020年6月30日，累计参加考核5218人，通过4390人，通过率84.1%。
错：2019年中职招生17234人，其中平台录取15408人，占98.4%。
对：2019年中职招生17234人，其中平台录取15408人，占89.4%。
错：面向紧缺领域年培训1860人次，占培训总量5860人次的37.1%。
对：面向紧缺领域年培训1860人次，占培训总量5860人次的31.7%。
错：抽查设备420台，设备合格率116.8%。
对：抽查设备420台，合格416台，合格率99.0%。

依据：数据应准确、前后一致（一般）。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from zhijiao20.rules.quantities import BEGINS, DATE, PERCENT, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Doubt,
    clause_start,
    confirmed,
    doubtful,
    explained,
    fragment,
    like,
    measured,
    neighbours,
    number,
    rounded,
    slip,
    worth,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch

_PERCENT = r"(?=\d[\d,.． \u00a0]*[%％‰]|[百千万]分之)"
_SIGN = re.compile(rf"[率度例占比重为达到是](?<![^比]重){_PERCENT}")
_SIGN_OF = re.compile(rf"的{_PERCENT}")  # the whole may stand in the sentence before
_RATE = re.compile(r"([\u4e00-\u9fff]{2})(?:率|进度|度|比例)(?:为|达到|达|是)?$")
_SHARE = re.compile(r"占(?:比|比例|比重)?(?:为|达|达到)?$")
_TITLE = re.compile(r"[\u4e00-\u9fff]{1,8}$")
_NEVER_ABOVE_100 = re.compile(
    r"(?:合格|通过|达标|就业|录取|升学|取证|获证|满意|开通|优秀|及格|完好|回收|参与|采纳|办结|毕业|到课|公开|普及|覆盖)率(?:为|达|达到)?$"
)
_BELOW_100 = re.compile(r"\d{1,2}(?:[.．]\d+)?[%％]")
_NEW_CLAUSE = re.compile(rf"[，、（；。\n](?:(?!{BEGINS})[\u4e00-\u9fff]){{0,8}}$")  # without another figure
_LONG = 300  # characters of a sentence that is not looked through for a word
_WHOLE = re.compile(
    "应|参加|参训|参与|报名|抽|核查|检查|考核|测|共|总|合计|收到|收录|列出|发出|回收|调查|申报|申请|受理|安排|下达"
)
_OF = re.compile(r"占([\u4e00-\u9fff]{2,8})的$")
_FAR = 5  # clauses: further back a total is not looked for
_SAME_WORDS = {
    "完成": ("已", "实际", "整改", "到位"),
    "参会": ("参加",),
    "参考": ("实考",),
    "到课": ("实到",),
    "通过": ("合格", "取得", "获得"),
    "取证": ("取得", "获得", "领取"),
    "获证": ("取得", "获得", "领取"),
    "升学": ("升入", "考入", "录取"),
    "落实": ("到位",),
}


_TIMES = (YEAR, DATE)
_ANOTHER = re.compile(r"[、和与]\d+(?:\.\d+)?[%％]")  # 9批117人次，占29.0%、29.1%: one for each of several


class _Sum(NamedTuple):
    """What a percentage is said to be: a part of a whole.  ``plain`` where the sentence says so in as many words."""

    part: int
    whole: int
    plain: bool


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report percentages that the part and the whole beside them do not give."""
    text = passage.text
    if "%" not in text and "％" not in text and "百分之" not in text:
        return ()
    return confirmed(_doubts(passage)) if _SIGN_OF.search(text) or doubtful(passage, _SIGN, _likely) else ()


def _likely(sentence: Passage) -> Iterable[Doubt]:
    return _doubts(sentence) if _may_be_told(sentence.prose) else ()


def _may_be_told(prose: str) -> bool:
    """Whether a percentage of a sentence can be the share of two figures, by the words alone.

    ``参加考核5218人，通过率84.1%`` does not say who passed, nor could 84.1% be too much: most rates are told so.
    """
    if "占" in prose or len(prose) > _LONG:
        return True
    for sign in _SIGN.finditer(prose):
        named = _RATE.search(prose, max(0, sign.end() - 8), sign.end())
        if named and not (
            prose.count(named[1]) == 1
            and _NEW_CLAUSE.search(prose, max(0, named.start() - 9), named.start())
            and _BELOW_100.match(prose, sign.end())
            and not any(word in prose for word in _SAME_WORDS.get(named[1], ()))
        ):
            return True
    return False


def _doubts(passage: Passage) -> Iterator[Doubt]:
    quantities = passage.quantities
    for index, quantity in enumerate(quantities):
        if quantity.kind is PERCENT and quantity.exact:
            if quantity.value > 100 and _NEVER_ABOVE_100.search(quantity.before):
                yield _impossible(passage.text, quantity)
            else:
                yield from _wrong(passage, quantities, index)


def _impossible(text: str, percent: Quantity) -> TextMatch:
    message = f"“{percent.before[-12:]}{text[percent.begin : percent.end]}”超过了100%"
    return TextMatch(percent.begin, percent.end, message, "核对这个百分比和它的分子、分母")


def _wrong(passage: Passage, quantities: Sequence[Quantity], index: int) -> Iterator[Doubt]:
    percent = quantities[index]
    found = _relation(passage.prose, quantities, index)
    if found is None:
        return
    part, whole = quantities[found.part], quantities[found.whole]
    if abs(100 * part.value / whole.value - percent.value) * 2 <= percent.step:
        return
    right = worth(part).share(worth(whole))
    if right.meets(worth(percent)) or not (found.plain or slip(percent, right.value)):
        return
    if explained(percent, neighbours(quantities, index), part, whole):
        yield None
        return
    begin = clause_start(quantities, min(found.part, found.whole))
    text = passage.text
    title = _TITLE.search(percent.before)
    name = title[0] if title and "占" not in title[0] and title[0] != "的" else "占比"
    sum_ = f"{number(part, text)}÷{number(whole, text)}"
    message = (
        f"“{fragment(text, begin, percent.end)}”：{name}写的是{text[percent.begin : percent.end]}，"
        f"按{sum_}应为{rounded(right.value, percent)}%"
    )
    yield TextMatch(percent.begin, percent.end, message, "核对这三个数，改正写错的一个；百分比另有口径的，写明分母")


def _relation(prose: str, quantities: Sequence[Quantity], index: int) -> _Sum | None:
    """What a percentage is said to be a part of, by the words before it."""
    before = quantities[index].before
    if _ANOTHER.match(prose, quantities[index].end):
        return None
    if before.endswith("的"):
        return _explicit(prose, quantities, index) or _named(prose, quantities, index)
    return _share(prose, quantities, index) if "占" in before else _rate(prose, quantities, index)


def _explicit(prose: str, quantities: Sequence[Quantity], index: int) -> _Sum | None:
    """``…1860人次，占培训总量5860人次的31.7%``: the whole stands between 占 and the percentage."""
    percent, whole = quantities[index], index - 1
    if whole < 1 or quantities[whole].clause != percent.clause or not percent.before.endswith("的"):
        return None
    at = prose.rfind("占", clause_start(quantities, whole), quantities[whole].begin)
    if at < 0:
        return None
    part = whole - 1
    while part > 0 and (quantities[part].begin > at or quantities[part].kind in _TIMES):
        part -= 1
    if at < quantities[part].begin or percent.clause - quantities[part].clause > 1:
        return None
    return _of(quantities, part, whole, percent, plain=True)


def _share(prose: str, quantities: Sequence[Quantity], index: int) -> _Sum | None:
    """``…17234人，其中平台录取15408人，占89.4%`` and ``22个专业中有标准的19个，占86.4%``."""
    percent = quantities[index]
    part = _part(quantities, index)
    if part is None or not _SHARE.search(percent.before) or "分别" in percent.before:
        return None
    before = _sentence(quantities, part)
    among = prose.rfind("其中", quantities[before[0]].end, quantities[part].begin) if before else -1
    if among >= 0:
        before = [at for at in before if quantities[at].end <= among]
    whole = _whole(quantities, before, part)
    if whole is None or (among < 0 and quantities[part].clause - quantities[whole].clause > 2):
        return None
    return _of(quantities, part, whole, percent, plain=among >= 0 or "中" in quantities[whole].after)


def _named(prose: str, quantities: Sequence[Quantity], index: int) -> _Sum | None:
    """``岗位96个，录用88人，占岗位数的91.7%``: the whole is named again, and stands right before."""
    named, part = _OF.search(quantities[index].before), _part(quantities, index)
    if named is None or part is None or not part:
        return None
    whole = part - 1
    while whole > 0 and quantities[whole].kind in _TIMES:
        whole -= 1
    if named[1][:2] not in prose[clause_start(quantities, whole) : quantities[whole].end] + quantities[whole].after:
        return None
    near = quantities[part].clause - quantities[whole].clause <= 1
    return _of(quantities, part, whole, quantities[index], plain=False) if near else None


def _rate(prose: str, quantities: Sequence[Quantity], index: int) -> _Sum | None:
    """``参加考核5218人，通过4390人，通过率84.1%``: the name of the rate is the word beside the part."""
    percent = quantities[index]
    named, part = _RATE.search(percent.before), _part(quantities, index)
    if named is None or part is None:
        return None
    words = prose[clause_start(quantities, part) : quantities[part].end] + quantities[part].after
    stem = named[1]
    if stem not in words and not any(word in words for word in _SAME_WORDS.get(stem, ())):
        return None
    whole = _whole(quantities, _sentence(quantities, part), part)
    if whole is None:
        return None
    told = prose[clause_start(quantities, whole) : quantities[part].begin]
    apart = quantities[part].clause - quantities[whole].clause
    if apart > 1 and not (apart <= _FAR and _WHOLE.search(told)):
        return None
    plain = apart <= 1 and (bool(_WHOLE.search(told)) or "中" in quantities[whole].after)
    return _of(quantities, part, whole, percent, plain=plain)


def _part(quantities: Sequence[Quantity], index: int) -> int | None:
    """The count right before a percentage, in its sentence and at most one clause away."""
    part = index - 1
    if part < 1 or not measured(quantities[part]) or quantities[part].sentence != quantities[index].sentence:
        return None
    return part if quantities[index].clause - quantities[part].clause <= 1 else None


def _sentence(quantities: Sequence[Quantity], part: int) -> list[int]:
    """The figures of a sentence up to one of them, the last ones."""
    return [at for at in range(max(0, part - 20), part) if quantities[at].sentence == quantities[part].sentence]


def _whole(quantities: Sequence[Quantity], before: Sequence[int], part: int) -> int | None:
    """The last count before a part that counts the same, persons and 人次 being the same."""
    for at in reversed(before):
        if measured(quantities[at]) and quantities[at].unit.removesuffix("次") == quantities[part].unit.removesuffix(
            "次"
        ):
            return at
    return None


def _of(quantities: Sequence[Quantity], part: int, whole: int, percent: Quantity, *, plain: bool) -> _Sum | None:
    """The sum, where both are counts or both money and the part is not the greater; plain only in one unit."""
    one, two = quantities[part], quantities[whole]
    if not (measured(one) and measured(two) and one.kind is two.kind and one.value <= two.value):
        return None
    return _Sum(part, whole, plain and like(one, two)) if one.sentence == percent.sentence else None
