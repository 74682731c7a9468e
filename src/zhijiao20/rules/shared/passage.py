"""Text of one entry as the rules of ZJ3 to ZJ5 check it, and the types of rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from zhijiao20.core.catalog import Task
from zhijiao20.core.findings import Place
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Entry

if TYPE_CHECKING:
    from functools import cached_property as lazy_property

    from zhijiao20.core.catalog import Catalog
    from zhijiao20.core.findings import Collector, Finding
    from zhijiao20.core.submission import Submission
    from zhijiao20.rules.quantities import Quantity
    from zhijiao20.rules.shared.unit_summary import UnitSummary
else:

    class lazy_property:  # noqa: N801 - replaces functools.cached_property, which takes a lock before Python 3.12
        """Property that is computed on first access and then cached in the instance."""

        def __init__(self, compute: Callable[[Passage], Any]) -> None:
            self.compute, self.name = compute, compute.__name__

        def __get__(self, passage: Passage, owner: type) -> Any:  # noqa: ANN401
            """Compute the value and cache it in the instance dictionary, where later accesses find it."""
            value = passage.__dict__[self.name] = self.compute(passage)
            return value


MASK = "\ufffc"
"""Placeholder in ``Passage.prose`` for a character that is not the unit's own: part of no word, number or sentence."""

# Titles, quotations and addresses: their content is not the unit's own wording.  An e-mail address is matched only at
# the beginning of a word: tested at each letter, a word of a million letters would take hours.
_QUOTATION_PATTERN = r"《[^《》\n]{1,200}》|“[^“”\n]{1,200}”|「[^「」\n]{1,200}」"
_QUOTATION = lazy_regex(_QUOTATION_PATTERN)
_QUOTATION_OR_ADDRESS = lazy_regex(
    rf"{_QUOTATION_PATTERN}|(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII
)

LONG_TEXT = 20_000
"""Texts of more characters do not keep their cached views: the quantities take a hundred times the memory of a text."""

CLAUSES_LIMIT = 1000
"""Characters of a text whose clauses are compared with one another and with those of other texts."""

_CLAUSE_MARKS = "，。；：！？,.;:!?"
_INIT_ATTRIBUTES = frozenset({"task", "entry", "thresholds", "text", "begin", "label", "lines_above"})
COMMON = "一-鿿0-9A-Za-z，。、；：！？（）“”《》〔〕％%.\n"
"""Characters that most texts consist of, for character sets; rules about others can skip these texts."""

_COMMON_CHARACTERS = lazy_regex(f"[{COMMON}]*+")


class TextMatch(NamedTuple):
    """Part of a text that a rule reports.

    Attributes:
        begin: the offset in ``Passage.text`` at which the part begins.
        end: the offset at which it ends.
        message: what is wrong, with a quotation of the part.
        hint: what the user should do.
        fix: the replacement for the part, for fixable rules only.
    """

    begin: int
    end: int
    message: str
    hint: str
    fix: str | None = None


def _mask(match: re.Match[str]) -> str:
    return MASK * (match.end() - match.start())


