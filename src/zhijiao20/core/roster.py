"""Data model of a roster (名册): the units of a round, their names, superiors and duties.  No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from zhijiao20.core.display import quote
from zhijiao20.core.fields import CATEGORY, SUPERIOR, TASKS, UNIT
from zhijiao20.core.findings import NOWHERE, Place
from zhijiao20.core.unit_names import loose

ALIASES, LEADS, FORMAT = "简称", "牵头", "格式"
DEADLINE, CONTACT, ROSTER_PHONE = "截止", "联系人", "电话"
ROSTER_COLUMNS = (UNIT, ALIASES, SUPERIOR, CATEGORY, TASKS, LEADS, FORMAT, DEADLINE, CONTACT, ROSTER_PHONE)
"""The columns of a roster, in the order in which an empty one is written."""


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A unit of a roster.

    Attributes:
        name: the official full name.
        aliases: 简称: its other names.
        superior: 上级: the unit through which it reports, in the roster or not; may be empty.
        category: 类别; may be empty.
        tasks: the tasks it answers for, those that it leads among them, in official order.
        leads: the tasks that it leads, in official order.
        format: the name of a format for its form; empty for the default.
        deadline: its own deadline; None for the project's.
        contact: 联系人.
        phone: 电话.
        place: where it stands in the roster.
    """

    name: str
    aliases: tuple[str, ...] = ()
    superior: str = ""
    category: str = ""
    tasks: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    format: str = ""
    deadline: date | None = None
    contact: str = ""
    phone: str = ""
    place: Place = NOWHERE

    @property
    def key(self) -> tuple[str, str]:
        """Return what no two units of a roster share: superior and name, as files are compared with them."""
        return loose(self.superior), loose(self.name)


@dataclass(frozen=True)
class Roster:
    """The units of a round, in the order of the submission.

    Attributes:
        units: the units; no two have the same ``key``.
        file: the path of the roster, as the user gave it.
    """

    units: tuple[RosterUnit, ...]
    file: str = ""

    @cached_property
    def _namesakes(self) -> Counter[str]:
        return Counter(loose(unit.name) for unit in self.units)

    def is_namesake(self, unit: RosterUnit) -> bool:
        """Check whether a unit of another superior has the same name."""
        return self._namesakes[loose(unit.name)] > 1

    def label(self, unit: RosterUnit) -> str:
        """Return what a unit is called in a submission: its name, or 上级：单位 where the name alone is not enough."""
        return f"{unit.superior}：{unit.name}" if unit.superior and self.is_namesake(unit) else unit.name

    @cached_property
    def by_label(self) -> Mapping[str, RosterUnit]:
        """Map the label of each unit to the unit."""
        return {self.label(unit): unit for unit in self.units}

    def order(self) -> Mapping[str, int]:
        """Map the label of each unit to its place in the order of the submission, counted from 0."""
        return {label: index for index, label in enumerate(self.by_label)}

    def unassigned(self, tasks: Iterable[str]) -> list[str]:
        """Return the tasks that no unit answers for, in the order given."""
        answered: set[str] = set()
        for duties in {unit.tasks for unit in self.units}:
            answered.update(duties)
        return [task for task in tasks if task not in answered]


class RosterFault(NamedTuple):
    """Something wrong between the units of a roster.

    Attributes:
        unit: the index of the unit, counted from 0.
        column: the column of the cell.
        code: the code of the rule.
        message: what is wrong.
        hint: what to do.
    """

    unit: int
    column: str
    code: str
    message: str
    hint: str


def check_units(units: Sequence[RosterUnit]) -> Iterator[RosterFault]:
    """Yield what is wrong between the units: names that stand twice, aliases of two units, circles of 上级.

    A unit without a name is one whose row has no valid one; its aliases and its superior are checked all the same.
    """
    yield from _same_names(units)
    yield from _same_labels(units)
    yield from _ambiguous_aliases(units)
    yield from _circles(units)


