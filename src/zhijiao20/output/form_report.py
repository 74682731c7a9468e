"""Report which tasks of the official table were found in a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TextIO

from zhijiao20.core.findings import Report
from zhijiao20.output.json import finding_as_dict, write_document
from zhijiao20.output.terminal import console_for, write_findings


class Row(Protocol):
    """A task in a form; ``state`` is found, missing, doubled or reworded."""

    @property
    def task(self) -> str:
        """Return the task's id."""

    @property
    def state(self) -> str:
        """Return the state of the task's row."""

    @property
    def rows(self) -> tuple[str, ...]:
        """Return the labels of the rows that contain the task."""

    @property
    def changed(self) -> str:
        """Return what was changed in the task's wording."""


_STATES = {"found": "找到", "missing": "缺少", "doubled": "重复", "reworded": "表述被改动"}


def write_text(rows: Sequence[Row], report: Report, stream: TextIO) -> None:
    """Write the findings with their hints, then the number of tasks in each state."""
    write_findings(report, stream)
    counts = [(name, sum(row.state == state for row in rows)) for state, name in _STATES.items()]
    line = "，".join(f"{name} {number} 项" for name, number in counts if number) or "没有找到官方的表"
    verdict = "不能用" if report.failed else "可以用"
    console_for(stream).print(f"{line}：这份表样{verdict}。", soft_wrap=True)


def write_json(rows: Sequence[Row], report: Report, stream: TextIO) -> None:
    """Write every task with its rows, and the findings, as JSON."""
    document = {
        "version": 1,
        "rows": [{"task": row.task, "state": row.state, "rows": row.rows, "changed": row.changed} for row in rows],
        "findings": [finding_as_dict(finding) for finding in report.findings],
    }
    write_document(document, stream)
