"""Locate the characters of cells in a CSV file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial

from zhijiao20.core.findings import Place
from zhijiao20.formats.char_positions import LINE_BREAK, CharPosition, LazyPositions, quoted


def char_positions_in_csv(text: str, delimiter: str, places: Collection[Place]) -> dict[Place, LazyPositions]:
    """Return the characters of the cells at the given places, computed on demand.

    A place is the line where a row begins and the number of the field.  The text must be one that the reader accepts,
    so that its quotes match.
    """
    found: dict[Place, LazyPositions] = {}
    for place, begin, end in _cells(text, delimiter):
        if place in places:
            found[place] = partial(_cell, text, begin, end)
    return found


def _cell(text: str, begin: int, end: int) -> list[CharPosition]:
    if text[begin : begin + 1] == '"':
        return quoted(text, begin + 1, end - 1, '"')
    return [CharPosition(text[at], at, at + 1) for at in range(begin, end)]


def _cells(text: str, delimiter: str) -> Iterator[tuple[Place, int, int]]:
    """Yield the place, start index and end index (exclusive) of every cell, quotes included."""
    plain = rf"[^{re.escape(delimiter)}\r\n]*"
    cell = re.compile(rf'("(?:[^"]++|"")*+"|{plain})({re.escape(delimiter)}|\r\n|\r|\n|\Z)')
    at, line, row, column = 0, 1, 1, 1
    while at < len(text) and (match := cell.match(text, at)):
        yield Place(row, column), match.start(1), match.end(1)
        line += len(LINE_BREAK.findall(match[0]))
        at = match.end()
        row, column = (row, column + 1) if match[2] == delimiter else (line, 1)
