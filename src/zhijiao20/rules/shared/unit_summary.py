"""Data of a submission that the cross-unit rules need: small, so that 12,000 of them fit into memory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from zhijiao20.core.findings import Place
from zhijiao20.core.submission import Submission
from zhijiao20.core.wording import fold
from zhijiao20.rules.near_duplicates.minhash import ComparableTexts


class ParagraphStart(NamedTuple):
    """Beginning of a paragraph that may be about another unit.

    Attributes:
        task: the id of the task.
        place: the place of the text in the file.
        text: the first characters of the paragraph.
    """

    task: str
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """Summary of a submission; picklable, because it may come from a worker process.

    Attributes:
        unit: the name of the unit.
        file: the file it was read from.
        period: the reporting period.
        place: the place of the submission in the file.
        texts: the texts to compare; removed once they are in the temporary file.
        heads: beginnings of paragraphs that may contain the name of a unit of the same kind.
        labels: the normalized unit names that its texts are labelled with, as in a merged cell: 【甲】, 【乙、丙】.
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
    """Return the summary of a submission, without texts and beginnings of paragraphs."""
    labelled = (entry.status for entry in submission.entries.values() if entry.status.startswith("【"))
    names = dict.fromkeys(
        fold(name) for text in labelled for label in _LABEL.findall(text) for name in label.split("、")
    )
    return UnitSummary(submission.unit, submission.file, submission.period, submission.place, labels=tuple(names))
