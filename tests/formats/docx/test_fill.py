"""Filling a form: column 4 gets its texts, nothing else moves."""

from __future__ import annotations

import io

import docx
import pytest
from conftest import ROOT
from forms import MAIN, W, cell, changed, element, filled, opened, parts, row_of, statuses
from golden import same_as_golden
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.formats.docx.fill import fill, unplaced_headings
from zhijiao20.formats.docx.locate import locate
from zhijiao20.formats.docx.ooxml import cell_text, cells
from zhijiao20.system.discovery import load_catalog, official_form

TEXTS = {"1.1": "印发方案。\n（一）完成1260人次。", "2.1": "职普比为47.2∶52.8。", "20.1": "建立联席会议制度。"}

PROMPT, SAID = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>", "<w:t>单击此处输入文字</w:t>"

xml_text = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters="".join(map(chr, [*range(9), *range(0xB, 0x20), 0xFFFE, 0xFFFF]))
    ),
    max_size=60,
)


def read(data: bytes) -> dict[str, str]:
    """Column 4 as the program itself finds it."""
    found = locate(etree.fromstring(parts(data)[MAIN]), load_catalog())
    return {task: cell_text(row.status_cell) for task, row in found.rows.items()}


def test_every_status_arrives_in_its_row(catalog: Catalog) -> None:
    """All rows at once, read back by another library."""
    texts = {task: f"落实{task}。\n第二段{task}。" for task in catalog.tasks}
    assert statuses(filled(texts)) == list(texts.values())


def test_golden_document() -> None:
    """The XML that Word gets, reviewed by eye once and compared ever after."""
    data = filled(TEXTS, unit="澄州市教育局", period="2020年上半年")
    root = etree.fromstring(parts(data)[MAIN])
    table = root.find(f".//{W}tbl")
    for row in list(table)[5:-2]:
        if row.tag == f"{W}tr":
            table.remove(row)
    same_as_golden("form/document.xml", etree.tostring(root, pretty_print=True, encoding="unicode"))


def test_all_else_stays(catalog: Catalog) -> None:
    """Other parts byte for byte, other cells element for element."""
    before, after = parts(official_form()), parts(filled(TEXTS, official_form()))
    assert list(before) == list(after)
    assert {name: content for name, content in before.items() if name != MAIN} == {
        name: content for name, content in after.items() if name != MAIN
    }
    roots = [etree.fromstring(contents[MAIN]) for contents in (before, after)]
    for root in roots:
        for task in TEXTS:
            row = row_of(root, catalog, task)
            row.remove(cell(row, 3))
    assert etree.tostring(roots[0]) == etree.tostring(roots[1])


def test_same_input_same_bytes() -> None:
    """Nothing of the day, the machine or the run is in the file."""
    assert filled(TEXTS, unit="甲") == filled(TEXTS, unit="甲")


def test_paragraphs_take_the_formatting_of_the_cell(catalog: Catalog) -> None:
    """The empty cell's own paragraph and run properties serve for every paragraph written into it."""

    def dress(root: etree._Element) -> None:
        status = cell(row_of(root, catalog, "1.1"), 3)
        status.remove(status.find(f"{W}p"))
        status.append(
            element(
                '<w:p><w:pPr><w:jc w:val="right"/><w:rPr><w:ins w:id="1" w:author="a"/><w:b/></w:rPr></w:pPr></w:p>'
            )
        )

    root = etree.fromstring(parts(filled({"1.1": "一\n二"}, changed(dress)))[MAIN])
    paragraphs = cell(row_of(root, catalog, "1.1"), 3).findall(f"{W}p")
    assert [paragraph.find(f"{W}pPr/{W}jc").get(f"{W}val") for paragraph in paragraphs] == ["right", "right"]
    assert all(paragraph.find(f"{W}r/{W}rPr/{W}b") is not None for paragraph in paragraphs)
    assert all(paragraph.find(f"{W}r/{W}rPr/{W}ins") is None for paragraph in paragraphs), (
        "a run cannot hold the mark of an insertion"
    )


