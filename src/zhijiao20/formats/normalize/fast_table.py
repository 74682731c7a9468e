"""The short way from a table to its outlines: columns named as they must be, official wording as it is, known ids.

Whatever is to be told of a table makes no outline; ``intake.table`` reads such a table, and explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import ARTICLE, CHAPTER, EVIDENCE, ID, PERIOD, PROGRESS, REMARK, STATUS, TASKS, UNIT
from zhijiao20.core.findings import Place
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import fold, same_wording
from zhijiao20.formats.normalize.columns import COLUMNS, evidence_items, unescape
from zhijiao20.formats.raw import RawEntry, RawUnit, Scalar

_TAKEN = (UNIT, STATUS, PROGRESS, EVIDENCE, REMARK, PERIOD, CHAPTER, ARTICLE, TASKS)
_tuple: Any = tuple.__new__  # a named tuple without the call of its own constructor


def plain_columns(header: Sequence[str]) -> dict[str, int] | None:
    """Which column is where, where a row names nothing but columns, those among them that a usual table has."""
    columns = {name: index for index, name in enumerate(header)}
    usual = len(columns) == len(header) and columns.keys() <= set(COLUMNS) and columns.keys() >= {UNIT, ID, STATUS}
    return columns if usual else None


def raw_units(
    columns: Mapping[str, int],
    rows: Iterable[tuple[int, Sequence[str]]],
    place: Callable[[int, int], Place],
    catalog: Catalog,
) -> list[RawUnit] | None:
    """The outlines of the units in a table, in the order in which they first stand there.

    Args:
        columns: the place of every column, from 0.
        rows: the rows below the header, each with its number.
        place: where the cell of a row, by its number, and of a column stands.
        catalog: the official list.

    Returns:
        None where there is anything to tell of the table.
    """
    reader = _RowReader(columns, place, catalog)
    for number, row in rows:
        if not reader.take(number, row):
            return None
    units = reader.units.values()
    return [RawUnit(unit.name, unit.entries, unit.entries[0].place, unit.period) for unit in units] or None


@dataclass(slots=True)
class _Unit:
    name: Scalar
    period: str = ""
    entries: list[RawEntry] = field(default_factory=list)


class _RowReader:
    """Takes the rows below the header one by one, until one is not usual."""

    def __init__(self, columns: Mapping[str, int], place: Callable[[int, int], Place], catalog: Catalog) -> None:
        self.units: dict[str, _Unit] = {}
        self._place, self._tasks, self._width = place, catalog.tasks, len(columns)
        self._unit_at, self._id_at, self._status_at = columns[UNIT], columns[ID], columns[STATUS]
        self._cells = itemgetter(*(columns.get(name, -1) for name in _TAKEN))
        self._written = ""  # what the last row with a unit said
        self._unit: _Unit | None = None

    def take(self, number: int, row: Sequence[str]) -> bool:
        """Take a row; whether it is usual."""
        if len(row) != self._width or (task := self._tasks.get(row[self._id_at])) is None:
            return not any(row)
        # a column that is not there is the empty cell behind the last one
        name, status, progress, evidence, remark, period, chapter, article, text = self._cells((*row, ""))
        unit = self._unit if name == self._written else self._enter(number, name)
        if unit is None or (period and period != unit.period and not self._takes_period(period, unit)):
            return False
        if (chapter != task.chapter or article != task.article or text != task.text) and not (
            _shows(chapter, task.chapter) and _shows(article, task.article) and _shows(text, task.text)
        ):
            return False
        if status[:1] == "'" or evidence[:1] == "'" or remark[:1] == "'":
            status, evidence, remark = unescape(status), unescape(evidence), unescape(remark)
        items = tuple(evidence_items(evidence)) if evidence else ()
        place, text_place = self._place(number, self._id_at), self._place(number, self._status_at)
        unit.entries.append(_tuple(RawEntry, (task.id, progress, status, items, remark, place, text_place, 0)))
        return True

    def _enter(self, number: int, written: str) -> _Unit | None:
        """Whose row this is: an empty cell takes the one above."""
        if not is_blank(written):
            self._written = written
            name = unescape(written)
            self._unit = self.units.setdefault(fold(name), _Unit(Scalar(name, self._place(number, self._unit_at))))
        return self._unit

    def _takes_period(self, written: str, unit: _Unit) -> bool:
        """Whether all rows of a unit that give a 报告期 give the same."""
        period = unescape(written)
        unit.period = unit.period or period
        return unit.period == period and not is_blank(period)


def _shows(found: str, official: str) -> bool:
    """Whether a cell shows the official wording, or nothing, as one that is merged into the one above."""
    return found == official or is_blank(found) or same_wording(official, unescape(found))
