"""Findings as SARIF 2.1.0 (OASIS), which editors and code hosts show next to the text."""

from __future__ import annotations

from itertools import chain
from typing import TextIO
from urllib.parse import quote

from zhijiao20 import __version__
from zhijiao20.core.findings import Finding, Report, Waived
from zhijiao20.core.rule_table import Rule, Severity
from zhijiao20.output.json import write_document
from zhijiao20.output.rule_page import page_lines
from zhijiao20.rules.documentation import page_of

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(report: Report, stream: TextIO) -> None:
    """Write the whole report as one SARIF log with one run."""
    found = (*report.by_rule(), *(item.finding.rule for item in report.waived))
    rules = {rule.code: rule for rule in sorted(found, key=lambda rule: not rule.raised)}
    indexes = {code: index for index, code in enumerate(rules)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "zhijiao20",
                        "version": __version__,
                        "rules": [_rule(rule) for rule in rules.values()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": chain(
                    (_result(finding, indexes[finding.rule.code]) for finding in report.findings),
                    (_suppressed(item, indexes[item.finding.rule.code]) for item in report.waived),
                ),
            }
        ],
    }
    write_document(log, stream)


def _rule(rule: Rule) -> dict[str, object]:
    """Return a rule with its page as help, and with its severity in this run."""
    page = page_of(rule.code)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": page.why},
        "help": {"text": "\n".join(page_lines(page))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _suppressed(item: Waived, index: int) -> dict[str, object]:
    """Return a waived finding as a suppressed result, which SARIF readers do not count."""
    return _result(item.finding, index) | {"suppressions": [{"kind": "inSource", "justification": item.reason}]}


def _result(finding: Finding, index: int) -> dict[str, object]:
    physical_location: dict[str, object] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.place.line is not None:
        region = {"startLine": finding.place.line}
        if finding.place.column is not None:
            region["startColumn"] = finding.place.column
        physical_location["region"] = region
    location: dict[str, object] = {"physicalLocation": physical_location}
    kinds = [("单位", finding.unit), ("任务", finding.task), ("位置", finding.place.cell)]
    logical_locations = [{"name": value, "kind": kind} for kind, value in kinds if value]
    if logical_locations:
        location["logicalLocations"] = logical_locations
    text = finding.message + (f"\n{finding.hint}" if finding.hint else "")
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [location],
    }


def _uri(file: str) -> str:
    """Convert a path, also of Windows, to a relative URI or a ``file:`` URI."""
    path = file.replace("\\", "/")
    if path[1:3] == ":/":
        return "file:///" + path[:2] + quote(path[2:])
    if path.startswith("//"):  # of another computer
        return "file:" + quote(path)
    return ("file://" if path.startswith("/") else "") + quote(path)
