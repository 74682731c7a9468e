"""Settings of a run: selected rules, their severities, thresholds and size limits.  No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhijiao20.core.findings import Finding
from zhijiao20.core.limits import DEFAULT as LIMITS
from zhijiao20.core.limits import Limits
from zhijiao20.core.rule_table import RULES, UNREAD, Rule, Severity, find_rule


def is_unsuppressible(code: str) -> bool:
    """Check whether neither 豁免 nor configuration can suppress a rule: an error of ZJ0 to ZJ2."""
    return code < "ZJ3" and RULES[code].severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Thresholds of some rules.

    Attributes:
        shortest: a text of fewer characters is too short (ZJ305).
        longest: a text of more characters is too long (ZJ306).
        alike: texts of two units that share at least this fraction of their characters are near-copies (ZJ601).
        alike_from: texts of fewer characters are not compared; short standard phrases may be the same (ZJ302, ZJ601).
    """

    shortest: int = 10
    longest: int = 1500
    alike: float = 0.85
    alike_from: int = 40


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a run.

    Attributes:
        select: code prefixes of the enabled rules (``ZJ2``, ``ZJ305``); empty means all.
        ignore: code prefixes of the disabled rules; takes precedence over ``select``.
        severity: code → severity that replaces the default of the rule.
        thresholds: thresholds of some rules.
        exceptions: unit → code prefixes of the rules disabled for this unit.
        limits: size limits of a file.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Thresholds = Thresholds()
    exceptions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Limits = LIMITS

    def wants(self, code: str, unit: str | None = None) -> bool:
        """Check whether a rule is enabled for a unit; the rules for unreadable files always are."""
        if code in UNREAD:
            return True
        if self.select and not code.startswith(self.select):
            return False
        if self.ignore and code.startswith(self.ignore):
            return False
        excepted = self.exceptions.get(unit or "")
        return not (excepted and code.startswith(excepted))

    def chosen(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings of enabled rules, each with the configured severity."""
        for finding in findings:
            if self.wants(finding.rule.code, finding.unit):
                rule = self.rule(finding.rule.key)
                yield finding if rule is finding.rule else replace(finding, rule=rule)

    def rule(self, key: str) -> Rule:
        """Return a rule by its key, with its configured severity."""
        rule = find_rule(key)
        severity = self.severity.get(rule.code)
        return replace(RULES[rule.code], severity=severity) if severity else rule

    def weight(self, code: str) -> Severity:
        """Return the configured severity of a rule."""
        return self.severity.get(code, RULES[code].severity)


DEFAULT = Settings()
"""The default settings: all rules, with their default severity."""


def with_roster(settings: Settings) -> Settings:
    """Return the settings of a run with a roster, where ZJ113 is an info: whose the file is, is known."""
    return replace(settings, severity={"ZJ113": Severity.INFO, **settings.severity})
