from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhijiao20.core.catalog import Target
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import DURATION, PERCENT, RATIO, Qualifier, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, fragment, neighbours, to_places
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.practice_periods import practice_periods
from zhijiao20.rules.shared.stage_shares import stage_shares
from zhijiao20.rules.shared.targets import (
    any_in,
    limit,
    mentions,
    refers_to_target,
    target_text,
    targets_of,
    unexplained,
    year_before,
)

PAGE = """ZJ501 低于任务原文的指标。

任务原文自带数值的（高职生均财政拨款12000元、教师每年至少1个月实践、职普比大体相当），写出的数低于它，上级会问原因：
12000元、12,000元、1.2万元是同一个数；30天、4周、22个工作日都算1个月。低于指标不是错，同一段里已写明原因或补足计划的，不提示。
只看说的就是这个指标的数，计划数、往年数不看；同一段里另有达到的占比、人均时间的，也不提示（那多半是往年的、个别县的、别的事的）；全国总量（100个基地、300个集团）不拿来比一个单位。

错〔16.4〕：2019年高职生均财政拨款11480元，比上年增长3.2%。
对〔16.4〕：2019年高职生均财政拨款12480元，比上年增长3.2%。
错〔12.2〕：专业课教师每年到企业实践半个月。
对〔12.2〕：专业课教师每年到企业实践22个工作日。
错〔2.1〕：2019年高中阶段招生职普比为35.2∶64.8。
对〔2.1〕：2019年高中阶段招生职普比为47.2∶52.8。
错〔16.4〕：高职院校生均拨款1.1万元，按月到账。
对〔16.4〕：高职院校生均拨款1.1万元，因新建校区当年基建支出大，计划2020年提高到12000元。
错〔12.2〕：专业教师每三年到企业顶岗实践2个月。
对〔12.2〕：专业教师每三年到企业顶岗实践3个月。
错〔2.1〕：中职招生占高中阶段招生的37.2%，录取6540人。
对〔2.1〕：中职招生占高中阶段招生的47.2%，录取6540人。
对〔12.2〕：2022年专业课教师企业实践时间最短的32天，最长的61天。
对〔2.1〕：职普比仍然偏低，中职占高中阶段招生的37.0%，距“大体相当”还差3个百分点。

依据：附表2 任务原文（规定）；“大体相当”按40%～60%提示（实务）。
"""

_COMPARATORS = frozenset({"ge", "approx"})
_MONTHS = {"月": Decimal(1), "天": Decimal(28), "周": Decimal(4), "工作日": Decimal(20), "年": Decimal(1) / 12}
_CHANGES = ("增加", "提高", "减少", "下降", "多", "高", "低", "少", "增长", "降低")
_MEAN = lazy_regex("(?:[人年]均|平均)(?![^，。；]*(?:累计|不[足到]|低于|少于))[^，。；]{0,12}$")
_WHO = lazy_regex("[^，。；]{0,8}的(?:教师|人员|教职工)")  # 对每年不足1个月的教师亮黄牌
_WHEN = ("后", "前")  # 实践结束后2周内组织汇报
_TOTAL = lazy_regex("(?:合计|共计|总计|累计|共)(?:为|达|满|不少于)?$")
_REACHES = lazy_regex("(?:达到|补到|[提增升](?:高|加)?[到至])$")
_MAX_AFTER = 32  # quantities after one that are searched for a later year
_LOWER_BOUNDS = (Qualifier.OVER, Qualifier.AT_LEAST)
_YEARLY = lazy_regex("每(?:学?年|个学年)(?![^，。]*(?:每次|每期|集中|其中|分散|暑期|寒假))")
_PRACTICE = ("教师", "教职工", "师资")
_SINGLE = lazy_regex(
    "最[高低]的(?:[^，。；]{0,6}[县区市校]|[为是达仅])"
)  # the share of one county, not of the whole area
_MAX_CLAUSE = 40  # characters before a share that are quoted
_HINT = "如属实，请写明原因和补足的时间；如写错，请改正"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report quantities below a target of the task, unless the text gives a reason or a plan."""
    return unexplained(passage.text, _find_matches(passage), plan=True) if passage.task.targets else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    for target in targets_of(passage, _COMPARATORS):
        if not _applies(passage.text, target):
            continue
        tolerance, reported = target.fields.get("tolerance"), set[int]()
        reached = _states_share_within(passage, tolerance) if isinstance(tolerance, Sequence) else False
        if reached or (_unit(target) == "月" and _states_enough(passage, target)):
            continue
        for index in mentions(passage, target):
            quantity = passage.quantities[index]
            problem = _outside(quantity, tolerance) if isinstance(tolerance, Sequence) else _below(quantity, target)
            single = isinstance(tolerance, Sequence) and _SINGLE.search(quantity.before)
            if (
                problem
                and not single
                and not _sum_reaches(passage, index, target)
                and not _reached_later(passage, index, target)
            ):
                reported.add(index)
                yield _make_match(passage, index, problem, target)
        if isinstance(tolerance, Sequence):
            yield from _check_share_of_stage(passage, target, tolerance, reported)
        elif _unit(target) == "月":
            yield from _check_periods(passage, target, reported)


def _states_share_within(passage: Passage, tolerance: Sequence[object]) -> bool:
    """Check whether a text states a share within a tolerance too: that of another year or place is no one's concern."""
    low, high = (Decimal(str(end)) for end in tolerance)
    return any(low <= share.percent <= high for share in stage_shares(passage.prose))


