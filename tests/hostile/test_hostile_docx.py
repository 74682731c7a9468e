"""Word documents from a stranger: whatever they hold, an answer, in bounded time and memory."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from attack import MIB, PEAK, POSIX, Case, answered, answered_in_bounds, ids, pack, parts, run
from test_hostile_xlsx import LAUGHS, OUTSIDE

from zhijiao20.system.discovery import load_catalog

MAIN, NUMBERING, STYLES, LINKS = "word/document.xml", "word/numbering.xml", "word/styles.xml", "_rels/.rels"
W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"


def but(**changed: bytes | str) -> bytes:
    names = {"main": MAIN, "numbering": NUMBERING, "styles": STYLES, "links": LINKS}
    return pack({**parts("docx"), **{names[name]: content for name, content in changed.items()}})


def main() -> str:
    return parts("docx")[MAIN].decode()


def above(xml: str) -> str:
    """The document with something above the table, and above its own 填报单位."""
    return main().replace("<w:body>", f"<w:body>{xml}", 1)


def in_cells(xml: str, count: int) -> str:
    """The document with something in its first status cells."""
    return main().replace("</w:tc></w:tr>", f"{xml}</w:tc></w:tr>", count)


def below(xml: str) -> str:
    """The document with more rows."""
    return main().replace("</w:tbl>", f"{xml}</w:tbl>", 1)


def said(text: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def cells(*texts: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{said(text)}</w:tc>' for text in texts)}</w:tr>"


def reversed_tasks(xml: str) -> str:
    """A document in which all tasks but the first are written from their ends: the same characters, and no task."""
    for task in islice(load_catalog().tasks.values(), 1, None):
        xml = xml.replace(escape(task.text), escape(task.text[::-1]))
    return xml


LAST = "完善职业教育督导评估办法，建立职业教育定期督导评估和专项督导评估制度，落实督导报告、公报、约谈、限期整改、奖惩等制度。"
TASK = "严把教学标准和毕业学生质量标准两个关口。"
LEVEL = "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:lvlText w:val='{}'/></w:lvl></w:abstractNum>"
LIST = "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
NUMBERED = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"

CASES = [
    Case("laughs", "正文里的实体炸弹（十亿个哈）", lambda: but(main=LAUGHS + "<a>&x9;</a>"), "ZJ002", "带有 DTD"),
    Case("laughs-numbering", "编号部件里的实体炸弹", lambda: but(numbering=LAUGHS + "<a>&x9;</a>"), "ZJ002", "带有 DTD"),
    Case("laughs-styles", "样式部件里的实体炸弹", lambda: but(styles=LAUGHS + "<a>&x9;</a>"), "ZJ002", "带有 DTD"),
    Case("laughs-links", "关系部件里的实体炸弹", lambda: but(links=LAUGHS + "<a>&x9;</a>"), "ZJ002", "带有 DTD"),
    Case("quadratic", "一百万字的实体引用一百万次", lambda: but(main=f"<!DOCTYPE a [<!ENTITY x '{'a' * 1_000_000}'>]><a>{'&x;' * 1_000_000}</a>"), "ZJ002", "带有 DTD", big=True),
    Case("outside", "外部实体 `file:///etc/passwd`", lambda: but(main=OUTSIDE), "ZJ002", "带有 DTD"),
    Case("outside-parameter", "外部参数实体（从网上取）", lambda: but(main='<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]><a/>'), "ZJ002", "带有 DTD"),
    Case("dtd-utf-16", "UTF-16 写的 DTD", lambda: but(main=f"<?xml version='1.0' encoding='UTF-16'?>{LAUGHS}<a>&x9;</a>".encode("utf-16")), "ZJ002", "带有 DTD"),
    Case("paragraphs", "一千六百万个空段落", lambda: but(main=above("<w:p/>" * 16_000_000)), "ZJ002", "内容太多", big=True),
    Case("runs", "三百万个文字块", lambda: but(main=above(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 3_000_000}</w:p>")), "ZJ002", "内容太多", big=True),
    Case("attributes", "一个元素三百万个属性", lambda: but(main=above(f"<w:p {' '.join(f'w:a{n}=' + chr(34) * 2 for n in range(3_000_000))}/>")), "ZJ002", "内容太多", big=True),
    Case("paragraphs-under", "一百四十万个空段落", lambda: but(main=above("<w:p/>" * 1_400_000)), "", big=True),
    Case("deep", "嵌套十万层", lambda: but(main=above("<w:p>" * 100_000 + "</w:p>" * 100_000)), "ZJ002", "XML 已损坏"),
    Case("controls-deep", "内容控件嵌套一百多层", lambda: but(main=above("<w:sdt><w:sdtContent>" * 110 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 110)), ""),
    Case("tables", "十六万张表", lambda: but(main=above("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 160_000)), "", big=True),
    Case("rows-alike", "两万行与任务相似的行", lambda: but(main=below(cells("", "", TASK[:-2], "x") * 20_000)), "ZJ101", "不是官方任务", big=True),
    Case("rows-reversed", "一万行倒着写的任务，只有一项没有倒写", lambda: but(main=reversed_tasks(below(cells("", "", LAST, "x") * 10_000))), "ZJ101", "不是官方任务", big=True),
    Case("rows-doubled", "同一任务三万行", lambda: but(main=below(cells("", "", TASK, "x").replace(" xml:space='preserve'", "") * 30_000)), "ZJ001", "问题超过 2 万条", big=True),
    Case("cell-9m", "每格九百万字", lambda: but(main=in_cells(said("a" * (9 * MIB)), 10)), "ZJ002", "超过 50 万字的上限", big=True),
    Case("cell-200k", "一格二十万字", lambda: but(main=in_cells(said("字" * 200_000), 1)), ""),
    Case("styles-chain", "两万级的样式继承", lambda: but(styles=f"<w:styles {W}>" + "".join(f"<w:style w:styleId='s{n}'><w:basedOn w:val='s{n + 1}'/></w:style>" for n in range(20_000)) + "</w:styles>"), "", big=True),
    Case("styles-circle", "绕成圈的样式继承", lambda: but(styles=f"<w:styles {W}>" + "".join(f"<w:style w:styleId='s{n}'><w:basedOn w:val='s{(n + 1) % 9}'/></w:style>" for n in range(9)) + "</w:styles>"), ""),
    Case("label-long", "二十万字的自动编号样式", lambda: but(numbering=f"<w:numbering {W}>{LEVEL.format('%1' * 100_000)}{LIST}</w:numbering>", main=above(NUMBERED * 3000)), "", big=True),
    Case("lists", "十五万个编号列表", lambda: but(numbering=f"<w:numbering {W}>" + "".join(f"<w:num w:numId='{n}'><w:abstractNumId w:val='1'/></w:num>" for n in range(150_000)) + "</w:numbering>"), "", big=True),
    Case("lead-blank", "“填报单位：”后面二十万个空格", lambda: but(main=above(said("填报单位：" + " " * 200_000 + "x"))), "", big=True),
    Case("lead-gaps", "“填报单位：”后面十万处空隙", lambda: but(main=above(said("填报单位：" + "  aa" * 100_000))), "ZJ106", "单位有", big=True),
    Case("lead-labels", "“填 报 单 位”写十万遍", lambda: but(main=above(said(" 填 报 单 位 " * 100_000))), "ZJ110", "表格上面的文字未采用", big=True),
    Case("lead-brackets", "“填报单位（”写十万遍", lambda: but(main=above(said(" 填报单位（" * 100_000))), "ZJ110", "表格上面的文字未采用", big=True),
    Case("runs-deep", "两格里各七十万个文字块，嵌在二百层修订里", lambda: but(main=in_cells(f"<w:p>{'<w:ins>' * 200}{'<w:r/>' * 700_000}{'</w:ins>' * 200}</w:p>", 2)), "ZJ009", "没有接受的修订", big=True),
    Case("drawings-deep", "两格里各七十万张图片，嵌在二百层修订里", lambda: but(main=in_cells(f"<w:p>{'<w:ins>' * 200}<w:r>{'<w:drawing/>' * 700_000}</w:r>{'</w:ins>' * 200}</w:p>", 2)), "ZJ010", "格内有图片", big=True),
    Case("rows-bare", "一百四十万个空行", lambda: but(main=below("<w:tr/>" * 1_400_000)), "", big=True),
    Case("tables-below", "表格下面一万六千张有任务的表、十六万个空段落", lambda: but(main=main().replace("</w:tbl>", f"</w:tbl>{f'<w:tbl>{cells(TASK)}</w:tbl>' * 16_000}{'<w:p/>' * 160_000}", 1)), "ZJ102", "出现", big=True),
    Case("columns", "两万个不认识的列，两万格的行", lambda: but(main=below(cells("任务", "落实情况", *"甲" * 20_000) + f"<w:tr>{'<w:tc/>' * 20_000}</w:tr>")), "ZJ110", "未采用不认识的列", big=True),
    Case("pictures", "一格五千张图片", lambda: but(main=in_cells(f"<w:p>{'<w:r><w:drawing/></w:r>' * 5000}</w:p>", 80)), "ZJ010", "格内有图片", big=True),
    Case("comments", "关系部件里的注释和处理指令", lambda: but(links=parts("docx")[LINKS].decode().replace("<Relationship ", "<!-- x --><?x?><Relationship ", 1)), ""),
    Case("no-relation", "关系部件里只有注释", lambda: but(links="<a><!-- x --><?x?></a>"), "ZJ002", "里面没有 Word 正文"),
    Case("control", "正文里的控制字符", lambda: but(main=in_cells(said("&#x1b;[31m"), 3)), "ZJ002", "XML 已损坏"),
    Case("utf-7", "UTF-7 的正文", lambda: but(main=main().replace("UTF-8", "UTF-7").replace("<", "+ADw-")), "ZJ002", "XML 已损坏"),
]  # fmt: skip


@POSIX
@pytest.mark.minutes
@pytest.mark.parametrize("case", [case for case in CASES if case.big], ids=ids)
def test_a_big_file_is_answered_in_bounds(case: Case, tmp_path: Path) -> None:
    """Less than 500 MB and ten seconds, and the file beside it is read all the same."""
    answered_in_bounds(case, "docx", tmp_path)


@pytest.mark.parametrize("case", [case for case in CASES if not case.big], ids=ids)
def test_a_hostile_file_is_answered(case: Case, tmp_path: Path) -> None:
    """By a rule, with a place and a remedy; nothing in it runs, nothing of it acts on the screen."""
    answered(case, "docx", tmp_path)


PROMPTS = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
FORMS = {
    "namespaces": (lambda: main().replace("<w:document ", "<w:document " + "".join(f"xmlns:n{n}='u' " for n in range(8000)), 1), 1),
    "properties": (lambda: main().replace("<w:pPr>", f"<w:pPr>{'<w:keepNext/>' * 2_000}"), 1),
    "prompts": (lambda: main().replace("<w:tbl>", f"{PROMPTS * 40}<w:tbl>").replace("</w:tbl>", f"<w:tr>{'<w:r/>' * 400_000}</w:tr></w:tbl>{'</w:sdtContent></w:sdt>' * 40}"), 0),
}  # fmt: skip


@POSIX
@pytest.mark.minutes
@pytest.mark.parametrize(("form", "code"), FORMS.values(), ids=FORMS.keys())
def test_a_strange_form_is_filled_or_refused_in_bounds(form: Callable[[], str], code: int, tmp_path: Path) -> None:
    """What a form has around its cells goes along with every paragraph that is put there."""
    (tmp_path / "表样.docx").write_bytes(but(main=form()))
    (tmp_path / "甲.yaml").write_text(f'单位: 甲\n任务:\n  "1.1": "{"甲" * 50}。"\n', encoding="utf-8")
    command = ["render", "甲.yaml", "--template", "表样.docx", "-o", "附表2.docx", "--allow-incomplete"]
    done = run(*command, cwd=tmp_path)
    assert (done.code, done.in_time, done.peak < PEAK) == (code, True, True), (done.err[-300:], done.seconds)
    assert (tmp_path / "附表2.docx").exists() is (code == 0)
    assert ("内部格式太多" in done.out + done.err) is (code == 1)
