"""Excerpt of a text around a match, for messages."""

from __future__ import annotations

from zhijiao20.core.display import quote

_WIDTH = 6  # characters on each side, enough for a user to find the place
_NUMBER_LIMIT = 10  # characters added at most to complete a number that the edge would cut: 97.7%, not 7.7%
_NUMBER_CHARACTERS = "0123456789.%"


def excerpt(text: str, begin: int, end: int, *, left: int = _WIDTH, right: int = _WIDTH) -> str:
    """Return a part of a text with its context, in quotation marks, within its paragraph.

    Args:
        text: the text.
        begin: where the part begins.
        end: where it ends.
        left: characters of context before it.
        right: characters of context after it.
    """
    first, last = max(0, begin - left), min(len(text), end + right)
    first = max(first, text.rfind("\n", first, begin) + 1)
    line_end = text.find("\n", end, last)
    last = line_end if line_end >= 0 else last
    if first < begin and text[first] in _NUMBER_CHARACTERS:
        preceding = text[max(0, first - _NUMBER_LIMIT) : first]
        first -= len(preceding) - len(preceding.rstrip(_NUMBER_CHARACTERS))
    if last > end and text[last - 1] in _NUMBER_CHARACTERS:
        following = text[last : last + _NUMBER_LIMIT]
        last += len(following) - len(following.lstrip(_NUMBER_CHARACTERS))
    return quote(text[first:last])
