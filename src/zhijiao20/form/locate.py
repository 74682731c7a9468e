"""Finding the official table in a Word document: every row by its wording, never by its position.

White space, width, soft breaks, split runs and content controls do not matter; changed characters do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from zhijiao20.catalog import Catalog
from zhijiao20.form.ooxml import TBL, Element, cell_text, cells, rows
from zhijiao20.intake.wording import difference, fold
from zhijiao20.model import STATUS, TASKS

_ALIKE = 0.6  # a row this like a task that is missing is that task reworded


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form.

    Attributes:
        label: how a person finds it: ``第12行``, or ``表2第12行`` where the table is split.
        task_cell: the cell with the official wording.
        status_cell: the cell of 落实情况, or None where the row has no such cell.
        title_cells: the cells before the task: chapter and article, empty where merged into the row above.
    """

    label: str
    task_cell: Element
    status_cell: Element | None
    title_cells: tuple[Element, ...] = ()


@dataclass(slots=True)
class Located:
    """What was found of the official table.

    Attributes:
        rows: the row of each task that was found, by task id.
        doubled: task id → its other rows, where there is more than one.
        reworded: task id → the row and what was changed in its wording.
        extra: rows of the table that are no task.
        table: the first table of the form, or None where there is none.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    doubled: dict[str, list[Row]] = field(default_factory=dict)
    reworded: dict[str, tuple[Row, str]] = field(default_factory=dict)
    extra: list[Row] = field(default_factory=list)
    table: Element | None = None

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
    tables = [table for table in document.iter(TBL) if _concerns(table, official)]
    column: tuple[int, int] | None = None
    for number, table in enumerate(tables, start=1):
        prefix = f"表{number}" if len(tables) > 1 else ""
        if found.table is None:
            found.table = table
        for index, row in enumerate(rows(table), start=1):
            if (header := _header(row)) is not None:
                column = header
                continue
            _take(row, f"{prefix}第{index}行", column, official, found)
    _match_reworded(found, catalog)
    return found


def _concerns(table: Element, official: Mapping[str, str]) -> bool:
    """Whether a table has a row of the official form; an outer table that merely holds it has none of its own."""
    return any(fold(cell_text(cell)) in official for row in rows(table) for _, _, cell in cells(row))


def _header(row: Element) -> tuple[int, int] | None:
    """For a header row, the grid columns of the task and of the status."""
    names = {fold(cell_text(cell)): begin for begin, _, cell in cells(row)}  # of two 任务 the last is the task's own
    if TASKS in names and STATUS in names:
        return names[TASKS], names[STATUS]
    return None


def _take(
    row: Element, label: str, column: tuple[int, int] | None, official: Mapping[str, str], found: Located
) -> None:
    row_cells = list(cells(row))
    at = next((index for index, (_, _, cell) in enumerate(row_cells) if fold(cell_text(cell)) in official), None)
    if at is None:
        if column and (cell := _covering(row_cells, column[0])) is not None and cell_text(cell).strip():
            titles = tuple(other for _, end, other in row_cells if end <= column[0])
            found.extra.append(Row(label, cell, _covering(row_cells, column[1]), titles))
        return
    cell = row_cells[at][2]
    status = _covering(row_cells, column[1]) if column else _next(row_cells, at)
    task = official[fold(cell_text(cell))]
    titles = tuple(cell for _, _, cell in row_cells[:at])
    one = Row(label, cell, status if status is not cell else _next(row_cells, at), titles)
    if task in found.rows:
        found.doubled.setdefault(task, []).append(one)
    else:
        found.rows[task] = one


def _covering(row_cells: list[tuple[int, int, Element]], column: int) -> Element | None:
    return next((cell for begin, end, cell in row_cells if begin <= column < end), None)


def _next(row_cells: list[tuple[int, int, Element]], at: int) -> Element | None:
    return row_cells[at + 1][2] if at + 1 < len(row_cells) else None


def _match_reworded(found: Located, catalog: Catalog) -> None:
    """Give each row that is no task to the missing task it is most like."""
    for row in list(found.extra):
        text = fold(cell_text(row.task_cell))
        near = max(_likeness(text, found, catalog), default=(0.0, ""))
        if near[0] >= _ALIKE:
            official = catalog.tasks[near[1]].text
            found.reworded[near[1]] = (row, difference(official, cell_text(row.task_cell)))
            found.extra.remove(row)


def _likeness(text: str, found: Located, catalog: Catalog) -> Iterator[tuple[float, str]]:
    for task in found.missing(catalog):
        matcher = SequenceMatcher(None, fold(catalog.tasks[task].text), text, autojunk=False)
        if matcher.quick_ratio() >= _ALIKE:
            yield matcher.ratio(), task
