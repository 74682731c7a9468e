"""A Word form with the rows of some tasks only: the official wording and title, merged accordingly, and it reads back."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ooxml_schema import violations

from zhijiao20.core.catalog import only_tasks
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.docx.own_rows import form_for
from zhijiao20.formats.docx.read import read_form
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog, official_form

CATALOG = load_catalog()
TASKS = tuple(CATALOG.tasks)


def seen(data: bytes) -> list[tuple[str, str, str]]:
    """Chapter, article and task of each row, as a person sees them."""
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [(row.cells[0].text, row.cells[1].text, row.cells[2].text) for row in table.rows[1:]]


def merges(data: bytes) -> list[list[str | None]]:
    """Whether each title begins a merge, continues one, or stands alone."""
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [[cell.vMerge for cell in row._tr.tc_lst[:2]] for row in table.rows[1:]]


def test_all_tasks_are_the_official_form() -> None:
    """To the byte."""
    assert form_for(CATALOG) == official_form()


def test_titles_move_into_the_first_row_that_is_left() -> None:
    """A title that is left with one row is merged with nothing."""
    data = form_for(only_tasks(CATALOG, ["1.2", "1.3", "2.3", "20.1"]))
    assert merges(data) == [["restart", "restart"], ["continue", "continue"], ["continue", None], [None, None]]


@given(st.frozensets(st.sampled_from(TASKS), min_size=1))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_tasks(tasks: frozenset[str]) -> None:
    """Every row shows the official chapter, article and task, in official order; filled in, it reads back."""
    own = only_tasks(CATALOG, tasks)
    assert tuple(own.tasks) == tuple(task for task in TASKS if task in tasks)
    assert [task.id for chapter in own.chapters for article in chapter.articles for task in article.tasks] == [
        *own.tasks
    ]
    entries = {task: Entry(task, status=f"第{task}项。") for task in own.tasks}
    data = write_status_file("docx", [Submission("甲局", entries=entries)], own)
    assert seen(data) == [(task.chapter, task.article, task.text) for task in own.tasks.values()]
    out = Collector("甲.docx")
    read = build_submission(read_form(data, CATALOG, out), CATALOG, out)
    assert read is not None
    assert {task: entry.status for task, entry in read.entries.items()} == {task: f"第{task}项。" for task in own.tasks}
    assert out.findings == []


@pytest.mark.parametrize("tasks", [["1.1"], ["1.2", "16.1"], TASKS[:-1], TASKS[1:]])
def test_it_is_a_valid_document(tasks: list[str]) -> None:
    """With the title and the head of the official one."""
    data = write_status_file("docx", [Submission("甲局", period="2020年")], only_tasks(CATALOG, tasks))
    assert violations(data) == []
    document = docx.Document(io.BytesIO(data))
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()][:2] == [
        CATALOG.label,
        CATALOG.title,
    ]
