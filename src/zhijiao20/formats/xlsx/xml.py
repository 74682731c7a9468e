"""Limits of the XML of a workbook, and the errors for a damaged or hostile one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.formats.format_error import FormatError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
SAVE = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”再试"
STRANGE = "这不像一份填报表，请核对文件来源"

_ELEMENTS_LIMIT = 6_000_000  # in all parts together; 100 MiB of real rows have fewer
_MERGED_LIMIT = 100_000
_COVERED_LIMIT = 1_000_000
_EXTRAS_LIMIT = 100_000
NAMES_LIMIT = 10_000  # different names of elements and attributes in a part; the whole standard has fewer
ENDLESS = 10
"""Multiple of the text limit; a longer text is not even buffered."""
DEPTH_LIMIT = 64
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class WorkbookBudget:
    """The remaining number of items that one workbook may have, all its sheets together.

    Attributes:
        limits: the limits of the run.
        elements: XML elements of all parts.
        merged: merged areas.
        covered: cells in merged areas, counted as filled rows × columns.
        extras: relationships, ranges of hidden columns, comments and pictures.
        cells: filled cells.
        characters: characters of the filled cells.
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
        """Count a filled cell and its text; a shared string counts once for each cell.

        Raises:
            FormatError: the limit of cells or characters is exceeded.
        """
        self.cells -= 1
        self.characters -= len(text)
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
            raise FormatError("ZJ002", f"工作表里的合并单元格超过 {counted(_MERGED_LIMIT, '处')}", STRANGE)

    def extra(self) -> None:
        """Count a relationship, a range of hidden columns, a comment or a picture.

        Raises:
            FormatError: the limit is exceeded.
        """
        self.extras -= 1
        if self.extras < 0:
            raise overfull()

    def cover(self, cells: int) -> None:
        """Count cells of merged areas, which may overlap.

        Raises:
            FormatError: the limit is exceeded.
        """
        self.covered -= cells
        if self.covered < 0:
            raise FormatError("ZJ002", "合并单元格的范围太大，没有读取", STRANGE)


def endless(limits: Limits) -> FormatError:
    """Return the error for a text that is too long to be buffered.

    One wide character makes a whole text four times as large in memory.
    """
    message = f"有一段文字超过 {counted(limits.text, '字')}的上限"
    return FormatError("ZJ001", message, "请缩短，详细内容另附材料")


def overfull() -> FormatError:
    """Return the error for a workbook whose XML has too much content or is nested too deep."""
    return FormatError("ZJ002", "Excel 工作簿内部的层次太深或内容太多，没有读取", STRANGE)


def damaged() -> FormatError:
    """Return the error for a workbook whose content is damaged."""
    return FormatError("ZJ002", "Excel 工作簿内部已损坏", SAVE)


def refuse_dtd() -> FormatError:
    """Return the error for a part with a DTD."""
    return FormatError("ZJ002", "Excel 工作簿内部带有 DTD，可能有害，没有读取", "请核对文件来源")


def decoded(text: str) -> str:
    """Decode the ``_x000D_`` escapes of Excel in a text; surrogate pairs become one character."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
