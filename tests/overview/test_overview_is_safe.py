"""The overview page by links and keyboard, on any screen, on paper, and with what could be sent to harm it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chromium import CONTRAST, DESK, PHONE, Opened
from program import run
from rounds import UNITS
from status_files import put, sound

from zhijiao20.system.discovery import load_catalog

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["overview_pages"]
pytestmark = pytest.mark.minutes

BAD = "<img src=http://x.example/a onerror=window.hurt=1>"
WORSE = "</script><script>window.hurt=1</script><!--<script>"
ROLES = {
    "button",
    "link",
    "searchbox",
    "textbox",
    "combobox",
    "checkbox",
    "grid",
    "columnheader",
    "rowheader",
    "gridcell",
    "navigation",
    "search",
}


def rows_of(opened: Opened) -> int:
    return int(opened.page.get_attribute("table[role=grid]", "aria-rowcount") or 0) - 1


STRANGE = (
    "#单位=没有的局",
    f"#单位={BAD}",
    "#任务=99.9",
    "#单位=__proto__",
    "#视图=constructor",
    "#单位=%E4%BD",
    "#状态=x&状态=y",
    "#=",
    "#单位",
)


def test_a_strange_link_is_text(opened: Opened) -> None:
    """It names what is not there, and is never markup nor a selector."""
    page = opened.page
    for fragment in STRANGE:
        opened.go(fragment)
        assert page.locator("#view img").count() == 0
        if "没有" in fragment or BAD in fragment:
            assert fragment.partition("=")[2] in page.inner_text("#view")
        assert page.locator("#heading").count() == 1, fragment


def test_a_link_is_opened_at_once(browser: Browser, made: tuple[Path, dict[str, Any]]) -> None:
    """As it was sent by somebody."""
    one = Opened(browser, made[0], f"#单位={UNITS[10]}&任务=2.1")
    assert one.wait().inner_text("#heading") == UNITS[10]
    one.close()


def test_links_lead_to_a_unit_and_back(opened: Opened) -> None:
    """By clicks: from a cell to the unit's answer to this task, back with the filters kept."""
    page = opened.page
    opened.go("#类别=学校")
    opened.act('document.querySelector(\'tr[data-row="1"] td[data-at="2"]\').click()')
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#单位={UNITS[2]}&任务=1.3&类别=学校"
    opened.act("history.back()")
    assert rows_of(opened) == 27


def test_by_keyboard(opened: Opened) -> None:
    """One stop of the Tab key for the matrix; arrows move in it, also beyond what is in sight; Enter opens."""
    page = opened.page
    page.locator("#clear").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == UNITS[0]
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "1.2 没有收到"
    page.keyboard.press("Control+End")
    opened.until("document.activeElement.getAttribute('aria-label') === '20.1 未注明进展'")
    assert page.evaluate("document.activeElement.closest('tr').querySelector('a').textContent") == UNITS[-1]
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.textContent") == UNITS[-1]
    page.keyboard.press("Enter")
    opened.until(f"document.querySelector('#heading').textContent === '{UNITS[-1]}'")
    assert page.evaluate("document.activeElement.id") == "heading"


