"""The official list: held against the official table to the character, and the checks that keep it so."""

from __future__ import annotations

import copy
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
import yaml
from conftest import ROOT

from zhijiao20.core.catalog import Catalog, CatalogError, build_catalog

DATA = ROOT / "tests" / "data"
OURS = {"words", "with", "without", "of", "not_of", "reversed", "needs"}  # how the rules find a measure in a text
RENAMED = {"tolerance_suggested": "tolerance"}  # the source calls it a suggestion, the catalog just a tolerance


def official_lines() -> list[str]:
    """The lines of the official table's text, without the stray blank ones."""
    return [line for line in (DATA / "official-table.txt").read_text("utf-8").split("\n") if line not in {"", " "}]


def official_cells() -> list[str]:
    """Every cell of the official table: three of the header, then four a row, the last status cell missing."""
    return [line[1:] for line in official_lines() if line.startswith("\t")]


def official_rows() -> list[tuple[str, str, str]]:
    """Chapter, article and task of each row; a blank cell in the first two columns is merged into the one above."""
    body = official_cells()[3:]
    chapter = article = ""
    rows = []
    for start in range(0, len(body), 4):
        chapter, article = body[start] or chapter, body[start + 1] or article
        rows.append((chapter, article, body[start + 2]))
    return rows


def indicators() -> list[dict[str, Any]]:
    """The targets as the office collected them."""
    return yaml.safe_load((DATA / "indicators.yaml").read_text("utf-8"))


class TestOfficialTable:
    """data/tasks.yaml against the official form's own text."""

    def test_heading(self, catalog: Catalog) -> None:
        """The two lines above the table stand on the first page of the submission."""
        assert [line for line in official_lines() if not line.startswith("\t")] == [catalog.label, catalog.title]

    def test_header(self, catalog: Catalog) -> None:
        """The header has three cells, 任务 twice: the first one spans two columns."""
        assert list(catalog.header) == official_cells()[:3] == ["任务", "任务", "落实情况"]

    def test_every_row_to_the_character(self, catalog: Catalog) -> None:
        """The wording is official: not one character of 87 rows may differ."""
        ours = [(task.chapter, task.article, task.text) for task in catalog.tasks.values()]
        assert ours == official_rows()

    def test_every_written_line_in_order(self, catalog: Catalog) -> None:
        """The same without knowing of columns: all that is printed in the form is in the catalog, once, in order."""
        ours = [catalog.label, catalog.title, *catalog.header]
        for chapter in catalog.chapters:
            ours.append(chapter.title)
            for article in chapter.articles:
                ours.append(article.title)
                ours.extend(task.text for task in article.tasks)
        assert ours == [line.removeprefix("\t") for line in official_lines() if line.strip()]

    def test_sizes(self, catalog: Catalog) -> None:
        """87 rows, 7 chapters, 20 articles with their numbers of tasks, as the contract counts them."""
        articles = [article for chapter in catalog.chapters for article in chapter.articles]
        assert len(catalog.tasks) == 87
        assert [sum(len(article.tasks) for article in chapter.articles) for chapter in catalog.chapters] == [
            25, 15, 15, 8, 11, 8, 5,
        ]  # fmt: skip
        assert [len(article.tasks) for article in articles] == [
            5, 7, 5, 8, 4, 2, 5, 4, 5, 2, 3, 5, 5, 3, 5, 6, 5, 3, 4, 1,
        ]  # fmt: skip

    def test_ids(self, catalog: Catalog) -> None:
        """Ids are 条.序 as text from 1.1 to 20.1; the key is the task's own id."""
        ids = list(catalog.tasks)
        assert (ids[0], ids[-1]) == ("1.1", "20.1")
        assert all(isinstance(key, str) and task.id == key for key, task in catalog.tasks.items())
        assert all(task.article.startswith(task.id.split(".")[0] + ".") for task in catalog.tasks.values())

    def test_position_is_the_official_order(self, catalog: Catalog) -> None:
        """10.1 comes after 9.5: the order is the table's, not that of the alphabet."""
        assert list(catalog.position) == list(catalog.tasks)
        assert list(catalog.position.values()) == list(range(87))
        assert catalog.position["9.5"] + 1 == catalog.position["10.1"]

    @pytest.mark.parametrize(
        ("task", "words"),
        [
            pytest.param("4.8", "制订具体政策办法", id="制订"),
            pytest.param("4.5", "制定中国技能大赛", id="制定"),
            pytest.param("15.5", "“大国工匠进校园”、“劳模进校园”、“优秀职校生校园分享”等", id="pause-between-quotes"),
            pytest.param("6.1", "启动1+X证书制度试点工作", id="1+X"),
            pytest.param("2.2", "每个地（市、州、盟）", id="full-width-brackets"),
        ],
    )
    def test_quirks_are_kept(self, catalog: Catalog, task: str, words: str) -> None:
        """The official text's quirks are not corrected."""
        assert words in catalog.tasks[task].text


