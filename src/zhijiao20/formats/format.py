"""Describe a format of status files: one record says all that the rest of the program asks of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from zhijiao20.core.errors import UsageError

if TYPE_CHECKING:
    from zhijiao20.core.catalog import Catalog
    from zhijiao20.core.findings import Collector, Place
    from zhijiao20.core.limits import Limits
    from zhijiao20.core.submission import Submission
    from zhijiao20.formats.char_positions import LazyPositions
    from zhijiao20.formats.raw import Items, RawUnit, Scalar

Reader: TypeAlias = "Callable[[bytes, Collector, Catalog, Limits, str], Sequence[RawUnit | Scalar | Items]]"
"""Bytes of a file → its units; raises ``FormatError``, and reports to the collector.

The last argument is the file's name without its suffix, for a table that names no unit.
"""

Writer: TypeAlias = "Callable[[Sequence[Submission], Catalog], bytes]"
"""Submissions → bytes of a file; raises ``UsageError`` for what the format cannot hold."""

Locator: TypeAlias = "Callable[[str, Collection[Place]], Mapping[Place, LazyPositions]]"
"""Text of a file and places of values in it → where each character of these values stands."""


class TextEdits(NamedTuple):
    """A text as it was read, and its changes: begin, end and replacement of each, in order, none of them empty."""

    text: str
    changes: Sequence[tuple[int, int, str]]


Editor: TypeAlias = "Callable[[bytes, Catalog, Mapping[Place, TextEdits], Limits], tuple[bytes, frozenset[Place]]]"
"""Bytes of a file and changes of its texts → the changed bytes, and the places of the texts that were changed."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of status files.

    Attributes:
        name: how the command line and the settings call it.
        label: how messages call it.
        suffixes: what names of such files end with, the usual one first.
        fields: the fields that it has room for.
        read: reads a file.
        write: writes a file.
        read_suffixes: suffixes of files that are read alike, but not written, such as those with macros.
        zip_folder: the folder that tells such a file from other ZIP archives; empty for a format of plain text.
        main_type: a pattern of the content type of its main part, which decides where the folder does not.
        text_start: a pattern that the first line of a file of plain text begins with.
        usual_starts: what nearly every file of plain text begins with; such a file needs no closer look.
        text_header: a pattern that some line near the top begins with, whatever stands above it.
        unit_from_name: whether a file that names no unit is named after its unit.
        in_cells: whether a text is a cell of a sheet: 佐证 share one, and what looks like a formula is escaped.
        program: the program that such files are changed in.
        locate: finds the characters of a value, for changing a file of plain text in place.
        edit: changes texts in place, in a file that is no plain text.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    fields: frozenset[str]
    read: Reader
    write: Writer
    read_suffixes: tuple[str, ...] = ()
    zip_folder: bytes = b""
    main_type: bytes = b""
    text_start: str = ""
    usual_starts: tuple[bytes, ...] = ()
    text_header: str = ""
    unit_from_name: bool = True
    in_cells: bool = False
    program: str = ""
    locate: Locator | None = None
    edit: Editor | None = None


def only_one(submissions: Sequence[Submission], name: str) -> Submission:
    """Return the one unit for a format that holds one.

    Raises:
        UsageError: there are several, or none.
    """
    if len(submissions) != 1:
        raise UsageError(
            f"一个 {name} 文件只能写一个单位，这里有 {len(submissions)} 个。请把 -o 写成文件夹，或换成 .csv"
        )
    return submissions[0]
