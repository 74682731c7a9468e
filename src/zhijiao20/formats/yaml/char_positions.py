"""Locate the characters of scalars in a YAML file."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial
from typing import Any

from zhijiao20.core.findings import Place
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.char_positions import LINE_BREAK, CharPosition, LazyPositions, quoted

_MASKED_BREAKS = dict.fromkeys(map(ord, "\x85\u2028\u2029"), "\ufffc")  # YAML treats these as line breaks
_LINE = lazy_regex(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_ESCAPE = lazy_regex(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SIMPLE = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", " ": " ", "_": "\xa0"}


def char_positions_in_yaml(text: str, places: Collection[Place]) -> dict[Place, LazyPositions]:
    """Return the characters of the scalars that begin at the given places, computed on demand.

    Not located are a folded scalar, a quoted one on several lines, one with rarely used escapes, and one with an
    anchor, which an alias may repeat elsewhere.
    """
    import yaml
    from yaml.events import ScalarEvent

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[Place, LazyPositions] = {}
    for event in yaml.parse(text.translate(_MASKED_BREAKS), Loader=loader):
        if isinstance(event, ScalarEvent):
            mark: Any = event.start_mark
            place = Place(mark.line + 1, mark.column + 1)
            if place in places and event.anchor is None:
                found[place] = partial(_scalar, text, event)
    return found


def _scalar(text: str, event: Any) -> list[CharPosition] | None:  # noqa: ANN401 - PyYAML types marks as optional
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
    """Return the characters of a literal block: each file line without its indent."""
    positions: list[CharPosition] = []
    at = _line(text, mark).end()
    for number, line in enumerate(lines):
        match = _line(text, at)
        positions.extend(
            CharPosition(text[index], index, index + 1) for index in range(match.end(1) - len(line), match.end(1))
        )
        if number < len(lines) - 1:
            positions.append(CharPosition("\n", match.end(1), match.end()))
        at = match.end()
    return positions


def _line(text: str, at: int) -> re.Match[str]:
    match = _LINE.match(text, at)
    assert match is not None, "it takes any line"
    return match


def _escaped(text: str, begin: int, end: int) -> list[CharPosition] | None:
    """Decode the characters between double quotes; return None for an unknown escape."""
    positions: list[CharPosition] = []
    at = begin
    while at < end:
        match = _ESCAPE.match(text, at, end)
        char = _decoded(match) if match else text[at]
        if char is None:
            return None
        positions.append(CharPosition(char, at, match.end() if match else at + 1))
        at = positions[-1].end
    return positions


def _decoded(escape: re.Match[str]) -> str | None:
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)) if code else _SIMPLE.get(escape[4])
