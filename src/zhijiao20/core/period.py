"""Read the last day of a reporting period (报告期) from its name.  No I/O."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from zhijiao20.core.lazy_regex import lazy_regex

_CHINESE = str.maketrans("〇零一二三四五六七八九０１２３４５６７８９", "001234567890123456789")
_NO_YEAR_OF_ITS_OWN = ("学年", "学期")
_YEAR = lazy_regex(r"(?<!\d)((?:19|20)\d{2})(?=年|[-./]\d|\s*$)")
_MONTH = lazy_regex(r"(?<![\d.])(1[0-2]|0?[1-9])(?:月(?:份)?(?:(3[01]|[12]\d|0?[1-9])[日号])?)")
_DAY = lazy_regex(r"(?:19|20)\d{2}[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])")
_QUARTER = lazy_regex(r"第?([1-4])季度")
_HALF = {"上半年": 6, "下半年": 12, "全年": 12}
_LONGEST = 100  # characters of a name


def last_day(period: str) -> date | None:
    """Return the last day of a period, or None where its name does not say which it is.

    Understood are a year (2020年, 2020年度), a half (2020年上半年), a quarter (2020年第一季度), a month, a range of
    months (2020年1—6月) and a day (截至2020年6月30日).  A school year is not: its last day differs.
    """
    text = _in_digits(period[:_LONGEST])
    if any(word in text for word in _NO_YEAR_OF_ITS_OWN):
        return None
    if days := _DAY.findall(text):
        year, month, day = map(int, re.split("[-./]", days[-1]))
        return _day(year, month, day)
    years = _YEAR.findall(text)
    return _last_in_year(text, int(years[-1])) if years else None


def _in_digits(text: str) -> str:
    """Return the text with the Chinese numerals of years and months as digits."""
    for written, digits in (("十二月", "12月"), ("十一月", "11月"), ("十月", "10月")):
        text = text.replace(written, digits)
    return text.translate(_CHINESE)


def _last_in_year(text: str, year: int) -> date | None:
    """Return the last day of the part of a year that the text names; of the year if it names none."""
    for word, month in _HALF.items():
        if word in text:
            return _day(year, month)
    if quarters := _QUARTER.findall(text):
        return _day(year, int(quarters[-1]) * 3)
    if months := _MONTH.findall(text):
        month, day = months[-1]
        return _day(year, int(month), int(day or 0))
    return _day(year, 12)


def _day(year: int, month: int, day: int = 0) -> date | None:
    """Return a day, by default the last one of a month; None if there is no such day."""
    last = monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None
