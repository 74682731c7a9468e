"""Build the blank official Word form, templates/official.docx, and its landscape variant from data/tasks.yaml.

Typesetting follows GB/T 9704-2012 as far as it speaks of an attachment table. The WordprocessingML is written
directly: no trace of a tool, valid against ECMA-376 transitional, the same bytes at every run.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from form_parts import (
    FANG,
    HEI,
    KAI,
    MAIN,
    OFFICE,
    PACKAGE,
    SONG,
    TITLE_SONG,
    VENDOR,
    WORD,
    archive,
    exactly,
    font_table,
    fonts,
    paragraph,
    plain,
    properties,
    relationships,
    settings,
    size,
    style,
    w,
)

ROOT = Path(__file__).resolve().parents[1]
LINE_PITCH = 579  # 22 lines a page

# The dash of “— 1 —” lies 7 mm below the type area, that is 35 - 7 = 28 mm above the edge of the sheet. It sits
# at half the height of its line, and w:footer measures to the lower edge of that line: half a line comes off.
FOOTER_LINE = 320
ONE_CHARACTER = 280  # of the page number, which is set in 14 pt

# The text of a cell is narrower than the cell by its two side margins; a few points are to spare.
CHARACTER, CELL_SIDE = 240, 72
# 21 pt for text of 12 pt. A fixed pitch leaves its spare room above the text; the cell's lower margin balances it.
TABLE_LINE, CELL_BELOW = 420, 80


def twips(millimetres: float) -> int:
    """A length in the unit of the format."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Sheet:
    """A sheet of A4, its margins (top, right, bottom, left) and its table; lengths are in twips."""

    width: int
    height: int
    margins: tuple[int, int, int, int]
    footer: int
    characters: tuple[int, int, int]  # of 12 pt in a line of 部分, 条目 and 任务; 落实情况 has the rest
    landscape: bool = False

    @property
    def type_width(self) -> int:
        """The width of the type area, which the table fills."""
        return self.width - self.margins[1] - self.margins[3]

    @property
    def type_height(self) -> int:
        """The height of the type area."""
        return self.height - self.margins[0] - self.margins[2]

    @property
    def columns(self) -> tuple[int, ...]:
        """The widths of the four columns."""
        narrow = tuple(count * CHARACTER + 2 * CELL_SIDE + 10 for count in self.characters)
        return (*narrow, self.type_width - sum(narrow))


# The margins leave a type area of 156 × 225 mm.
TOP, RIGHT, BOTTOM, LEFT = map(twips, (37, 26, 35, 28))
NUMBER = BOTTOM - twips(7) - FOOTER_LINE // 2
PORTRAIT = Sheet(11906, 16838, (TOP, RIGHT, BOTTOM, LEFT), NUMBER, (4, 4, 10))
# The same sheet turned clockwise to be read: its left edge is on top, on odd and even pages alike. So, bound into the
# upright document, the head of the table is at the spine on odd pages and at the fore edge on even ones.
LANDSCAPE = Sheet(16838, 11906, (LEFT, TOP, RIGHT, BOTTOM), 851, (4, 5, 12), landscape=True)

LEFTWARD, CENTRED, RIGHTWARD, BOTH = (w("jc", val=side) for side in ("left", "center", "right", "both"))


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
    # Not justified: a long number or a Latin word that does not fit would pull the narrow line before it apart.
    yield style("TableTask", "任务", "TableText", LEFTWARD)
    yield style("TableStatus", "落实情况", "TableText", LEFTWARD)
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


def cell(width: int, ident: str, text: str, **shape: str | int) -> str:
    """One cell; the shape is gridSpan or vMerge. An empty one holds a paragraph without a run."""
    # Filled rows run over pages: their texts begin at the top, so that a task stands where its row begins.
    merged = "".join(w(tag, val=value) for tag, value in shape.items())
    aligned = w("vAlign", val="center") if ident == "TableHeading" else ""
    properties = w("tcPr", w("tcW", w=width, type="dxa"), merged, aligned)
    return w("tc", properties, paragraph(ident, *([plain(text)] if text else [])))


def rows(catalog: Mapping[str, Any], columns: Sequence[int]) -> Iterator[str]:
    """The header row, which each page repeats, and one row a task."""
    group, task, status = catalog["header"]
    wide, narrow, task_width, status_width = columns
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


