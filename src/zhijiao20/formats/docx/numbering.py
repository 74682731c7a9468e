"""Compute automatic numbering as Word shows it; the labels are not stored in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from zhijiao20.formats.docx.ooxml import PPR, Element, P, W

_LEVELS = 9
_PATTERN_LIMIT = 60  # characters of a label pattern, such as 第%1条第%2款; those of Word are shorter
_DIGITS = "零一二三四五六七八九"
# Bullets in the fonts Symbol and Wingdings.
_SYMBOLS = {0xB7: "•", 0x6C: "●", 0x6E: "■", 0xA7: "■", 0xD8: "➢", 0xFC: "✓", 0x75: "◆", 0xB2: "★"}


@dataclass(slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The numbered lists of a document, from which the labels of its paragraphs are computed.

    Args:
        numbering: the root of ``numbering.xml``, or None where the document has no lists.
        styles: the root of ``styles.xml``, or None; a style can define the numbering of its paragraphs.
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists = {} if numbering is None else _lists(numbering)
        self._styles = {} if styles is None else _styles(styles)

    def labels(self, document: Element) -> Mapping[Element, str]:
        """Return the label of each numbered paragraph, counted in document order."""
        found: dict[Element, str] = {}
        counters: dict[str, list[int | None]] = {}
        started: set[str] = set()
        for paragraph in document.iter(P) if self._lists else ():
            number, level = self._list_and_level(paragraph)
            numbered = self._lists.get(number)
            if numbered is None or level not in numbered.levels:
                continue
            counts = counters.setdefault(numbered.abstract, [None] * _LEVELS)
            if number not in started:
                started.add(number)
                for restarted, start in numbered.restarts.items():
                    counts[restarted] = start - 1
            current = counts[level]
            counts[level] = numbered.levels[level].start if current is None else current + 1
            counts[level + 1 :] = [None] * (_LEVELS - level - 1)
            found[paragraph] = _label(numbered.levels, level, counts)
        return found

    def _list_and_level(self, paragraph: Element) -> tuple[str, int]:
        """Return the list id and level of a paragraph: its own, or those of its style.

        List id 0 means no numbering.
        """
        style = paragraph.find(f"{PPR}/{W}pStyle")
        inherited = self._styles.get(style.get(f"{W}val", "") if style is not None else "", ("", 0))
        return _resolve_numbering(paragraph.find(PPR), inherited)


def _lists(root: Element) -> dict[str, _List]:
    abstracts = {
        abstract.get(f"{W}abstractNumId", ""): dict(map(_level, abstract.findall(f"{W}lvl")))
        for abstract in root.findall(f"{W}abstractNum")
    }
    found: dict[str, _List] = {}
    for number in root.findall(f"{W}num"):
        abstract = _value(number.find(f"{W}abstractNumId"))
        numbered_list = _List(abstract, dict(abstracts.get(abstract, {})))
        for override in number.findall(f"{W}lvlOverride"):
            index = _integer(override.get(f"{W}ilvl", ""), 0)
            if (level := override.find(f"{W}lvl")) is not None:
                numbered_list.levels[index] = _level(level)[1]
            if (start := override.find(f"{W}startOverride")) is not None and index < _LEVELS:
                numbered_list.restarts[index] = _integer(_value(start), 1)
        found[number.get(f"{W}numId", "")] = numbered_list
    return found


def _level(element: Element) -> tuple[int, _Level]:
    index = min(_integer(element.get(f"{W}ilvl", ""), 0), _LEVELS - 1)
    kind = _value(element.find(f"{W}numFmt")) or "decimal"
    text = _value(element.find(f"{W}lvlText"))[:_PATTERN_LIMIT]
    return index, _Level(_integer(_value(element.find(f"{W}start")), 1), kind, text)


def _styles(root: Element) -> dict[str, tuple[str, int]]:
    styles = {style.get(f"{W}styleId", ""): style for style in root.findall(f"{W}style")}
    found: dict[str, tuple[str, int]] = {}
    for name in styles:
        chain: dict[str, None] = {}
        current = name
        while current in styles and current not in found and current not in chain:
            chain[current] = None
            current = _value(styles[current].find(f"{W}basedOn"))
        numbered = found.get(current, ("", 0))
        for ancestor in reversed(chain):
            found[ancestor] = numbered = _resolve_numbering(styles[ancestor].find(PPR), numbered)
    return found


def _resolve_numbering(properties: Element | None, inherited: tuple[str, int]) -> tuple[str, int]:
    own = properties.find(f"{W}numPr") if properties is not None else None
    if own is None:
        return inherited
    number, level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
    return (
        inherited[0] if number is None else _value(number),
        inherited[1] if level is None else min(_integer(_value(level), 0), _LEVELS - 1),
    )


def _label(levels: Mapping[int, _Level], level: int, counts: list[int | None]) -> str:
    def format_count(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        counted_level = levels.get(index, _Level())
        current = counts[index]
        return _FORMATS.get(counted_level.kind, str)(counted_level.start if current is None else current)

    shown = levels[level]
    if shown.kind == "bullet":
        return "".join(
            _SYMBOLS.get(ord(char) - 0xF000, "•") if "\uf000" <= char <= "\uf0ff" else char for char in shown.text
        )
    return "" if shown.kind == "none" else re.sub("%([1-9])", format_count, shown.text)


def _chinese(number: int) -> str:
    if number >= 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")


def _letters(number: int) -> str:
    """Return a letter label as in Word: A … Z, AA, BB …."""
    return chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9) if number > 0 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, sign in zip(_ROMAN_VALUES, _ROMAN_SIGNS, strict=True):
        text += sign * (number // value)
        number %= value
    return text


_ROMAN_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN_SIGNS = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")


def _own_characters(first: str, count: int) -> Callable[[int], str]:
    """Return a function for numbers 1 to ``count`` with characters of their own, such as ①."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number > 0 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalEnclosedCircle": _own_characters("①", 20),
    "decimalEnclosedCircleChinese": _own_characters("①", 20),
    "decimalEnclosedParen": _own_characters("⑴", 20),
    "decimalEnclosedFullstop": _own_characters("⒈", 20),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _integer(text: str, default: int) -> int:
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else default
