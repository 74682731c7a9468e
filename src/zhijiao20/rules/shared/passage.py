"""One entry's text as the rules of ZJ3 to ZJ5 look at it, and what such a rule says of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from zhijiao20.core.catalog import Task
from zhijiao20.core.findings import Place
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Entry

if TYPE_CHECKING:
    from functools import cached_property as lazy_property

    from zhijiao20.rules.quantities import Quantity
else:

    class lazy_property:  # noqa: N801 - what functools calls so takes a lock each time before Python 3.12
        """A property that is worked out when it is first asked for."""

        def __init__(self, work: Callable[[Passage], Any]) -> None:
            self.work, self.name = work, work.__name__

        def __get__(self, passage: Passage, owner: type) -> Any:  # noqa: ANN401
            """Work it out, and put it where it is found from now on."""
            value = passage.__dict__[self.name] = self.work(passage)
            return value


MASK = "\ufffc"
"""What stands for a character that is not the unit's own prose in ``Passage.prose``: in no word, number or sentence."""

# Titles, quotations, addresses.  They may hold anything: what stands in them is somebody else's.  An address is looked
# for at the beginning of a word only: at each of its letters, a word of a million letters would take hours.
_QUOTED = r"《[^《》\n]{1,200}》|“[^“”\n]{1,200}”|「[^「」\n]{1,200}」"
_QUOTATION = re.compile(_QUOTED)
_FOREIGN = re.compile(rf"{_QUOTED}|(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


LONG = 20_000
"""Characters of a text of which what was worked out is not kept: its figures take a hundred times its room."""

_OWN = frozenset({"task", "entry", "thresholds", "text", "begin", "_sentences"})
_ORDINARY = re.compile("[一-鿿0-9A-Za-z，。、；：！？（）“”《》〔〕％%.\n]*+")


class TextMatch(NamedTuple):
    """What a rule has to say of a stretch of text.

    Attributes:
        begin: where the stretch begins in ``Passage.text``.
        end: where it ends.
        message: what is wrong, quoting it.
        hint: what to do.
        fix: what to put in its place, for mechanical rules only.
    """

    begin: int
    end: int
    message: str
    hint: str
    fix: str | None = None


def _masked(match: re.Match[str]) -> str:
    return MASK * (match.end() - match.start())


class Passage:
    """A text with its task; views that several rules share are worked out once, when first asked for.

    Attributes:
        task: the task it answers.
        entry: the entry it stands in.
        text: the text as it came.
        thresholds: the limits that the rules go by.
        begin: where a sentence begins in the text that it was taken from.
    """

    def __init__(self, task: Task, entry: Entry, thresholds: Thresholds) -> None:
        self.task, self.entry, self.thresholds = task, entry, thresholds
        self.text, self.begin = entry.status, 0
        self._sentences: dict[int, Passage] = {}

    @lazy_property
    def prose(self) -> str:
        """The text, character for character, with titles, quotations and addresses masked."""
        text = self.text
        # Many texts have none of them, and few an address, which is dear to look for: plain searches tell.
        if "@" in text or "://" in text or "www." in text:
            return _FOREIGN.sub(_masked, text)
        return _QUOTATION.sub(_masked, text) if "《" in text or "“" in text or "「" in text else text

    @lazy_property
    def ordinary(self) -> bool:
        """Whether it has no other characters than those of nearly every text: what odd ones mean need not be asked."""
        return _ORDINARY.fullmatch(self.text) is not None

    @lazy_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures of its own prose: what stands in titles, quotations and addresses is no figure of the unit."""
        from zhijiao20.rules.quantities import read

        return read(self.prose)

    def forget(self) -> None:
        """Let go of what was worked out, if the text is long."""
        if len(self.text) > LONG:
            for name in self.__dict__.keys() - _OWN:
                del self.__dict__[name]
            self._sentences.clear()

    def sentences(self, sign: re.Pattern[str]) -> Iterator[Passage]:
        """The sentences that a sign stands in, each as a text of its own between the marks around it.

        To read the figures of a sentence or two is a tenth of the work of reading all; most texts need no more.
        """
        done = 0
        for match in sign.finditer(self.prose):
            at = match.start()
            if at >= done:
                number = bisect_left(self._ends, at)
                done = self._ends[number] + 1 if number < len(self._ends) else len(self.text)
                if number not in self._sentences:
                    self._sentences[number] = self._sentence(self._ends[number - 1] if number else 0, done)
                yield self._sentences[number]

    def _sentence(self, begin: int, end: int) -> Passage:
        sentence = Passage(self.task, self.entry, self.thresholds)
        sentence.text, sentence.prose, sentence.begin = self.text[begin:end], self.prose[begin:end], begin
        return sentence

    @lazy_property
    def _ends(self) -> list[int]:
        """Where its sentences end."""
        return [match.start() for match in _end().finditer(self.prose)]

    def place(self, begin: int) -> Place:
        """Where a character of the text stands: its line and column where the text is a block, else the text's place."""
        start = self.entry.text_place
        if not self.entry.block or start.line is None:
            return start
        above = bisect_left(self._line_ends, begin)
        line = self._line_ends[above - 1] + 1 if above else 0
        return Place(start.line + 1 + above, self.entry.block + begin - line)

    @lazy_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]


@cache
def _end() -> re.Pattern[str]:
    """What a sentence ends with; the figures are not loaded before a text is read for them."""
    from zhijiao20.rules.quantities import ENDS

    return re.compile(f"[{''.join(sorted(ENDS))}]")


TextRule: TypeAlias = Callable[[Passage], Iterable[TextMatch]]
TextRules: TypeAlias = tuple[tuple[str, TextRule], ...]
"""Code → the rule that yields its hits in order."""

AllTextsRule: TypeAlias = Callable[[Sequence[Passage]], Iterable[tuple[Passage, TextMatch]]]
AllTextsRules: TypeAlias = tuple[tuple[str, AllTextsRule], ...]
"""Code → the rule that looks at all texts of a unit and yields its hits, each with its text."""
