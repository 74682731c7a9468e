from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from zhijiao20.rules.quantities import BEGINS, DATE, PERCENT, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Candidate,
    clause_start,
    confirmed_matches,
    explained,
    fragment,
    interval_of,
    is_typo,
    is_worth_checking,
    measured,
    neighbours,
    number,
    rounded,
    same_kind,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ307 百分比与数字对不上。

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

_PERCENT = r"(?=\d[\d,.． \u00a0]*[%％‰]|[百千万]分之)"
_PREFILTER = re.compile(rf"[率度例占比重为达到是](?<![^比]重){_PERCENT}")
_PREFILTER_OF = re.compile(rf"的{_PERCENT}")  # the whole may be in the sentence before
_RATE = re.compile(r"([\u4e00-\u9fff]{2})(?:率|进度|度|比例)(?:为|达到|达|是)?$")
_SHARE = re.compile(r"占(?:比|比例|比重)?(?:为|达|达到)?$")
_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}$")
_NEVER_ABOVE_100 = re.compile(
    r"(?:合格|通过|达标|就业|录取|升学|取证|获证|满意|开通|优秀|及格|完好|回收|参与|采纳|办结|毕业|到课|公开|普及|覆盖)率(?:为|达|达到)?$"
)
_BELOW_100 = re.compile(r"\d{1,2}(?:[.．]\d+)?[%％]")
_NEW_CLAUSE = re.compile(rf"[，、（；。\n](?:(?!{BEGINS})[\u4e00-\u9fff]){{0,8}}$")  # without another number
_MAX_FILTERED = 300  # characters; a longer sentence is always checked, without the prefilter
_WHOLE_WORDS = re.compile(
    "应|参加|参训|参与|报名|抽|核查|检查|考核|测|共|总|合计|收到|收录|列出|发出|回收|调查|申报|申请|受理|安排|下达"
)
_SHARE_OF = re.compile(r"占([\u4e00-\u9fff]{2,8})的$")
_MAX_DISTANCE = 5  # clauses between a total and its part
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

_DATES = (YEAR, DATE)
_LIST = re.compile(r"[、和与]\d+(?:\.\d+)?[%％]")  # several percentages in a list: 9批117人次，占29.0%、29.1%


