"""Count the findings of each rule and of each unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.rule_table import SEVERITY_NAMES, Rule, Severity

if TYPE_CHECKING:
    from rich.console import Console

_UNITS = 100  # units listed in the terminal

_COUNT_KEYS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}


def by_rule(report: Report) -> list[tuple[Rule, int]]:
    """Return every rule that has findings with their number, the most frequent first."""
    return sorted(report.by_rule().items(), key=lambda item: (-item[1], item[0].code))


def by_unit(findings: Iterable[Finding]) -> list[tuple[str, Counter[Severity]]]:
    """Return every unit with its counts by severity, most errors first.

    Findings without a unit are not counted.
    """
    counts: dict[str, Counter[Severity]] = {}
    for finding in findings:
        if finding.unit is not None:
            counts.setdefault(finding.unit, Counter())[finding.severity] += 1
    return sorted(counts.items(), key=lambda item: [-item[1][severity] for severity in Severity])


def counts_as_dict(counts: Mapping[Severity, int]) -> dict[str, int]:
    """Return the counts by severity with the keys that JSON has for them."""
    return {key: counts[severity] for severity, key in _COUNT_KEYS.items()}


def as_dict(report: Report) -> dict[str, object]:
    """Return the counts as a dict for JSON."""
    rules: Counter[str] = Counter()
    for rule, number in by_rule(report):
        rules[rule.code] += number  # a rule may have findings of two severities
    return {
        "rules": dict(rules.most_common()),
        "units": {unit: counts_as_dict(counts) for unit, counts in by_unit(report.findings)},
    }


def write(report: Report, console: Console) -> None:
    """Write both counts as tables; write nothing if there are no findings."""
    from rich.table import Table
    from rich.text import Text

    if not report.findings:
        return
    rule_table = Table("编号", "轻重", "次数", "说的是", box=None, pad_edge=False)
    for rule, number in by_rule(report):
        rule_table.add_row(rule.code, SEVERITY_NAMES[rule.severity], str(number), rule.title)
    units = by_unit(report.findings)
    unit_table = Table("单位", *SEVERITY_NAMES.values(), box=None, pad_edge=False)
    for unit, counts in units[:_UNITS]:
        unit_table.add_row(Text(escape_controls(unit)), *(str(counts[severity]) for severity in Severity))
    console.file.write("\n")
    console.print(rule_table)
    if units:
        console.file.write("\n")
        console.print(unit_table)
    if len(units) > _UNITS:
        console.file.write(f"……还有 {len(units) - _UNITS} 个单位没有显示\n")
