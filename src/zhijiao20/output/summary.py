"""The summary line of a review.  Alone, and not on a terminal, it is written without Rich, which takes long to load."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

from zhijiao20.core.findings import Report
from zhijiao20.core.rule_table import SEVERITY_NAMES, Rule, Severity

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
"""How a severity is shown on a terminal."""

FEW_FILES = 3
"""Files whose units need no table."""

_SHAPING = frozenset(
    {"COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE"}
)  # variables by which Rich treats a pipe as a terminal


def write_alone(report: Report, stream: TextIO, *, quiet: bool) -> bool:
    """Write the summary line if it is all that is to be written, and nothing colours or wraps it.

    Args:
        report: the finished report.
        stream: the output stream.
        quiet: whether findings and units are omitted.

    Returns:
        Whether it was written.
    """
    by_rule = report.by_rule()
    notes = (report.unread, report.skippable, report.own, report.set_aside, report.advice, report.waived)
    if any(notes) or not (quiet or (not by_rule and report.files <= FEW_FILES)):
        return False
    if stream.isatty() or _SHAPING & os.environ.keys():
        return False
    stream.write("".join([text for text, _ in summary_parts(report, by_rule)]) + "\n")
    return True


def summary_parts(report: Report, by_rule: Mapping[Rule, int], waived: str = "") -> list[tuple[str, str]]:
    """Return the parts of the summary line, each with its style.

    Args:
        report: the finished report.
        by_rule: the number of findings of each rule that are not waived.
        waived: what was let through as missing, in words.
    """
    passed_over = [f"略过 {report.passed_over} 个临时或隐藏文件"] if report.passed_over else []
    excluded = [f"按 exclude 不读 {report.excluded} 个"] if report.excluded else []
    skipped = f"（{'，'.join([*passed_over, *excluded])}）" if passed_over or excluded else ""
    parts = [(f"检查了 {report.files} 个文件{skipped}、{report.units} 个单位：", "")]
    if waived:
        parts.append((f"{waived}，已放过；", ""))
    if not by_rule:
        return [*parts, ("没有发现其他问题。" if waived else "没有发现问题。", "" if waived else "bold green")]
    for index, (severity, number) in enumerate(by_severity(by_rule).items()):
        parts.append(("，" if index else "", ""))
        parts.append((f"{number} 个{SEVERITY_NAMES[severity]}", STYLES[severity] if number else ""))
    return [*parts, ("。", "")]


def by_severity(by_rule: Mapping[Rule, int]) -> dict[Severity, int]:
    """Return the number of findings of each severity."""
    counts = dict.fromkeys(Severity, 0)
    for rule, number in by_rule.items():
        counts[rule.severity] += number
    return counts
