"""Raw units as YAML gives them, every entry as nodes, and the way from a unit to a submission."""

from __future__ import annotations

from itertools import count
from typing import Any

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import NOWHERE, Collector, Finding, Place, sort_by_place
from zhijiao20.core.submission import Submission
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.raw import Items, Node, OddEntry, Pairs, RawUnit, Scalar

FIRST = "严把教学标准和毕业学生质量标准两个关口。"
WORDS = "已完成、推进中、未启动、不涉及"
ENTRY_FIELDS = "进展、落实情况、佐证、说明、豁免"


def tree(value: Any, lines: Any = None, place: Place = NOWHERE) -> Node:
    """A tree as YAML gives it: every key and every item on a line of its own, values in column 9.

    A mapping is a dict, or a list of pairs where a key stands twice; a key is a text or a Scalar.
    """
    lines = count(1) if lines is None else lines
    if isinstance(value, str):
        return Scalar(value, place)
    if isinstance(value, dict):
        value = [*value.items()]
        if not value:
            return Pairs((), place)
    if not value or not isinstance(value[0], tuple):
        items = []
        for item in value:
            line = next(lines)
            items.append(tree(item, lines, Place(line, 3)))
        return Items(tuple(items), place)
    pairs = []
    for key, inner in value:
        line = next(lines)
        name = Scalar(key.text, Place(line, 1), key.bare) if isinstance(key, Scalar) else Scalar(key, Place(line, 1))
        pairs.append((name, tree(inner, lines, Place(line, 9))))
    return Pairs(tuple(pairs), place)


def unit(root: Node) -> RawUnit | Scalar | Items:
    """The unit that a tree is: the first mapping 任务 holds its entries."""
    if not isinstance(root, Pairs):
        return root
    raw = RawUnit([], place=root.place)
    for key, node in root.pairs:
        if key.text == "任务" and isinstance(node, Pairs) and raw.tasks_place is None:
            raw.tasks_place = node.place
            raw.entries = [OddEntry(*pair) for pair in node.pairs]
            raw.bare = [task for task, _ in node.pairs if task.bare]
        else:
            raw.fields.append((key, node))
    return raw


def read(value: Any, catalog: Catalog) -> tuple[Submission | None, list[Finding]]:
    """The submission of a file's tree, and the findings as a report shows them."""
    out = Collector("甲.yaml")
    return build_submission(unit(tree(value, place=Place(1, 1))), catalog, out), sort_by_place(out.findings)


def one(value: Any, catalog: Catalog) -> tuple[Submission | None, Finding]:
    """The same where exactly one finding is due."""
    submission, findings = read(value, catalog)
    (finding,) = findings
    return submission, finding


def entry(value: Any) -> dict[str, Any]:
    """A file of unit 甲 with one entry, 1.1; its fields begin in line 4."""
    return {"单位": "甲", "任务": {"1.1": value}}


def said(finding: Finding) -> tuple[str, int | None, str | None, str]:
    """Code, line, task and message of a finding."""
    return finding.rule.code, finding.place.line, finding.task, finding.message
