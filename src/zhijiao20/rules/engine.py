"""Selection of the review rules, and the classes that run them.  Pure: no I/O.

A rule has a module with its check and its page (``PAGE``), in the package of its family, whose tables hold the checks:
ZJ203 ``placeholder`` of ``rule_table.RULES`` is ``completeness/placeholder.py``.  Most findings of ZJ0 and ZJ1 are
reported while files are read (formats); the pages of these rules are in ``reading_rules.txt``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.rule_table import BLANK_FORM, RAISED_MARK, SAME_TEXT, Severity
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.core.submission import Submission, is_not_applicable
from zhijiao20.rules import structure
from zhijiao20.rules.rule_signs import signs, wants_family
from zhijiao20.rules.shared.official_quotes import OfficialQuotes
from zhijiao20.rules.shared.passage import (
    LONG_TEXT,
    AllTextsRules,
    CrossUnitRules,
    Passage,
    TextMatch,
    TextRules,
    UnitRules,
    passages_of,
)
from zhijiao20.rules.shared.round_match import RoundMatch, RoundRules
from zhijiao20.rules.shared.signs import JoinedTexts
from zhijiao20.rules.shared.unit_summary import Differ, Known, UnitSummary, not_known, summarize

Rule = TypeVar("Rule")

MATCHES_LIMIT = 100
"""Maximum number of findings that a rule reports in one text; no cell of the form has as many."""

_FEW_TEXTS, _NAMED_TEXTS = 5, 20  # texts as in the last round: told one by one, named in one finding

CROSS_UNIT_CODES = frozenset({"ZJ107", "ZJ111", "ZJ601", "ZJ602"})
"""Codes of the rules whose findings are known only after all units have been read."""


def unit_rules(settings: Settings = DEFAULT) -> UnitRules:
    """Return the selected rules that check one submission."""
    rules: UnitRules = ()
    if wants_family(settings, "ZJ2"):
        from zhijiao20.rules import completeness

        rules += completeness.UNIT_RULES
    if wants_family(settings, "ZJ3"):
        from zhijiao20.rules import content

        rules += content.UNIT_RULES
    return _selected(rules, settings)


def text_rules(settings: Settings = DEFAULT) -> TextRules:
    """Return the selected rules that check one text."""
    rules: TextRules = ()
    if wants_family(settings, "ZJ3"):
        from zhijiao20.rules import content

        rules += content.TEXT_RULES
    if wants_family(settings, "ZJ4"):
        from zhijiao20.rules import conventions

        rules += conventions.TEXT_RULES
    if wants_family(settings, "ZJ5"):
        from zhijiao20.rules import targets

        rules += targets.TEXT_RULES
    return _selected(rules, settings)


def all_texts_rules(settings: Settings = DEFAULT) -> AllTextsRules:
    """Return the selected rules that check all texts of one submission together."""
    rules: AllTextsRules = ()
    if wants_family(settings, "ZJ3"):
        from zhijiao20.rules import content

        rules += content.ALL_TEXTS_RULES
    if wants_family(settings, "ZJ6"):
        from zhijiao20.rules import between

        rules += between.ALL_TEXTS_RULES
    return _selected(rules, settings)


def cross_unit_rules(settings: Settings = DEFAULT, differ: Differ = not_known) -> CrossUnitRules:
    """Return the selected rules that compare all units of a run, without their texts.

    Args:
        settings: the selection of rules.
        differ: returns in which tasks the files of a unit differ; called only where it has several.
    """
    rules: CrossUnitRules = structure.cross_unit_rules(differ)
    if wants_family(settings, "ZJ6"):
        from zhijiao20.rules import between

        rules += between.CROSS_UNIT_RULES
    return _selected(rules, settings)


def round_rules(settings: Settings = DEFAULT) -> RoundRules:
    """Return the selected rules that compare a submission with the one of the last round."""
    rules: RoundRules = ()
    if wants_family(settings, "ZJ6"):
        from zhijiao20.rules import between

        rules += between.ROUND_RULES
    return _selected(rules, settings)


def _selected(rules: tuple[tuple[str, Rule], ...], settings: Settings) -> tuple[tuple[str, Rule], ...]:
    """Return the rules that are selected, by default all."""
    default = not (settings.select or settings.ignore)
    return rules if default else tuple((code, rule) for code, rule in rules if settings.wants(code))


class Reviewer:
    """Selected rules, loaded once and run on any number of submissions."""

    def __init__(self, catalog: Catalog, settings: Settings = DEFAULT) -> None:
        self._catalog, self._settings = catalog, settings
        self._unit_rules, self._text_rules = unit_rules(settings), text_rules(settings)
        self._all_texts_rules = all_texts_rules(settings)
        self._signs = signs(settings)
        self._official_quotes = OfficialQuotes(catalog)

    def review(self, submission: Submission, out: Collector) -> None:
        """Run every selected rule on one submission."""
        for code, rule in self._unit_rules:
            before = len(out.findings)
            rule(submission, self._catalog, out)
            if code == BLANK_FORM and len(out.findings) > before:
                break  # one finding instead of one for each task
        if not (self._text_rules or self._all_texts_rules):
            return
        answers = [
            (self._catalog.tasks[entry.task], entry)
            for entry in submission.entries.values()
            if not (entry.blank or (entry.progress is None and is_not_applicable(entry)))
        ]
        thresholds = self._settings.thresholds
        passages = [passage for task, entry in answers for passage in passages_of(task, entry, thresholds)]
        by_unit: dict[str, list[Passage]] = {}
        for passage in passages:
            by_unit.setdefault(passage.label, []).append(passage)
        for code, all_texts_rule in self._all_texts_rules:
            for own in by_unit.values():
                for passage, match in all_texts_rule(own):
                    self._report(code, [match], passage, out)
        short = [passage for passage in passages if len(passage.text) <= LONG_TEXT]
        for batch in (short, *([passage] for passage in passages if len(passage.text) > LONG_TEXT)):
            self._run_text_rules(batch, out)

    def _run_text_rules(self, passages: Sequence[Passage], out: Collector) -> None:
        """Run the text rules on a batch of passages, then drop the cached views of long texts.

        The outer loop is over the rules: running one rule on all passages makes better use of the processor cache.
        """
        joined, found = JoinedTexts(passages), self._signs
        for code, text_rule in self._text_rules:
            for passage in joined.having(found[code]) if code in found else passages:
                matches = text_rule(passage)
                # The first test is the fast path: most rules return an empty tuple.
                if matches and (matches := list(islice(matches, MATCHES_LIMIT + 1))):
                    self._report(code, matches, passage, out)
        for passage in passages:
            passage.forget()

    def summarize(self, submission: Submission, *, alone: bool = False, known: Known | None = None) -> UnitSummary:
        """Return the data of a submission that the selected cross-unit rules need.

        Args:
            submission: the submission.
            alone: whether it is the only submission, so that there is nothing to compare it with.
            known: whose it is by the roster.
        """
        summary = summarize(submission, len(self._catalog.tasks), known)
        if alone:
            return summary
        wants, thresholds = self._settings.wants, self._settings.thresholds
        if wants("ZJ601"):
            from zhijiao20.rules.between.near_copy import comparable_texts

            summary = replace(summary, texts=comparable_texts(submission, self._catalog, thresholds.alike_from))
        if wants("ZJ602"):
            from zhijiao20.rules.between.other_unit_named import paragraph_starts

            summary = replace(summary, heads=paragraph_starts(submission))
        return summary

    def _report(self, code: str, matches: list[TextMatch], passage: Passage, out: Collector) -> None:
        """Report the matches of a rule in one text: all, or only the first one of an info.

        The last reported message includes the number of matches if more were found.  Matches inside quotations of the
        official wording are not reported.
        """
        kept = [match for match in matches if not self._official_quotes.quoted(passage.text, match.begin, match.end)]
        shown = kept[: 1 if self._settings.weight(code) is Severity.INFO else MATCHES_LIMIT]
        note = (
            f"超过 {MATCHES_LIMIT}"
            if len(matches) > MATCHES_LIMIT
            else f"共 {len(kept)}"
            if len(kept) > len(shown)
            else ""
        )
        for index, match in enumerate(shown, start=1):
            message = f"{match.message}（这段文字里{note} 处）" if note and index == len(shown) else match.message
            out.add(code, message, match.hint, place=passage.place(match.begin), task=passage.task.id)


class RoundReview:
    """Selected rules that compare a submission with the one of the last round; loaded once.

    Args:
        catalog: the official list.
        settings: the selection of rules, and the thresholds.
    """

    def __init__(self, catalog: Catalog, settings: Settings = DEFAULT) -> None:
        self._catalog, self._thresholds, self._rules = catalog, settings.thresholds, round_rules(settings)

    def compare(self, previous: Submission, present: Submission, out: Collector) -> None:
        """Report on the tasks that both submissions answer, in the order of the present one.

        Texts that are the same as in the last round are told one by one where they are few, else in one finding.
        """
        same: list[tuple[Passage, RoundMatch]] = []
        for entry in present.entries.values():
            before = previous.entries.get(entry.task)
            if before is None:
                continue
            task = self._catalog.tasks[entry.task]
            old, new = Passage(task, before, self._thresholds), Passage(task, entry, self._thresholds)
            for code, rule in self._rules:
                for match in rule(old, new):
                    if code == SAME_TEXT and not match.raised and code not in entry.waivers:
                        same.append((new, match))
                    else:
                        _add(out, f"{code}{RAISED_MARK}" if match.raised else code, new, match)
        if len(same) > _FEW_TEXTS:
            tasks = "、".join(passage.task.id for passage, _ in same[:_NAMED_TEXTS])
            more = f" 等 {len(same)} 项" if len(same) > _NAMED_TEXTS else ""
            message = f"{len(same)} 项的文字与上期一字不差：{tasks}{more}"
            out.add(SAME_TEXT, message, same[0][1].hint, place=same[0][0].place(0))
            return
        for passage, match in same:
            _add(out, SAME_TEXT, passage, match)


def _add(out: Collector, key: str, passage: Passage, match: RoundMatch) -> None:
    """Add a finding on a text and the one of the last round."""
    out.add(key, match.message, match.hint, place=passage.place(match.begin), task=passage.task.id)


def review(submission: Submission, catalog: Catalog, out: Collector, settings: Settings = DEFAULT) -> None:
    """Run every selected rule on one submission."""
    Reviewer(catalog, settings).review(submission, out)
