"""Write docs/rules from the pages of the rules: a file a rule, and an index."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from zhijiao20.core.display import escape_controls
from zhijiao20.core.rule_table import FAMILIES, FAMILY_NAMES, RULES, SEVERITY_NAMES
from zhijiao20.output.rule_page import example_context, severity_line
from zhijiao20.rules.documentation import Example, Page, page_of

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"
_FENCES = {"yaml", "csv"}


def build() -> dict[str, str]:
    """The files of docs/rules by their names."""
    written = [page_of(code) for code in RULES]
    return {"README.md": _index(written)} | {f"{page.rule.code}.md": _page(page) for page in written}


def _index(written: list[Page]) -> str:
    lines = [
        "# 审核规则",
        "",
        "每条规则一页：为什么、怎样算错、怎样算对、依据哪里来。依据分三种：规定（必须）、一般（通常）、实务（各地的做法）。",
        "终端里看：`zhijiao20 rules ZJ203`。本文件夹由 scripts/build_rule_docs.py 从程序里的说明生成。",
    ]
    for family, members in groupby(written, key=lambda page: page.rule.family):
        number = FAMILIES.index(family)
        lines += [
            "",
            f"## ZJ{number} {FAMILY_NAMES[number]}",
            "",
            "| 编号 | 轻重 | 可自动改 | 说的是 |",
            "|---|---|---|---|",
        ]
        for page in members:
            rule = page.rule
            fixable = "是" if rule.fixable else ""
            link = f"[{rule.code}]({rule.code}.md)"
            lines.append(f"| {link} | {SEVERITY_NAMES[rule.severity]} | {fixable} | {rule.title} |")
    return "\n".join(lines) + "\n"


def _page(page: Page) -> str:
    rule = page.rule
    lines = [f"# {rule.code} {rule.title}", "", f"`{rule.name}`：{severity_line(rule)}。", "", page.why]
    for heading, examples in (("错", page.wrong), ("对", page.right)):
        lines += ["", f"## {heading}"]
        for number, example in enumerate(examples, start=1):
            lines += ["", *_example(example, number)]
    lines += ["", f"依据：{page.source}", "", "[全部规则](README.md)"]
    return "\n".join(lines) + "\n"


def _example(example: Example, number: int) -> Iterator[str]:
    if not example.files:
        yield from _block("text", f"{example_context(example)}{example.text or '（空）'}")
    for index, (name, content) in enumerate(example.files.items()):
        yield from (["", f"和 `{name}`"] if index else [f"例 {number}：`{name}`"])
        yield ""
        yield from _block(example.kind if example.kind in _FENCES else "text", content.rstrip("\n"))


def _block(kind: str, content: str) -> Iterator[str]:
    """A text as it is: whatever a file holds is no markup here."""
    yield f"```{kind}"
    yield from map(escape_controls, content.split("\n"))
    yield "```"


def main() -> None:
    """Write every file, and take away pages of rules that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    files = build()
    for stale in set(FOLDER.glob("*.md")) - {FOLDER / name for name in files}:
        stale.unlink()
    for name, text in files.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(files)} files in {FOLDER}", file=sys.stderr)


if __name__ == "__main__":
    main()
