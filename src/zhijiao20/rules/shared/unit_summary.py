"""Data of a submission that the cross-unit rules need: small, so that 12,000 of them fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from zhijiao20.core.answers import Answers
from zhijiao20.core.findings import Place
from zhijiao20.core.submission import Submission, TaskCounts, count_tasks
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


class Known(NamedTuple):
    """Whose a submission is by the roster.

    Attributes:
        label: what the unit is called in the submission; empty where no unit of the roster fits, or several do.
        known_by: what told it: ``name``, ``folded``, ``alias``, ``place`` or ``file-name``; without a unit
            ``file-name`` where the file names none, else empty.
        written: the unit as the file or its name says it.
        nearest: the units that were offered where none fits.
    """

    label: str
    known_by: str
    written: str
    nearest: tuple[str, ...] = ()


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
        counts: how many of its tasks it has answered.
        known: whose it is by the roster; None without a roster.
        from_file_name: whether the file names no unit, so that its name does.
        answers: its answers task by task; None where they are not needed.
        superior: its 上级; empty where the file does not say it.
        index: its number among the units of the file, from 0.
    """

    unit: str
    file: str
    period: str
    place: Place
    texts: ComparableTexts | None = None
    heads: tuple[ParagraphStart, ...] = ()
    labels: tuple[str, ...] = ()
    counts: TaskCounts | None = None
    known: Known | None = None
    from_file_name: bool = False
    answers: Answers | None = None
    superior: str = ""
    index: int = 0


Differ: TypeAlias = Callable[[Sequence[UnitSummary]], Sequence[str] | None]
"""Returns the tasks in which several submissions of one unit differ; None if this is not known."""


def not_known(_: Sequence[UnitSummary]) -> None:
    """Say that it is not known in which tasks submissions differ."""


def summarize(submission: Submission, total: int = 0, known: Known | None = None) -> UnitSummary:
    """Return the summary of a submission, without texts and beginnings of paragraphs.

    Args:
        submission: the submission.
        total: the number of all tasks.
        known: whose it is by the roster.
    """
    counts = count_tasks(submission, total)
    return UnitSummary(
        submission.unit,
        submission.file,
        submission.period,
        submission.place,
        labels=submission.labels,
        counts=counts,
        known=known,
        from_file_name=submission.from_file_name,
        superior=submission.superior,
    )
