"""The report as JSON, in the shape that other programs depend on (version 1)."""

from __future__ import annotations

import json
import re
from typing import TextIO, cast

from zhijiao20.findings import Finding, Report, Severity

_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # JSON escapes lower ones


class _Harmless:
    """A stream on which a character that could act on a screen is written as its escape: the same text to a program."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(_ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def dump(document: object, stream: TextIO) -> None:
    """Write a JSON document as people can read it; names from a stranger's files may be in it."""
    json.dump(document, cast(TextIO, _Harmless(stream)), ensure_ascii=False, indent=2)
    stream.write("\n")


def write(report: Report, stream: TextIO) -> None:
    """Write the whole report as one JSON document."""
    document = {
        "version": 1,
        "summary": {
            "files": report.files,
            "units": report.units,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
        },
        "findings": [finding_as_dict(finding) for finding in report.findings],
    }
    dump(document, stream)


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
