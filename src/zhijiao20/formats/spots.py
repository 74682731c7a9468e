"""Where each character of a text stands in its file: what changing a file in place needs.

Only what is certain is told.  The reader's own result decides: whoever changes a file reads it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from zhijiao20.core.findings import Place


class Spot(NamedTuple):
    """A character of a value, and which stretch of the file's text says it."""

    char: str
    begin: int
    end: int


Spots: TypeAlias = Callable[[], list[Spot] | None]
"""The characters of a value once they are asked for: those of all values at once would fill the memory."""

_HIDDEN = dict.fromkeys(map(ord, "\x85\u2028\u2029"), "\ufffc")  # YAML would break a line there
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_BREAK = re.compile(r"\r\n|\r|\n")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SIMPLE = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", " ": " ", "_": "\xa0"}


def spots_in_yaml(text: str, places: Collection[Place]) -> dict[Place, Spots]:
    """The characters of the scalars that begin at these places.

    Left out are a text that is folded or written on several lines in quotes, one with escapes that are rarely used, and
    one that an alias repeats elsewhere.
    """
    import yaml
    from yaml.events import ScalarEvent

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[Place, Spots] = {}
    for event in yaml.parse(text.translate(_HIDDEN), Loader=loader):
        if isinstance(event, ScalarEvent):
            mark: Any = event.start_mark
            place = Place(mark.line + 1, mark.column + 1)
            if place in places and event.anchor is None:
                found[place] = partial(_scalar, text, event)
    return found


def _scalar(text: str, event: Any) -> list[Spot] | None:  # noqa: ANN401 - PyYAML leaves an event's marks optional
    begin, end = event.start_mark.index, event.end_mark.index
    if event.style == "|":
        return _block(text, begin, event.value.removesuffix("\n").split("\n"))
    source = text[begin:end]
    if event.style == ">" or _BREAK.search(source):
        return None
    if event.style == "'" and source[:1] == "'":
        return _quoted(text, begin + 1, end - 1, "'")
    if event.style == '"' and source[:1] == '"':
        return _escaped(text, begin + 1, end - 1)
    return [Spot(char, begin + at, begin + at + 1) for at, char in enumerate(source)]


def _block(text: str, mark: int, lines: list[str]) -> list[Spot]:
    """The lines of a literal block: each ends a line of its own below the mark, behind the indent."""
    spots: list[Spot] = []
    at = _line(text, mark).end()
    for number, line in enumerate(lines):
        match = _line(text, at)
        spots.extend(Spot(text[index], index, index + 1) for index in range(match.end(1) - len(line), match.end(1)))
        if number < len(lines) - 1:
            spots.append(Spot("\n", match.end(1), match.end()))
        at = match.end()
    return spots


def _line(text: str, at: int) -> re.Match[str]:
    match = _LINE.match(text, at)
    assert match is not None, "it takes any line"
    return match


def _quoted(text: str, begin: int, end: int, mark: str) -> list[Spot]:
    """What stands between quotes that are written twice where they are meant."""
    spots: list[Spot] = []
    at = begin
    while at < end:
        width = 2 if text[at] == mark else 1
        spots.append(Spot(text[at], at, at + width))
        at += width
    return spots


def _escaped(text: str, begin: int, end: int) -> list[Spot] | None:
    """What stands between double quotes in YAML."""
    spots: list[Spot] = []
    at = begin
    while at < end:
        match = _ESCAPE.match(text, at, end)
        char = _meant(match) if match else text[at]
        if char is None:
            return None
        spots.append(Spot(char, at, match.end() if match else at + 1))
        at = spots[-1].end
    return spots


def _meant(escape: re.Match[str]) -> str | None:
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)) if code else _SIMPLE.get(escape[4])


def spots_in_csv(text: str, delimiter: str, places: Collection[Place]) -> dict[Place, Spots]:
    """The characters of the cells at these places: the line on which a row begins and the number of the field.

    The text is one that the reader took: its quotes match.
    """
    found: dict[Place, Spots] = {}
    for place, begin, end in _cells(text, delimiter):
        if place in places:
            found[place] = partial(_cell, text, begin, end)
    return found


def _cell(text: str, begin: int, end: int) -> list[Spot]:
    if text[begin : begin + 1] == '"':
        return _quoted(text, begin + 1, end - 1, '"')
    return [Spot(text[at], at, at + 1) for at in range(begin, end)]


def _cells(text: str, delimiter: str) -> Iterator[tuple[Place, int, int]]:
    """Every cell with its place, from its first character to behind its last one, quotes included."""
    plain = rf"[^{re.escape(delimiter)}\r\n]*"
    cell = re.compile(rf'("(?:[^"]++|"")*+"|{plain})({re.escape(delimiter)}|\r\n|\r|\n|\Z)')
    at, line, row, column = 0, 1, 1, 1
    while at < len(text) and (match := cell.match(text, at)):
        yield Place(row, column), match.start(1), match.end(1)
        line += len(_BREAK.findall(match[0]))
        at = match.end()
        row, column = (row, column + 1) if match[2] == delimiter else (line, 1)
