"""What other programs make of a rendered file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import docx
import pytest
from conftest import ROOT
from lxml import html
from office import need, soffice

from zhijiao20.commands.render import render
from zhijiao20.core.catalog import Catalog


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, rendered."""
    output = tmp_path_factory.mktemp("office") / "rendered.docx"
    render([ROOT / "examples" / "澄州市"], output, unit="澄州市教育局")
    return output


def squeezed(text: str) -> str:
    """A text without white space: a page breaks lines where it likes."""
    return "".join(text.split())


@pytest.mark.minutes
def test_libreoffice_makes_a_pdf_with_every_text(rendered: Path, catalog: Catalog) -> None:
    """Nothing is cut off on the page; the header stands on each page, page numbers as — 1 —."""
    pdf = soffice(rendered, "pdf", rendered.parent)
    text = subprocess.run(
        [need("pdftotext"), "-layout", str(pdf), "-"], check=True, capture_output=True
    ).stdout.decode()
    pages = text.split("\f")[:-1]
    assert all(re.search(rf"—\s*{number}\s*—", page) for number, page in enumerate(pages, start=1))
    assert all("落实情况" in page for page in pages)
    raw = subprocess.run([need("pdftotext"), "-raw", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    characters = set(squeezed(raw))
    assert not [task.id for task in catalog.tasks.values() if not set(squeezed(task.text)) <= characters]
    assert len(pages) > 20


def test_pandoc_reads_the_same_texts(rendered: Path) -> None:
    """Another reader, another mind: the same 87 texts of column 4, to the character."""
    page = subprocess.run([need("pandoc"), "-t", "html", "--wrap=none", str(rendered)], check=True, capture_output=True)
    rows = html.fromstring(page.stdout.decode()).xpath("//table//tr[td]")
    found = [
        "\n".join(part.text_content() for part in row.xpath("./td[last()]/p")) or row[-1].text_content() for row in rows
    ]
    table = docx.Document(str(rendered)).tables[0]
    assert found == [row.cells[3].text for row in table.rows[1:]]


@pytest.mark.minutes
def test_libreoffice_saves_the_texts_back(rendered: Path) -> None:
    """Opened and saved as .docx by another program, column 4 is still the same."""
    folder = rendered.parent / "saved"
    folder.mkdir()
    saved = soffice(rendered, "docx", folder)
    before, after = (docx.Document(str(path)).tables[0] for path in (rendered, saved))
    assert [row.cells[-1].text for row in before.rows] == [row.cells[-1].text for row in after.rows]
