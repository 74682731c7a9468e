"""Define the record that describes one format of status files to the rest of the program."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.core.catalog import Catalog
    from zhijiao20.core.findings import Collector, Place
    from zhijiao20.core.limits import Limits
    from zhijiao20.core.submission import Submission
    from zhijiao20.formats.char_positions import LazyPositions
    from zhijiao20.formats.raw import Node, RawUnit, Table

Reader: TypeAlias = "Callable[[bytes, Collector, Catalog, Limits], Node | Table]"
"""Function that parses the bytes of a file into raw content; raises ``FormatError``, adds findings to the collector."""

FastReader: TypeAlias = "Callable[[bytes, Catalog, Limits], list[RawUnit] | None]"
"""Function that reads the bytes of a file into raw units; returns None if the file needs a full parse."""

Writer: TypeAlias = "Callable[[Sequence[Submission], Catalog], bytes]"
"""Function that serializes submissions; raises ``UsageError`` for content that the format cannot hold."""

Locator: TypeAlias = "Callable[[str, Collection[Place]], Mapping[Place, LazyPositions]]"
"""Function that maps places of values in the text of a file to the positions of the characters of each value."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of status files.

    Attributes:
        name: the name on the command line and in the settings.
        label: the name in messages.
        suffixes: the suffixes of file names, the preferred one first.
        fields: the fields that the format can store.
        units_per_file: the number of units in a file; None if unlimited.
        read: parses a file in full.
        write: serializes submissions.
        read_fast: fast path for a file without findings; None if the format has none.
        zip_folder: name of a folder in the ZIP archive that identifies the format; empty for plain text.
        text_start: regular expression for the beginning of the first line of plain text; empty if there is none.
        text_header: regular expression for the beginning of any line near the top; empty if there is none.
        unit_from_name: whether the file name gives the unit of a file whose content names none.
        in_cells: whether each text is a cell of a sheet: the 佐证 of an entry share a cell, and a text that looks like
            a formula is escaped.
        program: the application in which users edit such files.
        locate: finds the characters of values for editing a file in place; None if such files are not edited.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    fields: frozenset[str]
    units_per_file: int | None
    read: Reader
    write: Writer
    read_fast: FastReader | None = None
    zip_folder: bytes = b""
    text_start: str = ""
    text_header: str = ""
    unit_from_name: bool = True
    in_cells: bool = False
    program: str = ""
    locate: Locator | None = None


def only_one(submissions: Sequence[Submission], name: str) -> Submission:
    """Return the only submission, for a format with one unit per file.

    Raises:
        UsageError: there are several submissions, or none.
    """
    if len(submissions) != 1:
        raise UsageError(
            f"一个 {name} 文件只能写一个单位，这里有 {len(submissions)} 个。请把 -o 写成文件夹，或换成 .csv"
        )
    return submissions[0]
