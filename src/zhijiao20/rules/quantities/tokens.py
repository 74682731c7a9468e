"""What the reader stops at: the marks that part clauses, and the numbers with all that belongs to them."""

from __future__ import annotations

import re

from zhijiao20.rules.quantities.numerals import DIGITS
from zhijiao20.rules.quantities.units import LONG, SHORT

MARKS = frozenset("。！？；;\n，,、：:（）()")
"""What parts clauses."""

ENDS = frozenset("。！？；;\n")
"""What parts sentences."""

BEGINS = rf"[\d{''.join(DIGITS)}十百千万半]"
"""What a figure may begin with, as a part of an expression."""

_MARK = "".join(sorted(MARKS))
_DIGIT = "".join(DIGITS)
_NUMERAL = f"[{_DIGIT}十百千万亿半]{{0,16}}(?:点[{_DIGIT}]{{1,16}})?"  # no office counts further than 16 characters
_NUMBER = r"\d+(?:[.．]\d+)?"
_UNIT = f"(?:{LONG}|[{SHORT}])"
_MONTH, _DAY = "[一二三四五六七八九十]{1,2}月", "(?:[一二三四五六七八九十]{1,3}[日号])?"

_ARABIC = (
    r"((?:\d{0,2}(?:[, \u00a0]\d{3})+(?!\d)|\d*)(?:[.．]\d+)?)"
    r"(?:([%％‰]|[万亿]?(?:个?月|人次|元|[人年天日周个名所家项倍])|[万亿])?[ ]?([—－\-～~–至]{1,2}|[∶:：比])[ ]?"
    rf"({_NUMBER}))?"
    r"(?:[ ]?([%％‰])"
    r"|([ ]?年[ ]?\d{1,2}[ ]?月(?:[ ]?\d{1,2}[ ]?[日号])?|[ ]?月(?:[ ]?\d{1,2}[ ]?[日号])?)"
    rf"|[ ]?([十百千]?万|万?亿|[百千])?([余多几])?[ ]?({_UNIT}))?"
)
_CHINESE = (
    rf"({_NUMERAL})(?:分之({_NUMBER}|[{_DIGIT}十百千]{_NUMERAL})"
    r"|(成半?)(?![员立果为功就长本年绩效品熟分])"
    rf"|(年{_MONTH}{_DAY}|月{_DAY})"
    rf"|([余多几])?({_UNIT})|(?<=一半)())?"
)

# The first character is taken by one set, so that the engine skips at full speed what is neither mark nor number.
TOKEN = re.compile(
    rf"[{_MARK}\d{_DIGIT}十百千万半](?:(?<=[{_MARK}])|(?<=\d){_ARABIC}|(?<=[{_DIGIT}十百千万半]){_CHINESE})"
)
"""A mark, or a number: with groups 1–9 where it is written in digits, 10–16 where in numerals."""

NO_TAIL = frozenset({1, 10})
"""The last group of a number that nothing follows which would make it a figure."""

FIRST_OF_NUMERAL = 10
