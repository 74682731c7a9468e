"""Recognize task ids as offices write them: normalize if certain, else only suggest an id, never guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.numerals import small_number
from zhijiao20.core.submission import without_invisible
from zhijiao20.core.wording import fold

_PLAIN = lazy_regex(r"[1-9][0-9]?\.[1-9][0-9]?", re.ASCII)
_PAIR = lazy_regex(r"(?:(?:任务|编号):?)?[(\[【]?([0-9]{1,2})[.、,·•\-:]([0-9]{1,2})[)\]】]?[.、,:]?", re.ASCII)
_SPELLED = lazy_regex(
    r"第([0-9]{1,2}|[一二三四五六七八九十]{1,3})条第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:项|款|个|点)?"
)
_FLOAT = lazy_regex(r"[0-9]{1,2}\.[0-9]{6,}", re.ASCII)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAME = rf"(?P<word>{'|'.join(_MONTHS)})[a-z]*"
_DATE_PATTERNS = (
    lazy_regex(r"[0-9]{4}[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?(?:[t ]+[0-9:.]*z?)?", re.ASCII),
    lazy_regex(r"(?:(?P<year>[0-9]{4})年)?(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日?)?", re.ASCII),
    lazy_regex(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})(?:/[0-9]{2,4})?", re.ASCII),
    lazy_regex(rf"(?P<day>[0-9]{{1,2}})[- ]?{_MONTH_NAME}(?:[- ]?[0-9]{{2,4}})?", re.ASCII),
    lazy_regex(rf"{_MONTH_NAME}[- ]?(?P<day>[0-9]{{1,2}})", re.ASCII),
)
_LONGEST_DATE = 60  # characters of a date with its time
_SERIAL = lazy_regex(r"(?:3[6-9]|4[0-9]|5[0-4])[0-9]{3}(?:\.0+)?", re.ASCII)  # 1998 to 2050, as day numbers of a sheet
_EPOCH = date(1899, 12, 30)
_QUOTES = "\"'「」『』《》〈〉`"  # around an id; fold() turns “ ” into plain ones


@dataclass(frozen=True, slots=True)
class TaskId:
    """Result of recognizing a task id in a text.

    Attributes:
        id: the task id, or None if the text is not one.
        is_date: whether the text looks like a date that a spreadsheet made from an id.
        likely: for a date or an unknown id, the id that was probably intended, or "".
    """

    id: str | None
    is_date: bool = False
    likely: str = ""


def read_id(text: str, known: Collection[str]) -> TaskId:
    """Recognize a task id in a text.

    Args:
        text: the id as written in the file.
        known: the ids of the catalog.
    """
    if text in known:
        return TaskId(text)
    if (dates := _date(text)) is not None:
        return TaskId(None, is_date=True, likely=next((likely for likely in dates if likely in known), ""))
    folded = fold(text)
    candidate = _normalized(folded.strip(_QUOTES) or folded)
    if candidate in known:
        return TaskId(candidate)
    return TaskId(None, likely=_nearest(candidate or folded, known))


def _normalized(folded: str) -> str:
    if match := _PAIR.fullmatch(folded):
        pair = f"{match[1]}.{match[2]}"
        return pair if _PLAIN.fullmatch(pair) else ""
    if match := _SPELLED.fullmatch(folded):
        return f"{small_number(match[1])}.{small_number(match[2])}"
    if _FLOAT.fullmatch(folded):
        exact, short = Decimal(folded), Decimal(folded).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
        return str(short) if abs(exact - short) < Decimal("1e-6") else ""
    return ""


def _date(text: str) -> list[str] | None:
    """Return the ids that a spreadsheet may have converted to this date, most likely first.

    Return None if the text is not a date.
    """
    visible = without_invisible(text).strip()
    if len(visible) > _LONGEST_DATE:  # the time to normalize combining marks is quadratic in their number
        return None
    plain = unicodedata.normalize("NFKC", visible).strip().casefold()
    for pattern in _DATE_PATTERNS:
        if match := pattern.fullmatch(plain):
            found: Mapping[str, str | None] = match.groupdict()
            word, year = found.get("word"), int(found.get("year") or 0)
            month = _MONTHS.index(word) + 1 if word else int(found["month"] or 0)
            day = int(found.get("day") or 0)
            if plain.startswith(word or "-"):  # Jan-20: the number is the day or the year
                return [f"{month}.{day}", f"{day}.{month}"]
            return [f"{month}.{day}" if day else f"{year % 100}.{month}"]
    if _SERIAL.fullmatch(plain):
        serial_date = _EPOCH + timedelta(days=int(float(plain)))
        return [f"{serial_date.month}.{serial_date.day}"]
    return None


def _nearest(candidate: str, known: Collection[str]) -> str:
    """Return the known id of which this may be a typing error (01.1, 1.10, 15 .05), or ""."""
    digits = [part.lstrip("0") for part in candidate.split(".")]
    stripped = ".".join(digits)
    if stripped in known:
        return stripped
    article, dot, number = stripped.partition(".")
    return next(
        (
            variant
            for variant in (f"{article}.{number.rstrip('0')}", f"{article}.{number[:1]}")
            if dot and variant in known
        ),
        "",
    )
