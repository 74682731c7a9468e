"""What the rules between units need of a submission: little, so that 12,000 of them fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from zhijiao20.findings import Place
from zhijiao20.model import Submission

Row: TypeAlias = Sequence[object]
"""A ``Seen`` as plain data (texts, numbers, lists), for the way between processes and for the cache."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A submission that was read, without its texts."""

    unit: str
    file: str
    period: str
    place: Place


def seen(submission: Submission) -> Seen:
    """Keep what the rules between units need."""
    return Seen(submission.unit, submission.file, submission.period, submission.place)


def as_row(one: Seen) -> Row:
    """As plain data, without the file: the same content may come back under another name."""
    return (one.unit, one.period, one.place)


def from_row(row: Row, file: str) -> Seen:
    """Back from plain data, as seen in a file.

    Raises:
        TypeError, ValueError: the data is no such row.
    """
    unit, period, place = row
    return Seen(str(unit), file, str(period), Place(*place))  # type: ignore[misc]  # a wrong one is told by its caller
