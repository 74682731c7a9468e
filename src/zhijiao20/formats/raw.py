"""Raw content of a status file as a reader returns it: texts, lists, mappings and tables, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from zhijiao20.core.findings import NOWHERE, Place


class Scalar(NamedTuple):
    """A text of the file, unchanged.

    Attributes:
        bare: whether it is an unquoted text that other YAML parsers read as a number.
        block: the column in which the lines of a literal block begin, on the lines below its place; else 0.
    """

    text: str
    place: Place = NOWHERE
    bare: bool = False
    block: int = 0


class Items(NamedTuple):
    """A list of the file."""

    nodes: tuple[Node, ...]
    place: Place = NOWHERE


class Pairs(NamedTuple):
    """A mapping of the file; keys are in file order and not yet checked for duplicates."""

    pairs: tuple[tuple[Scalar, Node], ...]
    place: Place = NOWHERE


Node: TypeAlias = "Scalar | Items | Pairs"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a CSV file or a sheet, header included; every cell has its place."""

    rows: tuple[tuple[Scalar, ...], ...]


class RawEntry(NamedTuple):
    """An entry as read on the fast path, not yet validated."""

    task: str
    progress: str
    status: str
    evidence: tuple[str, ...]
    remark: str
    place: Place
    text_place: Place
    block: int


class RawUnit(NamedTuple):
    """Content of one unit as read on the fast path, not yet validated.

    A reader builds it only if it has no finding to report; any other file is parsed in full, into a tree.

    Attributes:
        clean: whether the format excludes characters that Word cannot hold, so that no text needs a check for them.
    """

    unit: Scalar
    entries: Sequence[RawEntry]
    tasks_place: Place
    period: str = ""
    reporter: str = ""
    phone: str = ""
    clean: bool = False
