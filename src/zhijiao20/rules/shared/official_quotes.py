"""Quotations of the official wording in a text: not the unit's own words, so matches in them are not reported."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.wording import fold

_CLAUSE_ENDS = "，。；：！？\n“”《》（）()"
_CLAUSE_REST = lazy_regex(f"[^{_CLAUSE_ENDS}]*")
_SHORTEST = 10  # characters: a shorter clause may agree by coincidence


class OfficialQuotes:
    """Clauses of the official wording, against which parts of a text are tested."""

    def __init__(self, catalog: Catalog) -> None:
        tasks = catalog.tasks.values()
        titles = {catalog.title, *(task.chapter for task in tasks), *(task.article for task in tasks)}
        self._texts = [*sorted(titles), *(task.text for task in tasks)]
        self._cached_test = lru_cache(maxsize=10_000)(self._is_quotation)

    @cached_property
    def _search_limit(self) -> int:
        clauses = re.split(f"[{_CLAUSE_ENDS}]", "\n".join(self._texts))
        return 2 * max(map(len, clauses))  # a quotation may contain additional white space

    @cached_property
    def _wording(self) -> str:
        return "\n".join(map(fold, self._texts))

    def quoted(self, text: str, begin: int, end: int) -> bool:
        """Check whether the clause around a part of a text occurs in the official wording.

        White space and character width are ignored.  A clause without an end within the search limit is no quotation.
        """
        search_begin, search_end = max(0, begin - self._search_limit), min(len(text), end + self._search_limit)
        clause_begin = max(text.rfind(mark, search_begin, begin) for mark in _CLAUSE_ENDS) + 1 or search_begin
        rest = _CLAUSE_REST.match(text, end, search_end)
        clause_end = rest.end() if rest else end
        too_long = (clause_begin == search_begin > 0 and text[search_begin - 1] not in _CLAUSE_ENDS) or (
            clause_end == search_end < len(text) and text[search_end] not in _CLAUSE_ENDS
        )
        return not too_long and self._cached_test(text[clause_begin:clause_end])

    def _is_quotation(self, clause: str) -> bool:
        folded = fold(clause)
        return len(folded) >= _SHORTEST and folded in self._wording