def _same_names(units: Sequence[RosterUnit]) -> Iterator[RosterFault]:
    first: dict[tuple[str, str], RosterUnit] = {}
    for index, unit in enumerate(units):
        before = first.setdefault(unit.key, unit) if unit.name else unit
        if before is not unit:
            where = f"上级{quote(unit.superior)}下面" if unit.superior else "名册里"
            if unit.name == before.name:
                message = f"{where}有两个{quote(unit.name)}（另一个在 {_where(before)}）"
            else:
                message = f"{where}的{quote(unit.name)}和{quote(before.name)}（在 {_where(before)}）{_ALIKE}"
            yield RosterFault(index, UNIT, "ZJ702", message, "是同一个单位的，删去一行；不是的，写出区别")


_ALIKE = "只差空格、全角半角、括号或引号，分不出是两个单位"


def _same_labels(units: Sequence[RosterUnit]) -> Iterator[RosterFault]:
    """Yield the names by which another unit is called, because its own name is not enough."""
    roster = Roster(tuple(unit for unit in units if unit.name))
    named = {loose(unit.name): index for index, unit in enumerate(units)}
    for unit in roster.units:
        label = roster.label(unit)
        if label != unit.name and (other := named.get(loose(label))) is not None:
            message = f"上级{quote(unit.superior)}下面的{quote(unit.name)}（在 {_where(unit)}）也叫{quote(label)}"
            yield RosterFault(other, UNIT, "ZJ702", message, "是同一个单位的，删去一行；不是的，写出区别")


def _ambiguous_aliases(units: Sequence[RosterUnit]) -> Iterator[RosterFault]:
    """Yield the aliases that are another unit's name or alias."""
    named: dict[str, int] = {}
    for index, unit in enumerate(units):
        if unit.name:
            named.setdefault(loose(unit.name), index)
    by_alias: dict[str, int] = {}
    for index, unit in enumerate(units):
        for alias in dict.fromkeys(map(loose, unit.aliases)):
            if alias == loose(unit.name):
                continue
            other = named[alias] if alias in named else by_alias.setdefault(alias, index)
            if other != index and (not unit.name or units[other].key != unit.key):
                written = next(text for text in unit.aliases if loose(text) == alias)
                message = f"{quote(written)}指着两个单位：{_called(unit)}和{_called(units[other])}"
                message = f"{message}（{_where(units[other])}）"
                yield RosterFault(index, ALIASES, "ZJ703", message, "只留在一个单位那里，或都去掉")


def _circles(units: Sequence[RosterUnit]) -> Iterator[RosterFault]:
    """Yield one fault for each circle of 上级."""
    above = _superiors(units)
    visited: list[int] = [-1] * len(units)
    for start in range(len(units)):
        path: list[int] = []
        index: int | None = start
        while index is not None and visited[index] < 0:
            visited[index] = start
            path.append(index)
            index = above[index]
        if index is None or visited[index] != start:
            continue
        circle = path[path.index(index) :]
        shown = " → ".join(units[number].name or _NAMELESS for number in [*circle[:_SHOWN], index])
        if len(circle) == 1:
            message = f"上级写成了自己：{quote(units[index].name)}"
        else:
            message = f"上级绕成了一圈：{shown if len(circle) <= _SHOWN else shown + '（只列一部分）'}"
        yield RosterFault(index, SUPERIOR, "ZJ704", message, "写它直接报送给的单位；直接报给本单位的，空着")


_SHOWN = 5  # units of a circle that a message names


def _superiors(units: Sequence[RosterUnit]) -> list[int | None]:
    """Return the index of each unit's superior; None where it is not in the roster, or several units have its name."""
    named: dict[str, int | None] = {}
    for index, unit in enumerate(units):
        if unit.name:
            key = loose(unit.name)
            before = named.setdefault(key, index)
            if before is None or units[before].key != unit.key:  # one that only stands twice is the same unit
                named[key] = None
    for index, unit in enumerate(units):
        for alias in unit.aliases:
            named.setdefault(loose(alias), index)
    keys = (unit.key if unit.superior else ("", "") for unit in units)
    return [
        index if superior and superior == name else named.get(superior) if superior else None
        for index, (superior, name) in enumerate(keys)
    ]


_NAMELESS = "没有写名称的一行"


def _called(unit: RosterUnit) -> str:
    return quote(unit.name) if unit.name else _NAMELESS


def _where(unit: RosterUnit) -> str:
    """Return where a unit stands in the roster."""
    return unit.place.cell or (f"第 {unit.place.line} 行" if unit.place.line else "名册里")
