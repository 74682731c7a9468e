"""The command ``diff``: what it says of two rounds, in every format, and its exit codes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from compared import NEW, OLD, Said, put, put_rounds
from golden import same_as_golden
from lxml import etree
from program import run
from revisions import status_cells

from zhijiao20.commands.render import render
from zhijiao20.system.discovery import load_catalog


@pytest.fixture
def rounds(work_folder: Path) -> Path:
    """Two rounds in two folders."""
    return put_rounds(work_folder)


def test_text(rounds: Path) -> None:
    """One line a unit, then each changed passage: a fresh reader finds every change."""
    result = run("diff", "上期", "本期")
    assert (result.exit_code, result.stderr) == (0, "")
    same_as_golden("diff/rounds.txt", result.stdout)


def test_json(rounds: Path) -> None:
    """The keys of the contract; only what differs is listed."""
    result = run("diff", "上期", "本期", "--output-format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    same_as_golden("diff/rounds.json", result.stdout)
    found = json.loads(result.stdout)
    assert [one["state"] for one in found["units"]] == ["both", "both", "new", "gone"]
    assert found["summary"] == {"units": 4, "unchanged": 3, "changed": 2, "new": 2, "emptied": 2, "progress": 1}


def test_the_same_twice(rounds: Path) -> None:
    """A round with itself: nothing; the summary has no more keys than the contract says."""
    result = run("diff", "上期", "上期")
    assert "没有变化。" in result.stdout.splitlines()[0]
    assert "澄州市教育局：没有变化（5 项）" in result.stdout
    found = json.loads(run("diff", "上期", "上期", "--output-format", "json").stdout)
    assert found["summary"] == {"units": 3, "unchanged": 8, "changed": 0, "new": 0, "emptied": 0}
    assert [one["tasks"] for one in found["units"]] == [[], [], []]


def test_any_two_formats(rounds: Path) -> None:
    """What a Word form cannot hold, 进展, is no change; 不涉及 is the same however it is written."""
    for name, said in OLD.items():
        put(rounds / "Word" / f"{name}.docx", name, said)
    assert "没有变化。" in run("diff", "上期", "Word").stdout.splitlines()[0]


def test_tracked_form(rounds: Path) -> None:
    """Accepted it is what render writes of the new round, rejected what it writes of the old one."""
    result = run("diff", "上期", "本期", "-o", "对照.docx", "--unit", "澄州市教育局")
    assert (result.exit_code, result.stdout) == (0, "已生成 对照.docx\n")
    document = (rounds / "对照.docx").read_bytes()
    for folder, keep in (("上期", "del"), ("本期", "ins")):
        render([rounds / folder], rounds / "表.docx", allow_incomplete=True)
        assert status_cells(document, keep) == status_cells((rounds / "表.docx").read_bytes())
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        marks = etree.fromstring(archive.read("word/document.xml")).xpath("//*[local-name()='ins']")
    assert {tuple(mark.attrib.values())[1:] for mark in marks} == {("澄州市教育局", "2020-06-30T00:00:00Z")}


@pytest.mark.parametrize("name", ["对照.docx", "对照.xlsx", "对照.html"])
def test_the_result_is_no_file_of_the_round(rounds: Path, name: str) -> None:
    """It may be written beside the files that it was made of."""
    for _ in range(2):
        assert run("diff", "上期", "本期", "-o", f"本期/{name}").exit_code == 0
    found = json.loads(run("diff", "上期", "本期", "--output-format", "json").stdout)
    assert len(found["units"]) == 4


def test_tracked_form_without_author_and_date(work_folder: Path) -> None:
    """The program is the author, and no date is invented."""
    for folder, text in (("上期", "甲。"), ("本期", "乙。")):
        put(work_folder / folder / "甲.yaml", "甲校", {"1.1": (None, text)})
    run("diff", "上期", "本期", "-o", "对照.docx")
    xml = docx.Document(str(work_folder / "对照.docx")).element.xml
    assert 'w:author="zhijiao20"' in xml
    assert "w:date" not in xml


def test_workbook(rounds: Path) -> None:
    """A row for each change, coloured inside the cells; the texts are whole, and no formula."""
    put(rounds / "上期" / "公式.yaml", "公式学校", {"1.1": (None, "=1+1。_x000D_人。")})
    put(rounds / "本期" / "公式.yaml", "公式学校", {"1.1": (None, "=1+2。_x000D_人。")})
    assert run("diff", "上期", "本期", "-o", "对照.xlsx").exit_code == 0
    book = openpyxl.load_workbook(rounds / "对照.xlsx", rich_text=True)
    rows = [[cell.value for cell in row] for row in book["变化"].iter_rows(min_row=2)]
    assert [[str(value or "") for value in row[:2] + row[3:6]] for row in rows][:2] == [
        ["公式学校", "1.1", "改动", "", ""],
        ["澄州市教育局", "1.1", "改动", "推进中", "推进中"],
    ]
    changed = next(row for row in rows if row[0] == "澄州市教育局" and row[1] == "1.2")
    assert (str(changed[6]), str(changed[7])) == (OLD["澄州市教育局"]["1.2"][1], NEW["澄州市教育局"]["1.2"][1])
    struck = [str(part) for part in changed[6] if getattr(getattr(part, "font", None), "strike", None)]
    put_in = [str(part) for part in changed[7] if getattr(getattr(part, "font", None), "b", None)]
    assert (struck, put_in) == (["〔2019〕12号"], ["〔2020〕3号", "下一步扩大到技工学校。"])
    assert (str(rows[0][6]), str(rows[0][7])) == ("=1+1。_x000D_人。", "=1+2。_x000D_人。")
    assert {cell.data_type for row in book["变化"].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert book["单位"]["A2"].value == "公式学校"


MARKUP = [
    ("=1+1。_x000D_人。", "=1+2。_x000D_人。"),
    ("<r><t>旧</t></r>", "<r><t>新新</t></r>"),
    ("旧文。", "<r></bad></r>"),
    ("甲_x005F_x000D_x000D_。5人", "甲_x005F_x000D_x000D_。6人"),
    ("&lt;b>5人</b>]]>", "&lt;b>6人</b>]]>"),
    ("@SUM(A1)'5人", "@SUM(A1)'6人"),
]


def test_markup_is_text(work_folder: Path) -> None:
    """Texts and names that look like markup, escapes or formulas stand in every format as they are."""
    tasks = list(load_catalog().tasks)
    for folder, which in (("上期", 0), ("本期", 1)):
        said: Said = {task: (None, pair[which]) for task, pair in zip(tasks, MARKUP, strict=False)}
        put(work_folder / folder / "甲.yaml", "<r></u></r>", said)
    for suffix in ("xlsx", "html", "docx"):
        assert run("diff", "上期", "本期", "-o", f"对照.{suffix}").exit_code == 0
    book = openpyxl.load_workbook(work_folder / "对照.xlsx")
    rows = [[cell.value for cell in row] for row in book["变化"].iter_rows(min_row=2)]
    assert [(row[0], row[6], row[7]) for row in rows] == [("<r></u></r>", *pair) for pair in MARKUP]
    assert book["单位"]["A2"].value == "<r></u></r>"
    with zipfile.ZipFile(work_folder / "对照.xlsx") as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
    page = etree.HTML((work_folder / "对照.html").read_text(encoding="utf-8"))
    assert {node.tag for node in page.iter()} <= {*("html", "head", "meta", "title", "style", "body", "section"), *PAGE}
    assert list(page.xpath("//h2/text()")) == ["<r></u></r>　"]
    document = (work_folder / "对照.docx").read_bytes()
    for keep, which in (("del", 0), ("ins", 1)):
        assert status_cells(document, keep)[1 : len(MARKUP) + 1] == [pair[which] for pair in MARKUP]


PAGE = ("h1", "h2", "h3", "small", "article", "span", "p", "br", "del", "ins")


def test_a_text_too_long_for_a_cell(work_folder: Path) -> None:
    """Nothing is cut off: the file is refused, and the message says what to use instead."""
    for folder, text in (("上期", "甲" * 32_768), ("本期", "乙")):
        put(work_folder / folder / "甲.yaml", "甲校", {"1.1": (None, text)})
    result = run("diff", "上期", "本期", "-o", "对照.xlsx")
    assert result.exit_code == 2
    assert "甲校：任务 1.1 的文字超过 32767 个字符" in result.stderr
    assert not (work_folder / "对照.xlsx").exists()


def test_page(rounds: Path) -> None:
    """One file without a script or an address; what comes from the files is text."""
    put(rounds / "本期" / "坏.yaml", "<script>学校", {"1.1": (None, "<img src=x onerror=alert(1)>&amp;\n二")})
    first, second = "第一件事早就做完了。", "第二件事正在抓紧做。"
    put(rounds / "上期" / "挪.yaml", "挪动学校", {"1.1": (None, f"{first}{second}第三件。")})
    put(rounds / "本期" / "挪.yaml", "挪动学校", {"1.1": (None, f"{second}第三件。{first}")})
    assert run("diff", "上期", "本期", "-o", "对照.html").exit_code == 0
    page = (rounds / "对照.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page.replace('http-equiv="Content-Security-Policy"', "")
    assert "&lt;img src=x onerror=alert(1)&gt;&amp;amp;\n二" in page
    assert "<del>〔2019〕12号</del><ins>〔2020〕3号</ins>" in page
    assert f'<del class="moved">{first}</del>{second}第三件。<ins class="moved">{first}</ins>' in page
    assert "default-src &#x27;none&#x27;" not in page
    assert "default-src 'none'; style-src 'sha256-" in page
    etree.HTML(page)
