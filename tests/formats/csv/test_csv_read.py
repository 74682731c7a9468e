"""CSV: what offices and Excel really write, and what we write."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.findings import Collector, Place
from zhijiao20.formats.csv.read import read
from zhijiao20.formats.csv.write import write
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.normalize.columns import escape, unescape
from zhijiao20.formats.read import read_content
from zhijiao20.system.discovery import load_catalog

HEADER = "单位,编号,落实情况\r\n"
QUOTES = "一格里有双引号时，整格用双引号括起来，里面的每个双引号写两遍；用 Excel 或 WPS 另存会自动处理"


def texts(data: bytes, out: Collector) -> list[list[str]]:
    return [list(row.cells) for row in read(data, out).rows]


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"], ids=["crlf", "lf", "cr"])
def test_rows_under_any_line_end(line_end: str, out: Collector) -> None:
    """Windows, Unix and old Macs end their lines differently."""
    data = f"单位,编号,落实情况{line_end}甲,1.1,做了{line_end}".encode()
    assert texts(data, out) == [["单位", "编号", "落实情况"], ["甲", "1.1", "做了"]]
    assert not out.findings


@pytest.mark.parametrize(
    ("delimiter", "name"), [pytest.param(";", "分号", id="semicolon"), pytest.param("\t", "制表符", id="tab")]
)
def test_other_delimiters_are_read_with_a_note(delimiter: str, name: str, out: Collector) -> None:
    """A comma inside a text must not decide how the file is cut."""
    data = f"单位{delimiter} 编号 {delimiter}落实情况\n甲{delimiter}1.1{delimiter}a,b,c,d\n".encode()
    assert texts(data, out)[1] == ["甲", "1.1", "a,b,c,d"]
    (finding,) = out.findings
    assert finding.rule.code == "ZJ005"
    assert finding.message == f"分隔符是{name}，已照此读取"
    assert finding.hint == "建议另存为逗号分隔的 CSV（UTF-8）"


def test_excels_unicode_text(out: Collector) -> None:
    """Excel saves “Unicode 文本” as UTF-16 with tabs."""
    assert texts("编号\t落实情况\r\n1.1\t做了\r\n".encode("utf-16"), out)[1] == ["1.1", "做了"]
    assert [finding.rule.code for finding in out.findings] == ["ZJ005", "ZJ005"]


def test_delimiter_by_frequency_where_no_header_is_known(out: Collector) -> None:
    """Without the needed columns the message can at least show what was found, cell by cell."""
    assert texts(b"a;b;c,d\n", out) == [["a", "b", "c,d"]]


def test_delimiter_is_found_below_a_title(out: Collector) -> None:
    """A title above the header has commas of its own."""
    data = "表一,二,三\n编号;落实情况\n1.1;做了\n".encode()
    assert texts(data, out)[2] == ["1.1", "做了"]


def test_empty_file_has_no_rows(out: Collector) -> None:
    """No row is not one empty row."""
    assert not list(read(b"", out).rows)
    assert not list(read(b"\xef\xbb\xbf", out).rows)


def test_place_is_the_physical_line_and_the_field(out: Collector) -> None:
    """After a text of several lines the line number must still be the editor's."""
    data = f'{HEADER}甲,1.1,"一\r\n二\n三"\r\n乙,1.2,x\r\n'.encode()
    _, first, second = read(data, out).rows
    assert first.place(2) == Place(2, 3)
    assert first.cells[2] == "一\r\n二\n三"
    assert second.place(0) == Place(5, 1)


def test_a_very_long_cell_is_read(out: Collector) -> None:
    """Python's own limit of 131,072 characters must not stop a file."""
    long = "字" * 200_000
    assert texts(f'1.1,"{long}"\n'.encode(), out) == [["1.1", long]]


