"""What the measurements are held against: the shortest scripts that somebody would write for the same files.

None of them checks anything, and none tells anything.  Run as ``python _theirs.py NAME ARGUMENTS``.
"""

from __future__ import annotations

import sys
from pathlib import Path


def yaml_load(folder: str) -> None:
    """Every YAML file as plain data, with PyYAML's fastest loader."""
    import yaml

    for path in sorted(Path(folder).iterdir()):
        with path.open("rb") as stream:
            yaml.load(stream, Loader=yaml.CSafeLoader)


def openpyxl_rows(folder: str) -> None:
    """Every row of every sheet, in openpyxl's read-only mode."""
    import openpyxl

    for path in sorted(Path(folder).iterdir()):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass
        book.close()


def docx_cells(folder: str) -> None:
    """Every cell of every table, row by row, as python-docx gives them."""
    import docx

    for path in sorted(Path(folder).iterdir()):
        for table in docx.Document(path).tables:
            for row in table.rows:
                for cell in row.cells:
                    _ = cell.text


def docxtpl_letters(said: str, output: str) -> None:
    """A letter for each unit from one template: paragraphs and a table, as ``parsing.py`` took them from ours."""
    import json

    import docx
    from docxtpl import DocxTemplate

    letters = json.loads(Path(said).read_text(encoding="utf-8"))
    template = docx.Document()
    for line in ("{%p for text in texts %}", "{{ text }}", "{%p endfor %}"):
        template.add_paragraph(line)
    columns = len(letters[0]["rows"][0])
    table = template.add_table(rows=3, cols=columns)
    table.cell(0, 0).text = "{%tr for row in rows %}"
    for column in range(columns):
        table.cell(1, column).text = f"{{{{ row[{column}] }}}}"
    table.cell(2, 0).text = "{%tr endfor %}"
    folder = Path(output)
    folder.mkdir(exist_ok=True)
    template.save(folder / "template.docx")
    for number, letter in enumerate(letters):
        document = DocxTemplate(folder / "template.docx")
        document.render(letter)
        document.save(folder / f"{number:04}.docx")


def difflib_rounds(old: str, new: str, only: str = "") -> None:
    """Every text of two rounds, or only those that differ, compared by difflib, character by character."""
    import difflib

    import yaml

    for before, after in zip(sorted(Path(old).iterdir()), sorted(Path(new).iterdir()), strict=True):
        tasks = []
        for path in (before, after):
            with path.open("rb") as stream:
                tasks.append(yaml.load(stream, Loader=yaml.CSafeLoader)["任务"])
        for task, entry in tasks[1].items():
            one, other = tasks[0][task]["落实情况"], entry["落实情况"]
            if not only or one != other:
                difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def docx_table(source: str, tasks: str, output: str) -> None:
    """One unit as a table of python-docx, built as its tutorials do: cell by cell, then merged."""
    import docx
    import yaml

    with Path(source).open("rb") as stream:
        entries = yaml.load(stream, Loader=yaml.CSafeLoader)["任务"]
    with Path(tasks).open("rb") as stream:
        chapters = yaml.load(stream, Loader=yaml.CSafeLoader)["chapters"]
    rows = [
        (chapter["title"], article["title"], task["text"], entries[task["id"]]["落实情况"])
        for chapter in chapters
        for article in chapter["articles"]
        for task in article["tasks"]
    ]
    document = docx.Document()
    table = document.add_table(rows=len(rows) + 1, cols=4)
    for column, text in enumerate(("任务", "", "任务", "落实情况")):
        table.cell(0, column).text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            if column > 1 or number == 1 or rows[number - 2][column] != text:
                table.cell(number, column).text = text
            else:
                table.cell(number, column).merge(table.cell(number - 1, column))
    document.save(output)


def docx_rows(folder: str, form: str, tasks: str, output: str) -> None:
    """All units into the official form: CSafeLoader, pydantic, python-docx with the cells fetched once."""
    import docx
    import yaml
    from pydantic import BaseModel

    class Entry(BaseModel):
        进展: str | None = None
        落实情况: str = ""
        佐证: list[str] = []

    class Unit(BaseModel):
        单位: str
        报告期: str
        任务: dict[str, Entry]

    units = []
    for path in sorted(Path(folder).iterdir()):
        with path.open("rb") as stream:
            units.append(Unit.model_validate(yaml.load(stream, Loader=yaml.CSafeLoader)))
    with Path(tasks).open("rb") as stream:
        chapters = yaml.load(stream, Loader=yaml.CSafeLoader)["chapters"]
    ids = [task["id"] for chapter in chapters for article in chapter["articles"] for task in article["tasks"]]
    document = docx.Document(form)
    cells = [row.cells[-1] for row in document.tables[0].rows[1:]]
    for task, cell in zip(ids, cells, strict=True):
        for number, unit in enumerate(units):
            lines = unit.任务[task].落实情况.split("\n")
            for index, line in enumerate(lines):
                text = line if index else f"【{unit.单位}】{line}"
                if number or index:
                    cell.add_paragraph(text)
                else:
                    cell.text = text
    document.save(output)


if __name__ == "__main__":
    {
        "yaml": yaml_load,
        "openpyxl": openpyxl_rows,
        "cells": docx_cells,
        "letters": docxtpl_letters,
        "difflib": difflib_rounds,
        "table": docx_table,
        "rows": docx_rows,
    }[sys.argv[1]](*sys.argv[2:])