def document(catalog: Mapping[str, Any], sheet: Sheet) -> str:
    """word/document.xml."""
    shape = [w("tblStyle", val="OfficialTable"), w("tblW", w=sheet.type_width, type="dxa")]
    shape += [w("tblLayout", type="fixed"), w("tblLook", val="0620")]
    grid = w("tblGrid", *(w("gridCol", w=width) for width in sheet.columns))
    reference = '<w:footerReference w:type="{}" r:id="{}"/>'
    footers = reference.format("default", "rId4") + reference.format("even", "rId5")
    margins = dict(zip(("top", "right", "bottom", "left"), sheet.margins, strict=True))
    turned = {"orient": "landscape"} if sheet.landscape else {}
    page = w("pgSz", w=sheet.width, h=sheet.height, **turned)
    page += w("pgMar", **margins, header=851, footer=sheet.footer, gutter=0)
    page += w("cols", space=425) + w("docGrid", type="lines", linePitch=LINE_PITCH)
    above = paragraph("AttachmentLabel", plain(catalog["label"])) + paragraph("Normal")
    above += paragraph("TableTitle", plain(catalog["title"]))
    table = w("tbl", w("tblPr", *shape), grid, *rows(catalog, sheet.columns))
    body = w("body", above, table, paragraph("TableEnd"), w("sectPr", footers, page))
    return f'<w:document {MAIN} xmlns:r="{OFFICE}/relationships">{body}</w:document>'


def beside(sheet: Sheet, *paragraphs: str) -> str:
    """A strip along the left side of the type area, as high as it, whose text runs down the sheet.

    A floating table, because a cell is the one place for turned text that every program knows.
    """
    place: dict[str, str | int] = {"leftFromText": 0, "rightFromText": 0, "vertAnchor": "page", "horzAnchor": "page"}
    place |= {"tblpX": NUMBER, "tblpY": sheet.margins[0]}
    shape = [w("tblpPr", **place), w("tblW", w=FOOTER_LINE, type="dxa"), w("tblLayout", type="fixed")]
    shape.append(w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))))
    grid = w("tblGrid", w("gridCol", w=FOOTER_LINE))
    down = w("tcPr", w("tcW", w=FOOTER_LINE, type="dxa"), w("textDirection", val="tbRl"))
    height = w("trPr", w("trHeight", val=sheet.type_height, hRule="exact"))
    return w("tbl", w("tblPr", *shape), grid, w("tr", height, w("tc", down, *paragraphs)))


def footer(sheet: Sheet, ident: str) -> str:
    """A footer part: the page number between two dashes, on a landscape sheet where an upright one has it."""
    texts = (("t", "— "), ("instrText", " PAGE "), ("t", " —"))
    before, code, after = (f'<w:{tag} xml:space="preserve">{text}</w:{tag}>' for tag, text in texts)
    begin, separate, end = (w("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    number = paragraph(ident, *(w("r", run) for run in (before, begin, code, separate, w("t", "1"), end, after)))
    if sheet.landscape:
        number = beside(sheet, number) + paragraph("Footer")
    return f"<w:ftr {MAIN}>{number}</w:ftr>"


def package(catalog: Mapping[str, Any], sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Every part of the package by name, [Content_Types].xml first."""
    odd, even = footer(sheet, "FooterOdd"), footer(sheet, "FooterEven")
    word = [("document", "document.main", document(catalog, sheet)), ("styles", "styles", styles())]
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


def build(catalog: Mapping[str, Any], *, landscape: bool = False) -> bytes:
    """The blank form as the bytes of a .docx file, the same at every run."""
    return archive(package(catalog, LANDSCAPE if landscape else PORTRAIT))


def main() -> None:
    """Write the form that is asked for, or both to their places."""
    parser = argparse.ArgumentParser(description="Build the blank official form from data/tasks.yaml.")
    parser.add_argument("--landscape", action="store_true", help="the landscape variant; without any option: both")
    parser.add_argument("-o", "--output", type=Path, help="where to write, instead of to templates/")
    options = parser.parse_args()
    catalog = yaml.safe_load((ROOT / "data" / "tasks.yaml").read_text(encoding="utf-8"))
    variants = (False, True) if options.output is None and not options.landscape else (options.landscape,)
    for landscape in variants:
        name = "official-landscape.docx" if landscape else "official.docx"
        output: Path = options.output or ROOT / "templates" / name
        output.write_bytes(build(catalog, landscape=landscape))
        print(output)


if __name__ == "__main__":
    main()
