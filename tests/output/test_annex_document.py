"""The annex in Word: typeset like the form, valid, the same at every run; headings, contents, statistics, texts."""

from __future__ import annotations

import io
from functools import partial

import docx
import pytest
from digests import LEADING, units
from forms import W, parts
from golden import same_as_golden
from lxml import etree
from ooxml_schema import violations

from zhijiao20.core.catalog import Catalog, only_tasks
from zhijiao20.core.digest_merge import Digesting
from zhijiao20.core.digest_result import Digest
from zhijiao20.core.merge import unit_texts
from zhijiao20.core.roster import Roster, RosterUnit
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.output.annex_document import annex_document
from zhijiao20.system.atomic_write import as_bytes
from zhijiao20.system.discovery import official_form

DOCUMENT = "word/document.xml"


def digest(catalog: Catalog, found: list[Submission]) -> Digest:
    """Schools under the bureau, which leads some tasks."""
    every = tuple(catalog.tasks)
    roster = Roster(
        tuple(
            RosterUnit(
                item.unit,
                superior="甲市教育局" if item.unit.endswith("学校") else "",
                category="学校" if item.unit.endswith("学校") else "机关",
                tasks=every,
                leads=tuple(task for task in LEADING.get(item.unit, ()) if task in catalog.tasks),
            )
            for item in found
        )
    )
    digesting = Digesting(catalog, roster=roster)
    for item in found:
        digesting.take(item.unit, item.file, item.period, unit_texts(item))
    superiors = dict(enumerate(unit.superior for unit in roster.units))
    return digesting.finish(superiors=superiors, annex=True)


def annex(catalog: Catalog, found: list[Submission], **options: object) -> bytes:
    """The document."""
    return as_bytes(partial(annex_document, digest(catalog, found), catalog, **options))


@pytest.fixture(scope="module")
def small(catalog: Catalog) -> Catalog:
    """Four tasks of three articles in two chapters."""
    return only_tasks(catalog, ["1.1", "1.2", "2.1", "20.1"])


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("paged", [False, True])
def test_valid_and_always_the_same(landscape: bool, paged: bool, small: Catalog) -> None:
    """Every part by the schema; nothing of the clock or of the program; the sheet of the form."""
    options = {"unit": "甲市教育局", "period": "2020年上半年", "landscape": landscape, "paged": paged}
    made = annex(small, units(3, small), **options)
    assert violations(made) == []
    assert made == annex(small, units(3, small), **options)
    new, form = parts(made), parts(official_form(landscape=landscape))
    assert {name for name in form if new[name] != form[name]} == {DOCUMENT, "word/styles.xml", "docProps/core.xml"}
    assert b"zhijiao" not in b"".join(new.values()).lower()
    sections = [
        etree.tostring(etree.fromstring(one[DOCUMENT]).find(f".//{W}sectPr"), method="c14n") for one in (new, form)
    ]
    assert sections[0] == sections[1]


def test_document(small: Catalog) -> None:
    """The whole of a small one; it was looked at in LibreOffice, portrait and landscape."""
    made = parts(annex(small, units(3, small), unit="甲市教育局", period="2020年上半年"))
    text = etree.tostring(etree.fromstring(made[DOCUMENT]), pretty_print=True, encoding="unicode")
    same_as_golden("digest/annex.xml", text)


def test_headings_contents_and_texts(small: Catalog) -> None:
    """A heading for each chapter, article and task that has texts; the contents are their list."""
    document = docx.Document(io.BytesIO(annex(small, units(3, small))))
    paragraphs = [(one.style.name, one.text) for one in document.paragraphs]
    headings = [text for style, text in paragraphs if style.startswith("Heading")]
    assert headings[:4] == ["填报情况统计", "按类别", "按上级", "按任务"]
    assert [text.partition("　")[0] for style, text in paragraphs if style == "Heading 3"] == [
        "1.1",
        "1.2",
        "2.1",
        "20.1",
    ]
    entries = document.element.body.findall(f"./{W}sdt/{W}sdtContent/{W}p")[1:]
    assert ["".join(node.text for node in entry.iter(f"{W}t")) for entry in entries] == headings
    marks = {mark.get(f"{W}name") for mark in document.element.body.iter(f"{W}bookmarkStart")}
    assert {link.get(f"{W}anchor") for link in document.element.body.iter(f"{W}hyperlink")} == marks
    assert ("附件文字", "【第1学校】第1学校印发第1.1项工作方案，建立3项制度，") in paragraphs
    assert ("附件文字", "安排经费101万元。") in paragraphs
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables[0] == [
        ["类别", "单位", "填报", *tables[0][0][3:]], ["机关", "1", "4", *tables[0][1][3:]], ["学校", "2", "8", *tables[0][2][3:]],
    ]  # fmt: skip
    assert [row[0] for row in tables[2]] == ["编号", "1.1", "1.2", "2.1", "20.1"]


def test_field_of_the_contents_asks_nothing(small: Catalog) -> None:
    """Neither dirty nor updateFields, at which Word asks about fields that refer to other files; no wrong number."""
    made = parts(annex(small, units(3, small)))
    root = etree.fromstring(made[DOCUMENT])
    codes = [node.text for node in root.iter(f"{W}instrText")]
    assert codes[0] == ' TOC \\o "1-3" \\h \\z \\u '
    assert all(code.startswith(" PAGEREF _Toc") for code in codes[1:])
    kinds = [node.get(f"{W}fldCharType") for node in root.iter(f"{W}fldChar")]
    assert [kinds.count(kind) for kind in ("begin", "separate", "end")] == [len(codes)] * 3
    assert b"dirty" not in made[DOCUMENT]
    assert b"updateFields" not in made["word/settings.xml"]
    paged = etree.fromstring(parts(annex(small, units(3, small), paged=True))[DOCUMENT])
    assert [node.text for node in paged.iter(f"{W}instrText")] == codes[1:]


def test_what_is_in_the_table_has_no_heading(small: Catalog) -> None:
    """Nor has its chapter, if nothing else of it is left."""
    only = [Submission("甲市教育局", entries={task: Entry(task, None, "文字") for task in ("1.1", "2.1", "20.1")})]
    document = docx.Document(io.BytesIO(annex(small, only)))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        "填报情况统计", "按类别", "按任务", small.chapters[0].title, small.chapters[0].articles[1].title,
        f"2.1　{small.tasks['2.1'].text}",
    ]  # fmt: skip


def test_hostile_texts_are_only_texts(small: Catalog) -> None:
    """Markup, tabs, quotes, characters beyond the BMP, and units named so; numbered headings have their faces."""
    text = "一、<w:p/>&\t\U00020000\u200b\u00a0\n1.“甲”乙"
    only = [Submission('<单位>&"学校', entries={"2.1": Entry("2.1", None, text)})]
    made = annex(small, only, unit="<w:p/>&")
    assert violations(made) == []
    document = docx.Document(io.BytesIO(made))
    texts = [one.text for one in document.paragraphs if one.style.name == "附件文字"]
    assert texts == [f'【<单位>&"学校】{text.partition(chr(10))[0]}', "1.“甲”乙"]
    assert any(one.text == "填报单位：<w:p/>&" for one in document.paragraphs)


def test_many_texts(small: Catalog) -> None:
    """More than are written at once."""
    many = [Submission(f"第{n}学校", entries={"1.1": Entry("1.1", None, f"文字{n}")}) for n in range(450)]
    document = docx.Document(io.BytesIO(annex(small, many)))
    texts = [one.text for one in document.paragraphs if one.style.name == "附件文字"]
    assert texts == [f"【第{n}学校】文字{n}" for n in range(450)]
