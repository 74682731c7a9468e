"""Define the exception that all readers raise, and the content limits that they enforce."""

from __future__ import annotations

from dataclasses import dataclass

from zhijiao20.core.errors import UnreadableError
from zhijiao20.core.findings import NOWHERE, Place
from zhijiao20.core.garbled import garbled_cause
from zhijiao20.core.limits import Limits, counted


class FormatError(Exception):
    """A file cannot be read; carries the content of the finding to report.

    Attributes:
        code: the rule code (ZJ0xx).
        message: the problem, in Chinese.
        hint: the remedy, in Chinese.
        place: the place of the problem in the file.
        unit: the unit of the file, if it was read before.
    """

    def __init__(self, code: str, message: str, hint: str, place: Place = NOWHERE, unit: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.place, self.unit = code, message, hint, place, unit


class FormError(UnreadableError):
    """A Word document cannot be used as a form; ``unit`` is its unit, if it was read before."""

    unit: str | None = None


class StrictFormError(FormError):
    """A document is in Strict Open XML; as a status file it is turned into the ordinary kind and read again."""


class StrictError(FormatError):
    """A workbook is in Strict Open XML; it is turned into the ordinary kind and read again."""


@dataclass(slots=True)
class Budget:
    """Remaining numbers of values and characters that a file may contain.

    Attributes:
        limits: the limits of the run.
        values: the remaining cells of a table, or nodes of a tree.
        limit_text: the limit of ``values`` as a text for messages.
        characters: the remaining characters.
    """

    limits: Limits
    values: int
    limit_text: str
    characters: int

    @classmethod
    def of_cells(cls, limits: Limits) -> Budget:
        """Return the budget for a table."""
        return cls(limits, limits.cells, counted(limits.cells, "格"), limits.characters)

    @classmethod
    def of_nodes(cls, limits: Limits) -> Budget:
        """Return the budget for a tree."""
        return cls(limits, limits.nodes, counted(limits.nodes, "处"), limits.characters)

    def take(self, text: str, place: Place) -> None:
        """Subtract a text from the remaining values and characters.

        Raises:
            FormatError: the text is too long, or the file contains too many values or characters.
        """
        self.values -= 1
        self.characters -= len(text)
        if len(text) > self.limits.text:
            raise too_long(text, place, self.limits)
        if self.values < 0 or self.characters < 0:
            exceeded = self.limit_text if self.values < 0 else counted(self.limits.characters, "字")
            hint = "请核对文件来源；单位多时，请分成几个文件报送"
            raise FormatError("ZJ001", f"内容太多，到这里超过 {exceeded}，没有读取", hint, place)


def too_many_units(number: int, limits: Limits) -> FormatError:
    """Return the error for a file with too many units."""
    message = f"一份文件里有 {number} 个单位，超过 {counted(limits.units, '个')}的上限"
    return FormatError("ZJ001", message, "请分成几个文件报送")


def too_many_findings(most: int | None) -> FormatError:
    """Return the error for a file with too many findings."""
    message = f"问题超过 {counted(most or 0, '条')}，后面的没有再查"
    return FormatError("ZJ001", message, "请核对文件来源；先改好前面的，再查一遍")


def too_long(text: str, place: Place, limits: Limits) -> FormatError:
    """Return the error for a text longer than the limit."""
    message = f"这段文字有 {len(text)} 个字，超过 {counted(limits.text, '字')}的上限"
    return FormatError("ZJ001", message, "请缩短，详细内容另附材料", place)


def refuse_garbled(text: str, place: Place = NOWHERE) -> None:
    """Refuse a file in which no known word was found, if its words are there in a garbled form.

    Raises:
        FormatError: the text was decoded in the wrong encoding and saved again (ZJ003).
    """
    if cause := garbled_cause(text):
        hint = "请向填报单位要没有转坏的原件；不要照着乱码重新录入"
        raise FormatError("ZJ003", f"文件里的字是乱码：{cause}", hint, place)
