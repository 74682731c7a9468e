"""Sending back: a folder for each unit that has to amend something, with a letter and its own file, marked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from office import soffice
from returned import OFFICE, OUT, back, letter, listed, members, sentences, units, word
from status_files import names_in, put, sound

from zhijiao20.commands.return_files import send_back
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.rule_table import Severity
from zhijiao20.formats.read import read_content
from zhijiao20.formats.write import write_status_file

pytestmark = pytest.mark.usefixtures("work_folder")


def test_only_units_with_something_to_amend_get_a_folder(catalog: Catalog) -> None:
    """A Word file as it came with comments; any other format as the standard form; the list has one row for each."""
    put("收件/甲.docx", word("甲局", catalog, t2_1="待补充"))
    put("收件/乙.yaml", sound("乙局", catalog, {"3.1": "待补充"}))
    put("收件/丙.yaml", sound("丙局", catalog))
    outcome = back()
    assert names_in(OUT) == sorted([".zhijiao20-退回.jsonl", "一览.xlsx", "乙局", "甲局"])
    assert names_in(OUT / "甲局") == ["甲.docx", "退回意见.docx"]
    assert names_in(OUT / "乙局") == ["乙.xlsx", "退回意见.docx"]
    assert [unit for unit, _ in listed()] == [unit for unit, _ in outcome.sentences] == ["乙局", "甲局"]
    said = letter("甲局")
    for words in ("甲局：", "2020年7月10日", "王某", "待补充", "第7行", "澄州市教育局", "甲.docx"):
        assert words in said
    with zipfile.ZipFile(OUT / "甲局/甲.docx") as archive:
        assert "待补充" in archive.read("word/comments.xml").decode()
    for name in ("甲局/甲.docx", "乙局/乙.xlsx"):
        units, out = read_content(Path(name), (OUT / name).read_bytes(), catalog)
        assert len(units) == 1
        assert not out.findings


def test_what_comes_back_corrected_is_sound(catalog: Catalog) -> None:
    """The unit corrects the marked copy and sends it: no finding is left, and its folder goes."""
    put("收件/甲.docx", word("甲局", catalog, t2_1="待补充"))
    put("收件/乙.yaml", sound("乙局", catalog, {"3.1": "待补充"}))
    back()
    marked = docx.Document(str(OUT / "甲局/甲.docx"))
    run = next(run for row in marked.tables[0].rows for run in row.cells[-1].paragraphs[0].runs if run.text == "待补充")
    run.text = "2019年招生12000人。"
    marked.save("收件/甲.docx")
    book = openpyxl.load_workbook(OUT / "乙局/乙.xlsx")
    cell = next(cell for row in book["落实情况"].iter_rows() for cell in row if cell.value == "待补充")
    cell.value = "2019年招生14000人。"
    book.save("收件/乙.xlsx")
    Path("收件/乙.yaml").unlink()
    outcome = back()
    assert (outcome.sentences, outcome.kept, listed()) == ([], [], [])
    assert names_in(OUT) == [".zhijiao20-退回.jsonl", "一览.xlsx"]


def test_warnings_are_sent_back_if_wanted(catalog: Catalog) -> None:
    """By default they are only told to those who have to amend."""
    put("收件/甲.docx", word("甲局", catalog, t2_1="截止2020年6月30日，完成教师培训1200人次。"))
    assert back().sentences == []
    assert [unit for unit, _ in back(fail_on=Severity.WARNING).sentences] == ["甲局"]
    assert "请核对：" in letter("甲局")


def test_several_files_of_a_unit(catalog: Catalog) -> None:
    """The letter names them and the tasks that differ; none is marked."""
    put("收件/甲局.docx", word("甲局", catalog))
    put("收件/甲局(1).docx", word("甲局", catalog, t2_1="另一段文字，印发12个文件。"))
    put("收件/乙局.docx", word("乙局", catalog))
    put("收件/另/乙局.docx", word("乙局", catalog))
    back()
    assert names_in(OUT / "甲局") == ["退回意见.docx"]
    said = letter("甲局")
    assert "《甲局.docx》" in said
    assert "《甲局(1).docx》" in said
    assert "其中1项任务的内容不一致：2.1。" in said
    assert "各份内容相同，留一份即可" in letter("乙局")
    assert "《乙局.docx（第2份）》" in letter("乙局")


def test_files_that_cannot_be_read(catalog: Catalog) -> None:
    """The unit is known by the file's name; whose it is not known is told."""
    put("收件/甲.docx", word("甲县教育局", catalog, t2_1="待补充"))
    put("收件/甲县教育局.pdf", b"%PDF-1.4")
    put("收件/乙县教育局.docx", b"PK broken")
    put("收件/IMG_1.jpg", b"\xff\xd8")
    put("收件/x1.docx", b"PK broken")
    outcome = back()
    assert sorted(sentences()) == ["乙县教育局", "甲县教育局"]
    assert sorted(item.path for item in outcome.nobody) == [str(Path("收件/IMG_1.jpg")), str(Path("收件/x1.docx"))]
    assert "乙县教育局.docx" in letter("乙县教育局")
    assert "收件" not in letter("乙县教育局")
    assert "另外收到的《甲县教育局.pdf》没有审核" in letter("甲县教育局")


