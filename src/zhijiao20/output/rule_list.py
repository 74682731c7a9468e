"""Write the list of rules, and their pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

from zhijiao20.core.rule_table import FAMILIES, FAMILY_NAMES, SEVERITY_NAMES, Rule
from zhijiao20.output.rule_page import page_lines
from zhijiao20.rules.documentation import Example, page_of


def write_json(rules: Iterable[Rule], stream: TextIO, *, whole: bool) -> None:
    """Write the rules as a JSON list, each with its ``whole`` page or with its table row only."""
    json.dump([_as_dict(rule, whole=whole) for rule in rules], stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _as_dict(rule: Rule, *, whole: bool) -> dict[str, object]:
    fields: dict[str, object] = {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.value,
        "fixable": rule.fixable,
        "title": rule.title,
    }
    if whole:
        page = page_of(rule.code)
        fields |= {
            "why": page.why,
            "wrong": [_example(example) for example in page.wrong],
            "right": [_example(example) for example in page.right],
            "source": page.source,
            "strength": page.strength,
        }
    return fields


def _example(example: Example) -> dict[str, object]:
    if example.files:
        return {"files": dict(example.files)}
    if example.kind:
        return {"kind": example.kind, "told": example.text}
    return {"text": example.text, "tasks": list(example.tasks), "progress": example.progress or None}


def write_table(rules: Iterable[Rule], stream: TextIO) -> None:
    """Write the rules as a table, with a section for each family."""
    from rich.table import Table

    from zhijiao20.output.terminal import console_for

    console = console_for(stream)
    if not console.is_terminal and console.width > 1000:
        stream.writelines("\t".join(_table_row(rule)) + "\n" for rule in rules)
        return
    table = Table("编号", "名称", "轻重", "可自动改", "说的是", show_lines=False, expand=False)
    for family, members in groupby(rules, key=lambda rule: rule.family):
        table.add_section()
        table.add_row("", FAMILY_NAMES[FAMILIES.index(family)], style="dim")
        for rule in members:
            table.add_row(*_table_row(rule))
    console.print(table)


def _table_row(rule: Rule) -> tuple[str, ...]:
    return rule.code, rule.name, SEVERITY_NAMES[rule.severity], "是" if rule.fixable else "", rule.title


def write_pages(rules: Iterable[Rule], stream: TextIO) -> None:
    """Write the page of every rule as text."""
    for index, rule in enumerate(rules):
        stream.write("\n" if index else "")
        stream.writelines(line + "\n" for line in page_lines(page_of(rule.code)))
