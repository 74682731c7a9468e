"""What Word shows otherwise than the text of a cell says: read as shown, or told."""

from __future__ import annotations

import pytest
from forms import found, parts, repack, run, with_status, with_styles

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
RELATIONS = "word/_rels/document.xml.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"


def field(code: str, result: str | None) -> str:
    """A complex field; None: without the part of the result."""
    middle = "" if result is None else FIELD.format("separate") + result
    return f"{FIELD.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{middle}{FIELD.format('end')}"


@pytest.mark.parametrize(
    ("xml", "text", "codes"),
    [
        (field(" PAGE ", None), "", ["ZJ010"]),
        (field(" PAGE ", ""), "", ["ZJ010"]),
        (field("=SUM(ABOVE)", run("5")), "5", []),
        (field("XE", None), "", []),
        (field("IF", ""), "", []),
        (field("IF", None), "", ["ZJ010"]),
        (field("MACROBUTTON x 点此", run("甲")), "甲", ["ZJ010"]),
        ("<w:fldSimple w:instr=' PAGEREF a '/>", "", ["ZJ010"]),
        (f"<w:fldSimple w:instr=' DATE '>{run('7月')}</w:fldSimple>", "7月", []),
        ("<w:fldSimple w:instr=''/>", "", []),
        ("<w:r><w:yearLong/></w:r>", "", ["ZJ010"]),
        ("<w:r><w:pgNum/></w:r>", "", ["ZJ010"]),
        (
            field("IF" + "</w:instrText></w:r>" + field("MERGEFIELD", run("暗")) + "<w:r><w:instrText>", run("明")),
            "明",
            [],
        ),
        (FIELD.format("begin") + run("没有分隔") + FIELD.format("end"), "没有分隔", []),
    ],
)
def test_field_without_a_stored_text_is_told(xml: str, text: str, codes: list[str]) -> None:
    """Word computes it; the file has a gap there."""
    assert found(with_status(f"<w:p>{xml}</w:p>")) == (text, codes)


STYLES = (
    "<w:style w:type='character' w:styleId='A'><w:rPr><w:strike/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='B'><w:basedOn w:val='A'/></w:style>"
    "<w:style w:type='character' w:styleId='D'><w:rPr><w:dstrike/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='U'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='F'><w:rPr><w:rFonts w:ascii='Wingdings 2' w:hAnsi='Wingdings 2'/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='S'><w:rPr><w:strike/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='C1'><w:basedOn w:val='C2'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='C2'><w:basedOn w:val='C1'/></w:style>"
)


def paragraph(style: str, runs: str) -> str:
    """A paragraph with a style."""
    return f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{runs}</w:p>"


@pytest.mark.parametrize(
    ("xml", "codes"),
    [
        (paragraph("", run("甲", "<w:rStyle w:val='A'/>")), ["ZJ010"]),
        (paragraph("", run("甲", "<w:rStyle w:val='B'/>")), ["ZJ010"]),
        (paragraph("", run("甲", "<w:rStyle w:val='B'/><w:strike w:val='0'/>")), []),
        (paragraph("", run("甲", "<w:rStyle w:val='D'/>")), ["ZJ010"]),
        (paragraph("", run("甲", "<w:rStyle w:val='U'/>")), ["ZJ010"]),
        (paragraph("H", run("甲")), ["ZJ017"]),
        (paragraph("H", run("甲", "<w:vanish w:val='0'/>")), []),
        (paragraph("S", run("甲", "<w:rStyle w:val='A'/>")), []),  # the one style switches the other off
        (paragraph("C1", run("甲")), []),
        (paragraph("", run("甲", "<w:specVanish/>")), ["ZJ017"]),
        (paragraph("", run("甲", "<w:webHidden/>")), []),
        (paragraph("", run(" ", "<w:strike/>")), []),
    ],
)
def test_formatting_by_a_style_is_seen(xml: str, codes: list[str]) -> None:
    """Struck, raised or hidden by a style, as by the run itself."""
    assert found(with_styles(with_status(xml), STYLES))[1] == codes


def test_formatting_by_the_defaults_and_by_the_table_is_seen() -> None:
    """What holds for the whole document or the whole table holds for the cell."""
    contents = parts(with_status(f"<w:p>{run('甲')}</w:p>"))
    styles = contents["word/styles.xml"]
    contents["word/styles.xml"] = styles.replace(b"<w:rPrDefault><w:rPr>", b"<w:rPrDefault><w:rPr><w:strike/>")
    assert found(repack(contents))[1] == ["ZJ010"]
    table = b'<w:style w:type="table" w:customStyle="1" w:styleId="OfficialTable">'
    assert table in styles
    contents["word/styles.xml"] = styles.replace(table, table + b"<w:rPr><w:vanish/></w:rPr>")
    assert found(repack(contents))[1] == ["ZJ017"]


def fonts(name: str, hint: str = "default", east: str = "宋体") -> str:
    """The fonts of a run."""
    return f"<w:rFonts w:ascii='{name}' w:hAnsi='{name}' w:eastAsia='{east}' w:hint='{hint}'/>"


