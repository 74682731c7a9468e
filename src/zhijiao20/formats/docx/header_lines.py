"""The lines above the table: 填报单位：X and 报告期：X, one a line or several on one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhijiao20.formats.docx.ooxml import TBL, Element, P, text_of

UNIT_LINE = "填报单位"
"""What leads the paragraph above the table that names the unit."""


def paragraphs_above(document: Element, table: Element) -> Iterator[Element]:
    """The paragraphs that stand before a table and in no other one, in document order."""
    for element in document.iter(P, TBL):
        if element is table:
            return
        if element.tag == P and next(element.iterancestors(TBL), None) is None:
            yield element


def value_after(label: str, line: str) -> str | None:
    """What a line says behind ``label：``: None where it has no such label, empty where nothing follows.

    Other labels may follow on the same line behind a wide gap (``填报单位：甲　　填报时间：……``), and the label may
    ask for a seal (``填报单位（盖章）：``).
    """
    span = _value(label, line)
    if span is None:
        return None
    value = line[slice(*span)].strip().strip("_＿").strip()
    return "" if _SEAL.fullmatch(value) else value  # ________（盖章）


_FAR = 300  # characters of a line in which its label begins
_NEXT = re.compile(r"(?:\t|(?<![ \u3000\u00a0])[ \u3000\u00a0]{2,}+)\S{2,8}[:：]")
_SEAL = re.compile("[（(](?:盖章|公章)[）)]")


@cache
def _pattern(label: str) -> re.Pattern[str]:
    spaced = r"\s{0,9}".join(label)  # 填 报 单 位
    return re.compile(rf"(?:^|\s){spaced}\s{{0,9}}(?:[（(][^）)]{{0,40}}[）)])?\s{{0,9}}[:：]")


def _value(label: str, line: str) -> tuple[int, int] | None:
    """Where the value behind a label begins and ends: at the next label, else with the line."""
    match = _pattern(label).search(line, 0, _FAR)
    if match is None:
        return None
    following = _NEXT.search(line, match.end())
    return match.end(), following.start() if following else len(line)


def line_of(document: Element, table: Element, label: str) -> tuple[Element, str] | None:
    """The paragraph above the table that has a label, and what it says behind it."""
    for paragraph in paragraphs_above(document, table):
        if (value := value_after(label, text_of(paragraph))) is not None:
            return paragraph, value
    return None


def blank_after(label: str, line: str) -> tuple[int, int] | None:
    """Where the blank behind ``label：`` begins and ends in a line, or None where something is written there."""
    return None if value_after(label, line) else _value(label, line)
