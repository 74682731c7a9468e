"""What a cell of a sheet shows: its stored value and number format as a text, and a remark where that is no plain text.

A sheet stores 85% as 0.85 and a date as a number of days; a person reads what is shown, and so do we, telling it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from zhijiao20.formats.xlsx.xml import damaged, decoded

DATE, NUMBER, BOOLEAN, ERROR, FACE = "date", "number", "boolean", "error", "face"
"""Kinds of remark on a value."""

_BUILTIN = {
    **dict.fromkeys((14, 15, 30, 31), "y-m-d"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "y-m"),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "m-d"),
    **dict.fromkeys((18, 20, 32, 34, 55), "h:mm"),
    **dict.fromkeys((19, 21, 33, 35, 56), "h:mm:ss"),
    22: "y-m-d h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    49: "@",
}
_TOKENS = re.compile(r'"[^"]*"|\[[^\]]{0,255}\]|\\.|_.|\*.|y+|e+|m+|d+|h+|s+|aaa+|a/p|am/pm|上午/下午|[\s\S]')
_LITERAL = r'(?:"[^"]*"|\\.|[一-鿿%])*'
_FIXED = re.compile(
    rf"(?P<before>{_LITERAL})(?P<group>#,##)?(?P<whole>0{{1,20}})(?P<part>\.0{{1,10}})?(?P<after>{_LITERAL})"
)
_UNMARKED = {"", "general", "@"}
CODE_LIMIT = 255  # Excel's own: a longer one is no number format
_PRECISE = 1e15  # a sheet's numbers have 15 digits
_NUMERIC = re.compile(r"[-+]?[0-9]{0,400}\.?[0-9]{0,400}(?:[eE][-+]?[0-9]{1,5})?", re.ASCII)
_DAYS = 2_958_466  # up to the end of 9999
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)[.\dZ]*)?)?", re.ASCII)


class CellNote(NamedTuple):
    """That a value was no plain text: of which kind, and as it is stored."""

    kind: str
    stored: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which parts of a date and time a number format shows."""

    year: bool = False
    month: bool = False
    day: bool = False
    time: bool = False
    seconds: bool = False
    elapsed: bool = False

    @property
    def dated(self) -> bool:
        """Whether any part of a date is shown."""
        return self.year or self.month or self.day


class Values:
    """Turns stored values into texts, with the strings and number formats of one workbook."""

    def __init__(self, strings: list[tuple[str, str]], formats: list[str | int], *, from_1904: bool) -> None:
        self._strings, self._formats = strings, formats
        self._offset = 1462 if from_1904 else 0

    def shown(self, kind: str, stored: str, style: str) -> tuple[str, CellNote | None]:
        """The text that a cell shows, and a remark where it was no text.

        Raises:
            FormatError: the value is not of its kind.
        """
        if kind == "s":
            text, marked = self._string(stored)
            return text, CellNote(FACE, marked) if marked else None
        if kind in {"str", "inlineStr"}:
            return decoded(stored), None
        stored = stored.strip()
        if kind == "b":
            text = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}.get(stored, stored)
            return text, CellNote(BOOLEAN, stored)
        if kind == "e":
            return stored, CellNote(ERROR, stored)
        if kind == "d":
            return _iso(stored, _pattern(self._code(style)) or Pattern(year=True, month=True, day=True))
        if kind != "n" or not _NUMERIC.fullmatch(stored) or not stored.strip("+-.eE"):
            raise damaged()
        return self._number(stored, self._code(style))

    def _string(self, stored: str) -> tuple[str, str]:
        try:
            index = int(stored)
            if index < 0:
                raise damaged()
            return self._strings[index]
        except (ValueError, IndexError) as error:
            raise damaged() from error

    def _code(self, style: str) -> str:
        try:
            code = self._formats[int(style)]
        except (ValueError, IndexError):
            return ""
        code = _BUILTIN.get(code, "") if isinstance(code, int) else code
        return code if len(code) <= CODE_LIMIT else ""

    def _number(self, stored: str, code: str) -> tuple[str, CellNote | None]:
        pattern = _pattern(code)
        try:
            value = float(stored)
        except ValueError as error:
            raise damaged() from error
        if pattern is None:
            text, sure = _plain(stored, value, code)
            return text, None if text == stored and sure else CellNote(NUMBER, stored)
        serial = value + self._offset
        if not 0 <= serial < _DAYS:  # Excel shows ##### for it
            return stored, CellNote(ERROR, stored)
        return _date_text(serial, pattern), CellNote(DATE, stored)


