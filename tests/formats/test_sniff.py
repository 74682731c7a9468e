"""What a file really is, and which reader takes it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhijiao20.core.display import spaced
from zhijiao20.core.findings import Collector
from zhijiao20.core.limits import DEFAULT
from zhijiao20.core.submission import Entry
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.raw import Items, RawUnit, Scalar
from zhijiao20.formats.registry import BY_SUFFIX, KNOWN_SUFFIXES
from zhijiao20.formats.sniff import detect_binary_format, detect_text_format, format_of
from zhijiao20.system.discovery import load_catalog, official_form

HEADER = "单位,编号,落实情况\n甲,1.1,做了\n"
TREE = '单位: 甲\n任务:\n  "1.1": 做了\n'
FORM = official_form()


def read_raw(suffix: str, data: bytes, out: Collector) -> Sequence[RawUnit | Scalar | Items]:
    return format_of(suffix.lower(), data).read(data, out, load_catalog(), DEFAULT, "某局")


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return stream.getvalue()


def manifest(*kinds: str) -> bytes:
    """An OpenDocument file whose first part is not its type, with objects of these types."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("content.xml", "x")
        parts.writestr(
            "META-INF/manifest.xml", "".join(f"application/vnd.oasis.opendocument.{kind} " for kind in kinds)
        )
    return stream.getvalue()