def _states_enough(passage: Passage, target: Target) -> bool:
    """Check whether a text states a length a year that reaches a target: 人均实践34天; another one is of something else."""
    lengths = [
        quantity
        for quantity in passage.quantities
        if _MEAN.search(quantity.before)
        or (quantity.qualifier is Qualifier.AT_LEAST and _YEARLY.search(quantity.before))
    ]
    return any((_in_unit(quantity, _unit(target)) or 0) >= limit(target) for quantity in lengths)


def _applies(text: str, target: Target) -> bool:
    """Check whether a target applies to the text.

    A target for certain regions applies only if the text names them without a negation.
    """
    region = target.fields.get("applies_to")
    if not isinstance(region, str) or not region.endswith("地区"):
        return True
    at = text.find(region)
    return at >= 0 and not any(word in text[max(0, at - 8) : at] for word in ("不", "非", "未", "没有"))


def _below(quantity: Quantity, target: Target) -> str:
    """Return why a quantity is below a target, or an empty string."""
    value = _in_unit(quantity, _unit(target))
    if value is None or quantity.before.endswith((*_CHANGES, *_WHEN)) or _WHO.match(quantity.after):
        return ""
    threshold = limit(target)
    if quantity.qualifier is Qualifier.BELOW:
        return "，没有达到" if value <= threshold else ""
    is_rule = quantity.qualifier is Qualifier.AT_LEAST and _YEARLY.search(quantity.before)  # 每年不少于15天
    return "，低于" if value < threshold and (is_rule or quantity.qualifier not in _LOWER_BOUNDS) else ""


def _sum_reaches(passage: Passage, index: int, target: Target) -> bool:
    """Check whether a sum reaches the target: 集中2周、分散2周，合计1个月; 集中20天加分散12天."""
    quantity, unit = passage.quantities[index], _unit(target)
    for addend in neighbours(passage.quantities, index):
        if addend.sentence != quantity.sentence or addend is quantity:
            continue
        first, second = (quantity, addend) if quantity.begin < addend.begin else (addend, quantity)
        whole = (
            _in_unit(addend, unit) if addend is first and "其中" in passage.prose[first.end : second.begin] else None
        )
        if whole is not None and whole >= limit(target):
            return True  # 人均42天，其中集中28天、分散14天
        added = addend.clause == quantity.clause and "加" in passage.prose[first.end : second.begin]
        value = _in_unit(addend, unit) if added or (addend is second and _TOTAL.search(addend.before)) else None
        if value is not None and value + ((added and _in_unit(quantity, unit)) or 0) >= limit(target):
            return True
    return False