def test_unit_of_a_table_of_many_gets_only_its_own_text(catalog: Catalog) -> None:
    """As the standard form, named after the unit; nothing of the others is in its folder."""
    several = [
        one
        for unit, text in (("甲局", "待补充"), ("乙局", "同上"), ("丙局", "印发12个文件，开展工作。"))
        for one in units(unit, catalog, {"1.1": f"{unit}的秘密，印发12个文件。", "2.1": text})
    ]
    put("收件/全市.csv", write_status_file("csv", several, catalog))
    back()
    assert names_in(OUT / "甲局") == ["甲局.xlsx", "退回意见.docx"]
    assert not (OUT / "丙局").exists()
    for name in ("甲局.xlsx", "退回意见.docx"):
        assert b"".join(members(OUT / "甲局" / name)).decode("utf-8", "ignore").count("乙局的秘密") == 0


def test_near_copies_are_told_without_the_other_text(catalog: Catalog) -> None:
    """Only that they agree, and with whom; no path."""
    common = "投入480万元建成智能制造实训中心，购置数控机床32台，与9家企业共同开发实训项目24个，接待学生实训5200人次，建成数字化资源库2个，组织技能竞赛6场。"
    put("收件/甲.yaml", sound("甲局", catalog, {"4.1": common}))
    put("收件/乙.yaml", sound("乙局", catalog, {"4.1": common + "绝密。", "2.1": "待补充"}))
    back(fail_on=Severity.WARNING)
    said = letter("甲局")
    assert "雷同" in said
    assert "乙局" in said
    assert "绝密" not in said
    assert "收件" not in said
    assert "乙.yaml" not in said


def test_member_of_an_archive_is_marked_itself(catalog: Catalog) -> None:
    """A Word file keeps its bytes; its name is that within the archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("里面/附表2.docx", word("甲局", catalog, t2_1="待补充"))
    put("收件/甲局.zip", stream.getvalue())
    back()
    assert names_in(OUT / "甲局") == ["退回意见.docx", "附表2.docx"]
    assert "《甲局.zip!附表2.docx》" in letter("甲局")


def test_second_run_leaves_alone_what_it_did_not_write(catalog: Catalog) -> None:
    """A note of the clerk's, a letter that was changed; the rest is replaced; nothing of it is read."""
    put("收件/甲.docx", word("甲局", catalog, t2_1="待补充"))
    put("收件/乙.docx", word("乙局", catalog, t2_1="待补充"))
    send_back([Path()], OUT, OFFICE)
    (OUT / "甲局/电话记录.txt").write_text("已说", "utf-8")
    (OUT / "乙局/退回意见.docx").write_bytes(b"changed")
    put("收件/甲.docx", word("甲局", catalog))
    outcome = send_back([Path()], OUT, OFFICE)
    assert names_in(OUT / "甲局") == ["电话记录.txt"]
    assert (OUT / "乙局/退回意见.docx").read_bytes() == b"changed"
    assert outcome.kept == [OUT / "乙局/退回意见.docx"]
    assert [unit for unit, _ in outcome.sentences] == ["乙局"]


def test_same_files_give_the_same_bytes(catalog: Catalog) -> None:
    """Everything in the folder."""
    put("收件/甲.docx", word("甲局", catalog, t2_1="待补充"))
    put("收件/乙.yaml", sound("乙局", catalog, {"3.1": "待补充"}))
    back()
    first = {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()}
    send_back([Path("收件")], Path("退回2"), OFFICE)
    second = {path: path.read_bytes() for path in Path("退回2").rglob("*") if path.is_file()}
    assert [*first.values()] == [*second.values()]


@pytest.mark.minutes
def test_old_formats_come_back_as_forms_of_what_was_read(catalog: Catalog, tmp_path: Path) -> None:
    """A .doc as a Word form with comments, an .xls in an archive as the standard form."""
    put("in/甲局.docx", word("甲局", catalog, t2_1="待补充"))
    Path("收件").mkdir()
    soffice(Path("in/甲局.docx").resolve(), "doc", tmp_path).rename("收件/甲局.doc")
    put("in/乙局.xlsx", write_status_file("xlsx", units("乙局", catalog, {"2.1": "待补充"}), catalog))
    old = soffice(Path("in/乙局.xlsx").resolve(), "xls", tmp_path).read_bytes()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("乙局.xls", old)
    put("收件/报送.zip", stream.getvalue())
    back()
    assert names_in(OUT / "甲局") == ["甲局.docx", "退回意见.docx"]
    assert names_in(OUT / "乙局") == ["乙局.xlsx", "退回意见.docx"]
    for name, unit in (("甲局/甲局.docx", "甲局"), ("乙局/乙局.xlsx", "乙局")):
        (found,), out = read_content(Path(name), (OUT / name).read_bytes(), catalog)
        assert (found.unit, found.entries["2.1"].status) == (unit, "待补充")
        assert [entry.task for entry in found.entries.values() if not entry.blank] == [*catalog.tasks]
        assert not out.findings
    assert "《报送.zip!乙局.xls》" in letter("乙局")
