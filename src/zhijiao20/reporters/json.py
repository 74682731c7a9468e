"""The report as JSON, in the shape that other programs depend on (version 1)."""

from __future__ import annotations

import json
from typing import TextIO

from zhijiao20.findings import Finding, Report, Severity
from zhijiao20.reporters.statistics import as_dict


def write(report: Report, stream: TextIO, *, statistics: bool = False) -> None:
    """Write the whole report as one JSON document; what was waived or not read stands in it only where anything was.

    Args:
        report: the finished report.
        stream: where to write.
        statistics: add how many findings of each rule and of each unit.
    """
    document: dict[str, object] = {
        "version": 1,
        "summary": {
            "files": report.files,
            "units": report.units,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
            **({"waived": len(report.waived)} if report.waived else {}),
            **({"unread": list(report.unread)} if report.unread else {}),
        },
        "findings": [finding_as_dict(finding) for finding in report.findings],
    }
    if report.waived:
        document["waived"] = [finding_as_dict(item.finding) | {"reason": item.reason} for item in report.waived]
    if statistics:
        document["statistics"] = as_dict(report)
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
