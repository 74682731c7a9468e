"""Pattern of the tokens of ``reader``: punctuation marks, and numbers with their units and signs."""

from __future__ import annotations

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities.numerals import DIGITS
from zhijiao20.rules.quantities.units import LONG, LONG_FIRST, SHORT

MARKS = frozenset("。！？；;\n，,、：:（）()")
"""Punctuation marks that end a clause."""

ENDS = frozenset("。！？；;\n")
"""Punctuation marks that end a sentence."""

BEGINS = rf"[\d{''.join(DIGITS)}十百千万半]"
"""Pattern of the first character of a quantity, for use in other patterns."""

_MARK = "".join(sorted(MARKS))
_DIGIT = "".join(DIGITS)
_NUMERAL = (
    f"[{_DIGIT}十百千万亿半]{{0,16}}(?:点[{_DIGIT}]{{1,16}})?"  # no numeral in real texts has more than 16 characters
)
_NUMBER = r"\d+(?:[.．]\d+)?"
_UNIT = f"(?:(?=[{LONG_FIRST}])(?:{LONG})|[{SHORT}])"
_MONTH, _DAY = "[一二三四五六七八九十]{1,2}月", "(?:[一二三四五六七八九十]{1,3}[日号])?"

_ARABIC = (
    r"((?:\d{0,2}(?:[, \u00a0]\d{3})+(?!\d)|\d*)(?:[.．]\d+)?)"
    r"(?:(?=.{0,4}[—－\-～~–至∶:：比])([%％‰]|[万亿]?(?:个?月|人次|元|[人年天日周个名所家项倍])|[万亿])?[ ]?([—－\-～~–至]{1,2}|(?<!年)[∶:：比])[ ]?"
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

# The pattern begins with a single character set, so that the regex engine skips quickly to the next mark or number.
TOKEN = lazy_regex(
    rf"[{_MARK}\d{_DIGIT}十百千万半](?:(?<=[{_MARK}])|(?<=\d){_ARABIC}|(?<=[{_DIGIT}十百千万半]){_CHINESE})"
)
"""Punctuation mark (no group) or number (groups 1 to 9 for digits, 10 to 16 for Chinese numerals).

Groups of a number in digits: remaining digits; percent sign or unit of the first number of a range; sign of a range or
ratio; second number; percent sign; rest of a date; multiplier (万); “more than” (余); unit.
Groups of a Chinese numeral: remaining numeral; numerator of a fraction; tenths (成); rest of a date; “more than” (余);
unit; empty after 一半.
"""

NO_TAIL = frozenset({1, 10})
"""Values of ``lastindex`` for a bare number, which has nothing that makes it a quantity."""

UNIT, FIRST_OF_NUMERAL = 9, 10
"""Numbers of groups: unit of a number in digits, first group of a Chinese numeral."""
