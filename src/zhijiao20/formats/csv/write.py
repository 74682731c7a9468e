"""Write CSV status files: UTF-8 with BOM, CRLF line ends, commas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.core.fields import (
    ARTICLE,
    CHAPTER,
    EVIDENCE,
    ID,
    PERIOD,
    PROGRESS,
    REMARK,
    STATUS,
    SUPERIOR,
    TASKS,
    UNIT,
)
from zhijiao20.core.levels import bare_name
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.normalize.columns import CELL_LIMIT, escape, evidence_cell


def write(rows: list[list[str]]) -> bytes:
    """Return a CSV file of the given rows.

    UTF-8 with BOM and CRLF can be opened in Excel by double-click.

    A text that a spreadsheet would run as a formula, or that starts with an apostrophe, is prefixed with an apostrophe.
    """
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([[escape(cell) for cell in row] for row in rows])
    return stream.getvalue().encode("utf-8-sig")


def table(submissions: Sequence[Submission], catalog: Catalog) -> list[list[str]]:
    """Return the rows of a CSV file, header first; 上级, 报告期 and 说明 are included only if any is set."""
    periods = any(submission.period for submission in submissions)
    remarks = any(entry.remark for submission in submissions for entry in submission.entries.values())
    superiors = any(submission.superior for submission in submissions)
    optional = [name for name, is_set in ((SUPERIOR, superiors), (PERIOD, periods)) if is_set]
    columns = [UNIT, *optional, ID, CHAPTER, ARTICLE, TASKS, PROGRESS, STATUS, EVIDENCE]
    rows = [[*columns, *([REMARK] if remarks else [])]]
    for submission in submissions:
        _refuse_long(submission)
    for submission in submissions:
        unit_cells = [bare_name(submission.unit, submission.superior)]
        unit_cells += [submission.superior] if superiors else []
        unit_cells += [submission.period] if periods else []
        for task in catalog.tasks.values():
            entry = submission.entries.get(task.id, Entry(task.id))
            cells = [task.id, task.chapter, task.article, task.text, entry.progress or "", entry.status]
            rows.append([*unit_cells, *cells, evidence_cell(entry.evidence), *([entry.remark] if remarks else [])])
    return rows


def _refuse_long(submission: Submission) -> None:
    """Refuse a text longer than a cell, because a spreadsheet truncates it without warning."""
    for entry in submission.entries.values():
        for name, text in ((STATUS, entry.status), (EVIDENCE, evidence_cell(entry.evidence)), (REMARK, entry.remark)):
            if len(escape(text).encode("utf-16-le", "surrogatepass")) // 2 > CELL_LIMIT:
                raise UsageError(
                    f"{submission.unit} 任务 {entry.task} 的“{name}”超过一格能放的 {CELL_LIMIT} 个字，没有写入。"
                    "请缩短，或改用 .yaml、.docx"
                )
