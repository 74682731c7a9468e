"""Write a text for the chat group of a round: who has not sent, whose file could not be read, who is to amend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from zhijiao20.core.deadline import show_date
from zhijiao20.core.round import Round, SentFile, State, UnitState
from zhijiao20.output.unit_notes import base_name, blank, ended, rules_named, several, shown, versions

TITLE = "【“职教20条”落实情况填报】"
_NUMBERS = "一二三四五"
_OFFICE = ("填报单位要", "zhijiao20")  # in hints that tell the office what to do


def reminder(state: Round, contact: str = "", phone: str = "") -> str:
    """Return the text; units with doubts only are left out.

    Args:
        state: the state of the round.
        contact: the contact of the office.
        phone: its telephone.
    """
    sections = [section for section in _sections(state) if section[1]]
    if not state.units:
        return f"{TITLE}还没有收到能读的文件。\n"
    if not sections:
        return f"{TITLE}{len(state.units)} 个单位都已报齐，没有要催、要改的。\n"
    lines = [TITLE]
    for number, (title, rows) in zip(_NUMBERS, sections, strict=False):
        listed = rows if any("：" in row for row in rows) else ["、".join(rows)]
        lines += [f"{number}、{title}（{len(rows)} 个单位）", *listed]
    lines.append(_until(state))
    if contact or phone:
        lines.append(f"有问题请联系：{' '.join(shown(text) for text in (contact, phone) if text)}")
    return "\n".join(lines) + "\n"


def _sections(state: Round) -> Iterator[tuple[str, list[str]]]:
    units = {one: [unit for unit in state.units if unit.state is one] for one in State}
    yield "还没有报送，请尽快报送", [_name(unit, state.deadline) for unit in units[State.MISSING]]
    yield "文件读不了，请重新报送", [f"{_name(unit, state.deadline)}：{_unread(unit)}" for unit in units[State.UNREAD]]
    different = [unit for unit in units[State.SEVERAL] if not unit.same]  # of equal copies the office takes one away
    several_files = [f"{_name(unit, state.deadline)}：{several(unit, base=True)}" for unit in different]
    yield "报了不止一份，请回复用哪一份", several_files
    yield "报来的是空表，请填好再报送", [_blank(unit, state.deadline) for unit in units[State.BLANK]]
    yield "请修改后重新报送", [f"{_name(unit, state.deadline)}：{_to_amend(unit)}" for unit in units[State.ERRORS]]


def _name(unit: UnitState, deadline: date | None) -> str:
    own = f"（截止 {show_date(unit.deadline)}）" if unit.deadline and unit.deadline != deadline else ""
    return f"{shown(unit.label)}{own}"


def _unread(unit: UnitState) -> str:
    return "；".join(_remedy(file) for file in versions(unit))


def _remedy(file: SentFile) -> str:
    """Return what is wrong with a file and what the unit is to send; the hints of the program speak to the office."""
    hint = shown(file.hint).rstrip("。")
    if not hint or any(word in hint for word in _OFFICE):
        hint = "请报送填好的 Word 或 Excel 文件，不要扫描件、照片"
    return f"{_base(file.path)} 读不了（{shown(file.problem).rstrip('。')}），{hint}"


def _blank(unit: UnitState, deadline: date | None) -> str:
    return f"{_name(unit, deadline)}：{blank(unit)}" if rules_named(unit) else _name(unit, deadline)


def _to_amend(unit: UnitState) -> str:
    problems: Sequence[str] = [_faulty(file) for file in versions(unit) if file.problem]
    named = rules_named(unit)
    return "；".join([*([named] if named else []), *problems])


def _faulty(file: SentFile) -> str:
    told = ended(file) if not any(word in file.hint for word in _OFFICE) else shown(file.problem)
    return f"{_base(file.path)}：{told}"


def _base(path: str) -> str:
    """Return the name of a file: the group need not see the office's folders."""
    return shown(base_name(path))


def _until(state: Round) -> str:
    if state.deadline is None:
        return "请尽快报送，谢谢。"
    if state.today is not None and state.today > state.deadline:
        return f"截止日期（{show_date(state.deadline)}）已过，请尽快报送，谢谢。"
    return f"请在{show_date(state.deadline)}前报送，谢谢。"