@pytest.mark.parametrize(
    ("xml", "text", "codes"),
    [
        (run("R£", fonts("Wingdings 2")), "☑□", []),
        (run("\uf0fc\uf0a8", fonts("Wingdings")), "✓□", []),
        (run("b = 5", fonts("Symbol")), "β = 5", []),
        (run("a", fonts("Webdings")), "✔", []),
        (run("p", fonts("Wingdings 3")), "▲", []),
        (run("教学", fonts("Wingdings 2", east="Wingdings 2")), "教学", []),
        (run("!", fonts("Wingdings 2")), "!", ["ZJ010"]),
        (run("R", fonts("MT Extra")), "R", ["ZJ010"]),
        (run("R", "<w:rStyle w:val='F'/>"), "☑", []),
        (run("·", fonts("Symbol", hint="eastAsia")), "·", []),
        ("<w:r><w:rPr><w:rFonts w:ascii='Symbol' w:asciiTheme='minorHAnsi'/></w:rPr><w:t>b</w:t></w:r>", "b", []),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "☑", []),
        ("<w:r><w:sym w:font='宋体' w:char='25A1'/></w:r>", "□", []),
        ("<w:r><w:sym w:font='Wingdings' w:char='F021'/></w:r>", "", ["ZJ010"]),
        ("<w:r><w:sym w:font='某字体' w:char='F0FE'/></w:r>", "", ["ZJ010"]),
        ("<w:r><w:sym w:font='Wingdings' w:char='xx'/><w:tab/></w:r>", "\t", ["ZJ010"]),
    ],
)
def test_letters_of_a_symbol_font_are_what_they_show(xml: str, text: str, codes: list[str]) -> None:
    """A ticked box is no letter R."""
    assert found(with_styles(with_status(f"<w:p>{xml}</w:p>"), STYLES)) == (text, codes)


def test_font_declared_as_a_symbol_font_is_one() -> None:
    """The table of fonts tells which fonts show other characters than their letters."""
    contents = parts(with_status(f"<w:p>{run('R', fonts('校标'))}</w:p>"))
    contents["word/fontTable.xml"] = contents["word/fontTable.xml"].replace(
        b"</w:fonts>", "<w:font w:name='校标'><w:charset w:val='02'/></w:font></w:fonts>".encode()
    )
    assert found(repack(contents)) == ("R", ["ZJ010"])


INSERTED = f"<w14:conflictIns xmlns:w14='{W14}'>{run('乙')}</w14:conflictIns>"


@pytest.mark.parametrize(
    ("xml", "text", "codes"),
    [
        (f"<w:p>{run('甲')}{INSERTED}</w:p>", "甲乙", ["ZJ009"]),
        (f"<w:p><x:f xmlns:x='{MC}'/><w:r><w:t>甲<!-- 批 -->乙<?x y?>丙</w:t></w:r></w:p>", "甲乙丙", []),
        (
            f"<w:p><m:AlternateContent xmlns:m='{MC}'><m:Fallback>{run('甲')}</m:Fallback></m:AlternateContent></w:p>",
            "甲",
            [],
        ),
        (
            (
                f"<w:p><m:AlternateContent xmlns:m='{MC}'><m:Choice Requires='w14'>{run('甲')}</m:Choice>"
                f"<m:Choice Requires='w14'>{run('乙')}</m:Choice><m:Fallback>{run('丙')}</m:Fallback></m:AlternateContent></w:p>"
            ),
            "甲",
            [],
        ),
        (
            (
                f"<w:p><m:AlternateContent xmlns:m='{MC}'><m:Choice Requires='other'>{run('甲')}</m:Choice>"
                f"<m:Fallback>{run('丙')}</m:Fallback></m:AlternateContent></w:p>"
            ),
            "丙",
            [],
        ),
        (
            f"<w:p><m:AlternateContent xmlns:m='{MC}'><m:Choice Requires='x'>{run('甲')}</m:Choice></m:AlternateContent></w:p>",
            "甲",
            [],
        ),
        (f"<w:p><m:AlternateContent xmlns:m='{MC}'/>{run('甲')}</w:p>", "甲", []),
        (f"<w:p><w:unknown>{run('甲')}</w:unknown>{run('乙')}</w:p>", "乙", ["ZJ010"]),
        ("<w:p><w:t>甲</w:t></w:p>", "", ["ZJ010"]),
        (f"<w:altChunk/><w:p>{run('甲')}</w:p>", "甲", ["ZJ010"]),
        (f"<w:p><w:subDoc/>{run('甲')}</w:p>", "甲", ["ZJ010"]),
        (f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run('甲')}</w:p>", "甲", []),
    ],
)
def test_text_in_other_elements_is_read_or_told(xml: str, text: str, codes: list[str]) -> None:
    """Whatever holds a text and is not read is named."""
    assert found(with_status(xml)) == (text, codes)


@pytest.mark.parametrize(
    ("row", "properties", "codes"),
    [
        ("", "<w:cellDel w:id='1' w:author='a'/>", ["ZJ009"]),
        ("", "<w:cellIns w:id='1' w:author='a'/>", ["ZJ009"]),
        ("", "<w:cellMerge w:id='1' w:author='a'/>", ["ZJ009"]),
        ("<w:ins w:id='1' w:author='a'/>", "", ["ZJ009"]),
        ("<w:hidden/>", "", ["ZJ017"]),
        ("<w:hidden w:val='0'/>", "", []),
        ("<w:trHeight w:val='0' w:hRule='exact'/>", "", ["ZJ017"]),
        ("<w:trHeight w:val='0' w:hRule='atLeast'/>", "", []),
        ("<w:trHeight w:val='400' w:hRule='exact'/>", "", []),
    ],
)
def test_tracked_cells_and_hidden_rows_are_told(row: str, properties: str, codes: list[str]) -> None:
    """Somebody deleted the cell, or made the row vanish."""
    assert found(with_status(f"<w:p>{run('甲')}</w:p>", row=row, properties=properties)) == ("甲", codes)


def test_a_paragraph_inside_a_paragraph_is_told() -> None:
    """No program may write it, one does; Word shows the text."""
    xml = f"<w:p>{run('甲')}<w:sdt><w:sdtContent><w:p>{run('乙丙')}</w:p></w:sdtContent></w:sdt></w:p>"
    text, codes = found(with_status(xml))
    assert (text, codes) == ("甲", ["ZJ010"])
