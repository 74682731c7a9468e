"""Apply the mechanical rules to a text until they find nothing more, for ``validate --fix``. No file access.

The result does not depend on the order in which rules are registered: of overlapping fixes the one that begins first
is applied; the rules are then applied again to the changed text.
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
from zhijiao20.rules.engine import text_rules
from zhijiao20.rules.shared.official_quotes import OfficialQuotes
from zhijiao20.rules.shared.passage import TextRules, passages_of

_FIRST_STAGE = ("ZJ411", "ZJ412")  # the other rules need text without invisible and look-alike characters
_MAX_ROUNDS = 20  # limit; two or three rounds are enough for every rule


class Edit(NamedTuple):
    """A range of the original text, and its replacement."""

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FixedText:
    """A corrected text.

    Attributes:
        entry: the original entry.
        text: its text after fixing.
        edits: the differences, in order.
        counts: rule → number of places fixed.
    """

    entry: Entry
    text: str
    edits: tuple[Edit, ...]
    counts: Counter[str]


@dataclass(slots=True)
class _Draft:
    """A text while it is being fixed.

    Attributes:
        text: the current text.
        origin: the index of each character in the original text, -1 for a new character; empty before the first fix.
        counts: rule → number of places fixed.
    """

    text: str
    origin: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def apply(self, fixes: list[tuple[Edit, str]]) -> None:
        """Apply fixes, which are in order and do not overlap; join the text only once."""
        old_origin = self.origin or list(range(len(self.text)))
        origin: list[int] = []
        parts: list[str] = []
        last_end = 0
        for (begin, end, text), code in fixes:
            parts += self.text[last_end:begin], text
            origin += old_origin[last_end:begin]
            origin += [-1] * len(text)
            self.counts[code] += 1
            last_end = end
        self.text, self.origin = "".join([*parts, self.text[last_end:]]), origin + old_origin[last_end:]

    def edits(self, length: int) -> Iterator[Edit]:
        """Yield the differences from the original text, using the characters that were kept."""
        last_index = last_origin = -1
        for index, origin in enumerate([*self.origin, length]):
            if origin >= 0:
                if origin > last_origin + 1 or index > last_index + 1:
                    yield Edit(last_origin + 1, origin, self.text[last_index + 1 : index])
                last_index, last_origin = index, origin


class TextFixer:
    """The chosen mechanical rules, prepared once for any number of submissions."""

    def __init__(self, catalog: Catalog, settings: Settings = DEFAULT) -> None:
        self._catalog, self._settings = catalog, settings
        wanted = [(code, rule) for code, rule in text_rules(settings) if code in FIXABLE]
        self._stages: tuple[TextRules, ...] = (
            tuple(rule for rule in wanted if rule[0] in _FIRST_STAGE),
            tuple(rule for rule in wanted if rule[0] not in _FIRST_STAGE),
        )
        self._official = OfficialQuotes(catalog)

    def correct(self, submission: Submission) -> Iterator[FixedText]:
        """Yield the corrections of a submission; apply its waivers and its unit's exceptions."""
        settings, unit = self._settings, submission.unit
        excepted = {code for stage in self._stages for code, _ in stage if not settings.wants(code, unit)}
        found = (self._correct(entry, excepted) for entry in submission.entries.values() if not entry.blank)
        yield from (correction for correction in found if correction is not None)

    def _correct(self, entry: Entry, excepted: set[str]) -> FixedText | None:
        skipped = excepted | {code for code, reason in entry.waivers.items() if not is_blank(reason)}
        draft = _Draft(entry.status)
        for stage in self._stages:
            rules = tuple(rule for rule in stage if rule[0] not in skipped) if skipped else stage
            rounds_left = _MAX_ROUNDS
            while rounds_left and (fixes := self._fixes(entry, draft.text, rules)):
                draft.apply(fixes)
                rounds_left -= 1
        if draft.text == entry.status:
            return None
        return FixedText(entry, draft.text, tuple(draft.edits(len(entry.status))), draft.counts)

    def _fixes(self, entry: Entry, text: str, rules: TextRules) -> list[tuple[Edit, str]]:
        """Return the fixes of one round; no two of them overlap."""
        task, current = self._catalog.tasks[entry.task], replace(entry, status=text)
        candidates = [
            (Edit(passage.begin + text_match.begin, passage.begin + text_match.end, text_match.fix), code)
            for passage in passages_of(task, current, self._settings.thresholds)
            for code, rule in rules
            for text_match in rule(passage)
            if text_match.fix is not None and not self._official.quoted(passage.text, text_match.begin, text_match.end)
        ]
        chosen: list[tuple[Edit, str]] = []
        for edit, code in sorted(candidates):
            if not chosen or edit.begin >= chosen[-1][0].end:
                chosen.append((edit, code))
        return chosen
