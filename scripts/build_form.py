"""Build the blank official Word form, templates/official.docx, from data/tasks.yaml.

Typesetting follows GB/T 9704-2012 as far as it speaks of an attachment table. The WordprocessingML is written
directly: no trace of a tool, valid against ECMA-376 transitional, the same bytes at every run.
"""

from __future__ import annotations

import argparse
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import yaml

ROOT = Path(__file__).resolve().parents[1]
TWIPS_PER_MM = 1440 / 25.4

# The sheet (A4) and its margins; what they leave is the type area of 156 × 225 mm. All lengths are in twips.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, RIGHT, BOTTOM, LEFT = (round(mm * TWIPS_PER_MM) for mm in (37, 26, 35, 28))
TYPE_WIDTH = PAGE_WIDTH - LEFT - RIGHT
LINE_PITCH = 579  # 22 lines a page

# The dash of “— 1 —” lies 7 mm below the type area, that is 35 - 7 = 28 mm above the edge of the sheet. It sits
# at half the height of its line, and w:footer measures to the lower edge of that line: half a line comes off.
FOOTER_LINE = 320
FOOTER = BOTTOM - round(7 * TWIPS_PER_MM) - FOOTER_LINE // 2
ONE_CHARACTER = 280  # of the page number, which is set in 14 pt

# 部分 takes 4 characters of 12 pt a line, 条目 4, 任务 10, 落实情况 the rest (16 and a few points to spare); the
# text of a cell is narrower than the cell by its two side margins.
CHARACTER, CELL_SIDE = 240, 72
NARROW = tuple(count * CHARACTER + 2 * CELL_SIDE + 10 for count in (4, 4, 10))
WIDTHS = (*NARROW, TYPE_WIDTH - sum(NARROW))
# 21 pt for text of 12 pt. A fixed pitch leaves its spare room above the text; the cell's lower margin balances it.
TABLE_LINE, CELL_BELOW = 420, 80

SONG, HEI, KAI, FANG = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312"
TITLE_SONG, LATIN = "方正小标宋简体", "Times New Roman"
# name, other names by which a machine may know it, panose, charset, family, pitch
FONTS = (
    (LATIN, "", "02020603050405020304", "00", "roman", "variable"),
    (SONG, "SimSun", "02010600030101010101", "86", "auto", "variable"),
    (HEI, "SimHei", "02010609060101010101", "86", "modern", "fixed"),
    (KAI, "楷体,KaiTi", "02010609030101010101", "86", "modern", "fixed"),
    (FANG, "仿宋,FangSong", "02010609030101010101", "86", "modern", "fixed"),
    (TITLE_SONG, "小标宋,宋体", "02010601030101010101", "86", "auto", "variable"),
)

OPENXML = "http://schemas.openxmlformats.org"
MAIN = f'xmlns:w="{OPENXML}/wordprocessingml/2006/main"'
OFFICE = f"{OPENXML}/officeDocument/2006"
PACKAGE = f"{OPENXML}/package/2006"
VENDOR = "application/vnd.openxmlformats"
WORD = f"{VENDOR}-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def w(tag: str, *children: str, **attributes: str | int) -> str:
    """An element of the WordprocessingML namespace: children are XML, attributes plain values."""
    start = "".join([f"w:{tag}", *(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())])
    inner = "".join(children)
    return f"<{start}>{inner}</w:{tag}>" if inner else f"<{start}/>"


def fonts(east_asian: str, latin: str = LATIN) -> str:
    """The four faces of a run; the hint gives “ ” — … to the East-Asian one."""
    return w("rFonts", hint="eastAsia", ascii=latin, hAnsi=latin, eastAsia=east_asian, cs=LATIN)


def size(points: int) -> str:
    """The size of a run, which the format counts in half points."""
    return w("sz", val=points * 2) + w("szCs", val=points * 2)


def exactly(line: int, after: int = 0) -> str:
    """A fixed line pitch."""
    return w("spacing", before=0, after=after, line=line, lineRule="exact")


LEFTWARD, CENTRED, RIGHTWARD, BOTH = (w("jc", val=side) for side in ("left", "center", "right", "both"))


