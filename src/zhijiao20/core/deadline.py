"""Read and show the date by which units have to send.  No I/O."""

from __future__ import annotations

import re
from datetime import date
from unicodedata import normalize

from zhijiao20.core.lazy_regex import lazy_regex

_DATE = lazy_regex(
    r"(20[0-9]{2})(?:(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))"
    r"(?:(?:前|之前|以前)|[Tt ]*(?:[0-9]{1,2}(?:[:时点][0-9:.]*分?)?)?)",
    re.ASCII,
)
_LONGEST = 40  # characters of a date with its time


def read_date(text: str) -> date | None:
    """Return the date that a text gives in full (2020-07-10, 2020年7月10日, 2020/7/10); None for any other text.

    A time of day, and 前 behind the date, are passed over.
    """
    if len(text) > _LONGEST:
        return None
    match = _DATE.fullmatch(normalize("NFKC", text).strip().replace("月 ", "月").replace("年 ", "年"))
    if match is None:
        return None
    year, *parts = (int(part) for part in match.groups() if part)
    try:
        return date(year, *parts)
    except ValueError:
        return None


def show_date(day: date) -> str:
    """Return a date in Chinese: 2020年7月10日."""
    return f"{day.year}年{day.month}月{day.day}日"
