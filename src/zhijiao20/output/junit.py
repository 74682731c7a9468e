"""Findings as JUnit XML, which CI servers show as test results: one suite per file, one case per finding.

Findings of at least a given severity are failures; the others are passed cases with the finding as output. The first
suite contains one passed case for the run itself, so that a run without findings does not give an empty report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.rule_table import SEVERITY_NAMES, Severity

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOT_IN_XML = lazy_regex("[\ufffe\uffff]")


def write(report: Report, stream: TextIO, *, fail_on: Severity = Severity.ERROR) -> None:
    """Write the whole report, case by case.

    Args:
        report: the finished report.
        stream: the output stream.
        fail_on: the lowest severity at which a finding is a failure.
    """
    failures = sum(number for rule, number in report.by_rule().items() if rule.reaches(fail_on))
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="zhijiao20" tests="{len(report.findings) + 1}" failures="{failures}" errors="0">\n')
    _write_suite("zhijiao20", 1, 0, [_run_case(report)], stream)
    counts = [_count_cases(findings, fail_on) for _, findings in groupby(report.findings, _file)]
    for (file, findings), (number, failed) in zip(groupby(report.findings, _file), counts, strict=True):
        _write_suite(file, number, failed, (_finding_case(finding, fail_on) for finding in findings), stream)
    stream.write("</testsuites>\n")


def _file(finding: Finding) -> str:
    return finding.file


def _count_cases(findings: Iterable[Finding], fail_on: Severity) -> tuple[int, int]:
    """Return the number of findings, and how many of them are failures."""
    failed = Counter(finding.reaches(fail_on) for finding in findings)
    return failed.total(), failed[True]


def _write_suite(name: str, tests: int, failures: int, cases: Iterable[Element], stream: TextIO) -> None:
    """Write a suite case by case, to hold one case at a time."""
    from xml.etree.ElementTree import indent, tostring

    suite = _element("testsuite", name=name, tests=str(tests), failures=str(failures), errors="0")
    suite.text = "\n"
    opening, _, closing = tostring(suite, encoding="unicode").rpartition("\n")
    stream.write(opening + "\n")
    for case in cases:
        indent(case, level=1)
        stream.write(f"  {tostring(case, encoding='unicode')}\n")
    stream.write(closing + "\n")


def _run_case(report: Report) -> Element:
    name = f"检查了 {report.files} 个文件、{report.units} 个单位"
    return _element("testcase", classname="zhijiao20", name=name)


def _finding_case(finding: Finding, fail_on: Severity) -> Element:
    case = _element("testcase", classname=finding.file, name=_case_name(finding))
    text = "\n".join(filter(None, (finding.message, finding.hint)))
    if finding.reaches(fail_on):
        outcome = _element("failure", type=finding.severity.value, message=finding.message)
        outcome.text = _xml_text(text)
    else:
        outcome = _element("system-out")
        outcome.text = _xml_text(f"{SEVERITY_NAMES[finding.severity]}：{text}")
    case.append(outcome)
    return case


def _case_name(finding: Finding) -> str:
    """Join rule, unit, task and place: the same finding has the same name in the next run."""
    place = finding.place
    where = place.cell or (f"第 {place.line} 行" if place.line else "")
    return " ".join(filter(None, (finding.rule.code, finding.rule.title, finding.unit, finding.task, where)))


def _element(tag: str, **attributes: str) -> Element:
    from xml.etree.ElementTree import Element

    return Element(tag, {name: _xml_text(value) for name, value in attributes.items()})


def _xml_text(text: str) -> str:
    """Remove characters that XML cannot contain, and escape control characters visibly."""
    return _NOT_IN_XML.sub("", "\n".join(map(escape_controls, text.split("\n"))))
