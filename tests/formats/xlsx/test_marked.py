"""The standard form handed back: notes and colours on cells, what to do on the first sheet, read back as it was."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from letters import AMEND

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.feedback import Remark
from zhijiao20.core.fields import PROGRESS
from zhijiao20.core.letter import guide
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.read import read_content
from zhijiao20.formats.xlsx.marked import write_marked

UNIT = Submission(
    "甲",
    entries={
        "1.1": Entry("1.1", Progress.DONE, "=印发\n方案", ("文号",)),
        "2.1": Entry("2.1", Progress.ONGOING, "待补充", remark="内部"),
    },
)
REMARKS = (
    Remark(Severity.ERROR, None, "", "", "整份的问题", "重报"),
    Remark(Severity.ERROR, "2.1", "", "", "占位", "写明"),
    Remark(Severity.WARNING, "2.1", "", "", "太短", ""),
    Remark(Severity.ERROR, "1.1", "", "", "进展不对", "", PROGRESS),
    Remark(Severity.INFO, "1.2", "", "", "空", ""),
)


def made(catalog: Catalog) -> bytes:
    """A marked form."""
    return write_marked(UNIT, catalog, REMARKS, guide(AMEND, []), "澄州市教育局")


def test_notes_stand_on_the_cells(catalog: Catalog) -> None:
    """Several in one note, by weight; the colour is that of the first; those without a task on the title."""
    book = openpyxl.load_workbook(io.BytesIO(made(catalog)))
    assert book.sheetnames == ["怎样修改", "落实情况", "填写说明"]
    sheet = book["落实情况"]
    notes = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.comment}
    first = 4
    status, progress = "G", "F"
    row = first + catalog.position["2.1"]
    assert {place: cell.comment.text for place, cell in notes.items()} == {
        "A1": "请改正：整份的问题\n怎样改：重报",
        f"{progress}{first}": "请改正：进展不对",
        f"{status}{first + 1}": "供参考：空",
        f"{status}{row}": "1. 请改正：占位\n怎样改：写明\n2. 请核对：太短",
    }
    colors = {place: cell.fill.start_color.rgb for place, cell in notes.items() if place != "A1"}
    assert colors == {
        f"{progress}{first}": "FFF8CBAD",
        f"{status}{first + 1}": "FFDDEBF7",
        f"{status}{row}": "FFF8CBAD",
    }
    assert sheet[f"{status}{first}"].fill.start_color.rgb == "FFFFFFFF"
    assert {cell.comment.author for cell in notes.values()} == {"澄州市教育局"}
    assert book["怎样修改"]["A1"].value == "怎样修改"
    assert "zhijiao20" not in "".join(str(cell.value) for one in book for row in one.iter_rows() for cell in row)


def test_marked_form_is_read_as_the_text_that_came(catalog: Catalog) -> None:
    """Notes and the first sheet are no findings."""
    units, out = read_content(Path("甲.xlsx"), made(catalog), catalog)
    assert [finding.message for finding in out.findings] == []
    for task, entry in UNIT.entries.items():
        read = units[0].entries[task]
        assert (read.status, read.progress, read.evidence, read.remark) == (
            entry.status,
            entry.progress,
            entry.evidence,
            entry.remark,
        )
    assert units[0].unit == "甲"


def test_same_remarks_give_the_same_bytes(catalog: Catalog) -> None:
    """Nothing of the clock."""
    assert made(catalog) == made(catalog)
