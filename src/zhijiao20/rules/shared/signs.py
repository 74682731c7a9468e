"""Signs without which a rule finds nothing, looked for in all texts of a unit at once.  Pure: no I/O."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from zhijiao20.rules.shared.passage import Passage

Sign: TypeAlias = Callable[[str], Iterable[int]]
"""Function that returns the offsets of a sign in a text; more than those that matter, in any order."""

_SEPARATOR = "\0"


def sign_of(pattern: str | re.Pattern[str]) -> Sign:
    """Return the sign that a pattern matches.  A pattern that begins with a set of rare characters is fast."""
    compiled = re.compile(pattern)
    return lambda text: [match.start() for match in compiled.finditer(text)]


class JoinedTexts:
    """Texts of several passages, joined: searching them at once takes less time than searching each one.

    Args:
        passages: the passages.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._text = _SEPARATOR.join([passage.text for passage in passages])
        self._begins: list[int] = []

    def having(self, sign: Sign) -> Iterator[Passage]:
        """Yield the passages whose texts have a sign, in order."""
        offsets = sign(self._text)
        if offsets:
            begins = self._find_begins()
            for index in sorted({bisect_right(begins, offset) - 1 for offset in offsets}):
                yield self._passages[index]

    def _find_begins(self) -> list[int]:
        """Return the offset at which each text begins."""
        if not self._begins:
            at = 0
            for passage in self._passages:
                self._begins.append(at)
                at += len(passage.text) + len(_SEPARATOR)
        return self._begins
