"""Forms as offices change them: made from the official one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Submission
from zhijiao20.formats.docx.fill import Form, fill, open_form
from zhijiao20.formats.docx.read import read_form
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.system.discovery import load_catalog, official_form

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"

Change = Callable[[etree._Element], None]


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def repack(contents: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(change: Change, data: bytes | None = None) -> bytes:
    """A form whose document was changed by a function."""
    contents = parts(data or official_form())
    root = etree.fromstring(contents[MAIN])
    change(root)
    contents[MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return repack(contents)


def opened(data: bytes | None = None, *, own: bool = False) -> Form:
    """A form, looked through with the official list."""
    return open_form(data or official_form(), load_catalog(), own=own)


def filled(texts: dict[str, str], data: bytes | None = None, **heading: str) -> bytes:
    """A form filled with texts, their lines as paragraphs."""
    form = opened(data, own=data is None)
    return fill(form, {task: tuple(text.split("\n")) for task, text in texts.items()}, **heading)


def statuses(data: bytes) -> list[str]:
    """Column 4 as python-docx reads it."""
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [docx.table._Cell(row._tr.tc_lst[-1], table).text for row in table.rows[1:]]


def row_of(root: etree._Element, catalog: Catalog, task: str) -> etree._Element:
    """The row of a task in the official form."""
    return root.findall(f".//{W}tr")[catalog.position[task] + 1]


def cell(row: etree._Element, index: int) -> etree._Element:
    """A cell of a row."""
    return row.findall(f"{W}tc")[index]


def element(xml: str) -> etree._Element:
    """A WordprocessingML element from its XML without namespaces: ``<p><r>…``."""
    root = etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{xml}</x>')
    child = root[0]
    root.remove(child)
    return child


def submission(data: bytes, stem: str = "甲") -> tuple[Submission, list[tuple[str, str | None, str | None]]]:
    """A form as a submission, and what was found: code, task, place."""
    out = Collector("甲.docx")
    made = build_submission(read_form(data, load_catalog(), out), load_catalog(), out, stem)
    assert made is not None
    return made, [(finding.rule.code, finding.task, finding.place.cell) for finding in out.findings]


def with_status(xml: str, task: str = "1.1", row: str = "", properties: str = "") -> bytes:
    """The official form with one status cell holding this."""

    def put(root: etree._Element) -> None:
        own = row_of(root, load_catalog(), task)
        target = cell(own, 3)
        target.remove(target.find(f"{W}p"))
        for child in element(f"<w:x>{xml}</w:x>"):
            target.append(child)
        for child in element(f"<w:x>{properties}</w:x>"):
            target.find(f"{W}tcPr").append(child)
        if row:
            own.insert(0, element(f"<w:trPr>{row}</w:trPr>"))

    return changed(put)


def with_styles(data: bytes, styles: str) -> bytes:
    """A document with further styles."""
    contents = parts(data)
    contents["word/styles.xml"] = contents["word/styles.xml"].replace(b"</w:styles>", f"{styles}</w:styles>".encode())
    return repack(contents)


def run(text: str, properties: str = "") -> str:
    """A run with a text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def found(data: bytes) -> tuple[str, list[str]]:
    """The text of 1.1 and the codes found there."""
    made, findings = submission(data)
    return made.entries["1.1"].status, [code for code, task, _ in findings if task == "1.1"]
