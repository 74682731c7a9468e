"""Report a round for people: one line for each unit, then the files that belong to nobody, then the next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from zhijiao20.core.deadline import show_date
from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Report
from zhijiao20.core.round import STATE_NAMES, OtherFile, Round, State, UnitState
from zhijiao20.core.unread import own_line, set_aside_line
from zhijiao20.output.terminal import console_for
from zhijiao20.output.unit_notes import listed, note, shown

LIMIT = 150_000
"""Limit of the bytes of units and files; what is beyond it is counted."""

_STYLES = {
    **dict.fromkeys((State.MISSING, State.UNREAD, State.SEVERAL, State.BLANK, State.ERRORS), "bold red"),
    State.WARNINGS: "yellow",
    State.CLEAN: "green",
}
_STATE_WIDTH = 8  # columns of the state
_NAME_WIDTH = 30  # columns of the unit at most; a longer name is shown in full all the same
_COUNT_WIDTH = 7  # columns of the number of tasks
_PIPE_CHARS = 400  # characters of a line where there is no width
_LINES = 2  # lines that a unit may take in a terminal


def write(state: Round, report: Report, stream: TextIO, *, next_step: str) -> None:
    """Write the units, the files that belong to nobody, a summary and the next step.

    Args:
        state: the state of the round.
        report: the report of the review, for the files that were passed over.
        stream: the output stream.
        next_step: what to do next, on one line.
    """
    console = console_for(stream)
    _print(console, Text(_heading(state)))
    width = min(_NAME_WIDTH, max((cell_len(shown(unit.label)) for unit in state.units), default=0))
    lines = (_unit_line(unit, state.deadline, width, console.width) for unit in state.units)
    if left := len(state.units) - _print_limited(console, lines, LIMIT):
        _print(console, Text(f"……还有 {left} 个单位没有显示；加 -o 进度.xlsx 或 --output-format json 查看全部"))
    if state.others:
        _print(console, Text(f"\n不知道是哪个单位的文件 {len(state.others)} 个：", style="bold"))
        lines = (_other_line(other, console.width) for other in state.others)
        if left := len(state.others) - _print_limited(console, lines, LIMIT // 5):
            _print(console, Text(f"……还有 {left} 个文件没有显示；用 --output-format json 查看全部"))
    console.print()
    _print(console, _summary(state))
    for line in _notes(report):
        _print(console, Text(f"{line}。"))
    _print(console, Text(f"下一步：{next_step}", style="bold"))


def _heading(state: Round) -> str:
    parts = [f"名册 {shown(state.roster)}"] if state.roster else []
    if state.deadline is not None:
        past = "，已过" if state.today is not None and state.today > state.deadline else ""
        parts.append(f"截止 {show_date(state.deadline)}{past}")
    return f"{len(state.units)} 个单位" + (f"（{'，'.join(parts)}）" if parts else "")


def _unit_line(unit: UnitState, deadline: date | None, name_width: int, width: int) -> Text:
    """Return the line of a unit: state, name, tasks answered of those assigned, and what is to be known."""
    label = shown(unit.label)
    padded = label if cell_len(label) >= name_width else set_cell_size(label, name_width)
    answered = unit.tasks.filled + unit.tasks.not_applicable
    line = Text(set_cell_size(STATE_NAMES[unit.state], _STATE_WIDTH), style=_STYLES[unit.state])
    line.append(f"{padded}  {set_cell_size(f'{answered}/{unit.tasks.assigned}', _COUNT_WIDTH)}", style="default")
    line.append(note(unit, deadline), style="default")
    line.rstrip()
    return _cut(line, width)


def _other_line(other: OtherFile, width: int) -> Text:
    near = f"（名字相近的：{listed([shown(name) for name in other.nearest], 3, '个')}）" if other.nearest else ""
    what, hint = shown(other.what).rstrip("。"), shown(other.hint).rstrip("。")
    return _cut(Text(f"  {shown(other.path)}：{what}{near}。{hint}。"), width)


def _cut(line: Text, width: int) -> Text:
    """Cut a line to what may be shown of it: some lines of a terminal, or so many characters in a pipe."""
    columns = min(width * _LINES - 2, _PIPE_CHARS * 2)
    if cell_len(line.plain) > columns:
        line.truncate(columns - 4)
        line.append("……")
    return line


def _print_limited(console: Console, lines: Iterable[Text], limit: int) -> int:
    """Print lines up to a limit of bytes; return how many."""
    count = size = 0
    for line in lines:
        size += len(line.plain.encode("utf-8", "replace"))
        if size > limit:
            break
        _print(console, line)
        count += 1
    return count


def _summary(state: Round) -> Text:
    text = Text(f"{len(state.units)} 个单位：")
    parts = [(one, state.count(one)) for one in State]
    for index, (one, number) in enumerate((one, number) for one, number in parts if number):
        text.append("，" if index else "")
        text.append(f"{STATE_NAMES[one]} {number}", style=_STYLES[one])
    overdue = sum(unit.overdue for unit in state.units)
    text.append(f"；已过期 {overdue}" if overdue else "")
    return text.append("。")


def _notes(report: Report) -> Iterator[str]:
    """Yield what is to be said of files that are not listed."""
    parts = [f"略过 {report.passed_over} 个临时或隐藏文件"] if report.passed_over else []
    parts += [f"按 exclude 不读 {report.excluded} 个"] if report.excluded else []
    if parts:
        yield "，".join(parts)
    if report.own:
        yield own_line(report.own)
    if report.set_aside:
        yield set_aside_line(report.set_aside)
    if report.advice:
        yield report.advice


def _print(console: Console, text: Text) -> None:
    for line in text.wrap(console, max(console.width, 20), overflow="fold"):
        line.rstrip()
        console.print(line, soft_wrap=True)


def step(state: Round, command: str, for_review: str = "") -> str:
    """Return what to do next.

    Args:
        state: the state of the round.
        command: the end of a command line, with the paths and options that have to be repeated.
        for_review: what ``collect`` and ``validate`` have to repeat beside it.
    """
    if state.ready and any(other.stops for other in state.others):
        return f"先把不知道是哪个单位的文件认清（不是填报文件的移走），再汇总：zhijiao20 render{command} -o 附表2.docx"
    review = f"{command}{for_review}"
    if state.ready:
        look = f"有疑问的 {state.count(State.WARNINGS)} 个看一眼（" if state.count(State.WARNINGS) else ""
        seen = f"{look}zhijiao20 validate{review}），" if look else ""
        return f"{seen}可以汇总了：zhijiao20 render{command} -o 附表2.docx"
    if not state.units:
        return "把收到的文件放进文件夹，再运行一次"
    first = ""
    if state.others:
        first = "先把不知道是哪个单位的文件认清，"
    elif state.count(State.SEVERAL):
        first = "先定下多份的用哪一份（移走其余的，或加 --use 文件），"
    only_errors = not any(state.count(one) for one in (State.MISSING, State.UNREAD, State.SEVERAL, State.BLANK))
    if only_errors:
        return f"{first}看错在哪里、怎样改：zhijiao20 validate{review}"
    return (
        f"{first}再催报、请改：zhijiao20 collect{review} --remind"
        if first
        else (f"催报、请改：zhijiao20 collect{review} --remind")
    )


def command_text(words: Iterable[str]) -> str:
    """Return words as the end of a command line, each in quotation marks where it needs them."""
    return "".join(f' "{word}"' if " " in word else f" {word}" for word in map(escape_controls, words))
