"""Relations of a percentage to a part and a whole, as the words around it state them.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from zhijiao20.rules.quantities import DATE, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, measured, same_kind

_RATE = re.compile(r"([\u4e00-\u9fff]{2})(?:率|进度|度|比例)(?:为|达到|达|是)?$")
_SHARE = re.compile(r"占(?:比|比例|比重)?(?:为|达|达到)?$")
_WHOLE_WORDS = re.compile(
    "应|参加|参训|参与|报名|抽|核查|检查|考核|测|共|总|合计|收到|收录|列出|发出|回收|调查|申报|申请|受理|安排|下达|任务|计划|目标|预算"
)
_SHARE_OF = re.compile(r"(?:占|完成)(?:了)?([\u4e00-\u9fff]{2,10}?)的(?:比例|比重|比率)?(?:约)?(?:为|达到|达|是)?$")
_LAST_CHARACTERS = frozenset("率度例占比重为达到是的")  # of the words before a share or a rate
_OF_ENDS = ("的", "例", "重", "率", "为", "到", "达", "是")
_GENERIC = frozenset(["数", "量", "额", "人数", "数量", "总数", "总量", "总额", "总人数", "人员", "规模"])  # 占总数的
_TOTAL = re.compile("[共总合全]|其中")
_TASK = re.compile("任务|计划|目标|指标|预算")
_OF_BRACKET = re.compile("[，,]占(?:全部|全体)?[\u4e00-\u9fff]{2,12}（")
_MAX_DISTANCE = 5  # clauses between a total and its part
SAME_WORDS = {
    "完成": ("已", "实际", "整改", "到位"),
    "参会": ("参加",),
    "参与": ("参加",),
    "参考": ("实考",),
    "到课": ("实到",),
    "通过": ("合格", "取得", "获得"),
    "取证": ("取得", "获得", "领取"),
    "获证": ("取得", "获得", "领取"),
    "升学": ("升入", "考入", "录取"),
    "落实": ("到位",),
    "执行": ("支出", "支付", "使用"),
}
"""Stem of a rate → other words for its part."""

_DATES = (YEAR, DATE)
_LIST = re.compile(r"[、和与]\d+(?:\.\d+)?[%％]")  # several percentages in a list: 9批117人次，占29.0%、29.1%


class ShareRelation(NamedTuple):
    """The relation of a percentage to two quantities.

    Attributes:
        part: index of the part.
        whole: index of the whole.
        explicit: whether the sentence states the relation explicitly.
    """

    part: int
    whole: int
    explicit: bool


def share_relation(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Return which part and whole the words before a percentage refer to, or None."""
    before = quantities[index].before
    if before[-1:] not in _LAST_CHARACTERS or _LIST.match(prose, quantities[index].end):
        return None
    if before == "的" and (found := _whole_in_bracket(prose, quantities, index)):
        return found
    if before.endswith(_OF_ENDS) and "的" in before:
        stated = _stated_whole(prose, quantities, index) or _repeated_whole(prose, quantities, index)
        if stated or before.endswith("的"):
            return stated
    return _share_of_whole(prose, quantities, index) if "占" in before else _named_rate(prose, quantities, index)


