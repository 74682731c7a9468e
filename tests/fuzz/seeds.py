"""Small, sound files of each format, from which fuzzing starts: ``python tests/fuzz/seeds.py`` writes them anew.

Few rows and no styles: what is not in a file need not be mutated.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from zhijiao20.system.discovery import load_catalog

HERE = Path(__file__).parent
TASKS = ("1.1", "2.1", "16.4")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def yaml() -> dict[str, bytes]:
    """Blocks, quotations, lists, a waiver, odd spellings."""
    plain = (
        '单位: 甲\n报告期: "2020年"\n任务:\n  "1.1":\n    进展: 已完成\n    落实情况: |-\n      一。\n      二 #三\n'
    )
    more = "    佐证:\n      - 教〔2019〕4号\n    说明: '内部'\n    豁免: {ZJ204: 已核}\n  2.1: 直接写\n  １６．４: >\n    折\n    叠\n"
    return {
        "plain.yaml": plain.encode(),
        "more.yaml": (plain + more).encode(),
        "gbk.yaml": plain.encode("gb18030"),
        "crlf.yaml": ("\ufeff" + plain.replace("\n", "\r\n")).encode(),
        "odd.yaml": b'a: &x 1\nb: *x\n? c\n: [d, {e: f}]\n--- !t\n"\\x1b\\u2028"\n',
    }


def csv() -> dict[str, bytes]:
    """Commas, tabs, quotations, several units."""
    head = "单位,报告期,编号,部分,条目,任务,进展,落实情况,佐证,说明\r\n"
    rows = "".join(
        f'甲,2020年,{task},,,{load_catalog().tasks[task].text},推进中,"一""二\r\n三",一；二,\r\n' for task in TASKS
    )
    return {
        "plain.csv": ("\ufeff" + head + rows).encode(),
        "gbk.csv": (head + rows + "乙,,(1.1),,,,,?'=1,,\r\n").encode("gb18030"),
        "tabs.csv": (head + rows).replace(",", "\t").encode("utf-16"),
    }


def _packed(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name)
            info.create_system = 3  # as they were packed first, on every system
            archive.writestr(info, text)
    return stream.getvalue()


def _relations(*items: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in items)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def xlsx() -> dict[str, bytes]:
    """Shared and inline strings, numbers, a date, a formula, merged and hidden cells."""
    texts = ["单位", "编号", "落实情况", "进展", "甲", "已完成", "一_x000D_\n二"]
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts) + "<si><r><t>三</t></r><r><t>四</t></r></si>"
    cells = [
        "".join(f'<c r="{letter}1" t="s"><v>{index}</v></c>' for index, letter in enumerate("ABCD")),
        '<c r="A2" t="s"><v>4</v></c><c r="B2"><v>1.1</v></c><c r="C2" t="s"><v>6</v></c><c r="D2" t="s"><v>5</v></c>',
        '<c r="B3" s="1"><v>43831</v></c><c r="C3" t="str"><f>A1&amp;B1</f><v>五</v></c><c t="b"><v>1</v></c>',
        '<c r="B4" t="inlineStr"><is><t>2.1</t></is></c><c r="C4"><f>1+1</f></c><c r="D4" t="e"><v>#REF!</v></c>',
    ]
    hidden = {4: ' hidden="1"'}
    rows = "".join(f'<row r="{n}"{hidden.get(n, "")}>{row}</row>' for n, row in enumerate(cells, 1))
    return {
        "plain.xlsx": _packed(
            {
                "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
                "_rels/.rels": _relations(("a", "officeDocument", "xl/workbook.xml")),
                "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_OFFICE}"><sheets>'
                '<sheet name="表" sheetId="1" r:id="b"/></sheets></workbook>',
                "xl/_rels/workbook.xml.rels": _relations(
                    ("b", "worksheet", "worksheets/sheet1.xml"),
                    ("c", "sharedStrings", "sharedStrings.xml"),
                    ("d", "styles", "styles.xml"),
                ),
                "xl/sharedStrings.xml": f'<sst xmlns="{_S}">{strings}</sst>',
                "xl/styles.xml": f'<styleSheet xmlns="{_S}"><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m"/>'
                '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
                "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_S}"><cols><col min="4" max="4" hidden="1"/></cols>'
                f'<sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A2:A4"/></mergeCells></worksheet>',
            }
        )
    }


def docx() -> dict[str, bytes]:
    """A few rows of the form: plain and split texts, a revision, a control, automatic numbers."""
    texts = {
        "1.1": "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r><w:ins><w:r><w:t>三</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>四</w:delText></w:r></w:del></w:p>",
        "2.1": '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:tab/><w:t>五</w:t></w:r></w:p>',
        "16.4": "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>六</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>",
    }
    rows = ""
    for task, text in texts.items():
        official = load_catalog().tasks[task]
        cells = [
            f"<w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p>"
            for cell in (official.chapter, official.article, official.text)
        ]
        rows += "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in [*cells, text]) + "</w:tr>"
    numbering = (
        f'<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    return {
        "plain.docx": _packed(
            {
                "_rels/.rels": _relations(("a", "officeDocument", "word/document.xml")),
                "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>填报单位：甲</w:t></w:r></w:p>'
                f"<w:tbl>{rows}</w:tbl></w:body></w:document>",
                "word/_rels/document.xml.rels": _relations(("n", "numbering", "numbering.xml")),
                "word/numbering.xml": numbering,
            }
        )
    }


def archives() -> dict[str, bytes]:
    """Folders, an archive in an archive, names that lead elsewhere."""
    status = yaml()["plain.yaml"].decode()
    inner = _packed({"乙.yaml": status})
    return {"plain.zip": _packed({"报送/甲.yaml": status, "../../丙.csv": "编号,落实情况\n1.1,一\n", "内.zip": inner})}


def old() -> dict[str, bytes]:
    """OLE files and OpenDocument with links and macros."""
    from old_files import odf, old_book, ole

    link = '<text:p><draw:frame><draw:image xlink:href="http://a.example/b.png"/></draw:frame>一</text:p>'
    return {
        "plain.doc": ole({"WordDocument": b"\xec\xa5\xc1\0", "1Table": b"\0"}),
        "plain.xls": old_book(("甲", "1.1", "一")),
        "plain.odt": odf("text", link, scripts="<office:scripts/>"),
    }


SEEDS = {"yaml": yaml, "csv": csv, "xlsx": xlsx, "docx": docx, "zip": archives, "old": old}
"""What is fuzzed → its seeds by file name."""


if __name__ == "__main__":
    sys.path.append(str(HERE.parent))  # where the files of the tests are made
    for kind, build in SEEDS.items():
        for name, data in build().items():
            path = HERE / "corpus" / kind / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
