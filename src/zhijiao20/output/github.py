"""Findings as GitHub annotations: one workflow command a finding, shown beside the line in a pull request."""

from __future__ import annotations

from typing import TextIO

from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Report
from zhijiao20.core.rule_table import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(report: Report, stream: TextIO) -> None:
    """Write a command for every finding."""
    for finding in report.findings:
        places = {"file": escape_controls(finding.file), "line": finding.place.line, "col": finding.place.column}
        properties = [f"{name}={_property(str(value))}" for name, value in places.items() if value is not None]
        properties.append(f"title={_property(f'{finding.rule.code} {finding.rule.title}')}")
        where = f"[{finding.place.cell}] " if finding.place.cell else ""
        lines = f"{where}{finding.message}\n{finding.hint}".rstrip().split("\n")
        text = _data("\n".join(map(escape_controls, lines)))
        stream.write(f"::{_COMMANDS[finding.severity]} {','.join(properties)}::{text}\n")


def _data(text: str) -> str:
    """A text that cannot end its command or begin another one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
