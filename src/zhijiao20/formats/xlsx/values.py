"""Convert the stored value and number format of a cell to the text it shows, with a note where it is not plain text.

A sheet stores 85% as 0.85 and a date as a number of days; the displayed text is read, and a finding reports that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.xlsx.number_format import EXACT_LIMIT, is_plain, shown_number, shown_text
from zhijiao20.formats.xlsx.xml import damaged_error, decoded

DATE, NUMBER, BOOLEAN, ERROR, FORMATTING = "date", "number", "boolean", "error", "face"
UNKNOWN_FORMAT, TEXT_FORMAT, LONG = "unknown format", "text format", "long number"
"""Kinds of note on a value."""

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
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys((5, 6), '"¥"#,##0;"¥"\\-#,##0'),
    **dict.fromkeys((7, 8), '"¥"#,##0.00;"¥"\\-#,##0.00'),
    **dict.fromkeys((37, 38), "#,##0_);(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00_);(#,##0.00)"),
    48: "##0.0E+0",
    49: "@",
}
_TOKENS = lazy_regex(
    r'"[^"]*"|\[[^\]]{0,255}\]|\\.|_.|\*.|y+|(?<=[0#?.])e[-+]|e+|m+|d+|h+|s+|aaa+|a/p|am/pm|上午/下午|[\s\S]'
)
_ELAPSED = lazy_regex(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_LOST = "[?]"  # a code that no number is shown by
CODE_LIMIT = 255  # Excel's own limit: a longer text is not a valid number format
_PLAIN_LIMIT = 10_000  # shared strings; a unit has some hundred
_NUMERIC = lazy_regex(r"[-+]?[0-9]{0,400}\.?[0-9]{0,400}(?:[eE][-+]?[0-9]{1,5})?", re.ASCII)
_DAYS_LIMIT = 2_958_466  # first serial day number after 9999-12-31
_ISO = lazy_regex(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)[.\dZ]*)?)?", re.ASCII)


class CellNote(NamedTuple):
    """Note that a cell is not plain text.

    Attributes:
        kind: the kind of value.
        stored: the stored value, formula or marked text.
    """

    kind: str
    stored: str


@dataclass(frozen=True, slots=True)
class DateFormat:
    """The parts of a date and time that a number format shows; ``elapsed`` is a duration such as ``[h]:mm``.

    ``unit`` is the number of seconds of the only unit of a duration such as ``[h]``, 0 for all others.
    """

    year: bool = False
    month: bool = False
    day: bool = False
    time: bool = False
    seconds: bool = False
    elapsed: bool = False
    unit: int = 0

    @property
    def dated(self) -> bool:
        """Check whether any part of a date is shown."""
        return self.year or self.month or self.day


class Values:
    """Converter of stored values to texts, with the shared strings and number formats of one workbook.

    Attributes:
        strings: the shared strings.
        marks: by index, what of a shared string is struck, raised or lowered.
        special: the cell styles that a text does not show as it is: struck through, or with words in their format.
        plain: the first shared strings without marks, by the text of their index.
    """

    def __init__(
        self,
        strings: list[str],
        marks: dict[int, str],
        formats: Callable[[], list[str | int]],
        struck: Container[int] = (),
        *,
        from_1904: bool,
    ) -> None:
        self.strings, self.marks, self._read_formats, self._struck = strings, marks, formats, struck
        self.special: set[str] = set()
        self.plain = dict(zip(map(str, range(_PLAIN_LIMIT)), strings, strict=False))
        for index in marks:
            self.plain.pop(str(index), None)
        self._offset = 1462 if from_1904 else 0

    def shown(self, kind: str, stored: str, style: str) -> tuple[str, CellNote | None]:
        """Return the text that a cell shows, and a note where its value is not plain text.

        Args:
            kind: the value of the attribute ``t`` of the cell.
            stored: its stored value.
            style: the index of its cell style.

        Raises:
            FormatError: the value is not valid for its kind.
        """
        if kind == "s":
            text, marked = self._string(stored)
            return text, CellNote(FORMATTING, marked) if marked else None
        if kind in {"str", "inlineStr"}:
            return decoded(stored), None
        stored = stored.strip()
        if kind == "b":
            text = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}.get(stored, stored)
            return text, CellNote(BOOLEAN, stored)
        if kind == "e":
            return stored, CellNote(ERROR, stored)
        if kind == "d":
            return _format_iso(
                stored, _parse_date_format(self._number_format(style)) or DateFormat(year=True, month=True, day=True)
            )
        if kind != "n" or not _NUMERIC.fullmatch(stored) or not stored.strip("+-.eE"):
            raise damaged_error()
        return self._number(stored, self._number_format(style))

    @cached_property
    def _formats(self) -> list[str | int]:
        """The number format of every cell style; most sheets hold texts only, and need none."""
        return self._read_formats()

    def find_special(self) -> None:
        """Find the special cell styles; few workbooks need it."""
        codes = (self._number_format(str(style)) for style in range(len(self._formats)))
        self.special = {str(style) for style, code in enumerate(codes) if style in self._struck or not is_plain(code)}

    def worded(self, kind: str, text: str, style: str) -> tuple[str, tuple[CellNote, ...]]:
        """Return the text that a cell with a special style shows, and the notes on the style."""
        notes = (CellNote(FORMATTING, text),) if int(style) in self._struck else ()
        if kind in {"s", "str", "inlineStr"} and (shown := shown_text(text, self._number_format(style))) != text:
            return shown or text, (CellNote(TEXT_FORMAT, text), *notes)
        return text, notes

    def _string(self, stored: str) -> tuple[str, str]:
        try:
            index = int(stored)
            if index < 0:
                raise damaged_error()
            return self.strings[index], self.marks.get(index, "")
        except IndexError as error:
            raise (damaged_error() if self.strings else _strings_lost()) from error
        except ValueError as error:
            raise damaged_error() from error

    def _number_format(self, style: str) -> str:
        try:
            code = self._formats[int(style)]
        except (ValueError, IndexError):
            return "" if style == "0" else _LOST  # the first style is the usual one
        code = _BUILTIN.get(code, "") if isinstance(code, int) else code
        return code if len(code) <= CODE_LIMIT else ""

    def _number(self, stored: str, code: str) -> tuple[str, CellNote | None]:
        date_pattern = _parse_date_format(code)
        try:
            value = float(stored)
        except ValueError as error:
            raise damaged_error() from error
        if date_pattern is None:
            text, understood = shown_number(stored, value, code)
            if abs(value) >= EXACT_LIMIT and understood:
                return text, CellNote(LONG, stored)
            kind = NUMBER if understood else UNKNOWN_FORMAT
            return text, None if text == stored and understood else CellNote(kind, stored)
        serial = value if date_pattern.elapsed else value + self._offset
        if not 0 <= serial < _DAYS_LIMIT:  # Excel displays ##### for such a value
            return stored, CellNote(ERROR, stored)
        if date_pattern.unit:
            count = round(serial * 86400) // date_pattern.unit
            return shown_number(str(count), count, _ELAPSED.sub("0", code)).text, CellNote(DATE, stored)
        return _format_serial(serial, date_pattern), CellNote(DATE, stored)


def _strings_lost() -> FormatError:
    """Return the error for a workbook without the texts of its cells: once repaired, they would be empty."""
    message = "Excel 工作簿里存文字的部件（sharedStrings.xml）丢失了，单元格里的文字读不出来"
    return FormatError("ZJ002", message, "请向填报单位要回原件；不要在 Excel 里修复后再报送，修复后文字会变成空白")


@lru_cache(maxsize=65_536)  # as many cell styles as are read at most
def _parse_date_format(code: str) -> DateFormat | None:
    """Return the parts of a date that a number format shows, None for other formats."""
    codes: list[str] = []
    for symbol in _TOKENS.findall(code.partition(";")[0].lower()):
        if symbol.startswith("aaa"):
            codes.append("d")  # day of the week: shown as part of the whole date
        elif symbol[0] in "ydhs" or symbol in {"[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]"}:
            codes.append(symbol)
        elif symbol[0] in "me0#?" and symbol not in {"e+", "e-"}:
            codes.append(symbol[0])
    if "general" in code.lower() or not any(symbol[0] in "yemdhs[" for symbol in codes):
        return None
    times = [symbol.strip("[")[0] for symbol in codes if symbol[0] not in "0#?"]
    if set(times) == {"e"} and len(times) < len(codes):
        return None  # a number with a letter in it
    minutes = {
        index
        for index, symbol in enumerate(times)
        if symbol == "m" and (times[index - 1 : index] == ["h"] or times[index + 1 : index + 2] == ["s"])
    }
    months = any(symbol == "m" and index not in minutes for index, symbol in enumerate(times))
    elapsed = any(symbol[0] == "[" for symbol in codes)
    return DateFormat(
        year="y" in times or "e" in times,
        month=months,
        day="d" in times,
        time="h" in times or bool(minutes),
        seconds="s" in times,
        elapsed=elapsed,
        unit=_SECONDS[times[0]] if elapsed and len(times) == len(codes) == 1 else 0,
    )


def _format_iso(stored: str, date_pattern: DateFormat) -> tuple[str, CellNote]:
    """Format a date stored as ISO 8601; return any other value unchanged."""
    match = _ISO.fullmatch(stored)
    try:
        moment = datetime(*(int(part or 0) for part in match.groups())) if match else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        moment = None
    return (_format_date(moment.date(), moment, date_pattern) if moment else stored), CellNote(DATE, stored)


def _format_serial(serial: float, date_pattern: DateFormat) -> str:
    """Format a serial day number, counted from the end of 1899, as a date in Chinese.

    Excel treats 1900 as a leap year, so serial 60 is 29 February 1900.
    """
    days = int(serial)
    rest = min(round((serial - days) * 86400), 86399)
    seconds = days * 86400 + rest
    clock = datetime(2000, 1, 1) + timedelta(seconds=rest)  # noqa: DTZ001 - a time of day without a time zone
    if date_pattern.elapsed:
        hours, minutes = divmod(seconds // 60, 60)
        return f"{hours}:{minutes:02}" + (f":{seconds % 60:02}" if date_pattern.seconds else "")
    if days == 60:
        return "1900年2月29日"
    if not days:
        return _format_date(None, clock, date_pattern)
    return _format_date(date(1899, 12, 30 if days > 60 else 31) + timedelta(days=days), clock, date_pattern)


def _format_date(day: date | None, clock: datetime, date_pattern: DateFormat) -> str:
    """Format a date and time with the parts that the number format shows.

    A combination of date parts that is unclear alone, such as a month without year and day, becomes the whole date.
    """
    parts: list[str] = []
    if day is not None and (date_pattern.dated or not date_pattern.time):
        shown = (date_pattern.year, date_pattern.month, date_pattern.day)
        texts = (f"{day.year}年", f"{day.month}月", f"{day.day}日")
        clear_alone = {(True, True, False), (False, True, True), (True, False, False)}
        parts.append(
            "".join(text for text, is_shown in zip(texts, shown, strict=True) if is_shown or shown not in clear_alone)
        )
    if date_pattern.time or date_pattern.seconds or day is None:
        parts.append(f"{clock.hour}:{clock.minute:02}" + (f":{clock.second:02}" if date_pattern.seconds else ""))
    return " ".join(parts)
