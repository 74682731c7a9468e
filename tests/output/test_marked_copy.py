"""A returned Word file has a comment on each cell with remarks, and is otherwise what came."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from forms import MAIN, W, opened, parts, submission
from lxml import etree
from office import soffice
from ooxml_schema import violations
from sent_forms import SENT, commented, plain

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.feedback import Remark, remarks
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import DEFAULT
from zhijiao20.formats.docx.mark import NOTES_LIMIT
from zhijiao20.formats.docx.ooxml import own_text
from zhijiao20.formats.read import read_content
from zhijiao20.output.marked_copy import marked_copy
from zhijiao20.rules.engine import Reviewer

OFFICE = "澄州市教育局"
_NAME = r"(?:[a-z0-9]+:)?"
_MARKS = re.compile(
    rf'<{_NAME}commentRange(?:Start|End)(?: xmlns:\w+="[^"]*")? {_NAME}id="(\d+)"/>'
    rf'|<{_NAME}r(?: xmlns:\w+="[^"]*")?>(?:<{_NAME}rPr><{_NAME}rStyle [^>]*/></{_NAME}rPr>)?'
    rf'<{_NAME}commentReference {_NAME}id="(\d+)"/></{_NAME}r>'
)
every_form = pytest.mark.parametrize("name", SENT)


def reviewed(data: bytes, catalog: Catalog) -> list[Remark]:
    """The remarks of an ordinary review."""
    submissions, out = read_content(Path("甲.docx"), data, catalog)
    for one in submissions:
        Reviewer(catalog, DEFAULT).review(one, out.of_unit(one.unit))
    return remarks(out.findings, [*catalog.tasks])


def comments(data: bytes) -> dict[str, list[str]]:
    """Comment id → its paragraphs."""
    root = etree.fromstring(
        next(part for name, part in parts(data).items() if re.search(r"word/comments\d*\.xml", name))
    )
    return {
        item.get(f"{W}id"): ["".join(paragraph.itertext()) for paragraph in item.iter(f"{W}p")]
        for item in root.iter(f"{W}comment")
    }


def by_task(data: bytes) -> dict[str, list[list[str]]]:
    """Task → the comments on its row; without a task: elsewhere."""
    texts, form = comments(data), opened(data)
    found: dict[str, list[list[str]]] = {}
    for reference in form.document.iter(f"{W}commentReference"):
        cells = set(reference.iterancestors())
        rows = form.located.rows.items()
        task = next((task for task, row in rows if row.status_cell in cells or row.task_cell in cells), "")
        found.setdefault(task, []).append(texts[reference.get(f"{W}id")])
    return found


def unmarked(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    """The main part before, and after without the marks that were added."""
    old = {match[0] for match in _MARKS.finditer(_text(before))}
    return before, _encoded(before, _MARKS.sub(lambda match: match[0] if match[0] in old else "", _text(after)))


def _text(part: bytes) -> str:
    return part.decode("utf-16-le" if part[:2] == b"\xff\xfe" else "utf-8")


def _encoded(pattern: bytes, text: str) -> bytes:
    return text.encode("utf-16-le" if pattern[:2] == b"\xff\xfe" else "utf-8")


@every_form
def test_only_marks_are_added(name: str, catalog: Catalog) -> None:
    """The main part without the marks is what came; every other part is the same, but those that list comments."""
    sent = SENT[name]()
    marked = marked_copy(sent, catalog, reviewed(sent, catalog), OFFICE)
    before, after = parts(sent), parts(marked)
    listing = {"[Content_Types].xml", "word/_rels/document.xml.rels"} if name != "commented" else set()
    listing |= {part for part in after if re.search("comments|people", part)}
    for part in before.keys() - listing - {MAIN}:
        assert after[part] == before[part]
    old, new = unmarked(before[MAIN], after[MAIN])
    assert new == old.replace(b"<p/>", b"<p></p>") if name == "other_prefix" else new == old
    assert [*after][: len(before)] == [*before]


@pytest.mark.minutes
@every_form
def test_marks_are_valid(name: str, catalog: Catalog) -> None:
    """Nothing is wrong with the copy that was not with what came, by the schemas of the standard."""
    sent = SENT[name]()
    marked = marked_copy(sent, catalog, reviewed(sent, catalog), OFFICE)
    assert {_anywhere(one) for one in violations(marked)} <= {_anywhere(one) for one in violations(sent)}


def _anywhere(violation: str) -> str:
    """A violation without its place: marks move what follows them."""
    return re.sub(r"\[\d+\]", "", violation)


@every_form
def test_comments_are_the_cells_with_remarks(name: str, catalog: Catalog) -> None:
    """One comment for each task with remarks, one at the title for the others; by the office, without a clock."""
    sent = SENT[name]()
    found = reviewed(sent, catalog)
    marked = marked_copy(sent, catalog, found, OFFICE)
    expected = {remark.task or "" for remark in found if remark.task or not remark.row}
    own = {"1.1"} if name == "commented" else set()
    located = by_task(marked)
    assert {task for task in located if task} == {task for task in expected | own if task}
    assert all(len(located[task]) == 1 for task in expected - own)
    authors = re.findall(rb'author="([^"]*)"', b"".join(parts(marked)["word/comments.xml"].split(b"<w:comment ")[1:]))
    assert set(map(bytes.decode, authors)) <= {OFFICE, "李"}
    assert b"w:date" not in parts(marked)["word/comments.xml"]
    assert marked == marked_copy(sent, catalog, found, OFFICE)


@every_form
def test_marked_copy_is_read_like_the_file_that_came(name: str, catalog: Catalog) -> None:
    """Every text, every finding: the comments are none."""
    sent = SENT[name]()
    marked = marked_copy(sent, catalog, reviewed(sent, catalog), OFFICE)
    first, second = submission(sent), submission(marked)
    assert first[0].entries == second[0].entries
    assert first[1] == second[1]
    assert reviewed(marked, catalog) == reviewed(sent, catalog)


@pytest.mark.minutes
@every_form
def test_office_program_opens_the_marked_copy(name: str, catalog: Catalog, tmp_path: Path) -> None:
    """LibreOffice opens it and saves the texts that it saves of the file that came, and every comment."""
    sent = SENT[name]()
    marked = marked_copy(sent, catalog, reviewed(sent, catalog), OFFICE)
    saved = resaved(marked, tmp_path)
    expected = texts(resaved(sent, tmp_path) if name == "controls" else sent)  # LibreOffice 7.4 doubles some texts
    assert texts(saved) == expected
    said = sorted(tuple(line for line in lines if line) for lines in comments(marked).values())
    assert sorted(tuple(line for line in lines if line) for lines in comments(saved).values()) == said


def resaved(data: bytes, folder: Path) -> bytes:
    """A file as LibreOffice saves it."""
    (folder / "in").mkdir(exist_ok=True)
    path = folder / "in" / "甲.docx"
    path.write_bytes(data)
    return soffice(path, "docx", folder).read_bytes()


def texts(data: bytes) -> dict[str, str]:
    """Every status as it is in the cell, without prompts."""
    return {task: own_text(row.status_cell) for task, row in opened(data).located.rows.items()}


@pytest.mark.minutes
@pytest.mark.parametrize("name", ["plain", "tracked", "seven_tables", "extra_columns"])
def test_file_saved_by_libreoffice_is_marked_alike(name: str, catalog: Catalog, tmp_path: Path) -> None:
    """Its XML is another program's; only marks are added to it too."""
    sent = resaved(SENT[name](), tmp_path)
    found = reviewed(sent, catalog)
    marked = marked_copy(sent, catalog, found, OFFICE)
    old, new = unmarked(parts(sent)[MAIN], parts(marked)[MAIN])
    assert new == old
    assert {task for task in by_task(marked) if task} == {remark.task for remark in found if remark.task}
    assert reviewed(marked, catalog) == found


