"""Names of units across levels (schools, cities, province): the same name under two superiors is two units.  No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from zhijiao20.core.unit_names import loose

BETWEEN = "："
"""Stands between 上级 and 单位 in the label of a unit whose name alone is not enough."""


def bare_name(unit: str, superior: str) -> str:
    """Return the name of a unit without its superior in front, which a label may have: 上级：单位."""
    return unit.removeprefix(superior + BETWEEN) if superior else unit


def full_label(unit: str, superior: str) -> str:
    """Return what a unit is called where others share its name: 上级：单位, or its name if it has no superior."""
    return f"{superior}{BETWEEN}{bare_name(unit, superior)}" if superior else unit


def labels_of(units: Sequence[str], superiors: Sequence[str]) -> list[str]:
    """Return what each unit is called among these: its name, or 上级：单位 where several have the name."""
    if not any(superiors):
        return list(units)
    names = [bare_name(unit, superior) for unit, superior in zip(units, superiors, strict=True)]
    doubled = _doubled(map(loose, names))
    return [
        full_label(unit, superior) if loose(name) in doubled else unit
        for unit, superior, name in zip(units, superiors, names, strict=True)
    ]


def groups_of(units: Sequence[str], superiors: Sequence[str]) -> list[str]:
    """Return for each unit the superior whose units it stands among; empty for a unit that has none.

    A superior without a 上级 of its own stands among its units.
    """
    spelled = {loose(superior): superior for superior in reversed(superiors) if superior}
    names = (superior or unit for unit, superior in zip(units, superiors, strict=True))
    return [spelled.get(loose(name), "") for name in names]


def _doubled(keys: Iterable[str]) -> set[str]:
    return {key for key, number in Counter(keys).items() if number > 1}
