"""Check the values of the lines above the table: 单位 and 报告期."""

from __future__ import annotations

from zhijiao20.core.errors import UsageError
from zhijiao20.core.submission import UNIT_LIMIT, unit_problem


def check_heading(unit: str, period: str) -> None:
    """Check that 单位 and 报告期 are valid as one line; empty ones are not checked.

    Raises:
        UsageError: 单位 or 报告期 is blank, too long, or has line breaks or control characters.
    """
    for name, value in (("单位", unit), ("报告期", period)):
        if value and (problem := unit_problem(value)):
            raise UsageError(f"{problem.replace('单位', name, 1)}，没有生成文件。请写在一行里，1 至 {UNIT_LIMIT} 个字")
