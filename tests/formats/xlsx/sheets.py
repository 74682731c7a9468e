"""Workbooks made by hand, as odd as other programs make them, and the way from bytes to submissions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from zhijiao20.core.findings import Collector, Finding
from zhijiao20.core.submission import Submission
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.normalize.table import units_from_table
from zhijiao20.formats.xlsx.read import read
from zhijiao20.system.discovery import load_catalog

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEADER = ("单位", "编号", "部分", "任务", "进展", "落实情况", "佐证")


def text(reference: str, value: str) -> str:
    """A cell with its text in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    """A row: a cell is a text, or XML where it starts with ``<``."""
    made = [
        cell if cell.startswith("<") else text(f"{chr(65 + index)}{number}", cell) if cell else ""
        for index, cell in enumerate(cells)
    ]
    return f'<row r="{number}" {attributes}>{"".join(made)}</row>'


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    """The XML of a sheet."""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{before}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'
    )


def relations(*items: tuple[str, str, str]) -> str:
    """A part with relationships: id, kind, target."""
    inner = "".join(f'<Relationship Id="{i}" Type="{REL}/{kind}" Target="{target}"/>' for i, kind, target in items)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def parts(
    *sheets: str,
    names: tuple[str, ...] = ("甲", "乙", "丙"),
    states: tuple[str, ...] = ("visible",) * 3,
    strings: str = "",
    styles: str = "",
    setting: str = "",
) -> dict[str, str]:
    """The parts of a workbook."""
    listed = "".join(
        f'<sheet name={quoteattr(names[index])} sheetId="{index + 1}" state="{states[index]}" r:id="r{index}"/>'
        for index in range(len(sheets))
    )
    links = [(f"r{index}", "worksheet", f"worksheets/sheet{index}.xml") for index in range(len(sheets))]
    made = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": relations(("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{setting}<sheets>{listed}</sheets></workbook>',
    }
    if strings:
        links.append(("s", "sharedStrings", "sharedStrings.xml"))
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        links.append(("t", "styles", "/xl/styles.xml"))
        made["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    made["xl/_rels/workbook.xml.rels"] = relations(*links)
    return made | {f"xl/worksheets/sheet{index}.xml": xml for index, xml in enumerate(sheets)}


def pack(contents: Mapping[str, str | bytes]) -> bytes:
    """An archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(data: bytes) -> tuple[list[list[str]], list[Finding]]:
    """The texts of the rows, and what was found while reading."""
    out = Collector("甲.xlsx")
    rows = [list(row.cells) for row in read(data, out, load_catalog()).rows]
    return rows, out.findings


def submissions(data: bytes) -> tuple[list[Submission], list[Finding]]:
    """All the way through intake."""
    catalog, out = load_catalog(), Collector("甲.xlsx")
    units = units_from_table(read(data, out, catalog), catalog, out, "甲")
    found = [build_submission(unit, catalog, out) for unit in units]
    return [item for item in found if item is not None], out.findings


def said(findings: list[Finding]) -> list[tuple[str, str | None, str]]:
    """Code, cell and message."""
    return [(finding.rule.code, finding.place.cell, finding.message) for finding in findings]


HEAD = row(1, *HEADER)


def filled(*rows: str, before: str = "", after: str = "") -> bytes:
    """A workbook with a header and these rows."""
    return pack(parts(sheet(HEAD, *rows, before=before, after=after)))
