"""What stands in files, and how they are named, is shown as it is: it neither acts on a screen nor runs in a sheet."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from attack import POSIX, parts
from openpyxl import load_workbook
from test_hostile_xlsx import filled, row
from typer.testing import CliRunner, Result

from zhijiao20.cli import app
from zhijiao20.system.discovery import load_catalog

TASKS = load_catalog().tasks
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
WILD = "\x1b[31m甲\x9b31m\u202e[red]x :smile: {0} %s"
FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "'=1", '=HYPERLINK("http://x","看")', "'"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


@pytest.fixture
def wild() -> str:
    """A folder and files with wild names, and every place of a file in which a wild text can stand."""
    folder = Path(WILD)
    folder.mkdir()
    quoted = json.dumps(WILD)
    (folder / f"{WILD}.yaml").write_text(
        f'单位: "[bold]甲[/]"\n报告期: {quoted}\n填报人: {quoted}\n联系电话: {quoted}\n{quoted}: x\n任务:\n  {quoted}: x\n'
        f'  "1.1": {{进展: {quoted}, 落实情况: {quoted}, 佐证: [{quoted}], 豁免: {{{quoted}: {quoted}}}}}\n',
        encoding="utf-8",
    )
    (folder / "坏.yaml").write_text(f"单位: [{WILD}\n", encoding="utf-8")
    (folder / "坏.csv").write_text(f"单位,编号,落实情况,{WILD}\n{WILD},1.1,{WILD}\n乙,{WILD},y\n", encoding="utf-8")
    sheet = row(4, {"A": "丙", "B": "[red]_x001B_[31m", "C": "_x009B_x", "G": "_x001B_[2J"})
    (folder / "坏.xlsx").write_bytes(filled(sheet))
    (folder / "假.docx").write_bytes(b"%PDF\x1b[31m")
    return WILD


@POSIX
@pytest.mark.parametrize("output_format", ["text", "json", "github", "sarif"])
def test_nothing_in_a_report_acts_on_the_screen(wild: str, output_format: str) -> None:
    """No control character, no turned direction of writing; markup and emoji codes are letters like any other."""
    result = run("validate", wild, "--output-format", output_format)
    assert result.exit_code == 1
    assert not ACTING.findall(result.stdout + result.stderr)
    assert "[red]x :smile: {0} %" in result.stdout
    if output_format == "json":
        assert any(finding["file"].startswith(WILD) for finding in json.loads(result.stdout)["findings"])


@POSIX
@pytest.mark.parametrize(
    "args",
    [
        ["render", "{}", "-o", "{}.docx"],
        ["convert", "{}", "-o", "{}.csv"],
        ["validate", "{}", "--annotate", "{}.docx", "-q"],
        ["form", "check", "{}/假.docx"],
        ["form", "check", "{}/假.docx", "--output-format", "json"],
        ["render", "{}", "--template", "{}/假.docx", "-o", "x.docx"],
        ["validate", "{}无"],
        ["init", "{}"],
        ["init", "甲", "-o", "{}.yaml"],
        ["init", "甲", "-f", "{}"],
        ["init", "--update", "{}/坏.csv"],
        ["tasks", "{}"],
        ["validate", "{}", "--select", "{}"],
        ["render", "{}", "-o", "x.docx", "--unit", "{}"],
        ["schema", "-o", "{}/无/x"],
        ["{}"],
        ["validate", "--{}"],
    ],
    ids=" ".join,
)
def test_nothing_that_any_command_says_acts_on_the_screen(wild: str, args: list[str]) -> None:
    """Names from a folder, and what was typed, in results and in errors."""
    result = run(*(arg.replace("{}", wild) for arg in args))
    assert result.exit_code in {0, 1, 2}
    assert not ACTING.findall(result.stdout + result.stderr)


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_text_becomes_a_formula(kind: str, text: str) -> None:
    """In 单位, 报告期, 落实情况, 佐证 and 说明, by convert and by init; and it reads back as it was."""
    quoted = json.dumps(text, ensure_ascii=False)
    unit = text.strip()
    Path("甲.yaml").write_text(
        f"单位: {json.dumps(unit)}\n报告期: {json.dumps(unit)}\n任务:\n"
        f'  "1.1": {{落实情况: {quoted}, 佐证: [{json.dumps(unit)}], 说明: {quoted}}}\n',
        encoding="utf-8",
    )
    assert run("convert", "甲.yaml", "-o", f"全部.{kind}").exit_code == 0
    assert run("init", "-o", f"空.{kind}", "--", unit).exit_code == 0
    for name in (f"全部.{kind}", f"空.{kind}"):
        if kind == "csv":
            cells = [
                cell for line in csv.reader(io.StringIO(Path(name).read_text("utf-8-sig"), newline="")) for cell in line
            ]
        else:
            values = [cell for line in load_workbook(name).worksheets[0].iter_rows() for cell in line]
            assert all(
                cell.data_type in {"s", "n"} and (cell.data_type == "s" or cell.value is None) for cell in values
            )
            cells = [str(cell.value or "") for cell in values]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert run("convert", f"全部.{kind}", "-o", "回.yaml").exit_code == 0
    assert run("convert", "回.yaml", "-o", f"再.{kind}").exit_code == 0
    assert Path(f"再.{kind}").read_bytes() == Path(f"全部.{kind}").read_bytes()


def test_a_text_in_the_word_form_is_text() -> None:
    """No field, no link, no markup comes into being from what a unit wrote."""
    wild = '<w:fldSimple w:instr="DDEAUTO"/> {DDEAUTO c:\\\\x} http://x &amp; [red] =1+1'
    entries = "".join(f'  "{task}": {json.dumps(wild)}\n' for task in TASKS)
    Path("甲.yaml").write_text(f"单位: '{{DATE}}'\n任务:\n{entries}", encoding="utf-8")
    assert run("render", "甲.yaml", "-o", "x.docx").exit_code == 0
    with zipfile.ZipFile("x.docx") as archive:
        document = archive.read("word/document.xml").decode()
        others = {name: archive.read(name) for name in archive.namelist()}
    assert document.count("&lt;w:fldSimple") == len(TASKS)
    for element in ("<w:fldSimple", "<w:hyperlink", "<w:instrText", "<w:object"):
        assert document.count(element) == parts("docx")["word/document.xml"].decode().count(element)
    assert b"http://x" not in b"".join(content for name, content in others.items() if name.endswith(".rels"))


Z = "0" * 40
NUMBERS = {
    "change": ("1.1", f"学校数由1所增至1{Z}所，增长5%。"),
    "fraction": ("1.1", f"三分之1{Z}，在校生三分之1{Z}。"),
    "share": ("1.1", f"抽查0.{Z[:29]}5人，其中合格0.{Z[:29]}4人，占5%。"),
    "ratio": ("1.1", f"专任教师1人、在校生1{Z}人，师生比1∶18。"),
    "percentage": ("2.1", f"2019年高中阶段招生中职占比1{Z}%。"),
    "range": ("1.1", f"培训1—1{Z}人，合计1{Z}人。"),
    "greatest": ("1.1", f"专任教师1人、在校生{'9' * 20}万亿人，师生比1∶18；由1人增至{'9' * 20}万亿人，增长5%。"),
    "places": ("1.1", f"抽查{'9' * 20}万亿元，其中0.{Z[:17]}1元，占99%；由0.{Z[:17]}1元增至{'9' * 20}万亿元，增长5%。"),
}


@pytest.mark.parametrize(("task", "text"), NUMBERS.values(), ids=NUMBERS.keys())
def test_numbers_without_end_are_no_figures(task: str, text: str) -> None:
    """They measure nothing, and no sum is made with them that no calculator can hold; the longest that do can be held."""
    Path("甲.yaml").write_text(f'单位: 甲\n任务:\n  "{task}": {text}\n', encoding="utf-8")
    result = run("validate", "甲.yaml", "--output-format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
