"""The XML of a workbook as a stream of events: no DTD, no entity, no tree in memory, within bounds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.formats.format_error import FormatError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
SAVE = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”再试"
STRANGE = "这不像一份填报表，请核对文件来源"

_ELEMENTS_LIMIT = 6_000_000  # all parts together; 100 MiB of real rows have fewer
_MERGED_LIMIT = 100_000
_COVERED_LIMIT = 1_000_000
_EXTRAS_LIMIT = 100_000
_NAMES_LIMIT = 10_000  # of elements and attributes in a part; the whole standard has fewer
ENDLESS = 10
"""Times the longest text: what is longer is not even taken up."""
_DEPTH_LIMIT = 64
_CHUNK = 2**20
_TAG_LIMIT = 4 * 2**20  # bytes of one tag: expat would keep it whole, with every attribute
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@dataclass(slots=True)
class WorkbookBudget:
    """What is left of the things that one workbook may have, all its sheets together.

    Attributes:
        elements: of all parts.
        cells: filled ones.
        characters: of the filled cells.
        merged: merged areas.
        extras: relationships, ranges of hidden columns, and what is told of beside the cells.
        covered: filled rows × columns in these areas.
    """

    limits: Limits = DEFAULT
    elements: int = _ELEMENTS_LIMIT
    merged: int = _MERGED_LIMIT
    covered: int = _COVERED_LIMIT
    extras: int = _EXTRAS_LIMIT
    cells: int = field(init=False)
    characters: int = field(init=False)

    def __post_init__(self) -> None:
        self.cells, self.characters = self.limits.cells, self.limits.characters

    def take(self, text: str) -> None:
        """Count a filled cell; one shared string may stand in any number of them.

        Raises:
            FormatError: there are more than in any table.
        """
        self.cells -= 1
        self.characters -= len(text)
        if self.cells < 0 or self.characters < 0:
            most = f"{counted(self.limits.cells, '个')}，或文字超过 {counted(self.limits.characters, '字')}"
            raise FormatError("ZJ002", f"工作簿里有字的单元格超过 {most}", "请分成几个文件报送")

    def merge(self) -> None:
        """Count a merged area.

        Raises:
            FormatError: there are more than in any workbook.
        """
        self.merged -= 1
        if self.merged < 0:
            raise FormatError("ZJ002", f"工作表里的合并单元格超过 {counted(_MERGED_LIMIT, '处')}", STRANGE)

    def extra(self) -> None:
        """Count one of the things that are no cells.

        Raises:
            FormatError: there are more than in any workbook.
        """
        self.extras -= 1
        if self.extras < 0:
            raise overfull()

    def cover(self, cells: int) -> None:
        """Count cells of merged areas, which may lie on one another.

        Raises:
            FormatError: there are more than in any table.
        """
        self.covered -= cells
        if self.covered < 0:
            raise FormatError("ZJ002", "合并单元格的范围太大，没有读取", STRANGE)


def endless(limits: Limits) -> FormatError:
    """The error for a text so long that it is not even taken up: one wide character makes it four times as large."""
    message = f"有一段文字超过 {counted(limits.text, '字')}的上限"
    return FormatError("ZJ001", message, "请缩短，详细内容另附材料")


def overfull() -> FormatError:
    """The error for a workbook with more inside than any needs."""
    return FormatError("ZJ002", "Excel 工作簿内部的层次太深或内容太多，没有读取", STRANGE)


def damaged() -> FormatError:
    """The error for a workbook whose inside is not as it must be."""
    return FormatError("ZJ002", "Excel 工作簿内部已损坏", SAVE)


def walk(data: bytes, budget: WorkbookBudget, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Parse a part, telling of its elements as ``namespace name``.

    Raises:
        FormatError: it is not well-formed, has a DTD, or is deeper or larger than any table.
    """
    depth, left = 0, budget.elements

    def opening(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, left
        depth += 1
        left -= 1
        if depth > _DEPTH_LIMIT or left < 0:
            raise overfull()
        start(name, attributes)

    def closing(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    names: dict[str, str] = {}  # expat keeps every name that it meets
    parser = expat.ParserCreate(namespace_separator=" ", intern=names)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.StartElementHandler = opening
    parser.EndElementHandler = closing
    if text:
        parser.CharacterDataHandler = text
    try:
        for begin in range(0, len(data), _CHUNK):
            parser.Parse(data[begin : begin + _CHUNK], False)  # noqa: FBT003 - expat's own signature
            if min(begin + _CHUNK, len(data)) - parser.CurrentByteIndex > _TAG_LIMIT or len(names) > _NAMES_LIMIT:
                raise overfull()
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged() from error
    budget.elements = left


def _refuse_dtd(*_: object) -> None:
    raise FormatError("ZJ002", "Excel 工作簿内部带有 DTD，可能有害，没有读取", "请核对文件来源")


def decoded(text: str) -> str:
    """A text with the ``_x000D_`` escapes of Excel resolved; two that make one character are joined."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


class Strings:
    """Collects texts: those of all ``t`` inside an item, rich runs joined, phonetic guides left out."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._length = 0
        self._runs: list[str] = []
        self._parts: list[str] = []
        self._marked: list[str] = []
        self._open = False
        self._phonetic = False
        self._mark = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        if name == _T:
            self._open = not self._phonetic
        elif name in _MARKS:
            self._mark = self._mark or attributes.get("val", "1") not in _OFF
        elif name == _RPH:
            self._phonetic = True

    def end(self, name: str) -> None:
        """Take note of an element that ends."""
        if name == _T:
            self._open = False
            self._runs.append(decoded("".join(self._parts)))  # each run by itself: no escape spans two
            self._parts = []
            if self._mark:
                self._marked.append(self._runs[-1])
        elif name == _R:
            self._mark = False
        elif name == _RPH:
            self._phonetic = False

    def text(self, text: str) -> None:
        """Take characters."""
        if self._open:
            self._length += len(text)
            if self._length > ENDLESS * self._limits.text:
                raise endless(self._limits)
            self._parts.append(text)

    def take(self) -> tuple[str, str]:
        """The text of the item that just ended, and what of it is struck, raised or lowered: 10⁴ would be 104."""
        joined, marked = "".join(self._runs), "".join(self._marked)
        self._runs, self._marked, self._mark, self._length = [], [], False, 0
        return joined, marked


_T, _R, _RPH = f"{MAIN}t", f"{MAIN}r", f"{MAIN}rPh"
_MARKS = {f"{MAIN}strike", f"{MAIN}vertAlign"}
_OFF = {"0", "false", "baseline"}
