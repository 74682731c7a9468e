"""Count the answers of units by task and by group.  No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from zhijiao20.core.answers import DONE, EMPTY, NOT_APPLICABLE, NOT_SENT, NOT_STARTED, ONGOING, UNMARKED

STATE_TITLES: Mapping[str, str] = {
    DONE: "已完成",
    ONGOING: "推进中",
    NOT_STARTED: "未启动",
    NOT_APPLICABLE: "不涉及",
    UNMARKED: "未注明进展",
    EMPTY: "没有填",
    NOT_SENT: "没有收到",
}
"""What the states of answers are called in tables."""


class GroupCounts(NamedTuple):
    """The answers of the units of a group.

    Attributes:
        name: the name of the group.
        units: how many units it has.
        answers: the number of their answers by state; see ``answers``.
    """

    name: str
    units: int
    answers: Mapping[str, int]


def count_by_task(states: Iterable[str], tasks: int) -> list[Counter[str]]:
    """Count the units by the state of their answer to each task, in the order of the tasks.

    Args:
        states: the states of the answers of each unit; see ``answers``.
        tasks: the number of tasks.
    """
    columns: list[Counter[str]] = [Counter() for _ in range(tasks)]
    for letters, number in Counter(states).items():
        for column, state in zip(columns, letters, strict=True):
            column[state] += number
    return columns


def count_by_group(units: Iterable[tuple[str, str]], no_group: str) -> list[GroupCounts]:
    """Count the answers of the units of each group, in the order in which the groups first occur.

    Args:
        units: the group of each unit, which may be empty, and the states of its answers.
        no_group: the name for the units without a group.

    Returns:
        The groups; none if no unit has one.
    """
    found: dict[str, list[str]] = {}
    for group, states in units:
        found.setdefault(group, []).append(states)
    if not any(found):
        return []
    return [GroupCounts(group or no_group, len(members), Counter("".join(members))) for group, members in found.items()]
