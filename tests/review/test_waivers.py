"""豁免: a reason takes a rule back for one entry, never an error of structure or completeness."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.commands.validate import validate
from zhijiao20.core.findings import NOWHERE, Finding, Waived
from zhijiao20.core.rule_table import RULES
from zhijiao20.rules.waivers import Waiver, waive


def codes(tmp_path: Path, entry: str) -> list[str]:
    """The codes for task 1.1 of a file with this entry."""
    path = tmp_path / "甲.yaml"
    path.write_text(f"单位: 甲\n任务:\n  '1.1': {entry}\n", encoding="utf-8")
    return [finding.rule.code for finding in validate([path]).findings if finding.task == "1.1"]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("{进展: 不涉及}", ["ZJ204"]),
        ("{进展: 不涉及, 豁免: {ZJ204: 已核}}", []),
        ("{进展: 完成, 落实情况: 印发实施方案并组织自查, 豁免: {ZJ112: 已核}}", []),
        ("{进展: 不涉及, 豁免: {ZJ112: 已核}}", ["ZJ119", "ZJ204"]),
        ("{落实情况: '', 豁免: {ZJ201: 不想填}}", ["ZJ119", "ZJ201"]),
        ("{进展: 不涉及, 豁免: {ZJ204: ''}}", ["ZJ104", "ZJ204"]),
        ("{进展: 不涉及, 豁免: {规则: 已核}}", ["ZJ103", "ZJ204"]),
        ("{进展: 不涉及, 豁免: {ZJ204: 已核, ZJ299: 已核}}", ["ZJ119"]),
        ("{进展: 不涉及, 豁免: {ZJ204: 已核, ZJ119: 已核}}", ["ZJ119"]),
        ("{进展: 不涉及, 豁免: {ZJ204: 已核, ZJ604: 保留}}", ["ZJ119"]),
    ],
    ids=[
        "none",
        "info",
        "other-info",
        "another-rule",
        "error-stays",
        "no-reason",
        "no-code",
        "no-such-rule",
        "itself",
        "of-no-task",
    ],
)
def test_a_reason_takes_a_rule_back(tmp_path: Path, entry: str, found: list[str]) -> None:
    """For this entry and this rule; nothing lets an error of ZJ0 to ZJ2 through; what does nothing is told."""
    assert sorted(codes(tmp_path, entry)) == found


WAIVED = "单位: 甲\n任务:\n" + "".join(
    f"  '{task}': {{进展: 不涉及, 豁免: {{ZJ204: '职能之外[red]\x1b'}}}}\n" for task in ("1.1", "1.2", "1.3")
)


def put(tmp_path: Path, text: str = WAIVED.replace("\x1b", "")) -> Path:
    path = tmp_path / "甲.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_was_waived_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Suppressed, but never in silence: unit, task, rule and reason, the text as it is."""
    run = CliRunner().invoke
    out = run(app, ["validate", str(put(tmp_path))]).stdout
    assert "\n豁免 3 处：\n  甲  1.1  ZJ204  理由：“职能之外[red]”\n  甲  1.2  ZJ204" in out
    monkeypatch.setattr("zhijiao20.output.terminal._WAIVED", 2)
    assert run(app, ["validate", str(put(tmp_path))]).stdout.endswith("  ……还有 1 处豁免没有显示\n")
    assert run(app, ["validate", "-q", str(put(tmp_path))]).stdout.endswith("\n豁免 3 处。\n")
    assert "豁免" not in run(app, ["validate", str(put(tmp_path)), "--ignore", "ZJ2"]).stdout


def test_programs_learn_what_was_waived(tmp_path: Path) -> None:
    """JSON has it beside the findings; SARIF has words of its own for it."""
    run = CliRunner().invoke
    document = json.loads(run(app, ["validate", str(put(tmp_path)), "--output-format", "json"]).stdout)
    assert document["summary"]["waived"] == 3
    assert [row["task"] for row in document["waived"]] == ["1.1", "1.2", "1.3"]
    assert (document["waived"][0]["rule"], document["waived"][0]["reason"]) == ("ZJ204", "职能之外[red]")
    assert "ZJ204" not in {row["rule"] for row in document["findings"]}
    (log,) = json.loads(run(app, ["validate", str(put(tmp_path)), "--output-format", "sarif"]).stdout)["runs"]
    suppressed = [result for result in log["results"] if "suppressions" in result]
    assert [result["ruleId"] for result in suppressed] == ["ZJ204"] * 3
    assert suppressed[0]["suppressions"] == [{"kind": "inSource", "justification": "职能之外[red]"}]


@pytest.mark.parametrize(
    ("options", "told"),
    [([], True), (["--ignore", "ZJ204"], False), (["--select", "ZJ1"], False), (["--select", "ZJ1,ZJ204"], True)],
    ids=["all", "ignored", "not-selected", "selected"],
)
def test_a_rule_that_was_not_looked_for_leaves_its_waiver_alone(tmp_path: Path, options: list[str], told: bool) -> None:
    """Only a run that looked can say that there was nothing."""
    text = "单位: 甲\n任务:\n  '1.1': {落实情况: 印发实施方案并组织自查, 豁免: {ZJ204: 职能之外}}\n"
    out = CliRunner().invoke(app, ["validate", str(put(tmp_path, text)), *options]).stdout
    assert ("ZJ119" in out) is told
    assert ("豁免 ZJ204（不涉及而未说明理由）没有用上：这一项没有这个问题" in out) is told


