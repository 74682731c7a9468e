"""Insert markup into the text of an XML part without changing any other character of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.docx.package import parse, serialise

_TOKEN = lazy_regex(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(/?)([^\s<>/!?]++)(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>", re.DOTALL
)
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Span(NamedTuple):
    """Where the content of an element stands in the text of a part.

    Attributes:
        begin: behind its start tag.
        end: before its end tag; the same as ``begin`` for an element without content.
        after: behind its end tag.
        name: its name with the prefix, if it is written as one tag (``<w:p/>``), else empty.
    """

    begin: int
    end: int
    after: int
    name: str = ""


class Insertion(NamedTuple):
    """A range of a text and what replaces it; the range is empty, or the end of a tag ``/>``."""

    begin: int
    end: int
    text: str


class XmlText:
    """The text of a well-formed part without a DTD.

    Args:
        data: the part.
    """

    def __init__(self, data: bytes) -> None:
        root = parse(data)
        self._encoding = _BYTE_ORDER_MARKS.get(data[:2]) or root.getroottree().docinfo.encoding or "utf-8"
        try:
            self.text = data.decode(self._encoding)
            intact = self._encoding.lower() == "utf-8" or self.text.encode(self._encoding) == data
        except (LookupError, UnicodeError):
            intact = False
        if not intact:  # an encoding that this program writes differently
            self._encoding, self.text = "utf-8", serialise(root).decode("utf-8")
        self.root = root

    def spans(self, wanted: Collection[int]) -> dict[int, Span]:
        """Find elements by their numbers, counted from 0 in the order of their start tags."""
        # A comment may hold tags, and so may a processing instruction; a tag ends at the only > behind its <.
        declared = 1 if self.text.startswith("<?xml ") else 0
        if self.text.count("<?") == declared and "<!" not in self.text and self.text.count("<") == self.text.count(">"):
            return self._spans_of_tags(wanted)
        found: dict[int, Span] = {}
        open_elements: list[tuple[int, int]] = []
        number = -1
        for token in _TOKEN.finditer(self.text):
            if token[2] is None:
                continue
            if token[1]:
                own, begin = open_elements.pop()
                if own in wanted:
                    found[own] = Span(begin, token.start(), token.end())
                continue
            number += 1
            if not token[0].endswith("/>"):
                open_elements.append((number, token.end()))
            elif number in wanted:
                found[number] = Span(token.end(), token.end(), token.end(), token[2])
        return found

    def _spans_of_tags(self, wanted: Collection[int]) -> dict[int, Span]:
        """Find elements by their numbers in a text of which each part from a < to the next one has one >."""
        found: dict[int, Span] = {}
        open_elements: list[tuple[int, int]] = []
        number = -1
        begin, *parts = self.text.split("<")
        at = len(begin)
        for part in parts:
            if part[0] == "/":
                own, begin_of = open_elements.pop()
                if own in wanted:
                    found[own] = Span(begin_of, at, at + part.index(">") + 2)
            elif part[0] != "?":
                number += 1
                close = part.index(">")
                if part[close - 1] != "/":
                    open_elements.append((number, at + close + 2))
                elif number in wanted:
                    end = at + close + 2
                    found[number] = Span(end, end, end, part[: close - 1].split(maxsplit=1)[0])
            at += len(part) + 1
        return found

    def with_insertions(self, insertions: Iterable[Insertion]) -> bytes:
        """Return the part with insertions; those at the same place stay in the given order."""
        parts: list[str] = []
        last = 0
        for begin, end, text in sorted(insertions, key=lambda item: item.begin):
            parts += self.text[last:begin], text
            last = end
        return "".join([*parts, self.text[last:]]).encode(self._encoding, "xmlcharrefreplace")

    def appended(self, markup: str) -> bytes:
        """Return the part with markup at the end of its root."""
        return self.with_insertions([inside(self.spans({0})[0], markup)])


def inside(span: Span, markup: str) -> Insertion:
    """Return the insertion of markup at the end of an element."""
    if span.name:
        return Insertion(span.end - 2, span.end, f">{markup}</{span.name}>")
    return Insertion(span.end, span.end, markup)


def prefix_for(declared: Mapping[str | None, str], namespace: str, usual: str) -> tuple[str, str]:
    """Return a prefix for a namespace, and its declaration, which is empty where the prefix is declared already.

    Args:
        declared: prefix → namespace, as declared at the place of the insertion.
        namespace: the namespace, without braces.
        usual: the prefix to declare if there is none.
    """
    for prefix, uri in declared.items():
        if prefix is not None and uri == namespace:
            return prefix, ""
    return usual, f" xmlns:{usual}={quoteattr(namespace)}"
