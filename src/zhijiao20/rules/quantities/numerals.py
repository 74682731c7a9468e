"""The value of a numeral: 12,000, １２０００, 一万二千, 两千三, 二〇一九, 九十六点三."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DIGIT = "[一二两三四五六七八九]"
_BELOW_10000 = re.compile(rf"(?:({_DIGIT})千)?(?:零?({_DIGIT})百)?(?:零?({_DIGIT})?(十))?(零)?({_DIGIT})?")
_SEPARATORS = str.maketrans({",": None, " ": None, "\u00a0": None, "．": "."})
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(30))
_ZERO = Decimal(0)


@lru_cache(maxsize=4096)
def parse_arabic(text: str) -> tuple[Decimal, Decimal]:
    """The value of digits in any width with thousands parted by comma or space, and one unit of its last decimal."""
    if text.isdecimal():
        return Decimal(text), _ZERO
    plain = text.translate(_SEPARATORS)
    point = plain.find(".")
    return Decimal(plain), _ZERO if point < 0 else _STEPS[min(len(plain) - point - 1, len(_STEPS) - 1)]


def parse_chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where it is none (十三五)."""
    whole, point, decimals = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    return Decimal(f"{value}.{''.join(str(DIGITS[digit]) for digit in decimals)}") if decimals else None


def _whole(text: str) -> int | None:
    if text and all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(unit)
        if found:
            front, back = None if unit in head else _whole(head), _rest(tail, size)
            return None if front is None or back is None else front * size + back
    return _section(text)


def _rest(text: str, size: int) -> int | None:
    """What follows 万 or 亿: 二 in 一万二 is 2000."""
    if not text:
        return 0
    if text in DIGITS:
        return DIGITS[text] * size // 10
    return _whole(text.removeprefix("零"))


def _section(text: str) -> int | None:
    match = _BELOW_10000.fullmatch(text)
    if not text or not match:
        return None
    thousands, hundreds, tens, ten, zero, ones = match.groups()
    value = 1000 * DIGITS[thousands or "零"] + 100 * DIGITS[hundreds or "零"]
    if ten:
        value += 10 * DIGITS[tens or "一"]
    short = 1 if ten or zero or not value else 10 if hundreds else 100
    return value + short * DIGITS[ones or "零"]
