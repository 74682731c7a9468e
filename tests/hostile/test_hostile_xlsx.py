"""Workbooks from a stranger: whatever they hold, an answer, in bounded time and memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from attack import MIB, POSIX, Case, answered, answered_in_bounds, ids, pack, parts

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
LINKS, DRAWN = "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = (
    "<!DOCTYPE a [<!ENTITY x0 'ha'>"
    + "".join(f"<!ENTITY x{number} '{f'&x{number - 1};' * 10}'>" for number in range(1, 10))
    + "]>"
)
OUTSIDE = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"
FILLED = {"A": "甲", "B": "1.1", "G": "x"}


def row(number: int, texts: dict[str, str]) -> str:
    cells = (f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for column, text in texts.items())
    return f'<row r="{number}">{"".join(cells)}</row>'


HEAD = row(3, dict(zip("ABCDEFGH", ["单位", "编号", "部分", "条目", "任务", "进展", "落实情况", "佐证"], strict=True)))


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return f"<worksheet {NAMESPACE}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def but(**changed: bytes | str) -> bytes:
    names = {"sheet": SHEET, "strings": STRINGS, "styles": STYLES, "book": "xl/workbook.xml", "links": "_rels/.rels"}
    return pack({**parts("xlsx"), **{names[name]: content for name, content in changed.items()}})


def filled(rows: str, before: str = "", after: str = "") -> bytes:
    return but(sheet=sheet(HEAD + rows, before, after))


def several(number: int, content: str) -> bytes:
    """A workbook of so many sheets that are all alike."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(f'<sheet name="表{n}" r:id="r{n}"/>' for n in range(number))
    links = "".join(f'<Relationship Id="r{n}" Type="{kind}/worksheet" Target="{n}.xml"/>' for n in range(number))
    return pack(
        {
            "_rels/.rels": parts("xlsx")["_rels/.rels"],
            "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{kind}"><sheets>{listed}</sheets></workbook>',
            LINKS: f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
            **{f"xl/{n}.xml": content for n in range(number)},
        }
    )


def wide(columns: int) -> str:
    """A header with so many columns that no one knows, and one row."""
    names = ["单位", "编号", "落实情况", *(f"x{n}" for n in range(columns - 3))]
    cells = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in names)
    return f'<row r="3">{cells}</row>{row(4, {"A": "甲", "B": "1.1", "C": "x"})}'


def styled(rows: int, number: int = 9799, code: str = "0" * 240) -> bytes:
    """So many number formats that look alike, used in turn."""
    used = range(200, 200 + number)
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}{n}"/>' for n in used)
    cells = "".join(f'<xf numFmtId="{n}"/>' for n in used)
    styles = f"<styleSheet {NAMESPACE}><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>"
    body = "".join(f'<row r="{n}"><c r="A{n}" s="{n % (number - 99)}"><v>1.5</v></c></row>' for n in range(4, rows))
    return but(styles=styles, sheet=sheet(HEAD + body))


