"""Our workbook through the programs that others have, and theirs read by us."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from office import need, soffice
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from sheets import said, submissions, table
from status_files import read_file

from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.read import read_content
from zhijiao20.formats.write import write_status_file
from zhijiao20.formats.xlsx.write import write
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
TEXTS = {
    "1.1": "第一段——“引号”\n　　第二段",
    "1.2": "=1+1",
    "1.3": "'引",
    "2.1": "1.10",
    "2.2": "2020-01-01",
    "3.1": "𠀀䶮㛃·•²",
}
UNIT = Submission(
    "澄州市教育局",
    period="2020年上半年",
    entries={task: Entry(task, Progress.DONE, text, ("澄教〔2019〕1号", "二号")) for task, text in TEXTS.items()},
)


def answers(unit: Submission) -> dict[str, tuple[object, str, tuple[str, ...]]]:
    """What was filled in."""
    filled = {task: (entry.progress, entry.status, entry.evidence) for task, entry in unit.entries.items()}
    return {task: answer for task, answer in filled.items() if any(answer)}


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.minutes
def test_libreoffice_saves_it_again(tmp_path: Path) -> None:
    """Opened, saved, sent back: not a word to say of it, and nothing changed."""
    need("soffice")
    source = tmp_path / "甲.xlsx"
    source.write_bytes(write([UNIT], CATALOG))
    (tmp_path / "again").mkdir()
    result = soffice(source, "xlsx", tmp_path / "again")
    (unit,), findings = submissions(result.read_bytes())
    assert findings == []
    assert (unit.unit, unit.period, answers(unit)) == (UNIT.unit, UNIT.period, answers(UNIT))


@pytest.mark.minutes
def test_libreoffice_saves_it_as_gb18030(tmp_path: Path) -> None:
    """As Excel's plain CSV: title and 单位 stand above the header there too."""
    need("soffice")
    source = tmp_path / "甲.xlsx"
    source.write_bytes(write([UNIT], CATALOG))
    result = soffice(source, "csv:Text - txt - csv (StarCalc):44,34,85,1,,0,false,true,false", tmp_path)
    (unit,), out = read_content(Path("甲.csv"), result.read_bytes(), CATALOG)
    assert [finding.rule.code for finding in out.findings] == ["ZJ005"]
    assert (unit.unit, unit.period, answers(unit)) == (UNIT.unit, UNIT.period, answers(UNIT))


@pytest.mark.minutes
def test_libreoffice_keeps_what_helps_to_fill_it_in(tmp_path: Path) -> None:
    """The list of words, the locks, the colour, the header of each page: all there after it was saved.

    The frozen header belongs to the window, and this LibreOffice has none.
    """
    need("soffice")
    source = tmp_path / "甲.xlsx"
    source.write_bytes(write([UNIT], CATALOG))
    (tmp_path / "again").mkdir()
    active = openpyxl.load_workbook(soffice(source, "xlsx", tmp_path / "again")).worksheets[0]
    (words,) = active.data_validations.dataValidation
    assert (words.type, words.formula1, str(words.sqref)) == ("list", '"已完成,推进中,未启动,不涉及"', "G4:G90")
    assert words.showErrorMessage
    assert active.protection.sheet
    assert [active.cell(4, column).protection.locked for column in range(1, 10)] == [True] * 6 + [False] * 3
    assert active.print_title_rows == "$3:$3"
    assert [str(area.sqref) for area in active.conditional_formatting] == ["G4:H90"]
    assert active["F4"].alignment.wrap_text


