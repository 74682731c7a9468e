"""A filled form comes back as its writer saw it, and nothing in it is dropped in silence."""

from __future__ import annotations

import pytest
from forms import MAIN, W, cell, changed, element, filled, parts, repack, row_of, submission
from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.formats.docx.read import read_form
from zhijiao20.formats.format_error import FormatError, FormError
from zhijiao20.system.discovery import load_catalog, official_form

NUMBERING = (
    f'<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>'
    "</w:num></w:numbering>"
).encode()


def status(xml: str, task: str = "1.1") -> bytes:
    """The official form with one status cell holding this."""

    def put(root: etree._Element) -> None:
        target = cell(row_of(root, load_catalog(), task), 3)
        target.remove(target.find(f"{W}p"))
        for child in element(f"<w:x>{xml}</w:x>"):
            target.append(child)

    return changed(put)


WRAPPERS = (
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:smartTag>{}</w:smartTag>",
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:fldSimple>{}</w:fldSimple>",
)
BEGIN, SEPARATE, END = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end"))
PLAIN = {
    "insertion-counts-deletion-does-not": (
        "<w:p><w:r><w:t>2019年</w:t></w:r><w:ins><w:r><w:t>13480元</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>",
        "2019年13480元",
        [("ZJ009", "1.1", "第2行")],
    ),
    "moved-text-counts-once": (
        "<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>甲</w:t></w:r></w:moveTo></w:p>",
        "甲",
        [("ZJ009", "1.1", "第2行")],
    ),
    "deleted-paragraph-mark-parts-nothing": (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p><w:p><w:r><w:t>下</w:t></w:r></w:p>",
        "上下",
        [("ZJ009", "1.1", "第2行")],
    ),
    "control-smart-tag-link-field": (
        f"<w:sdt><w:sdtContent><w:p>{''.join(wrapper.format('<w:r><w:t>字</w:t></w:r>') for wrapper in WRAPPERS)}</w:p></w:sdtContent></w:sdt>",
        "字字字字",
        [],
    ),
    "breaks-tabs-hyphens": (
        "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t><w:cr/><w:noBreakHyphen/><w:softHyphen/></w:r></w:p>",
        "一\n二\t三\n\u2011\u00ad",
        [],
    ),
    "complex-field-shows-its-result": (
        "<w:p><w:r><w:fldChar/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar/></w:r><w:r><w:t>5</w:t></w:r></w:p>",
        "5",
        [],
    ),
    "picture-and-comment": (
        "<w:p><w:r><w:t>见图</w:t></w:r><w:r><w:drawing/></w:r><w:r><w:pict/></w:r><w:r><w:commentReference/></w:r></w:p>",
        "见图",
        [("ZJ010", "1.1", "第2行")],
    ),
    "characters-with-their-reading-above": (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>yǎn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>䶮</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
        "䶮",
        [("ZJ010", "1.1", "第2行")],
    ),
    "of-two-versions-the-first": (
        (
            "<w:p><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
            "<mc:Choice><w:r><w:t>甲</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>甲</w:t></w:r></mc:Fallback></mc:AlternateContent>"
            "<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
            "<mc:Choice><w:t>乙</w:t></mc:Choice><mc:Fallback><w:t>乙</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        "甲乙",
        [],
    ),
    "field-that-word-draws": (
        (
            f"<w:p>{BEGIN}<w:r><w:instrText>eq \\o\\ac(○,</w:instrText></w:r><w:r><w:instrText>1)</w:instrText></w:r>{END}"
            f"{BEGIN}<w:r><w:instrText> XE </w:instrText></w:r>{END}<w:r><w:t>印发</w:t></w:r></w:p>"
        ),
        "印发",
        [("ZJ010", "1.1", "第2行")],
    ),
    "check-box-and-list": (
        f"<w:p>{BEGIN}<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>{SEPARATE}{END}<w:r><w:t>已建</w:t></w:r></w:p>",
        "已建",
        [("ZJ010", "1.1", "第2行")],
    ),
    "field-with-its-own-text": (
        (
            f"<w:p>{BEGIN}<w:r><w:instrText>FORMTEXT</w:instrText></w:r>{SEPARATE}<w:r><w:t>甲</w:t></w:r>{END}"
            f"{BEGIN}<w:r><w:instrText>SYMBOL</w:instrText></w:r>{SEPARATE}<w:r><w:t>乙</w:t></w:r>{END}{END}</w:p>"
        ),
        "甲乙",
        [],
    ),
    "power-of-ten": (
        "<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>4</w:t></w:r></w:p>",
        "104",
        [("ZJ010", "1.1", "第2行")],
    ),
    "struck-through": (
        "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r><w:r><w:t>新</w:t></w:r></w:p>",
        "旧新",
        [("ZJ010", "1.1", "第2行")],
    ),
    "neither-struck-nor-raised-nor-hidden": (
        "<w:p><w:r><w:rPr><w:strike w:val='0'/><w:vanish w:val='false'/><w:vertAlign w:val='baseline'/></w:rPr><w:t>甲</w:t></w:r></w:p>",
        "甲",
        [],
    ),
    "hidden-text": (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r></w:p>",
        "甲乙",
        [("ZJ017", "1.1", "第2行")],
    ),
    "nested-table": (
        "<w:p><w:r><w:t>见表</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r><w:r><w:object/></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>",
        "见表\n",
        [("ZJ010", "1.1", "第2行")],
    ),
}


@pytest.mark.parametrize(("xml", "text", "findings"), PLAIN.values(), ids=PLAIN)
def test_text_is_what_a_person_sees(xml: str, text: str, findings: list[tuple[str, str, str]]) -> None:
    """What python-docx's cell.text loses, and a finding for what is more than text."""
    made, found = submission(status(xml))
    assert made.entries["1.1"].status == text
    assert [finding for finding in found if finding[0] != "ZJ113"] == findings


def test_more_than_text_is_named_once_each() -> None:
    """A clerk must know what to look for."""
    out = Collector("甲.docx")
    read_form(status(PLAIN["picture-and-comment"][0]), load_catalog(), out)
    assert [finding.message for finding in out.findings] == ["格内有图片或文本框、批注，其中的内容没有采用"]


def test_automatic_numbers_are_restored() -> None:
    """1. 2. 3. are nowhere in the text of the file."""
    item = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
    )
    contents = parts(status(item.format("甲") + item.format("乙")))
    contents["word/numbering.xml"] = NUMBERING
    made, found = submission(repack(contents))
    assert made.entries["1.1"].status == "1 甲\n2 乙"
    assert ("ZJ011", "1.1", "第2行") in found


