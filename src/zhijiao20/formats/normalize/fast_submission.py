"""Fast path from a raw unit to the submission, for a unit without findings.

The checks are those of the models in ``normalize.schema`` and of ``normalize.tree``, but nothing is reported: if any
check fails, there is no submission, and a full parse of the file reports the findings.  A test compares both paths.
"""

from __future__ import annotations

from collections.abc import Mapping

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Entry, Progress, Submission, unit_problem
from zhijiao20.formats.normalize.clean_text import is_kept
from zhijiao20.formats.raw import RawUnit

_PROGRESS: Mapping[str, Progress | None] = {"": None, **{word.value: word for word in Progress}}


def build_submission(outline: RawUnit, catalog: Catalog, file: str) -> Submission | None:
    """Build the submission of a unit; return None if its file needs a full parse.

    Args:
        outline: the content of the unit, as read on the fast path.
        catalog: the official task list.
        file: the file as the user named it.
    """
    unit, period = outline.unit.text, outline.period
    if unit_problem(unit) or "\n" in period or not _all_clean(outline):
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


def _all_clean(raw_unit: RawUnit) -> bool:
    """Check whether normalization leaves every text unchanged."""
    if raw_unit.clean:
        return True
    texts = [raw_unit.unit.text, raw_unit.period, raw_unit.reporter, raw_unit.phone]
    for entry in raw_unit.entries:
        texts += (entry.status, entry.remark, *entry.evidence)
    return is_kept("\n".join(texts))
