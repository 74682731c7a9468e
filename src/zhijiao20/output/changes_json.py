"""The changes between two rounds as JSON, in the schema that other programs depend on (version 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from zhijiao20.core.round_changes import RoundCounts, TaskChange, TaskState, UnitChange
from zhijiao20.output.json import write_document


def write(
    counts: RoundCounts, units: Iterable[UnitChange], stream: TextIO, more: dict[str, Sequence[object]] | None = None
) -> None:
    """Write the changes as one JSON document.

    The number of answers of which only 进展 changed is left out of the summary if there is none.

    Args:
        counts: how much changed.
        units: the changes of each unit.
        stream: the output stream.
        more: further keys of the document; those without content are left out.
    """
    progress = counts.tasks[TaskState.PROGRESS]
    document: dict[str, object] = {
        "version": 1,
        "summary": {
            "units": sum(counts.units.values()),
            "unchanged": counts.unchanged,
            **{state.value: counts.tasks[state] for state in (TaskState.CHANGED, TaskState.NEW, TaskState.EMPTIED)},
            **({"progress": progress} if progress else {}),
        },
        "units": map(_unit_as_dict, units),
        **{key: value for key, value in (more or {}).items() if value},
    }
    write_document(document, stream)


def _unit_as_dict(unit: UnitChange) -> dict[str, object]:
    return {"unit": unit.unit, "state": unit.state.value, "tasks": [_task_as_dict(task) for task in unit.tasks]}


def _task_as_dict(task: TaskChange) -> dict[str, str | None]:
    return {
        "task": task.task,
        "state": task.state.value,
        "old": task.old,
        "new": task.new,
        "old_progress": task.old_progress or None,
        "new_progress": task.new_progress or None,
    }
