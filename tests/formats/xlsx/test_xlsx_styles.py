"""What the style of a cell shows beside its text, macros, and text boxes."""

from __future__ import annotations

import pytest
from sheets import HEAD, TYPES, pack, parts, relations, row, said, sheet, submissions, table, text

from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.sniff import format_of
from zhijiao20.formats.xlsx.number_format import shown_number, shown_text

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
FONTS = "<fonts><font/><font><strike/></font><font><vertAlign val='superscript'/></font></fonts>"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("12345.678", "0_ ", "12346"),
        ("12345.678", "#,##0.00_ ", "12,345.68"),
        ("-12345.678", "0_);[Red]\\(0\\)", "(12346)"),
        ("12345.678", '0!.0,"万元"', "1.2万元"),
        ("1234567", "¥#,##0", "¥1,234,567"),
        ("12", "[$¥-804]0.00", "¥12.00"),
        ("0", '0;-0;"无"', "无"),
        ("1234567", '0.0,,"百万"', "1.2百万"),
        ("0.856", "0.0%", "85.6%"),
        ("85", "[DBNum2][$-804]0", "捌伍"),
        ("150", '[>=100]0"多";0"少"', "150多"),
        ("50", '[>=100]0"多";0"少"', "50少"),
        ("1.50", "0.##", "1.5"),
        ("5", "General_ ", "5"),
        ("-5", '"减"0', "-减5"),
        ("54", "\\$.00", "$54.00"),
        ("-54", "$.00", "-$54.00"),
        ("0.4783", ".00\\ %", "47.83 %"),
        ("0.5", ".00", ".50"),
        ("-5", '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "-5"),
        ("-5", '[>=10000]0!.0,"万";0', "-5"),
        ("-50", '[>=100]0"多";0"少"', "-50少"),
        ("-1", "[Red][<-25]General;[>25]General;General", "-1"),
        ("-25", "[<-25]General;[>25]General;General", "-25"),
        ("-26", "[<-25]General;[>25]General;General", "26"),
        ("-25", "[<=-25]General;[>=25]General;General", "25"),
        ("-5", "[<0]0;0", "5"),
        ("-5", "[=-5]0;0", "5"),
        ("-5", '[>0]"升"0;[<0]"降"0;"平"', "降5"),
        ("-30", "[>=-10]0;0", "30"),
        ("-11", '[< -10]#" Wow"', "-11 Wow"),
        ("10", '[<10]#" Wow"', "10"),
        ("0", '0;[=0]"无";0', "无"),
        ("1e14", "0." + "0" * 20, "100000000000000." + "0" * 20),
    ],
)
def test_a_number_as_excel_shows_it(value: str, code: str, shown: str) -> None:
    """Sections, blanks, words, scale, currency, Chinese digits, conditions."""
    assert shown_number(value, float(value), code) == (shown, True)


def test_a_number_that_no_section_shows_is_told() -> None:
    """Excel shows it as a row of #."""
    assert shown_number("5", 5, '[>10]0;[<0]"x"') == ("5", False)


@pytest.mark.parametrize("code", ["# ?/?", "0.00E+00", "[DBNum1]General", "[x]0", ";;;"])
def test_a_format_that_is_not_understood_is_told(code: str) -> None:
    """The number is read in full."""
    assert shown_number("3.5", 3.5, code) == ("3.5", False)
    styles = f'<numFmts><numFmt numFmtId="176" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="176"/></cellXfs>'
    made = parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", '<c r="F2"><v>3.5</v></c>')), styles=styles)
    assert said(table(pack(made))[1])[0][2].startswith("单元格里是数字，它的数字格式不认得，已按“3.5”读取")


