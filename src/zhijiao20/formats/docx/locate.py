"""Finding the official table in a Word document: every row by its wording, never by its position.

White space, width, soft breaks, split runs and content controls do not matter; changed characters do.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import ARTICLE, CHAPTER, STATUS, TASKS
from zhijiao20.core.wording import difference, fold
from zhijiao20.formats.docx.ooxml import TBL, Element, cell_text, cells, rows

_OFFICIAL = {TASKS, STATUS, CHAPTER, ARTICLE}
_ALIKE = 0.6  # a row this like a task that is missing is that task reworded


class _Cell(NamedTuple):
    """A cell with the grid columns that it covers, from and up to (not including), and its text, folded."""

    begin: int
    end: int
    element: Element
    name: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row of the form.

    Attributes:
        label: how a person finds it: ``第12行``, or ``表2第12行`` where the table is split.
        task_cell: the cell with the official wording.
        status_cell: the cell of 落实情况, or None where the row has no such cell.
        title_cells: the cells before the task: chapter and article, empty where merged into the row above.
        beside: the cells behind the status, in columns that the header does not name.
    """

    label: str
    task_cell: Element
    status_cell: Element | None
    title_cells: tuple[Element, ...] = ()
    beside: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    """A row that names the columns: where the task and the status stand, and the columns that are not official."""

    task: int
    status: int
    unknown: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Located:
    """What was found of the official table.

    Attributes:
        rows: the row of each task that was found, by task id.
        doubled: task id → its other rows, where there is more than one.
        reworded: task id → the row and what was changed in its wording.
        extra: rows of the table that are no task.
        unknown: the names of columns that are not official → the header row.
        tables: the tables that have such rows, in order.
    """

    rows: dict[str, TaskRow] = field(default_factory=dict)
    doubled: dict[str, list[TaskRow]] = field(default_factory=dict)
    reworded: dict[str, tuple[TaskRow, str]] = field(default_factory=dict)
    extra: list[TaskRow] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)
    tables: list[Element] = field(default_factory=list)

    @property
    def table(self) -> Element | None:
        """The first table of the form, or None where there is none."""
        return self.tables[0] if self.tables else None

    def missing(self, catalog: Catalog) -> list[str]:
        """The tasks that no row shows, not even reworded."""
        return [task for task in catalog.tasks if task not in self.rows and task not in self.reworded]


def locate(document: Element, catalog: Catalog) -> Located:
    """Find the rows of the official table.

    Args:
        document: the root of the main part.
        catalog: the official list.
    """
    found = Located()
    official = {fold(task.text): task.id for task in catalog.tasks.values()}
    found.tables = [table for table in document.iter(TBL) if _concerns(table, official)]
    columns: _Header | None = None
    for number, table in enumerate(found.tables, start=1):
        prefix = f"表{number}" if len(found.tables) > 1 else ""
        for index, row in enumerate(rows(table), start=1):
            row_cells = [_Cell(begin, end, cell, fold(cell_text(cell))) for begin, end, cell in cells(row)]
            if not row_cells:
                continue
            label = f"{prefix}第{index}行"
            if (header := _header(row_cells, label, found)) is not None:
                columns = header
                continue
            _add_row(row_cells, label, columns, official, found)
    _match_reworded(found, catalog)
    return found


def _concerns(table: Element, official: Mapping[str, str]) -> bool:
    """Whether a table has a row of the official form; an outer table that merely holds it has none of its own."""
    return any(fold(cell_text(cell)) in official for row in rows(table) for _, _, cell in cells(row))


def _header(row_cells: Sequence[_Cell], label: str, found: Located) -> _Header | None:
    """The columns that a header row names; None for any other row."""
    names = [cell.name for cell in row_cells]
    if STATUS not in names:  # 落实情况（截至2020年6月）
        names = [STATUS if name.startswith(STATUS) else name for name in names]
    begins = {name: cell.begin for name, cell in zip(names, row_cells, strict=True)}  # of two 任务 the task's own
    if TASKS not in begins or STATUS not in begins:
        return None
    unknown = [(name, cell) for name, cell in zip(names, row_cells, strict=True) if name and name not in _OFFICIAL]
    for _, cell in unknown:
        found.unknown.setdefault(cell_text(cell.element).strip(), label)
    return _Header(begins[TASKS], begins[STATUS], tuple((cell.begin, cell.end) for _, cell in unknown))


def _add_row(
    row_cells: Sequence[_Cell], label: str, columns: _Header | None, official: Mapping[str, str], found: Located
) -> None:
    row_cells = [cell for cell in row_cells if not (columns and _among(cell, columns.unknown))]
    at = next((index for index, cell in enumerate(row_cells) if cell.name in official), None)
    if at is None:
        if columns and (cell := _covering(row_cells, columns.task)) is not None:
            titles = tuple(other.element for other in row_cells if other.end <= columns.task)
            status = _covering(row_cells, columns.status)
            # Below a task it may carry on the text of that one.
            carries = found.rows and status is not None and cell_text(status).strip()
            if carries or cell_text(cell).strip():
                found.extra.append(TaskRow(label, cell, status, titles))
        return
    cell = row_cells[at].element
    status = _covering(row_cells, columns.status) if columns else _next(row_cells, at)
    status = status if status is not cell else _next(row_cells, at)
    task = official[row_cells[at].name]
    titles = tuple(other.element for other in row_cells[:at])
    one = TaskRow(label, cell, status, titles, _behind(row_cells, status))
    if task in found.rows:
        found.doubled.setdefault(task, []).append(one)
    else:
        found.rows[task] = one


def _among(cell: _Cell, columns: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(columns, (cell.begin, sys.maxsize)) - 1
    return at >= 0 and cell.begin < columns[at][1]


def _behind(row_cells: Sequence[_Cell], status: Element | None) -> tuple[Element, ...]:
    """The cells to the right of a cell."""
    found = [cell.element for cell in row_cells]
    return () if status is None else tuple(found[found.index(status) + 1 :])


def _covering(row_cells: Sequence[_Cell], column: int) -> Element | None:
    return next((cell.element for cell in row_cells if cell.begin <= column < cell.end), None)


def _next(row_cells: Sequence[_Cell], at: int) -> Element | None:
    return row_cells[at + 1].element if at + 1 < len(row_cells) else None


def _match_reworded(found: Located, catalog: Catalog) -> None:
    """Give each row that is no task to the missing task it is most like."""
    if not found.extra or not found.missing(catalog):
        return
    from rapidfuzz.distance import Indel  # difflib may take seconds for one row, and a form may have thousands

    for row in list(found.extra):
        text = fold(cell_text(row.task_cell))
        scores = (
            (Indel.normalized_similarity(fold(catalog.tasks[task].text), text, score_cutoff=_ALIKE), task)
            for task in found.missing(catalog)
        )
        near = max(scores, default=(0.0, ""))
        if near[0] >= _ALIKE:
            official = catalog.tasks[near[1]].text
            found.reworded[near[1]] = (row, difference(official, cell_text(row.task_cell)))
            found.extra.remove(row)
