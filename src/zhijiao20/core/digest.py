"""Word the counts of a digest: one sentence for the units that answer for a task; recognize it again.  No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import islice

from zhijiao20.core import fields
from zhijiao20.core.answers import DONE, NOT_APPLICABLE, NOT_STARTED, ONGOING, UNMARKED
from zhijiao20.core.lazy_regex import lazy_regex

REST_IN_ANNEX = "其余单位见附件。"
"""The last line of a cell that has the text of some units; that of the others is in the annex."""

ALL_IN_ANNEX = "各单位情况见附件。"
"""The last line of a cell without any text of a unit."""

NAMED = 5
"""How many of the units that have not started are named."""

_WORDS = ((DONE, "已完成"), (ONGOING, "推进中"), (NOT_STARTED, "未启动"), (UNMARKED, "未注明进展"))
_LONGEST = 1000  # characters of the longest sentence with five names of units and the name of a group
_NUMBER = "[1-9][0-9]*"
_ITEM = f"(?:(?:已完成|推进中|未注明进展|不涉及){_NUMBER}个|未启动{_NUMBER}个（[^，；。]+）)"
_ITEMS = f"{_ITEM}(?:，{_ITEM})*"
_COUNTS = lazy_regex(
    f"(?:其中，[^，；。]+|【[^【】]+】)?{_NUMBER}个单位(?:：{_ITEMS}|填报(?:：{_ITEMS}(?:；{_NUMBER}个不涉及)?|(?:，{_NUMBER}个不涉及)?))。"
)


class By(StrEnum):
    """What groups the units of a submission."""

    CATEGORY = fields.CATEGORY
    SUPERIOR = fields.SUPERIOR


NO_GROUP: Mapping[By, str] = {By.CATEGORY: "未注明类别", By.SUPERIOR: "直接报送"}
"""The name of the group of the units without one."""


def counts_sentence(answers: Mapping[str, int], not_started: Iterable[str]) -> str:
    """Return the sentence that counts the answers to a task; empty if there are none.

    What no unit answered is left out, and so are the units without an answer.

    Args:
        answers: the number of units by the state of their answer; see ``answers``.
        not_started: the units that have not started, in order.
    """
    counts = {state: answers.get(state, 0) for state, _ in _WORDS}
    reports, not_applicable = sum(counts.values()), answers.get(NOT_APPLICABLE, 0)
    if reports + not_applicable == 0:
        return ""
    unmarked = counts[UNMARKED]
    if reports and unmarked == reports:
        return f"{reports}个单位填报" + (f"，{not_applicable}个不涉及。" if not_applicable else "。")
    items = [f"{word}{counts[state]}个" for state, word in _WORDS if counts[state]]
    if counts[NOT_STARTED]:
        index = sum(1 for state in (DONE, ONGOING) if counts[state])
        items[index] += f"（{_named(not_started, counts[NOT_STARTED])}）"
    if unmarked:
        rest = f"；{not_applicable}个不涉及。" if not_applicable else "。"
        return f"{reports}个单位填报：{'，'.join(items)}{rest}"
    if not_applicable:
        items.append(f"不涉及{not_applicable}个")
    return f"{reports + not_applicable}个单位：{'，'.join(items)}。"


def group_sentence(group: str, sentence: str) -> str:
    """Return the sentence that counts the units of a group; a name that ends in a digit is quoted before the number."""
    name = f"“{group}”" if group[-1:].isdigit() else group
    return f"其中，{name}{sentence}"


def _named(units: Iterable[str], number: int) -> str:
    """Return the names of the first units, and how many there are if these are not all."""
    more = f"等{number}个单位" if number > NAMED else ""
    return "、".join(islice(units, min(number, NAMED))) + more


def is_counts_sentence(line: str) -> bool:
    """Check whether a line is a sentence of ``counts_sentence``, with or without the name of a group before it.

    A name in 【】 is one that somebody set there by hand.
    """
    return len(line) <= _LONGEST and _COUNTS.fullmatch(line) is not None


def is_digest_cell(lines: Sequence[str]) -> bool:
    """Check whether a cell is one of a digest: its first paragraph counts units."""
    return bool(lines) and is_counts_sentence(lines[0].strip())
