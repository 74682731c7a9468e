"""ZJ501 低于任务原文的指标。

任务原文自带数值的（高职生均财政拨款12000元、教师每年至少1个月实践、职普比大体相当），写出的数低于它，上级会问原因：
12000元、12,000元、1.2万元是同一个数；30天、4周、22个工作日都算1个月。低于指标不是错，同一段里已写明原因或补足计划的，不提示。
只看说的就是这个指标的数，计划数、往年数不看；全国总量（100个基地、300个集团）不拿来比一个单位。

错〔16.4〕：2019年高职生均财政拨款11480元，比上年增长3.2%。
对〔16.4〕：2019年高职生均财政拨款12480元，比上年增长3.2%。
错〔12.2〕：专业课教师每年到企业实践半个月。
对〔12.2〕：专业课教师每年到企业实践22个工作日。
错〔2.1〕：2019年高中阶段招生职普比为35.2∶64.8。
对〔2.1〕：2019年高中阶段招生职普比为47.2∶52.8。
错〔16.4〕：高职院校生均拨款1.1万元，按月到账。
对〔16.4〕：高职院校生均拨款1.1万元，因新建校区当年基建支出大，计划2020年提高到12000元。

依据：附表2 任务原文（规定）；“大体相当”按40%～60%提示（实务）。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhijiao20.core.catalog import Target
from zhijiao20.rules.quantities import DURATION, PERCENT, RATIO, Qualifier, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, fragment, neighbours, to_places
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.targets import any_in, asked, asks, belongs, limit, stated, unexplained, words, year_before

_MEASURES = frozenset({"ge", "approx"})
_MONTHS = {"月": Decimal(1), "天": Decimal(28), "周": Decimal(4), "工作日": Decimal(20), "年": Decimal(1) / 12}
_CHANGES = ("增加", "提高", "减少", "下降", "多", "高", "低", "少", "增长", "降低")
_TOTAL = re.compile("(?:合计|共计|总计|累计|共)(?:为|达|满|不少于)?$")
_REACHES = re.compile("(?:达到|补到|[提增升](?:高|加)?[到至])$")
_AHEAD = 32  # figures behind one that may tell of a later year
_LEAST = (Qualifier.OVER, Qualifier.AT_LEAST)
_HINT = "如属实，请写明原因和补足的时间；如写错，请改正"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report figures below a target of the task, where the text gives no reason."""
    return unexplained(passage.text, _hits(passage), plan=True) if passage.task.targets else ()


def _hits(passage: Passage) -> Iterator[TextMatch]:
    for target in asked(passage, _MEASURES):
        if not _applies(passage.text, target):
            continue
        band = target.fields.get("tolerance")
        for index in stated(passage, target):
            quantity = passage.quantities[index]
            wrong = _outside(quantity, band) if isinstance(band, Sequence) else _below(quantity, target)
            if wrong and not _added_up(passage, index, target) and not _reached(passage, index, target):
                yield _hit(passage, index, wrong, target)
        if isinstance(band, Sequence):
            yield from _reversed(passage, target, band)


def _applies(text: str, target: Target) -> bool:
    """Whether a target that is for some places only is for this one: the text says so, and does not say the contrary."""
    where = target.fields.get("applies_to")
    if not isinstance(where, str) or not where.endswith("地区"):
        return True
    at = text.find(where)
    return at >= 0 and not any(word in text[max(0, at - 8) : at] for word in ("不", "非", "未", "没有"))


def _below(quantity: Quantity, target: Target) -> str:
    """Why a figure is below a target, or an empty text."""
    value = _in_unit(quantity, _unit(target))
    if value is None or quantity.before.endswith(_CHANGES):
        return ""
    least = limit(target)
    if quantity.qualifier is Qualifier.BELOW:
        return "，没有达到" if value <= least else ""
    return "，低于" if value < least and quantity.qualifier not in _LEAST else ""


def _added_up(passage: Passage, index: int, target: Target) -> bool:
    """Whether a figure is a part of what reaches the target: 集中2周、分散2周，合计1个月, or 集中20天加分散12天."""
    quantity, unit = passage.quantities[index], _unit(target)
    for other in neighbours(passage.quantities, index):
        if other.sentence != quantity.sentence or other is quantity:
            continue
        first, second = (quantity, other) if quantity.begin < other.begin else (other, quantity)
        added = other.clause == quantity.clause and "加" in passage.prose[first.end : second.begin]
        value = _in_unit(other, unit) if added or (other is second and _TOTAL.search(other.before)) else None
        if value is not None and value + ((added and _in_unit(quantity, unit)) or 0) >= limit(target):
            return True
    return False


def _reached(passage: Passage, index: int, target: Target) -> bool:
    """Whether a later year is told to reach the target: 2016年9860元，2017年起达到12000元."""
    quantities = passage.quantities
    year = year_before(quantities, index)
    for at in range(index + 1, min(len(quantities), index + _AHEAD)):
        other = quantities[at]
        value = _in_unit(other, _unit(target)) if _REACHES.search(other.before) else None
        if (
            value is not None
            and value >= limit(target)
            and year_before(quantities, at) > year
            and belongs(target, passage.prose, other.begin)
        ):
            return True
    return False


def _unit(target: Target) -> str:
    return str(target.fields.get("unit")).partition("/")[0]


def _in_unit(quantity: Quantity, unit: str) -> Decimal | None:
    """The value of a figure in the unit of a target, the better end of a range; None where it measures another thing."""
    value = (quantity.other if quantity.other is not None else quantity.value) + quantity.step / 2
    if unit == "月":
        per_month = _MONTHS.get(quantity.unit) if quantity.kind is DURATION else None
        return None if per_month is None else value / per_month
    return value if quantity.unit == unit else None


def _outside(quantity: Quantity, band: Sequence[object], *, second: bool = False) -> str:
    """Whether a share, or the first of two terms, lies outside a band."""
    value = quantity.value
    if quantity.kind is RATIO and quantity.other:
        value = 100 * (quantity.other if second else value) / (value + quantity.other)
    elif quantity.kind is not PERCENT or not quantity.exact:
        return ""
    low, high = (Decimal(str(end)) for end in band)
    return (
        ""
        if low <= value <= high
        else f"，中职占{to_places(value, Decimal('0.1'))}%，不在{low}%～{high}%之内，难说合乎"
    )


def _reversed(passage: Passage, target: Target, band: Sequence[object]) -> Iterator[TextMatch]:
    """The same ratio told the other way round: 普职比."""
    told = words(target, "reversed")
    for index, quantity in enumerate(passage.quantities if any_in(passage.text, told) else ()):
        if quantity.kind is RATIO and any_in(quantity.before, told):
            wrong = _outside(quantity, band, second=True)
            if wrong:
                yield _hit(passage, index, wrong, target)


def _hit(passage: Passage, index: int, wrong: str, target: Target) -> TextMatch:
    quantity = passage.quantities[index]
    told = fragment(passage.text, clause_start(passage.quantities, index), quantity.end)
    return TextMatch(quantity.begin, quantity.end, f"“{told}”{wrong}{asks(target)}", _HINT)
