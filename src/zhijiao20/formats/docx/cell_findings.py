"""Report what is in a status cell and is not plain text."""

from __future__ import annotations

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Collector, Place
from zhijiao20.formats.docx.cell_text import CellText

_SAVE = "在 Word 或 WPS 中打开，另存为 .docx"


def report_content(found: CellText, out: Collector, task: str, place: Place) -> None:
    """Report the content of a cell that is lost, guessed or hidden.

    Args:
        found: what was read.
        out: collects the findings.
        task: the task of the cell.
        place: where the cell stands.
    """
    for code, message, hint in (*_lost(found), *_shown_otherwise(found)):
        out.add(code, message, hint, place=place, task=task)


def _lost(found: CellText) -> list[tuple[str, str, str]]:
    """Return code, message and hint for content that was not read."""
    findings: list[tuple[str, str, str]] = []
    if found.kinds:
        message = f"格内有{'、'.join(dict.fromkeys(found.kinds))}，其中的内容没有采用"
        findings.append(("ZJ010", message, "把要报送的内容写成文字，其余的删去"))
    if found.has_computed:
        message = "格内有由 Word 计算的内容（域，如页码、日期），值不在文件里，读到的文字有缺口"
        findings.append(("ZJ010", message, "把这些内容删去，改成手写的文字"))
    if found.has_embedded:
        message = "格内有嵌入的文件（如网页片段），其中的内容没有采用"
        findings.append(("ZJ010", message, f"{_SAVE}，它就变成文字；再报送新存的这一份"))
    if found.unread:
        message = f"格内有程序不认识的内容，没有采用：{quote(''.join(found.unread))}"
        findings.append(("ZJ010", message, f"把这些文字重新打一遍；或{_SAVE}"))
    return findings


def _shown_otherwise(found: CellText) -> list[tuple[str, str, str]]:
    """Return code, message and hint for text that Word shows otherwise than it was read."""
    findings: list[tuple[str, str, str]] = []
    if found.symbols:
        message = f"有符号字体（如 Wingdings）的字，不知道显示成什么，已照字母读取：{quote(''.join(found.symbols))}"
        findings.append(("ZJ010", message, "改用普通的符号，如 ☑、□、√"))
    if found.marked:
        message = f"有删除线、上标或下标，已照普通文字读取：{quote(''.join(found.marked))}"
        findings.append(("ZJ010", message, "划掉的请删去；上标、下标改写成文字，如“平方米”"))
    if found.hidden:
        message = f"有隐藏的文字，已照样读取：{quote(''.join(found.hidden))}"
        findings.append(("ZJ017", message, "在 Word 中取消隐藏，看一眼内容"))
    if found.numbered:
        message = f"有 {found.numbered} 段用了自动编号，已把编号写成文字"
        findings.append(("ZJ011", message, "对照原文件看一眼编号"))
    return findings
