"""Insert texts into a document while it is written; a tree with the texts of 12,000 units would not fit into memory.

The tree has placeholders for the texts of each cell.  It is serialized once; each placeholder is then replaced by its
texts inside XML that was serialized once as a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.docx.heading_styles import pieces
from zhijiao20.formats.docx.ooxml import Element, P
from zhijiao20.formats.docx.package import serialise

SAMPLE = "\ue000文字\ue000"
"""Sample text in the elements from which templates are made."""

_NOT_XML = lazy_regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CARRIAGE = {"\r": "&#13;"}  # otherwise an XML parser reads it as a line end


@dataclass(frozen=True, slots=True)
class RunTemplate:
    """The XML around a text in a run.

    Attributes:
        begin: the XML of the run before its first text element.
        text_begin: the start tag of a text element.
        tab: the XML of a tab between two text elements.
        text_end: the end tag of a text element.
        end: the XML of the run after its last text element.
    """

    begin: str
    text_begin: str
    tab: str
    text_end: str
    end: str

    @classmethod
    def around(cls, run: Element) -> RunTemplate:
        """Make a template from a run that holds ``SAMPLE``, a tab and ``SAMPLE``."""
        left, middle, right = serialize_cell(run).split(SAMPLE)
        text_start, text_stop = left.rindex("<"), right.index(">") + 1
        text_begin, text_end = left[text_start:], right[:text_stop]
        return cls(left[:text_start], text_begin, middle[len(text_end) : -len(text_begin)], text_end, right[text_stop:])

    def say(self, text: str) -> str:
        """Return the XML of the run with a text.

        Raises:
            ValueError: the text has a character that is not allowed in XML.
        """
        if _NOT_XML.search(text):
            raise ValueError("a character that XML cannot hold")
        parts = (
            f"{self.text_begin}{escape(part, _CARRIAGE)}{self.text_end}" if part else "" for part in text.split("\t")
        )
        return f"{self.begin}{self.tab.join(parts)}{self.end}"


@dataclass(frozen=True, slots=True)
class CellTemplate:
    """The XML around the texts of a cell.

    Attributes:
        first: the run templates of the first paragraph, which is in the form, by character style.
        others: the run templates of all further paragraphs, by character style.
        begin: the XML of a further paragraph before its runs.
        end: the XML of a further paragraph after its runs.
    """

    first: dict[str, RunTemplate]
    others: dict[str, RunTemplate]
    begin: str
    end: str

    def runs(self, text: str, runs: dict[str, RunTemplate]) -> str:
        """Return the runs of a paragraph; numbered headings get their styles where there are any."""
        parts = pieces(text) if len(runs) > 1 else [(text, "")]
        return "".join(runs[style].say(part) for part, style in parts)

    def paragraph(self, text: str) -> str:
        """Return the XML of a paragraph after the first one."""
        return self.begin + self.runs(text, self.others) + self.end


def serialize_cell(element: Element) -> str:
    """Serialize an element of a document, without the namespace declarations of its parents."""
    parent = element.getparent()
    assert parent is not None, "an element inside a document has a parent"
    probe = etree.SubElement(parent, P)
    _, space, declared = etree.tostring(probe, encoding="unicode", with_tail=False).partition(" ")
    parent.remove(probe)
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return text.replace(space + declared.removesuffix("/>"), "", 1) if declared else text


class Placeholders:
    """The placeholders of one document: processing instructions with the number of a cell."""

    def __init__(self, document: Element) -> None:
        name, used = "text", {getattr(item, "target", "") for item in document.iter(etree.PI)}
        while name in used:
            name += "s"
        self._name = name
        self._cells: list[tuple[CellTemplate, Callable[[], Sequence[str]]]] = []
        self._whole: list[Callable[[], Iterable[str]]] = []

    def put(self, place: Element, pattern: Element, mold: CellTemplate, texts: Callable[[], Sequence[str]]) -> None:
        """Insert the placeholders for the paragraphs of a cell.

        Args:
            place: the parent of the runs of the first paragraph.
            pattern: the first paragraph; the others follow it.
            mold: the XML around the texts.
            texts: returns the paragraphs; called when they are written.
        """
        number = len(self._cells)
        self._cells.append((mold, texts))
        place.append(etree.ProcessingInstruction(self._name, f"{number} first"))
        pattern.addnext(etree.ProcessingInstruction(self._name, f"{number} others"))

    def put_whole(self, pattern: Element, xml: Callable[[], Iterable[str]]) -> None:
        """Replace the only paragraph of a cell by a placeholder for the XML of paragraphs.

        Args:
            pattern: the paragraph.
            xml: returns the XML in parts; called when it is written.
        """
        pattern.addprevious(etree.ProcessingInstruction(self._name, f"{len(self._whole)} whole"))
        parent = pattern.getparent()
        assert parent is not None, "a paragraph is in a cell"
        parent.remove(pattern)
        self._whole.append(xml)

    def pour(self, document: Element) -> Iterator[bytes]:
        """Yield the serialized document in chunks, with the texts in place of the placeholders."""
        placeholder = re.compile(rb"<\?%b (\d+) (first|others|whole)\?>" % self._name.encode("ascii"))
        parts = placeholder.split(serialise(document))
        yield parts[0]
        texts: Sequence[str] = ()
        for number, position, following in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            if position == b"whole":
                yield from (part.encode("utf-8") for part in self._whole[int(number)]())
                yield following
                continue
            template, get_texts = self._cells[int(number)]
            if position == b"first":
                texts = get_texts()
                yield template.runs(texts[0], template.first).encode("utf-8")
            else:
                yield from ("".join(map(template.paragraph, batch)).encode("utf-8") for batch in _batched(texts[1:]))
                texts = ()
            yield following


def _batched(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[begin : begin + 500] for begin in range(0, len(texts), 500))
