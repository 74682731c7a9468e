"""Rows as a CSV file gives them, and the way from rows to submissions."""

from __future__ import annotations

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding, Place
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.normalize.table import units_from_table
from zhijiao20.formats.raw import Items, OddEntry, Pairs, RawTable, RawUnit, Row, Scalar

FIRST = "严把教学标准和毕业学生质量标准两个关口。"
ALL_COLUMNS = "单位、上级、报告期、编号、部分、条目、任务、进展、落实情况、佐证、说明"


def table(*rows: str | list[str]) -> RawTable:
    """A table of rows as a CSV file gives it: ``|`` parts the cells; rows are counted from 1 and read once."""
    cells = [row.split("|") if isinstance(row, str) else row for row in rows]
    return RawTable(Row(number, row) for number, row in enumerate(cells, start=1))


def units(catalog: Catalog, *rows: str | list[str]) -> tuple[list[RawUnit], list[Finding]]:
    """The units of a table in a file 澄州市教育局.csv, and the findings."""
    out = Collector("澄州市教育局.csv")
    return units_from_table(table(*rows), catalog, out, "澄州市教育局"), out.findings


def read(catalog: Catalog, *rows: str | list[str]) -> tuple[list[Submission], list[Finding]]:
    """The submissions of a table, as the program reads them."""
    out = Collector("澄州市教育局.csv")
    found = units_from_table(table(*rows), catalog, out, "澄州市教育局")
    built = [build_submission(unit, catalog, out) for unit in found]
    return [submission for submission in built if submission is not None], out.findings


def said(finding: Finding) -> tuple[str, Place, str | None, str]:
    """Code, place, task and message."""
    return finding.rule.code, finding.place, finding.task, finding.message


def field(entry: Entry | OddEntry, name: str) -> str | tuple[str, ...] | None:
    """A field of an entry, whether it is plain or not; None where it is not there."""
    if isinstance(entry, Entry):
        return {"落实情况": entry.status, "佐证": entry.evidence}[name]
    assert isinstance(entry.node, Pairs)
    node = next((node for key, node in entry.node.pairs if key.text == name), None)
    if isinstance(node, Items):
        return tuple(item.text for item in node.nodes if isinstance(item, Scalar))
    return node.text if isinstance(node, Scalar) else None


def codes(findings: list[Finding]) -> list[str]:
    """The codes in order."""
    return [finding.rule.code for finding in findings]
