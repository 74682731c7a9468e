"""The empty roster: a clerk fills it in unaided, and it reads back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from office import soffice

from zhijiao20.core.roster import FORMAT, ROSTER_COLUMNS, Roster
from zhijiao20.formats.read_roster import read_roster
from zhijiao20.formats.xlsx.instructions import ROSTER_LINES
from zhijiao20.formats.xlsx.roster_write import write_empty_roster
from zhijiao20.system.discovery import load_catalog

DATA = write_empty_roster(load_catalog())


def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(DATA))


def read(data: bytes) -> tuple[Roster, list[str]]:
    roster, out = read_roster(Path("名册.xlsx"), data, load_catalog())
    return roster, [f"{finding.rule.code} {finding.message}" for finding in out.findings]


def saved(workbook: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_only_units_are_missing() -> None:
    """Neither the example nor the other sheets are read, nor told."""
    roster, told = read(DATA)
    assert roster.units == ()
    assert told == ["ZJ701 名册的表头下面没有一个单位"]


def test_filled_in_it_reads_back_without_a_word() -> None:
    """With the example, and with the example gone."""
    workbook = book()
    sheet = workbook["名册"]
    for column, text in enumerate(
        ["澄州理工学校", "理工", "澄州市教育局", "学校", "1-3条", "1.1", "docx", "2020-07-10", "张", "1"], 1
    ):
        sheet.cell(4, column, text)
    roster, told = read(saved(workbook))
    assert ([unit.name for unit in roster.units], told) == (["澄州理工学校"], [])
    sheet.delete_rows(3)
    roster, told = read(saved(workbook))
    assert ([unit.name for unit in roster.units], told) == (["澄州理工学校"], [])


def test_how_the_sheet_helps() -> None:
    """Frozen head, text cells so that 1-3 is no date, lists, a hint in every column, one page wide in print."""
    sheet = book()["名册"]
    assert sheet.freeze_panes == "B3"
    assert [cell.value for cell in sheet[2]] == list(ROSTER_COLUMNS)
    assert {sheet.cell(4, column).number_format for column in range(1, 11)} == {"@"}
    helped = {str(item.sqref)[0]: item for item in sheet.data_validations.dataValidation}
    assert sorted(helped) == list("ABCDEFGHIJ")
    assert all(item.prompt for item in helped.values())
    assert {column for column, item in helped.items() if item.type == "list"} == set("CDG")
    assert [column for column, item in helped.items() if item.showErrorMessage and item.type == "list"] == ["G"]
    assert helped["G"].formula1 == '"docx,xlsx,csv,yaml"'
    assert ROSTER_COLUMNS.index(FORMAT) == 6
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.print_title_rows == "$2:$2"


def test_the_other_sheets_explain() -> None:
    """Every line of the instructions; every task with its number."""
    workbook = book()
    assert workbook.sheetnames == ["名册", "填写说明", "任务编号"]
    lines = [row[1] for row in workbook["填写说明"].iter_rows(min_row=3, values_only=True)]
    assert lines == [line for _, line in ROSTER_LINES]
    ids = [row[0] for row in workbook["任务编号"].iter_rows(min_row=2, values_only=True)]
    assert ids == [*load_catalog().tasks]


@pytest.mark.minutes
def test_libreoffice_keeps_it(tmp_path: Path) -> None:
    """Saved by another program it is the same roster."""
    workbook = book()
    workbook["名册"]["A4"] = "澄州理工学校"
    source = tmp_path / "名册.xlsx"
    source.write_bytes(saved(workbook))
    (tmp_path / "后").mkdir()
    roster, told = read(soffice(source, "xlsx", tmp_path / "后").read_bytes())
    assert ([unit.name for unit in roster.units], told) == (["澄州理工学校"], [])


def test_the_same_bytes_every_time() -> None:
    """No date and no user name in it."""
    assert write_empty_roster(load_catalog()) == DATA


@pytest.mark.parametrize("name", ["填写说明", "任务编号"])
def test_a_workbook_of_instructions_only_is_no_roster(name: str) -> None:
    """The sheet to fill in was deleted."""
    workbook = book()
    for other in set(workbook.sheetnames) - {name}:
        del workbook[other]
    assert read(saved(workbook))[0].units == () or name == "填写说明"