class _Relation(NamedTuple):
    """The relation of a percentage to two quantities.

    Attributes:
        part: index of the part.
        whole: index of the whole.
        explicit: whether the sentence states the relation explicitly.
    """

    part: int
    whole: int
    explicit: bool


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report percentages that do not match the part and the whole in the text."""
    text = passage.text
    if "%" not in text and "％" not in text and "百分之" not in text:
        return ()
    return (
        confirmed_matches(_doubts(passage))
        if _PREFILTER_OF.search(text) or is_worth_checking(passage, _PREFILTER, _likely)
        else ()
    )


def _likely(sentence: Passage) -> Iterable[Candidate]:
    return _doubts(sentence) if _may_be_wrong(sentence.prose) else ()


def _may_be_wrong(prose: str) -> bool:
    """Check by words alone whether a percentage can be the share of two quantities.

    ``参加考核5218人，通过率84.1%``, like most rates, gives no number of those who passed and is not above 100%.
    """
    if "占" in prose or len(prose) > _MAX_FILTERED:
        return True
    for match in _PREFILTER.finditer(prose):
        rate = _RATE.search(prose, max(0, match.end() - 8), match.end())
        if rate and not (
            prose.count(rate[1]) == 1
            and _NEW_CLAUSE.search(prose, max(0, rate.start() - 9), rate.start())
            and _BELOW_100.match(prose, match.end())
            and not any(word in prose for word in _SAME_WORDS.get(rate[1], ()))
        ):
            return True
    return False


def _doubts(passage: Passage) -> Iterator[Candidate]:
    """Yield each contradiction, or None where other quantities of the text explain it."""
    quantities = passage.quantities
    for index, quantity in enumerate(quantities):
        if quantity.kind is PERCENT and quantity.exact:
            if quantity.value > 100 and _NEVER_ABOVE_100.search(quantity.before):
                yield _above_100(passage.text, quantity)
            else:
                yield from _check_share(passage, quantities, index)


def _above_100(text: str, percent: Quantity) -> TextMatch:
    message = f"“{percent.before[-12:]}{text[percent.begin : percent.end]}”超过了100%"
    return TextMatch(percent.begin, percent.end, message, "核对这个百分比和它的分子、分母")


def _check_share(passage: Passage, quantities: Sequence[Quantity], index: int) -> Iterator[Candidate]:
    percent = quantities[index]
    relation = _relation(passage.prose, quantities, index)
    if relation is None:
        return
    part, whole = quantities[relation.part], quantities[relation.whole]
    if abs(100 * part.value / whole.value - percent.value) * 2 <= percent.step:
        return
    expected = interval_of(part).share(interval_of(whole))
    if expected.meets(interval_of(percent)) or not (relation.explicit or is_typo(percent, expected.value)):
        return
    if explained(percent, neighbours(quantities, index), part, whole):
        yield None
        return
    begin = clause_start(quantities, min(relation.part, relation.whole))
    text = passage.text
    named = _NAME.search(percent.before)
    name = named[0] if named and "占" not in named[0] and named[0] != "的" else "占比"
    formula = f"{number(part, text)}÷{number(whole, text)}"
    message = (
        f"“{fragment(text, begin, percent.end)}”：{name}写的是{text[percent.begin : percent.end]}，"
        f"按{formula}应为{rounded(expected.value, percent)}%"
    )
    yield TextMatch(percent.begin, percent.end, message, "核对这三个数，改正写错的一个；百分比另有口径的，写明分母")


def _relation(prose: str, quantities: Sequence[Quantity], index: int) -> _Relation | None:
    """Return which part and whole the words before a percentage refer to, or None."""
    before = quantities[index].before
    if _LIST.match(prose, quantities[index].end):
        return None
    if before.endswith("的"):
        return _stated_whole(prose, quantities, index) or _repeated_whole(prose, quantities, index)
    return _share_of_whole(prose, quantities, index) if "占" in before else _named_rate(prose, quantities, index)


def _stated_whole(prose: str, quantities: Sequence[Quantity], index: int) -> _Relation | None:
    """Resolve ``…1860人次，占培训总量5860人次的31.7%``: the whole is between 占 and the percentage."""
    percent, whole = quantities[index], index - 1
    if whole < 1 or quantities[whole].clause != percent.clause or not percent.before.endswith("的"):
        return None
    at = prose.rfind("占", clause_start(quantities, whole), quantities[whole].begin)
    if at < 0:
        return None
    part = whole - 1
    while part > 0 and (quantities[part].begin > at or quantities[part].kind in _DATES):
        part -= 1
    if at < quantities[part].begin or percent.clause - quantities[part].clause > 1:
        return None
    return _relate(quantities, part, whole, percent, explicit=True)


def _share_of_whole(prose: str, quantities: Sequence[Quantity], index: int) -> _Relation | None:
    """Resolve ``…17234人，其中平台录取15408人，占89.4%`` and ``22个专业中有标准的19个，占86.4%``."""
    percent = quantities[index]
    part = _find_part(quantities, index)
    if part is None or not _SHARE.search(percent.before) or "分别" in percent.before:
        return None
    before = _before_in_sentence(quantities, part)
    among = prose.rfind("其中", quantities[before[0]].end, quantities[part].begin) if before else -1
    if among >= 0:
        before = [at for at in before if quantities[at].end <= among]
    whole = _find_whole(quantities, before, part)
    if whole is None or (among < 0 and quantities[part].clause - quantities[whole].clause > 2):
        return None
    return _relate(quantities, part, whole, percent, explicit=among >= 0 or "中" in quantities[whole].after)


def _repeated_whole(prose: str, quantities: Sequence[Quantity], index: int) -> _Relation | None:
    """Resolve ``岗位96个，录用88人，占岗位数的91.7%``: the whole is named again after 占."""
    named, part = _SHARE_OF.search(quantities[index].before), _find_part(quantities, index)
    if named is None or part is None or not part:
        return None
    whole = part - 1
    while whole > 0 and quantities[whole].kind in _DATES:
        whole -= 1
    if named[1][:2] not in prose[clause_start(quantities, whole) : quantities[whole].end] + quantities[whole].after:
        return None
    adjacent = quantities[part].clause - quantities[whole].clause <= 1
    return _relate(quantities, part, whole, quantities[index], explicit=False) if adjacent else None


def _named_rate(prose: str, quantities: Sequence[Quantity], index: int) -> _Relation | None:
    """Resolve ``参加考核5218人，通过4390人，通过率84.1%``: the part has the name of the rate."""
    percent = quantities[index]
    rate, part = _RATE.search(percent.before), _find_part(quantities, index)
    if rate is None or part is None:
        return None
    words = prose[clause_start(quantities, part) : quantities[part].end] + quantities[part].after
    stem = rate[1]
    if stem not in words and not any(word in words for word in _SAME_WORDS.get(stem, ())):
        return None
    whole = _find_whole(quantities, _before_in_sentence(quantities, part), part)
    if whole is None:
        return None
    between = prose[clause_start(quantities, whole) : quantities[part].begin]
    distance = quantities[part].clause - quantities[whole].clause
    if distance > 1 and not (distance <= _MAX_DISTANCE and _WHOLE_WORDS.search(between)):
        return None
    explicit = distance <= 1 and (bool(_WHOLE_WORDS.search(between)) or "中" in quantities[whole].after)
    return _relate(quantities, part, whole, percent, explicit=explicit)


def _find_part(quantities: Sequence[Quantity], index: int) -> int | None:
    """Return the index of the count before a percentage, at most one clause away, or None."""
    part = index - 1
    if part < 1 or not measured(quantities[part]) or quantities[part].sentence != quantities[index].sentence:
        return None
    return part if quantities[index].clause - quantities[part].clause <= 1 else None


def _before_in_sentence(quantities: Sequence[Quantity], part: int) -> list[int]:
    """Return the indexes of the quantities before a part in its sentence, at most 20."""
    return [at for at in range(max(0, part - 20), part) if quantities[at].sentence == quantities[part].sentence]


def _find_whole(quantities: Sequence[Quantity], before: Sequence[int], part: int) -> int | None:
    """Return the index of the last count before a part with its unit, or None; 人次 equals 人."""
    for at in reversed(before):
        if measured(quantities[at]) and quantities[at].unit.removesuffix("次") == quantities[part].unit.removesuffix(
            "次"
        ):
            return at
    return None


def _relate(
    quantities: Sequence[Quantity], part: int, whole: int, percent: Quantity, *, explicit: bool
) -> _Relation | None:
    """Return the relation, or None unless both are counts or both money and part <= whole."""
    first, second = quantities[part], quantities[whole]
    if not (measured(first) and measured(second) and first.kind is second.kind and first.value <= second.value):
        return None
    return _Relation(part, whole, explicit and same_kind(first, second)) if first.sentence == percent.sentence else None
