"""Listing and searching the official list."""

from __future__ import annotations

from zhijiao20.core.catalog import Catalog, Task
from zhijiao20.core.wording import fold
from zhijiao20.formats.normalize.task_ids import read_id


def find(catalog: Catalog, query: str) -> list[Task]:
    """The tasks that a query names: an id, the number of an article, or words of the wording; none means all."""
    if not query:
        return list(catalog.tasks.values())
    if (task_id := read_id(query, catalog.tasks).id) is not None:
        return [catalog.tasks[task_id]]
    if query.isdecimal() and (article := [t for t in catalog.tasks.values() if t.id.startswith(f"{int(query)}.")]):
        return article
    words = fold(query)
    return [
        task for task in catalog.tasks.values() if words in fold(task.text + "\n" + task.article + "\n" + task.chapter)
    ]
