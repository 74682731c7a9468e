"""The built-in form: made from the task list, equal to the official table, the same bytes at every run."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import docx
import pytest
import yaml
from conftest import ROOT
from docx.enum.style import WD_STYLE_TYPE as STYLE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

import build_form
from zhijiao20.core.catalog import Catalog
from zhijiao20.system.discovery import official_form

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


@pytest.fixture(scope="module")
def built() -> bytes:
    """The form as the script builds it now."""
    return build_form.build(yaml.safe_load((ROOT / "data" / "tasks.yaml").read_text(encoding="utf-8")))


def official_rows() -> list[tuple[str, str, str, str]]:
    """The rows of the official text: a line that starts with a tab opens a cell, a blank cell is merged upwards."""
    lines = (ROOT / "tests" / "data" / "official-table.txt").read_text(encoding="utf-8").split("\n")
    cells = [line[1:].strip() for line in lines if line.startswith("\t")][3:]
    cells.append("")  # the last status cell is missing in the text
    rows = [cells[index : index + 4] for index in range(0, len(cells), 4)]
    chapter = article = ""
    whole = []
    for row in rows:
        chapter, article = row[0] or chapter, row[1] or article
        whole.append((chapter, article, row[2], row[3]))
    return whole


def test_template_is_what_the_script_builds(built: bytes) -> None:
    """The form and the task list cannot drift apart: parts compared, as deflate differs between zlib builds."""
    assert parts(official_form()) == parts(built)


def test_building_twice_gives_the_same_bytes(built: bytes) -> None:
    """A form that changes by itself could not be reviewed."""
    assert build_form.build(yaml.safe_load((ROOT / "data" / "tasks.yaml").read_text(encoding="utf-8"))) == built


def test_blank_form_is_the_official_table_row_by_row() -> None:
    """Read by another library, merged cells filled down: header and every row equal to the official text."""
    table = docx.Document(io.BytesIO(official_form())).tables[0]
    grid = [[cell.text for cell in row.cells] for row in table.rows]
    assert grid[0] == ["任务", "任务", "任务", "落实情况"]
    assert [tuple(row) for row in grid[1:]] == official_rows()
    assert len(grid) == 88


def test_header_spans_and_chapters_merge() -> None:
    """Three header cells over four columns; a chapter and an article is one cell each, merged down."""
    table = docx.Document(io.BytesIO(official_form())).tables[0]
    header = table.rows[0]._tr.findall(f"{W}tc")
    spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in header]
    assert [None if span is None else span.get(f"{W}val") for span in spans] == ["2", None, None]
    assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None, "the header repeats on every page"
    for column, count in ((0, 7), (1, 20)):
        starts = [row for row in table.rows if _merge(row._tr, column) == "restart"]
        alone = [row for row in table.rows[1:] if _merge(row._tr, column) is None]
        assert len(starts) + len(alone) == count


def _merge(row: object, column: int) -> str | None:
    cell = row.findall(f"{W}tc")[column]  # type: ignore[attr-defined]
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return None if merge is None else merge.get(f"{W}val", "continue")


def test_form_says_what_it_is_and_not_what_made_it(catalog: Catalog) -> None:
    """Properties carry the title, no name of a tool, no date."""
    properties = docx.Document(io.BytesIO(official_form())).core_properties
    assert properties.title == catalog.title
    assert (properties.author, properties.last_modified_by) == ("", "")
    app = parts(official_form())["docProps/app.xml"].decode()
    assert "python" not in app.lower()
    assert "<Application>" not in app
    with zipfile.ZipFile(io.BytesIO(official_form())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_sheet_is_typeset_by_the_standard() -> None:
    """A4 portrait, 37/28/26/35 mm: the type area of GB/T 9704-2012."""
    section = docx.Document(io.BytesIO(official_form())).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = [section.top_margin.mm, section.left_margin.mm, section.right_margin.mm, section.bottom_margin.mm]
    assert [round(margin) for margin in margins] == [37, 28, 26, 35]


@pytest.mark.parametrize("landscape", [False, True])
def test_narrow_cells_are_not_justified(landscape: bool) -> None:
    """A number or a Latin word that does not fit into a line would pull it apart; outside the table lines are long."""
    styles = docx.Document(io.BytesIO(official_form(landscape=landscape))).styles
    aligned = {style.style_id: style.paragraph_format.alignment for style in styles if style.type == STYLE.PARAGRAPH}
    assert [aligned[ident] for ident in ("TableTask", "TableStatus", "TableArticle", "Normal")] == [
        ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT, ALIGN.JUSTIFY,
    ]  # fmt: skip


def test_script_writes_where_it_is_told(tmp_path: Path, built: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command in the documentation works."""
    monkeypatch.setattr(sys, "argv", ["build_form.py", "-o", str(tmp_path / "form.docx")])
    build_form.main()
    assert (tmp_path / "form.docx").read_bytes() == built
