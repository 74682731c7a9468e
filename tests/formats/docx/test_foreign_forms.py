"""Forms as offices and LibreOffice make them of ours: filled in place, all else untouched, read back identical."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from forms import MAIN, W, cell, changed, element, opened, parts, row_of
from lxml import etree
from office import soffice

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.formats.docx.fill import fill, problems
from zhijiao20.formats.docx.ooxml import cell_text
from zhijiao20.formats.docx.read import read_form
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.system.discovery import load_catalog, official_form


def wider(root: etree._Element) -> None:
    """Landscape sheet, other widths."""
    size = root.find(f".//{W}pgSz")
    size.set(f"{W}w", "16838")
    size.set(f"{W}h", "11906")
    for column, width in zip(root.findall(f".//{W}gridCol"), ("900", "1300", "3500", "7000"), strict=True):
        column.set(f"{W}w", width)
    for row in root.findall(f".//{W}tr"):
        for own, width in zip(row.iter(f"{W}tcW"), ("900", "1300", "3500", "7000"), strict=False):
            own.set(f"{W}w", width)


def remarks(root: etree._Element) -> None:
    """A fifth column 备注."""
    root.find(f".//{W}tblGrid").append(element("<w:gridCol w:w='900'/>"))
    for index, row in enumerate(root.findall(f".//{W}tr")):
        text = "备注" if index == 0 else ""
        row.append(
            element(
                f"<w:tc><w:tcPr><w:tcW w:w='900' w:type='dxa'/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
            )
        )


def split(root: etree._Element) -> None:
    """The table in two, each with its header row."""
    table = root.find(f".//{W}tbl")
    rows = table.findall(f"{W}tr")
    second = etree.fromstring(etree.tostring(table))
    table.addnext(second)
    table.addnext(element("<w:p><w:r><w:t>（续表）</w:t></w:r></w:p>"))
    for row in rows[41:]:
        table.remove(row)
    for row in second.findall(f"{W}tr")[1:41]:
        second.remove(row)


def controls(root: etree._Element) -> None:
    """The wording and the empty status in (rich) content controls; of plain ones LibreOffice 7.4 doubles the text."""
    for task in ("1.1", "5.2", "20.1"):
        row = row_of(root, load_catalog(), task)
        for index in (2, 3):
            paragraph = cell(row, index).find(f"{W}p")
            control = element("<w:sdt><w:sdtPr><w:alias w:val='填写处'/></w:sdtPr><w:sdtContent/></w:sdt>")
            runs = paragraph.findall(f"{W}r") or [element("<w:r><w:t xml:space='preserve'> </w:t></w:r>")]
            control.find(f"{W}sdtContent").extend(runs)
            paragraph.append(control)


def plain(_root: etree._Element) -> None:
    """Nothing but LibreOffice's own way of saving."""


TEXTS = {
    "1.1": "（一）印发方案。\n1.完成1260人次，占98.2%。",
    "5.2": "“双师型”教师占52.9%。",
    "20.1": "建立联席会议制度。",
}


BUILT_IN = {"upright": False, "landscape": True}


@pytest.fixture(
    scope="module",
    params=[
        *BUILT_IN,
        *(pytest.param(change, marks=pytest.mark.minutes) for change in (plain, wider, remarks, split, controls)),
    ],
    ids=lambda change: change if isinstance(change, str) else change.__name__,
)
def foreign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A built-in form, or one that was changed and saved by LibreOffice."""
    if request.param in BUILT_IN:
        return official_form(landscape=BUILT_IN[request.param])
    change: Callable[[etree._Element], None] = request.param
    folder = tmp_path_factory.mktemp(change.__name__)
    source = folder / "source" / "form.docx"
    source.parent.mkdir()
    source.write_bytes(changed(change))
    return soffice(source, "docx", folder).read_bytes()


def test_every_row_is_found(foreign: bytes, catalog: Catalog) -> None:
    """Preflight has nothing to say."""
    assert list(problems(opened(foreign), catalog)) == []


def test_filled_in_place(foreign: bytes, catalog: Catalog) -> None:
    """Other parts byte for byte; in the document only the status cells that were filled differ."""
    before, after = parts(foreign), parts(_filled(foreign))
    assert {name for name in before if before[name] != after[name]} == {MAIN}
    assert list(before) == list(after)
    roots = [opened(data) for data in (foreign, _filled(foreign))]
    for form in roots:
        for task in TEXTS:
            status = form.located.rows[task].status_cell
            assert status is not None
            status.getparent().remove(status)
    assert etree.tostring(roots[0].document, method="c14n") == etree.tostring(roots[1].document, method="c14n")


def test_reads_back_identical(foreign: bytes, catalog: Catalog) -> None:
    """What was written is what is read, and the formatting of the cell is its own."""
    out = Collector("甲.docx")
    made = build_submission(read_form(_filled(foreign), catalog, out), catalog, out, "甲")
    assert made is not None
    assert {task: made.entries[task].status for task in TEXTS} == TEXTS
    form = opened(_filled(foreign))
    status = form.located.rows["1.1"].status_cell
    assert status is not None
    assert cell_text(status) == TEXTS["1.1"]
    styles = [paragraph.find(f"{W}pPr/{W}pStyle") for paragraph in status.iter(f"{W}p")]
    assert len({style.get(f"{W}val") for style in styles if style is not None}) == 1
    assert None not in styles


@pytest.mark.minutes
def test_filled_foreign_form_still_opens(foreign: bytes, tmp_path: Path) -> None:
    """LibreOffice makes a PDF of it without complaint."""
    source = tmp_path / "filled.docx"
    source.write_bytes(_filled(foreign))
    assert soffice(source, "pdf", tmp_path).stat().st_size > 10_000


def _filled(data: bytes) -> bytes:
    return fill(opened(data), {task: tuple(text.split("\n")) for task, text in TEXTS.items()})
