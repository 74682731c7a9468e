"""Parts under other names, tracked paragraphs and rows, embedded files: read as Word shows them, or told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from forms import W, cell, changed, element, filled, found, parts, repack, row_of, run, submission, with_status
from lxml import etree

from zhijiao20.core.findings import Collector
from zhijiao20.formats.docx.fill import open_form
from zhijiao20.formats.docx.read import read_form
from zhijiao20.formats.format_error import FormError
from zhijiao20.formats.read import read_content
from zhijiao20.system.discovery import load_catalog

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
RELATIONS = "word/_rels/document.xml.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


LIST = (
    f'<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def numbered(text: str, mark: str = "") -> str:
    """A numbered paragraph."""
    number = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    return f"<w:p><w:pPr>{number}<w:rPr>{mark}</w:rPr></w:pPr>{run(text) if text else ''}</w:p>"


@pytest.mark.parametrize("mark", ["<w:del w:id='1' w:author='a'/>", "<w:moveFrom w:id='1' w:author='a'/>"])
def test_deleted_paragraph_takes_no_number(mark: str) -> None:
    """Its rest is joined to the next paragraph; at the end of the cell nothing is lost."""
    for xml, text in (
        (numbered("甲") + numbered("", mark) + numbered("乙"), "1.甲\n2.乙"),
        (numbered("甲") + numbered("乙", mark) + numbered("丙"), "1.甲\n2.乙丙"),
        (numbered("甲") + numbered("乙", mark), "1.甲\n乙"),
        (numbered("甲") + numbered("", mark), "1.甲"),
    ):
        contents = parts(with_status(xml))
        contents["word/numbering.xml"] = LIST.encode()
        assert found(repack(contents)) == (text, ["ZJ009", "ZJ011"])


def test_deleted_row_takes_no_number() -> None:
    """Its paragraphs are gone once the changes are accepted."""

    def strike(root: etree._Element) -> None:
        for task, row in (("1.1", "<w:trPr><w:del w:id='1' w:author='a'/></w:trPr>"), ("1.2", "")):
            own = row_of(root, load_catalog(), task)
            target = cell(own, 3)
            target.append(element(numbered("甲")))
            target.remove(target.find(f"{W}p"))
            if row:
                own.insert(0, element(row))

    contents = parts(changed(strike))
    contents["word/numbering.xml"] = LIST.encode()
    assert submission(repack(contents))[0].entries["1.2"].status == "1.甲"


@pytest.mark.parametrize(
    "target", ["numbering2.xml", "/word/numbering2.xml", "./numbering2.xml", "../word/Numbering2.xml"]
)
def test_parts_are_found_by_their_relationships(target: str) -> None:
    """Word Online calls them numbering2.xml and so on; another part with the usual name is not theirs."""
    contents = parts(with_status(numbered("甲")))
    link = f'<Relationship Id="n" Type="{KINDS}/numbering" Target="{target}"/></Relationships>'
    contents[RELATIONS] = contents[RELATIONS].replace(b"</Relationships>", link.encode())
    contents["word/numbering2.xml"] = LIST.encode()
    contents["word/numbering.xml"] = LIST.replace("%1.", "%1)").encode()
    assert found(repack(contents)) == ("1.甲", ["ZJ011"])


def test_part_that_is_missing_is_no_part() -> None:
    """A relationship to a part that is not there."""
    contents = parts(with_status(numbered("甲")))
    link = f'<Relationship Id="n" Type="{KINDS}/numbering" Target="x.xml"/></Relationships>'
    contents[RELATIONS] = contents[RELATIONS].replace(b"</Relationships>", link.encode())
    assert found(repack(contents)) == ("甲", [])


@pytest.mark.parametrize("rename", [lambda name: name.replace("/", "\\"), lambda name: name.replace("word/", "doc/")])
def test_package_with_other_names_is_read(rename: object) -> None:
    """Backslashes of other programs, another folder: the relationships and content types name the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts(filled({"1.1": "甲"}, unit="乙局")).items():
            is_index = name.startswith(("[", "_rels"))
            folder = rename("word/").replace("\\", "/").encode() if is_index else b"word/"  # type: ignore[operator]
            info = zipfile.ZipInfo("x")
            info.filename = rename(name)  # type: ignore[operator]
            archive.writestr(info, content.replace(b"word/", folder))
    submissions, out = read_content(Path("甲.docx"), stream.getvalue(), load_catalog())
    assert [(made.unit, made.entries["1.1"].status) for made in submissions] == [("乙局", "甲")]
    assert out.findings == []


