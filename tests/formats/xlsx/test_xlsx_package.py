"""What is no sound workbook: refused with the place and the remedy, and nothing else happens."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import HEAD, MAIN, REL, TYPES, filled, pack, parts, relations, row, sheet, table, text

from zhijiao20.core.findings import Collector
from zhijiao20.core.limits import Limits
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Submission
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.sniff import format_of
from zhijiao20.formats.xlsx.read import read
from zhijiao20.formats.xlsx.write import write
from zhijiao20.system.discovery import load_catalog


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(FormatError) as caught:
        read(data, Collector("甲.xlsx"))
    assert caught.value.code == "ZJ002"
    assert caught.value.hint
    return caught.value.message, caught.value.hint


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts(sheet()).items():
            archive.writestr(name, content)
        with archive.open("xl/big.xml", "w") as part:
            for _ in range(101):
                part.write(bytes(2**20))
    return stream.getvalue()


def lying() -> bytes:
    """A directory that says less than the part unpacks to."""
    data = bytearray(filled(row(2, "甲", "1.1")))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def encrypted() -> bytes:
    data = bytearray(filled())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


def packed_otherwise() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in parts(sheet()).items():
            archive.writestr(name, content)
    return stream.getvalue()


def doubled() -> bytes:
    stream = io.BytesIO(filled())
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", "<a/>")
    return stream.getvalue()


def content_type(kind: str) -> str:
    """The list of content types with one of Excel's."""
    return f'<Types xmlns="{TYPES}"><Override PartName="/x" ContentType="application/vnd.ms-excel.{kind}"/></Types>'


def but(**changed: str | bytes) -> bytes:
    """A workbook with some parts changed, by the last word of their name."""
    made = parts(sheet(HEAD, row(2, "甲", "1.1")))
    keys = {"types": "[Content_Types].xml", "rels": "_rels/.rels", "workbook": "xl/workbook.xml", "links": "xl/_rels/workbook.xml.rels", "sheet": "xl/worksheets/sheet0.xml"}  # fmt: skip
    return pack(made | {keys[key]: value for key, value in changed.items()})


