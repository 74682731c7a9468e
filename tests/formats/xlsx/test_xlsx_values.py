"""Cells as offices really send them: read right, read with a note, each with its place."""

from __future__ import annotations

import pytest
from sheets import HEAD, HEADER, filled, pack, parts, row, said, sheet, submissions, table, text

from zhijiao20.core.findings import Collector
from zhijiao20.formats.xlsx.read import read


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


class TestCells:
    """What a cell shows."""

    def test_places_are_cells(self) -> None:
        """A finding names C7, as the person at the sheet sees it; blank cells have a place too."""
        data = filled(row(3, "甲", "1.1", attributes='ht="20"') + row(7, "", "1.2", "", "", "", "做了"))
        rows = list(read(data, Collector("甲.xlsx")).rows)
        assert [[found.place(column).cell for column in (5, 6)] for found in rows] == [
            ["F1", "G1"],
            ["F3", "G3"],
            ["F7", "G7"],
        ]
        assert rows[2].place(5).line is None

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
            ("[h]", "123.45", "2962"),
            ("[hh]&quot;小时&quot;;@", "1.5", "36小时"),
            ("[MM]", "1.5", "2160"),
            ("[s]", "1.5", "129600"),
            ("[s].00", "1.5", "36:00:00"),
            ("e", "43831", "2020年"),
            ("e&quot;年&quot;", "43831", "2020年"),
            ("ggge", "43831", "2020年"),
            ("e-m-d", "43831", "2020年1月1日"),
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

    @pytest.mark.parametrize(("code", "shown"), [("[hh]:mm:ss", "255:10:10"), ("[h]", "255"), ("h:mm", "15:10")])
    def test_a_duration_is_not_counted_from_1904(self, code: str, shown: str) -> None:
        """It has no first day."""
        made = sheet(HEAD, row(2, "甲", "1.1", "", "", "", number("F2", "10.6320601851852", 1)))
        data = pack(parts(made, styles=styled(code), setting='<workbookPr date1904="1"/>'))
        assert table(data)[0][1][5] == shown

    @pytest.mark.parametrize("padding", [0, 300_000], ids=["small", "large"])
    def test_the_formats_of_tables_are_none_of_cells(self, padding: int) -> None:
        """A table has formats of its own, which may have the number of a built-in one."""
        tables = '<dxfs><dxf><numFmt numFmtId="14" formatCode="0.00%"/></dxf></dxfs>'
        styles = styled("14", "0.0") + tables + "<colors/>" * padding
        cells = (number("F2", "43831", 1), number("G2", "5", 2))
        made = sheet(HEAD, row(2, "甲", "1.1", "", "", "", *cells))
        assert table(pack(parts(made, styles=styles)))[0][1][5:] == ["2020年1月1日", "5.0"]

    @pytest.mark.parametrize(
        ("code", "stored", "shown"),
        [
            ("0_);[Red]\\(0\\)", "3.1010119560823098E+17", "310101195608231000"),
            ("1", "4.89290024005183e+17", "489290024005183000"),
            ("1", "12345678901234567", "12345678901234567"),
            ("General", "3.1010119560823098E+17", "3.1010119560823098E+17"),
        ],
    )
    def test_a_number_with_more_than_fifteen_digits_is_told(self, code: str, stored: str, shown: str) -> None:
        """Such as that of a licence: its last digits are lost."""
        made = sheet(HEAD, row(2, "甲", "1.1", "", "", "", number("F2", stored, 1)))
        rows, findings = table(pack(parts(made, styles=styled(code))))
        assert rows[1][5] == shown
        message = "单元格里是超过 15 位的数，Excel 只记 15 位，后面的可能已变成 0"
        assert said(findings) == [("ZJ013", "F2", f"{message}；已按“{shown}”读取（存的是 {stored}）")]

    def test_references_in_lower_case(self) -> None:
        """Excel does not write them, but reads them."""
        data = filled(row(2, "甲", '<c r="b2"><v>1.1</v></c>', "", "", "", text("f2", "做了")))
        assert table(data) == ([list(HEADER), ["甲", "1.1", "", "", "", "做了", ""]], [])

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
            ("##0.0e+0", "1234", "1234", True),
            ("0 e", "5", "5 e", True),
            ("[DBNum1]0", "12", "一二", True),
            ("0" * 300, "12", "12", False),
            ("General", "0.30000000000000004", "0.3", True),
            ("General", "5.0", "5", True),
            ("General", "13800000000", "13800000000", False),
            ("General", "12345678901234567", "12345678901234567", True),
            ("General", "1E-7", "1E-07", True),
            ("14", "-1", "-1", True),
            ("14", "1e9", "1e9", True),
            ("General", "1e999", "INF", True),
            ("General", "1.5e300", "1.5e300", True),
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
