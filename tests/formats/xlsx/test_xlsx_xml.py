"""The XML of a part: small or read in pieces, in any encoding, with comments; what it holds is the same."""

from __future__ import annotations

from time import process_time

import pytest
from sheets import HEAD, pack, parts, row, sheet, submissions, table

from zhijiao20.formats.xlsx.xml import WorkbookBudget, elements

SHEET = sheet(HEAD, row(2, "甲", "1.1", "", "", "", "做了"))


def with_sheet(content: str | bytes) -> bytes:
    """A workbook with this sheet."""
    return pack(parts("") | {"xl/worksheets/sheet0.xml": content})


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_part_in_another_encoding_is_read(encoding: str) -> None:
    """Some programs write a part in the encoding that its first line declares."""
    declaration = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    rows, findings = table(with_sheet((declaration + SHEET).encode(encoding)))
    assert rows[1] == ["甲", "1.1", "", "", "", "做了", ""]
    assert findings == []


@pytest.mark.minutes
@pytest.mark.parametrize("remark", ["", "<!-- <row> 注 -->", "<?注 <row>?>"])
def test_a_part_read_in_pieces(remark: str) -> None:
    """Rows of a large sheet are cut nowhere, and what only looks like a tag is none."""
    rows = [row(number, "甲", f"x{number}", "", "", "", "做了" * 20) for number in range(2, 6000)]
    made = sheet(HEAD, *rows, before=remark)
    assert len(made) > 2**20
    found, findings = table(with_sheet(made))
    assert [cells[1] for cells in found[1:]] == [f"x{number}" for number in range(2, 6000)]
    assert {cells[5] for cells in found[1:]} == {"做了" * 20}
    assert findings == []


def test_a_text_in_a_cdata_section() -> None:
    """It is text like any other."""
    made = SHEET.replace(">做了<", "><![CDATA[做<row>了]]><")
    (unit,), _ = submissions(with_sheet(made))
    assert unit.entries["1.1"].status == "做<row>了"


@pytest.mark.parametrize("padding", [0, 2**20])
def test_the_content_of_an_element_is_there_when_it_is_yielded(padding: int) -> None:
    """Small part or large: every element with one of the names, whole."""
    data = f"<a>{'<b><c/></b>' * 3}<d>{' ' * padding}</d><b><c/></b></a>".encode()
    assert [len(element) for element in elements(data, WorkbookBudget(), "b")] == [1] * 4


@pytest.mark.parametrize("number", [1, 70_000])
def test_nested_phonetic_guides_are_read_once(number: int) -> None:
    """A text with fifty thousand of them inside each other takes no minute: each element is visited once."""
    guides = f"<si><r>{'<rPh>' * 50_000}<t>注</t>{'</rPh>' * 50_000}<t>文</t></r></si>"
    strings = "<si><t>x</t></si>" * number + guides
    data = pack(parts(sheet(HEAD, row(2, f'<c r="A2" t="s"><v>{number}</v></c>')), strings=strings))
    begin = process_time()
    assert table(data)[0][1][0] == "文"
    assert process_time() - begin < 15