DAMAGED = "Excel 工作簿内部已损坏"
UNREADABLE = "文件已损坏、被加密或不是 Excel 工作簿"
STRINGS_LOST = "Excel 工作簿里存文字的部件（sharedStrings.xml）丢失了，单元格里的文字读不出来"
NO_WORKSHEET = "Excel 工作簿里没有认得的工作表"
DTD = "Excel 工作簿内部带有 DTD，可能有害，没有读取"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
DEEP = "Excel 工作簿内部的层次太深或内容太多，没有读取"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: b"PK\x03\x04", UNREADABLE),
        (lambda: filled()[:-30], UNREADABLE),
        (lambda: filled()[:600], UNREADABLE),
        (lying, UNREADABLE),
        (encrypted, UNREADABLE),
        (packed_otherwise, UNREADABLE),
        (bomb, "解压后超过 100 MiB 或 2000 个部件"),
        (lambda: pack({f"p{index}": b"" for index in range(2001)}), "解压后超过 100 MiB 或 2000 个部件"),
        (doubled, "压缩包里有重名的部件"),
        (lambda: pack({"word/document.xml": b"<a/>"}), "里面没有 Excel 工作簿"),
        (lambda: but(rels=relations(("a", "officeDocument", "xl/gone.xml"))), "里面没有 Excel 工作簿"),
        (lambda: but(rels=relations(("a", "officeDocument", "xl/workbook.xml")).replace(REL, STRICT)), "这是“Strict Open XML”格式的工作簿"),
        (lambda: but(types=content_type("sheet.binary.macroEnabled.main")), "这是二进制工作簿（.xlsb），不能读取"),
        (lambda: but(workbook="<a"), DAMAGED),
        (lambda: but(workbook="<?xml version='1.0' encoding='x-none'?><a/>"), DAMAGED),
        (lambda: but(workbook="<?xml version='1.0' encoding='utf-7'?><a/>"), DAMAGED),
        (lambda: but(workbook="<a/>".encode("utf-16-le")), DAMAGED),
        (lambda: but(workbook="<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), DTD),
        (lambda: but(sheet='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), DTD),
        (lambda: but(sheet='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")), DTD),
        (lambda: but(sheet='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16-le")), DAMAGED),
        (lambda: but(sheet="<a>" * 100 + "</a>" * 100), DEEP),
        pytest.param(lambda: but(sheet=f"<a>{'<b/>' * 300_000}<!-- -->{'<a>' * 100}{'</a>' * 100}</a>"), DEEP, marks=pytest.mark.minutes),
        (lambda: but(links=relations(("r0", "worksheet", "worksheets/gone.xml"))), DAMAGED),
        (lambda: filled(row(2, '<c r="2A"><v>1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="XFE2"><v>1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A3"><v>1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2"><v>1</v></c>' * 2)), DAMAGED),
        (lambda: filled(row(2, "甲"), row(2, "乙")), DAMAGED),
        (lambda: filled(row(1_048_577)), DAMAGED),
        (lambda: filled('<row r="x"/>'), DAMAGED),
        (lambda: filled(row(2, '<c r="A2"><v>1.2.3</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2"><v>e5</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2" t="z"><v>1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2" t="s"><v>0</v></c>')), STRINGS_LOST),
        (lambda: pack(parts(sheet(row(2, '<c r="A2" t="s"><v>1</v></c>')), strings="<si><t>x</t></si>")), DAMAGED),
        (lambda: filled(after='<mergeCell ref="A:2"/>'), DAMAGED),
        (lambda: but(workbook="<workbook/>"), NO_WORKSHEET),
        (lambda: but(sheet=sheet(HEAD).replace(MAIN, "http://schemas.microsoft.com/office/excel/2006/2")), NO_WORKSHEET),
        (lambda: but(links=relations(("r0", "chartsheet", "worksheets/sheet0.xml"))), NO_WORKSHEET),
        (lambda: filled(row(2, '<c r="A2" t="s"><v>-1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2" t="s"><v>x</v></c>')), DAMAGED),
        (lambda: filled(before='<cols><col min="x" max="2" hidden="1"/></cols>'), DAMAGED),
        pytest.param(lambda: filled(before="<cols>" + '<col min="1" max="1" hidden="1"/>' * 16_385 + "</cols>"), DAMAGED, marks=pytest.mark.minutes),
        pytest.param(lambda: filled(after='<mergeCell ref="A1:A2"/>' * 100_001), "工作表里的合并单元格超过 10 万处", marks=pytest.mark.minutes),
        pytest.param(lambda: filled("".join(row(n, "x") for n in range(2, 1200)), after='<mergeCell ref="A2:XFD1048576"/>' * 900), "合并单元格的范围太大，没有读取", marks=pytest.mark.minutes),
        (lambda: pack(parts(*[sheet()] * 2) | {"xl/_rels/workbook.xml.rels": relations(("r0", "worksheet", "worksheets/sheet0.xml"), ("r1", "worksheet", "worksheets/sheet0.xml"))}), DAMAGED),
        pytest.param(lambda: filled("".join(f'<row r="{n}">{text("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26] + ("A" if n % 2 else "B") + str(n), "x")}</row>' for n in range(2, 40_000))), "有内容的行和列太多，合起来超过 100 万格", marks=pytest.mark.minutes),
        pytest.param(lambda: pack(parts(sheet(HEAD, *(row(n, "", "", "", "", "", f'<c r="F{n}" t="s"><v>0</v></c>') for n in range(2, 5100))), strings=f"<si><t>{'a' * 10_000}</t></si>")), "工作簿里有字的单元格超过 100 万个，或文字超过 5000 万字", marks=pytest.mark.minutes),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_the_reason(data: object, message: str) -> None:
    """Each in bounded time and memory, with words a clerk understands."""
    assert refused(data())[0] == message  # type: ignore[operator]


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 MiB hold 25 million empty elements: minutes of work for nothing."""
    from zhijiao20.formats.xlsx import read as xlsx_read
    from zhijiao20.formats.xlsx import xml as xlsx_xml

    data = filled(*(row(n, "x") for n in range(2, 40)))
    monkeypatch.setattr(xlsx_read, "WorkbookBudget", partial(xlsx_xml.WorkbookBudget, elements=50))
    assert len(table(data)[0]) == 39  # those of small parts count once their bytes could hold too many
    monkeypatch.setattr(xlsx_read, "WorkbookBudget", partial(xlsx_xml.WorkbookBudget, elements=50, uncounted=0))
    assert refused(data)[0] == DEEP


def test_too_many_cells_are_refused() -> None:
    """A unit fills some 700."""
    with pytest.raises(FormatError, match="工作簿里有字的单元格超过 20 个"):
        read(filled(*(row(n, "x") for n in range(2, 40))), Collector("甲.xlsx"), limits=Limits(cells=20))


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "旧版 Excel 工作簿（.xls、.et）", "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码的文件", "请用 Word、Excel 或 WPS 打开，去掉密码后再保存"),
        ("单位,编号,落实情况\n".encode(), " CSV", "请把文件名改成以 .csv 结尾"),
        (b"abc", "不是Excel 工作簿", "请向填报单位要回原件"),
    ],
    ids=["xls", "encrypted", "csv", "text"],
)  # fmt: skip
def test_another_format_named_xlsx(data: bytes, message: str, hint: str) -> None:
    """The message names what it is, and the way out."""
    with pytest.raises(FormatError) as caught:
        format_of(".xlsx", data)
    assert (caught.value.code, caught.value.hint) == ("ZJ002", hint)
    assert (
        caught.value.message == f"文件名以 .xlsx 结尾，内容却{message if message.startswith('不') else '是' + message}"
    )


SAMPLE = write([Submission("甲", period="2020年")], load_catalog())


@settings(max_examples=150, deadline=None, database=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(SAMPLE))
)
def test_any_damage_is_refused_or_read(changes: list[tuple[int, int]], cut: int) -> None:
    """Whatever a bad stick makes of a file: no other error."""
    data = bytearray(SAMPLE)
    for at, value in changes:
        data[at] = value
    for damaged in (bytes(data), bytes(data[:cut])):
        try:
            read(damaged, Collector("甲.xlsx"))
        except FormatError as error:
            assert error.code == "ZJ002"  # noqa: PT017


@settings(max_examples=200, deadline=None, database=None)
@given(st.binary(max_size=200), st.sampled_from(sorted(parts(sheet()))))
def test_any_bytes_in_any_part(noise: bytes, name: str) -> None:
    """The archive is sound, a part is not."""
    for data in (noise, pack(parts(sheet(HEAD)) | {name: noise})):
        try:
            read(data, Collector("甲.xlsx"))
        except FormatError as error:
            assert error.code == "ZJ002"  # noqa: PT017


@settings(max_examples=300, deadline=None, database=None)
@given(
    st.sampled_from(["n", "s", "str", "b", "e", "d", "inlineStr", "x"]),
    st.text(max_size=12),
    st.sampled_from(["0", "1", "2", "9", "x", "-1"]),
    st.text(max_size=12),
)
def test_any_value_of_any_kind(kind: str, value: str, style: str, code: str) -> None:
    """Numbers, dates and formats beyond all sense."""
    from xml.sax.saxutils import escape, quoteattr

    codes = f'<numFmts><numFmt numFmtId="200" formatCode={quoteattr(code)}/></numFmts><cellXfs><xf/><xf numFmtId="200"/><xf numFmtId="14"/></cellXfs>'
    cell = f'<c r="F2" t="{kind}" s="{style}"><v>{escape(value)}</v></c>'
    try:
        data = pack(parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", cell)), styles=codes))
    except UnicodeEncodeError:
        return
    try:
        _, findings = table(data)
    except FormatError as error:
        assert error.code == "ZJ002"  # noqa: PT017
    else:
        assert all(finding.severity is not Severity.ERROR for finding in findings)
