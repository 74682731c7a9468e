"""The state of a round as JSON, in the schema that other programs depend on (version 1)."""

from __future__ import annotations

from typing import TextIO

from zhijiao20.core.round import OtherFile, Round, SentFile, State, UnitState
from zhijiao20.core.rule_table import Severity
from zhijiao20.output.json import write_document


def write(state: Round, stream: TextIO) -> None:
    """Write every unit and every file that belongs to nobody."""
    document = {
        "version": 1,
        "roster": state.roster or None,
        "deadline": state.deadline.isoformat() if state.deadline else None,
        "summary": {
            "units": len(state.units),
            **{one.value: state.count(one) for one in State},
            "others": len(state.others),
        },
        "units": map(_unit, state.units),
        "others": map(_other, state.others),
    }
    write_document(document, stream)


def _unit(unit: UnitState) -> dict[str, object]:
    return {
        "unit": unit.unit,
        "category": unit.category,
        "superior": unit.superior,
        "state": unit.state.value,
        "overdue": unit.overdue,
        "files": list(map(_file, unit.files)),
        "tasks": unit.tasks._asdict(),
        "differ": list(unit.differ),
        **{f"{severity.value}s": unit.counts.get(severity, 0) for severity in Severity},
    }


def _file(file: SentFile) -> dict[str, str | None]:
    return {
        "path": file.path,
        "known_by": str(file.known_by),
        "problem": file.problem or None,
        "hint": file.hint or None,
    }


def _other(other: OtherFile) -> dict[str, object]:
    return {"path": other.path, "what": other.what, "hint": other.hint, "nearest": list(other.nearest)}