def test_cell_without_formatting_takes_its_neighbours(catalog: Catalog) -> None:
    """A bare cell in a formatted table would otherwise come out in the default font."""

    def strip(root: etree._Element) -> None:
        row = row_of(root, catalog, "1.1")
        for child in list(cell(row, 3)):
            cell(row, 3).remove(child)
        cell(row, 2).remove(cell(row, 2).find(f"{W}p"))
        wording = catalog.tasks["1.1"].text
        cell(row, 2).append(
            element(
                f'<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>{wording}</w:t></w:r></w:p>'
            )
        )

    root = etree.fromstring(parts(filled({"1.1": "一"}, changed(strip)))[MAIN])
    paragraph = cell(row_of(root, catalog, "1.1"), 3).find(f"{W}p")
    assert paragraph.find(f"{W}pPr/{W}jc") is not None
    assert paragraph.find(f"{W}r/{W}rPr/{W}i") is not None


@pytest.mark.parametrize(
    "control",
    [
        f"<w:sdt>{PROMPT}<w:sdtContent><w:p><w:r><w:rPr><w:rStyle w:val='PlaceholderText'/></w:rPr>{SAID}</w:r></w:p></w:sdtContent></w:sdt>",
        f"<w:p><w:sdt>{PROMPT}<w:sdtContent><w:r>{SAID}</w:r></w:sdtContent></w:sdt></w:p>",
        "<w:p><w:sdt><w:sdtContent/></w:sdt></w:p>",
    ],
    ids=["block", "inline", "without-settings"],
)
def test_content_control_is_filled_inside(catalog: Catalog, control: str) -> None:
    """The control stays, its prompt goes."""

    def put(root: etree._Element) -> None:
        status = cell(row_of(root, catalog, "1.1"), 3)
        status.remove(status.find(f"{W}p"))
        status.append(element(control))

    data = filled({"1.1": "填好了。"}, changed(put))
    assert read(data)["1.1"] == "填好了。"
    document = parts(data)[MAIN].decode()
    assert "<w:sdtContent>" in document
    assert "showingPlcHdr" not in document
    assert "PlaceholderText" not in document


@settings(max_examples=60, deadline=None)
@given(st.lists(xml_text, min_size=1, max_size=4).filter(any))
def test_any_text_reads_back(paragraphs: list[str]) -> None:
    """Render and read back is the identity on every text that XML can hold."""
    text = "\n".join(paragraphs).replace("\r", "")
    assert read(filled({"5.1": text}))["5.1"] == text


