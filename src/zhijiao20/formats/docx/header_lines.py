"""Find the lines above the table, such as 填报单位：X and 报告期：X; one line can hold several labels."""

from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.formats.docx.ooxml import TBL, Element, P, text_of
from zhijiao20.formats.normalize.label_lines import value_after


def paragraphs_above(document: Element, table: Element) -> Iterator[Element]:
    """Yield the paragraphs before a table that are not inside another table."""
    for element in document.iter(P, TBL):
        if element is table:
            return
        if element.tag == P and next(element.iterancestors(TBL), None) is None:
            yield element


def find_header_line(document: Element, table: Element, label: str) -> tuple[Element, str] | None:
    """Return the paragraph above the table that has a label, and the value after it."""
    for paragraph in paragraphs_above(document, table):
        if (value := value_after(label, text_of(paragraph))) is not None:
            return paragraph, value
    return None