def test_changed_wording_is_an_error_and_its_text_is_kept(catalog: Catalog) -> None:
    """Reworded in task, article and chapter: named with the difference; the text goes to the task that was meant."""

    def reword(root: etree._Element) -> None:
        row = row_of(root, catalog, "1.1")
        for index, old, new in ((0, "完善", "健全"), (1, "框架", "体系"), (2, "严把", "把好")):
            node = next(cell(row, index).iter(f"{W}t"))
            node.text = node.text.replace(old, new)

    made, found = submission(changed(reword, filled({"1.1": "甲"})))
    assert made.entries["1.1"].status == "甲"
    assert [finding for finding in found if finding[0] == "ZJ108"] == [("ZJ108", "1.1", "第2行")] * 3


def test_doubled_rows_are_both_shown(catalog: Catalog) -> None:
    """Never last-wins."""

    def double(root: etree._Element) -> None:
        row = row_of(root, catalog, "1.1")
        row.addnext(etree.fromstring(etree.tostring(row)))

    _, found = submission(changed(double, filled({"1.1": "甲"})))
    assert ("ZJ102", "1.1", "第3行") in found


def test_row_that_is_no_task_is_told_when_it_has_a_text(catalog: Catalog) -> None:
    """An added row with a text would be lost; an empty one is nothing."""

    def add(root: etree._Element) -> None:
        row = row_of(root, catalog, "20.1")
        for text in ("写在这里", ""):
            row.addnext(
                element(
                    "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>我省增加的任务</w:t></w:r></w:p></w:tc>"
                    f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
                )
            )

    _, found = submission(changed(add))
    assert [finding for finding in found if finding[0] == "ZJ101"] == [("ZJ101", None, "第90行")]


@pytest.mark.parametrize("merged", [False, True], ids=["blank", "merged-into-the-task-above"])
def test_row_that_carries_on_a_task_is_told(catalog: Catalog, merged: bool) -> None:
    """Somebody split the row: what stands beside the blank task would be lost in silence."""

    def split(root: etree._Element) -> None:
        row = row_of(root, catalog, "1.1")
        merge = "<w:tcPr><w:vMerge/></w:tcPr>" if merged else ""
        row.addnext(
            element(
                f"<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc><w:tc>{merge}<w:p/></w:tc>"
                "<w:tc><w:p><w:r><w:t>接着写</w:t></w:r></w:p></w:tc></w:tr>"
            )
        )

    _, found = submission(changed(split))
    assert [finding for finding in found if finding[0] == "ZJ101"] == [("ZJ101", None, "第3行")]


def test_row_without_status_cell_is_empty(catalog: Catalog) -> None:
    """The last row of the official text itself ends before column 4."""

    def cut(root: etree._Element) -> None:
        row = row_of(root, catalog, "1.1")
        row.remove(cell(row, 3))

    made, found = submission(changed(cut))
    assert made.entries["1.1"].blank
    assert [code for code, *_ in found] == ["ZJ113"]


def test_row_struck_out_is_told(catalog: Catalog) -> None:
    """A row that a tracked change deletes is not read, and the reader learns why."""

    def strike(root: etree._Element) -> None:
        row_of(root, catalog, "1.2").insert(0, element("<w:trPr><w:del w:id='1' w:author='a'/></w:trPr>"))

    made, found = submission(changed(strike))
    assert "1.2" not in made.entries
    assert ("ZJ009", None, None) in found


def test_findings_name_the_unit(catalog: Catalog) -> None:
    """The line above the table is read first."""
    out = Collector("甲.docx")
    contents = parts(filled({"1.1": "甲"}, unit="澄州市教育局"))
    contents[MAIN] = contents[MAIN].replace("严把".encode(), "把好".encode())
    read_form(repack(contents), catalog, out)
    assert [(finding.rule.code, finding.unit) for finding in out.findings] == [("ZJ108", "澄州市教育局")]


def test_document_without_the_table_is_no_status_file() -> None:
    """Somebody sends the covering letter."""
    with pytest.raises(FormError, match="没有官方的附表"):
        read_form(changed(lambda root: root[0].clear()), load_catalog(), Collector("甲.docx"))


def test_blank_form_reads_as_all_empty(catalog: Catalog) -> None:
    """The fresh form: every task there, nothing written."""
    made, _ = submission(official_form())
    assert list(made.entries) == list(catalog.tasks)
    assert all(entry.blank for entry in made.entries.values())


def test_a_garbled_form_is_told_as_garbled() -> None:
    """It has no official table, and the reason is not that another table was sent."""

    def garble(root: etree._Element) -> None:
        for text in root.iter(f"{W}t"):
            text.text = (text.text or "").encode().decode("gb18030", "replace")

    with pytest.raises(FormatError) as caught:
        read_form(changed(garble), load_catalog(), Collector("甲.docx"))
    assert caught.value.code == "ZJ003"
