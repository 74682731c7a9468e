"""Fast path from a table to raw units: exact column names, unchanged official wording, known task ids.

A table with anything to report gives no raw units; ``normalize.table`` reads such a table and reports the findings.
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

_COLUMNS_READ = (UNIT, STATUS, PROGRESS, EVIDENCE, REMARK, PERIOD, CHAPTER, ARTICLE, TASKS)
_tuple: Any = tuple.__new__  # creates a named tuple without calling its constructor, for speed


def plain_columns(header: Sequence[str]) -> dict[str, int] | None:
    """Return the index of every column; None if the row is not a header for the fast path.

    Such a header contains only column names, none twice, with 单位, 编号 and 落实情况 among them.
    """
    columns = {name: index for index, name in enumerate(header)}
    valid = len(columns) == len(header) and columns.keys() <= set(COLUMNS) and columns.keys() >= {UNIT, ID, STATUS}
    return columns if valid else None


def raw_units(
    columns: Mapping[str, int],
    rows: Iterable[tuple[int, Sequence[str]]],
    place: Callable[[int, int], Place],
    catalog: Catalog,
) -> list[RawUnit] | None:
    """Return the raw units of a table, in the order of their first rows.

    Args:
        columns: the index of every column, from 0.
        rows: the rows below the header, each with its number.
        place: function that returns the place of a cell, given the number of its row and the index of its column.
        catalog: the official task list.

    Returns:
        The raw units; None if the table needs a full parse.
    """
    reader = _RowReader(columns, place, catalog)
    for number, row in rows:
        if not reader.add_row(number, row):
            return None
    units = reader.units.values()
    return [RawUnit(unit.name, unit.entries, unit.entries[0].place, unit.period) for unit in units] or None


@dataclass(slots=True)
class _Unit:
    name: Scalar
    period: str = ""
    entries: list[RawEntry] = field(default_factory=list)


class _RowReader:
    """Reader of the rows below the header, up to the first row that needs a full parse."""

    def __init__(self, columns: Mapping[str, int], place: Callable[[int, int], Place], catalog: Catalog) -> None:
        self.units: dict[str, _Unit] = {}
        self._place, self._tasks, self._width = place, catalog.tasks, len(columns)
        self._unit_at, self._id_at, self._status_at = columns[UNIT], columns[ID], columns[STATUS]
        self._cells = itemgetter(*(columns.get(name, -1) for name in _COLUMNS_READ))
        self._unit_text = ""  # the last 单位 cell that is not blank
        self._unit: _Unit | None = None

    def add_row(self, number: int, row: Sequence[str]) -> bool:
        """Add a row to its unit; return False if it needs a full parse."""
        if len(row) != self._width or (task := self._tasks.get(row[self._id_at])) is None:
            return not any(row)
        # the index of a missing column is -1: the empty text appended to the row
        name, status, progress, evidence, remark, period, chapter, article, text = self._cells((*row, ""))
        unit = self._unit if name == self._unit_text else self._unit_of_row(number, name)
        if unit is None or (period and period != unit.period and not self._set_period(period, unit)):
            return False
        if (chapter != task.chapter or article != task.article or text != task.text) and not (
            _has_official_wording(chapter, task.chapter)
            and _has_official_wording(article, task.article)
            and _has_official_wording(text, task.text)
        ):
            return False
        if status[:1] == "'" or evidence[:1] == "'" or remark[:1] == "'":
            status, evidence, remark = unescape(status), unescape(evidence), unescape(remark)
        items = tuple(evidence_items(evidence)) if evidence else ()
        place, text_place = self._place(number, self._id_at), self._place(number, self._status_at)
        unit.entries.append(_tuple(RawEntry, (task.id, progress, status, items, remark, place, text_place, 0)))
        return True

    def _unit_of_row(self, number: int, cell_text: str) -> _Unit | None:
        """Return the unit of a row; a blank cell repeats the unit of the row above."""
        if not is_blank(cell_text):
            self._unit_text = cell_text
            name = unescape(cell_text)
            self._unit = self.units.setdefault(fold(name), _Unit(Scalar(name, self._place(number, self._unit_at))))
        return self._unit

    def _set_period(self, cell_text: str, unit: _Unit) -> bool:
        """Set the 报告期 of a unit if it has none; return False if a row gives another or a blank one."""
        period = unescape(cell_text)
        unit.period = unit.period or period
        return unit.period == period and not is_blank(period)


def _has_official_wording(found: str, official: str) -> bool:
    """Check whether a cell has the official wording or is blank, as a merged cell may be."""
    return found == official or is_blank(found) or same_wording(official, unescape(found))
