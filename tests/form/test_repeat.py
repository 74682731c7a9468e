"""Paragraphs that are not in the tree come out as if they were."""

from __future__ import annotations

from copy import deepcopy

import pytest
from forms import MAIN, W, changed, filled, opened, parts
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from zhijiao20.form.ooxml import P, children
from zhijiao20.form.ooxml_write import _append_text, _formatting, fill_cell
from zhijiao20.form.package import serialise
from zhijiao20.form.repeat import Repeats
from zhijiao20.resources import official_form

CHARS = st.characters(exclude_categories=["Cs"], exclude_characters="\n\ufffe\uffff").filter(
    lambda char: char >= " " or char == "\t"
)
TEXTS = st.lists(
    st.text(st.one_of(CHARS, st.sampled_from("<>&\"'\t一、（二）。【】")), max_size=12), min_size=1, max_size=5
)


def as_elements(data: bytes, texts: list[str], *, own: bool) -> bytes:
    """The document with every paragraph of 1.1 built in the tree."""
    form = opened(data, own=own)
    row = form.located.rows["1.1"]
    cell = row.status_cell
    pattern = next(children(cell, P))
    properties, run_properties = _formatting(pattern, row.task_cell)
    last = pattern
    for text in texts[1:]:
        paragraph = etree.Element(P)
        if properties is not None:
            paragraph.append(deepcopy(properties))
        _append_text(paragraph, text, run_properties, faces=own)
        last.addnext(paragraph)
        last = paragraph
    fill_cell_first(form, texts[0], own=own)
    return serialise(form.document)


def fill_cell_first(form: object, text: str, *, own: bool) -> None:
    from zhijiao20.form.ooxml_write import _emptied

    row = form.located.rows["1.1"]
    pattern = next(children(row.status_cell, P))
    properties, run_properties = _formatting(pattern, row.task_cell)
    _append_text(_emptied(pattern, properties), text, run_properties, faces=own)


def bare(root: etree._Element) -> None:
    """The form without any formatting of its own."""
    for kind in ("pPr", "rPr"):
        for properties in list(root.iter(f"{W}{kind}")):
            if (parent := properties.getparent()) is not None:
                parent.remove(properties)


FORMS = {
    "own": (official_form(), True),
    "landscape": (official_form(landscape=True), True),
    "foreign": (official_form(), False),
    "bare": (changed(bare), False),
}


@pytest.mark.parametrize("which", FORMS)
@given(TEXTS)
@settings(deadline=None, derandomize=True, max_examples=60)
def test_written_as_the_tree_would_give_it(which: str, texts: list[str]) -> None:
    """Byte for byte, whatever is in a text: markup, tabs, numbered headings, characters outside the plane."""
    data, own = FORMS[which]
    form = opened(data, own=own)
    row = form.located.rows["1.1"]
    repeats = Repeats(form.package.parts[MAIN])
    fill_cell(row.status_cell, tuple(texts), row.task_cell, repeats, faces=own)
    assert b"".join(repeats.written(form.document)) == as_elements(data, texts, own=own)


def test_a_form_that_has_such_marks_itself_keeps_them() -> None:
    """What stands in a foreign form is none of our marks, however it is named."""

    def mark(root: etree._Element) -> None:
        for name in ("repeat", "repeat-"):
            root.find(f".//{W}p").addprevious(etree.ProcessingInstruction(name, "0"))
            root.find(f".//{W}p").addprevious(etree.ProcessingInstruction(name, "end"))

    document = parts(filled({"1.1": "甲\n乙\n丙"}, changed(mark)))[MAIN]
    assert document.count(b"<?repeat 0?><?repeat end?>") == document.count(b"<?repeat- 0?><?repeat- end?>") == 1
    assert b"<?repeat--" not in document
    assert all(f">{text}<".encode() in document for text in "甲乙丙")


def test_the_document_is_never_there_as_a_whole() -> None:
    """It comes piece by piece: a cell of two hundred units is one of many."""
    form = opened(own=True)
    repeats = Repeats(form.package.parts[MAIN])
    for row in form.located.rows.values():
        fill_cell(row.status_cell, ("甲" * 300,) * 50, row.task_cell, repeats, faces=True)
    pieces = list(repeats.written(form.document))
    assert max(map(len, pieces)) < sum(map(len, pieces)) / 20
