"""Source map of a status file: the position of every character of a value, for editing the file in place.

Positions are given only where they are certain.  The caller reads the edited file again to verify the result.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from zhijiao20.core.lazy_regex import lazy_regex


class CharPosition(NamedTuple):
    """A character of a value, and the range of the file's text that encodes it."""

    char: str
    begin: int
    end: int


LazyPositions: TypeAlias = Callable[[], list[CharPosition] | None]
"""Function that computes the characters of one value on demand: those of all values would not fit in memory.

It returns None if the positions are not certain.
"""

LINE_BREAK = lazy_regex(r"\r\n|\r|\n")


def quoted(text: str, begin: int, end: int, mark: str) -> list[CharPosition]:
    """Return the characters between two quotes; a doubled quote is one character."""
    positions: list[CharPosition] = []
    at = begin
    while at < end:
        width = 2 if text[at] == mark else 1
        positions.append(CharPosition(text[at], at, at + width))
        at += width
    return positions
