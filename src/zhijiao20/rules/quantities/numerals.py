"""Parse numerals: 12,000, １２０００, 一万二千, 两千三, 二〇一九, 九十六点三."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from zhijiao20.core.lazy_regex import lazy_regex

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DIGIT = "[一二两三四五六七八九]"
_BELOW_10000 = lazy_regex(rf"(?:({_DIGIT})千)?(?:零?({_DIGIT})百)?(?:零?({_DIGIT})?(十))?(零)?({_DIGIT})?")
_SEPARATORS = str.maketrans({",": None, " ": None, "\u00a0": None, "．": "."})
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(30))
_ZERO = Decimal(0)


@lru_cache(maxsize=4096)
def parse_arabic(text: str) -> tuple[Decimal, Decimal]:
    """Return the value of a number in digits, and one unit of its last decimal place.

    For an integer the second value is 0.  The digits may be full-width, the thousands separated by commas or spaces.
    """
    if text.isdecimal():
        return Decimal(text), _ZERO
    normalized = text.translate(_SEPARATORS)
    point = normalized.find(".")
    return Decimal(normalized), _ZERO if point < 0 else _STEPS[min(len(normalized) - point - 1, len(_STEPS) - 1)]


def parse_chinese(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral, or None if it is not a valid one (十三五)."""
    integer, point, decimals = text.partition("点")
    value = _parse_integer(integer)
    if value is None or not point:
        return None if value is None else Decimal(value)
    return Decimal(f"{value}.{''.join(str(DIGITS[digit]) for digit in decimals)}") if decimals else None


def _parse_integer(text: str) -> int | None:
    if text and all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        high, separator, low = text.rpartition(unit)
        if separator:
            high_value, low_value = None if unit in high else _parse_integer(high), _parse_after_unit(low, size)
            return None if high_value is None or low_value is None else high_value * size + low_value
    return _parse_below_10000(text)


def _parse_after_unit(text: str, size: int) -> int | None:
    """Return the value of the part after 万 or 亿: 二 in 一万二 is 2000."""
    if not text:
        return 0
    if text in DIGITS:
        return DIGITS[text] * size // 10
    return _parse_integer(text.removeprefix("零"))


def _parse_below_10000(text: str) -> int | None:
    match = _BELOW_10000.fullmatch(text)
    if not text or not match:
        return None
    thousands, hundreds, tens, ten, zero, ones = match.groups()
    value = 1000 * DIGITS[thousands or "零"] + 100 * DIGITS[hundreds or "零"]
    if ten:
        value += 10 * DIGITS[tens or "一"]
    ones_weight = 1 if ten or zero or not value else 10 if hundreds else 100
    return value + ones_weight * DIGITS[ones or "零"]
