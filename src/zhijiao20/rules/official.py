"""Quotations of the official wording: nobody's own words, never linted."""

from __future__ import annotations

import re
from functools import lru_cache

from zhijiao20.catalog import Catalog
from zhijiao20.intake.wording import fold

_ENDS = "，。；：！？\n“”《》（）()"
_LEFT = re.compile(f"[^{_ENDS}]*$")
_RIGHT = re.compile(f"[^{_ENDS}]*")
_SHORTEST = 10  # characters of a clause that is a quotation rather than a coincidence


class Official:
    """Knows whether a stretch of a text is a clause of the official wording."""

    def __init__(self, catalog: Catalog) -> None:
        tasks = catalog.tasks.values()
        parts = {catalog.title, *(task.chapter for task in tasks), *(task.article for task in tasks)}
        self._wording = "\n".join(fold(part) for part in [*sorted(parts), *(task.text for task in tasks)])
        self._known = lru_cache(maxsize=10_000)(self._quoted)

    def quoted(self, text: str, begin: int, end: int) -> bool:
        """Whether the clause around a stretch stands in the official wording, white space and width aside."""
        left, right = _LEFT.search(text, 0, begin), _RIGHT.match(text, end)
        first = left.start() if left else begin
        return self._known(text[first : right.end() if right else end])

    def _quoted(self, clause: str) -> bool:
        folded = fold(clause)
        return len(folded) >= _SHORTEST and folded in self._wording