def _plain(stored: str, value: float, code: str) -> tuple[str, bool]:
    """A number as its format shows it, and whether that is sure.

    Understood are fixed places, per cent, thousands and words beside the number; else up to 15 digits are shown.
    """
    general = f"{value:.15g}".upper()
    if abs(value) >= _PRECISE:
        return (stored if value.is_integer() else general), True
    match = _FIXED.fullmatch(code.partition(";")[0])
    if match is None:
        return general, code.lower() in _UNMARKED
    after = match["after"]
    number = Decimal(general) * (100 if "%" in re.sub(r'"[^"]*"|\\.', "", after + match["before"]) else 1)
    places = Decimal(1).scaleb(1 - len(match["part"])) if match["part"] else Decimal(1)
    rounded = number.quantize(places, ROUND_HALF_UP)
    digits = format(abs(rounded), ",f" if match["group"] else "f")
    whole, dot, part = digits.partition(".")
    sign = "-" if rounded < 0 else ""
    whole = whole.rjust(len(match["whole"]), "0")
    return f"{sign}{_literal(match['before'])}{whole}{dot}{part}{_literal(after)}", True


def _literal(code: str) -> str:
    return re.sub(r'"([^"]*)"|\\(.)', lambda match: match[1] or match[2] or "", code)


@lru_cache(maxsize=65_536)  # Excel has at most so many styles
def _pattern(code: str) -> Pattern | None:
    """What of a date a number format shows, or None where it is no date format."""
    seen: list[str] = []
    for piece in _TOKENS.findall(code.partition(";")[0].lower()):
        if piece.startswith("aaa"):
            seen.append("d")  # the day of the week: the whole date is shown
        elif piece[0] in "ydhs" or piece in {"[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]"}:
            seen.append(piece)
        elif piece[0] in "me0#?":
            seen.append(piece[0])
    if "general" in code.lower() or not any(piece[0] in "ymdhs[" or piece == "e" for piece in seen):
        return None
    times = [piece.strip("[")[0] for piece in seen if piece[0] not in "0#?"]
    minutes = {
        index
        for index, piece in enumerate(times)
        if piece == "m" and (times[index - 1 : index] == ["h"] or times[index + 1 : index + 2] == ["s"])
    }
    months = any(piece == "m" and index not in minutes for index, piece in enumerate(times))
    if not set(times) & set("ydhs") and not months:
        return None  # 0.00E+00
    return Pattern(
        year="y" in times or "e" in times,
        month=months,
        day="d" in times,
        time="h" in times or bool(minutes),
        seconds="s" in times,
        elapsed=any(piece[0] == "[" for piece in seen),
    )


def _iso(stored: str, pattern: Pattern) -> tuple[str, CellNote]:
    """A date stored as ISO 8601; anything else stays as it is."""
    match = _ISO.fullmatch(stored)
    try:
        moment = datetime(*(int(part or 0) for part in match.groups())) if match else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        moment = None
    return (_written(moment.date(), moment, pattern) if moment else stored), CellNote(DATE, stored)


def _date_text(serial: float, pattern: Pattern) -> str:
    """A number of days since the end of 1899 as a date in Chinese; Excel takes 1900 for a leap year."""
    days = int(serial)
    rest = min(round((serial - days) * 86400), 86399)
    seconds = days * 86400 + rest
    clock = datetime(2000, 1, 1) + timedelta(seconds=rest)  # noqa: DTZ001 - a time of day, of no zone
    if pattern.elapsed:
        hours, minutes = divmod(seconds // 60, 60)
        return f"{hours}:{minutes:02}" + (f":{seconds % 60:02}" if pattern.seconds else "")
    if days == 60:
        return "1900年2月29日"
    if not days:
        return _written(None, clock, pattern)
    return _written(date(1899, 12, 30 if days > 60 else 31) + timedelta(days=days), clock, pattern)


def _written(day: date | None, clock: datetime, pattern: Pattern) -> str:
    """A date and time with the parts that its format shows; a part of a date that says nothing alone is completed."""
    parts: list[str] = []
    if day is not None and (pattern.dated or not pattern.time):
        shown = (pattern.year, pattern.month, pattern.day)
        texts = (f"{day.year}年", f"{day.month}月", f"{day.day}日")
        usual = {(True, True, False), (False, True, True), (True, False, False)}
        parts.append("".join(text for text, wanted in zip(texts, shown, strict=True) if wanted or shown not in usual))
    if pattern.time or pattern.seconds or day is None:
        parts.append(f"{clock.hour}:{clock.minute:02}" + (f":{clock.second:02}" if pattern.seconds else ""))
    return " ".join(parts)
