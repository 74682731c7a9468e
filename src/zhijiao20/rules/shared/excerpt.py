"""Excerpt of a text around a match, for messages."""

from __future__ import annotations

from zhijiao20.core.display import quote

_CLAUSE_LIMIT = 14  # characters on each side within which a clause ends: a whole clause cuts no word in half
_WIDTH = 8  # characters on each side of a longer clause, enough for a user to find the place
_NUMBER_LIMIT = 10  # characters added at most to complete a number that the edge would cut: 97.7%, not 7.7%
_NUMBER_CHARACTERS = "0123456789.%"
_MARKS = frozenset("，。；：！？、,;:!?（）()\n")
_CUT = "…"


def excerpt(text: str, begin: int, end: int, *, left: int = _CLAUSE_LIMIT, right: int = _CLAUSE_LIMIT) -> str:
    """Return a part of a text with the rest of its clause, in quotation marks; a longer clause is cut with “…”.

    Args:
        text: the text.
        begin: where the part begins.
        end: where it ends.
        left: characters of context before it.
        right: characters of context after it.
    """
    first, last = _first(text, begin, left), _last(text, end, right)
    before = _CUT if left and first and text[first - 1] not in _MARKS else ""
    after = _CUT if right and last < len(text) and text[last] not in _MARKS else ""
    return quote(f"{before}{text[first:last]}{after}")


def shortened(text: str, limit: int) -> str:
    """Return a text of at most so many characters on one line, with “…” for what is cut at its end."""
    line = text.replace("\n", " ")
    return line if len(line) <= limit else line[: limit - 1] + _CUT


def _first(text: str, begin: int, width: int) -> int:
    """Return where the context before a part begins: at its clause, or a few characters before the part."""
    limit = max(0, begin - width)
    for at in range(begin, limit, -1):
        if text[at - 1] in _MARKS:
            return at
    if not limit or text[limit - 1] in _MARKS:
        return limit
    first = max(limit, begin - _WIDTH)
    preceding = text[max(0, first - _NUMBER_LIMIT) : first]
    cuts_number = first < begin and text[first] in _NUMBER_CHARACTERS
    return first - (len(preceding) - len(preceding.rstrip(_NUMBER_CHARACTERS))) if cuts_number else first


def _last(text: str, end: int, width: int) -> int:
    """Return where the context after a part ends."""
    limit = min(len(text), end + width)
    for at in range(end, limit):
        if text[at] in _MARKS:
            return at
    if limit == len(text) or text[limit] in _MARKS:
        return limit
    last = min(limit, end + _WIDTH)
    following = text[last : last + _NUMBER_LIMIT]
    cuts_number = last > end and text[last - 1] in _NUMBER_CHARACTERS
    return last + (len(following) - len(following.lstrip(_NUMBER_CHARACTERS)) if cuts_number else 0)
