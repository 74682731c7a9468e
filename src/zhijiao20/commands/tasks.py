"""The use case ``tasks``: search the official task list."""

from __future__ import annotations

from zhijiao20.core.catalog import Catalog, Task
from zhijiao20.core.wording import fold
from zhijiao20.formats.normalize.task_ids import read_id


def find(catalog: Catalog, query: str) -> list[Task]:
    """Return the tasks that match a query.

    Args:
        catalog: the official list.
        query: a task id, the number of an article, or a part of the wording; empty for all tasks.
    """
    if not query:
        return list(catalog.tasks.values())
    if (task_id := read_id(query, catalog.tasks).id) is not None:
        return [catalog.tasks[task_id]]
    if query.isdecimal() and (
        article_tasks := [task for task in catalog.tasks.values() if task.id.startswith(f"{int(query)}.")]
    ):
        return article_tasks
    folded_query = fold(query)
    return [
        task
        for task in catalog.tasks.values()
        if folded_query in fold(task.text + "\n" + task.article + "\n" + task.chapter)
    ]
