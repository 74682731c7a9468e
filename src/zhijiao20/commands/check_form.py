"""``form check``: look through a form before it is filled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.commands.open_form import FormChoice, open_form_choice
from zhijiao20.core.findings import Report
from zhijiao20.system.resources import load_catalog

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class FormRow:
    """A task in a form that was looked through.

    Attributes:
        task: the task's id.
        state: ``found``, ``missing``, ``doubled`` or ``reworded``.
        rows: where it stands.
        changed: what was changed in its wording.
    """

    task: str
    state: str
    rows: tuple[str, ...] = ()
    changed: str = ""


def check_form(path: Path) -> tuple[list[FormRow], Report]:
    """Look through a form before it is filled: where every task's row is, and what keeps it from being filled.

    Raises:
        UsageError: the path does not exist.
    """
    opened, findings = open_form_choice(FormChoice(path), None)
    rows: list[FormRow] = []
    if opened is not None:
        located = opened.located
        reworded = {task: (row.label, changed) for task, (row, changed) in located.reworded.items()}
        for task in load_catalog().tasks:
            if task in located.rows:
                labels = [located.rows[task].label, *(row.label for row in located.doubled.get(task, []))]
                rows.append(FormRow(task, "found" if len(labels) == 1 else "doubled", tuple(labels)))
            elif task in reworded:
                label, changed = reworded[task]
                rows.append(FormRow(task, "reworded", (label,), changed))
            else:
                rows.append(FormRow(task, "missing"))
    return rows, Report(1, 0, tuple(findings))
