"""The table of rules."""

from __future__ import annotations

import re

import pytest

from zhijiao20.core.rule_table import INCOMPLETE, RULES, Severity

# Codes are stable for ever: users write them into 豁免, configurations and CI scripts.
CODES = {
    "ZJ001": ("unreadable-file", "error"),
    "ZJ002": ("wrong-format", "error"),
    "ZJ003": ("encoding-error", "error"),
    "ZJ004": ("syntax-error", "error"),
    "ZJ005": ("encoding-guessed", "info"),
    "ZJ006": ("illegal-character", "info"),
    "ZJ007": ("lost-character", "warning"),
    "ZJ008": ("unusable-form", "error"),
    "ZJ101": ("unknown-task", "error"),
    "ZJ102": ("duplicate-task", "error"),
    "ZJ103": ("unknown-field", "error"),
    "ZJ104": ("wrong-type", "error"),
    "ZJ105": ("unknown-progress", "error"),
    "ZJ106": ("bad-unit", "error"),
    "ZJ107": ("duplicate-unit", "error"),
    "ZJ108": ("wording-changed", "error"),
    "ZJ109": ("id-normalised", "info"),
    "ZJ110": ("unknown-column", "info"),
    "ZJ111": ("period-differs", "warning"),
    "ZJ112": ("progress-synonym", "info"),
    "ZJ113": ("unit-from-file-name", "warning"),
    "ZJ114": ("duplicate-key", "error"),
    "ZJ115": ("missing-column", "error"),
    "ZJ116": ("row-too-long", "error"),
    "ZJ117": ("id-became-date", "error"),
    "ZJ201": ("empty-status", "error"),
    "ZJ202": ("missing-task", "error"),
    "ZJ203": ("placeholder", "error"),
    "ZJ204": ("reason-missing", "info"),
    "ZJ205": ("blank-form", "error"),
    "ZJ604": ("not-applicable-left-out", "info"),
    "ZJ701": ("roster-unusable", "error"),
    "ZJ702": ("roster-unit-twice", "error"),
    "ZJ703": ("alias-of-two-units", "error"),
    "ZJ704": ("circle-of-superiors", "error"),
    "ZJ705": ("roster-bad-unit", "error"),
    "ZJ706": ("unknown-duty", "error"),
    "ZJ707": ("roster-bad-value", "error"),
    "ZJ708": ("idle-exception", "warning"),
    "ZJ709": ("roster-left-out", "info"),
    "ZJ710": ("outside-duties", "info"),
    "ZJ711": ("unit-not-in-roster", "error"),
    "ZJ712": ("unit-left-out", "error"),
}


class TestRules:
    """The catalogue of rules."""

    @pytest.mark.parametrize("code", CODES)
    def test_codes_never_change(self, code: str) -> None:
        """A code keeps its name and its weight for ever."""
        rule = RULES[code]
        assert (rule.code, rule.name, rule.severity.value) == (code, *CODES[code])

    def test_codes_are_of_the_contract(self) -> None:
        """Every code is ZJ and three digits of a family that the contract names."""
        assert [code for code in RULES if not re.fullmatch(r"ZJ[0-7]\d\d", code)] == []

    def test_names_are_unique_words(self) -> None:
        """A name stands for one code in JSON and SARIF."""
        names = [rule.name for rule in RULES.values()]
        assert len(set(names)) == len(names)
        assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []

    def test_between_units_warnings_at_most(self) -> None:
        """No clerk is stopped by another unit's text: ZJ6 is never an error."""
        assert [
            code for code, rule in RULES.items() if code.startswith("ZJ6") and rule.severity is Severity.ERROR
        ] == []

    def test_incomplete(self) -> None:
        """--allow-incomplete lets missing and empty tasks through, up to a blank form, and nothing else."""
        assert {RULES[code].name for code in INCOMPLETE} == {"missing-task", "empty-status", "blank-form"}
