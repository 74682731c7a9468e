"""The report for people: grouped by file, wrapped to the terminal width, at most 200 KB."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TextIO, cast

from rich.console import Console
from rich.text import Text

from zhijiao20.core.display import escape_controls, quote
from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.rule_table import BLANK_FORM, SEVERITY_NAMES, Rule
from zhijiao20.core.unread import own_line, set_aside_line, unread_lines, unread_names
from zhijiao20.output.summary import FEW_FILES, STYLES, by_severity, summary_parts

LIMIT = 170_000
"""Limit of the bytes of findings, files not read and units; above it no further finding is printed, but counted."""

_NO_WRAP_WIDTH = 1_000_000  # width in a pipe, where a finding must stay on one line
_MAX_CHARS = 2000  # characters of a message, hint or name
_WAIVED = 50  # waived findings listed


def console_for(stream: TextIO) -> Console:
    """Return a console that prints text unchanged: no markup, no emoji codes, no highlighting."""
    no_wrap = not stream.isatty() and "COLUMNS" not in os.environ
    width = _NO_WRAP_WIDTH if no_wrap else None
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


class _CountingStream:
    """A stream that counts the bytes written to it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.bytes = stream, 0

    def write(self, text: str) -> int:
        self.bytes += len(text.encode("utf-8", "replace"))
        return self.stream.write(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


def write(
    report: Report,
    stream: TextIO,
    *,
    quiet: bool = False,
    waived: frozenset[str] = frozenset(),
    statistics: bool = False,
    units: bool = False,
) -> None:
    """Write the findings, grouped by file, and a summary line.

    Args:
        report: the finished report.
        stream: the output stream.
        quiet: whether to omit the findings and write only the summary.
        waived: codes of rules whose findings are accepted: not listed, only counted in the summary.
        statistics: whether to add the counts of findings by rule and by unit.
        units: whether to end with a table of the units, if there are more than a few files.
    """
    by_rule = report.by_rule()
    listed = {rule: number for rule, number in by_rule.items() if rule.code not in waived}
    console = console_for(stream)
    table = ""
    if units and not quiet and report.files > FEW_FILES:
        from zhijiao20.output.unit_table import format_units

        table = format_units(report.by_unit, console.width)
    unread = unread_lines(report.unread) if report.unread else []
    if not quiet and listed:
        limit = LIMIT - len("".join((table, *unread)).encode("utf-8", "replace"))
        findings = (finding for finding in report.findings if finding.rule.code not in waived)
        _write_limited(findings, listed, stream, limit)
        stream.write("\n")
    parts = summary_parts(report, listed, _waived_counts(by_rule, waived) if waived else "")
    _print(console, Text.assemble(*parts))
    if quiet and unread:
        unread = [unread_names(report.unread) + "。"]
    elif report.skippable and report.files > 1:
        unread.append(
            f"没有读到内容的文件有 {report.skippable} 个。不是填报文件的，请移出文件夹，"
            "或写进 zhijiao20.toml 的 exclude；只是这一次放过，加 --skip-unread。"
        )
    for line in unread:
        _print(console, Text(line, style="yellow"))
    if report.own or report.set_aside or report.advice:
        _print_notes(report, console)
    if report.waived:
        _print_waived(report, console, quiet=quiet)
    if statistics:
        from zhijiao20.output import statistics as counts

        counts.write(report, console)
    if table:
        stream.write(f"\n{table}")


def write_findings(report: Report, stream: TextIO, command: str = "validate") -> None:
    """Write the findings, grouped by file, up to the size limit; ``command`` shows all of them as JSON."""
    _write_limited(report.findings, report.by_rule(), stream, LIMIT, command)


def _write_limited(
    findings: Iterable[Finding], by_rule: Mapping[Rule, int], stream: TextIO, limit: int, command: str = "validate"
) -> None:
    counting_stream = _CountingStream(stream)
    console = console_for(cast(TextIO, counting_stream))
    left_out = by_severity(by_rule)
    file, hint = None, ""
    for finding in findings:
        if counting_stream.bytes > limit:
            break
        if finding.file != file:
            file, hint = finding.file, ""
            _print(console, Text(escape_controls(file), style="bold underline"))
        _print_finding(finding, console, with_hint=finding.hint != hint)
        hint = finding.hint
        left_out[finding.severity] -= 1
    if any(left_out.values()):
        counts = "、".join(f"{number} 个{SEVERITY_NAMES[severity]}" for severity, number in left_out.items() if number)
        line = f"……还有 {counts}没有显示；用 zhijiao20 {command} --output-format json 查看全部"
        _print(console, Text(line, style="bold"))


def _print_finding(finding: Finding, console: Console, *, with_hint: bool) -> None:
    """Print a finding; omit a hint that was just printed."""
    severity = finding.severity
    first_line = Text("  ")
    first_line.append(f"{_where(finding)}  " if _where(finding) else "")
    first_line.append(SEVERITY_NAMES[severity], style=STYLES[severity])
    first_line.append(f" {finding.rule.code}", style="dim")
    if finding.unit:
        first_line.append(f"  {_shorten(finding.unit)}")
    if finding.task:
        first_line.append(f"  {escape_controls(finding.task)}", style="bold")
    _print(console, first_line)
    _print(console, Text(_shorten(finding.message)), indent=4)
    if finding.hint and with_hint:
        _print(console, Text(f"→ {_shorten(finding.hint)}", style="dim"), indent=4)


def _shorten(text: str) -> str:
    return escape_controls(text if len(text) <= _MAX_CHARS else text[:_MAX_CHARS] + "……")


def _where(finding: Finding) -> str:
    place = finding.place
    parts = [
        f"第 {place.line} 行" if place.line else "",
        f"第 {place.column} 列" if place.column else "",
        place.cell or "",
    ]
    return " ".join(part for part in parts if part)


def _waived_counts(by_rule: Mapping[Rule, int], waived: frozenset[str]) -> str:
    """Return what was let through as missing, in words; empty if nothing was."""
    gaps = sum(number for rule, number in by_rule.items() if rule.code in waived and rule.code != BLANK_FORM)
    blank = sum(number for rule, number in by_rule.items() if rule.code in waived and rule.code == BLANK_FORM)
    return "、".join([*([f"缺项 {gaps} 处"] if gaps else []), *([f"空表 {blank} 份"] if blank else [])])


def _print_notes(report: Report, console: Console) -> None:
    """Print which files do not count, and how to convert those that could not be read."""
    if report.own:
        _print(console, Text(f"{own_line(report.own)}。"))
    if report.set_aside:
        _print(console, Text(f"{set_aside_line(report.set_aside)}。"))
    if report.advice:
        _print(console, Text(f"{report.advice}。", style="yellow"))


def _print_waived(report: Report, console: Console, *, quiet: bool) -> None:
    """Print the waived findings with their reasons, or only their number."""
    _print(console, Text(f"豁免 {len(report.waived)} 处{'。' if quiet else '：'}"))
    shown = 0 if quiet else min(_WAIVED, len(report.waived))
    for finding, reason in ((item.finding, item.reason) for item in islice(report.waived, shown)):
        where = f"{_shorten(finding.unit or finding.file)}  {finding.task}  {finding.rule.code}"
        _print(console, Text(f"{where}  理由：{quote(reason)}"), indent=2)
    if (more := len(report.waived) - shown) and not quiet:
        _print(console, Text(f"……还有 {more} 处豁免没有显示"), indent=2)


def _print(console: Console, text: Text, *, indent: int = 0) -> None:
    """Print a text wrapped to the width, with every line indented."""
    for line in text.wrap(console, max(console.width - indent, 8), overflow="fold"):
        line.rstrip()
        console.print(Text(" " * indent) + line, soft_wrap=True)
