"""Where each character of a scalar stands in a YAML file."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial
from typing import Any

from zhijiao20.core.findings import Place
from zhijiao20.formats.char_positions import LINE_BREAK, CharPosition, LazyPositions, quoted

_HIDDEN = dict.fromkeys(map(ord, "\x85\u2028\u2029"), "\ufffc")  # YAML would break a line there
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SIMPLE = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", " ": " ", "_": "\xa0"}


def char_positions_in_yaml(text: str, places: Collection[Place]) -> dict[Place, LazyPositions]:
    """The characters of the scalars that begin at these places.

    Left out are a text that is folded or written on several lines in quotes, one with escapes that are rarely used, and
    one that an alias repeats elsewhere.
    """
    import yaml
    from yaml.events import ScalarEvent

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[Place, LazyPositions] = {}
    for event in yaml.parse(text.translate(_HIDDEN), Loader=loader):
        if isinstance(event, ScalarEvent):
            mark: Any = event.start_mark
            place = Place(mark.line + 1, mark.column + 1)
            if place in places and event.anchor is None:
                found[place] = partial(_scalar, text, event)
    return found


def _scalar(text: str, event: Any) -> list[CharPosition] | None:  # noqa: ANN401 - PyYAML leaves an event's marks optional
    begin, end = event.start_mark.index, event.end_mark.index
    if event.style == "|":
        return _block(text, begin, event.value.removesuffix("\n").split("\n"))
    source = text[begin:end]
    if event.style == ">" or LINE_BREAK.search(source):
        return None
    if event.style == "'" and source[:1] == "'":
        return quoted(text, begin + 1, end - 1, "'")
    if event.style == '"' and source[:1] == '"':
        return _escaped(text, begin + 1, end - 1)
    return [CharPosition(char, begin + at, begin + at + 1) for at, char in enumerate(source)]


def _block(text: str, mark: int, lines: list[str]) -> list[CharPosition]:
    """The lines of a literal block: each ends a line of its own below the mark, behind the indent."""
    spots: list[CharPosition] = []
    at = _line(text, mark).end()
    for number, line in enumerate(lines):
        match = _line(text, at)
        spots.extend(
            CharPosition(text[index], index, index + 1) for index in range(match.end(1) - len(line), match.end(1))
        )
        if number < len(lines) - 1:
            spots.append(CharPosition("\n", match.end(1), match.end()))
        at = match.end()
    return spots


def _line(text: str, at: int) -> re.Match[str]:
    match = _LINE.match(text, at)
    assert match is not None, "it takes any line"
    return match


def _escaped(text: str, begin: int, end: int) -> list[CharPosition] | None:
    """What stands between double quotes in YAML."""
    spots: list[CharPosition] = []
    at = begin
    while at < end:
        match = _ESCAPE.match(text, at, end)
        char = _meant(match) if match else text[at]
        if char is None:
            return None
        spots.append(CharPosition(char, at, match.end() if match else at + 1))
        at = spots[-1].end
    return spots


def _meant(escape: re.Match[str]) -> str | None:
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)) if code else _SIMPLE.get(escape[4])