def _reached_later(passage: Passage, index: int, target: Target) -> bool:
    """Check whether the text states the target for a later year: 2016年9860元，2017年起达到12000元."""
    quantities = passage.quantities
    year = year_before(quantities, index)
    for at in range(index + 1, min(len(quantities), index + _MAX_AFTER)):
        later = quantities[at]
        value = _in_unit(later, _unit(target)) if _REACHES.search(later.before) else None
        if (
            value is not None
            and value >= limit(target)
            and year_before(quantities, at) > year
            and refers_to_target(target, passage.prose, later.begin)
        ):
            return True
    return False


def _unit(target: Target) -> str:
    return str(target.fields.get("unit")).partition("/")[0]


def _in_unit(quantity: Quantity, unit: str) -> Decimal | None:
    """Return the value of a quantity in the unit of a target; None for another unit.

    Of a range, the second end is used.
    """
    value = (quantity.other if quantity.other is not None else quantity.value) + quantity.step / 2
    if unit == "月":
        per_month = _MONTHS.get(quantity.unit) if quantity.kind is DURATION else None
        return None if per_month is None else value / per_month
    return value if quantity.unit == unit else None


def _outside(quantity: Quantity, tolerance: Sequence[object]) -> str:
    """Return how a share, or a term of a ratio, is outside a tolerance, or an empty string."""
    value = quantity.value
    if quantity.kind is RATIO and quantity.other:
        value = 100 * value / (value + quantity.other)
    elif quantity.kind is not PERCENT or not quantity.exact:
        return ""
    low, high = (Decimal(str(end)) for end in tolerance)
    return "" if low <= value <= high else _outside_text(value, low, high)


def _outside_text(share: Decimal, low: Decimal, high: Decimal) -> str:
    """Return that a share is outside a tolerance."""
    return f"，中职占{to_places(share, Decimal('0.1'))}%，不在{low}%～{high}%之内，难说合乎"


def _check_periods(passage: Passage, target: Target, reported: set[int]) -> Iterator[TextMatch]:
    """Report a practice that is stated for a year or more and is too short: 每两年1个月, 五年累计3个月."""
    for index, years in practice_periods(passage) if any_in(passage.text, _PRACTICE) else ():
        quantity = passage.quantities[index]
        value = _in_unit(quantity, _unit(target))
        below = quantity.qualifier is Qualifier.BELOW
        if _WHO.match(quantity.after):
            continue
        if index in reported or value is None or not refers_to_target(target, passage.prose, quantity.begin):
            continue
        if (value / years < limit(target) or (below and value / years <= limit(target))) and not (
            _sum_reaches(passage, index, target) or _reached_later(passage, index, target)
        ):
            each = f"，平均每年{to_places(value / years, Decimal('0.1'))}个月，低于" if years > 1 else "，低于"
            yield _make_match(passage, index, each, target)


def _check_share_of_stage(
    passage: Passage, target: Target, tolerance: Sequence[object], reported: set[int]
) -> Iterator[TextMatch]:
    """Report a share in other words: 中职招生占高中阶段招生的37.2%, 普职比7:3, 普高70%、中职30%."""
    begins = {passage.quantities[index].begin for index in reported}
    low, high = (Decimal(str(end)) for end in tolerance)
    for share in stage_shares(passage.prose):
        if not low <= share.percent <= high and not begins.intersection(range(share.begin, share.end)):
            clause = fragment(passage.text, max(0, share.begin - _MAX_CLAUSE), share.end)
            problem = _outside_text(share.percent, low, high)
            yield TextMatch(share.begin, share.end, f"“{clause}”{problem}{target_text(target)}", _HINT)


def _make_match(passage: Passage, index: int, problem: str, target: Target) -> TextMatch:
    quantity = passage.quantities[index]
    clause = fragment(passage.text, clause_start(passage.quantities, index), quantity.end)
    return TextMatch(quantity.begin, quantity.end, f"“{clause}”{problem}{target_text(target)}", _HINT)
