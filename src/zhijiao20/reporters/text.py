"""The report for people: grouped by file, wrapped to the terminal, never over 200 KB."""

from __future__ import annotations

import os
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.text import Text

from zhijiao20.findings import SEVERITY_NAMES, Finding, Report, Severity, visible

LIMIT = 190_000
"""Bytes of findings that are written at most; the rest is counted."""

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_NO_WRAP = 1_000_000  # in a pipe a finding stays on its line


def write(report: Report, stream: TextIO, *, quiet: bool = False) -> None:
    """Write the findings, grouped by file, and a summary line; only the summary where ``quiet``."""
    console = console_for(stream)
    if not quiet:
        write_findings(report, console)
    if report.findings and not quiet:
        console.print()
    _print(console, _summary(report))


def console_for(stream: TextIO) -> Console:
    """A console that takes every text as it is: no markup, no emoji codes, no highlighting."""
    free = not stream.isatty() and "COLUMNS" not in os.environ
    width = _NO_WRAP if free else None
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


def write_findings(report: Report, console: Console) -> None:
    """Write the findings, grouped by file, within the limit."""
    written = 0
    left_out = dict.fromkeys(Severity, 0)
    for file, group in groupby(report.findings, key=lambda finding: finding.file):
        findings = list(group)
        if written <= LIMIT:
            _print(console, Text(visible(file), style="bold underline"))
        hint = ""
        for finding in findings:
            if written <= LIMIT:
                written += _finding(finding, console, with_hint=finding.hint != hint)
                hint = finding.hint
            else:
                left_out[finding.severity] += 1
    if any(left_out.values()):
        counts = "、".join(f"{number} 个{SEVERITY_NAMES[severity]}" for severity, number in left_out.items() if number)
        _print(console, Text(f"……还有 {counts}没有显示；用 --output-format json 查看全部", style="bold"))


def _finding(finding: Finding, console: Console, *, with_hint: bool) -> int:
    """Print a finding and return its size in bytes; a remedy that was just given is not given again."""
    severity = finding.severity
    head = Text("  ")
    head.append(f"{_where(finding)}  " if _where(finding) else "")
    head.append(SEVERITY_NAMES[severity], style=_STYLES[severity])
    head.append(f" {finding.rule.code}", style="dim")
    if finding.unit:
        head.append(f"  {visible(finding.unit)}")
    if finding.task:
        head.append(f"  {visible(finding.task)}", style="bold")
    message = Text(visible(finding.message))
    hint = Text(f"→ {visible(finding.hint)}", style="dim") if finding.hint and with_hint else None
    _print(console, head)
    _print(console, message, indent=4)
    if hint:
        _print(console, hint, indent=4)
    return sum(len(part.plain.encode("utf-8", "replace")) + 8 for part in (head, message, hint) if part)


def _where(finding: Finding) -> str:
    place = finding.place
    parts = [
        f"第 {place.line} 行" if place.line else "",
        f"第 {place.column} 列" if place.column else "",
        place.cell or "",
    ]
    return " ".join(part for part in parts if part)


def _summary(report: Report) -> Text:
    counts = {severity: report.count(severity) for severity in Severity}
    text = Text(f"检查了 {report.files} 个文件、{report.units} 个单位：")
    if not any(counts.values()):
        return text.append("没有发现问题。", style="bold green")
    for index, (severity, number) in enumerate(counts.items()):
        text.append("，" if index else "")
        text.append(f"{number} 个{SEVERITY_NAMES[severity]}", style=_STYLES[severity] if number else "")
    return text.append("。")


def _print(console: Console, text: Text, *, indent: int = 0) -> None:
    """Print a text wrapped to the width, every line of it indented."""
    for line in text.wrap(console, max(console.width - indent, 8), overflow="fold"):
        line.rstrip()
        console.print(Text(" " * indent) + line, soft_wrap=True)
