"""Findings as JUnit XML, which CI servers show as test results: a suite a file, a case a finding.

Findings from a severity on are failures; lighter ones are passed cases that say what was found.  The first suite holds
one passed case for the run itself, so that a clean run is no empty report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.rule_table import SEVERITY_NAMES, Severity

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOT_XML = re.compile("[\ufffe\uffff]")


def write(report: Report, stream: TextIO, *, fail_on: Severity = Severity.ERROR) -> None:
    """Write the whole report, case by case.

    Args:
        report: the finished report.
        stream: where to write.
        fail_on: the severity from which on a finding is a failure.
    """
    failures = sum(number for rule, number in report.by_rule().items() if rule.reaches(fail_on))
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="zhijiao20" tests="{len(report.findings) + 1}" failures="{failures}" errors="0">\n')
    _write_suite("zhijiao20", 1, 0, [_run(report)], stream)
    numbers = [_numbers(of, fail_on) for _, of in groupby(report.findings, _file)]
    for (file, of), (number, failed) in zip(groupby(report.findings, _file), numbers, strict=True):
        _write_suite(file, number, failed, (_case(finding, fail_on) for finding in of), stream)
    stream.write("</testsuites>\n")


def _file(finding: Finding) -> str:
    return finding.file


def _numbers(findings: Iterable[Finding], fail_on: Severity) -> tuple[int, int]:
    """How many there are, and how many of them are failures."""
    failed = Counter(finding.reaches(fail_on) for finding in findings)
    return failed.total(), failed[True]


def _write_suite(name: str, tests: int, failures: int, cases: Iterable[Element], stream: TextIO) -> None:
    """Write a suite, case by case: no two are held at a time."""
    from xml.etree.ElementTree import indent, tostring

    suite = _element("testsuite", name=name, tests=str(tests), failures=str(failures), errors="0")
    suite.text = "\n"
    opening, _, closing = tostring(suite, encoding="unicode").rpartition("\n")
    stream.write(opening + "\n")
    for case in cases:
        indent(case, level=1)
        stream.write(f"  {tostring(case, encoding='unicode')}\n")
    stream.write(closing + "\n")


def _run(report: Report) -> Element:
    name = f"检查了 {report.files} 个文件、{report.units} 个单位"
    return _element("testcase", classname="zhijiao20", name=name)


def _case(finding: Finding, fail_on: Severity) -> Element:
    case = _element("testcase", classname=finding.file, name=_name(finding))
    text = "\n".join(filter(None, (finding.message, finding.hint)))
    if finding.reaches(fail_on):
        told = _element("failure", type=finding.severity.value, message=finding.message)
        told.text = _plain(text)
    else:
        told = _element("system-out")
        told.text = _plain(f"{SEVERITY_NAMES[finding.severity]}：{text}")
    case.append(told)
    return case


def _name(finding: Finding) -> str:
    """Rule, unit, task and place: the same finding has the same name in the next run."""
    place = finding.place
    where = place.cell or (f"第 {place.line} 行" if place.line else "")
    return " ".join(filter(None, (finding.rule.code, finding.rule.title, finding.unit, finding.task, where)))


def _element(tag: str, **attributes: str) -> Element:
    from xml.etree.ElementTree import Element

    return Element(tag, {name: _plain(value) for name, value in attributes.items()})


def _plain(text: str) -> str:
    """A text that XML can hold and no reader acts on: control characters are shown escaped."""
    return _NOT_XML.sub("", "\n".join(map(escape_controls, text.split("\n"))))
