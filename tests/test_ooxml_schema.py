"""The check that holds our .docx files against ECMA-376 finds what is wrong in one."""

from __future__ import annotations

import io

import docx
import pytest
from forms import parts, repack
from ooxml_schema import violations

from zhijiao20.system.discovery import official_form

DOCUMENT, STYLES, SETTINGS, FOOTER = (f"word/{name}.xml" for name in ("document", "styles", "settings", "footer1"))
LINKS, TOP, TYPES = "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def broken(part: str, before: str, after: str) -> bytes:
    """The official form with one place of one part replaced."""
    contents = parts(official_form())
    text = contents[part].decode()
    assert before in text
    contents[part] = text.replace(before, after, 1).encode()
    return repack(contents)


def test_check_finds_what_is_really_wrong() -> None:
    """The empty document of python-docx has no w:percent, which the standard requires."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    assert f"{SETTINGS}: /w:settings/w:zoom: w:zoom has no w:percent" in violations(stream.getvalue())


@pytest.mark.parametrize(
    ("part", "before", "after", "message"),
    [
        pytest.param(
            DOCUMENT,
            '<w:tcW w:w="2228" w:type="dxa"/><w:gridSpan w:val="2"/>',
            '<w:gridSpan w:val="2"/><w:tcW w:w="2228" w:type="dxa"/>',
            "/w:document/w:body/w:tbl/w:tr[1]/w:tc[1]/w:tcPr: w:tcPr has w:tcW out of order or once too often",
            id="wrong order",
        ),
        pytest.param(
            SETTINGS,
            '<w:zoom w:percent="100"/>',
            '<w:zoom w:percent="100"/><w:zoom w:percent="100"/>',
            "/w:settings: w:settings has w:zoom out of order or once too often",
            id="twice",
        ),
        pytest.param(
            DOCUMENT,
            "<w:cantSplit/>",
            "<w:tblHeader/><w:cantSplit/>",
            "/w:document/w:body/w:tbl/w:tr[1]/w:trPr: w:trPr has w:tblHeader out of order or once too often",
            id="twice in any order",
        ),
        pytest.param(
            FOOTER,
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:fldBegin w:fldCharType="begin"/>',
            "/w:ftr/w:p/w:r[2]: w:r has w:fldBegin, which is not allowed",
            id="unknown element",
        ),
        pytest.param(
            DOCUMENT,
            "<w:cantSplit/>",
            '<a:cantSplit xmlns:a="urn:a"/>',
            "/w:document/w:body/w:tbl/w:tr[1]/w:trPr: w:trPr has {urn:a}cantSplit, which is not allowed",
            id="element of another namespace",
        ),
        pytest.param(
            DOCUMENT,
            "<w:body>",
            "<w:body><w:r/>",
            "/w:document/w:body: w:body has w:r, which is not allowed",
            id="known element in the wrong place",
        ),
        pytest.param(
            DOCUMENT,
            '<w:vAlign w:val="center"/>',
            '<w:vAlign w:val="center" w:how="so"/>',
            "/w:document/w:body/w:tbl/w:tr[1]/w:tc[1]/w:tcPr/w:vAlign: w:vAlign has w:how, which is not allowed",
            id="unknown attribute",
        ),
        pytest.param(
            DOCUMENT,
            '<w:vAlign w:val="center"/>',
            '<w:vAlign val="center" w:val="center"/>',
            "/w:document/w:body/w:tbl/w:tr[1]/w:tc[1]/w:tcPr/w:vAlign: w:vAlign has val, which is not allowed",
            id="attribute without its namespace",
        ),
        pytest.param(
            STYLES,
            '<w:name w:val="Normal"/>',
            "<w:name/>",
            "/w:styles/w:style[1]/w:name: w:name has no w:val",
            id="missing attribute",
        ),
        pytest.param(
            DOCUMENT,
            '<w:vAlign w:val="center"/>',
            '<w:vAlign w:val="middle"/>',
            "/w:document/w:body/w:tbl/w:tr[1]/w:tc[1]/w:tcPr/w:vAlign: "
            "w:vAlign has w:val='middle', which is no top/center/both/bottom",
            id="value not on the list",
        ),
        pytest.param(
            STYLES,
            '<w:sz w:val="32"/>',
            '<w:sz w:val="16pt"/>',
            "/w:styles/w:docDefaults/w:rPrDefault/w:rPr/w:sz: w:sz has w:val='16pt', which is no unsigned",
            id="value of the wrong type",
        ),
        pytest.param(
            STYLES,
            '<w:top w:w="0" w:type="dxa"/>',
            '<w:top w:val="single"/>',
            "/w:styles/w:style[3]/w:tblPr/w:tblCellMar/w:top: w:top has w:val, which is not allowed",
            id="attribute of its namesake",
        ),
        pytest.param(
            DOCUMENT,
            "</w:tblPr><w:tblGrid>",
            "</w:tblPr></w:tbl><w:tbl><w:tblPr/><w:tblGrid>",
            "/w:document/w:body/w:tbl[1]: w:tbl misses w:tblGrid",
            id="missing last child",
        ),
        pytest.param(
            DOCUMENT,
            "<w:tbl>",
            "<w:tbl><w:tblGrid/></w:tbl><w:tbl>",
            "/w:document/w:body/w:tbl[1]: w:tbl misses w:tblPr before w:tblGrid",
            id="missing child",
        ),
        pytest.param(
            DOCUMENT, "<w:tblPr>", "<w:tblPr>x", "/w:document/w:body/w:tbl/w:tblPr: w:tblPr holds text", id="text"
        ),
        pytest.param(
            "docProps/core.xml",
            "<dc:title>",
            "<dc:subject/><dc:title>",
            "/cp:coreProperties: cp:coreProperties has dc:subject, which is not allowed",
            id="core property",
        ),
        pytest.param(
            TYPES,
            'Extension="rels"',
            'Extension="rels" Name="x"',
            "/*/*[1]: ct:Default has Name, which is not allowed",
            id="content type",
        ),
        pytest.param(
            TOP, 'Id="rId1"', 'Id="1"', "/*/*[1]: rel:Relationship has Id='1', which is no id", id="relationship"
        ),
    ],
)
def test_check_fails_on_a_broken_part(part: str, before: str, after: str, message: str) -> None:
    """One fault in the official form is one violation, told with its place."""
    assert violations(broken(part, before, after)) == [f"{part}: {message}"]


@pytest.mark.parametrize(
    ("part", "before", "after", "messages"),
    [
        pytest.param(
            DOCUMENT,
            'r:id="rId4"',
            'r:id="rId9"',
            [f"{DOCUMENT}: w:footerReference refers to rId9, which does not exist"],
            id="reference to nothing",
        ),
        pytest.param(
            DOCUMENT,
            'r:id="rId4"',
            'r:id="rId1"',
            [f"{DOCUMENT}: w:footerReference refers to rId1, which is {OFFICE}/styles, not {OFFICE}/footer"],
            id="reference to another kind of part",
        ),
        pytest.param(
            LINKS,
            f"{OFFICE}/fontTable",
            f"{OFFICE}/settings",
            [f"{LINKS}: rId3 leads to word/fontTable.xml as {OFFICE}/settings, not as {OFFICE}/fontTable"],
            id="relationship of another type",
        ),
        pytest.param(LINKS, 'Id="rId2"', 'Id="rId1"', [f"{LINKS}: rId1 is given twice"], id="identifier twice"),
        pytest.param(
            LINKS,
            'Target="styles.xml"',
            'Target="style.xml"',
            [f"{LINKS}: rId1 leads to word/style.xml, which does not exist", f"{STYLES}: no relationship leads here"],
            id="target that does not exist",
        ),
        pytest.param(LINKS, 'Target="styles.xml"', 'Target="/word/styles.xml"', [], id="absolute target"),
        pytest.param(
            LINKS,
            "</Relationships>",
            '<Relationship Id="a" Type="urn:a" Target="urn:b" TargetMode="External"/></Relationships>',
            [],
            id="target outside of the package",
        ),
        pytest.param(
            TYPES,
            'PartName="/word/styles.xml"',
            'PartName="/word/style.xml"',
            [f"{STYLES}: content type application/xml is not one we write", f"{TYPES}: /word/style.xml does not exist"],
            id="part without a content type of its own",
        ),
        pytest.param(
            TYPES,
            '<Override PartName="/word/styles.xml"',
            '<Default Extension="XML" ContentType="a/b"/><Override PartName="/word/styles.xml"',
            [f"{TYPES}: xml has two content types"],
            id="content type twice",
        ),
    ],
)
def test_check_fails_on_parts_that_do_not_fit(part: str, before: str, after: str, messages: list[str]) -> None:
    """Relationships, references and content types."""
    assert violations(broken(part, before, after)) == messages


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        pytest.param(
            {FOOTER: None},
            [f"{TYPES}: /{FOOTER} does not exist", f"{LINKS}: rId4 leads to {FOOTER}, which does not exist"],
            id="no footer",
        ),
        pytest.param({TYPES: None}, [f"{TYPES}: is missing"], id="no content types"),
        pytest.param(
            {"word/a.bin": b""},
            ["word/a.bin: content type None is not one we write", "word/a.bin: no relationship leads here"],
            id="stray part",
        ),
        pytest.param(
            {
                "word/_rels/a.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
            },
            ["word/_rels/a.xml.rels: word/a.xml does not exist"],
            id="relationships of no part",
        ),
        pytest.param(
            {FOOTER: parts(official_form())[STYLES]},
            [f"{FOOTER}: root is w:styles, not w:ftr"],
            id="part with the root of another",
        ),
    ],
)
def test_check_fails_on_missing_and_stray_parts(change: dict[str, bytes | None], messages: list[str]) -> None:
    """Parts taken out, put in or mistaken."""
    contents = {name: content for name, content in (parts(official_form()) | change).items() if content is not None}
    assert violations(repack(contents)) == messages