CASES = [
    Case("laughs-sheet", "工作表里的实体炸弹（十亿个哈）", lambda: but(sheet=LAUGHS + "<a>&x9;</a>"), "ZJ002", "带有 DTD"),
    Case("laughs-book", "工作簿部件里的实体炸弹", lambda: but(book=LAUGHS + "<a>&x9;</a>"), "ZJ002", "带有 DTD"),
    Case("laughs-styles", "样式部件里的实体炸弹", lambda: but(styles=LAUGHS + "<a>&x9;</a>", sheet=sheet(HEAD + '<row r="4"><c r="A4" s="1"><v>1.5</v></c></row>')), "ZJ002", "带有 DTD"),
    Case("laughs-links", "关系部件里的实体炸弹", lambda: but(links=LAUGHS + "<a>&x9;</a>"), "ZJ002", "带有 DTD"),
    Case("outside", "外部实体 `file:///etc/passwd`", lambda: but(strings=OUTSIDE), "ZJ002", "带有 DTD"),
    Case("undefined", "没有定义的实体", lambda: filled("<row>&nope;</row>"), "ZJ002", "内部已损坏"),
    Case("deep", "嵌套一百万层", lambda: filled("<a>" * 1_000_000 + "</a>" * 1_000_000), "ZJ002", "层次太深", big=True),
    Case("attributes", "一个元素三百万个属性", lambda: filled(f"<row {' '.join(f'a{n}=' + chr(34) * 2 for n in range(3_000_000))}/>"), "ZJ002", "内容太多", big=True),
    Case("attribute-long", "一个 90 MiB 的属性", lambda: filled(f'<row a="{"a" * (90 * MIB)}"/>'), "ZJ002", "内容太多", big=True),
    Case("name-long", "40 MiB 的元素名", lambda: filled(f"<{'a' * (40 * MIB)}/>"), "ZJ002", "内容太多", big=True),
    Case("elements", "五百万个共享字符串", lambda: but(strings=f"<sst {NAMESPACE}>{'<si><t>a</t></si>' * 5_000_000}</sst>"), "ZJ002", "内容太多", big=True),
    Case("rows-empty", "一百万行空行", lambda: filled("".join(f'<row r="{n}"/>' for n in range(4, 1_048_577))), "ZJ118", "没有一行填报内容", big=True),
    Case("rows-styled", "一百万行只有格式", lambda: filled("".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 1_048_577))), "ZJ118", "没有一行填报内容", big=True),
    Case("cells", "九十六万个有字的格", lambda: filled("".join(row(n, FILLED) for n in range(4, 320_000))), "ZJ002", "超过 100 万格", big=True),
    Case("cells-more", "比一百万更多的有字的格", lambda: filled("".join(row(n, FILLED) for n in range(4, 345_000))), "ZJ002", "超过 100 万个", big=True),
    Case("far-corner", "右下角 XFD1048576 有一个字", lambda: filled(row(4, FILLED) + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'), "ZJ110", "没有编号和落实情况"),
    Case("beyond", "格子写在 XFE1 之外", lambda: filled('<row r="4"><c r="XFE4" t="inlineStr"><is><t>x</t></is></c></row>'), "ZJ002", "内部已损坏"),
    Case("wide-and-long", "左上到右下斜着一万格", lambda: filled("".join(f'<row r="{n}"><c t="inlineStr" r="{chr(65 + n % 26)}{chr(65 + n % 23)}{n}"><is><t>x</t></is></c></row>' for n in range(4, 10_004))), "ZJ002", "超过 100 万格", big=True),
    Case("cell-200k", "一格二十万字", lambda: filled(row(4, {**FILLED, "G": "字" * 200_000})), ""),
    Case("cell-40m", "一格四千万字", lambda: filled(row(4, {**FILLED, "G": "a" * (40 * MIB)})), "ZJ001", "超过 50 万字的上限", big=True),
    Case("shared", "四十九万字的共享字符串用十万次", lambda: but(strings=f"<sst {NAMESPACE}><si><t>{'a' * 490_000}</t></si></sst>", sheet=sheet("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_000)))), "ZJ002", "文字超过 5000 万字", big=True),
    Case("units", "一份文件十万个单位", lambda: filled("".join(row(n, {**FILLED, "A": f"单位{n}"}) for n in range(4, 100_000))), "ZJ001", "超过 500 个的上限", big=True),
    Case("units-numbers", "三十万个单位，单位、编号、落实情况都是数", lambda: but(sheet=sheet(wide(3).partition("</row>")[0] + "</row>" + "".join(f'<row r="{n}"><c><v>{n}.17</v></c><c><v>{n}.27</v></c><c><v>{n}.37</v></c></row>' for n in range(4, 300_000)))), "ZJ001", "超过 500 个的上限", big=True),
    Case("merged", "九万处合并到表底的格", lambda: filled("".join(row(n, FILLED) for n in range(4, 1000)), after="".join(f'<mergeCell ref="A{n}:H1048576"/>' for n in range(4, 90_000))), "ZJ002", "合并单元格的范围太大", big=True),
    Case("merged-columns", "一万六千列，十万处合并单元格", lambda: but(sheet=sheet(wide(16_384), after='<mergeCell ref="A9"/>' * 100_000)), "ZJ110", "不认识的列", big=True),
    Case("merged-beside", "十万行，右边十万处合并到表底的格", lambda: filled("".join(row(n, {"A": "甲"}) for n in range(4, 100_000)), after='<mergeCell ref="Z4:Z1048576"/>' * 100_000), "ZJ001", "问题超过 2 万条", big=True),
    Case("merged-sheets", "四十张工作表，每张九万处重叠的合并单元格", lambda: several(40, sheet(HEAD + "".join(row(n, FILLED) for n in range(4, 12)), after='<mergeCell ref="H5:H9"/>' * 90_000)), "ZJ002", "合并单元格超过 10 万处", big=True),
    Case("columns-sheets", "十张工作表，每张一万六千列", lambda: several(10, sheet(wide(16_384))), "ZJ018", "10 张工作表有填报的表头", big=True),
    Case("columns-hidden", "三张工作表，每张一万六千列都叫落实情况，一万六千处隐藏", lambda: several(3, sheet(row(3, {"A": "单位", "B": "编号"})[:-6] + '<c t="inlineStr"><is><t>落实情况</t></is></c>' * 16_382 + "</row>" + row(4, FILLED), "<cols>" + '<col min="0" max="0" hidden="1"/>' * 16_384 + "</cols>")), "ZJ114", "出现了两次", big=True),
    Case("names", "五百万个名称各不相同的元素", lambda: filled("", after="".join(f"<a{n}/>" for n in range(5_000_000))), "ZJ002", "内容太多", big=True),
    Case("strings", "二百九十万个共享字符串", lambda: but(strings=f"<sst {NAMESPACE}>" + "".join(f"<si><t>中{n}</t></si>" for n in range(2_900_000)) + "</sst>"), "ZJ002", "内容太多", big=True),
    Case("string-wide", "没有用到的共享字符串，九千万个字母和一个表情", lambda: but(strings=f"<sst {NAMESPACE}><si><t>😀{'a' * (90 * MIB)}</t></si></sst>", sheet=sheet(HEAD + row(4, FILLED))), "ZJ001", "超过 50 万字的上限", big=True),
    Case("formula-wide", "九千万个字母和一个表情的公式", lambda: filled(f'<row r="4"><c r="G4"><f>😀{"a" * (90 * MIB)}</f></c></row>'), "ZJ001", "超过 50 万字的上限", big=True),
    Case("formats-wide", "二十三种各四百万字的数字格式", lambda: but(styles=f"<styleSheet {NAMESPACE}>" + "".join(f'<numFmt numFmtId="{n}" formatCode="😀{"a" * 4_100_000}"/>' for n in range(23)) + "</styleSheet>", sheet=sheet(HEAD + row(4, FILLED))), "ZJ202", "", big=True),
    Case("formats-many", "二十万种数字格式各用一次", lambda: styled(200_000, 200_000), "ZJ002", "内容太多", big=True),
    Case("links", "一百五十万个内部关系", lambda: pack({**parts("xlsx"), LINKS: f'<Relationships xmlns="{PACKAGE}">' + "".join(f'<Relationship Id="中{n}" Type="/中" Target="中{n}"/>' for n in range(1_500_000)) + "</Relationships>"}), "ZJ002", "内容太多", big=True),
    Case("anchor-wide", "图片的位置写成九千万位数", lambda: pack({**parts("xlsx"), SHEET: sheet(HEAD + row(4, FILLED)), DRAWN: f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="/drawing" Target="d.xml"/></Relationships>', "xl/worksheets/d.xml": f'<d xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><from><col>😀{"1" * (90 * MIB)}</col></from></d>'}), "ZJ001", "有一段文字超过 50 万字的上限", big=True),
    Case("formula-long", "八百万字的公式", lambda: filled(f'{row(4, {"A": "甲", "B": "1.1"})[:-6]}<c r="G4"><f>{"A" * 8_000_000}</f></c></row>'), "ZJ015", "文件里没有算出的结果", big=True),
    Case("formulas", "十万个没有算过的公式", lambda: filled("".join(f'{row(n, {"A": "甲", "B": "1.1"})[:-6]}<c r="G{n}"><f>A1</f></c></row>' for n in range(4, 100_000))), "ZJ001", "问题超过 2 万条", big=True),
    Case("formats-short", "一万种短的数字格式轮着用", lambda: styled(110_000, code="0" * 35), "ZJ001", "问题超过 2 万条", big=True),
    Case("formats", "一万种数字格式轮着用", lambda: styled(110_000), "ZJ001", "问题超过 2 万条", big=True),
    Case("numbers", "四百位的数字", lambda: filled("".join(f'<row r="{n}"><c r="A{n}"><v>{"1" * 400}e99999</v></c></row>' for n in range(4, 500))), "ZJ013", ""),
    Case("sheet-name", "一百万字的工作表名", lambda: but(book=parts("xlsx")["xl/workbook.xml"].decode().replace('name="落实情况"', f'name="{"1" * 1_000_000}"'), sheet=sheet(HEAD + row(4, {**FILLED, "B": "x"}))), "ZJ101", "没有编号", big=True),
    Case("sheets", "同一张工作表列一百万次", lambda: but(book=f'<workbook {NAMESPACE} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>' + '<sheet name="b" r:id="rId1"/>' * 1_000_000 + "</sheets></workbook>"), "ZJ002", "内部已损坏", big=True),
    Case("escapes", "`_x0000_`、`_x001B_`、`_xD800_`", lambda: filled(row(4, {**FILLED, "G": "_x0000__x001B_[31m_xD800_[red]x[/]"})), "ZJ006", "\\ud800、\\x00、\\x1b"),
    Case("utf-7", "UTF-7 的部件", lambda: but(sheet='<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-'), "ZJ002", "内部已损坏"),
    Case("truncated-xml", "写到一半的部件", lambda: filled("<row><c>")[:-1], "ZJ002", "已损坏"),
]  # fmt: skip


@POSIX
@pytest.mark.minutes
@pytest.mark.parametrize("case", [case for case in CASES if case.big], ids=ids)
def test_a_big_file_is_answered_in_bounds(case: Case, tmp_path: Path) -> None:
    """Less than 500 MB and ten seconds, and the file beside it is read all the same."""
    answered_in_bounds(case, "xlsx", tmp_path)


@pytest.mark.parametrize("case", [case for case in CASES if not case.big], ids=ids)
def test_a_hostile_file_is_answered(case: Case, tmp_path: Path) -> None:
    """By a rule, with a place and a remedy; nothing in it runs, nothing of it acts on the screen."""
    answered(case, "xlsx", tmp_path)