@pytest.mark.minutes
def test_libreoffice_saves_it_as_utf_8(tmp_path: Path) -> None:
    """As Excel's “CSV UTF-8”, but without the mark at its beginning."""
    need("soffice")
    source = tmp_path / "甲.xlsx"
    source.write_bytes(write([UNIT], CATALOG))
    result = soffice(source, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", tmp_path)
    (unit,), out = read_content(Path("甲.csv"), result.read_bytes(), CATALOG)
    assert out.findings == []
    assert (unit.unit, unit.period, answers(unit)) == (UNIT.unit, UNIT.period, answers(UNIT))


@pytest.mark.minutes
def test_libreoffice_opens_our_csv_and_saves_a_sheet(tmp_path: Path) -> None:
    """Ids are numbers then and stay the ids they were; what Calc made of a text cannot be known, a date is told."""
    need("soffice")
    source = tmp_path / "甲.csv"
    source.write_bytes(write_status_file("csv", [UNIT], CATALOG))
    saved_again = soffice(source, "xlsx", tmp_path, "Text - txt - csv (StarCalc):44,34,76,1")
    (unit,), findings = submissions(saved_again.read_bytes())
    assert list(unit.entries) == list(CATALOG.tasks)
    told = {"2.1": "1.1", "2.2": "2020年1月1日"}  # a text that Calc took for a number, one for a date
    assert {task: status for task, (_, status, _) in answers(unit).items()} == TEXTS | told
    assert [finding.rule.code for finding in findings] == ["ZJ013"]


@pytest.mark.minutes
def test_libreoffice_saves_the_word_form(tmp_path: Path) -> None:
    """Opened, saved, sent back as .docx: unit, period and every text."""
    need("soffice")
    source = tmp_path / "甲.docx"
    source.write_bytes(write_status_file("docx", [UNIT], CATALOG))
    (tmp_path / "again").mkdir()
    (unit,), out = read_file(soffice(source, "docx", tmp_path / "again"), CATALOG)
    assert out.findings == []
    assert (unit.unit, unit.period) == (UNIT.unit, UNIT.period)
    assert {task: entry.status for task, entry in unit.entries.items() if entry.status} == TEXTS


@pytest.mark.minutes
def test_libreoffice_with_numbers_and_dates(tmp_path: Path) -> None:
    """Typed into an empty sheet: numbers as ids, a percentage and a date as texts."""
    need("soffice")
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    for cells in (["单位", "编号", "落实情况"], ["甲", 1.1, "做了"], ["甲", 2.3, 0.85], ["甲", 15.5, date(2020, 3, 1)]):
        active.append(cells)
    active["C3"].number_format = "0%"
    source = tmp_path / "甲.xlsx"
    source.write_bytes(saved(book))
    (tmp_path / "again").mkdir()
    (unit,), findings = submissions(soffice(source, "xlsx", tmp_path / "again").read_bytes())
    assert {task: entry.status for task, entry in unit.entries.items()} == {
        "1.1": "做了",
        "2.3": "85%",
        "15.5": "2020年3月1日",
    }
    assert [(code, cell) for code, cell, _ in said(findings)] == [("ZJ013", "C3"), ("ZJ013", "C4")]


def test_openpyxl_fills_in_ours() -> None:
    """A script of the office fills the file that we wrote."""
    book = openpyxl.load_workbook(io.BytesIO(write([Submission("甲")], CATALOG)))
    active = book.worksheets[0]
    active["G4"], active["F4"] = "做了", "已完成"
    active["G5"] = CellRichText("甲", TextBlock(InlineFont(b=True), "乙"), " 丙")
    (unit,), findings = submissions(saved(book))
    assert findings == []
    assert answers(unit) == {"1.1": (Progress.DONE, "做了", ()), "1.2": (None, "甲乙 丙", ())}


def test_openpyxl_with_every_kind_of_cell() -> None:
    """Numbers, dates, formulas that nobody calculated, comments, merged cells."""
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    active.append(["单位", "编号", "落实情况", "备注"])
    active.append(["甲", 1.1, "=A1&B1", "x"])
    active.append([None, 2.3, date(2020, 1, 1), None])
    active.append([None, date(2020, 1, 1), True, None])
    active["C3"].comment = Comment("看", "某")
    active.merge_cells("A2:A4")
    _, findings = submissions(saved(book))
    assert [(code, cell) for code, cell, _ in said(findings)] == [
        ("ZJ015", "C2"),
        ("ZJ013", "C3"),
        ("ZJ010", "C3"),
        ("ZJ013", "C4"),
        ("ZJ110", "A1"),
        ("ZJ117", "B4"),
    ]


def test_ours_is_read_without_a_word() -> None:
    """Title, 单位, instructions: nothing of ours is news."""
    assert table(write([UNIT], CATALOG))[1] == []
