"""What a number says with what belongs to it: kind, value and unit.  Its surroundings are the reader's."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from zhijiao20.rules.quantities.numerals import parse_arabic, parse_chinese
from zhijiao20.rules.quantities.quantity import DATE, DURATION, PERCENT, RATIO, YEAR, Kind, Qualifier
from zhijiao20.rules.quantities.units import SCALES, unit_of

_ZERO, _HALF, _ONE, _TEN, _HUNDRED = Decimal(0), Decimal("0.5"), Decimal(1), Decimal(10), Decimal(100)
_RATIO = frozenset("∶:：比")
_WHOLES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)}

_ABOUT, _OVER = Qualifier.ABOUT, Qualifier.OVER
LONGEST = 20
"""Characters of a number that measures something; what is longer is the number of an account or a contract."""

_VAGUE = frozenset("起点路步面次片种批个类")  # 一起, 一次, 一批, 一个 count nothing


Groups: TypeAlias = tuple[str | None, ...]
Amount: TypeAlias = tuple[Kind, Decimal, str, Decimal, Decimal | None, Qualifier | None]
"""Kind, value, unit, step, other end, and the qualifier where its own wording makes it inexact: 三成, 二十余人."""


def in_digits(digits: str, groups: Groups) -> Amount | None:
    """The amount of a number in digits (groups of the token from ``first`` on), or None where it measures nothing."""
    _, first, link, second, percent, calendar, _, _, unit = groups[:9]
    if link is None and unit == "年" and len(digits) == 4 and digits[0] in "12１２":
        year = parse_arabic(digits)[0]
        if 1900 <= year <= 2100:
            return (YEAR, year, "", _ZERO, None, None)
    value, step = parse_arabic(digits)
    other = None if second is None else parse_arabic(second)[0]
    if link is not None and link in _RATIO:
        return None if first else (RATIO, value, "", step, other, None)
    if percent is not None:
        if percent == "‰":
            return (PERCENT, value / 10, "%", (step or _ONE) / 10, other, None)
        return (PERCENT, value, "%", step or _ONE, other, None)
    if calendar is not None:
        return (DATE, value if "年" in calendar else _ZERO, "", _ZERO, other, None)
    return None if unit is None else _measured(digits, value, step, other, groups)


def _measured(digits: str, value: Decimal, step: Decimal, other: Decimal | None, groups: Groups) -> Amount:
    first, scale, more, unit = groups[1], groups[6], groups[7], groups[8] or ""
    known, kind = unit_of(unit)
    if scale is not None:
        size = SCALES[scale]
        value, step = value * (SCALES[first[0]] if first and first[0] in SCALES else size), (step or _ONE) * size
        other = None if other is None else other * size
    elif known in {"年", "学年"} and len(digits) == 4 and 1900 <= value <= 2100:
        return (YEAR, value, "", _ZERO, other, None)
    if unit == "个半月":
        value += _HALF
    return (kind, value, known, step, other, None if more is None else _OVER)


def in_numerals(numeral: str, groups: Groups) -> Amount | None:
    """The amount of a number in Chinese numerals (the last groups of the token)."""
    _, part, tenths, calendar, more, unit, _ = groups[9:]
    if part is not None:
        return _fraction(numeral, part)
    if numeral == "一半":
        return (PERCENT, Decimal(50), "%", _TEN, None, _ABOUT)
    value = _HALF if numeral == "半" else parse_chinese(numeral)
    if value is None:
        return None
    if tenths is not None:
        return (PERCENT, value * 10 + (5 if tenths == "成半" else 0), "%", _TEN, None, _ABOUT)
    if calendar is not None:
        return (DATE, value if calendar[0] == "年" else _ZERO, "", _ZERO, None, None)
    return None if unit is None else _counted(numeral, value, unit, more)


def _counted(numeral: str, value: Decimal, unit: str, more: str | None) -> Amount | None:
    known, kind = unit_of(unit)
    if known == "年" and len(numeral) == 4 and 1900 <= value <= 2100:
        return (YEAR, value, "", _ZERO, None, None)
    if (numeral == "半" and kind is not DURATION) or (numeral == "一" and unit in _VAGUE):
        return None
    if unit == "个半月":
        value += _HALF
    return (kind, value, known, _ZERO, None, None if more is None else _OVER)


def _fraction(numeral: str, part: str) -> Amount | None:
    """百分之五 is written to the unit; 三分之二 is a share that nobody worked out."""
    if len(part) > LONGEST:
        return None
    share, step = parse_arabic(part) if part[0].isdecimal() else (parse_chinese(part), _ZERO)
    whole = _WHOLES.get(numeral) or parse_chinese(numeral)
    if not whole or share is None:
        return None
    if numeral not in _WHOLES:
        return (PERCENT, round(share * 100 / whole, 4), "%", _ONE, None, _ABOUT)
    written = step or _ONE.scaleb(-len(part.partition("点")[2]))
    return (PERCENT, share * 100 / whole, "%", written * 100 / whole, None, None)
