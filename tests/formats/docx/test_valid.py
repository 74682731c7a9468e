"""Every part of every .docx file that the program ships or writes is valid against ECMA-376, and they hold together."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from forms import filled, opened, parts
from ooxml_schema import violations

from zhijiao20.core.catalog import Catalog
from zhijiao20.formats.docx.fill import fill
from zhijiao20.output.annotated_form import annotate

TEXTS = {"1.1": "印发方案。\n（一）“双高”\t1260人次。\n\n\t缩进 ＆ <标记>。", "2.1": "职普比为47.2∶52.8。", "20.1": ""}
HEADING = {"unit": "澄州市教育局", "period": "2020年上半年"}
DOCUMENT, STYLES, SETTINGS, FOOTER = (f"word/{name}.xml" for name in ("document", "styles", "settings", "footer1"))
each_template = pytest.mark.parametrize(
    "template", [pytest.param(path, id=path.stem) for path in sorted((ROOT / "templates").glob("*.docx"))]
)


@each_template
def test_blank_form_is_valid(template: Path) -> None:
    """Each form that is shipped."""
    assert violations(template.read_bytes()) == []


@each_template
def test_filled_form_is_valid(template: Path) -> None:
    """Several paragraphs, tabs, an empty text, and both lines above the table."""
    data = fill(
        opened(template.read_bytes(), own=True),
        {task: tuple(text.split("\n")) for task, text in TEXTS.items()},
        **HEADING,
    )
    text = parts(data)[DOCUMENT].decode()
    assert all(piece in text for piece in ("填报单位：澄州市教育局", "报告期：2020年上半年", "<w:tab/>"))
    assert violations(data) == []


def test_form_with_every_cell_filled_is_valid(catalog: Catalog) -> None:
    """All rows at once."""
    assert violations(filled({task: f"落实{task}。\n第二段\t{task}。" for task in catalog.tasks}, **HEADING)) == []


def test_form_with_comments_is_valid(catalog: Catalog) -> None:
    """What python-docx adds for review notes: comments in cells and on the first line, in a part of their own."""
    data = annotate(filled(TEXTS, **HEADING), catalog, [("1.1", "太短\n补充"), ("1.2", "空的"), (None, "整个文件")])
    assert "word/comments.xml" in parts(data)
    assert violations(data) == []