@pytest.mark.parametrize("data", [b"a,b\n", b'a,"b\n'], ids=["sound", "broken"])
def test_the_limit_of_the_csv_module_is_put_back(data: bytes, out: Collector) -> None:
    """The limit is a global of Python's: whoever imports us keeps theirs."""
    before = csv.field_size_limit(12_345)
    try:
        try:
            read(data, out)
        except FormatError as error:
            assert error.code == "ZJ004"  # noqa: PT017
        assert csv.field_size_limit() == 12_345
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        pytest.param(
            f'{HEADER}甲,1.1,"做了\r\n乙,1.2,x\r\n',
            "从这一行起半角双引号没有配对，一直到文件结尾",
            2,
            id="never-closed",
        ),
        pytest.param(f'{HEADER}甲,1.1,x\r\n乙,1.2,"做了"很多\r\n', "半角双引号的用法不对", 3, id="text-after-quote"),
    ],
)
def test_quotes_that_do_not_match_are_refused(text: str, message: str, line: int, out: Collector) -> None:
    """An open quote swallows all rows below it: never in silence."""
    with pytest.raises(FormatError) as caught:
        read(text.encode(), out)
    assert (caught.value.code, caught.value.message, caught.value.hint) == ("ZJ004", message, QUOTES)
    assert caught.value.place == Place(line, 1)


@pytest.mark.parametrize("cell", ['"做了,一半"', '"做了\r\n一半"'], ids=["comma", "line-end"])
def test_a_space_before_the_quotes_of_a_cell(cell: str) -> None:
    """The quotes hold nothing together then: half of the text would be lost with no more than an info."""
    submissions, out = read_content(
        Path("甲.csv"), f"单位,编号,落实情况\r\n甲,1.1, {cell}\r\n".encode(), load_catalog()
    )
    (finding,) = out.findings
    assert submissions == []
    assert (finding.rule.code, finding.message) == ("ZJ004", "半角双引号前面有空格，括不住这一格")
    assert finding.place == Place(2, 3)


@pytest.mark.parametrize("text", [' "甲', '甲, "乙', ' "甲" 乙'])
def test_a_space_before_a_quote_of_the_text_is_text(text: str, out: Collector) -> None:
    """Whatever stands in a cell that is quoted itself."""
    assert texts(write([["编号", "落实情况"], ["1.1", text], ["1.2", "丙"]]), out)[1:] == [["1.1", text], ["1.2", "丙"]]


def test_lost_characters_are_told_by_cell(out: Collector) -> None:
    """The place of a lost character is the field it stood in."""
    read("编号,落实情况\n1.1,王?任组长\n1.2,好吗?\n".encode("gbk"), out)
    lost = [finding for finding in out.findings if finding.rule.code == "ZJ007"]
    assert [finding.place for finding in lost] == [Place(2, 2)]


def test_a_question_mark_in_utf_8_is_one(out: Collector) -> None:
    """UTF-8 loses nothing, so nothing is suspected."""
    read("编号,落实情况\n1.1,王?任组长\n".encode(), out)
    assert not out.findings


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'"], ids=repr)
def test_what_a_spreadsheet_would_run_is_escaped(start: str) -> None:
    """A status text must never become a formula on a colleague's machine."""
    assert escape(f"{start}1") == f"'{start}1"
    assert unescape(escape(f"{start}1")) == f"{start}1"


@pytest.mark.parametrize("text", ["", "甲", " =1", "1-1", "“'”", "＝1"])
def test_other_texts_are_left_alone(text: str) -> None:
    """Escaping without need would show."""
    assert escape(text) == text


def test_written_as_excel_opens_it() -> None:
    """BOM, CRLF, commas: a double click opens it right."""
    assert write([["单位", '甲"乙'], ["a,b", "=1\n2"]]) == (
        b"\xef\xbb\xbf" + '单位,"甲""乙"\r\n"a,b","\'=1\n2"\r\n'.encode()
    )


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(max_examples=300, deadline=None, database=None)
@given(CELLS)
def test_escape_and_unescape_are_inverse(text: str) -> None:
    """Text is never altered by a way out and back."""
    assert unescape(escape(text)) == text


