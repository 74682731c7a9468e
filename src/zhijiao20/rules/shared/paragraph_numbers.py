"""层次序数 at the beginning of a paragraph: which level and number it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

CHINESE = "一二三四五六七八九十"
"""The numerals of the first two levels."""

_LEAD = re.compile(
    f"[ \t\u3000]*(?:(?P<one>[{CHINESE}]{{1,3}})[、.．](?![{CHINESE}])"
    f"|[（(](?P<two>[{CHINESE}]{{1,3}})[）)]"
    r"|(?P<three>[0-9]{1,2})[、.．](?![0-9])"
    r"|[（(](?P<four>[0-9]{1,2})[）)]"
    "|(?P<five>[①-⑳]))"
)
LEVELS = ("one", "two", "three", "four", "five")
"""一、 → （一） → 1. → （1） → ①."""

FIRST = frozenset(f" \t\u3000（(0123456789{CHINESE}①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""What a paragraph that a number leads may begin with."""


class Lead(NamedTuple):
    """The number that leads a paragraph.

    Attributes:
        level: 0 for 一、 to 4 for ①.
        number: its value.
        paragraph: which paragraph it leads, from 0.
        begin: where it begins in the text.
        end: where it ends.
    """

    level: int
    number: int
    paragraph: int
    begin: int
    end: int


def starts(text: str) -> Iterator[tuple[int, int]]:
    """Number and beginning of each paragraph that may be led by a number."""
    begin, paragraph = 0, 0
    while True:
        if text[begin : begin + 1] in FIRST:
            yield paragraph, begin
        begin = text.find("\n", begin) + 1
        if not begin:
            return
        paragraph += 1


def leads(text: str) -> Iterator[Lead]:
    """The numbers that lead the paragraphs of a text."""
    for paragraph, begin in starts(text):
        if match := _LEAD.match(text, begin):
            level = LEVELS.index(str(match.lastgroup))
            written = match[level + 1]
            yield Lead(level, value(written), paragraph, match.start(level + 1), match.end())


def value(written: str) -> int:
    """What a number says: ``12``, ``十二`` or ``⑫``."""
    if written[0] in CHINESE:
        tens, ten, ones = written.rpartition("十")
        return (CHINESE.find(tens) + 1 or 1) * 10 * bool(ten) + (CHINESE.find(ones) + 1 if ones else 0)
    return ord(written) - ord("①") + 1 if written >= "①" else int(written)
