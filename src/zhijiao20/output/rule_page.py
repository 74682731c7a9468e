"""Format the page of a rule as text: for the terminal, and for the help in a SARIF log."""

from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.display import escape_controls
from zhijiao20.core.rule_table import SEVERITY_NAMES, Rule
from zhijiao20.rules.documentation import Example, Page


def page_lines(page: Page) -> Iterator[str]:
    """Yield the lines of a page, title first."""
    rule = page.rule
    yield f"{rule.code} {rule.name}　{rule.title}"
    yield severity_line(rule)
    yield ""
    yield from page.why.split("\n")
    for heading, examples in (("错", page.wrong), ("对", page.right)):
        yield ""
        yield f"{heading}："
        for example in examples:
            yield from _example_lines(example)
    yield ""
    yield f"依据：{page.source}"


def severity_line(rule: Rule) -> str:
    """Return the severity of a rule, and whether the program can fix its findings."""
    return f"{SEVERITY_NAMES[rule.severity]}，{'可以' if rule.fixable else '不能'}自动改"


def _example_lines(example: Example) -> Iterator[str]:
    for name, content in example.files.items():
        yield f"  · {name}"
        yield from (f"      {escape_controls(line)}" for line in content.rstrip("\n").split("\n"))
    if not example.files:
        first, *rest = map(escape_controls, example.text.split("\n"))
        yield f"  · {example_context(example)}{first or '（空）'}"
        yield from (f"    {line}" for line in rest)


def example_context(example: Example) -> str:
    """Return task and 进展 of an example if they matter, or the kind of file that it describes."""
    if example.kind:
        return "" if example.kind == "文件" else f"（{example.kind}）"
    if example.tasks == ("1.1",) and not example.progress:
        return ""
    return f"〔{' '.join(filter(None, ('、'.join(example.tasks), example.progress)))}〕"
