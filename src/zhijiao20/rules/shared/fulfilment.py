"""Relations of a percentage to a plan and to what was done of it, as the words around them state it.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, measured, same_kind

_NOUN = "(?:目标任务|任务目标|目标值|任务|计划|目标|指标|预算)(?:任务|总数|总额|数|量|额)?"
# Words before the percentage of a plan: 完成率为, 完成计划的, 为任务的.
_OF_PLAN = lazy_regex(
    rf"(?:(?:完成|达成|实现|执行|支出|支付)(?:率|比例|进度)?|{_NOUN}(?:的|完成率|完成比例|达成率|完成度)|^的)(?:为|达到|达|是)?$"
)
_ABOVE = lazy_regex(
    rf"超(?:出|过|额)?(?:完成)?(?:了)?(?:年度|全年|年初|既定|原定|省定|下达)?(?:的)?(?:{_NOUN})?(?:的)?$"
    rf"|[比较][^，。；]{{0,8}}{_NOUN}(?:多|超出?|增加|高出?|多出)(?:了)?$|高于[^，。；]{{0,6}}{_NOUN}$"
)
_BELOW = lazy_regex(rf"[比较][^，。；]{{0,8}}{_NOUN}(?:少|低|减少|差|短少)(?:了)?$|低于[^，。；]{{0,6}}{_NOUN}$")
_PLAN = lazy_regex(
    "任务|计划(?!外|内的|招生|单列)|目标|指标|预算|规划|拟|原定|核定|下达|批复|(?<![供相适反响对])应(?:完成|开|参加|参训|到|发|收|培训|检|建)"
)
MAY_BE_OF_PLAN = lazy_regex("[成执支超任计目指预]|^[的多少高低]")
"""A part of the words before a percentage without which it is not of a plan."""

_IS_CHANGE = lazy_regex("[比较][^，。；]{0,12}(?:多|少|增加|减少|增长|下降)了?$")
_MORE = frozenset(["多", "超", "超出", "高", "高出", "多出", "少", "低"])
_ENDS = frozenset("成现行出付率例度务划标算的为到达是数量额值超过加高多少低差")
_MAX_CLAUSES = 5  # between a plan and the percentage
_MAX_QUANTITIES = 10
_WORDS = 14  # characters before a number that may say what it is
_AFTER = 6  # and behind it


class Fulfilment(NamedTuple):
    """What was done of a plan.

    Attributes:
        part: index of what was done.
        whole: index of the plan.
        explicit: whether these are the only two quantities that may be meant.
        beyond: 1 if the percentage says how much more than planned was done, -1 if how much less, else 0.
    """

    part: int
    whole: int
    explicit: bool
    beyond: int


def fulfilment(prose: str, quantities: Sequence[Quantity], index: int) -> Fulfilment | None:
    """Return the plan and what was done of it to which a percentage refers, or None."""
    percent = quantities[index]
    before = percent.before
    if before and before[-1] not in _ENDS:
        return None
    if before in _MORE and index and quantities[index - 1].clause == percent.clause:  # 比计划的1万人次多15%
        before = quantities[index - 1].before.rstrip("的") + before
    beyond = 1 if _ABOVE.search(before) else -1 if _BELOW.search(before) else 0
    if not beyond and before and not _OF_PLAN.search(before):
        return None
    if before in {"", "的"} and not _follows_bracket(prose, quantities, index):
        return None
    if not before:
        beyond = _beyond_of_bracket(prose, quantities[index - 1])
        if not beyond:
            return None
    plans, done = _sort(prose, quantities, index)
    if not plans or not done:
        return None
    whole, part = plans[0], done[0]
    explicit = len(plans) == len(done) == 1 and quantities[whole].sentence == percent.sentence
    return Fulfilment(part, whole, explicit, beyond)


def _follows_bracket(prose: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Check whether a percentage comes right behind a bracket that ends with a quantity: 计划（4000人次）33%."""
    return index > 0 and prose[quantities[index - 1].end : quantities[index].begin] in {"）", "）的"}


def _beyond_of_bracket(prose: str, planned: Quantity) -> int:
    """Return what the words before a bracket with a plan say of it: 超出计划（4000人次）33%."""
    begin = max(0, planned.begin - _WORDS)
    words = prose[begin : planned.begin - 1 - len(planned.before)]
    words = words[max(map(words.rfind, "，。；、")) + 1 :]
    return 1 if _ABOVE.search(words) else -1 if _BELOW.search(words) else 0


def _sort(prose: str, quantities: Sequence[Quantity], index: int) -> tuple[list[int], list[int]]:
    """Return the indexes of the plans and of what was done before a percentage, with one unit; the last one first."""
    percent = quantities[index]
    plans, done = list[int](), list[int]()
    unit: Quantity | None = None
    for at in range(index - 1, max(-1, index - 1 - _MAX_QUANTITIES), -1):
        item = quantities[at]
        if item.sentence == percent.sentence and percent.clause - item.clause > _MAX_CLAUSES:
            break
        if not measured(item) or item.unit == "类" or (unit is not None and not same_kind(item, unit)):
            continue
        planned = _is_plan(prose, quantities, at)
        if not planned and _IS_CHANGE.search(prose, clause_start(quantities, at), item.begin):
            continue  # 比2019年多374人，完成计划（1000人）的98.6%: of all there were
        if item.sentence != percent.sentence and not planned:
            continue
        unit = unit or item
        (plans if planned else done).append(at)
    return plans, done


def _is_plan(prose: str, quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether the words around a quantity call it a plan: 计划1500人, 计划（1500人）, 1500人的任务."""
    item = quantities[at]
    if _PLAN.search(item.before[-_WORDS:]) or _PLAN.search(item.after[:_AFTER]):
        return True
    mark = item.begin - len(item.before) - 1
    if mark < 1 or prose[mark] not in "（(：:" or (item.before and prose[mark] in "（("):
        return False
    words = prose[max(0, mark - _WORDS) : mark]
    return _PLAN.search(words[max(map(words.rfind, "，。；、")) + 1 :]) is not None
