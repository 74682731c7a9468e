"""Apply the mechanical rules to a text until they find nothing more: what ``validate --fix`` makes of it.  Pure.

Nothing here depends on the order in which rules are registered: of fixes that overlap the one that begins first wins,
and the others have their turn on the text that it leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.rule_table import FIXABLE
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.core.submission import Entry, Submission, is_blank
from zhijiao20.rules.engine import TEXT_RULES
from zhijiao20.rules.shared.official_quotes import OfficialQuotes
from zhijiao20.rules.shared.passage import Passage, TextRules

_FIRST = ("ZJ411", "ZJ412")  # the other rules look at the text as people read it
_ROUNDS = 20  # every rule is clean after two or three; a bound all the same


class Edit(NamedTuple):
    """A stretch of the text as it came, and what stands there after fixing."""

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One text put right.

    Attributes:
        entry: the entry as it came.
        text: its text after fixing.
        edits: what differs, in order.
        counts: how many places each rule put right.
    """

    entry: Entry
    text: str
    edits: tuple[Edit, ...]
    counts: Counter[str]


@dataclass(slots=True)
class _Draft:
    """A text in the making; of every character it knows which one of the first text it is, -1 for a new one."""

    text: str
    origin: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def apply(self, fixes: list[tuple[Edit, str]]) -> None:
        """Carry out fixes in order that do not overlap; the text is put together once, not for each of them."""
        before = self.origin or list(range(len(self.text)))
        origin: list[int] = []
        parts: list[str] = []
        done = 0
        for (begin, end, text), code in fixes:
            parts += self.text[done:begin], text
            origin += before[done:begin]
            origin += [-1] * len(text)
            self.counts[code] += 1
            done = end
        self.text, self.origin = "".join([*parts, self.text[done:]]), origin + before[done:]

    def edits(self, length: int) -> Iterator[Edit]:
        """What came in the place of what, by the characters of the first text that are still there."""
        new = last = -1
        for index, origin in enumerate([*self.origin, length]):
            if origin >= 0:
                if origin > last + 1 or index > new + 1:
                    yield Edit(last + 1, origin, self.text[new + 1 : index])
                new, last = index, origin


class Corrector:
    """The chosen mechanical rules, made ready once for any number of submissions."""

    def __init__(self, catalog: Catalog, settings: Settings = DEFAULT) -> None:
        self._catalog, self._settings = catalog, settings
        wanted = [(code, rule) for code, rule in TEXT_RULES if code in FIXABLE and settings.wants(code)]
        self._stages: tuple[TextRules, ...] = (
            tuple(rule for rule in wanted if rule[0] in _FIRST),
            tuple(rule for rule in wanted if rule[0] not in _FIRST),
        )
        self._official = OfficialQuotes(catalog)

    def correct(self, submission: Submission) -> Iterator[Correction]:
        """The texts of a submission that can be put right; a waiver or an exception holds here too."""
        settings, unit = self._settings, submission.unit
        excepted = {code for stage in self._stages for code, _ in stage if not settings.wants(code, unit)}
        found = (self._correct(entry, excepted) for entry in submission.entries.values() if not entry.blank)
        yield from (correction for correction in found if correction is not None)

    def _correct(self, entry: Entry, excepted: set[str]) -> Correction | None:
        left_out = excepted | {code for code, reason in entry.waivers.items() if not is_blank(reason)}
        draft = _Draft(entry.status)
        for stage in self._stages:
            rules = tuple(rule for rule in stage if rule[0] not in left_out) if left_out else stage
            rounds = _ROUNDS
            while rounds and (fixes := self._fixes(entry, draft.text, rules)):
                draft.apply(fixes)
                rounds -= 1
        if draft.text == entry.status:
            return None
        return Correction(entry, draft.text, tuple(draft.edits(len(entry.status))), draft.counts)

    def _fixes(self, entry: Entry, text: str, rules: TextRules) -> list[tuple[Edit, str]]:
        """The fixes of one round, none of which overlaps another."""
        passage = Passage(self._catalog.tasks[entry.task], replace(entry, status=text), self._settings.thresholds)
        found = [
            (Edit(hit.begin, hit.end, hit.fix), code)
            for code, rule in rules
            for hit in rule(passage)
            if hit.fix is not None and not self._official.quoted(text, hit.begin, hit.end)
        ]
        chosen: list[tuple[Edit, str]] = []
        for edit, code in sorted(found):
            if not chosen or edit.begin >= chosen[-1][0].end:
                chosen.append((edit, code))
        return chosen
