"""Signs of the parts of a total, to be looked for in texts.  Pure: no I/O."""

from __future__ import annotations

from zhijiao20.rules.quantities import BEGINS as DIGIT
from zhijiao20.rules.shared.part_leads import BY_CLASS, FIRST_OF_CLASS, MAX_NOUN

_WORDS = r"[^，。；、：\n\0]{0,14}?"
FIGURE = f"{_WORDS}{DIGIT}"
"""Pattern of some words and the first digit of a number behind them."""


def _around(unit: str) -> str:
    """Return the pattern at a comma of a number before it with a unit and perhaps a noun, and of two behind it."""
    total = rf"{DIGIT[:-1]}亿 ](?:{unit}|个)"
    before = "|".join(rf"(?<={total}[^，。；、：（）\n\0]{{{length}}}，)" for length in range(MAX_NOUN + 4))
    return rf"(?:{before})(?=(?:[^。！？；;\n\0]{{1,90}}?{DIGIT}[亿 ]*(?:个?{unit})){{2}})"


_NUMBER = rf"{_WORDS}{DIGIT}[\d.,]*+[十百千万亿]*+"
# The first character of the unit of a class, behind a comma; an ordinal or a year may stand before its number.
_CLASS = rf"(?={BY_CLASS}(?:{_NUMBER}(?![年级月期批类组轮届])|{_NUMBER})[ ]?(?:([人名位])|(?:个(?=[课学]))?([^\d%％])))"
_PERSONS, _THINGS = _around("[人名位]"), _around(r"\2")
CLASS_OF_TOTAL = rf"(?=[{FIRST_OF_CLASS}]){_CLASS}(?(1){_PERSONS}|{_THINGS})"
"""Pattern behind a comma of the first class of a total that stands right before the comma."""
