"""The report as JSON, in the shape that other programs depend on (version 1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO, cast

from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.rule_table import Severity
from zhijiao20.output.statistics import as_dict

_MARK = re.compile(r'"\\u0000(\d+)"')  # no text in a document begins with this character

_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # JSON escapes lower ones


class _Harmless:
    """A stream on which a character that could act on a screen is written as its escape: the same text to a program."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(_ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


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
        "findings": map(finding_as_dict, report.findings),
    }
    if report.waived:
        document["waived"] = (finding_as_dict(item.finding) | {"reason": item.reason} for item in report.waived)
    if statistics:
        document["statistics"] = as_dict(report)
    write_document(document, stream)


def write_document(document: object, stream: TextIO) -> None:
    """Write a document, and of its iterators item after item: no two are held at a time."""
    iterators: list[Iterator[object]] = []

    def mark(iterator: Iterator[object]) -> str:
        iterators.append(iterator)
        return f"\0{len(iterators) - 1}"

    stream = cast(TextIO, _Harmless(stream))  # names from a stranger's files may be in it
    text = json.dumps(document, ensure_ascii=False, indent=2, default=mark)
    margin = ""
    for index, part in enumerate(_MARK.split(text)):
        if index % 2:
            _write_list(iterators[int(part)], margin, stream)
        else:
            stream.write(part)
            line = part.rpartition("\n")[2]
            margin = " " * (len(line) - len(line.lstrip()))
    stream.write("\n")


def _write_list(items: Iterator[object], margin: str, stream: TextIO) -> None:
    lead = "["
    for item in items:
        text = json.dumps(item, ensure_ascii=False, indent=2).replace("\n", f"\n{margin}  ")
        stream.write(f"{lead}\n{margin}  {text}")
        lead = ","
    stream.write(f"\n{margin}]" if lead == "," else "[]")


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
