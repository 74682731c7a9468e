"""What is read by its wording is what a parser reads, and whatever is written otherwise is left to the parser."""

from __future__ import annotations

import random

import pytest
from sheets import pack, unpack

from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.registry import BY_NAME
from zhijiao20.formats.xlsx import package, sheet, usual
from zhijiao20.formats.xlsx.xml import WorkbookBudget
from zhijiao20.system.discovery import load_catalog

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
TEXT = "印发《实施方案》，\n投入300万元。 "


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    entries = {task: Entry(task, None, TEXT) for task in ("1.1", "1.2", "1.3")}
    return unpack(BY_NAME["xlsx"].write([Submission("甲局", "甲.xlsx", entries=entries)], load_catalog()))


def read(contents: dict[str, bytes]) -> object:
    """All that is read of a workbook, or why it is refused."""
    out = Collector("甲.xlsx")
    try:
        sheets = package.open_workbook(pack(contents), WorkbookBudget(), out)
    except FormatError as error:
        return error.code, error.message, error.hint, error.place
    return [
        *(
            (one.name, one.visible, one.rows, one.notes, one.hidden_rows, one.hidden_columns, one.merged, one.objects)
            for one in sheets
        ),
        out.findings,
    ]


def both(contents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    """What is read by the wording, and by the parser alone."""
    by_wording = read(contents)
    with monkeypatch.context() as patch:
        patch.setattr(sheet, "usual_sheet", lambda *_: None)
        patch.setattr(package, "usual_strings", lambda *_: None)
        return by_wording, read(contents)


def test_the_form_is_read_by_its_wording(parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    strings = usual.usual_strings(parts[STRINGS], WorkbookBudget())
    assert strings is not None
    assert TEXT in strings
    plain = {str(index): text for index, text in enumerate(strings)}
    found = usual.usual_sheet(parts[SHEET], WorkbookBudget(), plain, {chr(64 + n): n for n in range(1, 27)})
    assert found is not None
    assert len(found.rows) > 87
    first, second = both(parts, monkeypatch)
    assert first == second


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="4" ', b'<row r="4" hidden="1" '),
        (b' ht="24">', b' ht="0" hidden="true" customHeight="1">'),
        (b' ht="24">', b' ht="0.0">'),
        (b' ht="24">', b' x14ac:dyDescent="0.2">'),
        (b' ht="24">', b' ht="24" ht="24">'),
        (b' ht="24">', b' ht="&#48;">'),
        (b'<row r="4" ', b"<row r='4' "),
        (b'<row r="4" ', b"<row "),
        (b'<row r="4" ', b'<row r="3" '),
        (b'<row r="4" ', b'<row r="1048577" '),
        (b'<row r="4" ', b'<row r="9999999" '),
        (b'<c r="A4"', b'<c r="A5"'),
        (b'<c r="A4"', b'<c r="B4"'),
        (b'<c r="A4"', b'<c r="AA4"'),
        (b'<c r="A4"', b'<c r="a4"'),
        (b'<c r="A4"', b"<c"),
        (b'<v>2</v>', b"<v>999</v>"),
        (b'<v>2</v>', b"<v>02</v>"),
        (b'<v>2</v>', b"<v>-1</v>"),
        (b'<v>2</v>', b"<v></v>"),
        (b'<v>2</v>', b"<v> 2</v>"),
        (b't="s"><v>2</v>', b"><v>2</v>"),
        (b't="s"><v>2</v>', b't="str"><v>2</v>'),
        (b't="s"><v>2</v>', b't="s"><f>A1</f><v>2</v>'),
        (b"</row>", b"</row>\n"),
        (b"</row>", b"<c/></row>"),
        (b"</row></sheetData>", b"</row>"),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A4:A6"/></mergeCells>'),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="4"/></mergeCells>'),
        (b"</sheetData>", b'</sheetData><row r="200"><c r="A200" t="s"><v>2</v></c></row>'),
        (b"</sheetData>", b"</sheetData><sheetData></sheetData>"),
        (b"</sheetData>", b"</sheetData><sheetData/>"),
        (b"</worksheet>", b""),
        (b"</worksheet>", b"</worksheet><worksheet/>"),
        (b"<sheetData>", b"<x><sheetData>"),
        (b"<sheetData>", b"<!-- <sheetData> --><sheetData>"),
        (b"<sheetData>", b"<?x <sheetData>?><sheetData>"),
        (b"<sheetData>", b"<sheetData >"),
        (b"<sheetData>", b"<sheetData><?x?>"),
        (b"<cols>", b'<cols><col min="2" max="3" hidden="1"/>'),
        (b"spreadsheetml/2006/main", b"spreadsheetml/2007/main"),
        (b'encoding="UTF-8"', b'encoding="GB18030"'),
        (b'encoding="UTF-8"', b'encoding="utf-8"'),
        (b'encoding="UTF-8"', b"encoding='UTF-8'"),
        (b'encoding="UTF-8"', b'encoding = "GB18030"'),
        (b'version="1.0"', b'version="1.1"'),
        (b"<?xml", b"\xef\xbb\xbf<?xml"),
    ],
)  # fmt: skip
def test_a_sheet_written_otherwise(
    parts: dict[str, bytes], old: bytes, new: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert old in parts[SHEET]
    first, second = both({**parts, SHEET: parts[SHEET].replace(old, new, 1)}, monkeypatch)
    assert first == second


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<si><t>", b"<si><t></t></si><si><t>"),
        (b"<si><t>", b"<si/><si><t>"),
        (b"<si><t>", b"<si><t>_x000D__x4e00_"),
        (b"<si><t>", b"<si><t>&amp;&lt;"),
        (b"<si><t>", b"<si><t>\r\n\t"),
        (b"<si><t>", b"<si><t>\x01"),
        (b"<si><t>", b"<si><t>\xef\xbf\xbf"),
        (b"<si><t>", b"<si><t>\xed\xa0\x80"),
        (b"<si><t>", b"<si><t>\xf0\x9f\x98\x80"),
        (b"<si><t>", b"<si><t>]]>"),
        (b"<si><t>", b"<si><t>>"),
        (b"<si><t>", b"<si><t>\xc2\x85\x7f"),
        (b"<si><t>", b"<si><t xml:space='preserve'>"),
        (b"<si><t>", b"<si> <t>"),
        (b"<si><t>", b"<si><r><rPr><strike/></rPr><t>x</t></r><t>"),
        (b"<si>", b'<si xml:lang="zh"><t>x</t></si><si>'),
        (b"</si>", b"<phoneticPr/></si>"),
        (b"</si>", b"</si><!-- x -->"),
        (b"</sst>", b"<si></si></sst>"),
        (b"</sst>", b"<extLst/></sst>"),
        (b"</sst>", b""),
        (b"</sst>", b"</sst>x"),
        (b"spreadsheetml/2006/main", b"spreadsheetml/2007/main"),
        (b'encoding="UTF-8"', b'encoding="GB18030"'),
    ],
)
def test_strings_written_otherwise(
    parts: dict[str, bytes], old: bytes, new: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert old in parts[STRINGS]
    first, second = both({**parts, STRINGS: parts[STRINGS].replace(old, new, 1)}, monkeypatch)
    assert first == second


@pytest.mark.parametrize("name", [SHEET, STRINGS])
def test_damage_anywhere(parts: dict[str, bytes], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(20)
    for _ in range(60):
        data = bytearray(parts[name])
        at = chance.randrange(len(data))
        data[at : at + chance.choice((0, 1, 5))] = chance.choice(
            (b"", b"<", b">", b'"', b"&", b"7", b"\x00", b" ", b"/")
        )
        first, second = both({**parts, name: bytes(data)}, monkeypatch)
        assert first == second, (at, bytes(data[at - 20 : at + 20]))


@pytest.mark.parametrize("limit", ["cells", "characters", "text"])
def test_limits_hold(parts: dict[str, bytes], limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Small(WorkbookBudget):
        def __init__(self) -> None:
            from dataclasses import replace

            from zhijiao20.core.limits import DEFAULT

            super().__init__(replace(DEFAULT, **{limit: 15}))

    monkeypatch.setattr(f"{__name__}.WorkbookBudget", Small)
    first, second = both(parts, monkeypatch)
    assert first == second
    assert isinstance(first, tuple)
