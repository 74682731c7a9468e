"""The overview page of 1,000 units × 87 tasks: its size, how soon Chromium shows it, how soon a filter has worked.

``python bench/overview.py`` writes the units of ``corpus.py`` with texts of 75 characters (``--length`` takes others)
into a temporary folder and prints a table; ``--many`` adds a folder of pages for 12,000 units.  Chromium is that of
the system, driven by playwright; each figure is the median of several, by the clock.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import corpus
from cost import LIMIT, machine, ours
from playwright.sync_api import Browser, Page, sync_playwright

_TIMES = 5
_SOUGHT = ("智能", "教师", "资金", "abc", "考核", "企业", "第一季度")
_ACT = """([id, value]) => {
  const shown = document.documentElement.dataset.shown, start = performance.now(), node = document.getElementById(id);
  node.value = value;
  node.dispatchEvent(new Event(id === 'text' ? 'input' : 'change'));
  return new Promise((done) => {
    const wait = () => (document.documentElement.dataset.shown === shown ? setTimeout(wait)
      : requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))));
    wait();
  });
}"""


def write(folder: Path, count: int, length: int) -> tuple[str, str]:
    """Write the files of the units and a roster of them; return the folder of the files, and the roster."""
    sent = folder / "收件"
    sent.mkdir(parents=True)
    rows = ["单位,上级,类别"]
    for index, (name, texts) in enumerate(islice(corpus.units(count), count)):
        rows.append(f"{name},第{index // 900 + 1}市教育局,{name[-2:]}")
        cut = {task: text[:length] for task, text in texts.items()}
        (sent / f"{index:05}.yaml").write_bytes(corpus.as_yaml(name, cut))
    roster = folder / "名册.csv"
    roster.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(sent), str(roster)


def opened(browser: Browser, page: Path) -> tuple[Page, float]:
    """Open the page; return it, and the seconds until the first matrix stands."""
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    start = perf_counter()
    tab.goto(page.as_uri(), wait_until="commit")
    tab.wait_for_selector("td[data-at]")
    return tab, perf_counter() - start


def row(what: str, value: str, most: str) -> None:
    """Print a row."""
    print(f"| {what} | {value} | {most} |", flush=True)


def measure(page: Path) -> None:
    """Print what the page takes in Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        times = []
        for _ in range(_TIMES):
            tab, seconds = opened(browser, page)
            times.append(seconds)
            tab.close()
        row("open to the first matrix", f"{median(times):.2f} s", "3 s")
        tab, _ = opened(browser, page)
        tab.wait_for_function("() => !document.querySelector('script.pack')")
        texts = [tab.evaluate(_ACT, ["text", word]) for word in _SOUGHT]
        row("filter by text", f"{median(texts):.0f} ms", "200 ms")
        tab.evaluate(_ACT, ["text", ""])
        values = tab.evaluate("() => [...document.getElementById('category').options].map((one) => one.value)")
        chosen = [tab.evaluate(_ACT, ["category", value]) for value in values[:_TIMES]]
        row("filter by 类别", f"{median(chosen):.0f} ms", "200 ms")
        browser.close()


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--length", type=int, default=75)
    parser.add_argument("--many", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhijiao20-bench-") as name:
        folder = Path(name)
        sent, roster = write(folder, options.units, options.length)
        args, page = (sent, "--roster", roster), folder / "总览.html"
        print(f"| {options.units:,} units, texts of {options.length} | | at most |\n|---|---|---|")
        plain = ours("collect", "--no-cache", *args, cache=folder / "cache")
        taken = ours("collect", "--no-cache", *args, "-o", str(page), cache=folder / "cache")
        row("collect", f"{plain.cpu:.1f} s CPU, {plain.peak:.0f} MiB", "")
        row("collect -o 总览.html", f"{taken.cpu:.1f} s CPU, {taken.peak:.0f} MiB", f"{LIMIT} MiB")
        row("the file", f"{page.stat().st_size / 2**20:.1f} MiB", "30 MiB")
        measure(page)
        if options.many:
            sent, roster = write(folder / "many", 12_000, options.length)
            pages = folder / "many" / "总览"
            args = (sent, "--roster", roster, "-o", str(pages))
            taken = ours("collect", "--no-cache", *args, cache=folder / "cache")
            row("12,000 units, a page for each 上级", f"{taken.cpu:.1f} s CPU, {taken.peak:.0f} MiB", f"{LIMIT} MiB")
            row("its pages", f"{len(list(pages.glob('*.html')))}", "")
    print(f"\n{machine()}.")


if __name__ == "__main__":
    main()
