"""Accept or reject all tracked changes of a document, by the standard; the writer of such changes is not used."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def status_cells(data: bytes, keep: str = "") -> list[str]:
    """The texts of column 4, row by row, one paragraph on a line.

    Args:
        data: the .docx file.
        keep: ``ins`` accepts all changes, ``del`` rejects all; empty for a document without any.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    table = next(root.iter(f"{W}tbl"))
    cells = [row.findall(f"{W}tc")[-1] for row in table.findall(f"{W}tr")]
    return ["\n".join(texts(cell, keep)) for cell in cells]


def lines_above(data: bytes, keep: str = "") -> list[str]:
    """The texts of the paragraphs of the body, so without those of the table."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return texts(root.find(f"{W}body"), keep)


def texts(parent: etree._Element, keep: str) -> list[str]:
    """The texts of the paragraphs; one whose mark goes is joined with the next."""
    drop = {"ins": "del", "del": "ins", "": ""}[keep]
    found, text = [], ""
    for paragraph in parent.findall(f"{W}p"):
        for child in paragraph:
            if child.tag == f"{W}r":
                text += _run(child, "t")
            elif keep and child.tag == f"{W}{keep}":
                text += "".join(_run(run, "t" if keep == "ins" else "delText") for run in child)
            else:
                assert child.tag == f"{W}pPr" or (drop and child.tag == f"{W}{drop}"), child.tag
        if not (drop and paragraph.find(f"{W}pPr/{W}rPr/{W}{drop}") is not None):
            found.append(text)
            text = ""
    assert not text, "the mark of the last paragraph cannot go"
    return found


def _run(run: etree._Element, name: str) -> str:
    assert run.tag == f"{W}r"
    parts = []
    for child in run:
        if child.tag == f"{W}tab":
            parts.append("\t")
        elif child.tag != f"{W}rPr":
            assert child.tag == f"{W}{name}", child.tag
            parts.append(child.text or "")
    return "".join(parts)
