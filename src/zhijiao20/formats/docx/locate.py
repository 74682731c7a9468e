"""Find the official table in a Word document: each row by its wording, never by its position.

Differences in white space, character width, soft breaks, runs and content controls are ignored.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import ARTICLE, CHAPTER, STATUS, TASKS
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.wording import difference, fold
from zhijiao20.formats.docx.ooxml import TBL, Element, cell_text, cells, rows
from zhijiao20.formats.docx.wordings import Wordings

_OFFICIAL = {TASKS, STATUS, CHAPTER, ARTICLE}
_THREE_CHARACTERS = lazy_regex("[一-鿿][^一-鿿]*+[一-鿿][^一-鿿]*+[一-鿿]")
_MIN_SIMILARITY = 0.6  # minimum similarity at which a row counts as a missing task with changed wording


class _Cell(NamedTuple):
    """A cell of a row.

    Attributes:
        begin: the first grid column that it covers.
        end: the grid column after the last one that it covers.
        element: the XML element.
        text: its text.
    """

    begin: int
    end: int
    element: Element
    text: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row of the form.

    Attributes:
        label: the position as shown to users: ``第12行``, or ``表2第12行`` where the table is split.
        task_cell: the cell with the official wording.
        status_cell: the cell of 落实情况, or None where the row has no such cell.
        title_cells: the cells before the task: chapter and article, empty where merged into the row above.
        beside: the cells after the status, in columns without a name in the header.
        number: the number that somebody wrote before the wording.
        answer: the text that somebody wrote behind the wording, in the same cell.
    """

    label: str
    task_cell: Element
    status_cell: Element | None
    title_cells: tuple[Element, ...] = ()
    beside: tuple[Element, ...] = ()
    number: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class _Header:
    """A header row.

    Attributes:
        task: the first grid column of the task.
        status: the first grid column of the status.
        unknown: begin and end, in grid columns, of each column that is not official.
    """

    task: int
    status: int
    unknown: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Located:
    """The rows of the official table that were found in a document.

    Attributes:
        rows: task id → the first row of the task.
        doubled: task id → its other rows, where it has more than one.
        reworded: task id → the row and the change in its wording.
        extra: rows of the table that have no official task.
        changed_titles: rows of their own with a changed title of a chapter or article, and the official title.
        unknown: name of a column that is not official → label of the header row.
        tables: the tables with official rows, in document order.
    """

    rows: dict[str, TaskRow] = field(default_factory=dict)
    doubled: dict[str, list[TaskRow]] = field(default_factory=dict)
    reworded: dict[str, tuple[TaskRow, str]] = field(default_factory=dict)
    extra: list[TaskRow] = field(default_factory=list)
    changed_titles: list[tuple[TaskRow, str]] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)
    tables: list[Element] = field(default_factory=list)

    @property
    def table(self) -> Element | None:
        """Return the first table of the form, or None where there is none."""
        return self.tables[0] if self.tables else None

    def missing(self, catalog: Catalog) -> list[str]:
        """Return the tasks without a row, reworded or not."""
        return [task for task in catalog.tasks if task not in self.rows and task not in self.reworded]


def locate(document: Element, catalog: Catalog) -> Located:
    """Find the rows of the official table.

    Args:
        document: the root of the main part.
        catalog: the official list.
    """
    found = Located()
    official = Wordings(catalog)
    found.tables = [table for table in document.iter(TBL) if _has_official_row(table, official)]
    columns: _Header | None = None
    for number, table in enumerate(found.tables, start=1):
        prefix = f"表{number}" if len(found.tables) > 1 else ""
        for index, row in enumerate(rows(table), start=1):
            row_cells = [_Cell(begin, end, cell, cell_text(cell)) for begin, end, cell in cells(row)]
            if not row_cells:
                continue
            label = f"{prefix}第{index}行"
            if (header := _header(row_cells, label, found)) is not None:
                columns = header
                continue
            _add_row(row_cells, label, columns, official, found)
    _match_reworded(found, catalog)
    return found


def _has_official_row(table: Element, official: Wordings) -> bool:
    """Check whether a table has a row of the official form.

    A table that only contains the official table has no such row.
    """
    texts = (cell_text(cell) for row in rows(table) for _, _, cell in cells(row))
    return any(official.recognize(fold(text), text) is not None for text in texts)


