"""A real browser that tests drive; needed in CI, wished for elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from office import need

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = need("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        assert not os.environ.get("CI"), "playwright is missing, and nothing may be skipped in CI"
        pytest.skip("playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Opened:
    """A page in the browser, and what it did that it should not."""

    def __init__(self, browser: Browser, file: Path, fragment: str = "", **options: Any) -> None:
        self.context = browser.new_context(**({"viewport": DESK, "reduced_motion": "reduce"} | options))
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.wrong.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.resolve().as_uri() + fragment)

    def wait(self) -> Page:
        """The page after it has shown what its address says."""
        self.page.wait_for_selector("html[data-shown]", state="attached")
        return self.page

    def go(self, fragment: str) -> None:
        """Follow a link to another fragment, and wait until it is shown."""
        self.act(f"location.hash = {fragment!r}")

    def act(self, script: str) -> None:
        """Run a script that makes the page show something else, and wait until it does."""
        before = self.page.evaluate("document.documentElement.dataset.shown")
        self.page.evaluate(script)
        self.until(f"document.documentElement.dataset.shown > {before}")

    def until(self, condition: str) -> None:
        """Wait until a condition holds; the policy of the page lets no text be run, but a function that is given."""
        self.page.wait_for_function(f"() => {condition}")

    def close(self) -> None:
        """Close the page; it must have kept to itself."""
        self.context.close()
        assert self.wrong == []
        assert [address for address in self.asked if not address.startswith("file:")] == []
        assert len({address.partition("#")[0] for address in self.asked}) == 1, self.asked


CONTRAST = """() => {
  const parse = (text) => { const found = text.match(/[\\d.]+/g).map(Number); return found.length < 4 ? [...found, 1] : found; };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (color) => { const [r, g, b] = color.slice(0, 3).map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const backOf = (node) => { const layers = []; for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]); };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
  const found = [];
  const check = (node, style, text, back) => { const value = ratio(over(parse(style.color), back), back); found.push([Math.round(value * 100) / 100, text.trim().slice(0, 20), node.className]); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || ['SCRIPT', 'STYLE', 'OPTION'].includes(node.tagName)) continue;
    check(node, getComputedStyle(node), walker.currentNode.data, backOf(node));
  }
  for (const node of document.querySelectorAll('.mark')) { const style = getComputedStyle(node, '::after'); check(node, style, style.content, parse(style.backgroundColor)); }
  const input = document.querySelector('#text');
  if (input) check(input, getComputedStyle(input, '::placeholder'), 'placeholder', backOf(input));
  return found;
}"""
"""The contrast of every text on the page with what is behind it: ratio, text, class."""
