"""Say in a few words what is to be known of a unit in a round: why it is not in order, and how its file was known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from zhijiao20.core.deadline import show_date
from zhijiao20.core.display import escape_controls
from zhijiao20.core.identify import KnownBy
from zhijiao20.core.round import Kind, Round, SentFile, State, UnitState
from zhijiao20.core.rule_table import BLANK_FORM, WRONG_SUFFIX, Severity

KNOWN_BY = {
    KnownBy.FOLDED: "按去掉空格、括号的名字认出",
    KnownBy.ALIAS: "按简称认出",
    KnownBy.PLACE: "按地名之外的部分认出",
    KnownBy.FILE_NAME: "按文件名认出",
}
"""How a file was known that does not give the full name of its unit."""

_TOLD = (BLANK_FORM, WRONG_SUFFIX)
_RULES_NAMED, _TASKS_NAMED, _FILES_NAMED = 3, 5, 4
_MAX_CHARS = 200  # characters of a path or a problem


def dates_words(state: Round) -> list[str]:
    """Return the deadline of a round and the day for which it holds, as far as there are any."""
    dates = [f"截止 {show_date(state.deadline)}"] if state.deadline else []
    return dates + ([f"{show_date(state.today)}统计"] if state.today else [])


def note(unit: UnitState, deadline: date | None) -> str:
    """Return a sentence on a unit; empty where there is nothing to say.

    Args:
        unit: the unit.
        deadline: the date by which all units have to send; one of its own is named.
    """
    return "；".join(part for part in _parts(unit, deadline) if part)


def _parts(unit: UnitState, deadline: date | None) -> Iterator[str]:
    if unit.overdue and unit.deadline:
        yield "过期" if unit.deadline == deadline else f"过期（截止 {show_date(unit.deadline)}）"
    if unit.state is State.SEVERAL:
        yield several(unit)
    elif unit.state is State.BLANK:
        yield blank(unit)
    elif unit.state in {State.ERRORS, State.WARNINGS}:
        yield rules_named(unit)
    yield from (f"{shown(file.path)}：{ended(file)}" for file in versions(unit)[:_FILES_NAMED] if file.problem)
    if unit.state in {State.ERRORS, State.WARNINGS, State.CLEAN, State.BLANK}:
        yield from (
            f"{shown(file.path)} {KNOWN_BY[KnownBy(file.known_by)]}"
            for file in unit.files
            if file.kind is Kind.READ and KnownBy(file.known_by) is not KnownBy.NAME
        )


def several(unit: UnitState, *, base: bool = False) -> str:
    """Return which files a unit has sent, and in which tasks they differ.

    Args:
        unit: the unit.
        base: whether to leave out the folders where the names alone tell the files apart.
    """
    paths = [file.path for file in versions(unit)]
    if base and len(set(map(base_name, paths))) == len(paths):
        paths = list(map(base_name, paths))
    unread = [file.kind is Kind.UNREAD for file in versions(unit)]
    named = [f"{shown(path)}{'（读不了）' if bad and base else ''}" for path, bad in zip(paths, unread, strict=True)]
    names = listed(named, _FILES_NAMED, "份")
    if unit.same:
        return f"{names}：内容相同，留一份即可"
    if not unit.differ:
        return names
    return f"{names}：{listed(unit.differ, _TASKS_NAMED, '项')} 不同"


def versions(unit: UnitState) -> list[SentFile]:
    """Return the files of a unit; beside one that may hold a status, without pictures and the like: a stamped scan."""
    return [file for file in unit.files if file.kind is not Kind.OTHER] or list(unit.files)


def blank(unit: UnitState) -> str:
    """Return that nothing is filled in, and what else is wrong: the texts may stand in another column."""
    others = rules_named(unit)
    return f"“落实情况”一栏一项也没有填；{others}" if others else "一项也没有填"


def rules_named(unit: UnitState) -> str:
    """Return the most frequent problems of a unit with their numbers: the errors, or else the warnings.

    That a form is blank is its state, and a wrong suffix is told with the file: neither is named again.
    """
    severity = Severity.ERROR if unit.counts.get(Severity.ERROR) else Severity.WARNING
    named = ((rule, number) for rule, number in unit.rules.items() if rule.code not in _TOLD)
    chosen = [(rule, number) for rule, number in named if rule.severity is severity]
    chosen.sort(key=lambda item: (-item[1], item[0].code))
    return listed([f"{rule.title} {number} 处" for rule, number in chosen], _RULES_NAMED, "种")


def listed(names: Sequence[str], limit: int, counter: str) -> str:
    """Return names in a row, and how many they are where there are more than the limit."""
    more = f" 等 {len(names)} {counter}" if len(names) > limit else ""
    return "、".join(names[:limit]) + more


def ended(file: SentFile) -> str:
    """Return the problem of a file and what to do about it, without a full stop at the end."""
    problem, hint = shown(file.problem), shown(file.hint).rstrip("。")
    return f"{problem.rstrip('。')}。{hint}" if hint else problem


def base_name(path: str) -> str:
    """Return the name of a file without its folders."""
    return path.replace("\\", "/").rpartition("/")[2]


def shown(text: str) -> str:
    """Return a text for one line: escaped, and cut if it is very long."""
    return escape_controls(text if len(text) <= _MAX_CHARS else text[:_MAX_CHARS] + "……")
