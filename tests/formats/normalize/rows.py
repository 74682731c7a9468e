"""Rows as a CSV file gives them, and the way from rows to submissions."""

from __future__ import annotations

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding, Place
from zhijiao20.core.submission import Submission
from zhijiao20.formats.normalize.table import trees_from_table
from zhijiao20.formats.normalize.tree import submission_from_tree
from zhijiao20.formats.raw import Node, Pairs, Scalar, Table

FIRST = "严把教学标准和毕业学生质量标准两个关口。"
ALL_COLUMNS = "单位、报告期、编号、部分、条目、任务、进展、落实情况、佐证、说明"


def table(*rows: str | list[str]) -> Table:
    """A table of rows as a CSV file gives it: ``|`` parts the cells, line and field from 1."""
    return Table(
        tuple(
            tuple(
                Scalar(text, Place(line, column))
                for column, text in enumerate(row.split("|") if isinstance(row, str) else row, start=1)
            )
            for line, row in enumerate(rows, start=1)
        )
    )


def trees(catalog: Catalog, *rows: str | list[str]) -> tuple[list[Pairs], list[Finding]]:
    """The trees of a table in a file 澄州市教育局.csv, and the findings."""
    out = Collector("澄州市教育局.csv")
    return trees_from_table(table(*rows), catalog, out, "澄州市教育局"), out.findings


def read(catalog: Catalog, *rows: str | list[str]) -> tuple[list[Submission], list[Finding]]:
    """The submissions of a table, as the program reads them."""
    out = Collector("澄州市教育局.csv")
    read = [
        submission_from_tree(tree, catalog, out)
        for tree in trees_from_table(table(*rows), catalog, out, "澄州市教育局")
    ]
    return [submission for submission in read if submission is not None], out.findings


def said(finding: Finding) -> tuple[str, Place, str | None, str]:
    """Code, place, task and message."""
    return finding.rule.code, finding.place, finding.task, finding.message


def entries(tree: Pairs) -> list[dict[str, Node]]:
    """The entries under 任务, fields by name."""
    tasks = next(node for key, node in tree.pairs if key.text == "任务")
    assert isinstance(tasks, Pairs)
    return [{key.text: field for key, field in entry.pairs} for _, entry in tasks.pairs if isinstance(entry, Pairs)]


def codes(findings: list[Finding]) -> list[str]:
    """The codes in order."""
    return [finding.rule.code for finding in findings]