def style(ident: str, name: str, base: str = "", ppr: str = "", rpr: str = "", **more: str) -> str:
    """One style, its children in the order of the schema.

    Without a base it is the default of its kind; a Chinese name marks it as one of our own. `more` may hold
    kind, next, link, flags and rest (what follows the run properties).
    """
    attributes = {} if base else {"default": "1"}
    attributes |= {} if name.isascii() else {"customStyle": "1"}
    parts = [w("name", val=name)]
    for tag, value in (("basedOn", base), ("next", more.get("next")), ("link", more.get("link"))):
        parts.append(w(tag, val=value) if value else "")
    parts.append(more.get("flags", w("qFormat")))
    parts.append(w("pPr", ppr) if ppr else "")
    parts.append(w("rPr", rpr) if rpr else "")
    return w("style", *parts, more.get("rest", ""), type=more.get("kind", "paragraph"), **attributes, styleId=ident)


def page_styles() -> Iterator[str]:
    """The default styles and the paragraphs outside the table."""
    loose = w("snapToGrid", val=0)
    yield style("Normal", "Normal", "", w("widowControl", val=0) + exactly(LINE_PITCH) + BOTH, size(16))
    flags = w("uiPriority", val=99) + w("semiHidden") + w("unhideWhenUsed")
    yield style("DefaultParagraphFont", "Default Paragraph Font", kind="character", flags=flags)
    margins = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    yield style("TableNormal", "Normal Table", kind="table", flags=flags, rest=w("tblPr", margins))
    yield style("NoList", "No List", kind="numbering", flags=flags)
    yield style("AttachmentLabel", "附表标记", "Normal", LEFTWARD, fonts(HEI, HEI), next="Normal")
    ppr, rpr = w("keepNext") + exactly(700, after=160) + CENTRED, fonts(TITLE_SONG, TITLE_SONG) + size(22)
    yield style("TableTitle", "表格标题", "Normal", ppr, rpr, next="ReportingUnit")
    yield style("ReportingUnit", "填报单位", "Normal", w("keepNext") + exactly(480) + LEFTWARD, size(12))
    yield style("TableEnd", "表后空段", "Normal", loose + exactly(24), size(1))
    ppr = loose + exactly(FOOTER_LINE) + LEFTWARD
    yield style("Footer", "footer", "Normal", ppr, fonts(SONG, SONG) + size(14))
    yield style("FooterOdd", "奇数页页码", "Footer", w("ind", right=ONE_CHARACTER) + RIGHTWARD)
    yield style("FooterEven", "偶数页页码", "Footer", w("ind", left=ONE_CHARACTER))


