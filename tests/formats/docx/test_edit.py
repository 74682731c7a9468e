"""Characters are changed inside the runs of a cell; formatting, revisions and every other byte stay."""

from __future__ import annotations

import re

import pytest
from forms import MAIN, changed, filled, parts, run, submission, with_status
from sent_forms import SENT

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Place
from zhijiao20.formats.docx.edit import edit_statuses
from zhijiao20.formats.format import TextEdits

ROW = Place(cell="第2行")  # of 1.1


def edited(data: bytes, catalog: Catalog, text: str, *changes: tuple[int, int, str]) -> tuple[bytes, bool]:
    """A form with changes in 1.1, and whether they were made."""
    made, places = edit_statuses(data, catalog, {ROW: TextEdits(text, changes)})
    return made, places == {ROW}


def test_change_across_runs_keeps_their_formats(catalog: Catalog) -> None:
    """The new text has the format of the first character that it replaces."""
    data = with_status(f"<w:p>{run('截', '<w:b/>')}{run('止2020')}<w:r><w:tab/><w:t>年&amp;</w:t></w:r></w:p>")
    made, done = edited(data, catalog, "截止2020\t年&", (0, 2, "截至"), (7, 8, "年底"))
    assert done
    assert submission(made)[0].entries["1.1"].status == "截至2020\t年底&"
    before, after = parts(data), parts(made)
    assert {name for name in before if before[name] != after[name]} == {MAIN}
    text = after[MAIN].decode()
    for new, old in ((">截至<", ">截<"), (">2020<", ">止2020<"), (">年底&amp;<", ">年&amp;<")):
        assert new in text
        text = text.replace(new, old)
    assert text.encode() == before[MAIN]


def test_second_paragraph_is_changed(catalog: Catalog) -> None:
    """Paragraphs are separated by one character."""
    made, done = edited(filled({"1.1": "甲,乙\n丙,丁"}), catalog, "甲,乙\n丙,丁", (5, 6, "，"))
    assert done
    assert submission(made)[0].entries["1.1"].status == "甲,乙\n丙，丁"


@pytest.mark.parametrize(
    ("xml", "text", "change"),
    [
        ("<w:p><w:ins w:id='1' w:author='a'><w:r><w:t>甲,乙</w:t></w:r></w:ins></w:p>", "甲,乙", (1, 2, "，")),
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>", "甲\t乙", (1, 2, "")),
        ("<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>", "甲\n乙", (1, 2, "")),
        ("<w:p><w:r><w:t>甲,<!-- x -->乙</w:t></w:r></w:p>", "甲,乙", (1, 2, "，")),
        ("<w:p><w:r><w:t>甲,乙</w:t></w:r></w:p>", "甲;乙", (1, 2, "，")),
        ("<w:p><w:r><w:t>甲,乙</w:t></w:r></w:p>", "甲,乙", (0, 1, " 甲")),
        (
            "<w:p><w:r><w:t>甲</w:t><w:ruby><w:rubyBase><w:r><w:t>乙</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
            "甲乙",
            (0, 1, "丙"),
        ),
    ],
)
def test_what_is_not_certain_is_left(xml: str, text: str, change: tuple[int, int, str], catalog: Catalog) -> None:
    """Revisions, tabs, ends of paragraphs, split texts, other texts, spaces that Word would drop, ruby."""
    data = with_status(xml)
    assert edited(data, catalog, text, change) == (data, False)


def test_space_at_an_end_needs_the_mark_that_keeps_it(catalog: Catalog) -> None:
    """Runs with the mark can have it."""
    made, done = edited(with_status(f"<w:p>{run('甲,乙')}</w:p>"), catalog, "甲,乙", (0, 1, " 甲"))
    assert done
    assert submission(made)[0].entries["1.1"].status == " 甲,乙"


def test_all_changes_of_a_cell_or_none(catalog: Catalog) -> None:
    """One of two stands in an insertion."""
    ins = "<w:ins w:id='1' w:author='a'><w:r><w:t>丙,丁</w:t></w:r></w:ins>"
    data = with_status(f"<w:p>{run('甲,乙')}{ins}</w:p>")
    assert edited(data, catalog, "甲,乙丙,丁", (1, 2, "，"), (4, 5, "，")) == (data, False)
    assert edited(data, catalog, "甲,乙丙,丁", (1, 2, "，"))[1]


def test_words_taken_out_are_not_in_the_text(catalog: Catalog) -> None:
    """A deletion stays as it is; a paragraph whose mark is deleted goes on."""
    mark = "<w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>"
    gone = "<w:del w:id='2' w:author='a'><w:r><w:delText>旧,</w:delText></w:r></w:del>"
    data = with_status(f"<w:p>{mark}{run('甲,')}{gone}</w:p><w:p>{run('乙')}</w:p>")
    made, done = edited(data, catalog, "甲,乙", (1, 2, "，"))
    assert done
    assert submission(made)[0].entries["1.1"].status == "甲，乙"
    assert "旧,".encode() in parts(made)[MAIN]


def test_no_word_document_is_left(catalog: Catalog) -> None:
    """Nor one in Strict Open XML, which is read in another way."""
    assert edit_statuses(b"PK", catalog, {ROW: TextEdits("", [])}) == (b"PK", frozenset())


@pytest.mark.parametrize("name", [name for name in SENT if name not in {"tracked", "seven_tables"}])
def test_every_form_is_edited_alike(name: str, catalog: Catalog) -> None:
    """Whatever else is in it."""
    data = SENT[name]()
    text = submission(data)[0].entries["1.1"].status
    made, done = edited(data, catalog, text, (0, 2, "制定"))
    assert done
    assert submission(made)[0].entries["1.1"].status == "制定" + text[2:]
    rest = re.sub("制定|印发", "", "".join(map(str, submission(made)[0].entries.values())))
    assert rest == re.sub("制定|印发", "", "".join(map(str, submission(data)[0].entries.values())))


def test_reworded_task_is_edited(catalog: Catalog) -> None:
    """Its row is known by its likeness."""

    def reword(root: object) -> None:
        for item in root.iter("{*}t"):  # type: ignore[attr-defined]
            if item.text == catalog.tasks["1.1"].text:
                item.text = "其实" + item.text

    data = changed(reword, filled({"1.1": "甲,乙"}))
    assert edited(data, catalog, "甲,乙", (1, 2, "，"))[1]