class Passage:
    """Text with its task; views that several rules share are computed once, on first access.

    Attributes:
        task: the task that the text belongs to.
        entry: the entry that contains the text.
        text: the unchanged text.
        thresholds: the thresholds of the rules.
        label: the units that it is labelled with in a merged text, or empty.
        begin: its offset in the text of the entry, 0 unless it is labelled.
        lines_above: how many lines of the text of the entry end before it.

    Args:
        task: the task that the text belongs to.
        entry: the entry that contains the text.
        thresholds: the thresholds of the rules.
        part: of the part of the text that is one unit's, label, begin, end and the number of lines above it; None for
            the whole text.
    """

    def __init__(
        self, task: Task, entry: Entry, thresholds: Thresholds, part: tuple[str, int, int, int] | None = None
    ) -> None:
        self.task, self.entry, self.thresholds = task, entry, thresholds
        self.label, self.begin, end, self.lines_above = part or ("", 0, len(entry.status), 0)
        self.text = entry.status[self.begin : end] if part else entry.status

    _clauses_counted = (0, 0)
    """An offset, and how many clauses end before it."""

    @lazy_property
    def prose(self) -> str:
        """Return the text at the same length, with titles, quotations and addresses masked."""
        text = self.text
        if "@" in text or "://" in text or "www." in text:
            return _QUOTATION_OR_ADDRESS.sub(_mask, text)
        return _QUOTATION.sub(_mask, text) if "《" in text or "“" in text or "「" in text else text

    @lazy_property
    def clauses(self) -> list[str]:
        """Return the clauses in the first ``CLAUSES_LIMIT`` characters of the text, without the marks between them."""
        return between_marks(self.text[:CLAUSES_LIMIT]).split()

    @lazy_property
    def repeats_clause(self) -> bool:
        """Check whether a clause occurs twice."""
        return len(self.clauses) > len(set(self.clauses))

    @lazy_property
    def ordinary(self) -> bool:
        """Check whether the text has only common characters: rules about others can skip it."""
        return _COMMON_CHARACTERS.fullmatch(self.text) is not None

    @lazy_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return the quantities of ``prose``, so without those in titles, quotations and addresses."""
        return tuple(chain.from_iterable(map(self.sentence_quantities, range(len(self.sentence_ends)))))

    @lazy_property
    def sentence_ends(self) -> list[int]:
        """Return the offset at which each sentence ends: that of its mark, or the end of the text."""
        prose = self.prose
        if "；" in prose or "\n" in prose or "！" in prose or "？" in prose or ";" in prose:
            return [*[match.start() for match in _sentence_end_pattern().finditer(prose)], len(prose)]
        ends, at = [], prose.find("。")  # a third of the time of the pattern
        while at >= 0:
            ends.append(at)
            at = prose.find("。", at + 1)
        return [*ends, len(prose)]

    @lazy_property
    def offsets(self) -> dict[object, list[int]]:
        """Return the offsets of the signs that were looked for in all texts of a unit at once."""
        return {}

    def sentences(self, offsets: Iterable[int]) -> list[int]:
        """Return the number of each sentence that contains one of some offsets, in order.

        Reading the quantities of some sentences takes less time than reading the whole text, and is enough for most
        texts.
        """
        ends, covered, found = self.sentence_ends, -1, list[int]()
        for offset in sorted(offsets):
            if offset > covered:
                covered = ends[number := bisect_left(ends, offset)]
                found.append(number)
        return found

    def sentence_begin(self, number: int) -> int:
        """Return the offset at which a sentence begins."""
        return self.sentence_ends[number - 1] + 1 if number else 0

    def sentence_quantities(self, number: int) -> tuple[Quantity, ...]:
        """Return the quantities of a sentence, which are read once for all rules."""
        found = self._quantities_read.get(number)
        if found is None:
            ends = self.sentence_ends
            begin = ends[number - 1] + 1 if number else 0
            clause = self._clauses_before(begin) if begin else 0
            found = _reader()(self.prose, begin, ends[number], clause, number)
            self._quantities_read[number] = found
        return found

    @lazy_property
    def _quantities_read(self) -> dict[int, tuple[Quantity, ...]]:
        return {}

    def _clauses_before(self, offset: int) -> int:
        """Return how many clauses end before an offset: how many marks stand before it.

        Sentences are mostly read in order, so the marks are counted from the last sentence on.
        """
        begin, number = self._clauses_counted if self._clauses_counted[0] <= offset else (0, 0)
        number += len(_mark_pattern().findall(self.prose, begin, offset))
        self._clauses_counted = offset, number
        return number

    def forget(self) -> None:
        """Delete the cached views if the text is long."""
        if len(self.text) > LONG_TEXT:
            for name in self.__dict__.keys() - _INIT_ATTRIBUTES:
                del self.__dict__[name]

    def place(self, begin: int) -> Place:
        """Return the place in the file of the character at an offset.

        This is its line and column if the text is a block, otherwise the place of the whole text.
        """
        start = self.entry.text_place
        if not self.entry.block or start.line is None:
            return start
        lines = bisect_left(self._line_ends, begin)
        if lines:
            column = begin - self._line_ends[lines - 1] - 1
        else:  # the line may begin before the text, with its label
            column = begin + self.begin - self.entry.status.rfind("\n", 0, self.begin) - 1
        return Place(start.line + 1 + self.lines_above + lines, self.entry.block + column)

    @lazy_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]


def between_marks(text: str) -> str:
    """Return a text with a space in place of each mark between clauses."""
    for mark in _CLAUSE_MARKS:  # a third of the time of a regular expression
        text = text.replace(mark, " ")
    return text


def passages_of(task: Task, entry: Entry, thresholds: Thresholds) -> list[Passage]:
    """Return the text of an entry as passages: one, or in a merged text one of each unit, without its label 【单位】."""
    if "【" not in entry.status[:10]:  # most texts are of one unit
        return [Passage(task, entry, thresholds)]
    from zhijiao20.core.merged_table import labelled_parts

    passages: list[Passage] = []
    lines = counted = 0
    for label, begin, end in labelled_parts(entry.status):
        lines += entry.status.count("\n", counted, begin)
        counted = begin
        passages.append(Passage(task, entry, thresholds, (label, begin, end, lines)))
    return passages or [Passage(task, entry, thresholds)]


@cache
def _sentence_end_pattern() -> re.Pattern[str]:
    """Compile the pattern of sentence ends; the package of quantities is imported on first use."""
    from zhijiao20.rules.quantities import ENDS

    return re.compile(f"[{''.join(sorted(ENDS))}]")


@cache
def _reader() -> Callable[[str, int, int, int, int], tuple[Quantity, ...]]:
    """Return the function that reads quantities; its package is imported on first use."""
    from zhijiao20.rules.quantities import read

    return read


@cache
def _mark_pattern() -> re.Pattern[str]:
    from zhijiao20.rules.quantities.tokens import MARKS

    return re.compile(f"[{''.join(sorted(MARKS))}]")


TextRule: TypeAlias = Callable[[Passage], Iterable[TextMatch]]
TextRules: TypeAlias = tuple[tuple[str, TextRule], ...]
"""Pairs of a code and its rule, which yields the matches in order."""

AllTextsRule: TypeAlias = Callable[[Sequence[Passage]], Iterable[tuple[Passage, TextMatch]]]
AllTextsRules: TypeAlias = tuple[tuple[str, AllTextsRule], ...]
"""Pairs of a code and its rule, which checks all texts of a unit and yields each match with its text."""

UnitRule: TypeAlias = "Callable[[Submission, Catalog, Collector], None]"
UnitRules: TypeAlias = tuple[tuple[str, UnitRule], ...]
"""Pairs of a code and its rule, which adds findings to the collector."""

CrossUnitRule: TypeAlias = "Callable[[Sequence[UnitSummary]], Iterable[Finding]]"
CrossUnitRules: TypeAlias = tuple[tuple[str, CrossUnitRule], ...]
"""Pairs of a code and its rule, which compares all units of a run, without their texts."""
