"""Many paragraphs of one formatting: one stands in the document as their model, the others are written from it.

A document of 200 units has 30,000 paragraphs, and as elements each of them is a hundred times its text.  In their place
the tree holds a single paragraph between two marks, and what comes out is, byte for byte, what the tree would give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from zhijiao20.form.levels import FIRST, SECOND, pieces
from zhijiao20.form.ooxml import Element
from zhijiao20.form.package import serialise

_TEXT = "\U0010fffd"  # what stands for a text in the model, twice in every run with a tab between
STYLES = ("", FIRST, SECOND)
MODEL = f"{_TEXT}\t{_TEXT}"
"""The text of every run of a model, of which there is one for each of ``STYLES``."""


class Repeats:
    """The paragraphs that are not in the tree, and the marks that stand for them."""

    def __init__(self, source: bytes) -> None:
        """Take a name for the marks that the document does not use.

        Args:
            source: the document as it is.
        """
        self._name = "repeat"
        while f"<?{self._name}".encode() in source:
            self._name += "-"
        self._texts: list[tuple[Sequence[str], bool]] = []

    def add(self, model: Element, texts: Sequence[str], *, faces: bool) -> None:
        """Let a paragraph of the tree, which holds a run for each of ``STYLES``, stand for these texts."""
        model.addprevious(etree.ProcessingInstruction(self._name, str(len(self._texts))))
        model.addnext(etree.ProcessingInstruction(self._name, "end"))
        self._texts.append((texts, faces))

    def written(self, document: Element) -> Iterator[bytes]:
        """The bytes of the document, its paragraphs among them, piece by piece."""
        data = serialise(document)
        name = re.escape(self._name.encode())
        begin = 0
        for match in re.finditer(rb"<\?%s ([0-9]+)\?>(.*?)<\?%s end\?>" % (name, name), data, re.DOTALL):
            yield data[begin : match.start()]
            texts, faces = self._texts[int(match[1])]
            pattern = _Pattern(match[2].decode("utf-8"))
            yield "".join(pattern.paragraph(text, faces=faces) for text in texts).encode("utf-8")
            begin = match.end()
        yield data[begin:]


class _Pattern:
    """A paragraph's markup, taken from its model."""

    def __init__(self, model: str) -> None:
        first, between, *rest = model.split(_TEXT)
        closing, opening = between.index(">") + 1, between.rindex("<")
        self._close, self._tab, self._open = between[:closing], between[closing:opening], between[opening:]
        # behind a text: its end, the end of its run, and either the next run up to its text or the end of the paragraph
        ends = [piece[len(self._close) :] for piece in rest[::2]]
        self._run_end = ends[-1][: ends[-1].index(">") + 1]
        self._end = ends[-1][len(self._run_end) :]
        starts = [piece[len(self._run_end) : -len(self._open)] for piece in ends[:-1]]
        run = starts[0].index("<", 1)
        tag = starts[0][:run]  # <w:r>, where the paragraph's own part ends
        before = first[: -len(self._open)]
        cut = before.rindex(tag)
        self._begin = before[:cut]
        self._runs = dict(zip(STYLES, (before[cut:], *starts), strict=True))

    def paragraph(self, text: str, *, faces: bool) -> str:
        runs = pieces(text) if faces else [(text, "")]
        return self._begin + "".join(self._run(piece, style) for piece, style in runs) + self._end

    def _run(self, text: str, style: str) -> str:
        parts = [f"{self._open}{_escaped(part)}{self._close}" if part else "" for part in text.split("\t")]
        return self._runs[style] + self._tab.join(parts) + self._run_end


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
