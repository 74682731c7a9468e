"""Find the lines above the table, such as 填报单位：X and 报告期：X; one line can hold several labels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from zhijiao20.core.header_labels import UNIT_LINE, unit_in_lines, value_after, value_span
from zhijiao20.formats.docx.ooxml import TBL, Element, P, own_line, text_of

__all__ = ["UNIT_LINE", "blank_after", "find_header_line", "paragraphs_above", "read_header_line", "value_after"]

_BELOW_LIMIT = 200  # paragraphs below the table in which the unit is searched


def paragraphs_above(document: Element, table: Element) -> Iterator[Element]:
    """Yield the paragraphs before a table that are not inside another table."""
    for element in document.iter(P, TBL):
        if element is table:
            return
        if element.tag == P and next(element.iterancestors(TBL), None) is None:
            yield element


def find_header_line(document: Element, table: Element, label: str) -> tuple[Element, str] | None:
    """Return the paragraph above the table that has a label, and the value after it.

    The prompt of an empty content control (单击此处输入文字) is no value.
    """
    for paragraph in paragraphs_above(document, table):
        if value_after(label, text_of(paragraph)) is not None:
            return paragraph, value_after(label, own_line(paragraph)) or ""
    return None


def read_header_line(document: Element, table: Element, label: str) -> str | None:
    """Return the value after a label above the table; the unit also behind its other labels, and below the table."""
    if label != UNIT_LINE:
        found = find_header_line(document, table, label)
        return None if found is None else found[1]
    named = unit_in_lines(map(own_line, paragraphs_above(document, table)))
    if named is None:
        named = unit_in_lines(map(own_line, islice(_paragraphs_below(document, table), _BELOW_LIMIT)))
    return None if named is None else named[2]


def _paragraphs_below(document: Element, table: Element) -> Iterator[Element]:
    """Yield the paragraphs behind a table that are not inside any table."""
    behind = False
    for element in document.iter(P, TBL):
        if element is table:
            behind = True
        elif behind and element.tag == P and next(element.iterancestors(TBL), None) is None:
            yield element


def blank_after(label: str, line: str) -> tuple[int, int] | None:
    """Return begin and end of the blank after ``label：``, None where it has a value."""
    return None if value_after(label, line) else value_span(label, line)
