"""Text around the table and the wordings, titles in rows of their own, content controls of a form."""

from __future__ import annotations

import pytest
from forms import MAIN, W, cell, changed, element, filled, found, opened, parts, row_of, run, submission, with_status
from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.formats.docx.fill import fill, problems
from zhijiao20.formats.docx.read import read_form
from zhijiao20.system.discovery import load_catalog, official_form

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
RELATIONS = "word/_rels/document.xml.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def above(*lines: str) -> bytes:
    """The form with lines above the table."""

    def add(root: etree._Element) -> None:
        table = root.find(f".//{W}tbl")
        for line in lines:
            table.addprevious(element(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))

    return changed(add, filled({"1.1": "甲"}, unit="乙局"))


@pytest.mark.parametrize(
    "line",
    [
        "填报人：张三　　联系电话：1234",
        "（2020年上半年）",
        "2020年6月30日",
        "附件2",
        "澄州市“职教20条”相关任务落实情况一览表",
        "附件：各校任务落实情况统计表",
        "机密★1年",
    ],
)
def test_heading_above_the_table_is_no_text(line: str) -> None:
    """Headings stand on every form."""
    assert submission(above(line))[1] == []


@pytest.mark.parametrize(
    "lines",
    [
        ("现将我县落实情况报告如下。",),
        ("一、基本情况。全县有学校3所。",),
        ("字" * 200,),
        ("长" * 90,),
        ("2020年，全县投入2380万元",),
    ],
)
def test_text_above_the_table_is_told(lines: tuple[str, ...]) -> None:
    """A covering letter in the same file is told like text below the table."""
    assert [code for code, *_ in submission(above(*lines))[1]] == ["ZJ110"]


def test_embedded_file_outside_the_table_is_told() -> None:
    """Its content may be part of the report."""

    def embed(root: etree._Element) -> None:
        root.find(f".//{W}tbl").addnext(element("<w:altChunk/>"))

    assert [code for code, *_ in submission(changed(embed, filled({}, unit="乙局")))[1]] == ["ZJ010"]


def full_width(text: str) -> etree._Element:
    """A row of one cell over the whole width."""
    return element(
        f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='4'/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
    )


def with_title_rows(root: etree._Element) -> None:
    """Chapters and articles in rows of their own."""
    catalog = load_catalog()
    seen: set[str] = set()
    for task in catalog.tasks.values():
        for title in (task.chapter, task.article):
            if title not in seen:
                seen.add(title)
                target = next(r for r in root.iter(f"{W}tr") if task.text in "".join(r.itertext()))
                target.addprevious(full_width(title))


def test_titles_in_rows_of_their_own_are_known(catalog: Catalog) -> None:
    """When such a form is filled, and when it is read back."""
    data = changed(with_title_rows)
    assert list(problems(opened(data), catalog)) == []
    made, findings = submission(filled({"1.1": "甲"}, data, unit="乙局"))
    assert made.entries["1.1"].status == "甲"
    assert [code for code, *_ in findings] == ["ZJ113"]


def test_changed_title_in_a_row_of_its_own_is_told(catalog: Catalog) -> None:
    """It is official wording as well."""
    data = changed(lambda root: root.findall(f".//{W}tr")[1].addprevious(full_width("一、健全国家职业教育制度体系")))
    assert ("ZJ108", None, "第2行") in submission(data)[1]
    assert [label for label, *_ in problems(opened(data), catalog)] == ["第2行"]


def test_other_row_over_the_whole_width_is_told(catalog: Catalog) -> None:
    """A remark in the table is no title."""
    data = changed(lambda root: root.findall(f".//{W}tr")[1].addprevious(full_width("请各校如实填写本表")))
    assert ("ZJ101", None, "第2行") in submission(data)[1]


def test_titles_between_several_tables_are_no_remark(catalog: Catalog) -> None:
    """One table a chapter, each under its title."""

    def split(root: etree._Element) -> None:
        table = root.find(f".//{W}tbl")
        rows = table.findall(f"{W}tr")
        second = etree.fromstring(etree.tostring(table))
        for row in second.findall(f"{W}tr")[1:26]:
            second.remove(row)
        for row in rows[26:]:
            table.remove(row)
        table.addnext(second)
        title = catalog.chapters[1].title
        table.addnext(element(f"<w:p><w:r><w:t>{title}</w:t></w:r></w:p>"))

    assert submission(changed(split, filled({"1.1": "甲"}, unit="乙局")))[1] == []


def reworded(data_task: str, text: str) -> bytes:
    """The form with another text in a task cell; the lines are paragraphs."""

    def put(root: etree._Element) -> None:
        target = cell(row_of(root, load_catalog(), data_task), 2)
        target.remove(target.find(f"{W}p"))
        for line in text.split("\n"):
            target.append(element(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))

    return changed(put, filled({"1.2": "乙"}, unit="乙局"))