def _header(row_cells: Sequence[_Cell], label: str, found: Located) -> _Header | None:
    """Return the columns of a header row and record unknown ones; return None for other rows."""
    # To fold every status takes most of the time: what has more characters than TASKS is not folded to look for it.
    if not any(_THREE_CHARACTERS.search(cell.text) is None and fold(cell.text) == TASKS for cell in row_cells):
        return None
    names = [fold(cell.text) for cell in row_cells]
    if STATUS not in names:  # such as 落实情况（截至2020年6月）
        names = [STATUS if name.startswith(STATUS) else name for name in names]
    # Of two columns 任务 the last one is used: it holds the wording of the task.
    begins = {name: cell.begin for name, cell in zip(names, row_cells, strict=True)}
    if STATUS not in begins:
        return None
    unknown = [(name, cell) for name, cell in zip(names, row_cells, strict=True) if name and name not in _OFFICIAL]
    for _, cell in unknown:
        found.unknown.setdefault(cell.text.strip(), label)
    return _Header(begins[TASKS], begins[STATUS], tuple((cell.begin, cell.end) for _, cell in unknown))


def _add_row(
    row_cells: Sequence[_Cell], label: str, columns: _Header | None, official: Wordings, found: Located
) -> None:
    row_cells = [cell for cell in row_cells if not (columns and _in_ranges(cell, columns.unknown))]
    recognized = (official.recognize(fold(cell.text), cell.text) for cell in row_cells)
    task_index, wording = next(((index, found) for index, found in enumerate(recognized) if found), (-1, None))
    if wording is None:
        _add_other_row(row_cells, label, columns, official, found)
        return
    cell = row_cells[task_index].element
    status = _cell_at(row_cells, columns.status) if columns else _next_cell(row_cells, task_index)
    status = status if status is not cell else _next_cell(row_cells, task_index)
    titles = tuple(title.element for title in row_cells[:task_index])
    beside = _cells_after(row_cells, status)
    task_row = TaskRow(label, cell, status, titles, beside, wording.number, wording.answer)
    if wording.task in found.rows:
        found.doubled.setdefault(wording.task, []).append(task_row)
    else:
        found.rows[wording.task] = task_row


def _add_other_row(
    row_cells: Sequence[_Cell], label: str, columns: _Header | None, official: Wordings, found: Located
) -> None:
    """Add a row without an official task, unless it only holds titles or nothing."""
    if columns is None or (cell := _cell_at(row_cells, columns.task)) is None:
        return
    folded = [fold(cell.text) for cell in row_cells]
    if official.are_titles(folded):
        return
    titles = tuple(title.element for title in row_cells if title.end <= columns.task)
    status = _cell_at(row_cells, columns.status)
    row = TaskRow(label, cell, status, titles)
    texts = [text for text in folded if text]
    if len(texts) == 1 and (status is cell or len(row_cells) == 1) and (title := official.similar_title(texts[0])):
        found.changed_titles.append((row, title))
        return
    # A row after a task may continue the text of that task.
    continues = found.rows and status is not None and cell_text(status).strip()
    if continues or cell_text(cell).strip():
        found.extra.append(row)


def _in_ranges(cell: _Cell, ranges: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(ranges, (cell.begin, sys.maxsize)) - 1
    return index >= 0 and cell.begin < ranges[index][1]


def _cells_after(row_cells: Sequence[_Cell], status: Element | None) -> tuple[Element, ...]:
    """Return the cells to the right of a status cell."""
    found = [cell.element for cell in row_cells]
    return () if status is None else tuple(found[found.index(status) + 1 :])


def _cell_at(row_cells: Sequence[_Cell], column: int) -> Element | None:
    return next((cell.element for cell in row_cells if cell.begin <= column < cell.end), None)


def _next_cell(row_cells: Sequence[_Cell], index: int) -> Element | None:
    return row_cells[index + 1].element if index + 1 < len(row_cells) else None


def _match_reworded(found: Located, catalog: Catalog) -> None:
    """Assign each row without an official task to the most similar missing task."""
    if not found.extra or not found.missing(catalog):
        return
    from rapidfuzz.distance import Indel  # difflib can take seconds for one row, and a form can have thousands

    for row in list(found.extra):
        text = fold(cell_text(row.task_cell))
        scores = (
            (Indel.normalized_similarity(fold(catalog.tasks[task].text), text, score_cutoff=_MIN_SIMILARITY), task)
            for task in found.missing(catalog)
        )
        best = max(scores, default=(0.0, ""))
        if best[0] >= _MIN_SIMILARITY:
            official = catalog.tasks[best[1]].text
            found.reworded[best[1]] = (row, difference(official, cell_text(row.task_cell)))
            found.extra.remove(row)
