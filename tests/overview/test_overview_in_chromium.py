"""The overview page as people use it: in a real browser, with what could be sent to harm it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from chromium import Opened
from rounds import UNITS

from zhijiao20.core.catalog import Catalog

pytest_plugins = ["overview_pages"]
pytestmark = pytest.mark.minutes

STATES = {
    "missing": "未报",
    "unread": "读不了",
    "several": "多份",
    "blank": "空表",
    "errors": "有错误",
    "warnings": "有疑问",
    "clean": "合格",
}
CHANGED = [*UNITS[8:25], UNITS[-1]]  # the blank form, those with an error or a doubt, and one that amended


def rows_of(opened: Opened) -> int:
    return int(opened.page.get_attribute("table[role=grid]", "aria-rowcount") or 0) - 1


def test_counts_are_those_of_json(opened: Opened, made: tuple[Path, dict[str, Any]]) -> None:
    """Every state with its number; every unit with its state; as many files of nobody."""
    page, data = opened.page, made[1]
    chips = dict(text.split("\n") for text in page.locator("#chips button").all_inner_texts())
    assert chips == {name: str(data["summary"][state]) for state, name in STATES.items()}
    assert rows_of(opened) == data["summary"]["units"] == 45
    embedded = json.loads(page.locator("#data").text_content() or "")
    for key in ("version", "roster", "deadline", "summary", "others"):
        assert embedded[key] == data[key]
    for shown, unit in zip(embedded["units"], data["units"], strict=True):
        assert (
            unit.items()
            <= {**shown, "files": [{k: v for k, v in file.items() if k != "how"} for file in shown["files"]]}.items()
        )
    opened.go("#视图=文件")
    assert page.locator("#view tbody tr").count() == data["summary"]["others"]


def test_what_is_in_sight_is_there(opened: Opened) -> None:
    """At first, and wherever the matrix is scrolled to; what is not in sight costs nothing."""
    seen = "!!document.elementFromPoint(900, {y}).closest('td[data-at]')"
    for top, left in ((0, 0), (400, 900), (9999, 9999)):
        opened.page.evaluate(f"document.querySelector('.grid').scrollTo({left}, {top})")
        for y in (340, 600, 840):
            opened.until(seen.format(y=y))
    assert opened.page.locator("td[data-at]").count() < 45 * 87


def test_each_state_filters(opened: Opened, made: tuple[Path, dict[str, Any]]) -> None:
    """A press shows the units of the state, another one all; the address says it, so that it can be sent on."""
    for state, name in STATES.items():
        opened.act(f"document.querySelector('[data-state={name}]').click()")
        assert rows_of(opened) == made[1]["summary"][state]
        assert opened.page.get_attribute(f"[data-state={name}]", "aria-pressed") == "true"
        assert opened.page.evaluate("decodeURIComponent(location.hash)") == f"#状态={name}"
        assert opened.page.text_content("#found") == f"显示 {made[1]['summary'][state]} 个单位，共 45 个"
    opened.act("document.querySelector('[data-state=合格]').click()")
    assert rows_of(opened) == 45


def test_every_filter(opened: Opened, catalog: Catalog) -> None:
    """By 类别, 上级, part of the table, text of units and of answers, and what changed; together; and cleared."""
    page = opened.page

    def select(name: str, value: str) -> None:
        opened.act(
            f"{{ const e = document.getElementById('{name}'); e.value = '{value}'; e.dispatchEvent(new Event('change')); }}"
        )

    def write(text: str) -> None:
        opened.act(
            f"{{ const e = document.getElementById('text'); e.value = '{text}'; e.dispatchEvent(new Event('input')); }}"
        )

    select("category", "学校")
    assert rows_of(opened) == sum(unit.endswith(("学校", "学院")) for unit in UNITS)
    select("superior", "石桥县教育局")
    assert rows_of(opened) == 3
    chapter = catalog.chapters[1]
    select("chapter", chapter.title)
    assert page.locator("thead a").count() == sum(len(article.tasks) for article in chapter.articles)
    opened.act("document.getElementById('clear').click()")
    assert (rows_of(opened), page.locator("thead a").count()) == (45, 87)
    write("12个工作组")
    assert rows_of(opened) == 1
    assert page.locator("td.hit").count() == 0  # it is far to the right
    write("石桥县人力")
    assert rows_of(opened) == 1
    write("第2.1项工作，印发")
    assert page.locator("td.hit").count() > 5
    write("没有这样的文字")
    assert "没有这样的单位" in (page.text_content("#view") or "")
    write("")
    opened.act("document.getElementById('changed').click()")
    assert page.locator("[data-name]").all_inner_texts() == CHANGED


def test_a_unit(opened: Opened, made: tuple[Path, dict[str, Any]]) -> None:
    """Its state, its counts, its files, its findings, and each of its texts; what changed since the last round."""
    page = opened.page
    unit = made[1]["units"][10]
    opened.go(f"#单位={unit['unit']}")
    text = page.inner_text("#view")
    assert page.inner_text("#heading") == unit["unit"] == UNITS[10]
    assert f"错误 {unit['errors']}，警告 {unit['warnings']}，提示 {unit['infos']}" in text
    assert unit["files"][0]["path"] in text
    assert page.locator(".finding.error").count() == unit["errors"] > 0
    assert page.locator("table.texts tbody tr").count() == 87
    assert f"{UNITS[10]}开展第20.1项工作，印发12个文件。" in text
    opened.go(f"#单位={UNITS[-1]}")
    assert "与上期相比：改动 1 项、新填 1 项，其余 85 项没有变化" in page.inner_text("#view")
    assert page.locator("details").count() == 2
    page.locator("summary").first.click()
    assert "9所" in page.inner_text("del")
    opened.go("#视图=变化")
    assert [text.partition("　")[0] for text in page.locator("summary").all_inner_texts()] == CHANGED
    assert "18 个单位有变化，19 个没有变化。" in page.inner_text("#view")
    assert f"几份不同） 8 个：{UNITS[0]}" in page.inner_text("#view")


def test_several_files_of_a_unit_stand_side_by_side(opened: Opened) -> None:
    """Each text says in which file it stands; none is left out."""
    opened.go(f"#单位={UNITS[7]}")
    row = opened.page.locator("table.texts tbody tr").first.inner_text()
    assert f"收件/{UNITS[7]}.yaml" in row.replace("\\", "/")
    assert "印发实施方案，12所学校建立标准。" in row
    assert f"{UNITS[7]}开展第1.1项工作" in row


def test_a_task(opened: Opened, catalog: Catalog) -> None:
    """Everybody's text side by side, also after a filter; the numbers of all tasks are those of the workbook."""
    page = opened.page
    opened.go("#任务=20.1")
    assert page.inner_text("#heading") == f"20.1 {catalog.tasks['20.1'].text}"
    assert page.locator("table.texts tbody tr").count() == 45
    assert page.locator(".said").count() == 38  # of two files of one unit both
    opened.act("document.querySelector('[data-state=合格]').click()")
    assert page.locator("table.texts tbody tr").count() == 20
    opened.go("#视图=任务")
    assert page.locator("#view tbody tr").first.inner_text().split("\t")[1:] == [
        "45",
        "0",
        "0",
        "0",
        "0",
        "37",
        "1",
        "7",
    ]
