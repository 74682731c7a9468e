"""A rule's page for reading: on the screen, and as the help that a SARIF log carries along."""

from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.display import escape_controls
from zhijiao20.core.rule_table import SEVERITY_NAMES, Rule
from zhijiao20.rules.documentation import Example, Page


def lines(page: Page) -> Iterator[str]:
    """The page line by line, title first."""
    rule = page.rule
    yield f"{rule.code} {rule.name}　{rule.title}"
    yield weight_line(rule)
    yield ""
    yield from page.why.split("\n")
    for heading, examples in (("错", page.wrong), ("对", page.right)):
        yield ""
        yield f"{heading}："
        for example in examples:
            yield from _shown(example)
    yield ""
    yield f"依据：{page.source}"


def weight_line(rule: Rule) -> str:
    """How much a rule weighs, and whether the program can put it right."""
    return f"{SEVERITY_NAMES[rule.severity]}，{'可以' if rule.fixable else '不能'}自动改"


def _shown(example: Example) -> Iterator[str]:
    for name, content in example.files.items():
        yield f"  · {name}"
        yield from (f"      {escape_controls(line)}" for line in content.rstrip("\n").split("\n"))
    if not example.files:
        first, *others = map(escape_controls, example.text.split("\n"))
        yield f"  · {where(example)}{first or '（空）'}"
        yield from (f"    {line}" for line in others)


def where(example: Example) -> str:
    """The task and 进展 of a text where they matter, the kind of file where it is told in words."""
    if example.kind:
        return "" if example.kind == "文件" else f"（{example.kind}）"
    if example.tasks == ("1.1",) and not example.progress:
        return ""
    return f"〔{' '.join(filter(None, ('、'.join(example.tasks), example.progress)))}〕"
