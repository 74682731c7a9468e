"""Define the raw content of a status file as a reader returns it, with the place of every value.

What is plain comes as an ``Entry``; what is not comes as an ``OddEntry``, the nodes as they stand in the file, and goes
to ``normalize.explain``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from zhijiao20.core.findings import NOWHERE, Place
from zhijiao20.core.submission import Entry

_tuple: Any = tuple.__new__  # makes a named tuple in half the time of its own constructor

BELOW_LIMIT = 20
"""Texts below a table that are looked at for the unit that closes the form."""


class Scalar(NamedTuple):
    """A text as it stands in the file.

    Attributes:
        bare: another YAML reader would parse it as a number.
        block: the column in which its lines begin where it is a literal block on the lines below its place, else 0.
    """

    text: str
    place: Place = NOWHERE
    bare: bool = False
    block: int = 0


class Items(NamedTuple):
    """A list in the file."""

    nodes: tuple[Node, ...]
    place: Place = NOWHERE


class Pairs(NamedTuple):
    """A mapping in the file, keys in order and not yet checked for duplicates."""

    pairs: tuple[tuple[Scalar, Node], ...]
    place: Place = NOWHERE


Node: TypeAlias = "Scalar | Items | Pairs"


class OddEntry(NamedTuple):
    """An entry that is not plain: its task id and its content as they stand in the file."""

    key: Scalar
    node: Node


@dataclass(slots=True)
class RawUnit:
    """One unit of a file, not yet checked.

    Attributes:
        fields: the fields at the top, in order; 任务 is one of them only if it is no mapping, or a second one.
        entries: the entries in order; the task ids of plain ones are not checked yet.
        tasks_place: where the list of entries begins; None where there is none.
        place: where the unit begins.
        bare: the task ids that another YAML reader would parse as numbers.
        below: the first texts below the table, which are not read; one of them may be the unit that closes the form.
        from_file_name: whether 单位 is taken from the name of the file.
        superior: 上级; None where the table does not give it.
    """

    fields: list[tuple[Scalar, Node]]
    entries: list[Entry | OddEntry] = field(default_factory=list)
    tasks_place: Place | None = None
    place: Place = NOWHERE
    bare: list[Scalar] = field(default_factory=list)
    below: list[Scalar] = field(default_factory=list)
    from_file_name: bool = False
    superior: Scalar | None = None


class Row(NamedTuple):
    """One row of a table.

    Attributes:
        number: its number; in a CSV file the physical line on which it begins; 0 where ``letters`` say it.
        cells: the texts of its cells.
        letters: in a sheet, the reference of each column; None in a CSV file.
        added: the index of a cell that the file does not have, and that of the cell which it is read from.
    """

    number: int
    cells: Sequence[str]
    letters: Sequence[str] | None = None
    added: tuple[int, int] | None = None

    def place(self, column: int) -> Place:
        """Return the place of a cell."""
        if self.added is not None and column >= self.added[0]:
            column = self.added[1] if column == self.added[0] else column - 1
        cell = f"{self.letters[column]}{self.number or ''}" if self.letters is not None else None
        place: Place = _tuple(Place, (self.number, column + 1, None) if cell is None else (None, None, cell))
        return place

    def places(self, first: int, second: int) -> tuple[Place, Place]:
        """Return the places of two cells."""
        number, _, letters, added = self
        if added is not None:
            return self.place(first), self.place(second)
        if letters is None:
            return _tuple(Place, (number, first + 1, None)), _tuple(Place, (number, second + 1, None))
        row = number or ""
        return _tuple(Place, (None, None, f"{letters[first]}{row}")), _tuple(
            Place, (None, None, f"{letters[second]}{row}")
        )


@dataclass(slots=True)
class RawTable:
    """The rows of a CSV file or of sheets, the header among them; they are read once, row by row."""

    rows: Iterable[Row]
