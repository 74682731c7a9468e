"""Read which tasks a unit answers for: ``1.5、16.1-16.4、第3条、五``, each also behind 除.  No I/O.

An item is a task (1.5), a range of tasks (16.1-16.4), an article (16, 第16条), a range of articles (1-3条), a chapter
(一, 第五部分) or a range of chapters (一至三).  Items are divided by 、，,；; or line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.numerals import chinese_number, small_number
from zhijiao20.core.wording import fold

ALL = "全部"
"""What stands for all tasks."""

_SEPARATORS = lazy_regex("[、，,；;\n\r\x0b\x0c\x85\u2028\u2029]")
_ALL_WORDS = frozenset({ALL, "全部任务", "所有", "所有任务", "全体任务"})
_EXCEPT = lazy_regex(
    r"除(?:了|去|开)?:?(?P<item>.*?)(?:(?:以外|之外|外)(?:的?(?:全部|所有|其余|其他)(?:任务)?)?)?", re.DOTALL
)

_TO = "(?:-{1,2}|~|至|到)"
_N = "([0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_TASK = r"(?:任务)?([0-9]{1,3})\.([0-9]{1,3})项?"
_PATTERNS = tuple(
    (kind, lazy_regex(pattern, re.ASCII))
    for kind, pattern in (
        ("task", _TASK),
        ("task", rf"第{_N}条第?{_N}(?:项|款|个|点)"),
        ("tasks", rf"{_TASK}{_TO}{_TASK}"),
        ("article", rf"第?{_N}条|([0-9]{{1,3}})"),
        ("articles", rf"第?{_N}条?{_TO}第?{_N}条"),
        ("chapter", rf"第?{_N}(?:个?部分|[部章])|([一二三四五六七八九十]{{1,3}})"),
        (
            "chapters",
            rf"第?{_N}(?:个?部分|[部章])?{_TO}第?{_N}(?:个?部分|[部章])|([一二三四五六七八九十]{{1,3}}){_TO}([一二三四五六七八九十]{{1,3}})",
        ),
    )
)
_TWO_NUMBERS = lazy_regex(rf"([0-9]{{1,3}}){_TO}([0-9]{{1,3}})", re.ASCII)
_SHORT_RANGE = lazy_regex(rf"([0-9]{{1,3}})\.([0-9]{{1,3}}){_TO}([0-9]{{1,3}})", re.ASCII)
_DATE = lazy_regex(r"[0-9]{4}[-/.年].*|[0-9]{1,2}月[0-9]{1,2}日?|[0-9]{1,2}-[a-z]{3}.*", re.DOTALL)
_ITEM_LIMIT = 100  # characters of an item; the longest title has fewer
_ITEMS_LIMIT = 500  # items of a cell

NOTATION = (
    "写任务 1.5、几项 16.1-16.4、一条 第16条、几条 1-3条、一个部分 第五部分，各项之间用顿号；要去掉的，在每一项前写“除”"
)
"""How duties are written, for hints."""


class DutyFault(NamedTuple):
    """An item that cannot be read: the item as written, what is wrong, and what to write."""

    item: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Duties:
    """The tasks that a text names.

    Attributes:
        tasks: the task ids in official order.
        faults: the items that cannot be read; they name no task.
        idle: the items behind 除 that take nothing out, as written.
    """

    tasks: tuple[str, ...]
    faults: tuple[DutyFault, ...] = ()
    idle: tuple[str, ...] = ()


_Found: TypeAlias = "frozenset[str] | DutyFault"


class DutyReader:
    """Reads duties for one task list; texts that were read before are looked up.

    Args:
        catalog: the official list.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._ids = tuple(catalog.tasks)
        self._position: Mapping[str, int] = catalog.position
        self._articles = [
            tuple(task.id for task in article.tasks) for chapter in catalog.chapters for article in chapter.articles
        ]
        self._chapters = [
            tuple(task.id for article in chapter.articles for task in article.tasks) for chapter in catalog.chapters
        ]
        self._by_title = dict(_titles(catalog))
        self._known: dict[str, Duties] = {}
        self._shared: dict[tuple[str, ...], tuple[str, ...]] = {}

    @property
    def all(self) -> tuple[str, ...]:
        """Return all tasks."""
        return self._ids

    def read(self, text: str, *, blank_means_all: bool = True) -> Duties:
        """Return the tasks that a text names.

        Args:
            text: the text of a cell.
            blank_means_all: what an empty text means: all tasks (任务), or none (牵头).
        """
        items = [item.strip() for item in _SEPARATORS.split(text)]
        items = [item for item in items if fold(item)]
        if not items:
            return Duties(self._ids if blank_means_all else ())
        if len(items) > _ITEMS_LIMIT:
            fault = DutyFault(items[0], f"这一格有 {len(items)} 项，最多 {_ITEMS_LIMIT} 项", NOTATION)
            return Duties((), (fault,))
        key = "、".join(items)
        if key not in self._known:
            self._known[key] = self._read(items)
        return self._known[key]

    def _read(self, items: Sequence[str]) -> Duties:
        faults: list[DutyFault] = []
        added: set[str] = set()
        taken: list[tuple[str, frozenset[str]]] = []
        only_taken = True
        for item in items:
            folded = fold(item) if len(item) <= _ITEM_LIMIT else ""
            match = _EXCEPT.fullmatch(folded) if folded.startswith("除") else None
            found = self._item(match["item"] if match else folded, item)
            only_taken = only_taken and match is not None
            if isinstance(found, DutyFault):
                faults.append(found)
            elif match:
                taken.append((item, found))
            else:
                added |= found
        left = set(self._ids) if only_taken else added
        idle = tuple(item for item, tasks in taken if not tasks & left)
        for _, tasks in taken:
            left -= tasks
        return Duties(self.in_order(left), tuple(faults), idle if not faults else ())

    def in_order(self, tasks: set[str] | frozenset[str]) -> tuple[str, ...]:
        """Return tasks in official order; equal results are one object, so that many units take little memory."""
        if len(tasks) == len(self._ids):
            return self._ids
        ordered = tuple(sorted(tasks, key=self._position.__getitem__))
        return self._shared.setdefault(ordered, ordered)

    def _item(self, folded: str, written: str) -> _Found:
        if folded in _ALL_WORDS:
            return frozenset(self._ids)
        if folded in self._by_title:
            return frozenset(self._by_title[folded])
        for kind, pattern in _PATTERNS:
            if match := pattern.fullmatch(folded):
                numbers = [small_number(part) for part in match.groups() if part]
                return self._named(kind, numbers, written)
        return DutyFault(written, f"看不懂{quote(written)}", self._advice(folded))

    def _named(self, kind: str, numbers: list[int], written: str) -> _Found:
        """Return the tasks that an item names, or why it names none."""
        if kind in {"task", "tasks"}:
            ends = [f"{article}.{number}" for article, number in zip(numbers[::2], numbers[1::2], strict=True)]
            if unknown := next((end for end in ends if end not in self._position), None):
                return DutyFault(written, f"{quote(written)}里没有任务 {unknown}", self._tasks_of(unknown))
            first, last = self._position[ends[0]], self._position[ends[-1]]
            found: Sequence[Sequence[str]] = [self._ids[first : last + 1]]
        else:
            groups, what = (self._articles, "条") if kind.startswith("article") else (self._chapters, "部分")
            if unknown_number := next((str(number) for number in numbers if not 0 < number <= len(groups)), None):
                shown = unknown_number if unknown_number != "0" else ""
                problem = f"{quote(written)}里没有第 {shown} {what}" if shown else f"看不懂{quote(written)}"
                last_group = len(groups) if what == "条" else chinese_number(len(groups))
                first_group = 1 if what == "条" else "一"
                return DutyFault(written, problem, f"{what}从 {first_group} 到 {last_group}，请改对")
            first, last = numbers[0], numbers[-1]
            found = groups[first - 1 : last]
        if first > last:
            return DutyFault(written, f"{quote(written)}的前后颠倒了", "把小的编号写在前面，如 16.1-16.4")
        return frozenset(task for group in found for task in group)

    def _tasks_of(self, unknown: str) -> str:
        """Say which tasks the article of an unknown id has."""
        article = int(unknown.partition(".")[0])
        if not 0 < article <= len(self._articles):
            return f"条从 1 到 {len(self._articles)}，用 zhijiao20 tasks 查全部编号"
        tasks = self._articles[article - 1]
        return (
            f"第 {article} 条有 {tasks[0]} 至 {tasks[-1]}，请改对"
            if len(tasks) > 1
            else f"第 {article} 条只有 {tasks[0]}，请改对"
        )

    def _advice(self, folded: str) -> str:
        """Say what may be meant by an item that cannot be read."""
        if _DATE.fullmatch(folded):
            return f"Excel 把它当成了日期：先把这一列设为“文本”格式，再重新填。{NOTATION}"
        if match := _SHORT_RANGE.fullmatch(folded):
            return f"要写几项任务，请写全：{match[1]}.{match[2]}-{match[1]}.{match[3]}"
        if match := _TWO_NUMBERS.fullmatch(folded):
            return f"要写几条，请写 {match[1]}-{match[2]}条；要写一项任务，请写 {match[1]}.{match[2]}"
        return NOTATION