def test_document_with_an_embedded_workbook_is_a_document() -> None:
    """Charts bring a workbook with them, and its folder xl/ into the archive."""
    contents = parts(filled({"1.1": "甲"}))
    contents["word/embeddings/xl/book.xlsx"] = b"PK"
    submissions, _ = read_content(Path("甲.docx"), repack(contents), load_catalog())
    assert submissions[0].entries["1.1"].status == "甲"


def test_archive_named_as_a_document_is_not_to_be_unpacked() -> None:
    """The advice is what to do in Word."""
    _, out = read_content(Path("甲.docx"), repack({"a.txt": b""}), load_catalog())
    assert [(item.rule.code, item.hint) for item in out.findings] == [
        ("ZJ002", "请在 Word 或 WPS 中打开，另存为 .docx")
    ]


@pytest.mark.parametrize(("target", "kind"), [("a.htm", "网页"), ("a.docx", "另一份 Word 文档"), ("a", "另一份文件")])
def test_body_that_is_embedded_is_told_with_the_remedy(target: str, kind: str) -> None:
    """Some programs write a web page into a Word document and leave the rest to Word."""

    def embed(root: etree._Element) -> None:
        root[0].clear()
        chunk = etree.SubElement(root[0], f"{W}altChunk")
        chunk.set(f"{{{KINDS}}}id", "c")

    contents = parts(changed(embed))
    link = f'<Relationship Id="c" Type="{KINDS}/aFChunk" Target="{target}"/></Relationships>'
    contents[RELATIONS] = contents[RELATIONS].replace(b"</Relationships>", link.encode())
    with pytest.raises(FormError, match=kind) as caught:
        read_form(repack(contents), load_catalog(), Collector("甲.docx"))
    assert "另存为 .docx" in caught.value.hint


def test_table_in_a_text_box_is_read_once() -> None:
    """Both versions of a text box hold it."""

    def box(root: etree._Element) -> None:
        table = root.find(f".//{W}tbl")
        holder = element("<w:p><w:r/></w:p>")
        table.addprevious(holder)
        copy = etree.fromstring(etree.tostring(table))
        versions = etree.SubElement(holder[0], f"{{{MC}}}AlternateContent")
        for name, content in (("Choice", table), ("Fallback", copy)):
            inner = etree.SubElement(versions, f"{{{MC}}}{name}", Requires="wps")
            etree.SubElement(etree.SubElement(inner, f"{W}drawing"), f"{W}txbxContent").append(content)

    made, findings = submission(changed(box, filled({"1.1": "甲"}, unit="乙局")))
    assert (made.entries["1.1"].status, findings) == ("甲", [])


TYPES = "[Content_Types].xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("suffix", "kind", "macros"),
    [
        (".docm", b"application/vnd.ms-word.document.macroEnabled.main+xml", True),
        (".dotm", b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml", True),
        (".dotx", b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", False),
        (".docx", PLAIN_TYPE, False),
    ],
)
def test_templates_and_documents_with_macros_are_read(suffix: str, kind: bytes, *, macros: bool) -> None:
    """Macros are told and never touched; as a form such a file would make one that Word does not open."""
    contents = parts(filled({"1.1": "修订标准12项。"}, unit="石桥县教育局"))
    assert PLAIN_TYPE in contents[TYPES]
    contents[TYPES] = contents[TYPES].replace(PLAIN_TYPE, kind)
    if macros:
        contents["word/vbaProject.bin"] = b"\0"
    data = repack(contents)
    (unit,), out = read_content(Path(f"甲{suffix}"), data, load_catalog())
    assert unit.entries["1.1"].status == "修订标准12项。"
    assert [finding.rule.code for finding in out.findings if finding.rule.code == "ZJ018"] == ["ZJ018"] * macros
    if kind != PLAIN_TYPE:
        with pytest.raises(FormError, match="表样是模板或带宏的文档"):
            open_form(data, load_catalog(), own=False)


def test_a_drawn_symbol_is_read_from_the_text_beside_it() -> None:
    """Word writes an emoji as an element of its own, and for other programs as text."""
    symbol = (
        f'<w:p><w:r><w:t>好</w:t><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="w16se">'
        '<w16se:symEx xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" w16se:char="1F600"/>'
        "</mc:Choice><mc:Fallback><w:t>\U0001f600</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert found(with_status(symbol))[0] == "好\U0001f600"