class TestTargets:
    """The targets in data/tasks.yaml against the office's own list."""

    def test_every_quote_is_in_its_task(self, catalog: Catalog) -> None:
        """A target quotes the official wording; a quote that is not there could never be shown to a clerk."""
        targets = [(task, target) for task in catalog.tasks.values() for target in task.targets]
        assert len(targets) == len(indicators()) == 31
        assert [target.key for task, target in targets if target.quote not in task.text] == []

    def test_keys_are_unique(self, catalog: Catalog) -> None:
        """A key names one target, whatever its task."""
        keys = [target.key for task in catalog.tasks.values() for target in task.targets]
        assert len(keys) == len(set(keys))

    @pytest.mark.parametrize("given", indicators(), ids=lambda given: f"{given['id']}-{given['key']}")
    def test_nothing_is_missing(self, catalog: Catalog, given: dict[str, Any]) -> None:
        """Every fact that the source gives for a target is in the catalog, with the same value."""
        target = next(item for item in catalog.tasks[given["id"]].targets if item.key == given["key"])
        facts = {
            RENAMED.get(name, name): value
            for name, value in given.items()
            if name not in {"id", "key", "quote"} and value is not None
        }
        assert target.quote == given["quote"]
        assert {name: value for name, value in target.fields.items() if name not in OURS} == facts

    def test_nothing_is_added(self, catalog: Catalog) -> None:
        """The catalog has no target that the source does not know."""
        ours = [(task.id, target.key) for task in catalog.tasks.values() for target in task.targets]
        assert ours == [(item["id"], item["key"]) for item in indicators()]

    def test_national_totals_are_marked(self, catalog: Catalog) -> None:
        """100 bases and 300 groups are national totals, never held against one unit."""
        scope = {target.key: target.fields["scope"] for task in catalog.tasks.values() for target in task.targets}
        assert {key for key, value in scope.items() if value == "national_total"} == {
            "base_100",
            "groups_300",
            "groups_deadline",
        }


class TestImmutable:
    """One catalog is shared by the whole process."""

    def test_no_mapping_can_be_changed(self, catalog: Catalog) -> None:
        """A rule that writes into the catalog would change what all later units are held against."""
        with pytest.raises(TypeError):
            catalog.tasks["1.1"] = catalog.tasks["1.2"]  # type: ignore[index]
        with pytest.raises(TypeError):
            catalog.position["1.1"] = 9  # type: ignore[index]
        with pytest.raises(TypeError):
            catalog.tasks["2.1"].targets[0].fields["threshold"] = 0  # type: ignore[index]

    def test_no_attribute_can_be_changed(self, catalog: Catalog) -> None:
        """The official wording cannot be replaced by accident."""
        with pytest.raises(FrozenInstanceError):
            catalog.tasks["1.1"].text = "x"  # type: ignore[misc]


def small() -> dict[str, Any]:
    """Another office's list: two chapters, two articles, three tasks, one target."""
    target = {"key": "bases", "quote": "建设3个基地", "threshold": 3}
    first = {
        "title": "1.甲",
        "tasks": [{"id": "1.1", "text": "甲一，建设3个基地。", "targets": [target]}, {"id": "1.2", "text": "甲二。"}],
    }
    second = {"title": "2.乙", "tasks": [{"id": "2.1", "text": "乙一。"}]}
    return {
        "label": "附表9：",
        "title": "一览表",
        "header": ["任务", "落实情况"],
        "chapters": [{"title": "一、甲", "articles": [first]}, {"title": "二、乙", "articles": [second]}],
    }