@settings(max_examples=300, deadline=None, database=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4))
def test_any_rows_survive_the_way_out_and_back(rows: list[list[str]]) -> None:
    """Quotes, commas and line ends inside cells are the format's business, never the clerk's; and no cell is a formula."""
    data = write(rows)
    written = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert not [cell for row in written for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [[unescape(cell) for cell in row] for row in written] == rows


@settings(max_examples=200, deadline=None, database=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4))
def test_any_rows_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    """Our own reader finds the delimiter of our own files whatever stands in the cells; empty rows are nothing."""
    _, *found = texts(write([["单位", "编号", "落实情况"], *rows]), Collector("甲.csv"))
    assert [[unescape(cell) for cell in row] for row in found] == [row for row in rows if any(row)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('="1.1"', "1.1", id="id"),
        pytest.param('"=""拨付120万元，完成率85%。"""', "拨付120万元，完成率85%。", id="quoted-by-the-writer"),
        pytest.param('"=""印发""""双高""""方案"""', '印发"双高"方案', id="quotes-inside"),
        pytest.param('"=""一""&CHAR(10)&""二"""', "一\n二", id="line-end"),
        pytest.param('=""', "", id="empty"),
    ],
)
def test_cells_that_a_spreadsheet_shows_as_text(cell: str, text: str, out: Collector) -> None:
    """Programs write ="1.1" so that Excel makes no number of it: what Excel shows is what counts."""
    assert texts(f"{HEADER}甲,1.1,{cell}\r\n乙,1.2,{cell}\r\n".encode(), out)[1:] == [
        ["甲", "1.1", text],
        ["乙", "1.2", text],
    ]
    (finding,) = out.findings
    assert (finding.rule.code, finding.place) == ("ZJ013", Place(2, 3))
    assert finding.message == '有 2 格写成了公式 ="……"，已按引号里的文字读取'


def test_a_header_of_such_cells(out: Collector) -> None:
    """Some programs write every cell so, with another delimiter, too."""
    assert texts('="单位";="编号";="落实情况"\n="甲,乙";="1.1";做了\n'.encode(), out) == [
        ["单位", "编号", "落实情况"],
        ["甲,乙", "1.1", "做了"],
    ]
    assert [finding.rule.code for finding in out.findings] == ["ZJ005", "ZJ013"]


@pytest.mark.parametrize("cell", ['a="b"', '="a"&B1', "=1+1", '="a'])
def test_other_formulas_stay_as_they_are(cell: str, out: Collector) -> None:
    """Nothing is calculated: the text is read as it stands."""
    assert texts(f"{HEADER}甲,1.1,{cell}\r\n".encode(), out)[1] == ["甲", "1.1", cell]
    assert not out.findings


@pytest.mark.parametrize(
    ("written", "read_as", "cause"),
    [
        ("utf-8", "gb18030", "UTF-8 的文字曾被当作 GBK 打开，又存了一次（“鍗曚綅”原是“单位”）"),
        ("gbk", "latin-1", "GBK 的文字曾被当作西文（Latin-1）打开，又存了一次（“µ¥Î»”原是“单位”）"),
        ("utf-8", "cp1252", "UTF-8 的文字曾被当作西文（Latin-1）打开，又存了一次（“•ä½”原是“单位”）"),
        ("gbk", "big5", "GBK 的文字曾被当作繁体（Big5）打开，又存了一次（“等弇”原是“单位”）"),
        ("gbk", "utf-8", "文字曾被用错误的编码打开，又存了一次，字已经丢失"),
    ],
)
def test_a_garbled_file_asks_for_the_original(written: str, read_as: str, cause: str) -> None:
    """Typing the header in again would bring every text into the form as it is, garbled."""
    garbled = (HEADER + "甲局,1.1,印发方案。\r\n").encode(written).decode(read_as, "replace")
    submissions, out = read_content(Path("甲.csv"), garbled.encode(), load_catalog())
    (finding,) = out.findings
    assert not submissions
    assert (finding.rule.code, finding.message) == ("ZJ003", f"文件里的字是乱码：{cause}")
    assert finding.hint == "请向填报单位要没有转坏的原件；不要照着乱码重新录入"


def test_an_unknown_header_is_not_garbled() -> None:
    """Columns of another table are told by what was found and what was expected."""
    _, out = read_content(Path("甲.csv"), "姓名,电话\r\n甲,1\r\n".encode(), load_catalog())
    assert [finding.rule.code for finding in out.findings] == ["ZJ115"]