def test_unit_and_period_stand_above_the_built_in_table() -> None:
    """A reader must see whose table it is; the properties say it too."""
    document = docx.Document(io.BytesIO(filled(TEXTS, unit="澄州市教育局", period="2020年上半年")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:5] == [
        "附表2：",
        "",
        "“职教20条”相关任务落实情况一览表",
        "填报单位：澄州市教育局",
        "报告期：2020年上半年",
    ]
    assert document.core_properties.author == "澄州市教育局"


def test_without_unit_no_line_is_added() -> None:
    """The blank form is exactly the official table."""
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(filled(TEXTS))).paragraphs]
    assert not [text for text in texts if text.startswith(("填报单位", "报告期"))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("填报单位：", "填报单位：甲"),
        ("填报单位：　　　　报告期：", "填报单位：甲　　　　报告期：2020年"),
        ("填报单位：________", "填报单位：甲______"),
        ("填报单位：____报告期：", "填报单位：甲  报告期：2020年"),
        ("填报单位：乙", "填报单位：乙"),
        ("填报时间：7月</w:t><w:tab/><w:t>填报单位：", "填报时间：7月\t填报单位：甲"),
        (
            "</w:t><w:tab/></w:r><w:r><w:t>填报单位</w:t></w:r><w:r><w:t>：</w:t></w:r><w:r><w:t>（盖章）",
            "\t填报单位：甲（盖章）",
        ),
    ],
    ids=["empty", "two-on-a-line", "underscores", "no-gap", "given", "behind-a-tab", "in-pieces-with-a-seal"],
)
def test_foreign_form_keeps_its_own_line(line: str, expected: str) -> None:
    """A blank is filled where it stands, a filled line and a form without one are left as they are."""

    def lead(root: etree._Element) -> None:
        table = root.find(f".//{W}tbl")
        table.addprevious(element(f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{line}</w:t></w:r></w:p>"))

    data = filled(TEXTS, changed(lead), unit="甲", period="2020年")
    assert docx.Document(io.BytesIO(data)).paragraphs[3].text == expected
    plain = [
        paragraph.text for paragraph in docx.Document(io.BytesIO(filled(TEXTS, official_form(), unit="甲"))).paragraphs
    ]
    assert "填报单位：甲" not in plain


def test_what_has_no_place_above_the_table_is_told() -> None:
    """An option that does nothing would be missed only in print."""

    def lead(root: etree._Element) -> None:
        root.find(f".//{W}tbl").addprevious(element("<w:p><w:r><w:t>填报单位：乙</w:t></w:r></w:p>"))

    form = opened(changed(lead))
    assert unplaced_headings(form, "甲", "2020年") == [("填报单位", "乙"), ("报告期", "")]
    assert unplaced_headings(form, "乙", "") == []
    assert unplaced_headings(opened(own=True), "甲", "2020年") == []


def test_empty_line_without_a_run_is_filled_too() -> None:
    """The label may stand in a field or a control: the value then follows in a run of its own."""

    def lead(root: etree._Element) -> None:
        root.find(f".//{W}tbl").addprevious(element("<w:p><w:r><w:t>报告期：</w:t></w:r></w:p>"))

    texts = [
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(filled(TEXTS, changed(lead), period="2020年"))).paragraphs
    ]
    assert "报告期：2020年" in texts


def test_creator_is_added_where_the_properties_lack_it() -> None:
    """An edited form of our own may have lost it."""
    form = opened(own=True)
    contents = dict(form.package.parts)
    core = etree.fromstring(contents["docProps/core.xml"])
    for creator in core.findall("{http://purl.org/dc/elements/1.1/}creator"):
        core.remove(creator)
    contents["docProps/core.xml"] = etree.tostring(core)
    object.__setattr__(form.package, "parts", contents)
    data = fill(form, {}, unit="甲")
    assert docx.Document(io.BytesIO(data)).core_properties.author == "甲"


@pytest.mark.parametrize(
    ("text", "faces"),
    [
        ("一、总体情况。已经完成。", [("一、总体情况。", "Level1Char"), ("已经完成。", None)]),
        (
            "【甲、乙】（二）补齐短板。新建2所。",
            [("【甲、乙】", None), ("（二）补齐短板。", "Level2Char"), ("新建2所。", None)],
        ),
        ("（三）只有标题", [("（三）只有标题", "Level2Char")]),
        ("1.办学条件。", [("1.办学条件。", None)]),
        ("（1）校舍。", [("（1）校舍。", None)]),
        ("（一）" + "长" * 41 + "。", [("（一）" + "长" * 41 + "。", None)]),
        ("十所学校、五个中心。", [("十所学校、五个中心。", None)]),
    ],
    ids=["first", "second-behind-label", "heading-alone", "third", "fourth", "no-heading", "no-number"],
)
def test_numbered_levels_keep_their_faces(catalog: Catalog, text: str, faces: list[tuple[str, str | None]]) -> None:
    """GB/T 9704-2012, 7.3.3: 一、 in 黑体, （一） in 楷体; a foreign form keeps the cell's own face."""
    root = etree.fromstring(parts(filled({"1.1": text}))[MAIN])
    runs = list(cell(row_of(root, catalog, "1.1"), 3).iter(f"{W}r"))
    styles = [run.find(f"{W}rPr/{W}rStyle") for run in runs]
    found = [
        ("".join(run.itertext()), None if style is None else style.get(f"{W}val"))
        for run, style in zip(runs, styles, strict=True)
    ]
    assert found == faces
    foreign = etree.fromstring(parts(filled({"1.1": text}, official_form()))[MAIN])
    assert len(list(cell(row_of(foreign, catalog, "1.1"), 3).iter(f"{W}r"))) == 1


def test_tabs_and_odd_characters_survive(catalog: Catalog) -> None:
    """Tabs become tab marks; NBSP, zero-width, private use and Extension B stay as they came."""
    text = "甲\t乙\u00a0丙\u200b丁\ue000戊\U00020000己\ufe0f\u2028庚  辛 "
    data = filled({"1.1": text})
    assert read(data)["1.1"] == text
    root = etree.fromstring(parts(data)[MAIN])
    assert cell(row_of(root, catalog, "1.1"), 3).find(f".//{W}tab") is not None


def test_grid_columns_are_counted_with_spans() -> None:
    """A cell's place is its grid column, not its number."""
    row = element(
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>'
    )
    assert [(begin, end) for begin, end, _ in cells(row)] == [(1, 3), (3, 4)]
    silly = element('<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr>')
    assert [(begin, end) for begin, end, _ in cells(silly)] == [(0, 1)]


def test_golden_helper_is_not_blind() -> None:
    """A golden file that does not exist is no golden file."""
    assert (ROOT / "tests" / "golden" / "form" / "document.xml").is_file()
