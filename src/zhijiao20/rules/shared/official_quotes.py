"""Quotations of the official wording: nobody's own words, never linted."""

from __future__ import annotations

import re
from functools import lru_cache

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.wording import fold

_ENDS = "，。；：！？\n“”《》（）()"
_RIGHT = re.compile(f"[^{_ENDS}]*")
_SHORTEST = 10  # characters of a clause that is a quotation rather than a coincidence


class OfficialQuotes:
    """Knows whether a stretch of a text is a clause of the official wording."""

    def __init__(self, catalog: Catalog) -> None:
        tasks = catalog.tasks.values()
        parts = {catalog.title, *(task.chapter for task in tasks), *(task.article for task in tasks)}
        clauses = re.split(f"[{_ENDS}]", "\n".join([*parts, *(task.text for task in tasks)]))
        self._reach = 2 * max(map(len, clauses))  # white space may be put into a quotation, not without end
        self._wording = "\n".join(fold(part) for part in [*sorted(parts), *(task.text for task in tasks)])
        self._known = lru_cache(maxsize=10_000)(self._quoted)

    def quoted(self, text: str, begin: int, end: int) -> bool:
        """Whether the clause around a stretch stands in the official wording, white space and width aside."""
        low, high = max(0, begin - self._reach), min(len(text), end + self._reach)
        first = max(text.rfind(mark, low, begin) for mark in _ENDS) + 1 or low
        right = _RIGHT.match(text, end, high)
        last = right.end() if right else end
        endless = (first == low > 0 and text[low - 1] not in _ENDS) or (
            last == high < len(text) and text[high] not in _ENDS
        )
        return not endless and self._known(text[first:last])

    def _quoted(self, clause: str) -> bool:
        folded = fold(clause)
        return len(folded) >= _SHORTEST and folded in self._wording
