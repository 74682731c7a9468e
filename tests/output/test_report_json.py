"""The report for programs: the shape of the contract, to the key."""

from __future__ import annotations

import io
import json
from collections import Counter

import pytest

from zhijiao20.core.findings import Finding, Place, Report, UnitCounts
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.core.unread import Unread
from zhijiao20.output import json as json_report


def written(report: Report) -> str:
    stream = io.StringIO()
    json_report.write(report, stream)
    return stream.getvalue()


def test_the_shape_of_the_contract() -> None:
    """Other programs depend on every key and on null where there is nothing."""
    report = Report(
        3,
        2,
        (
            Finding("status/甲.yaml", Place(12, 5), "甲", "2.1", RULES["ZJ201"], "空的", "写上"),
            Finding("乙.docx", Place(cell="第12行"), None, None, RULES["ZJ007"], "[red]\x1b\u2028", ""),
        ),
        by_unit=(
            UnitCounts("甲", ["status/甲.yaml"], Counter({Severity.ERROR: 1})),
            UnitCounts("乙", ["乙.docx", "乙.csv"], Counter()),
        ),
    )
    out = written(report)
    assert json.loads(out) == {
        "version": 1,
        "summary": {"files": 3, "units": 2, "errors": 1, "warnings": 1, "infos": 0},
        "units": [
            {"unit": "甲", "files": ["status/甲.yaml"], "errors": 1, "warnings": 0, "infos": 0},
            {"unit": "乙", "files": ["乙.docx", "乙.csv"], "errors": 0, "warnings": 0, "infos": 0},
        ],
        "findings": [
            {
                "file": "status/甲.yaml",
                "line": 12,
                "column": 5,
                "cell": None,
                "unit": "甲",
                "task": "2.1",
                "rule": "ZJ201",
                "name": "empty-status",
                "severity": "error",
                "message": "空的",
                "hint": "写上",
            },
            {
                "file": "乙.docx",
                "line": None,
                "column": None,
                "cell": "第12行",
                "unit": None,
                "task": None,
                "rule": "ZJ007",
                "name": "lost-character",
                "severity": "warning",
                "message": "[red]\x1b\u2028",
                "hint": "",
            },
        ],
    }
    assert list(json.loads(out)["findings"][0]) == [
        "file", "line", "column", "cell", "unit", "task", "rule", "name", "severity", "message", "hint",
    ]  # fmt: skip
    assert out.endswith("}\n")
    assert "甲" in out  # readable to people too
    assert "\x1b" not in out


@pytest.mark.parametrize("code", RULES)
def test_every_rule_can_be_written(code: str) -> None:
    """Codes and names are stable for ever: they come out as they are in the table."""
    (row,) = json.loads(written(Report(1, 1, (Finding("a", Place(), None, None, RULES[code], "m", "h"),))))["findings"]
    assert (row["rule"], row["name"], row["severity"]) == (code, RULES[code].name, RULES[code].severity.value)


def test_an_empty_report_is_a_whole_document() -> None:
    """A program reads it the same way."""
    assert json.loads(written(Report(0, 0, ()))) == {
        "version": 1,
        "summary": {"files": 0, "units": 0, "errors": 0, "warnings": 0, "infos": 0},
        "units": [],
        "findings": [],
    }


def test_files_that_were_not_read_are_named() -> None:
    """A program that collects returns must know of a .pdf; where there is none, no key is added."""
    summary = json.loads(written(Report(1, 1, (), unread=(Unread("各单位/乙.pdf", "图片", "要原件"),))))["summary"]
    assert summary == {"files": 1, "units": 1, "errors": 0, "warnings": 0, "infos": 0, "unread": ["各单位/乙.pdf"]}
