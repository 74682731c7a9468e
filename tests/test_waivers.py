"""豁免: a reason takes a rule back for one entry, never an error of structure or completeness."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhijiao20 import workflow
from zhijiao20.cli import app


def codes(tmp_path: Path, entry: str) -> list[str]:
    """The codes for task 1.1 of a file with this entry."""
    path = tmp_path / "甲.yaml"
    path.write_text(f"单位: 甲\n任务:\n  '1.1': {entry}\n", encoding="utf-8")
    return [finding.rule.code for finding in workflow.check([path]).findings if finding.task == "1.1"]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("{进展: 不涉及}", ["ZJ204"]),
        ("{进展: 不涉及, 豁免: {ZJ204: 已核}}", []),
        ("{进展: 完成, 落实情况: 印发实施方案并组织培训, 豁免: {ZJ112: 已核}}", []),
        ("{进展: 不涉及, 豁免: {ZJ112: 已核}}", ["ZJ204"]),
        ("{落实情况: '', 豁免: {ZJ201: 不想填}}", ["ZJ201"]),
        ("{进展: 不涉及, 豁免: {ZJ204: ''}}", ["ZJ104", "ZJ204"]),
        ("{落实情况: 印发实施方案并组织培训, 豁免: {规则: 已核}}", ["ZJ103"]),
        ("{落实情况: 印发方案, 豁免: {ZJ305: 引用原文}}", []),
    ],
    ids=["none", "info", "other-info", "another-rule", "error-stays", "no-reason", "no-code", "later-rule"],
)
def test_a_reason_takes_a_rule_back(tmp_path: Path, entry: str, found: list[str]) -> None:
    """For this entry and this rule; nothing lets an error of ZJ0 to ZJ2 through."""
    assert sorted(codes(tmp_path, entry)) == found


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
        for finding in workflow.check([path]).findings
        if finding.rule.code.startswith("ZJ02")
    ]
    assert found == [
        ("ZJ021", 1, "“#”后面的文字被当作注释，没有读入：“# 备注”"),
        ("ZJ021", 3, "“#”后面的文字被当作注释，没有读入：“#1 批”"),
        ("ZJ022", 6, "这段文字写成了几行，已按 YAML 的规则并成一段"),
    ]
    path.write_text('单位: 甲\n报告期: "一\\n二"\n任务: {}\n', encoding="utf-8")
    assert "报告期写成了几行" in workflow.check([path]).findings[0].message


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
