"""``form check``: a form is looked through before it is filled."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from outcomes import told
from status_files import put
from typer.testing import CliRunner, Result

from zhijiao20.cli import app
from zhijiao20.commands.check_form import check_form
from zhijiao20.core.catalog import Catalog
from zhijiao20.formats.docx.package import open_package, pack
from zhijiao20.system.discovery import official_form


def check(*args: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["form", "check", *args])


@pytest.fixture
def faulty(tmp_path: Path, catalog: Catalog) -> Path:
    """A form with a reworded row and a row turned into another one."""
    package = open_package(official_form())
    text = package.parts[package.main].decode()
    text = text.replace(catalog.tasks["4.8"].text, catalog.tasks["4.8"].text.replace("制订", "制定"))
    text = text.replace(catalog.tasks["9.1"].text, catalog.tasks["9.2"].text)
    path = tmp_path / "表样.docx"
    path.write_bytes(pack(package, {package.main: text.encode()}))
    return path


def test_good_form_can_be_used(tmp_path: Path) -> None:
    """One line, exit 0."""
    path = tmp_path / "空表.docx"
    path.write_bytes(official_form())
    result = check(str(path))
    assert (result.exit_code, result.stdout) == (0, "找到 87 项：这份表样可以用。\n")


def test_faulty_form_is_told_row_by_row(faulty: Path, catalog: Catalog) -> None:
    """Missing, doubled and reworded rows, each with its task and place; exit 1."""
    result = check(str(faulty))
    assert result.exit_code == 1
    assert f"表样里没有任务 9.1：{catalog.tasks['9.1'].text}" in result.stdout
    assert "表样里任务 9.2 出现了 2 次：第42行、第43行" in result.stdout
    assert "第26行  错误 ZJ008  4.8" in result.stdout
    assert result.stdout.endswith("找到 84 项，缺少 1 项，重复 1 项，表述被改动 1 项：这份表样不能用。\n")


def test_json_lists_every_task(faulty: Path, catalog: Catalog) -> None:
    """For programs: each task with its state and rows, and the findings."""
    document = json.loads(check(str(faulty), "--output-format", "json").stdout)
    rows = {row["task"]: row for row in document["rows"]}
    assert list(rows) == list(catalog.tasks)
    assert rows["1.1"] == {"task": "1.1", "state": "found", "rows": ["第2行"], "changed": ""}
    assert rows["9.1"] == {"task": "9.1", "state": "missing", "rows": [], "changed": ""}
    assert rows["9.2"]["state"] == "doubled"
    assert rows["4.8"]["changed"] == "“制订具体政策办法”改成了“制定具体政策办法”"
    assert [finding["rule"] for finding in document["findings"]] == ["ZJ008"] * 3


def test_what_is_no_form_is_told(tmp_path: Path) -> None:
    """A text renamed to .docx; a path that is not there."""
    path = tmp_path / "表样.docx"
    path.write_text("不是表样", encoding="utf-8")
    result = check(str(path))
    assert result.exit_code == 1
    assert "表样不能用：文件已损坏、被加密或不是 Word 文档" in result.stdout
    assert result.stdout.endswith("没有找到官方的表：这份表样不能用。\n")
    assert check(str(tmp_path / "无.docx")).exit_code == 2


def test_faulty_form_is_not_filled(faulty: Path, tmp_path: Path) -> None:
    """A form that lacks rows is refused with that list, even where gaps are allowed."""
    output = tmp_path / "附表2.docx"
    status = tmp_path / "甲.yaml"
    CliRunner().invoke(app, ["init", "甲", "-o", str(status)])
    result = CliRunner().invoke(
        app, ["render", str(status), "--template", str(faulty), "-o", str(output), "--allow-incomplete"]
    )
    assert result.exit_code == 1
    assert "表样里没有任务 9.1" in result.stderr
    assert not output.exists()


def test_form_that_is_filled_already_is_told(tmp_path: Path) -> None:
    """Its texts give way, but not in silence; the form itself is never the output."""
    status, first, second = tmp_path / "甲.csv", tmp_path / "一.docx", tmp_path / "二.docx"
    status.write_text("单位,编号,落实情况\n甲,1.1,文字\n", encoding="utf-8")
    run = CliRunner().invoke
    assert run(app, ["render", str(status), "-o", str(first), "--allow-incomplete"]).exit_code == 0
    again = run(app, ["render", str(status), "--template", str(first), "-o", str(second), "--allow-incomplete"])
    assert again.exit_code == 0
    assert "第2行  警告 ZJ012  1.1" in again.stderr
    assert "表样这一格原有的文字不再保留：“文字”" in again.stderr
    onto = run(app, ["render", str(status), "--template", str(first), "-o", str(first), "--allow-incomplete"])
    assert (onto.exit_code, onto.stderr) == (2, f"错误：输出文件同时是表样：{first}。请用 -o 换一个文件名\n")


@pytest.mark.parametrize(
    ("state", "old", "new"),
    [
        ("found", "", ""),
        ("reworded", "严把教学标准", "严抓教学标准"),
        ("missing", "严把教学标准和毕业学生质量标准两个关口。", "别的事"),
    ],
    ids=["sound", "reworded", "missing"],
)
@pytest.mark.usefixtures("work_folder")
def test_looking_through_a_form(state: str, old: str, new: str, catalog: Catalog) -> None:
    """`form check` says for each task whether its row is there, before anybody fills it."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(official_form())) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old.encode(), new.encode()) if old else content)
    rows, report = check_form(put("表样.docx", changed.getvalue()))
    assert [row.task for row in rows] == list(catalog.tasks)
    assert rows[0].state == state
    assert {row.state for row in rows[1:]} == {"found"}
    assert report.failed is (state != "found")


@pytest.mark.usefixtures("work_folder")
def test_a_form_that_is_none_has_no_rows() -> None:
    """Nothing to list; the finding says why."""
    rows, report = check_form(put("表样.docx", b"text"))
    assert (rows, told(report)) == ([], [("表样.docx", "ZJ008")])
