"""Read the lines above a table, such as 填报单位：X and 报告期：X; one line can hold several labels."""

from __future__ import annotations

import re
from functools import cache

UNIT_LINE = "填报单位"
"""The label of the unit in the lines above the table."""


def value_after(label: str, line: str) -> str | None:
    """Return the value after ``label：`` in a line, None where the line has no such label.

    Underscores and a request for a seal such as （盖章） count as empty.  Other labels may follow on the same line
    after a tab or several spaces (``填报单位：甲　　填报时间：……``), and parentheses may follow the label
    (``填报单位（盖章）：``).
    """
    span = _value_span(label, line)
    if span is None:
        return None
    value = line[slice(*span)].strip().strip("_＿").strip()
    return "" if _SEAL.fullmatch(value) else value  # such as ________（盖章）


_SEARCH_LIMIT = 300  # characters at the start of a line in which a label is searched
_NEXT = re.compile(r"(?:\t|(?<![ \u3000\u00a0])[ \u3000\u00a0]{2,}+)\S{2,8}[:：]")
_SEAL = re.compile("[（(](?:盖章|公章)[）)]")


@cache
def _pattern(label: str) -> re.Pattern[str]:
    spaced = r"\s{0,9}".join(label)  # also matches 填 报 单 位
    return re.compile(rf"(?:^|\s){spaced}\s{{0,9}}(?:[（(][^）)]{{0,40}}[）)])?\s{{0,9}}[:：]")


def _value_span(label: str, line: str) -> tuple[int, int] | None:
    """Return begin and end of the value after a label: up to the next label or the line end."""
    match = _pattern(label).search(line, 0, _SEARCH_LIMIT)
    if match is None:
        return None
    following = _NEXT.search(line, match.end())
    return match.end(), following.start() if following else len(line)


def blank_after(label: str, line: str) -> tuple[int, int] | None:
    """Return begin and end of the blank after ``label：``, None where it has a value."""
    return None if value_after(label, line) else _value_span(label, line)
