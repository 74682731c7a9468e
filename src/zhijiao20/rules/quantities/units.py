"""Units that follow a number, and the kind of quantity that each makes."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from zhijiao20.rules.quantities.quantity import COUNT, DURATION, MONEY, POINTS, Kind

LONG = (
    "年(?:度|(?!级))|周(?![期边年岁转全])|分(?!之)|[门批家校班人期件节]次|[课学]时|学[分年期]|平方公里|平方米|平米|公[里顷]|工作日|小时|分钟|季度|星期|[美欧]元|台[（(]套[）)]|台套"
    "|个?百分点|个(?:工作日|半?月|[课学]时|小时|学[期年]|星期|季度)"
)
"""Pattern of the units of several characters, and of those that need a lookahead."""

LONG_FIRST = "年周分门批家校班人期件节课学平公工小季星美欧台个百"
"""First characters of these units, a quick test."""

SHORT = (
    "个人名位所家项件份门种期场次间台套册本篇节亩宗批起例处条张幅部栋座辆吨米户村镇类组对支岁倍天日月轮枚块片字页款元"
)
"""Units of one character, for a character class."""

_NORMALIZED = {
    "名": "人", "位": "人", "日": "天", "星期": "周", "个星期": "周", "年度": "年", "个半月": "月", "平米": "平方米",
    "台(套)": "台（套）", "台套": "台（套）",
}  # fmt: skip
_DURATIONS = frozenset("天周月年") | {"工作日", "小时", "分钟", "学期", "学年", "季度"}

SCALES = {
    name: Decimal(10**power)
    for name, power in {"": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}.items()
}
"""Multipliers between a number and its unit."""


@lru_cache(maxsize=256)
def unit_of(written: str) -> tuple[str, Kind]:
    """Return the normalized spelling of a unit, and the kind of quantity that it makes."""
    unit = _NORMALIZED.get(written) or (written.removeprefix("个") or written)
    if unit in _DURATIONS:
        return unit, DURATION
    if unit.endswith("元"):
        return unit, MONEY
    return unit, POINTS if unit == "百分点" else COUNT
