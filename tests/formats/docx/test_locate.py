"""Rows are found by their wording, whatever an office did to the form."""

from __future__ import annotations

from copy import deepcopy

import pytest
from forms import W, cell, changed, element, filled, opened, row_of
from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.formats.docx.fill import problems
from zhijiao20.formats.docx.locate import locate
from zhijiao20.formats.docx.ooxml import cell_text


def wording(root: etree._Element, catalog: Catalog, task: str, xml: str) -> None:
    """Give the task cell of a row another paragraph."""
    target = cell(row_of(root, catalog, task), 2)
    target.remove(target.find(f"{W}p"))
    target.append(element(xml))


SAME = {
    "split-runs": lambda text: f"<w:p><w:r><w:t>{text[:5]}</w:t></w:r><w:r><w:t>{text[5:]}</w:t></w:r></w:p>",
    "soft-break": lambda text: f"<w:p><w:r><w:t>{text[:5]}</w:t><w:br/><w:t>{text[5:]}</w:t></w:r></w:p>",
    "spaces": lambda text: f"<w:p><w:r><w:t xml:space='preserve'> {text[:5]}\u3000 {text[5:]}</w:t></w:r></w:p>",
    "half-width": lambda text: f"<w:p><w:r><w:t>{text.replace('，', ',').replace('。', '.')}</w:t></w:r></w:p>",
    "content-control": lambda text: (
        f"<w:p><w:sdt><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    ),
    "tracked": lambda text: (
        f"<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>"
    ),
    "smart-tag": lambda text: f"<w:p><w:smartTag><w:r><w:t>{text}</w:t></w:r></w:smartTag></w:p>",
    "hyperlink": lambda text: f"<w:p><w:hyperlink><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p>",
}


@pytest.mark.parametrize("make", SAME.values(), ids=SAME)
def test_same_wording_in_other_dress_is_found(catalog: Catalog, make: object) -> None:
    """What a person reads as the same wording is the same row."""
    text = catalog.tasks["2.1"].text
    form = opened(changed(lambda root: wording(root, catalog, "2.1", make(text))))  # type: ignore[operator]
    assert list(problems(form, catalog)) == []
    assert form.located.rows["2.1"].label == "第7行"


def test_changed_character_is_reworded(catalog: Catalog) -> None:
    """制订 made 制定: named by its id and its row, with the difference."""
    text = catalog.tasks["4.8"].text.replace("制订", "制定", 1)
    form = opened(changed(lambda root: wording(root, catalog, "4.8", f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")))
    assert list(problems(form, catalog)) == [
        ("第26行", "4.8", "表样里任务 4.8 的表述被改动：“制订具体政策办法”改成了“制定具体政策办法”")
    ]


def test_missing_row_is_named_with_its_wording(catalog: Catalog) -> None:
    """A row that somebody deleted."""

    def drop(root: etree._Element) -> None:
        row = row_of(root, catalog, "1.2")
        row.getparent().remove(row)

    (label, task, message), *others = problems(opened(changed(drop)), catalog)
    assert (label, task, others) == ("", "1.2", [])
    assert message == f"表样里没有任务 1.2：{catalog.tasks['1.2'].text}"


def test_row_deleted_by_a_tracked_change_is_missing(catalog: Catalog) -> None:
    """In Word it is struck out: it is no place to write to."""

    def strike(root: etree._Element) -> None:
        row_of(root, catalog, "1.2").insert(0, element("<w:trPr><w:del w:id='1' w:author='a'/></w:trPr>"))

    assert [task for _, task, _ in problems(opened(changed(strike)), catalog)] == ["1.2"]


def test_doubled_rows_are_all_named(catalog: Catalog) -> None:
    """Which of three is to be filled is not ours to guess."""

    def double(root: etree._Element) -> None:
        row = row_of(root, catalog, "3.1")
        row.addnext(deepcopy(row))
        row.addnext(deepcopy(row))

    assert list(problems(opened(changed(double)), catalog)) == [
        ("第16行", "3.1", "表样里任务 3.1 出现了 3 次：第14行、第15行、第16行")
    ]


def test_extra_row_is_no_task_and_no_problem(catalog: Catalog) -> None:
    """A 合计 row at the end stays as it is."""

    def add(root: etree._Element) -> None:
        table = root.find(f".//{W}tbl")
        texts = ("七、", "", "本省自行增加的任务", "")
        table.append(
            element(
                "<w:tr>"
                + "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
                + "</w:tr>"
            )
        )

    form = opened(changed(add))
    assert list(problems(form, catalog)) == []
    assert [cell_text(row.task_cell) for row in form.located.extra] == ["本省自行增加的任务"]


def test_extra_column_and_split_table(catalog: Catalog) -> None:
    """A fifth column 备注, the table split in two, the second half without a header: still column 4."""

    def rebuild(root: etree._Element) -> None:
        table = root.find(f".//{W}tbl")
        rows = table.findall(f"{W}tr")
        for index, row in enumerate(rows):
            text = "备注" if index == 0 else ""
            row.append(element(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"))
        second = element("<w:tbl/>")
        table.addnext(second)
        table.addnext(element("<w:p/>"))
        second.extend(rows[40:])

    data = changed(rebuild)
    form = opened(data)
    assert list(problems(form, catalog)) == []
    assert form.located.rows["20.1"].label == "表2第48行"
    root = opened(filled({"1.1": "甲", "20.1": "乙"}, data)).document
    rows = root.findall(f".//{W}tr")
    assert [cell_text(cell(rows[1], index)) for index in (3, 4)] == ["甲", ""]
    assert [cell_text(cell(rows[-1], index)) for index in (3, 4)] == ["乙", ""]


def test_column_before_the_status(catalog: Catalog) -> None:
    """责任单位 between task and status: the header says which column is which."""

    def insert(root: etree._Element) -> None:
        for index, row in enumerate(root.findall(f".//{W}tr")):
            text = "责任单位" if index == 0 else ""
            cell(row, 2 - (index == 0)).addnext(element(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"))

    root = opened(filled({"1.1": "甲"}, changed(insert))).document
    assert [cell_text(cell(root.findall(f".//{W}tr")[1], index)) for index in (3, 4)] == ["", "甲"]


def test_without_header_the_next_cell_is_the_status(catalog: Catalog) -> None:
    """Somebody deleted the header row."""

    def behead(root: etree._Element) -> None:
        row = root.find(f".//{W}tr")
        row.getparent().remove(row)

    root = opened(filled({"1.1": "甲"}, changed(behead))).document
    assert cell_text(cell(root.find(f".//{W}tr"), 3)) == "甲"


@pytest.mark.parametrize("header", [True, False], ids=["with-header", "without-header"])
def test_row_without_a_status_cell_is_told(catalog: Catalog, header: bool) -> None:
    """A ragged row has nowhere to write."""

    def cut(root: etree._Element) -> None:
        row = row_of(root, catalog, "1.1")
        row.remove(cell(row, 3))
        if not header:
            first = root.find(f".//{W}tr")
            first.getparent().remove(first)

    assert list(problems(opened(changed(cut)), catalog)) == [
        (f"第{1 + header}行", "1.1", "表样里任务 1.1 这一行没有“落实情况”一格")
    ]


def test_repeated_header_and_other_tables_do_not_confuse(catalog: Catalog) -> None:
    """A cover table before, the official one nested in a layout table, its header row repeated in the middle."""

    def nest(root: etree._Element) -> None:
        table = root.find(f".//{W}tbl")
        rows = table.findall(f"{W}tr")
        rows[30].addnext(deepcopy(rows[0]))
        cover = element(
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>任务</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        )
        outer = element("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")
        table.addprevious(cover)
        table.addprevious(element("<w:p/>"))
        table.addprevious(outer)
        cell(outer.find(f"{W}tr"), 0).insert(0, table)

    data = changed(nest)
    assert list(problems(opened(data), catalog)) == []
    form = opened(filled({"20.1": "乙"}, data))
    assert cell_text(form.located.rows["20.1"].status_cell) == "乙"
    assert form.located.rows["20.1"].label == "第89行"


def test_document_without_the_table_misses_everything(catalog: Catalog) -> None:
    """Some other Word file."""
    found = locate(element("<w:document><w:body><w:p/></w:body></w:document>"), catalog)
    assert found.table is None
    assert found.missing(catalog) == list(catalog.tasks)
