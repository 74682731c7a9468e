"""Findings as GitHub annotations: one workflow command per finding, shown at the line in a pull request."""

from __future__ import annotations

from typing import TextIO

from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Report
from zhijiao20.core.rule_table import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(report: Report, stream: TextIO) -> None:
    """Write one command per finding."""
    for finding in report.findings:
        location = {"file": escape_controls(finding.file), "line": finding.place.line, "col": finding.place.column}
        properties = [f"{name}={_escape_property(str(value))}" for name, value in location.items() if value is not None]
        properties.append(f"title={_escape_property(f'{finding.rule.code} {finding.rule.title}')}")
        where = f"[{finding.place.cell}] " if finding.place.cell else ""
        lines = f"{where}{finding.message}\n{finding.hint}".rstrip().split("\n")
        text = _escape_data("\n".join(map(escape_controls, lines)))
        stream.write(f"::{_COMMANDS[finding.severity]} {','.join(properties)}::{text}\n")


def _escape_data(text: str) -> str:
    """Escape a text so that it cannot end its command or begin another one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
