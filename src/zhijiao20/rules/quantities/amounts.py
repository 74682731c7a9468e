"""Conversion of a number token to kind, value and unit; the words around it are handled by ``reader``."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from zhijiao20.rules.quantities.numerals import parse_arabic, parse_chinese
from zhijiao20.rules.quantities.quantity import DATE, DURATION, PERCENT, RATIO, YEAR, Kind, Qualifier
from zhijiao20.rules.quantities.units import SCALES, unit_of

_ZERO, _HALF, _ONE, _TEN = Decimal(0), Decimal("0.5"), Decimal(1), Decimal(10)
_RATIO = frozenset("∶:：比")
_BASES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)}

_ABOUT, _OVER = Qualifier.ABOUT, Qualifier.OVER
_YEARS = frozenset(["年", "学年"])
LONGEST = 20
"""Maximum characters of a number that is a quantity; longer ones are account or contract numbers."""

_NO_COUNT_AFTER_ONE = frozenset("起点路步面次片种批个类")  # after 一: 一起, 一次, 一批, 一个 are no counts

Groups: TypeAlias = tuple[str | None, ...]
Amount: TypeAlias = tuple[Kind, Decimal, str, Decimal, Decimal | None, Qualifier | None]
"""Kind, value, unit, step, other end, and the qualifier if the wording itself is inexact: 三成, 二十余人."""


def plain_amount(digits: str, groups: Groups) -> Amount:
    """Return the amount of a number in digits with a unit, as most numbers are: no range, ratio, percentage or date.

    Args:
        digits: the digits of the number.
        groups: all groups of the match of ``TOKEN``.
    """
    scale, unit = groups[6], groups[8] or ""
    if scale is None and groups[7] is None:
        standard_unit, kind = unit_of(unit)
        value, step = parse_arabic(digits)
        if kind is DURATION and len(digits) == 4 and standard_unit in _YEARS and 1900 <= value <= 2100:
            return (YEAR, value, "", _ZERO, None, None)
        return (kind, value + _HALF if unit == "个半月" else value, standard_unit, step, None, None)
    return _measured(digits, *parse_arabic(digits), None, groups)


def in_digits(digits: str, groups: Groups) -> Amount | None:
    """Return the amount of a number in digits, or None if it is not a quantity.

    Args:
        digits: the digits of the number, or of the first one of a range.
        groups: all groups of the match of ``TOKEN``.
    """
    _, first_unit, separator, second, percent, calendar, _, _, unit = groups[:9]
    if separator is None and unit == "年" and len(digits) == 4 and digits[0] in "12１２":
        year = parse_arabic(digits)[0]
        if 1900 <= year <= 2100:
            return (YEAR, year, "", _ZERO, None, None)
    value, step = parse_arabic(digits)
    other = None if second is None else parse_arabic(second)[0]
    if separator is not None and separator in _RATIO:
        return None if first_unit else (RATIO, value, "", step, other, None)
    if percent is not None:
        if percent == "‰":
            return (PERCENT, value / 10, "%", (step or _ONE) / 10, other, None)
        return (PERCENT, value, "%", step or _ONE, other, None)
    if calendar is not None:
        return (DATE, value if "年" in calendar else _ZERO, "", _ZERO, other, None)
    return None if unit is None else _measured(digits, value, step, other, groups)


def _measured(digits: str, value: Decimal, step: Decimal, other: Decimal | None, groups: Groups) -> Amount:
    first_unit, scale, surplus, unit = groups[1], groups[6], groups[7], groups[8] or ""
    standard_unit, kind = unit_of(unit)
    if scale is not None:
        size = SCALES[scale]
        value, step = (
            value * (SCALES[first_unit[0]] if first_unit and first_unit[0] in SCALES else size),
            (step or _ONE) * size,
        )
        other = None if other is None else other * size
    elif standard_unit in {"年", "学年"} and len(digits) == 4 and 1900 <= value <= 2100:
        return (YEAR, value, "", _ZERO, other, None)
    if unit == "个半月":
        value += _HALF
    return (kind, value, standard_unit, step, other, None if surplus is None else _OVER)


def in_numerals(numeral: str, groups: Groups) -> Amount | None:
    """Return the amount of a number in Chinese numerals, or None if it is not a quantity.

    Args:
        numeral: the numeral; the denominator of a fraction (百 in 百分之五).
        groups: all groups of the match of ``TOKEN``.
    """
    _, numerator, tenths, calendar, surplus, unit, _ = groups[9:]
    if numerator is not None:
        return _fraction(numeral, numerator)
    if numeral == "一半":
        return (PERCENT, Decimal(50), "%", _TEN, None, _ABOUT)
    value = _HALF if numeral == "半" else parse_chinese(numeral)
    if value is None:
        return None
    if tenths is not None:
        return (PERCENT, value * 10 + (5 if tenths == "成半" else 0), "%", _TEN, None, _ABOUT)
    if calendar is not None:
        return (DATE, value if calendar[0] == "年" else _ZERO, "", _ZERO, None, None)
    return None if unit is None else _counted(numeral, value, unit, surplus)


def _counted(numeral: str, value: Decimal, unit: str, surplus: str | None) -> Amount | None:
    standard_unit, kind = unit_of(unit)
    if standard_unit == "年" and len(numeral) == 4 and 1900 <= value <= 2100:
        return (YEAR, value, "", _ZERO, None, None)
    if (numeral == "半" and kind is not DURATION) or (numeral == "一" and unit in _NO_COUNT_AFTER_ONE):
        return None
    if unit == "个半月":
        value += _HALF
    return (kind, value, standard_unit, _ZERO, None, None if surplus is None else _OVER)


def _fraction(numeral: str, numerator: str) -> Amount | None:
    """Return a fraction as a percentage: 百分之五 with its written precision, 三分之二 as approximate."""
    if len(numerator) > LONGEST:
        return None
    value, step = parse_arabic(numerator) if numerator[0].isdecimal() else (parse_chinese(numerator), _ZERO)
    base = _BASES.get(numeral) or parse_chinese(numeral)
    if not base or value is None:
        return None
    if numeral not in _BASES:
        return (PERCENT, round(value * 100 / base, 4), "%", _ONE, None, _ABOUT)
    written_step = step or _ONE.scaleb(-len(numerator.partition("点")[2]))
    return (PERCENT, value * 100 / base, "%", written_step * 100 / base, None, None)
