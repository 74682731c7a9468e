"""Leave only the rows of some tasks in the official form, with their chapters and articles merged accordingly."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache

from zhijiao20.core.catalog import Catalog
from zhijiao20.formats.docx.locate import locate
from zhijiao20.formats.docx.ooxml import TR, Element, W, merged_upwards, parent_of
from zhijiao20.formats.docx.package import open_package, pack, parse, serialise
from zhijiao20.system.discovery import load_catalog, official_form

_PROPERTIES = f"{W}tcPr"
_MERGE = f"{W}vMerge"


def form_for(catalog: Catalog) -> bytes:
    """Return the official form with the rows of the tasks of a list only."""
    whole = load_catalog()
    if len(catalog.tasks) == len(whole.tasks):
        return official_form()
    return _form_of(tuple(catalog.tasks))


@lru_cache(maxsize=16)  # units with the same duties mostly follow one another
def _form_of(tasks: tuple[str, ...]) -> bytes:
    package = open_package(official_form())
    document = parse(package.parts[package.main])
    located = locate(document, load_catalog())
    rows = {task: next(located.rows[task].task_cell.iterancestors(TR)) for task in load_catalog().tasks}
    titles = {task: row.title_cells for task, row in located.rows.items()}
    kept = frozenset(tasks)
    for column in range(max(map(len, titles.values()))):
        _keep_titles([(task in kept, titles[task][column]) for task in rows])
    for task, row in rows.items():
        if task not in kept:
            parent_of(row).remove(row)
    return pack(package, {package.main: serialise(document)})


def _keep_titles(column: list[tuple[bool, Element]]) -> None:
    """Put each title of a column into the first kept row of its group; end its merge with the last kept row.

    Args:
        column: for each row in order, whether it is kept, and its cell.
    """
    removed: Element | None = None  # the cell with the title of the current group, where its row is not kept
    first: Element | None = None  # that cell where its row is kept
    merged = False  # whether another kept row is merged into it
    for is_kept, cell in column:
        begins = not merged_upwards(cell)
        if begins:
            _end_group(first, merged=merged)
            removed, first, merged = (None, cell, False) if is_kept else (cell, None, False)
        elif is_kept and removed is not None:
            first, removed = _replaced(cell, removed), None
        elif is_kept:
            merged = True
    _end_group(first, merged=merged)


def _replaced(cell: Element, title: Element) -> Element:
    """Replace a cell that is merged upwards by the title that it continues."""
    copy = deepcopy(title)
    parent_of(cell).replace(cell, copy)
    return copy


def _end_group(first: Element | None, *, merged: bool) -> None:
    """Remove the merge of a title that is left with one row."""
    properties = None if first is None or merged else first.find(_PROPERTIES)
    merge = None if properties is None else properties.find(_MERGE)
    if properties is not None and merge is not None:
        properties.remove(merge)