def test_a_format_that_adds_words_to_a_text() -> None:
    """As shown, with a note; the usual formats for numbers change no text."""
    styles = (
        '<numFmts><numFmt numFmtId="176" formatCode="&quot;共建设&quot;@&quot;个&quot;"/>'
        '<numFmt numFmtId="177" formatCode="0_ ;_ @_ "/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs>'
    )
    cells = [text("F2", "三").replace("<c ", '<c s="1" '), text("F3", "三").replace("<c ", '<c s="2" ')]
    made = parts(
        sheet(HEAD, row(2, "甲", "1.1", "", "", "", cells[0]), row(3, "甲", "1.2", "", "", "", cells[1])), styles=styles
    )
    rows, findings = table(pack(made))
    assert [cells[5] for cells in rows[1:]] == ["共建设三个", "三"]
    assert said(findings) == [("ZJ013", "F2", "单元格的数字格式改变了文字，已按“共建设三个”读取（存的是“三”）")]
    assert shown_text("三", '0;0;0;"-"@') == "-三"


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ('<xf fontId="1"/>', True),
        ('<xf fontId="2" applyFont="1"/>', True),
        ('<xf xfId="1"/>', True),
        ('<xf xfId="1" fontId="0" applyFont="0"/>', True),
        ('<xf xfId="1" fontId="0"/>', False),
        ('<xf xfId="9" fontId="0" applyFont="0"/>', False),
    ],
)
def test_a_cell_that_is_struck_as_a_whole_is_told(style: str, *, told: bool) -> None:
    """By its own font, or by that of the named style that it inherits from; shared strings and texts alike."""
    styles = f'{FONTS}<cellStyleXfs><xf/><xf fontId="1"/></cellStyleXfs><cellXfs><xf/>{style}</cellXfs>'
    cell = '<c r="F2" s="1" t="s"><v>0</v></c>'
    made = parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", cell)), styles=styles, strings="<si><t>作废</t></si>")
    message = "有删除线、上标或下标，已照普通文字读取：“作废”"
    assert said(table(pack(made))[1]) == [("ZJ010", "F2", message)] * told


def with_types(inner: str) -> dict[str, str]:
    made = parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", "做了")))
    return made | {"[Content_Types].xml": f'<Types xmlns="{TYPES}">{inner}</Types>'}


def test_macros_are_told_and_never_read() -> None:
    """A macro part that is only declared makes no workbook with macros."""
    main = '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
    declared = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    message = "工作簿带有宏：单元格已照常读取，宏没有采用，也没有运行"
    for made, told in (
        (with_types(main), [("ZJ018", None, message)]),
        (with_types(declared), []),
        (with_types(declared) | {"xl/vbaProject.bin": "x"}, [("ZJ018", None, message)]),
    ):
        units, findings = submissions(pack(made))
        assert units[0].entries["1.1"].status == "做了"
        assert said(findings) == told
        assert format_of(".xlsm", pack(made)).name == "xlsx"


def test_a_binary_workbook_is_refused_with_the_remedy() -> None:
    """Renaming it would not help."""
    with pytest.raises(FormatError) as caught:
        format_of(".xlsb", pack({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"}))
    assert caught.value.message == "不能读取 .xlsb 文件：这是二进制工作簿（.xlsb）"
    assert "另存为“Excel 工作簿（.xlsx）”" in caught.value.hint


def test_the_main_part_decides_what_an_archive_is() -> None:
    """An embedded document has the folder of its own format in it."""
    main = '<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    assert format_of(".xlsx", pack(with_types(main) | {"xl/embeddings/a.docx": "word/"})).name == "xlsx"
    word = main.replace("spreadsheetml.sheet", "wordprocessingml.document")
    assert format_of(".docx", pack({"[Content_Types].xml": word, "word/document.xml": "x", "a": "xl/"})).name == "docx"
    assert format_of(".docx", pack({"[Content_Types].xml": word, "doc/main.xml": "x"})).name == "docx"


def test_a_text_box_at_no_cell_is_told_with_its_text() -> None:
    """At an absolute place, and beside the header."""
    made = parts(sheet(HEAD, row(2, "甲", "1.1")))
    made["xl/worksheets/_rels/sheet0.xml.rels"] = relations(("d", "drawing", "../d.xml"))
    words = '<a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">另拨30万元</a:t>'
    made["xl/d.xml"] = (
        f'<wsDr xmlns="{DRAWING}"><absoluteAnchor><pos/>{words}</absoluteAnchor>'
        f"<oneCellAnchor><from><col>1</col><row>0</row></from>{words}</oneCellAnchor></wsDr>"
    )
    message = "有文本框或图形，写着“另拨30万元”，其中的内容没有采用"
    assert said(table(pack(made))[1]) == [("ZJ010", None, f"工作表上{message}"), ("ZJ010", "B1", f"这里{message}")]
