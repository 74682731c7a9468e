"""The changes between two rounds for people: one line a unit, then each changed passage; at most 200 KB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from zhijiao20.core.display import escape_controls
from zhijiao20.core.round_changes import RoundCounts, TaskChange, TaskState, UnitChange
from zhijiao20.core.text_changes import Kind, changes
from zhijiao20.output.change_words import STATES, counts_words, marked, progress_words, unit_words
from zhijiao20.output.terminal import console_for

LIMIT = 170_000
"""Limit of the bytes; above it no further line is printed, but counted."""

_LEGEND = "〖上期的→本期的〗是改了的地方，……是没有改的，↵ 是换段。"
_PASSAGE = 10_000  # characters shown of a changed passage
_STYLES = {Kind.OUT: "red", Kind.MOVED_OUT: "red", Kind.IN: "green", Kind.MOVED_IN: "green", Kind.SAME: ""}


def write(counts: RoundCounts, units: Iterable[UnitChange], stream: TextIO) -> None:
    """Write the counts, then each unit with its changed passages."""
    console = console_for(stream)
    legend = [_LEGEND] if counts.tasks else []
    for line in (*counts_words(counts), *legend, ""):
        _print(console, Text(line))
    size = 0
    units_left, tasks_left = sum(counts.units.values()), sum(counts.tasks.values())
    for unit in units:
        if size > LIMIT:
            break
        units_left -= 1
        size += _print(console, Text(f"{escape_controls(unit.unit)}：{unit_words(unit)}", style="bold"))
        for task in unit.tasks:
            if size > LIMIT:
                break
            tasks_left -= 1
            size += sum(_print(console, line) for line in _passage(task))
    if units_left or tasks_left:
        more = f"……还有 {units_left} 个单位、{tasks_left} 项变化没有显示"
        _print(
            console, Text(f"{more}；全部的变化见 -o 对照.docx（.xlsx、.html），或 --output-format json", style="bold")
        )


def _passage(task: TaskChange) -> Iterator[Text]:
    """Yield the lines about an answer: what happened to it and to its 进展, then the text."""
    first = Text(f"  {task.task}", style="bold").append(f"　{STATES[task.state]}", style="not bold")
    if words := progress_words(task):
        first.append(f"　进展 {words}", style="not bold")
    yield first
    if task.state is TaskState.PROGRESS:
        return
    line = Text("    ")
    room = _PASSAGE
    for text, kind in marked(changes(task.old, task.new)):
        line.append(text[:room], style=_STYLES[kind])
        room -= len(text)
        if room < 0:
            line.append("……（后面太长，没有显示）")
            break
    yield line


def _print(console: Console, line: Text) -> int:
    """Print a line and return its size in bytes."""
    console.print(line, soft_wrap=True)
    return len(line.plain.encode("utf-8", "replace"))
