"""Letters are typeset like the form: its sheet, its fonts, its page numbers; valid, and the same at every run."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from forms import W, parts
from letters import AMEND, EVERY, SEVERAL, UNREAD
from lxml import etree
from office import soffice
from ooxml_schema import violations

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.letter import Letter
from zhijiao20.output.letter_document import letter_document
from zhijiao20.system.discovery import official_form

every_letter = pytest.mark.parametrize("letter", EVERY, ids=lambda letter: letter.kind.value)


@every_letter
def test_letter_is_valid_and_always_the_same(letter: Letter, catalog: Catalog) -> None:
    """Every part by the schema; nothing of the clock."""
    made = letter_document(letter, catalog)
    assert violations(made) == []
    assert made == letter_document(letter, catalog)


@every_letter
def test_sheet_fonts_and_page_numbers_are_those_of_the_form(letter: Letter, catalog: Catalog) -> None:
    """All parts but the text and its properties are the form's; the section has its margins and its footers."""
    made, form = parts(letter_document(letter, catalog)), parts(official_form())
    assert made.keys() == form.keys()
    assert {name for name in form if made[name] != form[name]} == {"word/document.xml", "docProps/core.xml"}
    sections = [
        etree.tostring(etree.fromstring(one["word/document.xml"]).find(f".//{W}sectPr"), method="c14n")
        for one in (made, form)
    ]
    assert sections[0] == sections[1]
    assert b"zhijiao" not in b"".join(made.values()).lower()


def test_texts_stand_in_the_styles_of_the_form(catalog: Catalog) -> None:
    """Title in the title's, first lines two characters in, the table in the table's, its head repeated."""
    document = docx.Document(io.BytesIO(letter_document(AMEND, catalog)))
    styles = [(paragraph.style.style_id, paragraph.text) for paragraph in document.paragraphs]
    assert [style for style, text in styles if text][:2] == ["TableTitle", "TableTitle"]
    assert ("Normal", "澄州市财政局：") in styles
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["编号", "任务", "问题", "怎样改", "位置"]
    assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert sum(int(item.get(f"{W}w")) for item in table._tbl.iter(f"{W}gridCol")) == 8844
    assert document.core_properties.title.startswith("关于退回“职教20条”")
    assert document.core_properties.author == "澄州市教育局"


def test_hostile_names_are_only_text(catalog: Catalog) -> None:
    """Markup and control characters in names."""
    from dataclasses import replace

    letter = replace(SEVERAL, unit="<w:p/>&\x1b", files=('"<甲>.docx', "乙\u202e.docx"))
    made = letter_document(letter, catalog)
    assert violations(made) == []
    text = "".join(etree.fromstring(parts(made)["word/document.xml"]).itertext())
    assert r"<w:p/>&\x1b：" in text
    assert r"《乙\u202e.docx》" in text


def test_long_rows_may_break_between_pages(catalog: Catalog) -> None:
    """Short ones do not."""
    from dataclasses import replace

    from zhijiao20.core.feedback import Row

    letter = replace(AMEND, rows=(Row("1.1", "1.1", "长" * 300, "", ""), Row("1.2", "1.2", "短", "", "")))
    table = docx.Document(io.BytesIO(letter_document(letter, catalog))).tables[0]
    assert [row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows] == [True, False, True]


@pytest.mark.minutes
def test_office_program_prints_the_letters(catalog: Catalog, tmp_path: Path) -> None:
    """LibreOffice opens them."""
    path = tmp_path / "退回意见.docx"
    path.write_bytes(letter_document(UNREAD, catalog))
    assert soffice(path, "pdf", tmp_path).stat().st_size > 5_000
