"""How a message shows the place of a hit: with what stands around it in its paragraph."""

from __future__ import annotations

from zhijiao20.core.display import quote

_WIDTH = 6  # characters to each side, enough to find the place by eye
_LONGEST = 10  # characters by which a number that the edge falls into is made whole: 97.7%, not 7.7%
_NUMBER = "0123456789.%"


def excerpt(text: str, begin: int, end: int, *, left: int = _WIDTH, right: int = _WIDTH) -> str:
    """The stretch with its neighbours, quoted; never further than its paragraph."""
    first, last = max(0, begin - left), min(len(text), end + right)
    first = max(first, text.rfind("\n", first, begin) + 1)
    stop = text.find("\n", end, last)
    last = stop if stop >= 0 else last
    if first < begin and text[first] in _NUMBER:
        head = text[max(0, first - _LONGEST) : first]
        first -= len(head) - len(head.rstrip(_NUMBER))
    if last > end and text[last - 1] in _NUMBER:
        tail = text[last : last + _LONGEST]
        last += len(tail) - len(tail.lstrip(_NUMBER))
    return quote(text[first:last])
