"""zhijiao20 rules: the catalogue, and a rule's page."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.core.rule_table import RULES


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["rules", *args])
    return result.exit_code, result.stdout, result.stderr


def test_catalogue_for_programs_that_read_lines() -> None:
    """In a pipe a rule is a line, its fields parted by tabs."""
    code, out, err = run()
    rows = [line.split("\t") for line in out.splitlines()]
    assert (code, err, [row[0] for row in rows]) == (0, "", list(RULES))
    assert rows[0] == ["ZJ001", "unreadable-file", "错误", "", "文件打不开或读不了"]
    assert next(row for row in rows if row[0] == "ZJ401")[3] == "是"


def test_catalogue_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with a section for each family."""
    monkeypatch.setenv("COLUMNS", "100")
    code, out, _ = run()
    assert code == 0
    assert [name for name in ("文件", "结构", "完整", "内容", "公文写法", "指标", "单位之间") if name not in out] == []
    assert all(rule.code in out for rule in RULES.values())


def test_page() -> None:
    """Why, wrong, right and the source, with the tasks and files that matter."""
    code, out, err = run("ZJ203", "zj107")
    assert (code, err) == (0, "")
    assert out.startswith("ZJ107 duplicate-unit　同一单位有两份文件\n错误，不能自动改\n\n同一单位")
    assert "\n  · 澄州市财政局.yaml\n      单位: 澄州市财政局\n      任务:\n" in out
    assert "\n\nZJ203 placeholder　落实情况只是占位文字\n" in out
    assert "\n错：\n  · 同上。\n  · 〔16.4 已完成〕已落实\n" in out
    assert "\n依据：落实情况应写明" in out


def test_page_shows_what_cannot_be_seen_and_what_is_told_in_words() -> None:
    """An empty text, and an example that only a workbook can show."""
    assert "  · 〔1.1 推进中〕（空）\n" in run("ZJ201")[1]
    assert "  · （xlsx）F2 格显示 #N/A。\n" in run("ZJ016")[1]
    assert "  · 87 项任务少了 2.1。\n" in run("ZJ202")[1]


def test_prefix() -> None:
    """A family at a time."""
    heads = [line for line in run("ZJ2")[1].splitlines() if line.startswith("ZJ2")]
    assert [line[:5] for line in heads] == ["ZJ201", "ZJ202", "ZJ203", "ZJ204", "ZJ205"]


@pytest.mark.parametrize("args", [["ZJ399"], ["ZJ399", "--output-format", "json"]], ids=["text", "json"])
def test_no_such_rule(args: list[str]) -> None:
    """Nothing found is told, as with tasks."""
    code, out, err = run(*args)
    assert (code, out.strip()) == (1, "[]" if "json" in args else "")
    assert err == "没有编号以 ZJ399 开头的规则。全部编号：zhijiao20 rules\n"


def test_what_is_no_code() -> None:
    """The same words as for --select."""
    code, _, err = run("占位")
    assert code == 2
    assert err == "错误：编号：规则编号不能是“占位”，应如 ZJ2 或 ZJ712，几个用逗号隔开\n"


def test_json() -> None:
    """Without a code the catalogue; with one the whole page."""
    catalogue = json.loads(run("--output-format", "json")[1])
    assert [row["code"] for row in catalogue] == list(RULES)
    assert catalogue[0] == {
        "code": "ZJ001",
        "name": "unreadable-file",
        "family": "file",
        "severity": "error",
        "fixable": False,
        "title": "文件打不开或读不了",
    }
    first, last = json.loads(run("ZJ002", "ZJ203", "--output-format", "json")[1])
    assert list(first)[6:] == ["why", "wrong", "right", "source", "strength"]
    assert list(first["wrong"][0]["files"]) == ["澄州市教育局.csv"]
    assert first["wrong"][3] == {"kind": "docx", "told": "没有下载完整的旧 .doc 文件，改名为 .docx。"}
    assert last["wrong"][1] == {"text": "已落实", "tasks": ["16.4"], "progress": "已完成"}
    assert last["strength"] == "一般"
