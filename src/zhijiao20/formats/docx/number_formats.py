"""Write a number as a list label does: （一）, 壹, ①, A, iv and the other formats of Word."""

from __future__ import annotations

from collections.abc import Callable

from zhijiao20.core.lazy_regex import lazy_regex

_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS, _LEGAL_POWERS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_TRADITIONAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_ROMAN_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN_SIGNS = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_PADDED = lazy_regex("(0{1,8})1(?:,|$)")


def format_number(number: int, kind: str, custom: str = "") -> str:
    """Return a number in a format of Word (``w:numFmt``); an unknown format gives Arabic digits.

    Args:
        number: the number.
        kind: the name of the format, such as ``chineseCounting``.
        custom: the examples of the format ``custom``, such as ``001, 002, 003, ...``.
    """
    if kind == "custom":
        match = _PADDED.match(custom)
        return str(number).zfill(len(match[1]) + 1) if match else str(number)
    return _FORMATS.get(kind, str)(number)


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


def _legal(digits: str) -> Callable[[int], str]:
    """Return a function that writes numbers as on a cheque: 壹佰零贰."""

    def write(number: int) -> str:
        if not 0 < number < 10_000:
            return str(number)
        text = ""
        for power, digit in zip(reversed(range(len(str(number)))), map(int, str(number)), strict=True):
            if digit:
                text += digits[digit] + _LEGAL_POWERS[power]
            elif not text.endswith(digits[0]):
                text += digits[0]
        return text.rstrip(digits[0])

    return write


def _digit_by_digit(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


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


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def _own_characters(first: str, count: int) -> Callable[[int], str]:
    """Return a function for numbers 1 to ``count`` with characters of their own, such as ①."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number > 0 else str(number)


def _stem_and_branch(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number > 0 else str(number)


_FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "decimalEnclosedCircle": _own_characters("①", 20),
    "decimalEnclosedCircleChinese": _own_characters("①", 20),
    "ideographEnclosedCircle": _own_characters("㊀", 10),
    "decimalEnclosedParen": _own_characters("⑴", 20),
    "decimalEnclosedFullstop": _own_characters("⒈", 20),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "chineseLegalSimplified": _legal(_LEGAL_DIGITS),
    "ideographLegalTraditional": _legal(_TRADITIONAL_DIGITS),
    "ideographDigital": _digit_by_digit("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _digit_by_digit("〇一二三四五六七八九"),
    "taiwaneseDigital": _digit_by_digit("○一二三四五六七八九"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _stem_and_branch,
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