def table_styles() -> Iterator[str]:
    """The table, the text in its cells and the four levels that a long text may have."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(side, val="single", sz=4, space=0, color="auto") for side in sides))
    gaps = zip(sides[:4], (0, CELL_SIDE, CELL_BELOW, CELL_SIDE), strict=True)
    margins = w("tblCellMar", *(w(side, w=gap, type="dxa") for side, gap in gaps))
    yield style("OfficialTable", "附表表格", "TableNormal", kind="table", rest=w("tblPr", borders, margins))
    yield style("TableText", "表内文字", "Normal", w("snapToGrid", val=0) + exactly(TABLE_LINE), size(12))
    yield style("TableHeading", "表头", "TableText", CENTRED, fonts(HEI))
    yield style("TableChapter", "部分", "TableText", LEFTWARD, fonts(HEI))
    yield style("TableArticle", "条目", "TableText", LEFTWARD)
    yield style("TableTask", "任务", "TableText")
    yield style("TableStatus", "落实情况", "TableText")
    for number, (level, face) in enumerate(zip("一二三四", (HEI, KAI, FANG, FANG), strict=True), start=1):
        name, ident, twin = f"第{level}层次", f"Level{number}", f"Level{number}Char"
        yield style(ident, name, "TableStatus", "", fonts(face), next="TableStatus", link=twin)
        rpr = fonts(face) + size(12)
        yield style(twin, f"{name} 字符", "DefaultParagraphFont", "", rpr, kind="character", link=ident)


def styles() -> str:
    """word/styles.xml."""
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    defaults = w("rPrDefault", w("rPr", fonts(FANG), size(16), language)) + w("pPrDefault")
    inner = "".join([w("docDefaults", defaults), *page_styles(), *table_styles()])
    return f"<w:styles {MAIN}>{inner}</w:styles>"


def paragraph(ident: str, *runs: str) -> str:
    """A paragraph in a named style."""
    return w("p", w("pPr", w("pStyle", val=ident)), *runs)


def plain(text: str) -> str:
    """A run of text, marked as East-Asian as Word marks what is typed in Chinese."""
    return w("r", w("rPr", w("rFonts", hint="eastAsia")), w("t", escape(text)))


def cell(width: int, ident: str, text: str, **shape: str | int) -> str:
    """One cell; the shape is gridSpan or vMerge. An empty one holds a paragraph without a run."""
    # Filled rows run over pages: their texts begin at the top, so that a task stands where its row begins.
    merged = "".join(w(tag, val=value) for tag, value in shape.items())
    aligned = w("vAlign", val="center") if ident == "TableHeading" else ""
    properties = w("tcPr", w("tcW", w=width, type="dxa"), merged, aligned)
    return w("tc", properties, paragraph(ident, *([plain(text)] if text else [])))


def rows(catalog: Mapping[str, Any]) -> Iterator[str]:
    """The header row, which each page repeats, and one row a task."""
    group, task, status = catalog["header"]
    wide, narrow, task_width, status_width = WIDTHS
    head = cell(wide + narrow, "TableHeading", group, gridSpan=2)
    head += cell(task_width, "TableHeading", task) + cell(status_width, "TableHeading", status)
    yield w("tr", w("trPr", w("cantSplit"), w("trHeight", val=560, hRule="atLeast"), w("tblHeader")), head)
    for chapter in catalog["chapters"]:
        chapter_text, chapter_merge = chapter["title"], "restart"
        for article in chapter["articles"]:
            article_text, article_merge = article["title"], "restart"
            for entry in article["tasks"]:
                left = cell(wide, "TableChapter", chapter_text, vMerge=chapter_merge)
                left += cell(narrow, "TableArticle", article_text, vMerge=article_merge)
                right = cell(task_width, "TableTask", entry["text"]) + cell(status_width, "TableStatus", "")
                yield w("tr", left, right)
                chapter_text, chapter_merge, article_text, article_merge = "", "continue", "", "continue"


def document(catalog: Mapping[str, Any]) -> str:
    """word/document.xml."""
    shape = [w("tblStyle", val="OfficialTable"), w("tblW", w=TYPE_WIDTH, type="dxa")]
    shape += [w("tblLayout", type="fixed"), w("tblLook", val="0620")]
    grid = w("tblGrid", *(w("gridCol", w=width) for width in WIDTHS))
    reference = '<w:footerReference w:type="{}" r:id="{}"/>'
    footers = reference.format("default", "rId4") + reference.format("even", "rId5")
    margins = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT, "header": 851, "footer": FOOTER}
    sheet = w("pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT) + w("pgMar", **margins, gutter=0)
    sheet += w("cols", space=425) + w("docGrid", type="lines", linePitch=LINE_PITCH)
    above = paragraph("AttachmentLabel", plain(catalog["label"])) + paragraph("Normal")
    above += paragraph("TableTitle", plain(catalog["title"]))
    table = w("tbl", w("tblPr", *shape), grid, *rows(catalog))
    body = w("body", above, table, paragraph("TableEnd"), w("sectPr", footers, sheet))
    return f'<w:document {MAIN} xmlns:r="{OFFICE}/relationships">{body}</w:document>'


def footer(ident: str) -> str:
    """A footer part: the page number between two dashes."""
    texts = (("t", "— "), ("instrText", " PAGE "), ("t", " —"))
    before, code, after = (f'<w:{tag} xml:space="preserve">{text}</w:{tag}>' for tag, text in texts)
    begin, separate, end = (w("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    runs = (w("r", content) for content in (before, begin, code, separate, w("t", "1"), end, after))
    return f"<w:ftr {MAIN}>{paragraph(ident, *runs)}</w:ftr>"


def settings() -> str:
    """word/settings.xml: what Word itself sets for a Chinese document, without its revision marks."""
    uri = "http://schemas.microsoft.com/office/word"
    modes = {"compatibilityMode": 15, "overrideTableStyleFontSizeAndJustification": 1}
    compat = w("balanceSingleByteDoubleByteWidth") + w("doNotExpandShiftReturn")
    compat += "".join(w("compatSetting", name=name, uri=uri, val=value) for name, value in modes.items())
    inner = w("zoom", percent=100) + w("defaultTabStop", val=420) + w("evenAndOddHeaders")
    inner += w("characterSpacingControl", val="compressPunctuation") + w("compat", compat)
    inner += w("themeFontLang", val="en-US", eastAsia="zh-CN")
    inner += w("decimalSymbol", val=".") + w("listSeparator", val=",")
    return f"<w:settings {MAIN}>{inner}</w:settings>"


def font_table() -> str:
    """word/fontTable.xml, with the names to fall back on."""
    entries = []
    for name, others, panose, charset, family, pitch in FONTS:
        parts = [w("altName", val=others)] if others else []
        parts += [w("panose1", val=panose), w("charset", val=charset), w("family", val=family)]
        entries.append(w("font", *parts, w("pitch", val=pitch), name=name))
    return f"<w:fonts {MAIN}>{''.join(entries)}</w:fonts>"


def relationships(pairs: Sequence[tuple[str, str]]) -> str:
    """A relationships part: type and target of each, numbered from rId1."""
    entry = '<Relationship Id="rId{}" Type="{}" Target="{}"/>'
    entries = "".join(entry.format(number, *pair) for number, pair in enumerate(pairs, start=1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def properties(title: str) -> Iterator[tuple[str, str, str]]:
    """Name, content type and text of the two property parts: the title, an empty author, no tool, no date."""
    vocabulary = f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    core = f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator><dc:language>zh-CN</dc:language>"
    core = f"<cp:coreProperties {vocabulary}>{core}</cp:coreProperties>"
    yield "docProps/core.xml", f"{VENDOR}-package.core-properties+xml", core
    kind, start = f"{VENDOR}-officedocument.extended-properties+xml", f'xmlns="{OFFICE}/extended-properties"'
    yield "docProps/app.xml", kind, f"<Properties {start}><Company></Company></Properties>"


def package(catalog: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every part of the package by name, [Content_Types].xml first."""
    odd, even = footer("FooterOdd"), footer("FooterEven")
    word = [("document", "document.main", document(catalog)), ("styles", "styles", styles())]
    word += [("settings", "settings", settings()), ("fontTable", "fontTable", font_table())]
    word += [("footer1", "footer", odd), ("footer2", "footer", even)]
    typed = [(f"word/{name}.xml", f"{WORD}.{kind}+xml", text) for name, kind, text in word]
    typed += properties(catalog["title"])
    types = f'<Default Extension="rels" ContentType="{VENDOR}-package.relationships+xml"/>'
    types += '<Default Extension="xml" ContentType="application/xml"/>'
    types += "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind, _ in typed)
    yield "[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>'
    office = f"{OFFICE}/relationships"
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    top = [(f"{office}/officeDocument", "word/document.xml"), (core, "docProps/core.xml")]
    yield "_rels/.rels", relationships([*top, (f"{office}/extended-properties", "docProps/app.xml")])
    inner = [(f"{office}/{kind}", f"{name}.xml") for name, kind, _ in word[1:]]
    yield "word/_rels/document.xml.rels", relationships(inner)
    yield from ((name, text) for name, _, text in typed)


def build(catalog: Mapping[str, Any]) -> bytes:
    """The blank form as the bytes of a .docx file, the same at every run."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in package(catalog):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.compress_type = 0, zipfile.ZIP_DEFLATED
            archive.writestr(info, (DECLARATION + text).encode("utf-8"), compresslevel=9)
    return target.getvalue()


def main() -> None:
    """Write the form."""
    parser = argparse.ArgumentParser(description="Build the blank official form from data/tasks.yaml.")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "templates" / "official.docx")
    output: Path = parser.parse_args().output
    output.write_bytes(build(yaml.safe_load((ROOT / "data" / "tasks.yaml").read_text(encoding="utf-8"))))
    print(output)


if __name__ == "__main__":
    main()
