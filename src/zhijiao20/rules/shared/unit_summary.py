"""What the rules between units need of a submission: little, so that 12,000 of them fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from zhijiao20.core.findings import Place
from zhijiao20.core.submission import Submission
from zhijiao20.core.wording import fold
from zhijiao20.rules.near_duplicates.minhash import ComparableTexts


class ParagraphStart(NamedTuple):
    """How a paragraph begins that may speak of another unit."""

    task: str
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """A submission that was read; picklable, for it may come from another process.

    Attributes:
        texts: the texts to compare; taken off as soon as they are put aside.
        heads: paragraphs that begin like the name of a unit of the same kind.
        labels: the folded names of the units that its texts are led by, as a merged cell is: 【甲】, 【乙、丙】.
    """

    unit: str
    file: str
    period: str
    place: Place
    texts: ComparableTexts | None = None
    heads: tuple[ParagraphStart, ...] = ()
    labels: tuple[str, ...] = ()


_LABEL = re.compile("^【([^】\n]{1,200})】", re.MULTILINE)


def summarize(submission: Submission) -> UnitSummary:
    """A submission without its texts."""
    led = (entry.status for entry in submission.entries.values() if entry.status.startswith("【"))
    names = dict.fromkeys(fold(name) for text in led for label in _LABEL.findall(text) for name in label.split("、"))
    return UnitSummary(submission.unit, submission.file, submission.period, submission.place, labels=tuple(names))