@pytest.mark.parametrize("task", ["4.4", "1.4"])
@pytest.mark.parametrize("joint", ["\n", "", "."])
def test_answer_behind_the_wording_is_told_with_its_text(catalog: Catalog, task: str, joint: str) -> None:
    """Typed into the wrong cell, under the wording; for short wordings too, and without the full stop."""
    official = catalog.tasks[task].text
    text = f"{official[:-1]}\n培养86人" if joint == "." else f"{official}{joint}培养86人"
    data = reworded(task, text)
    out = Collector("甲.docx")
    read_form(data, catalog, out)
    message = "“任务”一格的官方原文后面还有文字，没有采用：“培养86人”"
    assert [(item.rule.code, item.task, item.message) for item in out.findings] == [("ZJ108", task, message)]
    assert [found for _, found, _ in problems(opened(data), catalog)] == [task]


@pytest.mark.parametrize("number", ["（1）", "1.", "1、", "①", "一、", "1.1 ", "12 ", "第3项："])
def test_number_before_the_wording_is_told_and_read(catalog: Catalog, number: str) -> None:
    """Somebody numbered the tasks by hand."""
    made, findings = submission(reworded("1.2", number + catalog.tasks["1.2"].text))
    assert (made.entries["1.2"].status, findings) == ("乙", [("ZJ109", None, "第3行")])


def test_number_and_answer_together_are_told(catalog: Catalog) -> None:
    """Both at once."""
    _, findings = submission(reworded("4.4", f"（22）{catalog.tasks['4.4'].text}\n培养86人"))
    assert {code for code, *_ in findings} == {"ZJ108", "ZJ109"}


def control(text: str, properties: str = "") -> str:
    """A content control that shows its prompt."""
    return (
        f"<w:sdt><w:sdtPr>{properties}<w:dataBinding/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"<w:r><w:rPr><w:rStyle w:val='a3'/><w:color w:val='808080'/></w:rPr><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def unit_control(root: etree._Element) -> None:
    """The unit as a content control."""
    table = root.find(f".//{W}tbl")
    line = f"<w:p>{run('填报单位：')}{control('单位全称', '<w:rPr><w:b/></w:rPr>')}{run('　　填报时间：')}</w:p>"
    table.addprevious(element(line))


def test_prompt_is_no_unit() -> None:
    """As with an empty line, the unit comes from the file's name."""
    made, findings = submission(changed(unit_control))
    assert (made.unit, findings) == ("甲", [("ZJ113", None, None)])


def test_unit_is_written_into_its_content_control(catalog: Catalog) -> None:
    """In the format of the control, not of its prompt; nothing is left that would replace it."""
    data = fill(opened(changed(unit_control)), {}, unit="乙局")
    root = etree.fromstring(parts(data)[MAIN])
    assert submission(data)[0].unit == "乙局"
    filled_control = root.find(f".//{W}sdt")
    assert filled_control.find(f".//{W}showingPlcHdr") is None
    assert filled_control.find(f".//{W}dataBinding") is None
    written = filled_control.find(f"{W}sdtContent/{W}r/{W}rPr")
    assert [item.tag for item in written if item.tag != f"{W}rFonts"] == [f"{W}b"]


@pytest.mark.parametrize("properties", ["", "<w:rPr><w:b/></w:rPr>"])
def test_text_takes_the_format_of_the_control(properties: str) -> None:
    """The grey of the prompt goes with the prompt."""
    mark = "<w:pPr><w:rPr><w:rStyle w:val='a3'/></w:rPr></w:pPr>"
    data = fill(opened(with_status(f"<w:p>{mark}{control('单击此处', properties)}</w:p>")), {"1.1": ("甲", "乙")})
    written = next(
        item for item in etree.fromstring(parts(data)[MAIN]).iter(f"{W}r") if "".join(item.itertext()) == "甲"
    )
    names = {item.tag.rpartition("}")[2] for item in written.find(f"{W}rPr")}
    assert names - {"rFonts"} == ({"b"} if properties else set())
    assert submission(data)[0].entries["1.1"].status == "甲\n乙"


@pytest.mark.parametrize(("text", "expected"), [("单击或点击此处输入文字。", ""), ("已印发方案", "已印发方案")])
def test_prompt_is_no_status(text: str, expected: str) -> None:
    """Other programs fill a control and leave the mark of its prompt: that text stays."""
    assert found(with_status(f"<w:p>{control(text)}</w:p>"))[0] == expected


def test_blank_form_has_nothing_to_tell() -> None:
    """The official form itself."""
    assert [code for code, *_ in submission(official_form())[1]] == ["ZJ113"]
