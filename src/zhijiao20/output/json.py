"""The report as JSON, in the schema that other programs depend on (version 1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO, cast

from zhijiao20.core.findings import Finding, Report, UnitCounts
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.rule_table import Severity
from zhijiao20.output.statistics import as_dict, counts_as_dict

_PLACEHOLDER = lazy_regex(r'"\\u0000(\d+)"')  # placeholder of an iterator; no text in a document begins with NUL

# json.dumps escapes U+0000 to U+001F itself.
_TERMINAL_CONTROLS = lazy_regex("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class _EscapingStream:
    """A stream that writes characters that act on a terminal as JSON escapes: parsed, the text is the same."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(_TERMINAL_CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def write(report: Report, stream: TextIO, *, statistics: bool = False) -> None:
    """Write the whole report as one JSON document.

    The keys for waived findings, for unread files and for files that do not count are omitted if there are none.

    Args:
        report: the finished report.
        stream: the output stream.
        statistics: whether to add the counts of findings by rule and by unit.
    """
    document: dict[str, object] = {
        "version": 1,
        "summary": {
            "files": report.files,
            "units": report.units,
            **counts_as_dict({severity: report.count(severity) for severity in Severity}),
            **({"waived": len(report.waived)} if report.waived else {}),
            **({"unread": [item.file for item in report.unread]} if report.unread else {}),
            **({"set_aside": list(report.set_aside)} if report.set_aside else {}),
        },
        "units": map(_unit_as_dict, report.by_unit),
        "findings": map(finding_as_dict, report.findings),
    }
    if report.waived:
        document["waived"] = (finding_as_dict(item.finding) | {"reason": item.reason} for item in report.waived)
    if statistics:
        document["statistics"] = as_dict(report)
    write_document(document, stream)


def write_document(document: object, stream: TextIO) -> None:
    """Write a document as JSON; write its iterators item by item, to hold one item at a time."""
    iterators: list[Iterator[object]] = []

    def add_placeholder(iterator: Iterator[object]) -> str:
        iterators.append(iterator)
        return f"\0{len(iterators) - 1}"

    stream = cast(TextIO, _EscapingStream(stream))  # it may contain names from untrusted files
    text = json.dumps(document, ensure_ascii=False, indent=2, default=add_placeholder)
    indentation = ""
    for index, part in enumerate(_PLACEHOLDER.split(text)):
        if index % 2:
            _write_list(iterators[int(part)], indentation, stream)
        else:
            stream.write(part)
            line = part.rpartition("\n")[2]
            indentation = " " * (len(line) - len(line.lstrip()))
    stream.write("\n")


def _write_list(items: Iterator[object], indentation: str, stream: TextIO) -> None:
    separator = "["
    for item in items:
        text = json.dumps(item, ensure_ascii=False, indent=2).replace("\n", f"\n{indentation}  ")
        stream.write(f"{separator}\n{indentation}  {text}")
        separator = ","
    stream.write(f"\n{indentation}]" if separator == "," else "[]")


def _unit_as_dict(unit: UnitCounts) -> dict[str, object]:
    return {"unit": unit.unit, "files": unit.files, **counts_as_dict(unit.counts)}


def finding_as_dict(finding: Finding) -> dict[str, str | int | None]:
    """Return a finding with the keys of version 1 of the schema, in their order."""
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
