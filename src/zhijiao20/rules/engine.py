"""Review rules: one a file, each with its documentation, in a folder a family.  The registry is typed and static.  Pure.

A rule's file follows from its row in ``findings.RULES``: ZJ203 ``placeholder`` is ``completeness/placeholder.py``.
What most rules of ZJ0 and ZJ1 say is found where files are read (formats, intake); their files hold the page only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import IO, TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.core.submission import Submission
from zhijiao20.rules import between, completeness, content, conventions, structure, targets
from zhijiao20.rules.between.near_copy import NearCopies, Remember, forget, texts
from zhijiao20.rules.lazy import load
from zhijiao20.rules.shared.official_quotes import OfficialQuotes
from zhijiao20.rules.shared.passage import LONG, AllTextsRules, Passage, TextMatch, TextRules
from zhijiao20.rules.shared.rule_types import UnitRules
from zhijiao20.rules.shared.unit_summary import UnitSummary, summarize

CrossUnitRule: TypeAlias = Callable[[Sequence[UnitSummary]], Iterable[Finding]]

UNIT_RULES: UnitRules = (*completeness.UNIT_RULES, *content.UNIT_RULES)
"""Rules that look at one submission."""

TEXT_RULES: TextRules = (*content.TEXT_RULES, *conventions.TEXT_RULES, *targets.TEXT_RULES)
"""Rules that look at one text."""

ALL_TEXTS_RULES: AllTextsRules = (*content.ALL_TEXTS_RULES, *between.ALL_TEXTS_RULES)
"""Rules that look at all texts of one submission together."""

CROSS_UNIT_RULES: tuple[tuple[str, CrossUnitRule], ...] = (*structure.CROSS_UNIT_RULES, *between.CROSS_UNIT_RULES)
"""Rules that look at all units of a run, without their texts."""

MOST = 100
"""Places of one text that a rule names; a cell of the form has not as many."""

CROSS_UNIT_CODES = frozenset({"ZJ601", *(code for code, _ in CROSS_UNIT_RULES)})
"""The rules of which nothing is known before all units are there."""


class Reviewer:
    """The chosen rules, made ready once for any number of submissions."""

    def __init__(self, catalog: Catalog, settings: Settings = DEFAULT) -> None:
        self._catalog, self._settings = catalog, settings
        self._unit_rules = [load(rule) for code, rule in UNIT_RULES if settings.wants(code)]
        self._whole_rules = [(code, load(rule)) for code, rule in ALL_TEXTS_RULES if settings.wants(code)]
        self._text_rules = [(code, load(rule)) for code, rule in TEXT_RULES if settings.wants(code)]
        self._official = OfficialQuotes(catalog)

    def review(self, submission: Submission, out: Collector) -> None:
        """Run every chosen rule over one submission."""
        for rule in self._unit_rules:
            rule(submission, self._catalog, out)
        if not (self._text_rules or self._whole_rules):
            return
        answers = [(self._catalog.tasks[entry.task], entry) for entry in submission.entries.values() if not entry.blank]
        passages = [Passage(task, entry, self._settings.thresholds) for task, entry in answers]
        for code, whole_rule in self._whole_rules:
            for passage, hit in whole_rule(passages):
                self._tell(code, [hit], passage, out)
        short = [passage for passage in passages if len(passage.text) <= LONG]
        for batch in (short, *([passage] for passage in passages if len(passage.text) > LONG)):
            self._run(batch, out)

    def _run(self, passages: Sequence[Passage], out: Collector) -> None:
        """Rule by rule: a processor keeps at hand what it does again at once.  Of a long text nothing is kept."""
        for code, text_rule in self._text_rules:
            for passage in passages:
                hits = text_rule(passage)
                if hits and (hits := list(islice(hits, MOST + 1))):  # most have none, a million times
                    self._tell(code, hits, passage, out)
        for passage in passages:
            passage.forget()

    def summarize(self, submission: Submission, *, alone: bool = False) -> UnitSummary:
        """What the chosen rules between units need of a submission.

        Args:
            submission: the submission.
            alone: whether there is no other one to compare it with.
        """
        bare = summarize(submission)
        if alone:
            return bare
        wants, thresholds = self._settings.wants, self._settings.thresholds
        compared = texts(submission, self._catalog, thresholds.alike_from) if wants("ZJ601") else None
        if not wants("ZJ602"):
            return replace(bare, texts=compared)
        from zhijiao20.rules.between.other_unit_named import heads

        return replace(bare, texts=compared, heads=heads(submission))

    def _tell(self, code: str, hits: list[TextMatch], passage: Passage, out: Collector) -> None:
        """Every hit of a rule that weighs, of an info the first one; the last one told says how many there are in all.

        What stands in a quotation of the official wording is nobody's own, and not told.
        """
        own = [hit for hit in hits if not self._official.quoted(passage.text, hit.begin, hit.end)]
        told = own[: 1 if self._settings.weight(code) is Severity.INFO else MOST]
        number = f"超过 {MOST}" if len(hits) > MOST else f"共 {len(own)}" if len(own) > len(told) else ""
        for at, hit in enumerate(told, start=1):
            message = f"{hit.message}（这段文字里{number} 处）" if number and at == len(told) else hit.message
            out.add(code, message, hit.hint, place=passage.place(hit.begin), task=passage.task.id)


def review(submission: Submission, catalog: Catalog, out: Collector, settings: Settings = DEFAULT) -> None:
    """Run every chosen rule over one submission."""
    Reviewer(catalog, settings).review(submission, out)


class CrossUnitReview:
    """The chosen rules between units: takes what was seen of one unit after the other, in the order of the files.

    Args:
        settings: the choice of rules.
        open_file: opens a temporary file for texts; called when there are texts to compare.
        remember: knows what was worked out in an earlier run.
    """

    def __init__(self, settings: Settings, open_file: Callable[[], IO[bytes]], remember: Remember = forget) -> None:
        self._rules = [load(rule) for code, rule in CROSS_UNIT_RULES if settings.wants(code)]
        self._copies = NearCopies(settings.thresholds, open_file, remember)
        self._units: list[UnitSummary] = []

    def take(self, unit: UnitSummary) -> None:
        """Take the next unit; its texts are put aside."""
        self._copies.take(len(self._units), unit)
        self._units.append(replace(unit, texts=None) if unit.texts else unit)

    def finish(self) -> list[Finding]:
        """What the rules have to say of all that was taken."""
        units = tuple(self._units)
        findings = [finding for rule in self._rules for finding in rule(units)]
        findings.extend(self._copies.finish(units))
        return findings