class TestBuild:
    """Building a catalog from data: another list is a matter of data, a broken one is told."""

    def test_another_list(self) -> None:
        """No size of the official table is known to the code."""
        built = build_catalog(small())
        assert list(built.tasks) == ["1.1", "1.2", "2.1"]
        assert (built.tasks["2.1"].chapter, built.tasks["2.1"].article) == ("二、乙", "2.乙")
        assert built.header == ("任务", "落实情况")
        (target,) = built.tasks["1.1"].targets
        assert (target.key, target.quote, dict(target.fields)) == ("bases", "建设3个基地", {"threshold": 3})
        assert built.tasks["1.2"].targets == ()

    @pytest.mark.parametrize(
        ("path", "value", "message"),
        [
            pytest.param(["label"], None, "label: a text is needed", id="no-label"),
            pytest.param(["title"], "", "title: a text is needed", id="empty-title"),
            pytest.param(["title"], 20, "title: a text is needed", id="title-is-a-number"),
            pytest.param(["header"], None, "header: a list of texts is needed", id="no-header"),
            pytest.param(["header"], [], "header: a list of texts is needed", id="empty-header"),
            pytest.param(["header"], ["任务", 1], "header: a list of texts is needed", id="header-with-a-number"),
            pytest.param(["chapters"], [], "chapters: a list of mappings is needed", id="no-chapters"),
            pytest.param(["chapters"], {"a": 1}, "chapters: a list of mappings is needed", id="chapters-no-list"),
            pytest.param(["chapters", 0], "一、甲", "chapters: a list of mappings is needed", id="chapter-is-a-text"),
            pytest.param(["chapters", 0, "title"], None, "title: a text is needed", id="chapter-without-title"),
            pytest.param(["chapters", 1, "articles"], [], "articles: a list of mappings is needed", id="no-articles"),
            pytest.param(
                ["chapters", 1, "articles", 0, "title"], "3.乙", "article 2 is titled '3.乙'", id="article-with-a-gap"
            ),
            pytest.param(
                ["chapters", 1, "articles", 0, "title"],
                "20.乙",
                "article 2 is titled '20.乙'",
                id="article-2-is-not-20",
            ),
            pytest.param(
                ["chapters", 0, "articles", 0, "tasks"], None, "tasks: a list of mappings is needed", id="no-tasks"
            ),
            pytest.param(
                ["chapters", 0, "articles", 0, "tasks", 1, "id"], "1.3", "task 1.2 has the id '1.3'", id="id-with-a-gap"
            ),
            pytest.param(
                ["chapters", 0, "articles", 0, "tasks", 0, "id"], 1.1, "id: a text is needed", id="id-is-a-number"
            ),
            pytest.param(
                ["chapters", 0, "articles", 0, "tasks", 1, "text"], "", "text: a text is needed", id="empty-task"
            ),
            pytest.param(
                ["chapters", 0, "articles", 0, "tasks", 0, "targets"],
                "x",
                "targets: a list of mappings is needed",
                id="targets-no-list",
            ),
            pytest.param(
                ["chapters", 0, "articles", 0, "tasks", 0, "targets", 0, "quote"],
                "建设4个基地",
                "target 'bases' quotes words that its task does not have: '建设4个基地'",
                id="quote-not-in-task",
            ),
            pytest.param(
                ["chapters", 0, "articles", 0, "tasks", 0, "targets", 0, "key"],
                None,
                "key: a text is needed",
                id="target-without-key",
            ),
        ],
    )
    def test_broken_list(self, path: list[Any], value: object, message: str) -> None:
        """A broken list is refused where it is broken, not met as a wrong table in Word."""
        data = copy.deepcopy(small())
        *way, last = path
        holder: Any = data
        for part in way:
            holder = holder[part]
        holder[last] = value
        with pytest.raises(CatalogError) as caught:
            build_catalog(data)
        assert str(caught.value) == message
