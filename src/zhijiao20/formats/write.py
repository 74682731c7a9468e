"""Submissions into files of any format: one writer a format, and what a format has no room for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import visible
from zhijiao20.core.errors import UsageError
from zhijiao20.core.submission import (
    ARTICLE,
    CHAPTER,
    EVIDENCE,
    ID,
    PERIOD,
    PHONE,
    PROGRESS,
    REMARK,
    REPORTER,
    STATUS,
    TASKS,
    UNIT,
    WAIVERS,
    Entry,
    Submission,
)
from zhijiao20.formats.normalize.columns import escape, evidence_cell, evidence_items

CELL_LIMIT = 32_767
"""UTF-16 units that a cell of a sheet can hold."""

Writer: TypeAlias = Callable[[Sequence[Submission], Catalog], bytes]


def _yaml(submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    from zhijiao20.formats.yaml.write import write

    return write(_only(submissions, "YAML"), catalog)


def _csv(submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    from zhijiao20.formats.csv.write import write

    return write(table(submissions, catalog))


def _docx(submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    """The official form itself, with the unit above the table."""
    from zhijiao20.core.merge import merge
    from zhijiao20.formats.docx.fill import fill, open_form
    from zhijiao20.formats.docx.header_lines import UNIT_LINE, value_after
    from zhijiao20.system.resources import official_form

    submission = _only(submissions, "Word 表")
    for label, value in ((UNIT_LINE, submission.unit), (PERIOD, submission.period)):
        if value_after(label, f"{label}：{value}") != value:
            raise UsageError(
                f"“{visible(value)}”写进 Word 表的“{label}：”后面读不回原样。请去掉首尾和中间的连续空格，或改用 -f yaml"
            )
    form = open_form(official_form(), catalog, own=True)
    return fill(form, merge([submission], catalog).cells, unit=submission.unit, period=submission.period)


def _xlsx(submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    from zhijiao20.formats.xlsx.write import write

    return write(submissions, catalog)


WRITERS: Mapping[str, Writer] = {"yaml": _yaml, "csv": _csv, "xlsx": _xlsx, "docx": _docx}
"""Format → its writer; YAML and Word hold one unit a file, CSV and XLSX any number."""

_SHEET = {UNIT, PERIOD, PROGRESS, STATUS, EVIDENCE, REMARK}
_ROOM = {"csv": _SHEET, "xlsx": _SHEET, "docx": {UNIT, PERIOD, STATUS}}


def left_out(submission: Submission, kind: str) -> list[str]:
    """The fields of a submission that a format has no room for, in the order of the status file."""
    entries = submission.entries.values()
    held = {
        REPORTER: bool(submission.reporter),
        PHONE: bool(submission.phone),
        PROGRESS: any(entry.progress for entry in entries),
        EVIDENCE: any(entry.evidence for entry in entries),
        REMARK: any(entry.remark for entry in entries),
        WAIVERS: any(entry.waivers for entry in entries),
    }
    return [name for name, filled in held.items() if filled and kind in _ROOM and name not in _ROOM[kind]]


def divided(submission: Submission, kind: str) -> list[str]:
    """The tasks whose 佐证 a cell does not hold item by item: a line end inside one divides it, a blank one goes."""
    if kind not in {"csv", "xlsx"}:
        return []
    return [
        entry.task
        for entry in submission.entries.values()
        if evidence_items(evidence_cell(entry.evidence)) != list(entry.evidence)
    ]


def table(submissions: Sequence[Submission], catalog: Catalog) -> list[list[str]]:
    """The rows of a CSV file, header first; 报告期 and 说明 only where any is set."""
    periods = any(submission.period for submission in submissions)
    remarks = any(entry.remark for submission in submissions for entry in submission.entries.values())
    head = [UNIT, *([PERIOD] if periods else []), ID, CHAPTER, ARTICLE, TASKS, PROGRESS, STATUS, EVIDENCE]
    rows = [[*head, *([REMARK] if remarks else [])]]
    for submission in submissions:
        _refuse_long(submission)
    for submission in submissions:
        lead = [submission.unit, *([submission.period] if periods else [])]
        for task in catalog.tasks.values():
            entry = submission.entries.get(task.id, Entry(task.id))
            cells = [task.id, task.chapter, task.article, task.text, entry.progress or "", entry.status]
            rows.append([*lead, *cells, evidence_cell(entry.evidence), *([entry.remark] if remarks else [])])
    return rows


def _refuse_long(submission: Submission) -> None:
    """A sheet cuts a longer cell off without a word."""
    for entry in submission.entries.values():
        for name, text in ((STATUS, entry.status), (EVIDENCE, evidence_cell(entry.evidence)), (REMARK, entry.remark)):
            if len(escape(text).encode("utf-16-le", "surrogatepass")) // 2 > CELL_LIMIT:
                raise UsageError(
                    f"{submission.unit} 任务 {entry.task} 的“{name}”超过一格能放的 {CELL_LIMIT} 个字，没有写入。"
                    "请缩短，或改用 .yaml、.docx"
                )


def _only(submissions: Sequence[Submission], name: str) -> Submission:
    if len(submissions) != 1:
        raise UsageError(
            f"一个 {name} 文件只能写一个单位，这里有 {len(submissions)} 个。请把 -o 写成文件夹，或换成 .csv"
        )
    return submissions[0]
