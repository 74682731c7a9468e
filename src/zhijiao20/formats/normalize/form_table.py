"""Read the official form typed as a table without 编号: the task of each row is found by its wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import ARTICLE, CHAPTER, ID, STATUS, TASKS, UNIT
from zhijiao20.core.findings import Collector
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import fold
from zhijiao20.formats.normalize.columns import HEADER_WITHIN, column_name, header_index
from zhijiao20.formats.raw import Row

_TYPED = lazy_regex(r"[(]?(?:[0-9]{1,2}\.[0-9]{1,2}|[0-9]{1,3}|[一二三四五六七八九十]{1,5})[)]?[.、,:]?")
_MIN_SIMILARITY = 0.6  # minimum similarity at which a row counts as a task with changed wording
_COMPARED_ROWS = 300  # rows that are compared with all wordings; a form has less than a hundred
_NAME_LIMIT = 40  # characters of a cell that may be a column name
_LENGTH_LIMIT = 1000  # characters of a text that may be a wording; the longest has 177


class Wordings:
    """The official wordings, by which tasks are found."""

    def __init__(self, catalog: Catalog) -> None:
        self.texts = {task.id: task.text for task in catalog.tasks.values()}
        self.tasks = {fold(task.text): task.id for task in catalog.tasks.values()}
        self.left = _COMPARED_ROWS

    def find(self, text: str) -> tuple[str, str]:
        """Return the task whose wording a text is, and the number typed before the wording; "" where there is none."""
        folded = fold(text[:_LENGTH_LIMIT])
        if folded in self.tasks:
            return self.tasks[folded], ""
        typed = _TYPED.match(folded)
        task = self.tasks.get(folded[typed.end() :], "") if typed else ""
        return task, typed[0] if typed and task else ""

    def nearest(self, text: str) -> str:
        """Return the task with the most similar wording, or "" where none is similar."""
        self.left -= 1
        if self.left < 0 or is_blank(text):
            return ""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        found = process.extractOne(
            fold(text[:_LENGTH_LIMIT]),
            list(self.tasks),
            scorer=Indel.normalized_similarity,
            score_cutoff=_MIN_SIMILARITY,
        )
        return self.tasks[found[0]] if found else ""


def form_names(names: Sequence[str]) -> list[str]:
    """Return the columns of a header of the official form, an empty list for another header.

    The form has neither 编号 nor 单位, which stands above it; a table with 单位 is a file of ours that lost 编号.

    The column with the wording is the last one named 任务.  Columns without a name, or with this one, that stand
    before it hold the titles of the chapter and the article.
    """
    found = list(names)
    if STATUS not in found:  # such as 落实情况（截至2020年6月）
        found = [STATUS if name.startswith(STATUS) else name for name in found]
    if ID in found or UNIT in found or STATUS not in found or TASKS not in found:
        return []
    task = len(found) - 1 - found[::-1].index(TASKS)
    titles = [name for name in (CHAPTER, ARTICLE) if name not in found]
    for index in range(task):
        if found[index] in {"", TASKS} and titles:
            found[index] = titles.pop(0)
    return found


def with_ids(rows: Iterable[Row], catalog: Catalog, out: Collector) -> Iterator[Row]:
    """Return the rows of a table; those of the official form get a column 编号, filled in by the wording."""
    remaining = iter(rows)
    first = list(islice(remaining, HEADER_WITHIN))
    if any(ID in row.cells for row in first):  # an ordinary table, as nearly all are
        return chain(first, remaining)
    start = header_index([row.cells for row in first])
    names = form_names([column_name(text) for text in first[start].cells]) if start is not None else []
    wordings = Wordings(catalog) if names else None
    if start is None or wordings is None:
        return chain(first, remaining)
    task = len(names) - 1 - names[::-1].index(TASKS)
    below = (row.cells[task] for row in first[start + 1 :] if task < len(row.cells))
    if not any(wordings.find(text)[0] for text in below):
        return chain(first, remaining)
    header = first[start]
    texts = [
        name if name in {CHAPTER, ARTICLE, STATUS} else text for name, text in zip(names, header.cells, strict=True)
    ]
    return _filled(iter(first[: start + 1]), texts, chain(first[start + 1 :], remaining), task, wordings, out)


def _filled(
    above: Iterator[Row], header: Sequence[str], body: Iterable[Row], task: int, wordings: Wordings, out: Collector
) -> Iterator[Row]:
    """Yield the rows above the header and the header, then each row with its id."""
    *leading, header_row = above
    yield from leading
    width = len(header)
    yield _with_cell(header_row._replace(cells=header), width, task, ID)
    numbered = ""
    for row in body:
        wording = row.cells[task] if task < len(row.cells) else ""
        if column_name(wording[:_NAME_LIMIT]) == TASKS:
            continue  # the header is repeated, as on each page
        found, number = wordings.find(wording)
        numbered = numbered or number
        cells = [*row.cells[:task], wordings.texts[found], *row.cells[task + 1 :]] if number else row.cells
        yield _with_cell(row._replace(cells=cells), width, task, found or wordings.nearest(wording))
    message = "表里没有“编号”一列，已按任务的文字认出是哪一项"
    hint = "不用改；对照原文件看一眼"
    if numbered:
        message += f"；文字前面写的序号（如“{numbered}”）未采用"
    out.add("ZJ109", message, hint, place=header_row.place(task))


def _with_cell(row: Row, index: int, stands_at: int, text: str) -> Row:
    """Return a row with one more cell at an index; messages name another cell for it, as the file does not have it."""
    cells = [*row.cells[:index], *[""] * (index - len(row.cells)), text, *row.cells[index:]]
    return Row(row.number, cells, row.letters, (index, stands_at))
