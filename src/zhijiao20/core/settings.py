"""What a user chose: which rules, how much each weighs, and the limits they go by.  Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhijiao20.core.findings import Finding
from zhijiao20.core.limits import DEFAULT as LIMITS
from zhijiao20.core.limits import Limits
from zhijiao20.core.rule_table import RULES, UNREAD, Rule, Severity


def is_unsuppressible(code: str) -> bool:
    """Whether no 豁免 and no configuration takes it back: an error of the families ZJ0 to ZJ2."""
    return code < "ZJ3" and RULES[code].severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits that some rules go by.

    Attributes:
        shortest: a text of fewer characters is too short (ZJ305).
        longest: a text of more characters is too long (ZJ306).
        alike: texts of two units that share this part of their characters or more are near-copies (ZJ601).
        alike_from: texts of fewer characters are stock phrases that any two units may share (ZJ302, ZJ601).
    """

    shortest: int = 10
    longest: int = 1500
    alike: float = 0.85
    alike_from: int = 40


@dataclass(frozen=True, slots=True)
class Settings:
    """The choice of rules for a run.

    Attributes:
        select: prefixes of codes to look for (``ZJ2``, ``ZJ305``); none means all.
        ignore: prefixes of codes to leave out; stronger than ``select``.
        severity: code → another weight than the rule's own.
        thresholds: the limits that some rules go by.
        exceptions: unit → prefixes of codes left out for this unit.
        limits: how large a file may be.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Thresholds = Thresholds()
    exceptions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Limits = LIMITS

    def wants(self, code: str, unit: str | None = None) -> bool:
        """Whether findings of this rule are wanted; that a file could not be read is always said."""
        if code in UNREAD:
            return True
        if self.select and not code.startswith(self.select):
            return False
        if self.ignore and code.startswith(self.ignore):
            return False
        excepted = self.exceptions.get(unit or "")
        return not (excepted and code.startswith(excepted))

    def chosen(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The wanted findings, each with the weight that was chosen for its rule."""
        for finding in findings:
            if self.wants(finding.rule.code, finding.unit):
                rule = self.rule(finding.rule.code)
                yield finding if rule is finding.rule else replace(finding, rule=rule)

    def rule(self, code: str) -> Rule:
        """A rule with the weight that was chosen for it."""
        weight = self.severity.get(code)
        return replace(RULES[code], severity=weight) if weight else RULES[code]

    def weight(self, code: str) -> Severity:
        """How much a rule weighs in this run."""
        return self.severity.get(code, RULES[code].severity)


DEFAULT = Settings()
"""Every rule, as it is."""
