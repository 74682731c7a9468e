"""Units of the numbers of a sentence, looked at without reading its quantities, which takes ten times as long.  Pure."""

from __future__ import annotations

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import BEGINS

# The first character behind a number that is not a year; 个 only if it is the unit.
_UNIT = lazy_regex(
    rf"{BEGINS}(?<![{BEGINS[1:-1]}亿点.,．].)(?!(?<=[12])[09]\d\d[ ]?年)[{BEGINS[1:-1]}亿点.,．\u00a0 ]{{0,40}}+[余多几]?"
    r"(?:个(?=工作日|半?月|[课学]时|小时|学[期年]|星期|季度|百分点))?[ ]?(.)"
)
_SAME = {"名": "人", "位": "人", "日": "天", "星": "周", "％": "%", "‰": "%"}


def units_in(prose: str, begin: int, end: int) -> list[str]:
    """Return the first character of the unit of each number between two offsets, or what else stands behind it.

    Two quantities of the same unit have the same one.
    """
    return [_SAME.get(unit, unit) for unit in _UNIT.findall(prose, begin, end)]
