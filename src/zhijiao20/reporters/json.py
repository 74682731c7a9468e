"""The report as JSON, in the shape that other programs depend on (version 1)."""

from __future__ import annotations

import json
from typing import TextIO

from zhijiao20.findings import Finding, Report, Severity


def write(report: Report, stream: TextIO) -> None:
    """Write the whole report as one JSON document; files that were not read are named where there are any."""
    document = {
        "version": 1,
        "summary": {
            "files": report.files,
            "units": report.units,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
            **({"unread": list(report.unread)} if report.unread else {}),
        },
        "findings": [finding_as_dict(finding) for finding in report.findings],
    }
    json.dump(document, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def finding_as_dict(finding: Finding) -> dict[str, str | int | None]:
    """A finding with the keys of the contract, in its order."""
    return {
        "file": finding.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "cell": finding.place.cell,
        "unit": finding.unit,
        "task": finding.task,
        "rule": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
    }
