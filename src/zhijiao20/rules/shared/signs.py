"""Signs without which a rule finds nothing, looked for in all texts of a unit at once.  Pure: no I/O.

Most texts have no sign of most rules, and most of the time of a review goes into looking for them.  A pattern that
begins with a character is searched for five times as fast as one that begins with a set of characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import TypeAlias

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.passage import Passage

SEPARATOR = "\0"
"""Character before and after each text of ``JoinedTexts``."""


SentenceTest: TypeAlias = Callable[[str, int, int, Sequence[int]], bool]
"""Test of a sentence: its text, where it begins and ends in it, and where matches of a sign are in it, in order."""

_OTHER_ENDS = "。！？；;\n"  # of sentences, as in ``quantities.ENDS``


class JoinedTexts:
    """Texts of several passages, joined: searching them at once takes less time than searching each one.

    Attributes:
        passages: the passages.

    Args:
        passages: the passages.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self._text = self._prose = ""
        self._begins: list[int] = []
        self._sentence_ends: list[int] = []
        self._found: dict[Sign, Iterable[Passage]] = {}

    @property
    def text(self) -> str:
        """Return the texts, each one between separators."""
        if not self._text:
            self._text = SEPARATOR.join(["", *[passage.text for passage in self.passages], ""])
        return self._text

    @property
    def prose(self) -> str:
        """Return the texts with titles, quotations and addresses masked, each one between separators."""
        if not self._prose:
            self._prose = SEPARATOR.join(["", *[passage.prose for passage in self.passages], ""])
        return self._prose

    def having(self, sign: Sign) -> Iterable[Passage]:
        """Return the passages that may have a sign, in order."""
        found = self._found.get(sign)
        if found is None:
            found = self._found[sign] = self._matching(sign) if isinstance(sign, Pattern) else sign(self)
        return found

    def _matching(self, sign: Pattern) -> list[Passage]:
        """Return the passages of the matches of a sign, and let each one know where its own are."""
        begins, matching = self._find_begins(), dict[int, list[int]]()
        offsets = sign.offsets(self.prose if sign.prose else self.text)
        if offsets and sign.may_count is not None:
            offsets = sign.counting(self.prose, offsets, self._find_sentence_ends())
        for offset in offsets:
            index = bisect_right(begins, offset) - 1  # that of a separator is the passage behind it
            if index in matching:
                matching[index].append(offset - begins[index] - len(SEPARATOR))
            else:
                matching[index] = [offset - begins[index] - len(SEPARATOR)]
        for index, offsets in matching.items():
            self.passages[index].offsets[sign] = offsets
        return [self.passages[index] for index in sorted(matching)]

    def at(self, offsets: Iterable[int]) -> list[Passage]:
        """Return the passages of offsets in the joined texts, in order."""
        begins = self._find_begins()
        return [self.passages[index] for index in sorted({bisect_right(begins, offset) - 1 for offset in offsets})]

    def _find_sentence_ends(self) -> list[int]:
        """Return the offset at which each sentence of ``prose`` ends: that of its mark, or of the separator."""
        if not self._sentence_ends:
            prose = self.prose
            for mark in _OTHER_ENDS:
                prose = prose.replace(mark, SEPARATOR)
            self._sentence_ends = [*accumulate([len(sentence) + 1 for sentence in prose.split(SEPARATOR)], initial=-1)]
        return self._sentence_ends

    def _find_begins(self) -> list[int]:
        """Return the offset of the separator before each text."""
        if not self._begins:
            at = 0
            for passage in self.passages:
                self._begins.append(at)
                at += len(passage.text) + len(SEPARATOR)
        return self._begins


class Pattern:
    """Sign that one of several patterns matches.

    Attributes:
        prose: whether titles, quotations and addresses are masked in the text that is searched.
        may_count: test by characters alone whether the matches in a sentence may count; None if each one does.

    Args:
        patterns: the patterns; each begins with a character, which makes it fast, or with a set of characters.  A
            second character that is fixed makes it slower, unless it is part of a lookahead.
        prose: whether titles, quotations and addresses are masked in the text that is searched.
        may_count: test by characters alone whether the matches in a sentence may count; None if each one does.
    """

    def __init__(self, *patterns: str, prose: bool = False, may_count: SentenceTest | None = None) -> None:
        self.prose, self.may_count = prose, may_count
        self._patterns = [(_first(pattern), lazy_regex(pattern)) for pattern in patterns]

    def offsets(self, text: str) -> list[int]:
        """Return where the patterns match in a text: more often than matters, not in order."""
        return [match.start() for first, regex in self._patterns if first in text for match in regex.finditer(text)]

    def counting(self, text: str, offsets: Sequence[int], ends: Sequence[int]) -> list[int]:
        """Return those of the offsets of a sign that may count, in order.

        Args:
            text: the text.
            offsets: where the patterns match.
            ends: the offset at which each sentence ends.
        """
        if (test := self.may_count) is None:
            return sorted(offsets)
        sentences: dict[int, list[int]] = {}
        for offset in sorted(offsets):
            sentences.setdefault(bisect_left(ends, offset), []).append(offset)
        found: list[int] = []
        for number, inside in sentences.items():
            if test(text, ends[number - 1] + 1 if number else 0, ends[number], inside):
                found += inside
        return found


def _first(pattern: str) -> str:
    """Return the character that a pattern begins with, or an empty string if that is one of a set."""
    return "" if pattern[0] == "[" else pattern[1] if pattern[0] == "\\" else pattern[0]


Sign: TypeAlias = "Pattern | Callable[[JoinedTexts], Iterable[Passage]]"
"""Pattern, or function that returns the passages in which a rule may find something, in order."""


def offsets_of(passage: Passage, sign: Pattern) -> list[int]:
    """Return where a sign is in the prose of a passage, looked for once."""
    offsets = passage.offsets.get(sign)
    if offsets is None:
        offsets = sign.counting(passage.prose, sign.offsets(passage.prose), passage.sentence_ends)
    return offsets


def sentences(passage: Passage, sign: Pattern) -> list[int]:
    """Return the number of each sentence of a passage that has a sign."""
    return passage.sentences(offsets_of(passage, sign))


def any_of(*parts: tuple[str, str]) -> str:
    """Return one pattern for several, each a set of characters and what must be around them.

    Several sets are searched for in the time of one.
    """
    union = "".join(sorted({character for characters, _ in parts for character in characters}))
    return f"[{union}](?:{'|'.join(f'(?<=[{characters}])(?:{rest})' for characters, rest in parts)})"


def each(characters: str, rest: str = "") -> list[str]:
    """Return a pattern for each of several characters, with the same rest."""
    return [re.escape(character) + rest for character in characters]


MARKS_TOGETHER = Pattern(
    "，(?:[，。；：、,; \u3000）》]|(?<=[，。；：、0-9,;（“《\n\u3000 ].)|(?=”[，、；。]))",
    "。(?:[，。；：、 \u3000]|(?<=[，。；：、0-9（“《\n\u3000 ,;！？].)|(?<=[！？。][”’]。))",
    "；(?:[；：、,; \u3000）》]|(?<=[：、0-9（“《\n\u3000 ,;].))",
    "：(?:[：、 \u3000]|(?<=[、 \u3000,;].))",
    "、(?:[、,; \u3000）》]|(?<=[0-9（“《\n\u3000 ,;].)|(?=”[，、；。]))",
    "）(?<=[0-9].)",
    "！(?=！)",
    "？(?=？)",
)
"""A mark right behind another one, or behind a number without a unit: looked for together, for ZJ314 and ZJ415."""
