"""Sending back by a roster, and what names, texts and folders cannot do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from returned import OFFICE, OUT, back, letter, listed, members, roster, sentences, word
from status_files import names_in, put, sound

from zhijiao20.commands.return_files import send_back
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.core.submission import Submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.review.runner import RunOptions
from zhijiao20.system.windows import name_problem

pytestmark = pytest.mark.usefixtures("work_folder")


def test_units_of_a_roster_are_called_as_there(catalog: Catalog) -> None:
    """By their full names, in its order, with their own deadlines; who has not sent gets a letter if that is wanted."""
    put("收件/甲.docx", word("财政局", catalog, t2_1="待补充"))
    put("收件/乙.docx", word("澄州市人社局", catalog, t2_1="待补充"))
    put("收件/丙.docx", word("外省教育厅", catalog, t2_1="待补充"))
    options = roster(
        "单位,简称,截止\n澄州市人力资源和社会保障局,澄州市人社局,2020-08-01\n澄州市财政局,,\n澄州市教育局,,2020-06-01\n"
    )
    usual = replace(OFFICE, deadline=None, usual_deadline=date(2020, 7, 15))
    outcome = back(usual, options=options, today=date(2020, 7, 1))
    assert names_in(OUT) == sorted([".zhijiao20-退回.jsonl", "一览.xlsx", "澄州市人力资源和社会保障局", "澄州市财政局"])
    assert [unit for unit, _ in listed()] == ["澄州市人力资源和社会保障局", "澄州市财政局"]
    assert "2020年8月1日" in letter("澄州市人力资源和社会保障局")
    assert "2020年7月15日" in letter("澄州市财政局")
    assert [other.path for other in outcome.nobody] == [str(Path("收件/丙.docx"))]
    reminded = back(replace(usual, reminders=True), options=options, today=date(2020, 7, 1))
    assert (
        [unit for unit, _ in listed()]
        == ["澄州市人力资源和社会保障局", "澄州市财政局", "澄州市教育局"]
        == [unit for unit, _ in reminded.sentences]
    )
    assert "尚未收到" in letter("澄州市教育局")
    assert "请抓紧填写，于　　月　　日前报送" in letter("澄州市教育局")
    back(replace(usual, deadline=date(2020, 9, 9), reminders=True), options=options, today=date(2020, 9, 10))
    for unit in ("澄州市人力资源和社会保障局", "澄州市财政局", "澄州市教育局"):
        assert "2020年9月9日" in letter(unit)


def test_no_file_at_all_with_a_roster(catalog: Catalog) -> None:
    """Everybody is reminded."""
    Path("收件").mkdir()
    outcome = back(replace(OFFICE, reminders=True), options=roster("单位\n甲局\n乙局\n"))
    assert [unit for unit, _ in outcome.sentences] == ["甲局", "乙局"]
    assert "尚未收到你单位报送的" in letter("乙局")


def test_namesakes_lie_in_the_folders_of_their_superiors(catalog: Catalog) -> None:
    """As their forms did; the letter calls them by name."""
    for superior in ("石桥县教育局", "青溪县教育局"):
        put(f"收件/{superior}/光明学校.docx", word("光明学校", catalog, t2_1="待补充"))
    options = roster("单位,上级\n石桥县教育局,\n青溪县教育局,\n光明学校,石桥县教育局\n光明学校,青溪县教育局\n")
    back(options=options)
    for superior in ("石桥县教育局", "青溪县教育局"):
        folder = f"{superior}/光明学校"
        assert names_in(OUT / folder) == ["光明学校.docx", "退回意见.docx"]
        assert letter(folder).startswith("\n关于退回")
        assert "\n光明学校：\n" in letter(folder)
    assert [unit for unit, _ in listed()] == ["石桥县教育局：光明学校", "青溪县教育局：光明学校"]


def test_form_of_a_unit_has_its_own_tasks_only(catalog: Catalog) -> None:
    """And those that it has filled in besides; what it is told about them does not speak of the roster."""
    put("收件/甲.yaml", sound("甲局", catalog))
    put("收件/乙.csv", "编号,落实情况\n1.1,待补充\n1.2,印发12个文件。\n2.1,印发14个文件。\n")
    back(options=roster("单位,任务\n乙,1.1-1.3\n甲局,1.1-1.3\n"))
    sheet = openpyxl.load_workbook(OUT / "乙/乙.xlsx")["落实情况"]
    column = next(cell.column for cell in sheet[3] if cell.value == "编号")
    assert [row[column - 1].value for row in sheet.iter_rows(min_row=4)] == ["1.1", "1.2", "1.3", "2.1"]
    notes = " ".join(cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment)
    assert "名册" not in notes + letter("乙")
    assert "不由你单位填写" in notes


def test_the_version_that_counts_is_sent_back_alone(catalog: Catalog) -> None:
    """Of several files of a unit, one is chosen."""
    put("收件/甲局.docx", word("甲局", catalog))
    put("收件/甲局(1).docx", word("甲局", catalog, t2_1="待补充"))
    back(options=RunOptions(use=(Path("收件/甲局(1).docx"),)))
    assert names_in(OUT / "甲局") == ["甲局(1).docx", "退回意见.docx"]
    assert back(options=RunOptions(use=(Path("收件/甲局.docx"),))).sentences == []


def test_form_without_any_text_is_sent_back_once(catalog: Catalog) -> None:
    """One remark on the whole, not one for each task."""
    put("收件/甲局.xlsx", write_status_file("xlsx", [Submission("甲局")], catalog))
    ((_, said),) = back().sentences
    assert "需要改正1处" in said
    assert names_in(OUT / "甲局") == ["甲局.xlsx", "退回意见.docx"]


def test_file_with_a_syntax_error_gets_a_letter(catalog: Catalog) -> None:
    """Like one that cannot be read; beside another one, both are named."""
    put("收件/甲局.yaml", "单位: [甲局\n")
    put("收件/乙局.docx", word("乙局", catalog))
    put("收件/乙局(1).docx", b"PK broken")
    back(options=roster("单位\n甲局\n乙局\n"))
    assert "《甲局.yaml》" in sentences()["甲局"]
    assert "收到的《乙局.docx》可以用，《乙局(1).docx》读不了" in sentences()["乙局"]
    assert "另外收到的《乙局(1).docx》不能使用" in letter("乙局")


@pytest.mark.parametrize(
    "name", ["一览.xlsx", "../../x", "CON", "a:b", "甲" * 100, "x.", "<b>&amp;局", "=1+1", "退回意见.docx"]
)
def test_hostile_names_of_units_make_no_path(name: str, catalog: Catalog) -> None:
    """Nothing lies outside the folder; each name is one that every system allows; nothing is markup or a formula."""
    put("收件/甲.yaml", sound(name, catalog, {"2.1": "待补充"}))
    back()
    written = [path.relative_to(OUT) for path in OUT.rglob("*")]
    assert len([path for path in written if path.name == "退回意见.docx"]) >= 1
    assert all(not name_problem(part) for path in written for part in path.parts)
    assert sorted(path.name for path in Path().iterdir()) == sorted(["收件", "退回"])
    ((unit, said),) = listed()
    assert unit == name
    assert said.startswith(f"{name}：")


@pytest.mark.parametrize("text", ["<w:p/>待补充", "=HYPERLINK(1)待补充", "]]>待补充", "&lt;待补充", "{{7*7}}待补充"])
def test_hostile_texts_are_only_text(text: str, catalog: Catalog) -> None:
    """In comments, in notes on cells and in letters."""
    put("收件/甲.docx", word("甲局", catalog, t2_1=text))
    put("收件/乙.yaml", sound("乙局", catalog, {"2.1": text, "3.1": "待补充", "4.1": f"待补充{text}"}))
    back()
    for path in [OUT / "甲局/甲.docx", OUT / "乙局/乙.xlsx", *OUT.rglob("退回意见.docx"), OUT / "一览.xlsx"]:
        if path.exists():
            for part in members(path):
                if part.startswith(b"<?xml"):
                    etree.fromstring(part)
                assert b"<f>" not in part


@pytest.mark.parametrize(("paths", "output"), [(["收件"], "收件"), (["收件/甲.yaml"], "收件"), (["收件"], ".")])
def test_folder_of_the_files_is_no_output(paths: list[str], output: str, catalog: Catalog) -> None:
    """What it holds would not be read."""
    put("收件/甲.yaml", sound("甲局", catalog, {"2.1": "待补充"}))
    with pytest.raises(UsageError, match="-o 不能是收到的文件所在的文件夹"):
        send_back([Path(path) for path in paths], Path(output), OFFICE)
    assert names_in("收件") == ["甲.yaml"]


def test_progress_is_shown(catalog: Catalog) -> None:
    """Of the review, then of the letters."""
    for unit in ("甲局", "乙局", "丙局"):
        put(f"收件/{unit}.yaml", sound(unit, catalog, {"2.1": "待补充"}))
    shown: list[tuple[str, int, int]] = []

    @contextmanager
    def progress(title: str) -> Iterator[Callable[[int, int], None]]:
        yield lambda done, total: shown.append((title, done, total))

    back(options=RunOptions(progress=progress))
    assert ("正在审核", 3, 3) in shown
    assert shown[-1] == ("正在写退回意见", 3, 3)
