"""The short way from an outline to the submission: for units in which everything is as it should be.

What the model and the checks of ``intake.tree`` would find is looked for here in plain words, and nothing is told:
where anything would be, there is no submission, and the file goes the long way, which explains.  A test holds the two
together.
"""

from __future__ import annotations

from collections.abc import Mapping

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Entry, Progress, Submission, unit_problem
from zhijiao20.formats.normalize.clean_text import is_kept
from zhijiao20.formats.raw import RawUnit

_PROGRESS: Mapping[str, Progress | None] = {"": None, **{word.value: word for word in Progress}}


def build_submission(outline: RawUnit, catalog: Catalog, file: str) -> Submission | None:
    """The submission of a unit, or None where there is anything to tell of it.

    Args:
        outline: what its file says.
        catalog: the official list.
        file: the file as the user named it.
    """
    unit, period = outline.unit.text, outline.period
    if unit_problem(unit) or "\n" in period or not _kept(outline):
        return None
    tasks = catalog.tasks
    entries: dict[str, Entry] = {}
    for task, progress, status, evidence, remark, place, text_place, block in outline.entries:
        if task not in tasks or task in entries or progress not in _PROGRESS:
            return None
        known = _PROGRESS[progress]
        entries[task] = Entry(task, known, status, evidence, remark, {}, place, text_place, block)
    return Submission(
        unit,
        file,
        period,
        outline.reporter,
        outline.phone,
        {task: entries[task] for task in tasks if task in entries},
        outline.unit.place,
        outline.tasks_place,
    )


def _kept(outline: RawUnit) -> bool:
    """Whether every text is kept as it is."""
    if outline.clean:
        return True
    texts = [outline.unit.text, outline.period, outline.reporter, outline.phone]
    for answer in outline.entries:
        texts += (answer.status, answer.remark, *answer.evidence)
    return is_kept("\n".join(texts))