def refused(suffix: str, data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read_raw(suffix, data, Collector("甲"))
    return caught.value


@pytest.mark.parametrize(
    ("data", "called"),
    [
        pytest.param(b"%PDF-1.7", "PDF 文件", id="pdf"),
        pytest.param(b"{\\rtf1", "RTF 文件", id="rtf"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文件（.doc、.xls、.wps、.et）或加了密码的文件", id="ole"
        ),
        pytest.param(b"\x89PNG\r\n", "图片", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "图片", id="jpeg"),
        pytest.param(b"GIF89a", "图片", id="gif"),
        pytest.param(b"Rar!\x1a\x07", "RAR 压缩包", id="rar"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", "7z 压缩包", id="7z"),
        pytest.param(b"\x1f\x8b\x08", "gzip 压缩包", id="gzip"),
        pytest.param(b"SQLite format 3\0", "数据库文件", id="sqlite"),
        pytest.param(b"\xef\xbb\xbf\r\n <HTML><body>", "网页（HTML）", id="html"),
        pytest.param(b"<!DOCTYPE html>", "网页（HTML）", id="doctype"),
        pytest.param(b"<table><tr>", "网页（HTML）", id="bare-table"),
        pytest.param(b"<?xml version='1.0'?>", "XML 文件", id="xml"),
        pytest.param(b"<Workbook>", "Excel 2003 XML 表格", id="spreadsheet-2003"),
        pytest.param(archive("甲.yaml"), "ZIP 压缩包", id="zip"),
        pytest.param(
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
            "OpenDocument 文件（.odt）",
            id="odt",
        ),
        pytest.param(
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "OpenDocument 电子表格（.ods）",
            id="ods",
        ),
        pytest.param(manifest("text", "spreadsheet"), "OpenDocument 文件（.odt）", id="odt-other-order"),
        pytest.param(manifest("spreadsheet", "chart"), "OpenDocument 电子表格（.ods）", id="ods-other-order"),
        pytest.param(archive("content.xml"), "ZIP 压缩包", id="no-manifest"),
        pytest.param(manifest(), "ZIP 压缩包", id="no-type"),
    ],
)
@pytest.mark.parametrize("suffix", [".yaml", ".CSV"])
def test_the_real_format_is_named(data: bytes, called: str, suffix: str) -> None:
    """Renaming a file does not convert it: the message names what it is, and a way out."""
    error = refused(suffix, data)
    assert error.code == "ZJ002"
    assert error.message == f"文件名以 {suffix.lower()} 结尾，内容却是{spaced(called)}"
    assert error.hint.startswith(("请", "请填写"))


@pytest.mark.parametrize("suffix", [".yaml", ".CSV", ".docx", ".xlsx", ".xlsm", ".doc", ".et", ".zip", ".txt", ""])
@pytest.mark.parametrize(("data", "name"), [(FORM, "docx"), (archive("xl/workbook.xml"), "xlsx")])
def test_documents_and_workbooks_are_what_they_are(data: bytes, name: str, suffix: str) -> None:
    """A name that says another format does not keep anybody's answers out."""
    assert format_of(suffix.lower(), data).name == name


def test_text_is_no_other_format() -> None:
    """Plain text goes to the reader that its name asks for."""
    assert detect_binary_format(TREE.encode()) is None


def test_a_file_without_suffix_is_told_so() -> None:
    """Nothing can be said about a file without a suffix but what can be read."""
    error = refused("", b"\x01")
    assert error.message == "不能读取没有后缀的文件"
    assert error.hint.startswith("能读的是 .yaml .yml .csv")
    assert refused("", b"%PDF").message == "不能读取没有后缀的文件：这是 PDF 文件"


def test_an_unknown_suffix_is_refused_by_name() -> None:
    """What it is, and the way out: nobody has to save what has to be unpacked or renamed."""
    told = [refused(suffix, data) for suffix, data in ((".txt", HEADER.encode()), (".zip", archive("甲.yaml")))]
    assert [(error.message, error.hint) for error in told] == [
        ("不能读取 .txt 文件，内容像是 CSV", "请把文件名改成以 .csv 结尾"),
        ("不能读取 .zip 文件：这是 ZIP 压缩包", "请先解压"),
    ]


def test_every_reader_is_looked_for_in_folders() -> None:
    """A format that can be read but is not searched for would be passed over in silence."""
    assert set(BY_SUFFIX) <= KNOWN_SUFFIXES
    assert {".yaml", ".yml", ".csv", ".xlsx", ".docx"} <= KNOWN_SUFFIXES


@pytest.mark.parametrize(
    ("suffix", "text", "message", "hint"),
    [
        pytest.param(
            ".yaml", HEADER, "文件名以 .yaml 结尾，内容却是 CSV", "请把文件名改成以 .csv 结尾", id="csv-named-yaml"
        ),
        pytest.param(
            ".csv", TREE, "文件名以 .csv 结尾，内容却是 YAML", "请把文件名改成以 .yaml 结尾", id="yaml-named-csv"
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_table_and_tree_are_told_apart(suffix: str, text: str, message: str, hint: str, encoding: str) -> None:
    """The two text formats are confused most easily of all."""
    error = refused(suffix, text.encode(encoding))
    assert (error.code, error.message, error.hint) == ("ZJ002", message, hint)


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_table_named_yaml_is_told_in_any_encoding(encoding: str) -> None:
    """Contract 2: content of another format than the name says is an error that names the real one."""
    assert refused(".yaml", HEADER.encode(encoding)).code == "ZJ002"


@pytest.mark.parametrize(
    "text",
    [
        "单位: 甲\n任务:\n  '1.1':\n    进展: 推进中\n    落实情况: 事项统一编号, 分类管理\n",
        '{"单位": "甲", "任务": {"1.1": {"进展": "推进中", "落实情况": "事项统一编号，分类管理"}}}',
        "单位: 甲\n任务: {'1.1': {进展: 推进中, 落实情况: 统一编号}}\n",
    ],
    ids=["block", "json", "flow"],
)
def test_yaml_whose_text_has_the_words_of_a_header_is_no_csv(text: str) -> None:
    """A status text may say 编号, and stand in one line with 落实情况."""
    (unit,) = read_raw(".yaml", text.encode(), Collector("甲.yaml"))
    assert isinstance(unit, RawUnit)
    assert [entry.task for entry in unit.entries if isinstance(entry, Entry)] == ["1.1"]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("单位：澄州市教育局,,", ["表头之前的 1 行未采用"]),
        ("报告期: 2020年上半年,,", []),
        ("任务：落实情况表,,", ["表头之前的 1 行未采用"]),
    ],
    ids=["unit", "period", "task"],
)
def test_title_above_the_header_of_a_csv_is_no_yaml(title: str, told: list[str]) -> None:
    """Offices put “单位：…” above the table; renaming the file to .yaml, as the hint says, makes it worse."""
    out = Collector("甲.csv")
    (unit,) = read_raw(".csv", f"{title}\n{HEADER}".encode(), out)
    assert isinstance(unit, RawUnit)
    assert [entry.task for entry in unit.entries if isinstance(entry, Entry)] == ["1.1"]
    assert [finding.message for finding in out.findings] == told


def test_the_official_form_is_a_status_file() -> None:
    """A .docx status file is the official table itself."""
    (unit,) = read_raw(".docx", official_form(), Collector("甲.docx"))
    assert isinstance(unit, RawUnit)
    assert len(unit.entries) == len(load_catalog().tasks)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b" \r\n", "文件是空的", id="empty"),
        pytest.param(b"text", "文件名以 .docx 结尾，内容却不是Word 文档", id="text"),
    ],
)
def test_a_word_file_that_is_none(data: bytes, message: str) -> None:
    """A broken download has no content, or another one."""
    error = refused(".docx", data)
    assert (error.code, error.message, error.hint) == ("ZJ002", message, "请向填报单位要回原件")


