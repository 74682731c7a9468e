"""Report what a roster says: its units and their duties, and the tasks that nobody answers for."""

from __future__ import annotations

import io
from itertools import islice
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.duties import show_tasks
from zhijiao20.core.fields import CATEGORY, SUPERIOR, TASKS, UNIT
from zhijiao20.core.findings import Report
from zhijiao20.core.roster import LEADS, Roster, RosterUnit
from zhijiao20.core.rule_table import Severity
from zhijiao20.output.json import finding_as_dict, write_document
from zhijiao20.output.terminal import console_for, write_findings

_ROWS = 1000  # units shown at most
_MAX_CHARS = 200  # characters of a cell
_LIMIT = 100_000  # bytes of the texts of the table


def write_text(roster: Roster, report: Report, catalog: Catalog, stream: TextIO) -> None:
    """Write the findings, a line for each unit, and the tasks that nobody answers for."""
    write_findings(report, stream, command="roster")
    console = console_for(stream)
    if report.failed:
        console.print(f"名册还不能用：{report.count(Severity.ERROR)} 个错误。改好以后再查一遍。", soft_wrap=True)
        return
    stream.write(_table(roster, catalog, console.width))
    own = sum(unit.deadline is not None for unit in roster.units)
    dated = f"，其中 {own} 个有自己的截止日期" if own else ""
    console.print(f"\n名册可以用：{len(roster.units)} 个单位{dated}。{_unassigned(roster, catalog)}", soft_wrap=True)


def _unassigned(roster: Roster, catalog: Catalog) -> str:
    """Return a sentence on the tasks that nobody answers for."""
    tasks = roster.unassigned(catalog.tasks)
    if not tasks:
        return "每项任务都有单位负责。"
    return f"没有单位负责的任务有 {len(tasks)} 项：{show_tasks(tasks, catalog)}。"


def _table(roster: Roster, catalog: Catalog, width: int) -> str:
    shown = [
        (name, text)
        for name, text in (
            (UNIT, lambda unit: unit.name),
            (SUPERIOR, lambda unit: unit.superior),
            (CATEGORY, lambda unit: unit.category),
            (TASKS, lambda unit: f"{show_tasks(unit.tasks, catalog)}（{len(unit.tasks)} 项）"),
            (LEADS, lambda unit: show_tasks(unit.leads, catalog)),
        )
        if name in {UNIT, TASKS} or any(map(text, roster.units))
    ]
    table = Table(box=None, pad_edge=False, collapse_padding=True, header_style="")
    for name, _ in shown:
        table.add_column(name, overflow="fold")
    size = rows = 0
    for unit in islice(roster.units, _ROWS):
        texts = [_shorten(text(unit)) for _, text in shown]
        size += len("".join(texts).encode())
        if size > _LIMIT:
            break
        table.add_row(*map(Text, texts))
        rows += 1
    stream = io.StringIO()
    widest = max(width, 20) if width < 1000 else 1000
    Console(file=stream, width=widest, no_color=True).print(table)
    lines = "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())
    if rows < len(roster.units):
        lines += (
            f"……还有 {len(roster.units) - rows} 个单位没有显示；用 zhijiao20 roster --output-format json 查看全部\n"
        )
    return lines


def _shorten(text: str) -> str:
    return escape_controls(text if len(text) <= _MAX_CHARS else text[:_MAX_CHARS] + "……")


def write_json(roster: Roster, report: Report, catalog: Catalog, stream: TextIO) -> None:
    """Write every unit with its tasks, the tasks that nobody answers for, and the findings, as JSON."""
    document = {
        "version": 1,
        "roster": roster.file,
        "summary": {"units": len(roster.units), **{f"{severity}s": report.count(severity) for severity in Severity}},
        "units": map(_unit_as_dict, roster.units),
        "unassigned": roster.unassigned(catalog.tasks),
        "findings": map(finding_as_dict, report.findings),
    }
    write_document(document, stream)


def _unit_as_dict(unit: RosterUnit) -> dict[str, object]:
    return {
        "unit": unit.name,
        "aliases": list(unit.aliases),
        "superior": unit.superior,
        "category": unit.category,
        "tasks": list(unit.tasks),
        "leads": list(unit.leads),
        "format": unit.format,
        "deadline": unit.deadline.isoformat() if unit.deadline else None,
        "contact": unit.contact,
        "phone": unit.phone,
    }
