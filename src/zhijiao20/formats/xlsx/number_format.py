"""Show numbers and texts as their number format does: sections, literal text, digits, thousands, percent, scale."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex

_SYMBOL = lazy_regex(
    r'"[^"]*"?|\[[^\]]{0,255}\]|[\\!][\s\S]|_[\s\S]|\*[\s\S]|General|G/通用格式|E[-+]|[\s\S]', re.IGNORECASE
)
_CONDITION = lazy_regex(r"\[(<=|>=|<>|<|>|=) {0,20}(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\]", re.ASCII)
_MONEY = lazy_regex(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]*)?\]")
_IGNORED = lazy_regex(
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|(?:color|颜色) *[0-9]+|[黑蓝青绿红白黄]色?|洋红|[<>=].*)\]",
    re.IGNORECASE,
)
_EXACT = Context(prec=200)  # a section and a number have less places
_LENGTH_LIMIT = 120  # characters of a format for numbers; that of accounting has 80
_SYMBOLS_LIMIT = 40  # symbols of a section; each cell takes time for each of them
_DIGITS = {"[dbnum1]": "〇一二三四五六七八九", "[dbnum2]": "零壹贰叁肆伍陆柒捌玖", "[dbnum3]": "０１２３４５６７８９"}
_GENERAL = {"general", "g/通用格式"}
EXACT_LIMIT = 1e15
"""A number with more digits before its point: Excel keeps 15 significant ones, the others become zeros."""

_PLACED_LIMIT = 1e50  # a larger number has no place for its digits
_PLACES = {"0", "#", "?"}


class Shown(NamedTuple):
    """What a cell shows.

    Attributes:
        text: the text, or the number in full where the format is not understood.
        understood: whether the format is understood.
    """

    text: str
    understood: bool = True


def is_plain(code: str) -> bool:
    """Whether a number format shows a text as it is."""
    return shown_text("x", code) == "x"


def shown_text(text: str, code: str) -> str:
    """Return a text as a number format shows it: in its fourth section, or the last one if that has a place for it."""
    around = _around_text(code)
    return text if around is None else text.join(around)


@lru_cache(maxsize=65_536)  # as many cell styles as are read at most
def _around_text(code: str) -> tuple[str, ...] | None:
    """Return what a number format shows around a text, None where it has no section for texts."""
    sections = _sections(code)
    if len(sections) < 4 and "@" not in sections[-1]:
        return None
    around = [""]
    for symbol in sections[3] if len(sections) > 3 else sections[-1]:
        if symbol == "@":
            around.append("")
        else:
            around[-1] += _literal(symbol)
    return tuple(around)


def shown_number(stored: str, value: float, code: str) -> Shown:
    """Return a number as a number format shows it."""
    general = f"{value:.15g}".upper()
    large = abs(value)
    if large >= _PLACED_LIMIT or (large >= EXACT_LIMIT and stored.lstrip("+-").isdigit()):
        return Shown(stored if value.is_integer() else general)
    if len(code) > _LENGTH_LIMIT:
        return Shown(general, understood=False)
    sections = _sections(code)
    index, absolute = _chosen(sections, value)
    if index is None:  # one section with a condition: all other numbers have no format
        return Shown(general, understood=len(sections) == 1)
    section = sections[index]
    if len(section) > _SYMBOLS_LIMIT:
        return Shown(general, understood=False)
    number = Decimal(general)
    general = stored if large >= EXACT_LIMIT else general
    if not section and len(sections) == 1:
        return Shown(general)
    text = _render(section, abs(number) if absolute else number, general.lstrip("-") if absolute else general)
    return Shown(text) if text else Shown(general, understood=False)


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[tuple[str, ...], ...]:
    found: list[list[str]] = [[]]
    for symbol in _SYMBOL.findall(code):
        if symbol == ";":
            found.append([])
        else:
            found[-1].append(symbol)
    return tuple(map(tuple, found))


def _chosen(sections: tuple[tuple[str, ...], ...], value: float) -> tuple[int | None, bool]:
    """Return the section that a number is shown by, None without one, and whether it is shown without its sign.

    Excel keeps the sign of a number in a section with a condition, but for one that only negative numbers meet.
    """
    numeric = sections[:3] if len(sections) > 3 or "@" not in sections[-1] or len(sections) == 1 else sections[:-1]
    matches = [next(filter(None, map(_CONDITION.fullmatch, section)), None) for section in numeric]
    if not any(matches):
        if value < 0 and len(numeric) > 1:
            return 1, True
        return (2 if value == 0 and len(numeric) > 2 else 0), False
    conditions = [(match[1], float(match[2])) if match else None for match in matches]
    first = conditions[0] or (">", 0.0)  # what Excel assumes
    for index, condition in enumerate([first, *conditions[1:]]):
        if condition is None:
            return index, value < 0 and index == 1 and first[0] in {">", ">="} and first[1] < 0
        if _holds(value, *condition):
            return index, len(numeric) > 1 and _is_negative_only(*condition)
    return None, False


def _is_negative_only(sign: str, other: float) -> bool:
    return (sign == "<" and other <= 0) or (sign in {"<=", "="} and other < 0)


def _holds(value: float, sign: str, other: float) -> bool:
    if sign == "<>":
        return value != other
    return ("=" in sign and value == other) or ("<" in sign and value < other) or (">" in sign and value > other)


def _literal(symbol: str) -> str:
    """Return what a symbol without a meaning of its own shows: nothing for blanks and fillers."""
    if symbol[0] in "_*":
        return ""
    if symbol[0] == '"':
        return symbol.strip('"')
    if symbol[0] in "\\!" and len(symbol) > 1:
        return symbol[1]
    money = _MONEY.fullmatch(symbol)
    return money[1] if money else "" if symbol[0] == "[" else symbol


def _render(section: tuple[str, ...], number: Decimal, general: str) -> str | None:
    """Return a number as a section shows it, None where a symbol of the section is not understood."""
    digits = ""
    for symbol in section:
        if symbol.lower() in _DIGITS:
            digits = _DIGITS[symbol.lower()]
        elif symbol[0] == "[" and not _IGNORED.fullmatch(symbol) and not _MONEY.fullmatch(symbol):
            return None
    words = [symbol.lower() for symbol in section]
    if any((word[:1] == "e" and len(word) == 2) or word == "/" for word in words):
        return None  # scientific notation and fractions
    if any(word in _GENERAL or word == "@" for word in words):
        return (
            None
            if digits
            else "".join(
                general if word in _GENERAL or word == "@" else _literal(symbol)
                for symbol, word in zip(section, words, strict=True)
            )
        )
    text = _fixed([symbol for symbol in section if symbol.lower() not in _DIGITS], number)
    return text.translate(str.maketrans("0123456789", digits)) if digits else text


def _fixed(section: list[str], number: Decimal) -> str:
    """Return a number with its digits in the places of a section."""
    places = [index for index, symbol in enumerate(section) if symbol in _PLACES]
    if not places:
        return ("-" if number < 0 else "") + "".join(map(_literal, section))
    point = section.index(".") if "." in section else len(section)
    whole = [index for index in places if index < point]
    fraction = [index for index in places if index > point]
    last = whole[-1] if whole else -1
    scaling = [
        index
        for index, symbol in enumerate(section)
        if symbol == "," and last < index <= places[-1] + 3 and (index < point or index > places[-1])
    ]
    grouped = any(symbol == "," for symbol in section[whole[0] : last]) if whole else False
    scaled = number.scaleb(2 * section.count("%") - 3 * len(scaling))
    rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, _EXACT)
    front, _, back = format(rounded.copy_abs(), "f").partition(".")
    front = front.lstrip("0")
    shown = _whole_digits(section, whole, front, grouped=grouped) | _fraction_digits(section, fraction, back)
    if not whole:
        shown[point] = f"{front}."
    parts = [
        shown[index] if index in shown else "" if symbol == "," else _literal(symbol)
        for index, symbol in enumerate(section)
    ]
    return ("-" if rounded < 0 else "") + "".join(parts)


def _whole_digits(section: list[str], places: list[int], digits: str, *, grouped: bool) -> dict[int, str]:
    """Return the digits before the decimal point by place: the first place takes all that are left."""
    found: dict[int, str] = {}
    count = 0
    for index in reversed(places):
        taken = digits if index == places[0] else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        taken = taken or ("0" if section[index] == "0" else "")
        text = ""
        for digit in reversed(taken):
            text = digit + ("," if grouped and count and count % 3 == 0 else "") + text
            count += 1
        found[index] = text
    return found


def _fraction_digits(section: list[str], places: list[int], digits: str) -> dict[int, str]:
    """Return the digits after the decimal point by place, without zeros that need not be shown."""
    found: dict[int, str] = {}
    shown = False
    for index, digit in zip(reversed(places), reversed(digits), strict=True):
        shown = shown or digit != "0" or section[index] == "0"
        found[index] = digit if shown else ""
    return found
