"""What an annex holds, block by block: headings, tables of statistics, and the texts on each task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from zhijiao20.core.answer_counts import STATE_TITLES, GroupCounts
from zhijiao20.core.answers import EMPTY, NOT_SENT
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.digest import By
from zhijiao20.core.digest_result import Digest

LABEL, SUBTITLE = "附件", "各单位填报情况"
"""What stands above the title of an annex, and below it."""

STATISTICS = "填报情况统计"
"""The heading above the statistics."""


class Heading(NamedTuple):
    """A heading; its level is counted from 0."""

    level: int
    text: str


class Table(NamedTuple):
    """A table of statistics.

    Attributes:
        name: what it counts by, such as 按类别.
        header: the titles of its columns.
        rows: the cells of each row: the name, then numbers.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | int]]


class Texts(NamedTuple):
    """The texts on a task."""

    task: str


Block: TypeAlias = Heading | Table | Texts


def annex_blocks(digest: Digest, catalog: Catalog) -> Iterator[Block]:
    """Yield the blocks in order; chapters, articles and tasks without any text are left out."""
    yield Heading(0, STATISTICS)
    for table in statistics(digest, catalog):
        yield Heading(1, table.name)
        yield table
    for chapter in catalog.chapters:
        above = [Heading(0, chapter.title)]
        for article in chapter.articles:
            tasks = [task for task in article.tasks if digest.has_more(task.id)]
            if tasks:
                yield from above
                above = []
                yield Heading(1, article.title)
            for task in tasks:
                yield Heading(2, f"{task.id}　{task.text}")
                yield Texts(task.id)


def statistics(digest: Digest, catalog: Catalog) -> Iterator[Table]:
    """Yield the statistics by 类别 and by 上级, where units have any, and by task."""
    for by in By:
        groups = digest.by_group(by)
        if groups:
            yield group_table(by, groups)
    answers = digest.by_task()
    shown = _shown_states(answers)
    rows: list[list[str | int]] = [
        [task, *_numbers(counts, shown)] for task, counts in zip(catalog.tasks, answers, strict=True)
    ]
    yield Table("按任务", ("编号", "填报单位", *(STATE_TITLES[state] for state in shown)), rows)


def group_table(by: By, groups: Sequence[GroupCounts]) -> Table:
    """Return the statistics of groups; numbers that are nought everywhere have no column."""
    shown = _shown_states(group.answers for group in groups)
    header = (str(by), "单位", "填报", *(STATE_TITLES[state] for state in shown))
    rows: list[list[str | int]] = [[group.name, group.units, *_numbers(group.answers, shown)] for group in groups]
    return Table(f"按{by}", header, rows)


def _shown_states(rows: Iterable[Mapping[str, int]]) -> list[str]:
    found = {state for answers in rows for state, number in answers.items() if number}
    return [state for state in STATE_TITLES if state in found and state not in {EMPTY, NOT_SENT}]


def _numbers(answers: Mapping[str, int], shown: Iterable[str]) -> list[int]:
    """Return how many answers there are, and how many of each state."""
    numbers = [answers.get(state, 0) for state in shown]
    return [sum(numbers), *numbers]
