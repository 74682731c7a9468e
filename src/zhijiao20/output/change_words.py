"""Say in words what happened to an answer; show a changed text on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from zhijiao20.core.display import escape_controls
from zhijiao20.core.round_changes import Presence, RoundCounts, TaskChange, TaskState, UnitChange
from zhijiao20.core.text_changes import Kind, Piece

STATES = {TaskState.CHANGED: "改动", TaskState.NEW: "新填", TaskState.EMPTIED: "清空", TaskState.PROGRESS: "只变进展"}
"""Display names of what happened to an answer."""

_CONTEXT = 15  # characters shown on each side of a change
_NUMBER, _NUMBER_LIMIT = "0123456789.%", 10  # characters of numbers; how many are added at most to complete one
_ARROW_LIMIT = 40  # characters; a longer replacement is told as taken out and put in
_NAMES = {Kind.OUT: "删去", Kind.IN: "增加", Kind.MOVED_OUT: "移走", Kind.MOVED_IN: "移到这里"}


def progress_words(change: TaskChange) -> str:
    """Return how 进展 changed; empty if it is the same."""
    if change.old_progress == change.new_progress:
        return ""
    return f"{change.old_progress or '（未填）'}→{change.new_progress or '（未填）'}"


def unit_words(change: UnitChange) -> str:
    """Return in words what changed in a unit."""
    counts = {state: sum(task.state is state for task in change.tasks) for state in TaskState}
    parts = [f"{STATES[state]} {number} 项" for state, number in counts.items() if number]
    if change.state is Presence.NEW:
        return f"本期新有（{'、'.join(parts) or '没有填'}）"
    if change.state is Presence.GONE:
        return f"本期没有（上期填了 {len(change.tasks)} 项）"
    if not parts:
        return f"没有变化（{change.unchanged} 项）"
    others = f"，其余 {change.unchanged} 项没有变化" if change.unchanged else ""
    return f"{'、'.join(parts)}{others}"


def counts_words(counts: RoundCounts) -> Iterator[str]:
    """Yield two lines that say how much changed between two rounds."""
    both = counts.units[Presence.BOTH]
    gone, new = (counts.units[state] for state in (Presence.GONE, Presence.NEW))
    only = [f"{word} {number} 个" for word, number in (("只在上期的", gone), ("只在本期的", new)) if number]
    changed = f"{counts.changed_units} 个单位有变化" if counts.changed_units else "没有变化"
    yield f"{'，'.join([f'两期都有的单位 {both} 个', *only])}。{changed}。"
    parts = [f"{name} {counts.tasks[state]} 项" for state, name in STATES.items() if counts.tasks[state]]
    yield f"任务：{'，'.join([*parts, f'没有变化 {counts.unchanged} 项'])}。"


def marked(pieces: Sequence[Piece]) -> Iterator[tuple[str, Kind]]:
    """Yield the parts of a changed text on one line, each with what happened to it; long unchanged parts are cut.

    What was taken out and put in stands in 〖〗.
    """
    last = len(pieces) - 1
    following = [*(after for _, after in pairwise(pieces)), None]
    replaced = False
    for index, (piece, after) in enumerate(zip(pieces, following, strict=True)):
        if replaced:
            replaced = False
            continue
        if piece.kind is Kind.SAME:
            yield _shorten(piece.text, first=index == 0, last=index == last), Kind.SAME
        elif _is_replacement(piece, after):
            assert after is not None, "a replacement has two pieces"
            yield f"〖{_line(piece.text)}→{_line(after.text)}〗", Kind.IN
            replaced = True
        else:
            yield f"〖{_NAMES[piece.kind]}：{_line(piece.text)}〗", piece.kind


def _is_replacement(piece: Piece, after: Piece | None) -> bool:
    """Check whether two pieces are one word for another, short enough to be read side by side."""
    return (
        piece.kind is Kind.OUT
        and after is not None
        and after.kind is Kind.IN
        and max(len(piece.text), len(after.text)) <= _ARROW_LIMIT
    )


def _shorten(text: str, *, first: bool, last: bool) -> str:
    """Return an unchanged part with the characters next to the changes only."""
    left, right = (0 if first else _CONTEXT), (0 if last else _CONTEXT)
    if len(text) <= left + right + 2:
        return _line(text)
    return f"{_line(text[:left])}……{_line(text[_before_number(text, len(text) - right) :])}"


def _before_number(text: str, at: int) -> int:
    """Return the offset before the number that stands at an offset: 2020年 is not shown as 20年."""
    if at == len(text) or text[at] not in _NUMBER:
        return at
    before = text[max(0, at - _NUMBER_LIMIT) : at]
    return at - (len(before) - len(before.rstrip(_NUMBER)))


def _line(text: str) -> str:
    return escape_controls(text.replace("\n", "↵"))
