"""Sending back in tests: what is put into 收件, and what is found in 退回."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
from forms import filled
from status_files import put, sound

from zhijiao20.commands.return_files import Office, Outcome, send_back
from zhijiao20.commands.roster import check_roster
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Submission
from zhijiao20.formats.read import read_content
from zhijiao20.review.runner import RunOptions

OFFICE = Office("澄州市教育局", "王某", "0000-1234567", date(2020, 7, 10), "2020年上半年")
OUT = Path("退回")


def texts(unit: str, catalog: Catalog, **instead: str) -> dict[str, str]:
    """A text for each task, without a fault but for those given instead: t2_1 for 2.1."""
    return {task: f"{unit}开展第{task}项工作，印发12个文件。" for task in catalog.tasks} | {
        name.removeprefix("t").replace("_", "."): text for name, text in instead.items()
    }


def word(unit: str, catalog: Catalog, **instead: str) -> bytes:
    """A filled form."""
    return filled(texts(unit, catalog, **instead), unit=unit)


def units(unit: str, catalog: Catalog, instead: dict[str, str]) -> list[Submission]:
    """What is read from a file of a unit."""
    return list(read_content(Path("a.yaml"), sound(unit, catalog, instead).encode(), catalog)[0])


def back(office: Office = OFFICE, **options: Any) -> Outcome:
    """Send back what is in 收件."""
    return send_back([Path("收件")], OUT, office, **options)


def sentences() -> dict[str, str]:
    """The sentence to each unit, from the list."""
    return dict(listed())


def letter(unit: str) -> str:
    """All texts of a letter."""
    document = docx.Document(str(OUT / unit / "退回意见.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def listed() -> list[tuple[str, str]]:
    """The rows of the list of units."""
    sheet = openpyxl.load_workbook(OUT / "一览.xlsx").worksheets[0]
    return [(str(row[0].value), str(row[1].value)) for row in sheet.iter_rows(min_row=2)]


def roster(text: str) -> RunOptions:
    """Run options with a roster."""
    put("名册.csv", text)
    found, report = check_roster(Path("名册.csv"))
    assert not report.failed
    return RunOptions(roster=found)


def members(path: Path) -> list[bytes]:
    """The content of each member of an archive."""
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]
