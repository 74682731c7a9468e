"""Read the XML parts of a workbook element by element: no DTD, no entity, no whole tree in memory, within limits."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.formats.format_error import FormatError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
SAVE_AS_XLSX = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”再试"
CHECK_ORIGIN = "这不像一份填报表，请核对文件来源"

_ELEMENTS_LIMIT = 6_000_000  # in all parts together; 100 MiB of real rows have fewer
_ELEMENT_BYTES = 4  # of the shortest element, <a/>
_MERGED_LIMIT = 100_000
_COVERED_LIMIT = 1_000_000
_EXTRAS_LIMIT = 100_000
NAMES_LIMIT = 10_000  # different names of elements and attributes in a part; the whole standard has fewer
BUFFER_FACTOR = 10
"""Multiple of the text limit; a longer text is not even buffered."""
DEPTH_LIMIT = 64
_ESCAPED = lazy_regex("_x([0-9A-Fa-f]{4})_")

TAG = "{" + MAIN.strip() + "}"
"""What the name of an element of a sheet begins with."""

CHUNK = 2**20
_TAG_LIMIT = 4 * 2**20  # bytes of one tag
_CAREFUL_LIMIT = 16 * 2**20  # bytes of a part with comments or CDATA sections; no program writes them
_TEXT_BYTES = 4  # of a character at most
_DECLARED = lazy_regex(rb"""<\?xml[^>]{1,200}?encoding=["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = lazy_regex(r"^<\?xml[^>]{0,200}\?>")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_TEXT, _RUN, _PHONETIC = f"{TAG}t", f"{TAG}r", f"{TAG}rPh"
_MARKS = {f"{TAG}strike", f"{TAG}vertAlign"}
_OFF = {"0", "false", "baseline"}


@dataclass(slots=True)
class WorkbookBudget:
    """The remaining number of items that one workbook may have, all its sheets together.

    Attributes:
        limits: the limits of the run.
        elements: XML elements of all parts; those of small parts count once their bytes could hold so many.
        uncounted: bytes of small parts in which no elements are counted yet.
        merged: merged areas.
        covered: cells in merged areas, counted as filled rows × columns.
        extras: relationships, ranges of hidden columns, comments and pictures.
        cells: filled cells.
        characters: characters of the filled cells.
    """

    limits: Limits = DEFAULT
    elements: int = _ELEMENTS_LIMIT
    uncounted: int = _ELEMENTS_LIMIT * _ELEMENT_BYTES
    merged: int = _MERGED_LIMIT
    covered: int = _COVERED_LIMIT
    extras: int = _EXTRAS_LIMIT
    cells: int = field(init=False)
    characters: int = field(init=False)

    def __post_init__(self) -> None:
        self.cells, self.characters = self.limits.cells, self.limits.characters

    def take(self, cells: int, characters: int) -> None:
        """Count filled cells and the characters of their texts; a shared string counts once for each cell.

        Raises:
            FormatError: the limit of cells or characters is exceeded.
        """
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0 or self.characters < 0:
            most = f"{counted(self.limits.cells, '个')}，或文字超过 {counted(self.limits.characters, '字')}"
            raise FormatError("ZJ002", f"工作簿里有字的单元格超过 {most}", "请分成几个文件报送")

    def merge(self) -> None:
        """Count a merged area.

        Raises:
            FormatError: the limit is exceeded.
        """
        self.merged -= 1
        if self.merged < 0:
            raise FormatError("ZJ002", f"工作表里的合并单元格超过 {counted(_MERGED_LIMIT, '处')}", CHECK_ORIGIN)

    def extra(self) -> None:
        """Count a relationship, a range of hidden columns, a comment or a picture.

        Raises:
            FormatError: the limit is exceeded.
        """
        self.extras -= 1
        if self.extras < 0:
            raise too_complex()

    def cover(self, cells: int) -> None:
        """Count cells of merged areas, which may overlap.

        Raises:
            FormatError: the limit is exceeded.
        """
        self.covered -= cells
        if self.covered < 0:
            raise FormatError("ZJ002", "合并单元格的范围太大，没有读取", CHECK_ORIGIN)


def text_too_long(limits: Limits) -> FormatError:
    """Return the error for a text that is too long to be buffered.

    One wide character makes a whole text four times as large in memory.
    """
    message = f"有一段文字超过 {counted(limits.text, '字')}的上限"
    return FormatError("ZJ001", message, "请缩短，详细内容另附材料")


def too_complex() -> FormatError:
    """Return the error for a workbook whose XML has too much content or is nested too deep."""
    return FormatError("ZJ002", "Excel 工作簿内部的层次太深或内容太多，没有读取", CHECK_ORIGIN)


def damaged_error() -> FormatError:
    """Return the error for a workbook whose content is damaged."""
    return FormatError("ZJ002", "Excel 工作簿内部已损坏", SAVE_AS_XLSX)


def refuse_dtd() -> FormatError:
    """Return the error for a part with a DTD."""
    return FormatError("ZJ002", "Excel 工作簿内部带有 DTD，可能有害，没有读取", "请核对文件来源")


def decoded(text: str) -> str:
    """Decode the ``_x000D_`` escapes of Excel in a text; surrogate pairs become one character."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def elements(data: bytes, budget: WorkbookBudget, *names: str) -> Iterable[ET.Element]:
    """Return the elements with these names as each is complete; its content is dropped when the next one is asked for.

    None of them may stand in another; in a large part such a one would come before the other.

    Raises:
        FormatError: the part is not well-formed, has a DTD, or is deeper or larger than any table.
    """
    data = _utf8(data)
    # A comment or a CDATA section may hold what looks like a tag.  One byte is found much faster than two.
    careful = b"!" in data and b"<!" in data
    _refuse_hostile(data, budget, careful=careful)
    small = len(data) <= CHUNK and not careful
    return _of_tree(data, budget, names) if small else _of_chunks(data, budget, names, careful=careful)


def _of_chunks(data: bytes, budget: WorkbookBudget, names: Sequence[str], *, careful: bool) -> Iterator[ET.Element]:
    """Yield the elements of a part that is read in pieces."""
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
                        raise too_complex()
                    continue
                opened -= 1
                budget.elements -= 1
                if element.tag in names:
                    yield element
                    element.clear()
                else:
                    seen.add(element.tag)
            if budget.elements < 0 or opened > DEPTH_LIMIT or len(seen) > NAMES_LIMIT:
                raise too_complex()
        parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise damaged_error() from error


def _of_tree(data: bytes, budget: WorkbookBudget, names: Sequence[str]) -> list[ET.Element]:
    """Return the elements of a part that is small enough for a tree.

    The content of a returned element is not searched: so each element is visited once, however deep it lies.
    """
    budget.uncounted -= len(data)
    if budget.uncounted < 0:
        budget.elements -= data.count(b"<") - data.count(b"</")
    if budget.elements < 0:
        raise too_complex()
    try:
        root = ET.fromstring(data)  # noqa: S314 - it has no DTD
    except (ET.ParseError, ValueError, LookupError) as error:
        raise damaged_error() from error
    found: list[ET.Element] = []
    level = [root]
    for _ in range(DEPTH_LIMIT):
        level = [child for element in level for child in element]
        found += [element for element in level if element.tag in names]
        level = [element for element in level if element.tag not in names]
        if not level:
            return found
    raise too_complex()


def is_foreign(data: bytes) -> bool:
    """Whether a part in a one-byte encoding has no element of a sheet, such as those of a test version of Excel."""
    return MAIN.strip().encode() not in data and b"\0" not in data[:4]


def _chunks(data: bytes) -> Iterator[bytes]:
    """Yield the data in pieces that end before a tag."""
    begin = 0
    while begin < len(data):
        end = begin + CHUNK
        if end < len(data):
            tag = data.rfind(b"<", begin + 1, end)
            end = tag if tag > 0 else data.find(b"<", end)
            end = end if end > 0 else len(data)
        yield data[begin:end]
        begin = end


def _events(parser: ET.XMLPullParser[Any]) -> Iterator[tuple[str, ET.Element]]:
    events: Any = parser.read_events()  # of these two kinds: an event and its element
    return events  # type: ignore[no-any-return]


def _utf8(data: bytes) -> bytes:
    """Return a part in UTF-8, so that its bytes can be searched."""
    mark, encoding = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", "utf-8"))
    if not mark and b"\0" in data[:2]:
        raise damaged_error()  # UTF-16 without a mark, which the parser would still read
    if not mark and (declared := _DECLARED.match(data)):
        encoding = declared[1].decode("ascii").lower()
    if encoding in {"utf-8", "utf8", "ascii", "us-ascii"} and not mark:
        return data
    try:
        if not mark and b"<+ADw-".decode(encoding) != "<+ADw-":
            raise damaged_error()  # such as UTF-7, in which a tag can be hidden
        text = data[len(mark) :].decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise damaged_error() from error
    return _DECLARATION.sub("", text).encode("utf-8", "surrogatepass")


def _refuse_hostile(data: bytes, budget: WorkbookBudget, *, careful: bool) -> None:
    """Raise an error for a DTD, and for a tag or a text so long that the parser would hold it whole."""
    if careful and b"<!DOCTYPE" in data:
        raise refuse_dtd()
    if careful and len(data) > _CAREFUL_LIMIT:
        raise too_complex()
    if len(data) > _TAG_LIMIT:
        if re.search(rb"<[^>]{%d}" % _TAG_LIMIT, data):
            raise too_complex()
        if re.search(rb">[^<]{%d}" % (_TEXT_BYTES * BUFFER_FACTOR * budget.limits.text), data):
            raise text_too_long(budget.limits)


def rich_text(item: ET.Element) -> tuple[str, str]:
    """Return the text of an item without phonetic guides, and what of it is struck, raised or lowered."""
    texts: list[str] = []
    marked: list[str] = []
    for part in item:
        if part.tag == _PHONETIC:
            continue
        mark = part.tag == _RUN and is_marked(part)
        own = [decoded(text.text or "") for text in _texts(part)]
        texts += own
        marked += own if mark else []
    return "".join(texts), "".join(marked)


def is_marked(element: ET.Element) -> bool:
    """Whether a run or a font is struck, raised or lowered."""
    return any(one.tag in _MARKS and one.get("val", "1") not in _OFF for one in element.iter())


def _texts(part: ET.Element) -> Iterator[ET.Element]:
    """Yield the text elements in a part of an item, without phonetic guides; each element is visited once."""
    stack = [part]
    while stack:
        element = stack.pop()
        if element.tag == _TEXT:
            yield element
        if element.tag != _PHONETIC:
            stack.extend(reversed(element))
