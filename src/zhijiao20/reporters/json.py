"""The report as JSON, in the shape that other programs depend on (version 1)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from zhijiao20.findings import Finding, Report, Severity


def write(report: Report, stream: TextIO) -> None:
    """Write the whole report as one JSON document, finding by finding."""
    document = {
        "version": 1,
        "summary": {
            "files": report.files,
            "units": report.units,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
        },
        "findings": [],
    }
    write_list(document, map(finding_as_dict, report.findings), stream)


def write_list(document: object, items: Iterable[object], stream: TextIO) -> None:
    """Write a document whose last list is empty, with the items in this list one after the other.

    Args:
        document: what stands around the list.
        items: its items; no two of them are held at a time.
        stream: where to write.
    """
    head, empty, tail = _dumps(document).rpartition("[]")
    margin = " " * (len(head.rpartition("\n")[2]) - len(head.rpartition("\n")[2].lstrip()))
    opened = False
    for item in items:
        stream.write(("," if opened else head + "[") + f"\n{margin}  ")
        stream.write(_dumps(item).replace("\n", f"\n{margin}  "))
        opened = True
    stream.write((f"\n{margin}]" if opened else head + empty) + tail + "\n")


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


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
