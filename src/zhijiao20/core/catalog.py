"""The official task list: chapters, articles, tasks, and the targets stated in the task texts.  No I/O.

The size of the table is not fixed in the code: another task list with its own form is only different data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

YamlValue: TypeAlias = "str | int | float | bool | Sequence[YamlValue] | Mapping[str, YamlValue] | None"


class CatalogError(ValueError):
    """An error in the task list itself: a packaging mistake, never a mistake of the user."""


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity or date that the wording of a task requires.

    Attributes:
        key: stable identifier of the target, unique within the catalog.
        quote: the words of the task that state the target; a substring of the task text.
        fields: the other properties (tier, measure, unit, comparator, threshold, scope, check, note …), unchanged.
    """

    key: str
    quote: str
    fields: Mapping[str, YamlValue]


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the official table.

    Attributes:
        id: ``条.序``, such as ``15.5``; always text, never a number.
        text: the official wording, character by character.
        chapter: title of its chapter.
        article: title of its article.
        targets: quantities and dates that the wording requires.
    """

    id: str
    text: str
    chapter: str
    article: str
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """条目: a numbered article such as ``1.健全国家职业教育制度框架`` and its tasks."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """部分: a chapter such as ``一、完善国家职业教育制度体系`` and its articles."""

    title: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Catalog:
    """The complete official task list; immutable, in official order.

    Attributes:
        label: the line above the title (``附表2：``).
        title: the title of the table.
        header: the cells of the header row; a merged cell is listed once.
        chapters: the chapters with their articles and tasks.
        tasks: task id → task, in official order.
    """

    label: str
    title: str
    header: tuple[str, ...]
    chapters: tuple[Chapter, ...] = field(repr=False)
    tasks: Mapping[str, Task] = field(repr=False)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Map each task id to its index in the official order, counted from 0."""
        return MappingProxyType({task_id: index for index, task_id in enumerate(self.tasks)})


def only_tasks(catalog: Catalog, tasks: Collection[str]) -> Catalog:
    """Return the task list with these tasks only, and the chapters and articles that have any of them."""
    if len(tasks) == len(catalog.tasks):
        return catalog
    wanted = frozenset(tasks)
    chapters: list[Chapter] = []
    for chapter in catalog.chapters:
        articles = [
            Article(article.title, kept)
            for article in chapter.articles
            if (kept := tuple(task for task in article.tasks if task.id in wanted))
        ]
        if articles:
            chapters.append(Chapter(chapter.title, tuple(articles)))
    kept_tasks = {task_id: task for task_id, task in catalog.tasks.items() if task_id in wanted}
    return Catalog(catalog.label, catalog.title, catalog.header, tuple(chapters), MappingProxyType(kept_tasks))


def build_catalog(data: Mapping[str, object]) -> Catalog:
    """Build the catalog from the parsed ``data/tasks.yaml``.

    Args:
        data: ``label``, ``title``, ``header`` and ``chapters`` → ``articles`` → ``tasks`` (``id``, ``text``,
            ``targets``).

    Raises:
        CatalogError: a field is missing or has the wrong type, articles or tasks are not numbered consecutively, a
            text is empty, or a target quotes words that are not in its task.
    """
    chapters: list[Chapter] = []
    first = 1
    for chapter in _items(data, "chapters"):
        title = _text(chapter, "title")
        articles = [
            _article(article, number, title) for number, article in enumerate(_items(chapter, "articles"), first)
        ]
        first += len(articles)
        chapters.append(Chapter(title, tuple(articles)))
    header = data.get("header")
    if not isinstance(header, list) or not header or not all(isinstance(cell, str) for cell in header):
        raise CatalogError("header: a list of texts is needed")
    tasks = {task.id: task for chapter in chapters for article in chapter.articles for task in article.tasks}
    label, title = _text(data, "label"), _text(data, "title")
    return Catalog(label, title, tuple(header), tuple(chapters), MappingProxyType(tasks))


def _article(data: Mapping[str, object], number: int, chapter: str) -> Article:
    title = _text(data, "title")
    if not title.startswith(f"{number}."):
        raise CatalogError(f"article {number} is titled {title!r}")
    tasks = []
    for index, task in enumerate(_items(data, "tasks"), start=1):
        if _text(task, "id") != f"{number}.{index}":
            raise CatalogError(f"task {number}.{index} has the id {task['id']!r}")
        text = _text(task, "text")
        targets = []
        for target in _items(task, "targets", required=False):
            key, quote = _text(target, "key"), _text(target, "quote")
            if quote not in text:
                raise CatalogError(f"target {key!r} quotes words that its task does not have: {quote!r}")
            rest = {name: value for name, value in target.items() if name not in {"key", "quote"}}
            targets.append(Target(key, quote, MappingProxyType(rest)))  # type: ignore[arg-type]  # YAML has no others
        tasks.append(Task(f"{number}.{index}", text, chapter, title, tuple(targets)))
    return Article(title, tuple(tasks))


def _items(data: Mapping[str, object], name: str, *, required: bool = True) -> list[Mapping[str, object]]:
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value) or (required and not value):
        raise CatalogError(f"{name}: a list of mappings is needed")
    return value


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value:
        raise CatalogError(f"{name}: a text is needed")
    return value
