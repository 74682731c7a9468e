"""Review rules: one a file, each with its documentation, in a folder a family.  The registry is typed and static.  Pure.

A rule's file follows from its row in ``findings.RULES``: ZJ203 ``placeholder`` is ``completeness/placeholder.py``.
What most rules of ZJ0 and ZJ1 say is found where files are read (formats, intake); their files hold the page only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from zhijiao20.catalog import Catalog
from zhijiao20.findings import Collector, Finding, Severity
from zhijiao20.model import Submission
from zhijiao20.rules import between, completeness, content, conventions, structure, targets
from zhijiao20.rules.across import Seen
from zhijiao20.rules.official import Official
from zhijiao20.rules.passage import Hit, Passage, TextRules
from zhijiao20.rules.settings import DEFAULT, Settings
from zhijiao20.rules.submission import UnitRules

AcrossRule: TypeAlias = Callable[[Iterable[Seen]], Iterable[Finding]]

UNIT_RULES: UnitRules = (*completeness.UNIT_RULES, *content.UNIT_RULES, *between.UNIT_RULES)
"""Rules that look at one submission."""

TEXT_RULES: TextRules = (*content.TEXT_RULES, *conventions.TEXT_RULES, *targets.TEXT_RULES)
"""Rules that look at one text."""

ACROSS_RULES: tuple[AcrossRule, ...] = structure.ACROSS_RULES
"""Rules that look at all units of a run."""


class Reviewer:
    """The chosen rules, made ready once for any number of submissions."""

    def __init__(self, catalog: Catalog, settings: Settings = DEFAULT) -> None:
        self._catalog, self._settings = catalog, settings
        self._unit_rules = [rule for code, rule in UNIT_RULES if settings.wants(code)]
        self._text_rules = [(code, rule) for code, rule in TEXT_RULES if settings.wants(code)]
        self._official = Official(catalog)

    def review(self, submission: Submission, out: Collector) -> None:
        """Run every chosen rule over one submission."""
        for rule in self._unit_rules:
            rule(submission, self._catalog, out)
        if self._text_rules:
            for entry in submission.entries.values():
                if not entry.blank:
                    self._read(Passage(self._catalog.tasks[entry.task], entry, self._settings.thresholds), out)

    def _read(self, passage: Passage, out: Collector) -> None:
        for code, rule in self._text_rules:
            hits = [hit for hit in rule(passage) if not self._official.quoted(passage.text, hit.begin, hit.end)]
            if hits:
                self._tell(code, hits, passage, out)

    def _tell(self, code: str, hits: list[Hit], passage: Passage, out: Collector) -> None:
        """Every hit of a rule that weighs; of an info the first one, with their number."""
        grouped = self._settings.weight(code) is Severity.INFO and len(hits) > 1
        for hit in hits[:1] if grouped else hits:
            message = f"{hit.message}（这段文字里共 {len(hits)} 处）" if grouped else hit.message
            out.add(code, message, hit.hint, place=passage.place(hit.begin), task=passage.task.id)


def review(submission: Submission, catalog: Catalog, out: Collector, settings: Settings = DEFAULT) -> None:
    """Run every chosen rule over one submission."""
    Reviewer(catalog, settings).review(submission, out)


class AcrossReview:
    """The rules between units: takes every unit in order, then tells."""

    def __init__(self, settings: Settings = DEFAULT) -> None:
        self._settings = settings
        self._units: list[Seen] = []

    def take(self, unit: Seen) -> None:
        """Take the next unit."""
        self._units.append(unit)

    def finish(self) -> list[Finding]:
        """What was found, once all units are there."""
        return list(self._settings.chosen(finding for rule in ACROSS_RULES for finding in rule(self._units)))


def review_across(seen: Iterable[Seen]) -> list[Finding]:
    """Run the rules between units over what is kept of every submission."""
    review = AcrossReview()
    for unit in seen:
        review.take(unit)
    return review.finish()
