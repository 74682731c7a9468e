"""The state of a round as plain data: what JSON, the workbook and the overview page show."""

from __future__ import annotations

from typing import Any

from zhijiao20.core.findings import Finding
from zhijiao20.core.round import OtherFile, Round, SentFile, State, UnitState
from zhijiao20.core.rule_table import Severity


def round_data(state: Round) -> dict[str, Any]:
    """Return a round in the schema that other programs depend on (version 1); its units and files are iterators."""
    return {
        "version": 1,
        "roster": state.roster or None,
        "deadline": state.deadline.isoformat() if state.deadline else None,
        "summary": {
            "units": len(state.units),
            **{one.value: state.count(one) for one in State},
            "others": len(state.others),
        },
        "units": map(unit_data, state.units),
        "others": map(_other, state.others),
    }


def unit_data(unit: UnitState) -> dict[str, Any]:
    """Return a unit as it stands in the schema."""
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


def place_words(finding: Finding) -> str:
    """Return in words where a finding is in its file; empty where it has no place."""
    place = finding.place
    line = f"第 {place.line} 行" if place.line else ""
    return place.cell or (f"{line}第 {place.column} 列" if place.column else line)
