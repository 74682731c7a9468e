"""Raw content of a status file as a reader returns it: texts, lists, mappings and tables, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from zhijiao20.core.findings import NOWHERE, Place


class Scalar(NamedTuple):
    """A text as it stands in the file.

    Attributes:
        bare: another YAML reader would take it for a number.
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
    """A mapping in the file, keys in order and not yet checked for doubles."""

    pairs: tuple[tuple[Scalar, Node], ...]
    place: Place = NOWHERE


Node: TypeAlias = "Scalar | Items | Pairs"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a CSV file or a sheet, the header among them; every row knows the places of its cells."""

    rows: tuple[tuple[Scalar, ...], ...]


class RawEntry(NamedTuple):
    """An entry as it stands in an outline: nothing in it is judged yet."""

    task: str
    progress: str
    status: str
    evidence: tuple[str, ...]
    remark: str
    place: Place
    text_place: Place
    block: int


class RawUnit(NamedTuple):
    """What a unit's tree says, in short: for the usual file, of which nothing but its fields is to be kept.

    A reader makes one only of what it has nothing to tell of; all else goes the long way, by the tree.

    Attributes:
        clean: the format rules out that a text holds a character which Word cannot.
    """

    unit: Scalar
    entries: Sequence[RawEntry]
    tasks_place: Place
    period: str = ""
    reporter: str = ""
    phone: str = ""
    clean: bool = False
