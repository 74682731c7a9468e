"""Read large XML parts of a workbook element by element: no DTD, no entity, no whole tree in memory, within limits."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from zhijiao20.formats.xlsx.xml import (
    DEPTH_LIMIT,
    ENDLESS,
    MAIN,
    NAMES_LIMIT,
    WorkbookBudget,
    damaged,
    decoded,
    endless,
    overfull,
    refuse_dtd,
)

TAG = "{" + MAIN.strip() + "}"
"""What the name of an element of a sheet begins with."""

_CHUNK = 2**20
_TAG_LIMIT = 4 * 2**20  # bytes of one tag
_CAREFUL_LIMIT = 16 * 2**20  # bytes of a part with comments or CDATA sections; no program writes them
_TEXT_BYTES = 4  # of a character at most
_DECLARED = re.compile(rb"""<\?xml[^>]{1,200}?encoding=["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"^<\?xml[^>]{0,200}\?>")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ITEM, _TEXT, _RUN, _PHONETIC = f"{TAG}si", f"{TAG}t", f"{TAG}r", f"{TAG}rPh"
_MARKS = {f"{TAG}strike", f"{TAG}vertAlign"}
_OFF = {"0", "false", "baseline"}


def elements(data: bytes, budget: WorkbookBudget, *names: str) -> Iterator[ET.Element]:
    """Yield the elements with these names as each is complete; its content is dropped when the next one is asked for.

    Raises:
        FormatError: the part is not well-formed, has a DTD, or is deeper or larger than any table.
    """
    data = _utf8(data)
    careful = b"<!" in data  # a comment or a CDATA section may hold what looks like a tag
    _refuse_hostile(data, budget, careful=careful)
    if len(data) <= _CHUNK and not careful:
        budget.elements -= data.count(b"<") // 2
        yield from _of_tree(data, names)
        return
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(("start", "end") if careful else ("end",))
    seen: set[str] = set()
    opened = 0  # elements that are not complete yet
    try:
        for chunk in _chunks(data):
            parser.feed(chunk)
            if not careful:
                opened += chunk.count(b"<") - chunk.count(b"</") - chunk.count(b"<?")
            for event, element in _events(parser):
                if event == "start":
                    opened += 1
                    if opened > DEPTH_LIMIT:
                        raise overfull()
                    continue
                opened -= 1
                budget.elements -= 1
                if element.tag in names:
                    yield element
                    element.clear()
                else:
                    seen.add(element.tag)
            if budget.elements < 0 or opened > DEPTH_LIMIT or len(seen) > NAMES_LIMIT:
                raise overfull()
        parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise damaged() from error


def _of_tree(data: bytes, names: Sequence[str]) -> Iterator[ET.Element]:
    """Yield the elements of a part that is small enough for a tree."""
    try:
        root = ET.fromstring(data)  # noqa: S314 - it has no DTD
    except (ET.ParseError, ValueError, LookupError) as error:
        raise damaged() from error
    for name in names:
        yield from root.iter(name)


def _chunks(data: bytes) -> Iterator[bytes]:
    """Yield the data in pieces that end before a tag."""
    begin = 0
    while begin < len(data):
        end = begin + _CHUNK
        if end < len(data):
            end = max(data.rfind(b"<", begin + 1, end), begin + 1)
        yield data[begin:end]
        begin = end


def _events(parser: ET.XMLPullParser[Any]) -> Iterator[tuple[str, ET.Element]]:
    events: Any = parser.read_events()  # of these two kinds: an event and its element
    return events  # type: ignore[no-any-return]


def _utf8(data: bytes) -> bytes:
    """Return a part in UTF-8, so that its bytes can be searched."""
    mark, encoding = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", "utf-8"))
    if not mark and (declared := _DECLARED.match(data)):
        encoding = declared[1].decode("ascii").lower()
    if encoding in {"utf-8", "utf8", "ascii", "us-ascii"} and not mark:
        return data
    try:
        if not mark and b"<+ADw-".decode(encoding) != "<+ADw-":
            raise damaged()  # such as UTF-7, in which a tag can be hidden
        text = data[len(mark) :].decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise damaged() from error
    return _DECLARATION.sub("", text).encode("utf-8", "surrogatepass")


def _refuse_hostile(data: bytes, budget: WorkbookBudget, *, careful: bool) -> None:
    """Raise an error for a DTD, and for a tag or a text so long that the parser would hold it whole."""
    if b"<!DOCTYPE" in data:
        raise refuse_dtd()
    if careful and len(data) > _CAREFUL_LIMIT:
        raise overfull()
    if len(data) > _TAG_LIMIT:
        if re.search(rb"<[^>]{%d}" % _TAG_LIMIT, data):
            raise overfull()
        if re.search(rb">[^<]{%d}" % (_TEXT_BYTES * ENDLESS * budget.limits.text), data):
            raise endless(budget.limits)


def strings(data: bytes, budget: WorkbookBudget) -> list[tuple[str, str]]:
    """Return the shared strings of a workbook, each with what of it is struck, raised or lowered."""
    found: list[tuple[str, str]] = []
    left = budget.limits.characters
    for item in elements(data, budget, _ITEM):
        if len(item) == 1 and item[0].tag == _TEXT:
            text, marked = decoded(item[0].text or ""), ""
        else:
            text, marked = rich_text(item)
        found.append((text, marked))
        left -= len(text)
        if len(text) > ENDLESS * budget.limits.text:
            raise endless(budget.limits)
        if left < 0 or len(found) > budget.limits.cells:
            raise overfull()
    return found


def rich_text(item: ET.Element) -> tuple[str, str]:
    """Return the text of an item without phonetic guides, and what of it is struck, raised or lowered."""
    texts: list[str] = []
    marked: list[str] = []
    for part in item:
        if part.tag == _PHONETIC:
            continue
        mark = part.tag == _RUN and any(one.tag in _MARKS and one.get("val", "1") not in _OFF for one in part.iter())
        inside = {id(text) for guide in part.iter(_PHONETIC) for text in guide.iter(_TEXT)}
        own = [decoded(text.text or "") for text in part.iter(_TEXT) if id(text) not in inside]
        texts += own
        marked += own if mark else []
    return "".join(texts), "".join(marked)