def test_a_word_file_without_the_table_is_refused() -> None:
    """Another document of the office."""
    assert refused(".docx", archive("[Content_Types].xml", "word/document.xml")).code == "ZJ002"


def test_excel_file_under_its_own_name_is_no_contradiction() -> None:
    """“文件名以 .xlsx 结尾，内容却是 Excel 工作簿” is no fault of the clerk's."""
    try:
        read_raw(".xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), Collector("甲.xlsx"))
    except FormatError as error:
        assert "内容却是" not in error.message  # noqa: PT017 - reading it is as good an answer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("编号,落实情况\n", "csv", id="comma"),
        pytest.param('\n\n"单位"\t"编号"\n', "csv", id="quoted-tab-after-blank-lines"),
        pytest.param("部分;条目\n", "csv", id="semicolon"),
        pytest.param("单位，编号\n", "csv", id="full-width-comma"),
        pytest.param("任务：\n", "yaml", id="full-width-colon"),
        pytest.param("---\n单位: 甲\n", "yaml", id="document-start"),
        pytest.param("# 说明\n单位 : 甲\n", "yaml", id="comment-first"),
        pytest.param("# yaml-language-server: $schema=x\n", "yaml", id="schema-line"),
        pytest.param("附表2：一览表\n", "", id="neither"),
        pytest.param("# 说明\n\n", "", id="comments-only"),
        pytest.param("", "", id="empty"),
    ],
)
def test_looks_like(text: str, expected: str) -> None:
    """Only a clear sign may overrule the name of a file."""
    found = detect_text_format(text)
    assert (found.name if found else "") == expected


@pytest.mark.parametrize(("suffix", "text"), [(".yaml", TREE), (".YML", TREE), (".csv", HEADER), (".Csv", HEADER)])
def test_suffix_chooses_the_reader_whatever_its_case(suffix: str, text: str) -> None:
    """甲.YML comes from Windows."""
    (unit,) = read_raw(suffix, text.encode(), Collector("甲"))
    assert isinstance(unit, RawUnit)
    assert [entry.task for entry in unit.entries if isinstance(entry, Entry)] == ["1.1"]


SYNTAX = st.text(
    "[]{}:,-?!&*|>'\"%@`#~ \n\r\t\\.<=0a甲：，\u3000\x85\u2028\u2029\ufeff\x00\x01\U0010ff00𠀀;", max_size=60
)
BYTES = st.one_of(
    st.binary(max_size=200),
    SYNTAX.map(lambda text: text.encode()),
    SYNTAX.map(lambda text: text.encode("utf-16")),
    SYNTAX.map(lambda text: text.encode("gb18030")),
    st.builds(bytes.__add__, SYNTAX.map(lambda text: text.encode("utf-8-sig")), st.binary(max_size=20)),
    st.builds(
        bytes.__add__,
        st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"\xff\xfe", b"\xfe\xff", b"<?xml", b"%PDF"]),
        st.binary(max_size=100),
    ),
)


@pytest.mark.parametrize("suffix", [".yaml", ".csv", ".docx", ".xlsx", ""])
@settings(
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=BYTES)
def test_any_bytes_are_read_or_refused_and_nothing_else(suffix: str, data: bytes) -> None:
    """One hostile or broken file must never stop the others: FormatError is the only way out."""
    out = Collector("甲")
    try:
        read_raw(suffix, data, out)
    except FormatError as error:
        assert error.code.startswith("ZJ0")  # noqa: PT017
        assert error.message and error.hint  # noqa: PT017, PT018


@settings(max_examples=60, deadline=None, database=None)
@given(
    at=st.integers(0, len(FORM) - 1),
    patch=st.binary(min_size=1, max_size=8),
    cut=st.one_of(st.none(), st.integers(4, len(FORM) - 1)),
)
def test_a_damaged_word_file_is_read_or_refused_and_nothing_else(at: int, patch: bytes, cut: int | None) -> None:
    """A mail that broke off, a bad sector: the other files go on."""
    data = FORM[:cut] if cut else FORM[:at] + patch + FORM[at + len(patch) :]
    try:
        read_raw(".docx", data, Collector("甲.docx"))
    except FormatError as error:
        assert error.code.startswith("ZJ0")  # noqa: PT017
