"""Format the units of a report as a table: one line for each unit."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from itertools import islice

from rich.console import Console
from rich.table import Table
from rich.text import Text

from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import UnitCounts
from zhijiao20.core.rule_table import SEVERITY_NAMES

LIMIT = 40_000
"""Limit of the bytes of a table; the units above it are counted."""

_ROWS = 400  # units shown at most
_MAX_CHARS = 200  # characters of a cell


def format_units(units: Collection[UnitCounts], width: int) -> str:
    """Return the table, and a line that counts the units that it has no room for.

    Args:
        units: the units.
        width: the columns of the terminal.
    """
    rows: list[list[str]] = []
    size = 0
    for row in map(_row, islice(units, _ROWS)):
        size += len("".join(row).encode())
        if size > LIMIT:
            break
        rows.append(row)
    while (size := len((table := _format_rows(rows, width)).encode())) > LIMIT:  # columns are as wide as their widest
        del rows[len(rows) * LIMIT // size :]
    if len(units) > len(rows):
        table += (
            f"……还有 {len(units) - len(rows)} 个单位没有显示；用 zhijiao20 validate --output-format json 查看全部\n"
        )
    return table


def _row(unit: UnitCounts) -> list[str]:
    texts = (unit.unit, "、".join(unit.files), *(str(unit.counts[severity]) for severity in SEVERITY_NAMES))
    return [escape_controls(text if len(text) <= _MAX_CHARS else text[:_MAX_CHARS] + "……") for text in texts]


def _format_rows(rows: Iterable[Iterable[str]], width: int) -> str:
    table = Table(box=None, pad_edge=False, collapse_padding=True, header_style="")
    for title in ("单位", "文件"):
        table.add_column(title, overflow="fold")
    for title in SEVERITY_NAMES.values():
        table.add_column(title, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*map(Text, row))
    stream = io.StringIO()
    Console(file=stream, width=width, no_color=True).print(table)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())
