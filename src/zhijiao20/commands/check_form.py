"""The use case ``form check``: check whether a Word form can be filled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhijiao20.commands.open_form import FormChoice, open_form_choice
from zhijiao20.core.display import quote
from zhijiao20.core.findings import Report
from zhijiao20.system.discovery import load_catalog


@dataclass(frozen=True, slots=True)
class FormRow:
    """The check result of one task.

    Attributes:
        task: the task's id.
        state: ``found``, ``missing``, ``doubled`` or ``reworded``.
        rows: the labels of the table rows that contain the task.
        changed: the difference to the official wording; empty unless ``reworded``.
    """

    task: str
    state: str
    rows: tuple[str, ...] = ()
    changed: str = ""


def check_form(path: Path) -> tuple[list[FormRow], Report]:
    """Check a form: find the table row of each task, and report what prevents filling it.

    Args:
        path: the Word form.

    Returns:
        One row for each official task (none if the form cannot be opened), and the findings.

    Raises:
        UsageError: the path does not exist.
    """
    form, findings = open_form_choice(FormChoice(path), None)
    rows: list[FormRow] = []
    if form is not None:
        located = form.located
        reworded = {task: (row.label, changed) for task, (row, changed) in located.reworded.items()}
        for task in load_catalog().tasks:
            if task in located.rows and (answer := located.rows[task].answer):
                rows.append(FormRow(task, "reworded", (located.rows[task].label,), f"原文后面多了{quote(answer)}"))
            elif task in located.rows:
                labels = [located.rows[task].label, *(row.label for row in located.doubled.get(task, []))]
                rows.append(FormRow(task, "found" if len(labels) == 1 else "doubled", tuple(labels)))
            elif task in reworded:
                label, changed = reworded[task]
                rows.append(FormRow(task, "reworded", (label,), changed))
            else:
                rows.append(FormRow(task, "missing"))
    return rows, Report(1, 0, tuple(findings))
