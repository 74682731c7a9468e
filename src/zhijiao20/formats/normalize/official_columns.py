"""Compare the columns 部分, 条目 and 任务 of a table with the official wording, and report rows without an id."""

from __future__ import annotations

from collections.abc import Mapping

from zhijiao20.core.catalog import Catalog, Task
from zhijiao20.core.display import quote
from zhijiao20.core.fields import ARTICLE, CHAPTER, TASKS
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import difference, fold, same_wording
from zhijiao20.formats.normalize.columns import quote_list, unescape
from zhijiao20.formats.raw import Row, Scalar


class OfficialColumns:
    """What a table says in the columns of the official wording."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._tasks: dict[str, str] = {}

    def compare(self, task: Task, cells: Mapping[str, Scalar | None], out: Collector) -> None:
        """Report cells of a task that show another text; an empty cell is merged into the one above."""
        for name, official in ((CHAPTER, task.chapter), (ARTICLE, task.article), (TASKS, task.text)):
            cell = cells[name]
            if cell and not shows(cell.text, official) and not (name != TASKS and _is_title(cell.text, task)):
                other = self._task_of_wording(cell.text) if name == TASKS else None
                changed = f"这是任务 {other} 的表述" if other else difference(official, cell.text)
                message = f"“{name}”一列的官方表述被改动：{changed}"
                out.add("ZJ108", message, f"改回原文：{official}", place=cell.place, task=task.id)

    def report_note(self, row: Row, out: Collector) -> None:
        """Report a row without id and status: a note, a sum or a date, which is not read."""
        if row.added and self._is_title_row(row):
            return
        message = f"这一行没有{'任务' if row.added else '编号'}和落实情况，未采用：{quote_list(row.cells)}"
        hint = "是填报内容就移到相应的任务下" if row.added else "是填报内容就补上编号"
        out.add("ZJ110", message, hint, place=row.place(0))

    def report_no_id(
        self, row: Row, key: Scalar, wording: Scalar | None, status: Scalar | None, out: Collector
    ) -> None:
        """Report a row with a text but without an id, with the task that its wording names."""
        if row.added:  # the official form, which has no such column
            reason = f"不是官方任务（{quote(wording.text)}）" if wording and not is_blank(wording.text) else "没有任务"
            message = f"这一行{reason}，它的落实情况没有采用：{quote((status or key).text)}"
            out.add("ZJ101", message, "把文字移到相应的任务下，删去这一行", place=key.place)
            return
        likely = self._task_of_wording(wording.text) if wording else None
        out.add(
            "ZJ101",
            "这一行没有任务编号" + (f"，看任务文字应是 {likely}" if likely else ""),
            "在“编号”一列填上任务编号" + (f" {likely}" if likely else "；不是填报内容就删去这一行"),
            place=key.place,
        )

    def _is_title_row(self, row: Row) -> bool:
        """Check whether a row holds nothing but titles of chapters and articles."""
        titles = {
            fold(title)
            for chapter in self.catalog.chapters
            for title in (chapter.title, *(article.title for article in chapter.articles))
        }
        return all(is_blank(text) or fold(text) in titles for text in row.cells)

    def _task_of_wording(self, text: str) -> str | None:
        """Return the id of the task that has this wording."""
        if not self._tasks:
            self._tasks = {fold(task.text): task.id for task in self.catalog.tasks.values()}
        return self._tasks.get(fold(text))


def shows(found: str, official: str) -> bool:
    """Check whether a cell shows the official wording, or nothing, as one that is merged into the one above."""
    return found == official or is_blank(found) or same_wording(official, unescape(found))


def _is_title(found: str, task: Task) -> bool:
    """Check whether a cell shows a title above a task; in a form typed by hand either may stand in either column."""
    return same_wording(task.chapter, found) or same_wording(task.article, found)
