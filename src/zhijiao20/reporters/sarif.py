"""Findings as SARIF 2.1.0 (OASIS), which editors and code hosts show beside the text."""

from __future__ import annotations

from typing import TextIO
from urllib.parse import quote

from zhijiao20 import __version__
from zhijiao20.findings import Finding, Report, Severity
from zhijiao20.reporters.json import dump

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(report: Report, stream: TextIO) -> None:
    """Write the whole report as one SARIF log with one run."""
    rules = {finding.rule.code: finding.rule for finding in report.findings}
    order = {code: index for index, code in enumerate(rules)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "zhijiao20",
                        "version": __version__,
                        "rules": [
                            {
                                "id": rule.code,
                                "name": rule.name,
                                "shortDescription": {"text": rule.title},
                                "defaultConfiguration": {"level": _LEVELS[rule.severity]},
                            }
                            for rule in rules.values()
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, order[finding.rule.code]) for finding in report.findings],
            }
        ],
    }
    dump(log, stream)


def _result(finding: Finding, index: int) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.place.line is not None:
        region = {"startLine": finding.place.line}
        if finding.place.column is not None:
            region["startColumn"] = finding.place.column
        physical["region"] = region
    location: dict[str, object] = {"physicalLocation": physical}
    names = [("单位", finding.unit), ("任务", finding.task), ("位置", finding.place.cell)]
    logical = [{"name": value, "kind": kind} for kind, value in names if value]
    if logical:
        location["logicalLocations"] = logical
    text = finding.message + (f"\n{finding.hint}" if finding.hint else "")
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [location],
    }


def _uri(file: str) -> str:
    """A path as a relative or ``file:`` URI, Windows drives and separators too."""
    path = file.replace("\\", "/")
    if path[1:3] == ":/":
        return "file:///" + path[:2] + quote(path[2:])
    return ("file://" if path.startswith("/") else "") + quote(path)