def test_lists_beside_comments_are_extended(catalog: Catalog) -> None:
    """Where the file has them: every comment in each list, ids that nothing else has, the office among the people."""
    marked = parts(marked_copy(commented(), catalog, reviewed(commented(), catalog), OFFICE))
    ids = re.findall(rb'<w:comment [^>]*w:id="(\d+)"|<w:comment w:id="(\d+)"', marked["word/comments.xml"])
    numbers = [int(first or second) for first, second in ids]
    assert numbers[0] == 3
    assert min(numbers[1:]) == 5, "4 is a bookmark"
    assert len(set(numbers)) == len(numbers)
    last = [
        item.findall(f"{W}p")[-1].get("{http://schemas.microsoft.com/office/word/2010/wordml}paraId")
        for item in etree.fromstring(marked["word/comments.xml"])
    ]
    for name, wanted in (("commentsExtended", last), ("commentsIds", last)):
        listed = re.findall(rb'paraId="([0-9A-F]{8})"', marked[f"word/{name}.xml"])
        assert [one.decode() for one in listed] == wanted
    durable = re.findall(rb'durableId="([0-9A-F]{8})"', marked["word/commentsIds.xml"])
    assert len({*durable, *(one.encode() for one in last)}) >= len(durable)
    assert OFFICE in marked["word/people.xml"].decode()


def test_marking_twice_names_the_office_once(catalog: Catalog) -> None:
    """In the list of people; the ids of the second round go on."""
    found = reviewed(commented(), catalog)
    once = marked_copy(commented(), catalog, found, OFFICE)
    twice = parts(marked_copy(once, catalog, found, OFFICE))
    assert twice["word/people.xml"] == parts(once)["word/people.xml"]
    numbers = [int(item.get(f"{W}id")) for item in etree.fromstring(twice["word/comments.xml"])]
    assert len(set(numbers)) == len(numbers)


def remark(task: str | None, problem: str, row: str = "") -> Remark:
    """A remark without further detail."""
    return Remark(Severity.ERROR, task, "", row, problem, "")


def test_remarks_of_a_cell_share_a_comment_in_their_order(catalog: Catalog) -> None:
    """Numbered if there are several; those without a row at the title; a row by its label."""
    found = [remark("1.1", "甲"), remark(None, "乙"), remark("1.1", "丙"), remark(None, "丁", "第3行")]
    marked = marked_copy(plain(), catalog, found)
    assert by_task(marked) == {
        "": [["请改正：乙"]],
        "1.1": [["1. 请改正：甲", "2. 请改正：丙"]],
        "1.2": [["请改正：丁"]],
    }
    root = opened(marked).document
    title = next(item for item in root.iter(f"{W}commentReference")).getparent().getparent()
    assert "".join(title.itertext()) == catalog.title
    assert set(re.findall(rb'w:author="([^"]*)"', parts(marked)["word/comments.xml"])) == {"审核".encode()}


def test_many_remarks_on_a_cell_are_cut(catalog: Catalog) -> None:
    """The last line says how many there are."""
    found = [remark("1.1", f"第{number}条") for number in range(NOTES_LIMIT + 5)]
    lines = by_task(marked_copy(plain(), catalog, found))["1.1"][0]
    assert len(lines) == NOTES_LIMIT + 1
    assert lines[-1] == f"这里的问题共 {NOTES_LIMIT + 5} 条，其余的没有列出"


def test_nothing_to_say_gives_the_file_back(catalog: Catalog) -> None:
    """Byte for byte."""
    assert marked_copy(plain(), catalog, []) == plain()
