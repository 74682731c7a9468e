"""What the rules between units need of a submission: little, so that 12,000 of them fit."""

from __future__ import annotations

from dataclasses import dataclass

from zhijiao20.findings import Place
from zhijiao20.model import Submission


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