def _titles(catalog: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the titles of articles and chapters, with and without their numbers, and their tasks."""
    for chapter in catalog.chapters:
        tasks = tuple(task.id for article in chapter.articles for task in article.tasks)
        yield fold(chapter.title), tasks
        yield fold(chapter.title.partition("、")[2]), tasks
        for article in chapter.articles:
            of_article = tuple(task.id for task in article.tasks)
            yield fold(article.title), of_article
            yield fold(article.title.partition(".")[2]), of_article


def show_tasks(tasks: Sequence[str], catalog: Catalog) -> str:
    """Return tasks in the shortest notation that ``DutyReader`` reads back: chapters, articles, then ranges."""
    if len(tasks) == len(catalog.tasks):
        return ALL
    left = set(tasks)
    parts: list[str] = []
    for number, chapter in enumerate(catalog.chapters, start=1):
        if left.issuperset(task.id for article in chapter.articles for task in article.tasks):
            parts.append(f"第{chinese_number(number)}部分")
            continue
        for article in chapter.articles:
            parts.extend(_article_parts([task.id for task in article.tasks], left))
    return "、".join(parts)


def _article_parts(ids: Sequence[str], left: set[str]) -> Iterator[str]:
    """Yield the tasks of an article that are in ``left``: the article, or the runs of its tasks."""
    if left.issuperset(ids):
        yield f"第{ids[0].partition('.')[0]}条"
        return
    run: list[str] = []
    for task in [*ids, ""]:
        if task in left:
            run.append(task)
        elif run:
            yield run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}"
            run = []
