"""Builders of files for the examples that only a file of a certain kind can show."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from forms import W, changed, element, parts, repack, row_of
from forms import cell as form_cell
from lxml import etree
from sheets import HEADER, MAIN, pack, relations, row, sheet
from sheets import parts as workbook

from zhijiao20.commands.check_form import check_form
from zhijiao20.commands.init import scaffold
from zhijiao20.commands.open_form import FormChoice
from zhijiao20.commands.render import render as render_files
from zhijiao20.commands.validate import validate
from zhijiao20.core.findings import Finding
from zhijiao20.system.discovery import load_catalog, official_form

Builder = Callable[[Path], list[Finding]]
DONE = "印发教学诊断与改进实施方案。"
CSV = f"单位,编号,落实情况\n澄州市教育局,1.1,{DONE}\n"
YAML = f"单位: 澄州市教育局\n任务:\n  '1.1': {DONE}\n"


def content(name: str, data: bytes | str) -> Builder:
    """A file with this content, validated."""

    def build(folder: Path) -> list[Finding]:
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(validate([path]).findings)

    return build


def link(target: str) -> Builder:
    """A link to a file that may have gone."""

    def build(folder: Path) -> list[Finding]:
        (folder / "原件.yaml").write_text(YAML, encoding="utf-8")
        if os.name == "nt":
            pytest.skip("a link needs rights on Windows")
        (folder / "澄州市财政局.yaml").symlink_to(target)
        return list(validate([folder / "澄州市财政局.yaml"]).findings)

    return build


def huge(folder: Path) -> list[Finding]:
    """A file over the limit that takes no room on the disk."""
    path = folder / "澄州理工学校.csv"
    path.touch()
    os.truncate(path, 65 * 2**20)
    return list(validate([path]).findings)


def pipe(folder: Path) -> list[Finding]:
    """A named pipe."""
    if os.name == "nt":
        pytest.skip("Windows has no named pipes in folders")
    os.mkfifo(folder / "青溪县教育局.yaml")
    return list(validate([folder / "青溪县教育局.yaml"]).findings)


def gbk(told: str) -> bytes:
    return f"单位,编号,落实情况\n澄州市教育局,1.1,{told}\n".encode("gbk")


def word(inner: str, task: str = "1.1", numbered: bool = False) -> Builder:
    """A filled form of which one status cell holds this."""

    def put(root: etree._Element) -> None:
        target = form_cell(row_of(root, load_catalog(), task), 3)
        target.remove(target.find(f"{W}p"))
        for child in element(f"<w:x>{inner}</w:x>"):
            target.append(child)

    data = changed(put)
    if numbered:
        data = repack(parts(data) | {"word/numbering.xml": NUMBERING})
    return content("澄州市教育局.docx", data)


NUMBERING = (
    f'<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
).encode()


def p(*told: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in told)


def item(told: str) -> str:
    numbers = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    return f"<w:p>{numbers}<w:r><w:t>{told}</w:t></w:r></w:p>"


def struck(root: etree._Element) -> None:
    """A row deleted by a tracked change."""
    row_of(root, load_catalog(), "1.2").insert(0, element("<w:trPr><w:del w:id='1' w:author='a'/></w:trPr>"))


def form(change: Callable[[etree._Element], None] | None = None, data: bytes | None = None) -> Builder:
    """A form as ``form check`` sees it."""

    def build(folder: Path) -> list[Finding]:
        path = folder / "表样.docx"
        path.write_bytes(changed(change, data) if change else data or official_form())
        return list(check_form(path)[1].findings)

    return build


def gone(root: etree._Element) -> None:
    row = row_of(root, load_catalog(), "1.1")
    row.getparent().remove(row)


def reworded(root: etree._Element) -> None:
    node = next(form_cell(row_of(root, load_catalog(), "1.1"), 2).iter(f"{W}t"))
    node.text = node.text.replace("严把", "把好")


def no_table(root: etree._Element) -> None:
    for found in root.findall(f".//{W}tbl"):
        found.getparent().remove(found)


def remarks(root: etree._Element) -> None:
    for index, found in enumerate(root.findall(f".//{W}tr")):
        told = "备注" if index == 0 else ""
        found.append(element(f"<w:tc><w:p><w:r><w:t>{told}</w:t></w:r></w:p></w:tc>"))


def above(told: str) -> Callable[[etree._Element], None]:
    """A line above the table."""
    return lambda root: root.find(f".//{W}tbl").addprevious(element(p(told)))


def below(told: str) -> Callable[[etree._Element], None]:
    """A line below the table."""
    return lambda root: root.find(f".//{W}tbl").addnext(element(p(told)))


def render(template: bytes | None, unit: str = "", period: str = "") -> Builder:
    """What a render into a form says."""

    def build(folder: Path) -> list[Finding]:
        path, choice = folder / "澄州市教育局.yaml", FormChoice()
        path.write_text(YAML, encoding="utf-8")
        if template is not None:
            choice = FormChoice(folder / "表样.docx")
            (folder / "表样.docx").write_bytes(template)
        out = folder / "附表2.docx"
        done = render_files([path], out, form=choice, allow_incomplete=True, unit=unit or None, period=period or None)
        assert out.exists()
        return list(done.report.findings)

    return build


def number(reference: str, stored: str, style: int) -> str:
    return f'<c r="{reference}" s="{style}"><v>{stored}</v></c>'


STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs>'  # plain, 0%, a date


def excel(
    *rows: str, before: str = "", after: str = "", head: str = "", more: tuple[str, ...] = (), **book: object
) -> Builder:
    """A workbook whose first sheet holds a header and these rows."""
    first = sheet(head or row(1, *HEADER), *rows, before=before, after=after)
    return content("澄州市教育局.xlsx", pack(workbook(first, *more, styles=STYLES, **book)))  # type: ignore[arg-type]


def status(told: str, evidence: str = "") -> str:
    """A row that answers 1.1; a cell is a text, or XML where it starts with ``<``."""
    return row(2, "澄州市教育局", "1.1", "", "", "", told, evidence)


def second(told: str, evidence: str = "") -> str:
    return row(3, "", "1.2", "", "", "", told, evidence)


def formula(reference: str, code: str, stored: str) -> str:
    return f'<c r="{reference}" t="str"><f>{code}</f>{stored}</c>'


def failed(kind: str) -> str:
    return f'<c r="F2" t="e"><v>{kind}</v></c>'


def commented(folder: Path) -> list[Finding]:
    made = workbook(sheet(row(1, *HEADER), status(DONE)))
    made["xl/worksheets/_rels/sheet0.xml.rels"] = relations(("c", "comments", "../comments1.xml"))
    made["xl/comments1.xml"] = f'<comments xmlns="{MAIN}"><commentList><comment ref="F2"/></commentList></comments>'
    return content("澄州市教育局.xlsx", pack(made))(folder)


def scaffolded(folder: Path) -> list[Finding]:
    path = scaffold("澄州市教育局", "xlsx", folder / "澄州市教育局.xlsx")
    return list(validate([path]).findings)


def merges(*areas: str) -> str:
    return f"<mergeCells>{''.join(f'<mergeCell ref={area!r}/>' for area in areas)}</mergeCells>"


SERIAL = row(1, *HEADER, "序号")
FORMULA_ELSEWHERE = row(2, "澄州市教育局", "1.1", "", "", "", DONE, "", formula("H2", "ROW()", "<v>2</v>"))
IN_TASK = row(2, "澄州市教育局", "1.1", "", formula("D2", "X1", "<v></v>"), "", DONE)
UNIT_FORMULA = row(1, '<c r="A1"><f>X1</f></c>', *HEADER[1:])


def whole(change: Callable[[dict[str, object]], object] | None = None) -> Builder:
    """A file with every task, changed."""
    entries: dict[str, object] = {
        task: f"印发实施方案，完成第{index}批任务。" for index, task in enumerate(load_catalog().tasks)
    }
    if change:
        change(entries)
    return content("澄州市教育局.yaml", json.dumps({"单位": "澄州市教育局", "任务": entries}, ensure_ascii=False))


def first_five(entries: dict[str, object]) -> None:
    for task in list(entries)[5:]:
        del entries[task]


def other_order(entries: dict[str, object]) -> None:
    for task in sorted(entries, reverse=True):
        entries[task] = entries.pop(task)
