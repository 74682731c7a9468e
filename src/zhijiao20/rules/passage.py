"""One entry's text as the rules of ZJ3 to ZJ5 look at it, and what such a rule says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

from zhijiao20.catalog import Task
from zhijiao20.figures import Figure, read
from zhijiao20.findings import Place
from zhijiao20.model import Entry
from zhijiao20.rules.settings import Thresholds

MASK = "\ufffc"
"""What stands for a character that is not the unit's own prose in ``Passage.prose``: in no word, number or sentence."""

# Titles, quotations, addresses.  They may hold anything: what stands in them is somebody else's.  An address is looked
# for at the beginning of a word only: at each of its letters, a word of a million letters would take hours.
_FOREIGN = re.compile(
    r"《[^《》\n]{1,200}》|“[^“”\n]{1,200}”|「[^「」\n]{1,200}」"
    r"|(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.ASCII,
)


class Hit(NamedTuple):
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


class Passage:
    """A text with its task; views that several rules share are worked out once, when first asked for.

    Attributes:
        task: the task it answers.
        entry: the entry it stands in.
        text: the text as it came.
        thresholds: the limits that the rules go by.
    """

    def __init__(self, task: Task, entry: Entry, thresholds: Thresholds) -> None:
        self.task, self.entry, self.thresholds = task, entry, thresholds
        self.text = entry.status

    @cached_property
    def prose(self) -> str:
        """The text, character for character, with titles, quotations and addresses masked."""
        return _FOREIGN.sub(lambda match: MASK * (match.end() - match.start()), self.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of its own prose: what stands in titles, quotations and addresses is no figure of the unit."""
        return read(self.prose)

    def place(self, begin: int) -> Place:
        """Where a character of the text stands: its line and column where the text is a block, else the text's place."""
        start = self.entry.text_place
        if not self.entry.block or start.line is None:
            return start
        above = self.text.count("\n", 0, begin)
        return Place(start.line + 1 + above, self.entry.block + begin - (self.text.rfind("\n", 0, begin) + 1))


TextRule: TypeAlias = Callable[[Passage], Iterable[Hit]]
TextRules: TypeAlias = tuple[tuple[str, TextRule], ...]
"""Code → the rule that yields its hits in order."""

WholeRule: TypeAlias = Callable[[Sequence[Passage]], Iterable[tuple[Passage, Hit]]]
WholeRules: TypeAlias = tuple[tuple[str, WholeRule], ...]
"""Code → the rule that looks at all texts of a unit and yields its hits, each with its text."""
