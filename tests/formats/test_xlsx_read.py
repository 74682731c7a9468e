"""XLSX as offices really send it: read right, read with a note, or refused with the place and the remedy."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import HEADER, MAIN, pack, parts, relations, row, said, sheet, submissions, table, text

from zhijiao20.core.findings import Collector
from zhijiao20.core.limits import Limits
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Submission
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.sniff import format_of
from zhijiao20.formats.xlsx.package import THINGS_LIMIT
from zhijiao20.formats.xlsx.read import read
from zhijiao20.formats.xlsx.write import write
from zhijiao20.system.resources import load_catalog

HEAD = row(1, *HEADER)


def filled(*rows: str, before: str = "", after: str = "") -> bytes:
    """A workbook with a header and these rows."""
    return pack(parts(sheet(HEAD, *rows, before=before, after=after)))


def number(reference: str, value: str, style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def _builtin(code: str) -> bool:
    return code.isdecimal() and len(code) < 3


def styled(*codes: str) -> str:
    """Styles of which number i has the format i - 1; a number is a built-in one."""
    custom = [(index, code) for index, code in enumerate(codes, 200) if not _builtin(code)]
    inner = "".join(f'<numFmt numFmtId="{i}" formatCode="{code}"/>' for i, code in custom)
    ids = [code if _builtin(code) else str(index) for index, code in enumerate(codes, 200)]
    cells = "".join(f'<xf numFmtId="{i}"/>' for i in ("0", *ids))
    return f'<numFmts>{inner}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs><cellStyles><xf/></cellStyles>'


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(FormatError) as caught:
        read(data, Collector("甲.xlsx"))
    assert caught.value.code == "ZJ002"
    assert caught.value.hint
    return caught.value.message, caught.value.hint


class TestCells:
    """What a cell shows."""

    def test_places_are_cells(self) -> None:
        """A finding names C7, as the person at the sheet sees it; blank cells have a place too."""
        data = filled(row(3, "甲", "1.1", attributes='ht="20"') + row(7, "", "1.2", "", "", "", "做了"))
        found = read(data, Collector("甲.xlsx"))
        assert [[cell.place.cell for cell in cells][-2:] for cells in found.rows] == [
            ["F1", "G1"],
            ["F3", "G3"],
            ["F7", "G7"],
        ]
        assert found.rows[2][5].place.line is None

    @pytest.mark.parametrize(
        ("value", "shown"), [("1.1", "1.1"), ("5", "5"), ("2.2999999999999998", "2.2999999999999998")]
    )
    def test_numbers_in_the_column_of_ids(self, value: str, shown: str) -> None:
        """As stored: intake puts it right, with a note."""
        rows, findings = table(filled(row(2, "甲", number("B2", value), "", "", "", "做了")))
        assert rows[1][1] == shown
        assert findings == []

    def test_the_long_float_is_the_id(self) -> None:
        """Excel stores 2.3 so."""
        (unit,), findings = submissions(filled(row(2, "甲", number("B2", "2.2999999999999998"), "", "", "", "做了")))
        assert list(unit.entries) == ["2.3"]
        assert said(findings) == [("ZJ109", "B2", "任务编号“2.2999999999999998”已按 2.3 读取")]

    def test_one_point_ten_stays_a_text(self) -> None:
        """Article 1 has five tasks: 1.10 is none of them."""
        _, (finding,) = submissions(filled(row(2, "甲", "1.10", "", "", "", "做了")))
        assert (finding.rule.code, finding.place.cell) == ("ZJ101", "B2")

    @pytest.mark.parametrize(
        ("code", "value", "shown"),
        [
            ("14", "43831", "2020年1月1日"),
            ("m/d", "43831", "1月1日"),
            ("58", "43831.5", "1月1日"),
            ("yyyy&quot;年&quot;m&quot;月&quot;;@", "43831", "2020年1月"),
            ("yyyy", "43831", "2020年"),
            ("[$-804]aaaa", "43831", "2020年1月1日"),
            ("d", "43831", "2020年1月1日"),
            ("22", "43831.75", "2020年1月1日 18:00"),
            ("21", "0.5", "12:00:00"),
            ("mm:ss", "0.0208333333", "0:30:00"),
            ("[h]:mm", "1.5", "36:00"),
            ("46", "1.5", "36:00:00"),
            ("14", "1", "1900年1月1日"),
            ("14", "60", "1900年2月29日"),
            ("14", "61", "1900年3月1日"),
            ("14", "0", "0:00"),
            ("22", "2958465.99999", "9999年12月31日 23:59"),
        ],
    )
    def test_dates(self, code: str, value: str, shown: str) -> None:
        """As the format shows it, in Chinese; in the column of ids a date is an error, elsewhere an info."""
        cells = (number("B2", value, 1), "", "", "", number("F2", value, 1))
        data = pack(parts(sheet(HEAD, row(2, "甲", *cells)), styles=styled(code)))
        rows, findings = table(data)
        assert (rows[1][1], rows[1][5]) == (shown, shown)
        assert said(findings) == [("ZJ013", "F2", f"单元格里是日期或时间，已按“{shown}”读取")]

    @pytest.mark.parametrize("shared", [True, False], ids=["shared", "inline"])
    def test_struck_raised_and_lowered_words_are_told(self, *, shared: bool) -> None:
        """Their faces do not go with the text: 10⁴ would be 104 without a word."""
        faces = (("<strike/>", "旧"), ('<vertAlign val="superscript"/>', "4"), ('<strike val="0"/><b/>', "新"))
        runs = "<r><t>10</t></r>" + "".join(f"<r><rPr>{face}</rPr><t>{text}</t></r>" for face, text in faces)
        cell = '<c r="F2" t="s"><v>0</v></c>' if shared else f'<c r="F2" t="inlineStr"><is>{runs}</is></c>'
        strings = f"<si>{runs}</si>" if shared else ""
        data = pack(parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", cell)), strings=strings))
        rows, findings = table(data)
        assert rows[1][5] == "10旧4新"
        assert said(findings) == [("ZJ010", "F2", "有删除线、上标或下标，已照普通文字读取：“旧4”")]

    def test_date_in_the_column_of_ids(self) -> None:
        """1.1 that a spreadsheet made 1 January of: an error with the likely id."""
        data = pack(parts(sheet(HEAD, row(2, "甲", number("B2", "43831", 1), "", "", "", "做了")), styles=styled("14")))
        _, (finding,) = submissions(data)
        assert (finding.rule.code, finding.place.cell) == ("ZJ117", "B2")
        assert "很可能是 1.1" in finding.message

    def test_dates_counted_from_1904(self) -> None:
        """Old Macs."""
        made = sheet(HEAD, row(2, "甲", "1.1", "", "", "", number("F2", "42369", 1)))
        data = pack(parts(made, styles=styled("14"), setting='<workbookPr date1904="1"/>'))
        assert table(data)[0][1][5] == "2020年1月1日"

    @pytest.mark.parametrize(
        ("stored", "shown"),
        [
            ("2020-01-01", "2020年1月1日"),
            ("2020-01-01T08:30:00Z", "2020年1月1日"),
            ("2020-13-01", "2020-13-01"),
            ("x", "x"),
        ],
    )
    def test_dates_in_iso(self, stored: str, shown: str) -> None:
        """A kind of cell that few programs write."""
        data = filled(row(2, "甲", "1.1", "", "", "", f'<c r="F2" t="d"><v>{stored}</v></c>'))
        assert table(data)[0][1][5] == shown

    @pytest.mark.parametrize(
        ("code", "value", "shown", "told"),
        [
            ("General", "0.85", "0.85", False),
            ("@", "2020", "2020", False),
            ("9", "0.85", "85%", True),
            ("0.0%", "0.8555", "85.6%", True),
            ("0.00", "2.5", "2.50", True),
            ("#,##0", "12345", "12,345", True),
            ("0&quot;个&quot;", "5", "5个", True),
            ("&quot;第&quot;0期", "-5", "-第5期", True),
            (r"0\件", "5", "5件", True),
            ("0000", "12", "0012", True),
            ("0.00E+00", "1234", "1234", True),
            ("[DBNum1]0", "12", "12", True),
            ("0" * 300, "12", "12", False),
            ("General", "0.30000000000000004", "0.3", True),
            ("General", "5.0", "5", True),
            ("General", "13800000000", "13800000000", False),
            ("General", "12345678901234567", "12345678901234567", False),
            ("General", "1E-7", "1E-07", True),
            ("14", "-1", "-1", True),
            ("14", "1e9", "1e9", True),
            ("General", "1e999", "INF", True),
            ("General", "1.5e300", "1.5e300", False),
        ],
    )
    def test_numbers_in_a_text(self, code: str, value: str, shown: str, told: bool) -> None:
        """A person reads what is shown: 85%, not 0.85."""
        made = sheet(HEAD, row(2, "甲", "1.1", "", "", "", number("F2", value, 1)))
        rows, findings = table(pack(parts(made, styles=styled(code))))
        assert rows[1][5] == shown
        assert bool(findings) is told
        if told:
            (finding,) = findings
            assert (finding.rule.code, finding.place.cell, finding.unit, finding.task) == (
                "ZJ016" if code == "14" else "ZJ013",
                "F2",
                "甲",
                "1.1",
            )

    @pytest.mark.parametrize(
        ("cell", "shown", "code", "message"),
        [
            ('<c r="F2" t="b"><v>1</v></c>', "TRUE", "ZJ013", "单元格里是逻辑值，已按“TRUE”读取"),
            ('<c r="F2" t="e"><v>#N/A</v></c>', "#N/A", "ZJ016", "单元格是错误值“#N/A”，已照此读取"),
            ('<c r="F2" t="str"><f>A1</f><v>做了</v></c>', "做了", "ZJ014", "单元格是公式，采用了文件里存着的结果“做了”"),
            ('<c r="F2" t="str"><f>A1</f><v></v></c>', "", "ZJ014", "单元格是公式，采用了文件里存着的结果“”"),
            ('<c r="F2"><f>A1&amp;B1</f><v/></c>', "", "ZJ015", "单元格是公式，文件里没有算出的结果：“=A1&B1”"),
            ('<c r="F2"><f t="shared" si="0"/></c>', "", "ZJ015", "单元格是公式，文件里没有算出的结果：“=”"),
            ('<c r="F2" t="str"><f>A1</f></c>', "", "ZJ015", "单元格是公式，文件里没有算出的结果：“=A1”"),
            ('<c r="F2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>', "", "ZJ010", "格内是图片，读不成文字"),
            ('<c r="F2" t="str"><v>=DISPIMG("ID_1",1)</v></c>', "", "ZJ010", "格内是图片，读不成文字"),
            ('<c r="F2" t="e" vm="1"><v>#VALUE!</v></c>', "", "ZJ010", "格内是图片，读不成文字"),
        ],
        ids=["boolean", "error", "formula", "formula-empty", "uncalculated", "shared", "no-value", "wps", "wps-bare", "excel"],
    )  # fmt: skip
    def test_what_is_no_text(self, cell: str, shown: str, code: str, message: str) -> None:
        """Never in silence."""
        rows, findings = table(filled(row(2, "甲", "1.1", "", "", "", cell)))
        assert rows[1][5] == shown
        assert said(findings) == [(code, "F2", message)]

    def test_formulas_beside_the_text_are_nobodys_business(self) -> None:
        """序号 =ROW()-1 and a looked-up 任务 are not taken from the file."""
        head = row(1, *HEADER, "序号")
        cells = ("甲", "1.1", "", '<c r="D2"><f>X1</f></c>', "", "做了", "", '<c r="H2"><f>ROW()</f><v>2</v></c>')
        assert table(pack(parts(sheet(head, row(2, *cells)))))[1] == []

    def test_formula_in_the_header(self) -> None:
        """A column whose name was never calculated cannot be found: that is said."""
        head = row(1, '<c r="A1"><f>X1</f></c>', *HEADER[1:])
        assert said(table(pack(parts(sheet(head, row(2, "甲", "1.1")))))[1])[0][:2] == ("ZJ015", "A1")

    def test_a_formula_that_gives_a_date_is_told_as_both(self) -> None:
        """Two remarks on one cell."""
        cell = '<c r="F2" s="1"><f>TODAY()</f><v>43831</v></c>'
        data = pack(parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", cell)), styles=styled("14")))
        assert [finding.rule.code for finding in table(data)[1]] == ["ZJ014", "ZJ013"]

    def test_shared_strings(self) -> None:
        """Runs are joined, phonetic guides left out, white space kept."""
        strings = (
            "<si><r><rPr><b/></rPr><t>澄</t></r><r><t> 州 </t></r><rPh sb='0' eb='1'><t>chéng</t></rPh><phoneticPr/></si>"
            "<si><t>a_x000D__x000A_b_x005F_x000D_c_xD83D__xDE00__x00e9_</t></si><si><t/></si>"
        )
        cells = [f'<c r="{column}2" t="s"><v>{index}</v></c>' for column, index in (("A", 0), ("F", 1), ("G", 2))]
        data = pack(parts(sheet(HEAD, row(2, cells[0], "1.1", *cells[1:])), strings=strings))
        assert table(data)[0][1] == ["澄 州 ", "1.1", "", "", "", "a\r\nb_x000D_c😀é", ""]

    def test_half_a_character_is_taken_out_with_a_note(self) -> None:
        """Excel can store half of a pair."""
        (unit,), findings = submissions(filled(row(2, "甲", "1.1", "", "", "", "做_xD83D_了_x0000_")))
        assert unit.entries["1.1"].status == "做了"
        assert [finding.rule.code for finding in findings] == ["ZJ006"]

    def test_a_text_longer_than_excel_allows(self) -> None:
        """Other programs do write them."""
        assert len(table(filled(row(2, "甲", "1.1", "", "", "", "字" * 40_000)))[0][1][5]) == 40_000

    def test_an_apostrophe_is_taken_off_once(self) -> None:
        """As in CSV."""
        (unit,), _ = submissions(filled(row(2, "甲", "1.1", "", "", "", "'=1") + row(3, "", "1.2", "", "", "", "''x")))
        assert [entry.status for entry in unit.entries.values()] == ["=1", "'x"]

    def test_cells_without_references(self) -> None:
        """The standard allows them; each stands right of the one before."""
        inner = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("编号", "落实情况"))
        second = '<c r="A2"><v>1.1</v></c><c t="str"><v>做了</v></c><c/>'
        assert table(pack(parts(sheet(f"<row>{inner}</row><row>{second}</row>"))))[0] == [
            ["编号", "落实情况"],
            ["1.1", "做了"],
        ]


class TestSheets:
    """Which sheet, and what of it."""

    def test_the_sheet_with_the_header_is_taken(self) -> None:
        """Others are named where they hold a text."""
        other, empty = sheet(row(1, "封面")), sheet(row(1, '<c r="A1" s="1"/>'))
        data = pack(parts(other, sheet(HEAD, row(2, "甲", "1.1")), empty, names=("封面", "表", "空")))
        rows, findings = table(data)
        assert rows[1][:2] == ["甲", "1.1"]
        assert said(findings) == [("ZJ018", None, "没有采用的工作表：“封面”")]

    def test_two_sheets_with_a_header_are_read_together(self) -> None:
        """Nothing is lost, columns are joined by name, and places name the sheet."""
        second = sheet(row(1, "落实情况", "编号", "备注", "编号"), row(5, "乙做了", "1.2", "x", "9"))
        data = pack(parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", "做了")), second))
        out = Collector("甲.xlsx")
        found = read(data, out)
        assert [cell.text for cell in found.rows[0]] == [*HEADER, "备注", "编号"]
        assert [cell.text for cell in found.rows[2]] == ["", "1.2", "", "", "", "乙做了", "", "x", "9"]
        assert found.rows[2][1].place.cell == "乙!B5"
        assert said(out.findings) == [("ZJ018", None, "有 2 张工作表有填报的表头（“甲”、“乙”），已合在一起读取")]

    def test_many_sheets_are_listed_up_to_ten(self) -> None:
        """A message stays readable."""
        names = tuple(f"表{index}" for index in range(12))
        data = pack(parts(*[sheet(row(1, "x"))] * 11, sheet(HEAD), names=names, states=("visible",) * 12))
        assert said(table(data)[1])[0][2].endswith("“表9”等 11 张")

    def test_hidden_sheet_beside_a_visible_one(self) -> None:
        """An old version, most likely: not read, but told."""
        made = sheet(HEAD, row(2, "甲", "1.1"))
        rows, findings = table(pack(parts(made, made, states=("visible", "veryHidden"))))
        assert len(rows) == 2
        assert said(findings) == [("ZJ018", None, "隐藏的工作表“乙”也有填报的表头，没有采用")]

    def test_hidden_sheet_alone(self) -> None:
        """Read, and told."""
        rows, findings = table(pack(parts(sheet(HEAD, row(2, "甲", "1.1")), states=("hidden",))))
        assert len(rows) == 2
        assert said(findings) == [("ZJ017", None, "工作表“甲”是隐藏的，已照样读取")]

    def test_no_header_at_all(self) -> None:
        """The nearest is shown by intake: what was found and what was expected."""
        _, findings = submissions(pack(parts(sheet(row(1, "x")), sheet(row(3, "单位", "编号", "情况")))))
        assert [finding.rule.code for finding in findings] == ["ZJ018", "ZJ115"]
        assert findings[1].message == "缺少列：落实情况。找到的是：“单位”、“编号”、“情况”"

    def test_empty_workbook(self) -> None:
        """No text is no table."""
        assert said(submissions(pack(parts(sheet())))[1]) == [("ZJ115", None, "文件里没有内容")]

    def test_title_above_the_header(self) -> None:
        """Told, as in CSV; the text may stand in any column."""
        made = sheet(
            row(1, "", "", "", "", "", "", "", "一览表"), row(3, *HEADER), row(4, "甲", "1.1", "", "", "", "做了")
        )
        (unit,), findings = submissions(pack(parts(made)))
        assert list(unit.entries) == ["1.1"]
        assert said(findings) == [("ZJ110", "A3", "表头之前的 1 行未采用")]

    def test_text_beside_the_table(self) -> None:
        """No row is longer than its header in a sheet; a column without a name is told."""
        made = sheet(HEAD, row(2, "甲", "1.1", "", "", "", "做了", "", "", text("J2", "补充")))
        assert said(submissions(pack(parts(made)))[1]) == [
            ("ZJ110", "J2", "有一列没有列名，未采用；里面有文字，如“补充”")
        ]

    def test_merged_cells(self) -> None:
        """单位 counts for all its rows; a 落实情况 over two tasks is told, what a merge covers too."""
        rows = (
            row(2, "甲", "1.1", "", "", "", "同文"),
            row(3, "", "1.2"),
            row(4, "旧", "1.3", "", "", "", "三", "盖住"),
        )
        merged = '<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="F2:F3"/><mergeCell ref="F4:G4"/><mergeCell ref="A1"/><mergeCell ref="Z9:Z99"/></mergeCells>'
        found, findings = table(filled(*rows, after=merged))
        assert [cells[0] for cells in found[1:]] == ["甲", "甲", "甲"]
        assert [cells[5] for cells in found[1:]] == ["同文", "", "三"]
        assert said(findings) == [
            ("ZJ019", "F2", "F2:F3 是合并单元格，里面的文字只算在第 2 行"),
            ("ZJ019", "A4", "被合并单元格遮住的文字没有采用：“旧”"),
            ("ZJ019", "G4", "被合并单元格遮住的文字没有采用：“盖住”"),
        ]
        assert [finding.task for finding in findings] == ["1.1", "1.3", "1.3"]

    def test_hidden_rows_and_columns(self) -> None:
        """Read like all others, with a note."""
        rows = [row(number, "甲", f"1.{number}", attributes='hidden="1"') for number in range(2, 15)]
        columns = (
            '<cols><col min="2" max="3" hidden="1"/><col min="9" max="9" hidden="1"/><col min="1" max="1"/></cols>'
        )
        found, findings = table(
            filled(*rows, row(20, "乙", "1.1"), row(21, attributes='hidden="true"'), before=columns)
        )
        assert len(found) == 15
        assert said(findings) == [
            ("ZJ017", "A2", "有 13 个隐藏的行（第 2、3、4、5、6、7、8、9、10、11 等行），已照样读取"),
            ("ZJ017", "B1", "隐藏的列已照样读取：编号、部分"),
        ]

    def test_comments_and_pictures(self) -> None:
        """Told where they stand among the rows; an instruction beside the header is none."""
        draw = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
        made = parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", "做了"), row(3, "", "1.2")))
        made["xl/worksheets/_rels/sheet0.xml.rels"] = relations(
            ("c", "comments", "../comments1.xml"),
            ("d", "drawing", "..\\drawings\\d.xml"),
            ("x", "vmlDrawing", "../v.vml"),
        )
        made["xl/comments1.xml"] = (
            f'<comments xmlns="{MAIN}"><commentList><comment ref="F2"><text><t>?</t></text></comment><comment ref="A1"/>'
            '<comment ref="A9"/></commentList></comments>'
        )
        made["xl\\Drawings\\d.xml"] = (
            f'<x:wsDr xmlns:x="{draw}"><x:twoCellAnchor><x:from><x:col> 5 </x:col><x:colOff>9</x:colOff><x:row>2</x:row>'
            "</x:from><x:to><x:col>7</x:col><x:row>9</x:row></x:to></x:twoCellAnchor><x:oneCellAnchor><x:from><x:col>x</x:col>"
            "</x:from></x:oneCellAnchor></x:wsDr>"
        )
        assert said(table(pack(made))[1]) == [
            ("ZJ010", "F2", "这里有批注，其中的内容没有采用"),
            ("ZJ010", "F3", "这里有图片或图形，其中的内容没有采用"),
        ]

    def test_no_more_than_ten_thousand_comments(self) -> None:
        """A million of them would be a million messages."""
        made = parts(sheet(HEAD, row(2, "甲", "1.1")))
        made["xl/worksheets/_rels/sheet0.xml.rels"] = relations(("c", "comments", "../c.xml"))
        inner = '<comment ref="F2"/>' * (THINGS_LIMIT + 1)
        made["xl/c.xml"] = f'<comments xmlns="{MAIN}">{inner}</comments>'
        assert len(table(pack(made))[1]) == 1

    def test_a_sheet_that_is_none(self) -> None:
        """A chart sheet holds no table."""
        made = parts(sheet(HEAD, row(2, "甲", "1.1")), sheet())
        made["xl/_rels/workbook.xml.rels"] = relations(
            ("r0", "worksheet", "worksheets/sheet0.xml"), ("r1", "chartsheet", "worksheets/sheet1.xml")
        )
        assert len(table(pack(made))[0]) == 2

    def test_a_million_empty_rows(self) -> None:
        """Formatted to the last row and column of the sheet: nothing is laid out for them."""
        empty = "".join(f'<row r="{number}" ht="15" hidden="1"/>' for number in range(3, 1_048_576))
        far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
        made = sheet(HEAD, row(2, "甲", "1.1"), empty, far, before='<dimension ref="A1:XFD1048576"/>')
        data = pack(parts(made))
        del empty, made
        tracemalloc.start()
        try:
            rows, findings = table(data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert (len(rows), findings) == (2, [])
        assert peak < 100 * 2**20

    def test_the_furthest_cell(self) -> None:
        """A stray character at XFD1048576 costs one row, not 17 billion cells."""
        data = filled(row(2, "甲", "1.1"), f'<row r="1048576">{text("XFD1048576", "x")}</row>')
        rows, _ = table(data)
        assert [cells[-1] for cells in rows] == ["", "", "x"]


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


def but(**changed: str) -> bytes:
    """A workbook with some parts changed, by the last word of their name."""
    made = parts(sheet(HEAD, row(2, "甲", "1.1")))
    keys = {"types": "[Content_Types].xml", "rels": "_rels/.rels", "workbook": "xl/workbook.xml", "links": "xl/_rels/workbook.xml.rels", "sheet": "xl/worksheets/sheet0.xml"}  # fmt: skip
    return pack(made | {keys[key]: value for key, value in changed.items()})


DAMAGED = "Excel 工作簿内部已损坏"
UNREADABLE = "文件已损坏、被加密或不是 Excel 工作簿"
DTD = "Excel 工作簿内部带有 DTD，可能有害，没有读取"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
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
        (lambda: but(rels=f'<a><b Type="{STRICT}"/></a>'), "这是“Strict Open XML”格式的工作簿"),
        (lambda: but(types='<a><b ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></a>'), "这是带宏的工作簿（.xlsm），没有读取"),
        (lambda: but(types='<a><b ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></a>'), "这是二进制工作簿（.xlsb），不能读取"),
        (lambda: but(workbook="<a"), DAMAGED),
        (lambda: but(workbook="<?xml version='1.0' encoding='gb2312'?><a/>"), DAMAGED),
        (lambda: but(workbook="<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), DTD),
        (lambda: but(sheet='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), DTD),
        (lambda: but(sheet="<a>" * 100 + "</a>" * 100), DEEP),
        (lambda: but(links=relations(("r0", "worksheet", "worksheets/gone.xml"))), DAMAGED),
        (lambda: filled(row(2, '<c r="2A"><v>1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="XFE2"><v>1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A3"><v>1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2"><v>1</v></c>' * 2)), DAMAGED),
        (lambda: filled(row(1_048_577)), DAMAGED),
        (lambda: filled('<row r="x"/>'), DAMAGED),
        (lambda: filled(row(2, '<c r="A2"><v>1.2.3</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2"><v>e5</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2" t="z"><v>1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2" t="s"><v>0</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2" t="s"><v>-1</v></c>')), DAMAGED),
        (lambda: filled(row(2, '<c r="A2" t="s"><v>x</v></c>')), DAMAGED),
        (lambda: filled(before='<cols><col min="x" max="2" hidden="1"/></cols>'), DAMAGED),
        (lambda: filled(before="<cols>" + '<col min="1" max="1" hidden="1"/>' * 16_385 + "</cols>"), DAMAGED),
        (lambda: filled(after='<mergeCell ref="A1:A2"/>' * 100_001), "工作表里的合并单元格超过 10 万处"),
        (lambda: filled("".join(row(n, "x") for n in range(2, 1200)), after='<mergeCell ref="A2:XFD1048576"/>' * 900), "合并单元格的范围太大，没有读取"),
        (lambda: pack(parts(*[sheet()] * 2) | {"xl/_rels/workbook.xml.rels": relations(("r0", "worksheet", "worksheets/sheet0.xml"), ("r1", "worksheet", "worksheets/sheet0.xml"))}), DAMAGED),
        (lambda: filled("".join(f'<row r="{n}">{text("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26] + ("A" if n % 2 else "B") + str(n), "x")}</row>' for n in range(2, 40_000))), "有内容的行和列太多，合起来超过 100 万格"),
        (lambda: pack(parts(sheet(HEAD, *(row(n, "", "", "", "", "", f'<c r="F{n}" t="s"><v>0</v></c>') for n in range(2, 5100))), strings=f"<si><t>{'a' * 10_000}</t></si>")), "工作簿里有字的单元格超过 100 万个，或文字超过 5000 万字"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_the_reason(data: object, message: str) -> None:
    """Each in bounded time and memory, with words a clerk understands."""
    assert refused(data())[0] == message  # type: ignore[operator]


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 MiB hold 25 million empty elements: minutes of work for nothing."""
    from zhijiao20.formats.xlsx import read as xlsx
    from zhijiao20.formats.xlsx import xml as xlsx_xml

    monkeypatch.setattr(xlsx, "Budget", lambda limits: xlsx_xml.WorkbookBudget(limits, elements=50))
    assert refused(filled(*(row(n, "x") for n in range(2, 40))))[0] == DEEP


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
