"""Read the lines above or below a table: 填报单位：X, 报告期：X; one line can hold several labels.  No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from zhijiao20.core.fields import PERIOD, UNIT
from zhijiao20.core.lazy_regex import lazy_regex

UNIT_LINE = "填报单位"
"""The label of the unit on the official form."""

UNIT_LABELS = (
    UNIT_LINE,
    "报送单位",
    "上报单位",
    "填表单位",
    "填写单位",
    "报告单位",
    "单位名称",
    "单位全称",
    "填报部门",
    "报送部门",
    "上报部门",
    "填表部门",
    "部门名称",
    "填报学校",
    "学校名称",
)
"""The labels by which offices name the unit; 单位 alone may be the unit of measure."""

OTHER_LABELS = (
    *(
        "填报日期",
        "填报时间",
        "填表日期",
        "填表时间",
        "报送日期",
        "报送时间",
        "上报日期",
        "上报时间",
        "制表日期",
        "制表时间",
    ),
    *("填报人", "填表人", "报送人", "制表人", "审核人", "审批人", "签发人", "经办人", "联系人", "负责人", "单位负责人"),
    *("分管领导", "主要负责人", "填报人及电话", "联系人及电话", "联系电话", "联系方式", "办公电话", "手机", "电话"),
    *("传真", "邮箱", "电子邮箱", "邮编", "地址", "盖章", "公章", "单位盖章", "签字", "日期", "时间", "填报期", PERIOD),
)
"""Labels that may follow the unit on its line; none of them is part of a name."""

_SEARCH_LIMIT = 300  # characters at the start of a line in which a label is searched
_LABEL_LIMIT = 60  # characters of a cell that holds nothing but a label
_GAP = r"(?:\t|(?<![ \u3000\u00a0])[ \u3000\u00a0]{2,}+)"  # parts a value from any label behind it
_REMARK = r"\s{0,9}(?:[（(][^）)]{0,40}[）)])?\s{0,9}[:：]"
_SEAL = lazy_regex(r"[（(]\s*(?:盖\s*章|公\s*章|章)\s*[）)]")
_MEASURE = lazy_regex(
    r"\s*[十百千万亿]{0,2}(?:元|个|人|名|所|亩|项|次|台|套|件|%|％|平方米|公里|人次|美元)(?:[、，,/]\S*)?\s*\Z"
)


def value_after(label: str, line: str) -> str | None:
    """Return the value after ``label：`` in a line, None where the line has no such label.

    Underscores and a request for a seal such as （盖章） count as empty.  Other labels may follow on the same line
    after a tab or several spaces (``填报单位：甲　　填报时间：……``), the usual ones after one space or none, and
    parentheses may follow the label (``填报单位（盖章）：``).
    """
    span = value_span(label, line)
    if span is None:
        return None
    value = line[slice(*span)].strip().strip("_＿").strip()
    return "" if _SEAL.fullmatch(value) else value  # such as ________（盖章）


def value_span(label: str, line: str) -> tuple[int, int] | None:
    """Return begin and end of the value after a label: up to the next label or the line end."""
    match = _pattern((label,)).search(line, 0, _SEARCH_LIMIT)
    if match is None:
        return None
    following = _next_label().search(line, match.end())
    return match.end(), following.start() if following else len(line)


def without_label(label: str, line: str) -> str:
    """Return a line without a label and the value after it."""
    match, span = _pattern((label,)).search(line, 0, _SEARCH_LIMIT), value_span(label, line)
    return line if match is None or span is None else line[: match.start()] + " " + line[span[1] :]


def unit_in_lines(lines: Iterable[str]) -> tuple[int, str, str] | None:
    """Return the unit that one of the lines names behind any of the usual labels.

    Args:
        lines: the lines in order.

    Returns:
        The number of the line, counted from 0, the label and the name; None where no line names one.  填报单位 goes
        before the other labels, and 单位 alone comes last, unless it gives a unit of measure.
    """
    lines = list(lines)
    best: tuple[int, int, str, str] | None = None
    for number, line in enumerate(lines):
        for rank, labels in enumerate((UNIT_LABELS[:1], UNIT_LABELS[1:], (UNIT,))):
            match = _pattern(labels).search(line, 0, _SEARCH_LIMIT)
            label = "".join(match["label"].split()) if match else ""
            value = value_after(label, line) if match else ""
            if value and not (label == UNIT and _MEASURE.match(value)) and (best is None or rank < best[0]):
                best = (rank, number, label, value)
    if best is None:
        matches = ((number, _without_colon().match(line, 0, _SEARCH_LIMIT)) for number, line in enumerate(lines))
        best = next(((3, n, "".join(m["label"].split()), m["name"]) for n, m in matches if m), None)
    return None if best is None else best[1:]


def is_label(text: str) -> bool:
    """Check whether a text is a label of the unit or of the 报告期 without a colon, such as 填报单位（盖章）."""
    short = len(text) <= _LABEL_LIMIT and not text.endswith((":", "："))
    return short and _begin((*UNIT_LABELS, UNIT, PERIOD)).fullmatch(text) is not None


def begins_with_unit(text: str) -> bool:
    """Check whether a text begins with a label of the unit, with or without a colon behind it."""
    match = None if text[:1].isdigit() else _begin(UNIT_LABELS).match(text, 0, _LABEL_LIMIT)
    return match is not None and (match.end() == len(text) or match[0].endswith((":", "：")))


@cache
def _begin(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s{{0,9}}(?:{_spaced(labels)})\s{{0,9}}(?:[（(][^）)]{{0,40}}[）)])?\s{{0,9}}[:：]?")


@cache
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)(?P<label>{_spaced(labels)}){_REMARK}")


@cache
def _without_colon() -> re.Pattern[str]:
    """Return a pattern for a line with a label of the unit, a blank and one word; other labels may follow."""
    remark = r"(?:[（(][^）)]{0,40}[）)])?"
    others = r"(?:\s{1,40}\S{2,8}\s?[:：].{0,200})?"
    word = r"(?P<name>[^\s，。；：:,;_＿（(]{2,60}(?:[（(][^）)]{1,20}[）)])?)"
    return re.compile(
        rf"\s{{0,9}}(?P<label>{_spaced(UNIT_LABELS)}){remark}[ \t\u3000\u00a0]{{1,40}}{word}{others}\s{{0,40}}\Z"
    )


@cache
def _next_label() -> re.Pattern[str]:
    labels = _spaced((*UNIT_LABELS, *OTHER_LABELS))
    mark = r"[\s，,；;、]"
    return re.compile(rf"{_GAP}\S{{2,8}}[:：]|(?<!{mark}){mark}*+(?:{labels}){_REMARK}")


def _spaced(labels: Iterable[str]) -> str:
    """Return a pattern for the labels that also matches 填 报 单 位, longest first."""
    return "|".join(r"\s{0,9}".join(label) for label in sorted(labels, key=len, reverse=True))
