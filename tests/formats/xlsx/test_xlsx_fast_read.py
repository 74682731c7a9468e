"""The short way through a workbook: where it is open, and where not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from two_ways import short_way, workbook

from zhijiao20.formats.xlsx import fast_read as xlsx_fast_read

ROWS = [["单位", "编号", "落实情况"], ["甲", "1.1", "做了"], ["甲", "1.2", "做了"]]


@pytest.mark.parametrize(
    ("change", "usual"),
    [
        (str, True),
        (lambda xml: xml.replace("<sheetData>", '<cols><col min="1" max="1" width="9"/></cols><sheetData>'), True),
        (lambda xml: xml.replace("<sheetData>", '<cols><col min="1" max="1" hidden="1"/></cols><sheetData>'), False),
        (lambda xml: xml.replace('<row r="2">', '<row r="2" hidden="1">'), False),
        (lambda xml: xml.replace('<row r="2">', "<row>"), False),
        (lambda xml: xml.replace('<row r="3">', '<row r="2">').replace('3"', '2"'), False),
        (
            lambda xml: xml.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
            False,
        ),
        (lambda xml: xml.replace('<c r="C2" t="s"><v>', '<c r="C2"><v>'), False),
        (lambda xml: xml.replace('<c r="C2" t="s">', '<c r="C2" t="s"><f>A1</f>'), False),
        (lambda xml: xml.replace('r="C2"', 'r="AC2"'), False),
        (lambda xml: xml.replace("<v>3<", "<v>99<"), False),
        (lambda xml: xml.replace("<v>3<", "<v>-1<"), False),
        (lambda xml: xml.replace("</sheetData>", "</sheetData><!-- 注 -->"), False),
        (lambda xml: xml.replace("</sheetData>", f"</sheetData>{'<x>' * 70}{'</x>' * 70}"), False),
    ],
)
def test_which_sheet_is_usual(change: Callable[[str], str], usual: bool) -> None:
    """Each reason to go the long way is one."""
    assert (short_way(".xlsx", workbook(ROWS, change)) is not None) is usual


def test_a_part_that_could_be_hostile_goes_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree is built of a small part only, in UTF-8, without a DTD; and of texts that are not repeated for ever."""
    assert short_way(".xlsx", workbook(ROWS)) is not None
    assert short_way(".xlsx", workbook(ROWS, lambda xml: "<!DOCTYPE a>" + xml)) is None
    for name in ("_LARGEST", "_CHARACTERS"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(xlsx_fast_read, name, 3)
            assert short_way(".xlsx", workbook(ROWS)) is None