VIEWS = ("", f"#单位={UNITS[10]}", f"#单位={UNITS[-1]}", "#任务=1.1", "#视图=任务", "#视图=变化", "#视图=文件")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_have_names_and_texts_contrast(opened: Opened, scheme: str) -> None:
    """In every view: at least 4.5 to 1; what can be used says what it is."""
    page = opened.page
    page.emulate_media(color_scheme=scheme)
    session = opened.context.new_cdp_session(page)
    for view in VIEWS[1:] + VIEWS[:1]:
        opened.go(view)
        found = page.evaluate(CONTRAST)
        assert len(found) > 20
        assert [item for item in found if item[0] < 4.5] == [], view
        tree = [node for node in session.send("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]]
        named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree if "role" in node]
        assert {role for role, _ in named} >= {"button", "link", "searchbox", "combobox", "navigation", "search"}
        assert [role for role, name in named if role in ROLES and not name.strip()] == [], view


@pytest.mark.parametrize("size", [PHONE, DESK, {"width": 3840, "height": 2160}], ids=["phone", "desk", "4K"])
def test_nothing_is_wider_than_the_screen(opened: Opened, size: dict[str, int]) -> None:
    """From 360 pixels to 4K only the matrix scrolls sideways, and in itself."""
    opened.page.set_viewport_size(size)
    for view in VIEWS[1:] + VIEWS[:1]:
        opened.go(view)
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view


def test_print_has_every_unit_on_landscape_sheets(
    browser: Browser, made: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    """All rows and all columns, A4 across; nothing that can only be pressed."""
    one = Opened(browser, made[0])
    page = one.wait()
    page.emulate_media(media="print")
    one.until("document.querySelectorAll('tr[data-row]').length === 45")
    assert page.locator("td[data-at]").count() == 45 * 87
    assert not page.locator("#filters").is_visible()
    data = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841" in data or b"/MediaBox [0 0 842" in data
    one.close()


def test_without_a_script_there_is_a_list(browser: Browser, made: tuple[Path, dict[str, Any]]) -> None:
    """Every unit with its state and what is to be said of it, and the files of nobody."""
    one = Opened(browser, made[0], java_script_enabled=False)
    assert [row.partition("\t")[0] for row in one.page.locator("#plain tbody").first.inner_text().splitlines()] == UNITS
    assert not one.page.locator("#app").is_visible()
    assert "关于报送材料的通知.docx" in one.page.inner_text("#plain")
    one.close()


def test_hostile_texts_stay_texts(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In names, in columns of the roster, in file names, in answers and in findings; in the page and in its links."""
    monkeypatch.chdir(tmp_path)
    catalog = load_catalog()
    names = [f"甲局{BAD}", f"乙局{WORSE}", '丙局" onmouseover="window.hurt=1', "constructor局", "丁局&lt;b&gt;\u202e倒"]
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    put("名册.csv", "单位,上级,类别\n" + "".join(f'{name},"{BAD}","{WORSE}"\n' for name in quoted))
    for number, name in enumerate(names):
        put(f"收件/{number}.yaml", sound(name, catalog, {"1.1": f"{BAD}{WORSE}${{1}}", "1.2": ""}))
    if os.name != "nt":
        put("收件/<img src=x onerror=window.hurt=1>.yaml", sound(names[0], catalog))
        put("收件/`};window.hurt=1;`.docx", b"x")
    made = run("collect", "收件", "--roster", "名册.csv", "-o", "总览.html")
    assert made.exit_code == 1, made.stderr
    one = Opened(browser, tmp_path / "总览.html")
    page = one.wait()
    labels = page.locator("[data-name]").all_inner_texts()
    assert len(labels) == 5
    assert labels[0] == names[0]
    assert labels[4] == "丁局&lt;b&gt;\\u202e倒"
    for label in labels:
        one.act(
            f"[...document.querySelectorAll('[data-name]')].find((e) => e.textContent === {json.dumps(label)}).click()"
        )
        assert page.inner_text("#heading") == label
        assert BAD in page.inner_text("#view")
        assert WORSE in page.inner_text("#view")
        one.act("history.back()")
    one.go("#任务=1.1")
    one.go("#视图=文件")
    assert page.evaluate("window.hurt") is None
    assert page.locator("img, svg, #view script, b > b").count() == 0
    one.close()


def test_many_units_are_pages_of_their_superiors(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list leads to the page of a superior, and from the name of a unit straight to it."""
    monkeypatch.chdir(tmp_path)
    put(
        "名册.csv",
        "单位,上级\n" + "".join(f"第{number}学校,{'甲乙'[number % 2]}市#1教育局\n" for number in range(1100)),
    )
    put("收件/一.yaml", sound("第1学校", load_catalog()))
    made = run("collect", "收件", "--roster", "名册.csv", "-o", "总览.html")
    assert "已生成文件夹 总览：先打开 index.html，另有 2 页，一个上级一页" in made.stderr
    one = Opened(browser, tmp_path / "总览" / "index.html")
    assert one.page.locator("main tbody").first.inner_text().splitlines()[1].split("\t")[:3] == [
        "乙市#1教育局",
        "550",
        "549",
    ]
    one.page.fill("#text", "第1学")
    assert one.page.inner_text("#found") == "1 个单位"
    assert [item for item in one.page.evaluate(CONTRAST) if item[0] < 4.5] == []
    one.page.click("#list a")
    page = one.wait()
    assert page.inner_text("#heading") == "第1学校"
    page.click("header a")
    page.click("main tbody a >> nth=0")
    one.wait()
    assert rows_of(one) == 550
    one.asked.clear()
    one.asked.append("file:")
    one.close()
