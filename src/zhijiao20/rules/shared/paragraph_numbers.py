"""Parse the 层次序数 (numbers of headings and list items) at the beginning of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex

CHINESE = "一二三四五六七八九十"
"""Chinese numerals of the first two levels."""

PARAGRAPH_NUMBER = lazy_regex(
    f"[ \t\u3000]*(?:(?P<one>[{CHINESE}]{{1,3}})[、.．](?![{CHINESE}])"
    f"|[（(](?P<two>[{CHINESE}]{{1,3}})[）)]"
    r"|(?P<three>[0-9]{1,2})[、.．](?![0-9])"
    r"|[（(](?P<four>[0-9]{1,2})[）)]"
    "|(?P<five>[①-⑳]))"
)
"""Number at the beginning of a paragraph, in any style; the group is the level."""

LEVELS = ("one", "two", "three", "four", "five")
"""Group names of the five levels, from the highest: 一、 → （一） → 1. → （1） → ①."""

FIRST = frozenset(f" \t\u3000（(0123456789{CHINESE}①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""Characters that a numbered paragraph may begin with."""


class ParagraphNumber(NamedTuple):
    """Number at the beginning of a paragraph.

    Attributes:
        level: 0 for 一、 to 4 for ①.
        number: its value.
        paragraph: the index of its paragraph, from 0.
        begin: the offset in the text at which it begins, without its opening bracket.
        end: the offset at which it ends, with its punctuation.
    """

    level: int
    number: int
    paragraph: int
    begin: int
    end: int


def starts(text: str) -> Iterator[tuple[int, int]]:
    """Yield index and offset of each paragraph that may begin with a number."""
    begin, paragraph = 0, 0
    while True:
        if text[begin : begin + 1] in FIRST:
            yield paragraph, begin
        begin = text.find("\n", begin) + 1
        if not begin:
            return
        paragraph += 1


def find_numbers(text: str) -> Iterator[ParagraphNumber]:
    """Yield the numbers at the beginning of the paragraphs of a text."""
    for paragraph, begin in starts(text):
        if match := PARAGRAPH_NUMBER.match(text, begin):
            level = LEVELS.index(str(match.lastgroup))
            written = match[level + 1]
            yield ParagraphNumber(level, value(written), paragraph, match.start(level + 1), match.end())


def value(written: str) -> int:
    """Return the value of a number: ``12``, ``十二`` or ``⑫``."""
    if written[0] in CHINESE:
        tens, ten_sign, ones = written.rpartition("十")
        return (CHINESE.find(tens) + 1 or 1) * 10 * bool(ten_sign) + (CHINESE.find(ones) + 1 if ones else 0)
    return ord(written) - ord("①") + 1 if written >= "①" else int(written)
