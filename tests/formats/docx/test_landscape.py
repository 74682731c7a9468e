"""The landscape variant of the built-in form: the same table on a turned sheet, the page number where it was."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import yaml
from conftest import ROOT
from forms import W, opened, parts, statuses
from office import need, soffice

import build_form
from zhijiao20.core.catalog import Catalog
from zhijiao20.formats.docx.fill import fill
from zhijiao20.system.discovery import official_form

MM = 72 / 25.4
BINDING, FORE_EDGE, FOOT, HEAD = 28, 26, 35, 37  # the margins of the upright sheet: left, right, bottom, top
ONE_CHARACTER = 14 / MM  # of 14 pt, in mm

Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def landscape() -> bytes:
    """The blank landscape form that travels with the program."""
    return official_form(landscape=True)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, landscape: bytes) -> list[str]:
    """The pages of the blank form as LibreOffice lays them out, each with the boxes of its words."""
    folder = tmp_path_factory.mktemp("landscape")
    (folder / "form.docx").write_bytes(landscape)
    command = [need("pdftotext"), "-bbox-layout", str(soffice(folder / "form.docx", "pdf", folder)), "-"]
    layout = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return re.findall(r"<page .*?</page>", layout, flags=re.DOTALL)


def words(page: str) -> list[tuple[str, Box]]:
    """The words of a page, each with its left, upper, right and lower edge in mm."""
    found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
    return [
        (word, (float(x) / MM, float(y) / MM, float(right) / MM, float(low) / MM)) for x, y, right, low, word in found
    ]


def page_number(page: str) -> tuple[str, Box]:
    """What stands outside the type area, and the box around it."""
    outside = [(word, box) for word, box in words(page) if box[2] < FOOT or box[0] > 297 - HEAD]
    left, upper, right, lower = zip(*(box for _, box in outside), strict=True)
    return "".join(word for word, _ in outside), (min(left), min(upper), max(right), max(lower))


def test_landscape_form_is_what_the_script_builds(landscape: bytes) -> None:
    """The form and the task list cannot drift apart: parts compared, as deflate differs between zlib builds."""
    catalog = yaml.safe_load((ROOT / "data" / "tasks.yaml").read_text(encoding="utf-8"))
    built = build_form.build(catalog, landscape=True)
    assert parts(landscape) == parts(built)
    assert build_form.build(catalog, landscape=True) == built


def test_sheet_is_the_upright_one_turned(landscape: bytes) -> None:
    """A4 landscape; each margin goes with its edge, the left one to the top: a type area of 225 × 156 mm."""
    section = docx.Document(io.BytesIO(landscape)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section.orientation == docx.enum.section.WD_ORIENTATION.LANDSCAPE
    margins = [section.top_margin.mm, section.right_margin.mm, section.bottom_margin.mm, section.left_margin.mm]
    assert [round(margin) for margin in margins] == [BINDING, HEAD, FORE_EDGE, FOOT]


def test_table_fills_the_type_area(landscape: bytes) -> None:
    """Four columns as wide as the type area, the last one the widest; the cells are as wide as their columns."""
    table = docx.Document(io.BytesIO(landscape)).tables[0]
    widths = [column.width for column in table.columns]
    assert round(sum(widths) / 36000) == 225
    assert max(widths) == widths[-1] > sum(widths) / 2
    header, first = ([cell.width for cell in row._tr.tc_lst] for row in table.rows[:2])
    assert first == widths
    assert header == [widths[0] + widths[1], *widths[2:]]


def test_header_spans_and_repeats(landscape: bytes) -> None:
    """Three header cells over four columns, repeated on every page."""
    header = docx.Document(io.BytesIO(landscape)).tables[0].rows[0]._tr
    spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in header.findall(f"{W}tc")]
    assert [None if span is None else span.get(f"{W}val") for span in spans] == ["2", None, None]
    assert header.find(f"{W}trPr/{W}tblHeader") is not None


def test_table_says_the_same_as_the_upright_one(landscape: bytes) -> None:
    """Every cell of every row, merged ones filled down, and the paragraphs above the table."""
    upright, turned = (docx.Document(io.BytesIO(data)) for data in (official_form(), landscape))
    texts = [[[cell.text for cell in row.cells] for row in form.tables[0].rows] for form in (upright, turned)]
    assert texts[0] == texts[1]
    above = [[(paragraph.style.name, paragraph.text) for paragraph in form.paragraphs] for form in (upright, turned)]
    assert above[0] == above[1]


def test_only_the_sheet_differs(landscape: bytes) -> None:
    """Styles, fonts, settings and properties are those of the upright form."""
    upright, turned = parts(official_form()), parts(landscape)
    assert list(turned) == list(upright)
    differing = {name for name in turned if turned[name] != upright[name]}
    assert differing == {"word/document.xml", "word/footer1.xml", "word/footer2.xml"}


def test_landscape_form_is_filled_and_read_as_the_upright_one(landscape: bytes) -> None:
    """Column 4 and the lines above the table, which only a form of our own gets."""
    texts = {"1.1": ("已建立标准。", "一、措施"), "20.1": ("按季召开联席会议。",)}
    both = [fill(opened(data, own=True), texts, unit="澄州市教育局") for data in (official_form(), landscape)]
    assert statuses(both[0]) == statuses(both[1])
    assert statuses(both[1])[0] == "已建立标准。\n一、措施"
    above = [[(line.style.name, line.text) for line in docx.Document(io.BytesIO(form)).paragraphs] for form in both]
    assert above[0] == above[1]
    assert any("澄州市教育局" in text for _, text in above[1])


@pytest.mark.minutes
def test_page_number_stays_at_the_foot_of_the_upright_sheet(pages: list[str]) -> None:
    """Beside the left edge of the type area, its line 7 mm away: below on odd pages, above on even ones."""
    assert len(pages) > 10
    for number, page in enumerate(pages, start=1):
        text, (left, upper, right, lower) = page_number(page)
        assert text == f"—{number}—"
        assert left < FOOT - 7 < right < FOOT
        if number % 2:
            assert upper > 210 / 2
            assert lower == pytest.approx(210 - FORE_EDGE - ONE_CHARACTER, abs=1)
        else:
            assert lower < 210 / 2
            assert upper == pytest.approx(BINDING + ONE_CHARACTER, abs=1)


@pytest.mark.minutes
def test_page_number_is_turned_with_the_sheet(pages: list[str]) -> None:
    """Its line is higher than its dash is long: turned, the height of the line lies across the sheet."""
    for page in pages:
        dashes = [box for word, box in words(page) if word == "—" and box[2] < FOOT]
        assert len(dashes) == 2
        assert all(right - left > lower - upper for left, upper, right, lower in dashes)


@pytest.mark.minutes
def test_no_page_is_blank(pages: list[str], catalog: Catalog) -> None:
    """The header stands on every page, the last task on the last one."""
    for page in pages:
        assert "落实情况" in "".join(word for word, _ in words(page))
    last = "".join(word for word, _ in words(pages[-1]))
    assert "".join(list(catalog.tasks.values())[-1].text.split())[-6:] in last


def test_script_writes_one_form_or_both(tmp_path: Path, landscape: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told where, it writes the form asked for; without options both to their places."""
    monkeypatch.setattr(sys, "argv", ["build_form.py", "--landscape", "-o", str(tmp_path / "form.docx")])
    build_form.main()
    assert parts((tmp_path / "form.docx").read_bytes()) == parts(landscape)

    (tmp_path / "data").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "data" / "tasks.yaml").write_bytes((ROOT / "data" / "tasks.yaml").read_bytes())
    monkeypatch.setattr(build_form, "ROOT", tmp_path)
    for options, written in (
        (["--landscape"], ["official-landscape.docx"]),
        ([], ["official-landscape.docx", "official.docx"]),
    ):
        monkeypatch.setattr(sys, "argv", ["build_form.py", *options])
        build_form.main()
        assert sorted(path.name for path in (tmp_path / "templates").iterdir()) == written
    assert parts((tmp_path / "templates" / "official.docx").read_bytes()) == parts(official_form())