def test_a_waiver_takes_back_what_is_said_between_units(tmp_path: Path) -> None:
    """A rule that looks at all units names an entry too."""
    waiver = Waiver("甲.yaml", "甲", "1.1", "ZJ601", "共用一段话", NOWHERE)
    findings = [Finding("甲.yaml", NOWHERE, unit, "1.1", RULES["ZJ601"], "雷同", "") for unit in ("甲", "乙")]
    kept, waived = waive(findings, [waiver])
    assert [finding.unit for finding in kept] == ["乙"]
    assert waived == (Waived(findings[0], "共用一段话"),)


def test_waivers_are_in_their_place_among_the_findings(tmp_path: Path) -> None:
    """Top to bottom, as one mends them."""
    text = "单位: 甲\n任务:\n  '1.1': {落实情况: 印发实施方案并组织自查, 豁免: {ZJ204: 无}}\n  '1.2': 略\n"
    found = validate([put(tmp_path, text)]).findings
    assert [finding.rule.code for finding in found][:2] == ["ZJ119", "ZJ203"]


def test_unread_file_is_never_chosen_away(tmp_path: Path) -> None:
    """--select and --ignore choose among rules; a file that could not be read is no sound one."""
    path = tmp_path / "坏.yaml"
    path.write_text("a: [", encoding="utf-8")
    for option in (["--select", "ZJ2"], ["--ignore", "ZJ0"]):
        result = CliRunner().invoke(app, ["validate", str(path), *option])
        assert result.exit_code == 1
        assert "ZJ004" in result.stdout


def test_empty_path_is_no_path() -> None:
    """An unset variable of a script would otherwise mean the current folder."""
    assert CliRunner().invoke(app, ["validate", ""]).exit_code == 2


def test_codes_of_later_rules_can_be_named(tmp_path: Path) -> None:
    """ZJ2,ZJ305 is a choice like any other."""
    path = tmp_path / "甲.yaml"
    path.write_text("单位: 甲\n任务:\n  '1.1': 文\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["validate", str(path), "--select", "ZJ2,ZJ305", "-q"]).exit_code == 1


def test_what_yaml_leaves_out_or_joins_is_told(tmp_path: Path) -> None:
    """“ #” begins a comment and lines are folded: right for YAML, a loss for a clerk."""
    path = tmp_path / "甲.yaml"
    path.write_text(
        "单位: 甲 # 备注\n任务:\n  '1.1': 安排资金 #1 批\n  '1.2':\n    落实情况:\n      第一段。\n      第二段。\n"
        "  '1.3': |-\n    编号 #3 的\n    第二段\n  '1.4': '资金 #4 批'\n",
        encoding="utf-8",
    )
    found = [
        (finding.rule.code, finding.place.line, finding.message)
        for finding in validate([path]).findings
        if finding.rule.code.startswith("ZJ02")
    ]
    assert found == [
        ("ZJ021", 1, "“#”后面的文字被当作注释，没有读入：“# 备注”"),
        ("ZJ021", 3, "“#”后面的文字被当作注释，没有读入：“#1 批”"),
        ("ZJ022", 6, "这段文字写成了几行，已按 YAML 的规则并成一段"),
    ]
    path.write_text('单位: 甲\n报告期: "一\\n二"\n任务: {}\n', encoding="utf-8")
    assert "报告期写成了几行" in validate([path]).findings[0].message


def test_render_tells_what_it_could_not_write_above_a_foreign_form(tmp_path: Path) -> None:
    """--unit and --period have no place in a form without such lines."""
    run = CliRunner().invoke
    run(app, ["render", "--blank", "-o", str(tmp_path / "空表.docx")])
    run(app, ["init", "甲", "-f", "csv", "-o", str(tmp_path / "甲.csv")])
    files = [str(tmp_path / name) for name in ("甲.csv", "空表.docx", "out.docx")]
    options = ["--template", files[1], "--unit", "乙", "--allow-incomplete", "-o", files[2]]
    result = run(app, ["render", files[0], *options])
    assert result.exit_code == 0
    assert "“填报单位”没有写进去：表样上方没有“填报单位：”这一行" in result.stderr


def test_blank_form_can_name_its_unit(tmp_path: Path) -> None:
    """render --blank --unit writes the lines above the table; what no line can hold is refused."""
    run = CliRunner().invoke
    path = tmp_path / "空表.docx"
    assert run(app, ["render", "--blank", "-o", str(path), "--unit", "乙", "--period", "2020年"]).exit_code == 0
    assert "乙" in run(app, ["validate", str(path)]).stdout
    assert run(app, ["render", "--blank", "-o", str(path), "--period", "一\n二"]).exit_code == 2
