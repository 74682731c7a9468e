"""Tracked changes in the official form: rejected it is the old form, accepted the new one."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from ooxml_schema import violations
from revisions import W, lines_above, status_cells

from zhijiao20.core.merge import merge
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.docx.fill import fill, open_form
from zhijiao20.formats.docx.tracked import Heading, Revisions, fill_tracked
from zhijiao20.system.discovery import load_catalog, official_form

CATALOG = load_catalog()
TASKS = list(CATALOG.tasks)
PLAIN = Revisions("澄州市教育局", "2020-06-30T00:00:00Z")
_PARTS = [
    "一、做法。",
    "（一）成效。",
    "招生4390人，",
    "招生4510人，",
    "占10.5%。",
    "建立会议制度。",
    "\n",
    "\n\n",
    "\t",
    "A&B<c>",
    "【甲】",
]
texts = st.one_of(
    st.lists(st.sampled_from(_PARTS), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
)
units = st.dictionaries(st.sampled_from(TASKS[:3] + TASKS[-2:]), texts).map(
    lambda found: {task: Entry(task, status=text) for task, text in found.items()}
)
rounds = st.dictionaries(st.sampled_from(["甲校", "乙校", "丙局"]), units, min_size=1, max_size=3).map(
    lambda found: [Submission(name, period="2020年", entries=entries) for name, entries in found.items()]
)


def tracked(old: list[Submission], new: list[Submission], headings: tuple[Heading, Heading] | None = None) -> bytes:
    """The form with the changes between two rounds."""
    stream = io.BytesIO()
    cells = [merge(units, CATALOG).cells for units in (old, new)]
    form = open_form(official_form(), CATALOG, own=True)
    revisions = Revisions("澄州市教育局", "2020-06-30T00:00:00Z")
    fill_tracked(form, cells[0], cells[1], headings or (Heading(), Heading()), revisions, stream)
    return stream.getvalue()


def rendered(units: list[Submission]) -> list[str]:
    """Column 4 of the form that render writes."""
    form = open_form(official_form(), CATALOG, own=True)
    return status_cells(fill(form, merge(units, CATALOG).cells))


def check(old: list[Submission], new: list[Submission]) -> None:
    """Check both ways by a reader of our own, and that the document is valid."""
    document = tracked(old, new)
    assert status_cells(document, "del") == rendered(old)
    assert status_cells(document, "ins") == rendered(new)
    assert not violations(document)


@pytest.mark.minutes
@settings(max_examples=60)
@given(rounds, rounds)
def test_reject_all_is_the_old_form_accept_all_the_new_one(old: list[Submission], new: list[Submission]) -> None:
    """For any two rounds."""
    check(old, new)


@settings(max_examples=5)
@given(rounds, rounds)
def test_some_pairs_of_rounds(old: list[Submission], new: list[Submission]) -> None:
    """A few of them, whenever the tests run."""
    check(old, new)


def one(text: str, unit: str = "甲校") -> list[Submission]:
    """A round of one unit that answers one task."""
    return [Submission(unit, entries={"1.1": Entry("1.1", status=text)})]


def cell(document: bytes) -> etree._Element:
    """The status cell of task 1.1."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return next(root.iter(f"{W}tbl")).findall(f"{W}tr")[1].findall(f"{W}tc")[-1]


def test_a_paragraph_is_taken_out_as_a_paragraph() -> None:
    """Its mark goes with it, so that no empty line stays."""
    paragraphs = cell(tracked(one("甲段。\n乙段。\n丙段。"), one("甲段。\n丙段。"))).findall(f"{W}p")
    assert [paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None for paragraph in paragraphs] == [False, True, False]
    assert [[child.tag.removeprefix(W) for child in paragraph] for paragraph in paragraphs] == [
        ["pPr", "r"],
        ["pPr", "del"],
        ["pPr", "r"],
    ]


def test_marks_name_author_and_date() -> None:
    """Each has a number of its own; without a date none is invented."""
    document = tracked(one("招生4390人。"), one("招生4510人。\n又一段。"))
    marks = list(cell(document).iter(f"{W}ins", f"{W}del"))
    assert {item.get(f"{W}author") for item in marks} == {"澄州市教育局"}
    assert {item.get(f"{W}date") for item in marks} == {"2020-06-30T00:00:00Z"}
    assert len({item.get(f"{W}id") for item in marks}) == len(marks) == 4
    assert Revisions('甲"<乙>').attributes() == {"id": "1", "author": '甲"<乙>'}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Heading("甲校", "2019年"), Heading("甲校", "2020年上半年")),
        (Heading("", ""), Heading("甲校", "2020年")),
        (Heading("甲校", "2019年"), Heading("乙校", "")),
    ],
)
def test_lines_above_the_table(old: Heading, new: Heading) -> None:
    """They are tracked, too; a line of one round only goes or comes as a whole."""

    def lines(heading: Heading) -> list[str]:
        named = (("填报单位", heading.unit), ("报告期", heading.period))
        return [f"{name}：{value}" for name, value in named if value]

    document = tracked(one("甲。"), one("乙。"), (old, new))
    assert [line for line in lines_above(document, "del") if "：" in line and "附表" not in line] == lines(old)
    assert [line for line in lines_above(document, "ins") if "：" in line and "附表" not in line] == lines(new)
    assert not violations(document)


def test_headings_keep_their_typefaces() -> None:
    """A heading that is put in is set like one, and what is taken out as it was."""
    runs = cell(tracked(one("一、做法。好。"), one("（一）做法。好。"))).iter(f"{W}rStyle")
    assert [run.get(f"{W}val") for run in runs] == ["Level1Char", "Level2Char", "Level2Char"]
