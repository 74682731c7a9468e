"""Where each character of a text stands in its file: what changing a file in place needs.

Only what is certain is told.  The reader's own result decides: whoever changes a file reads it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias


class CharPosition(NamedTuple):
    """A character of a value, and which stretch of the file's text says it."""

    char: str
    begin: int
    end: int


LazyPositions: TypeAlias = Callable[[], list[CharPosition] | None]
"""The characters of a value once they are asked for: those of all values at once would fill the memory."""

LINE_BREAK = re.compile(r"\r\n|\r|\n")


def quoted(text: str, begin: int, end: int, mark: str) -> list[CharPosition]:
    """What stands between quotes that are written twice where they are meant."""
    spots: list[CharPosition] = []
    at = begin
    while at < end:
        width = 2 if text[at] == mark else 1
        spots.append(CharPosition(text[at], at, at + width))
        at += width
    return spots
