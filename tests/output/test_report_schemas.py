"""Reports for other programs, held against the official schemas of their formats."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT
from lxml import etree
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.commands.validate import validate
from zhijiao20.core.findings import Finding, Place, Report, Waived
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.output import junit, sarif
from zhijiao20.rules.documentation import page_of

DATA = ROOT / "tests" / "data"
SARIF = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
JUNIT = etree.XMLSchema(etree.parse(DATA / "junit-10.xsd"))
HOSTILE = "\x00\x07\x1b[31m\ud800\ufffe\uffff]]><&\"'&#0;\u202e"
ODD = (
    Finding("各单位/甲.yaml", Place(12, 5), "甲", "2.1", RULES["ZJ201"], "空的", "写上"),
    Finding("D:\\表\\乙.docx", Place(cell="第12行"), "乙", None, RULES["ZJ009"], "有修订", ""),
    Finding("/tmp/丙 1.csv", Place(3), None, None, RULES["ZJ005"], "按 GB18030 读取", "另存"),
    Finding(
        f"{HOSTILE}.yaml".replace("\x00", "").replace("\ud800", ""),
        Place(1, 1),
        HOSTILE,
        "1.1",
        RULES["ZJ204"],
        HOSTILE,
        HOSTILE,
    ),
    Finding("空", Place(), "", "", RULES["ZJ001"], "打不开", ""),
)
REPORTS = {
    "nothing": Report(0, 0, ()),
    "clean": Report(3, 3, ()),
    "odd": Report(4, 2, ODD, waived=(Waived(ODD[3], HOSTILE), Waived(ODD[0], "理由"))),
    "only-waived": Report(1, 1, (), waived=(Waived(ODD[0], "理由"),)),
    "every-rule": Report(
        1, 1, tuple(Finding("甲", Place(1), "甲", "1.1", RULES[code], "说明", "改法") for code in RULES if code < "ZJ3")
    ),
}


def written(reporter: object, report: Report, **options: object) -> str:
    stream = io.StringIO()
    reporter.write(report, stream, **options)  # type: ignore[attr-defined]
    return stream.getvalue()


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_sarif_is_valid(report: Report) -> None:
    """Against the schema of the OASIS standard, whatever stands in the files."""
    log = json.loads(written(sarif, report))
    checker = jsonschema.Draft4Validator(SARIF, format_checker=jsonschema.FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in checker.iter_errors(log)] == []
    (run,) = log["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [ids[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]
    assert len(run["results"]) == len(report.findings) + len(report.waived)


def test_sarif_of_a_real_run_is_valid(tmp_path: Path) -> None:
    """All of it, from the command line."""
    cases = ROOT / "tests" / "acceptance" / "cases"
    result = CliRunner().invoke(app, ["validate", str(cases), "--output-format", "sarif"])
    jsonschema.Draft4Validator(SARIF).validate(json.loads(result.stdout))


def test_sarif_carries_the_page_of_a_rule() -> None:
    """Who reads the log elsewhere has no other page at hand."""
    (run,) = json.loads(written(sarif, REPORTS["odd"]))["runs"]
    rule = run["tool"]["driver"]["rules"][0]
    assert rule["fullDescription"]["text"] == page_of("ZJ201").why
    assert rule["help"]["text"].startswith("ZJ201 empty-status　落实情况为空\n错误，不能自动改\n")
    assert "\n依据：" in rule["help"]["text"]


@pytest.mark.parametrize("fail_on", list(Severity))
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_junit_is_valid(report: Report, fail_on: Severity) -> None:
    """Well-formed, and against the schema that CI servers read by; the counts are those of the cases."""
    text = written(junit, report, fail_on=fail_on)
    root = etree.fromstring(text.encode())
    assert JUNIT.validate(root), JUNIT.error_log
    for suite in (root, *root.findall("testsuite")):
        assert int(suite.get("tests")) == len(suite.findall(".//testcase"))
        assert int(suite.get("failures")) == len(suite.findall(".//failure"))
    assert len(root.findall(".//failure")) == sum(finding.reaches(fail_on) for finding in report.findings)
    assert len(root.findall(".//testcase")) == len(report.findings) + 1


def test_junit_says_what_was_found() -> None:
    """A suite a file, a case a finding; lighter findings pass and say what was found."""
    root = etree.fromstring(written(junit, REPORTS["odd"]).encode())
    run, first, second, third, *_ = root.findall("testsuite")
    assert run[0].get("name") == "检查了 4 个文件、2 个单位"
    assert [first.get("name"), second.get("name")] == ["各单位/甲.yaml", "D:\\表\\乙.docx"]
    assert first[0].get("name") == "ZJ201 落实情况为空 甲 2.1 第 12 行"
    assert dict(first[0][0].attrib) == {"type": "error", "message": "空的"}
    assert first[0][0].text == "空的\n写上"
    assert second[0].get("name") == "ZJ009 Word 里有没有接受的修订 乙 第12行"
    assert second[0][0].tag == "system-out"
    assert second[0][0].text == "警告：有修订"
    assert third[0][0].text == "提示：按 GB18030 读取\n另存"


def test_junit_shows_hostile_text_as_it_is() -> None:
    """No control character, no markup, nothing that XML cannot hold."""
    text = written(junit, REPORTS["odd"])
    assert "]]&gt;&lt;&amp;" in text
    assert "\\x1b[31m" in text
    assert not set(text) & set("\x00\x07\x1b\ud800\ufffe\uffff\u202e")


def test_junit_follows_fail_on(tmp_path: Path) -> None:
    """The same severity decides on the exit code and on what failed."""
    (tmp_path / "甲.csv").write_text("单位;编号;落实情况\n甲;1.1;印发实施方案\n", encoding="utf-8")
    for fail_on, failures, code in (("error", 0, 0), ("info", 1, 1)):
        options = ["--select", "ZJ005", "--output-format", "junit", "--fail-on", fail_on]
        result = CliRunner().invoke(app, ["validate", str(tmp_path), *options])
        assert result.exit_code == code
        assert f'<testsuites name="zhijiao20" tests="2" failures="{failures}" errors="0">' in result.stdout


class TestStatistics:
    """--statistics: counts a rule and a unit."""

    def test_json(self, tmp_path: Path) -> None:
        """A key of its own, only when asked for; most frequent first, most errors first."""
        report = Report(
            2,
            2,
            tuple(
                Finding("甲", Place(1), unit, "1.1", RULES[code], "", "")
                for unit, code in (("甲", "ZJ204"), ("乙", "ZJ201"), ("乙", "ZJ204"), (None, "ZJ001"))
            ),
        )
        from zhijiao20.output import json as json_report

        counts = json.loads(written(json_report, report, statistics=True))["statistics"]
        assert list(counts["rules"].items()) == [("ZJ204", 2), ("ZJ001", 1), ("ZJ201", 1)]
        assert list(counts["units"].items()) == [
            ("乙", {"errors": 1, "warnings": 0, "infos": 1}),
            ("甲", {"errors": 0, "warnings": 0, "infos": 1}),
        ]
        assert "statistics" not in json.loads(written(json_report, report))

    def test_text(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Below the summary, also where only the summary is wanted; a unit's name is shown as it is."""
        (tmp_path / "甲.csv").write_text("单位,编号,落实情况\n[red]甲,1.1,\n乙,1.1,略\n", encoding="utf-8")
        args = ["validate", str(tmp_path), "--select", "ZJ201,ZJ203", "--statistics", "-q"]
        lines = [line.split() for line in CliRunner().invoke(app, args).stdout.splitlines()[1:]]
        assert lines == [
            [],
            ["编号", "轻重", "次数", "说的是"],
            ["ZJ201", "错误", "1", "落实情况为空"],
            ["ZJ203", "错误", "1", "落实情况只是占位文字"],
            [],
            ["单位", "错误", "警告", "提示"],
            ["[red]甲", "1", "0", "0"],
            ["乙", "1", "0", "0"],
        ]
        monkeypatch.setattr("zhijiao20.output.statistics._UNITS", 1)
        assert CliRunner().invoke(app, args).stdout.endswith("\n……还有 1 个单位没有显示\n")

    def test_without_a_unit(self, tmp_path: Path) -> None:
        """A file that cannot be read belongs to no unit."""
        (tmp_path / "甲.yaml").write_text("a: [", encoding="utf-8")
        out = CliRunner().invoke(app, ["validate", str(tmp_path), "--statistics", "-q"]).stdout
        assert "ZJ004" in out
        assert "\n单位" not in out

    def test_nothing_found(self, tmp_path: Path) -> None:
        """No empty table."""
        out = CliRunner().invoke(app, ["validate", str(ROOT / "examples" / "澄州市"), "--statistics"]).stdout
        assert out.count("\n") == 1

    def test_not_for_other_formats(self, tmp_path: Path) -> None:
        """They have no room for it."""
        result = CliRunner().invoke(app, ["validate", "x", "--statistics", "--output-format", "sarif"])
        assert (result.exit_code, result.stderr) == (2, "错误：--statistics 只用于 text 和 json\n")


def test_everything_stays_within_one_run(tmp_path: Path) -> None:
    """The workflow knows nothing of reporters: the same report serves all of them."""
    (tmp_path / "甲.csv").write_text("单位,编号,落实情况\n甲,1.1,\n", encoding="utf-8")
    report = validate([tmp_path])
    assert written(junit, report) == written(junit, report)
    assert written(sarif, report) == written(sarif, report)
