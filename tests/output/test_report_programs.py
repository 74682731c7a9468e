"""Reports for other programs: GitHub annotations and SARIF."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.core.findings import Finding, Place, Report
from zhijiao20.core.rule_table import RULES
from zhijiao20.output import github, sarif

FINDINGS = (
    Finding("各单位/甲.yaml", Place(12, 5), "甲", "2.1", RULES["ZJ201"], "空的：100%\n::error::伪造", "写上"),
    Finding("D:\\表\\乙.docx", Place(cell="第12行"), "乙", None, RULES["ZJ009"], "有修订", ""),
    Finding("/tmp/丙 1.csv", Place(3), None, None, RULES["ZJ005"], "按 GB18030 读取", "另存"),
)


def written(reporter: object) -> str:
    """What a reporter writes of the findings."""
    stream = io.StringIO()
    reporter.write(Report(3, 2, FINDINGS), stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def test_github_writes_one_command_a_finding() -> None:
    """A text from a file can neither end its command nor begin another one."""
    assert written(github).splitlines() == [
        "::error file=各单位/甲.yaml,line=12,col=5,title=ZJ201 落实情况为空::空的：100%25%0A::error::伪造%0A写上",
        "::warning file=D%3A\\表\\乙.docx,title=ZJ009 Word 里有没有接受的修订::[第12行] 有修订",
        "::notice file=/tmp/丙 1.csv,line=3,title=ZJ005 编码是推断的::按 GB18030 读取%0A另存",
    ]


def test_sarif_log_has_the_shape_of_the_standard() -> None:
    """Version, driver with its rules, results that point to them, URIs that are URIs."""
    log = json.loads(written(sarif))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["ZJ201", "ZJ009", "ZJ005"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 2]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0]["region"] == {"startLine": 12, "startColumn": 5}
    assert [place["artifactLocation"]["uri"] for place in places] == [
        "%E5%90%84%E5%8D%95%E4%BD%8D/%E7%94%B2.yaml",
        "file:///D:/%E8%A1%A8/%E4%B9%99.docx",
        "file:///tmp/%E4%B8%99%201.csv",
    ]
    assert "region" not in places[1]
    assert places[2]["region"] == {"startLine": 3}
    assert run["results"][1]["locations"][0]["logicalLocations"] == [
        {"name": "乙", "kind": "单位"},
        {"name": "第12行", "kind": "位置"},
    ]
    assert "logicalLocations" not in run["results"][2]["locations"][0]
    assert run["results"][1]["message"] == {"text": "有修订"}


@pytest.mark.parametrize(("kind", "start"), [("github", "::error file="), ("sarif", "{")])
def test_validate_writes_them(tmp_path: Path, kind: str, start: str) -> None:
    """On standard output, with the exit code of the findings."""
    (tmp_path / "甲.yaml").write_text("单位: 甲\n任务:\n  '1.1': 印发12个实施方案文件\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["validate", str(tmp_path), "--output-format", kind])
    assert result.exit_code == 1
    assert result.stdout.startswith(start)
    assert result.stderr == ""


def test_a_file_of_another_computer_has_its_uri() -> None:
    r"""`\\服务器\共享\…`: the computer is the host of the URI, not the first folder."""
    assert sarif._uri("\\\\srv\\共享\\甲.yaml") == "file://srv/%E5%85%B1%E4%BA%AB/%E7%94%B2.yaml"
