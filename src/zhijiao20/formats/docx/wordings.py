"""Recognize the official wordings in the cells of a table, also with a number before them or an answer behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.wording import fold

_DIGITS = "[一二三四五六七八九十百〇零]"
# In folded text: (1) 1. 1、 1.1 一、 第1项: and the like; ① and ⒈ are folded to 1 and 1.
_NUMBER = lazy_regex(rf"第?[(\[【]?(?:\d{{1,3}}(?:[.-]\d{{1,2}})?|{_DIGITS}{{1,4}})[)\]】]?(?:项|条|号|部分)?[.、:,)]?")
_KEY_LENGTH = 4  # characters at the beginning of a wording by which it is looked up
_FEW_CHARACTERS = 4  # so few behind a wording on its line are a change of the wording, such as 等等
_MIN_TITLE_SIMILARITY = 0.75


class Wording(NamedTuple):
    """An official wording that was recognized.

    Attributes:
        task: the id of the task.
        number: the number that stands before the wording, folded.
        answer: the text that stands behind the wording in the same cell.
    """

    task: str
    number: str = ""
    answer: str = ""


class Wordings:
    """The official wordings of tasks and the titles of chapters and articles, folded for comparison."""

    def __init__(self, catalog: Catalog) -> None:
        self._tasks = {fold(task.text): task.id for task in catalog.tasks.values()}
        self._by_key: dict[str, list[str]] = {}
        for folded in sorted(self._tasks, key=len, reverse=True):
            self._by_key.setdefault(folded[:_KEY_LENGTH], []).append(folded)
        titles = [title for task in catalog.tasks.values() for title in (task.chapter, task.article)]
        self._titles = {fold(title): title for title in dict.fromkeys(titles)}
        self._bare_titles = {_without_number(folded)[1] for folded in self._titles}

    def recognize(self, folded: str, text: str) -> Wording | None:
        """Return the official wording of a cell, or None.

        Args:
            folded: the text of the cell, folded.
            text: the text of the cell.
        """
        if folded in self._tasks:
            return Wording(self._tasks[folded])
        number, rest = _without_number(folded)
        if number and rest in self._tasks:
            return Wording(self._tasks[rest], number)
        for prefix, remaining in (("", folded), (number, rest)):
            wording = self._beginning(remaining)
            answer = _after(text, len(prefix) + len(wording)) if wording else ""
            if wording and ("\n" in answer or len(answer.strip()) > _FEW_CHARACTERS) and answer.strip():
                return Wording(self._tasks[wording], prefix, answer.strip())
        return self._first_line(text)

    def _beginning(self, folded: str) -> str | None:
        """Return the longest wording with its full stop that a text begins with."""
        candidates = self._by_key.get(folded[:_KEY_LENGTH], ())
        return next((wording for wording in candidates if wording[-1:] == "." and folded.startswith(wording)), None)

    def _first_line(self, text: str) -> Wording | None:
        """Return the wording that stands alone on the first line, perhaps without its full stop."""
        line, _, answer = text.lstrip().partition("\n")
        if not answer.strip():
            return None
        folded = fold(line[:_LINE_LIMIT])
        for number, rest in (("", folded), _without_number(folded)):
            for wording in (rest, f"{rest}."):
                if wording in self._tasks:
                    return Wording(self._tasks[wording], number, answer.strip())
        return None

    def is_title(self, folded: str) -> bool:
        """Check whether a folded text is the title of a chapter or an article, with or without its number."""
        return folded in self._titles or _without_number(folded)[1] in self._bare_titles

    def are_titles(self, folded_texts: Iterable[str]) -> bool:
        """Check whether there are texts and all of them are titles; blank ones do not count."""
        texts = [folded for folded in folded_texts if folded]
        return bool(texts) and all(map(self.is_title, texts))

    def similar_title(self, folded: str) -> str | None:
        """Return the official title that a folded text is a changed form of."""
        from rapidfuzz.distance import Indel

        scores = (
            (Indel.normalized_similarity(official, folded, score_cutoff=_MIN_TITLE_SIMILARITY), title)
            for official, title in self._titles.items()
        )
        score, title = max(scores, default=(0.0, ""))
        return title if score >= _MIN_TITLE_SIMILARITY else None


_LINE_LIMIT = 400  # the longest wording has 177 characters


def _without_number(folded: str) -> tuple[str, str]:
    """Return the number before a folded text (empty if none) and the text without it."""
    match = _NUMBER.match(folded)
    return (match[0], folded[match.end() :]) if match else ("", folded)


def _after(text: str, folded_length: int) -> str:
    """Return what stands in a text behind its first ``folded_length`` folded characters."""
    counted = 0
    for index, char in enumerate(text):
        if counted >= folded_length:
            return text[index:]
        counted += len(fold(char))
    return ""