def _stated_whole(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``…1860人次，占培训总量5860人次的31.7%``: the whole is between 占 and the percentage."""
    percent, whole = quantities[index], index - 1
    if whole < 1 or quantities[whole].clause != percent.clause or not percent.before.endswith("的"):
        return None
    start, stop = clause_start(quantities, whole), quantities[whole].begin
    at = prose.rfind("占", start, stop)
    task = _TASK.search(prose, start, stop)
    if at < 0 and task:
        at = max(prose.rfind(word, start, task.start()) for word in ("完成", "为", "达到"))
    if at < 0:
        return None
    part = whole - 1
    while part > 0 and (quantities[part].begin > at or quantities[part].kind in _DATES):
        part -= 1
    if at < quantities[part].begin or percent.clause - quantities[part].clause > 1:
        return None
    return _relate(quantities, part, whole, percent, explicit=True, more=bool(task))


def _whole_in_bracket(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``118人，占专业课教师（153人）的77.1%``."""
    part, whole = index - 2, index - 1
    if part < 0 or prose[quantities[whole].end : quantities[index].begin] != "）的":
        return None
    between = prose[quantities[part].end : quantities[whole].begin]
    if not _OF_BRACKET.fullmatch(between):
        return None
    return _relate(quantities, part, whole, quantities[index], explicit=True)


def _share_of_whole(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``…17234人，其中平台录取15408人，占89.4%`` and ``22个专业中有标准的19个，占86.4%``."""
    percent = quantities[index]
    part, share = _find_part(quantities, index), _SHARE.search(percent.before)
    if part is None or not share or "分别" in percent.before:
        return None
    if (subject := percent.before[: share.start()]) and not _is_about(subject, prose, quantities, part):
        return None
    before = _before_in_sentence(quantities, part)
    among = prose.rfind("其中", quantities[before[0]].end, quantities[part].begin) if before else -1
    if among >= 0:
        before = [at for at in before if quantities[at].end <= among]
    whole = _find_whole(quantities, before, part)
    if whole is None or (among < 0 and quantities[part].clause - quantities[whole].clause > 2):
        return None
    return _relate(quantities, part, whole, percent, explicit=among >= 0 or "中" in quantities[whole].after)


def _is_about(subject: str, prose: str, quantities: Sequence[Quantity], part: int) -> bool:
    """Check whether what has a share is the part: 女教师142人，女教师占59.4%, not 收回763份，“满意”占96.2%."""
    words = prose[clause_start(quantities, part) : quantities[part].end] + quantities[part].after
    return subject[-2:] in words


def _repeated_whole(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``岗位96个，录用88人，占岗位数的91.7%``: the whole is named again after 占."""
    part = _find_part(quantities, index)
    named = _SHARE_OF.search(quantities[index].before) if part else None
    if named is None or not part:
        return None
    if "任务" in named[1] and (task := _stated_task(quantities, part)) is not None:
        return _relate(quantities, part, task, quantities[index], explicit=False, more=True)
    whole = part - 1
    while whole > 0 and quantities[whole].kind in _DATES:
        whole -= 1
    clause = prose[clause_start(quantities, whole) : quantities[whole].end] + quantities[whole].after
    if not _names_whole(named[1], clause, prose[quantities[whole].end : quantities[part].begin]):
        return None
    if quantities[part].clause - quantities[whole].clause > 1 or _is_listed(prose, quantities[whole]):
        return None
    return _relate(quantities, part, whole, quantities[index], explicit=False, more=bool(_TASK.search(named[1])))


def _stated_task(quantities: Sequence[Quantity], part: int) -> int | None:
    """Return the only quantity of the sentence before a part that is called a task, with the unit of the part."""
    found = [
        at
        for at in _before_in_sentence(quantities, part)
        if "任务" in quantities[at].before and same_kind(quantities[at], quantities[part]) and measured(quantities[at])
    ]
    return found[0] if len(found) == 1 and found[0] == part - 1 else None


def _is_listed(prose: str, quantity: Quantity) -> bool:
    """Check whether a quantity follows 、: one of several parts."""
    return prose[quantity.begin - len(quantity.before) - 1 : quantity.begin].startswith("、")


def _names_whole(name: str, clause: str, between: str) -> bool:
    """Check whether the name of a whole (总经费, 总数, 岗位数) is that of the quantity of a clause."""
    own = name.removeprefix("年度").lstrip("总全本")
    if name in _GENERIC or own in _GENERIC:
        return bool(_TOTAL.search(clause) or "其中" in between)
    return name[:2] in clause or (len(own) >= 2 and own[:2] in clause)


def _named_rate(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``参加考核5218人，通过4390人，通过率84.1%``: the part has the name of the rate."""
    percent, part = quantities[index], _find_part(quantities, index)
    rate = None if part is None else _RATE.search(percent.before)
    if rate is None or part is None:
        return None
    words = prose[clause_start(quantities, part) : quantities[part].end] + quantities[part].after
    stem = rate[1]
    if stem not in words and not any(word in words for word in SAME_WORDS.get(stem, ())):
        return None
    whole = _find_whole(quantities, _before_in_sentence(quantities, part), part)
    if whole is None:
        return None
    between = prose[clause_start(quantities, whole) : quantities[part].begin]
    distance = quantities[part].clause - quantities[whole].clause
    if distance > 1 and not (distance <= _MAX_DISTANCE and _WHOLE_WORDS.search(between)):
        return None
    explicit = distance <= 1 and (bool(_WHOLE_WORDS.search(between)) or "中" in quantities[whole].after)
    more = stem in {"完成", "执行"} and bool(
        _TASK.search(prose, clause_start(quantities, whole), quantities[whole].end)
    )
    return _relate(quantities, part, whole, percent, explicit=explicit, more=more)


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
    if first.value > second.value and not more:
        return None
    return (
        ShareRelation(part, whole, explicit and same_kind(first, second))
        if first.sentence == percent.sentence
        else None
    )
