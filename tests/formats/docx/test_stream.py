"""Texts poured into a document while it is written: whole, in their places, whatever else the form holds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import pytest
from forms import MAIN, W, changed, filled, opened, parts, statuses
from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.formats.docx.fill import fill_into


def test_more_paragraphs_than_are_written_at_a_time(catalog: Catalog) -> None:
    """Thousands of units in one cell, the cells around it untouched."""
    texts = {"1.1": "甲\r乙", "1.2": "\n".join(f"第{number}段\t<&>" for number in range(1203)), "1.3": "乙"}
    assert statuses(filled(texts))[:3] == [texts["1.1"], texts["1.2"], texts["1.3"]]


def test_a_form_with_instructions_of_its_own() -> None:
    """They stay, and no text lands in them."""

    def instruct(root: etree._Element) -> None:
        root[0].insert(0, etree.ProcessingInstruction("text", "0 first"))
        root[0].insert(1, etree.ProcessingInstruction("texts", "0 others"))

    data = filled({"1.1": "甲\n乙"}, changed(instruct))
    assert statuses(data)[0] == "甲\n乙"
    assert b"<?text 0 first?><?texts 0 others?>" in parts(data)[MAIN]


def test_namespaces_are_declared_once() -> None:
    """A paragraph repeats nothing that stands above it."""
    root = parts(filled({"1.1": "甲\n乙\n丙"}))[MAIN]
    assert root.count(b"xmlns:w=") == 1


def test_a_namespace_within_a_cell(catalog: Catalog) -> None:
    """A content control that declares its own prefix is written as it was, and filled."""

    def control(root: etree._Element) -> None:
        cell = next(row for row in root.iter(f"{W}tr") if "严把教学标准" in "".join(row.itertext()))[-1]
        paragraph = cell.find(f"{W}p")
        cell.remove(paragraph)
        inner = etree.fromstring(
            f'<x:sdt xmlns:x="{W[1:-1]}" xmlns:y="urn:y" y:of="office"><x:sdtContent><x:p/></x:sdtContent></x:sdt>'
        )
        cell.append(inner)

    assert statuses_inside(filled({"1.1": "甲\n乙"}, changed(control))) == ["甲", "乙"]


def statuses_inside(data: bytes) -> list[str]:
    """The paragraphs of content controls."""
    root = etree.fromstring(parts(data)[MAIN])
    return ["".join(paragraph.itertext()) for control in root.iter(f"{W}sdt") for paragraph in control.iter(f"{W}p")]


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_a_bug_here(char: str) -> None:
    """Reading took it out; a broken document is worse than none."""
    with pytest.raises(ValueError, match="XML"):
        fill_into(opened(own=True), {"1.1": (f"甲{char}",)}, io.BytesIO())


def test_a_cell_is_asked_for_once_and_when_it_is_written(catalog: Catalog) -> None:
    """No more than one cell's texts are held: in the order of the form, each once."""
    asked: list[str] = []

    class Cells(Mapping[str, tuple[str, ...]]):
        def __getitem__(self, task: str) -> tuple[str, ...]:
            asked.append(task)
            return (task,)

        def __contains__(self, task: object) -> bool:
            return True

        def __iter__(self) -> Iterator[str]:
            return iter(catalog.tasks)

        def __len__(self) -> int:
            return len(catalog.tasks)

    stream = io.BytesIO()
    fill_into(opened(own=True), Cells(), stream)
    assert asked == [*catalog.tasks]
    assert statuses(stream.getvalue()) == asked
