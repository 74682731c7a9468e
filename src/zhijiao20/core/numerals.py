"""Read small ordinal numbers in digits or in Chinese numerals, as in 第十六条.  No I/O."""

from __future__ import annotations

from zhijiao20.core.lazy_regex import lazy_regex

_CHINESE = lazy_regex(r"(?:(?P<tens>[二三四五六七八九]?)(?P<ten>十))?(?P<ones>[一二三四五六七八九]?)")
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}


def small_number(text: str) -> int:
    """Return a number below a hundred in digits or Chinese numerals; 0 if it is not valid (第十十条)."""
    if text.isdecimal():
        return int(text[:4])
    match = _CHINESE.fullmatch(text)
    if match is None:
        return 0
    tens = (_DIGITS.get(match["tens"] or "", 1) * 10) if match["ten"] else 0
    return tens + _DIGITS.get(match["ones"], 0)


def chinese_number(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    head = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")
