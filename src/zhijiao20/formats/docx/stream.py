"""Texts poured into a document while it is written: a tree of those of 12,000 units would not fit into memory.

The tree has a mark where texts go.  It is written once, and for each mark the texts, in the XML that was made for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from zhijiao20.formats.docx.heading_styles import pieces
from zhijiao20.formats.docx.ooxml import Element, P
from zhijiao20.formats.docx.package import serialise

SAMPLE = "\ue000文字\ue000"
"""Stands for a text where the XML around it is made."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CARRIAGE = {"\r": "&#13;"}  # else a reader takes it for the end of a line


@dataclass(frozen=True, slots=True)
class RunTemplate:
    """The XML around a text in a run: of the run, of each stretch, and what stands for a tab."""

    begin: str
    text_begin: str
    tab: str
    text_end: str
    end: str

    @classmethod
    def around(cls, run: Element) -> RunTemplate:
        """From a run that says STAND_IN, a tab, STAND_IN."""
        left, middle, right = written(run).split(SAMPLE)
        opened, closed = left.rindex("<"), right.index(">") + 1
        text_begin, text_end = left[opened:], right[:closed]
        return cls(left[:opened], text_begin, middle[len(text_end) : -len(text_begin)], text_end, right[closed:])

    def say(self, text: str) -> str:
        """The run with a text.

        Raises:
            ValueError: the text has a character that XML cannot hold.
        """
        if _NOT_XML.search(text):
            raise ValueError("a character that XML cannot hold")
        said = (
            f"{self.text_begin}{escape(part, _CARRIAGE)}{self.text_end}" if part else "" for part in text.split("\t")
        )
        return f"{self.begin}{self.tab.join(said)}{self.end}"


@dataclass(frozen=True, slots=True)
class CellTemplate:
    """The XML around the texts of a cell.

    Attributes:
        first: the runs of the paragraph that stands in the form, by their character style.
        others: the runs of all paragraphs behind it.
        begin: what stands before these runs.
        end: what stands behind them.
    """

    first: dict[str, RunTemplate]
    others: dict[str, RunTemplate]
    begin: str
    end: str

    def runs(self, text: str, runs: dict[str, RunTemplate]) -> str:
        """The runs of a paragraph; numbered headings in their faces where there are such runs."""
        parts = pieces(text) if len(runs) > 1 else [(text, "")]
        return "".join(runs[style].say(part) for part, style in parts)

    def paragraph(self, text: str) -> str:
        """A paragraph behind the first one."""
        return self.begin + self.runs(text, self.others) + self.end


def written(element: Element) -> str:
    """An element as it is written where it stands, without the namespaces that stand above it."""
    parent = element.getparent()
    assert parent is not None, "an element inside a document has a parent"
    probe = etree.SubElement(parent, P)
    _, space, declared = etree.tostring(probe, encoding="unicode", with_tail=False).partition(" ")
    parent.remove(probe)
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return text.replace(space + declared.removesuffix("/>"), "", 1) if declared else text


class Placeholders:
    """The marks of one document."""

    def __init__(self, document: Element) -> None:
        name, there = "text", {getattr(item, "target", "") for item in document.iter(etree.PI)}
        while name in there:
            name += "s"
        self._name = name
        self._molds: list[tuple[CellTemplate, Callable[[], Sequence[str]]]] = []

    def put(self, place: Element, pattern: Element, mold: CellTemplate, texts: Callable[[], Sequence[str]]) -> None:
        """Mark where the paragraphs of a cell go.

        Args:
            place: takes the runs of the first paragraph.
            pattern: the first paragraph; the others come behind it.
            mold: the XML around the texts.
            texts: gives the paragraphs when they are to be written.
        """
        number = len(self._molds)
        self._molds.append((mold, texts))
        place.append(etree.ProcessingInstruction(self._name, f"{number} first"))
        pattern.addnext(etree.ProcessingInstruction(self._name, f"{number} others"))

    def pour(self, document: Element) -> Iterator[bytes]:
        """The document as it is written, piece by piece, with the texts in the places of the marks."""
        mark = re.compile(rb"<\?%b (\d+) (first|others)\?>" % self._name.encode("ascii"))
        parts = mark.split(serialise(document))
        yield parts[0]
        texts: Sequence[str] = ()
        for number, which, behind in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            mold, give = self._molds[int(number)]
            if which == b"first":
                texts = give()
                yield mold.runs(texts[0], mold.first).encode("utf-8")
            else:
                yield from ("".join(map(mold.paragraph, some)).encode("utf-8") for some in _batched(texts[1:]))
                texts = ()
            yield behind


def _batched(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[begin : begin + 500] for begin in range(0, len(texts), 500))
