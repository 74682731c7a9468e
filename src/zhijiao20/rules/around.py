"""How a message shows the place of a hit: with what stands around it in its paragraph."""

from __future__ import annotations

from zhijiao20.findings import quote

_WIDTH = 6  # characters to each side, enough to find the place by eye


def around(text: str, begin: int, end: int, *, left: int = _WIDTH, right: int = _WIDTH) -> str:
    """The stretch with its neighbours, quoted; never further than its paragraph."""
    first, last = max(0, begin - left), min(len(text), end + right)
    first = max(first, text.rfind("\n", first, begin) + 1)
    stop = text.find("\n", end, last)
    return quote(text[first : stop if stop >= 0 else last])
