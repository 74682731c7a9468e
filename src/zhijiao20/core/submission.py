"""Data model of a status file: the submission of a unit and its entries.  No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from zhijiao20.core.findings import NOWHERE, Place
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.not_concerned import HINT, LONGEST, NotConcerned, not_concerned

UNIT_LIMIT = 100
"""Maximum number of characters of a unit name."""

_NEGATION = lazy_regex("涉|适|不相关|无关|关[系联]")  # in every text that says no more than 不涉及
_BEGINS_BARE = (
    r"[^一-鿿]*(?:[一二三四五六七八九十]|[我本敝与同和跟不均都也并确暂目未没无对关针此该这上以相有工任即且因由鉴故所而说情原理]"
    "|[一-鿿]{1,2}(?:一?级|层面))"
)
"""How a text begins that says no more than 不涉及 and does not name its unit: see the wording of ``not_concerned``.

Compiled when a text needs it: many runs meet none."""
_NOT_APPLICABLE_PREFIX = lazy_regex(r"\W*(?:不涉及|不适用|无此项)")
_FORBIDDEN_IN_UNIT = lazy_regex("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Progress(StrEnum):
    """进展: the four permitted values."""

    DONE = "已完成"
    ONGOING = "推进中"
    NOT_STARTED = "未启动"
    NOT_APPLICABLE = "不涉及"


PROGRESS_SYNONYMS: Mapping[str, Progress] = MappingProxyType(
    {
        "完成": Progress.DONE,
        "正在推进": Progress.ONGOING,
        "持续推进": Progress.ONGOING,
        "基本完成": Progress.ONGOING,
        "阶段性完成": Progress.ONGOING,
        "长期坚持": Progress.ONGOING,
        "尚未启动": Progress.NOT_STARTED,
        "无此项": Progress.NOT_APPLICABLE,
        "不适用": Progress.NOT_APPLICABLE,
    }
)
"""Other words that offices use for 进展, and the value that each stands for."""

PROGRESS_WORDS: Mapping[str, Progress | None] = MappingProxyType({"": None, **{word.value: word for word in Progress}})
"""What 进展 may say, and nothing."""


@dataclass(slots=True)  # not modified after creation; with frozen=True, creation takes five times as long
class Entry:
    r"""The answer of one unit to one task.

    Attributes:
        task: the task id, which exists in the catalog.
        progress: 进展, or None if it is not given.
        status: 落实情况, the text of column 4, unchanged; ``\n`` separates its paragraphs.
        evidence: the items of 佐证.
        remark: 说明.
        waivers: 豁免: rule code → reason.
        place: position of the entry.
        text_place: position where the status begins (same as ``place`` if there is no status).
        block: start column of the status lines if the status is a block that begins one line below ``text_place``,
            else 0.
        own_name: the name by which a short status speaks of the unit itself, so that it is not taken for another.
    """

    task: str
    progress: Progress | None = None
    status: str = ""
    evidence: tuple[str, ...] = ()
    remark: str = ""
    waivers: Mapping[str, str] = field(default_factory=dict)
    place: Place = NOWHERE
    text_place: Place = NOWHERE
    block: int = 0
    own_name: str = field(default="", repr=False, compare=False)

    @property
    def blank(self) -> bool:
        """Check whether the status is empty or only white space and invisible characters."""
        text = self.status
        return not ("一" <= text[:1] <= "鿿") and is_blank(text)


@dataclass(frozen=True, slots=True)
class Submission:
    """The answers of one unit for one reporting period, in official order.

    Attributes:
        unit: 单位.
        file: path of the source file, as the user gave it.
        period: 报告期.
        reporter: 填报人.
        phone: 联系电话.
        entries: the answers by task id; tasks can be missing.
        place: position of 单位.
        tasks_place: position where the list of tasks begins.
        from_file_name: whether the file names no unit, so that 单位 is taken from its name.
        duties: the tasks that the unit answers for by the roster; None for all.
        labels: the names in the labels that lead paragraphs of its texts, as in a merged cell: 【甲】, 【乙、丙】.
        from_merged: whether it was read from a merged table; then its duties are the tasks in which it stands.
        superior: 上级: the unit through which it reports, where the file says so; empty where it does not.
    """

    unit: str
    file: str = ""
    period: str = ""
    reporter: str = ""
    phone: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    place: Place = NOWHERE
    tasks_place: Place = NOWHERE
    from_file_name: bool = False
    duties: frozenset[str] | None = None
    superior: str = ""
    labels: tuple[str, ...] = ()
    from_merged: bool = False

    def answers_for(self, task: str) -> bool:
        """Check whether the unit answers for a task."""
        return self.duties is None or task in self.duties

    @property
    def blank(self) -> bool:
        """Check whether nothing is filled in: no task has a text, 进展, 佐证, 说明 or 豁免."""
        return not any(
            not entry.blank or entry.progress or entry.evidence or entry.remark or entry.waivers
            for entry in self.entries.values()
        )


# Characters that take no space in print: zero-width characters, joiners, soft hyphen, word joiner, BOM, direction
# marks, fillers.
_INVISIBLE_CODES = (0xAD, 0x61C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0)
_INVISIBLE = "".join(
    map(chr, [*_INVISIBLE_CODES, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
)
_VISIBLE_CHAR = lazy_regex(f"[^\\s{_INVISIBLE}]")
_INVISIBLE_CHARS = lazy_regex(f"[{_INVISIBLE}]+")


def is_blank(text: str) -> bool:
    """Check whether a text has no visible character."""
    if "一" <= text[:1] <= "鿿":  # fast path: most texts begin with a Chinese character
        return False
    return _VISIBLE_CHAR.search(text) is None


def without_invisible(text: str) -> str:
    """Return the text without invisible characters; for comparison only, not for output."""
    return _INVISIBLE_CHARS.sub("", text)


def unit_problem(unit: str) -> str:
    """Return why a text cannot be a unit name, or an empty text if it can.

    A unit name has 1 to 100 characters on one line.
    """
    if is_blank(unit):
        return "单位是空的"
    if len(unit) > UNIT_LIMIT:
        return f"单位有 {len(unit)} 个字，最多 {UNIT_LIMIT} 个"
    if _FORBIDDEN_IN_UNIT.search(unit):
        return "单位里有换行或控制字符"
    return ""


class TaskCounts(NamedTuple):
    """How many of its tasks a unit has answered.

    Attributes:
        assigned: the tasks that it answers for.
        filled: those with a text, also a placeholder, that is more than 不涉及.
        not_applicable: those that are 不涉及.
        empty: those without a text, or missing.
    """

    assigned: int
    filled: int
    not_applicable: int
    empty: int


def count_tasks(submission: Submission, total: int) -> TaskCounts:
    """Count the tasks of a unit; texts on tasks outside its duties are not counted.

    Args:
        submission: the submission.
        total: the number of all tasks.
    """
    duties = submission.duties
    assigned = total if duties is None else len(duties)
    filled = not_applicable = 0
    for entry in submission.entries.values():
        if duties is not None and entry.task not in duties:
            continue
        progress = entry.progress
        if progress is Progress.NOT_APPLICABLE or (progress is None and is_not_applicable(entry)):
            not_applicable += 1
        elif not entry.blank:
            filled += 1
    return TaskCounts(assigned, filled, not_applicable, assigned - filled - not_applicable)


def is_not_applicable(entry: Entry) -> bool:
    """Check whether the entry is 不涉及: by its 进展, or by its whole text if 进展 is missing."""
    if entry.progress is None:
        text = entry.status
        return (
            len(text) <= LONGEST
            and HINT.search(text) is not None
            and not_concerned(text, entry.own_name) is not NotConcerned.NO
        )
    return entry.progress is Progress.NOT_APPLICABLE


def gives_no_reason(entry: Entry) -> bool:
    """Check whether the text of a 不涉及 entry is empty or only says 不涉及."""
    text = entry.status
    return entry.blank or (
        len(text) <= LONGEST
        and _NEGATION.search(text) is not None
        and (entry.own_name != "" or re.match(_BEGINS_BARE, text) is not None)
        and not_concerned(text, entry.own_name) is NotConcerned.BARE
    )


def says_not_applicable(text: str) -> bool:
    """Check whether a text begins with 不涉及, 不适用 or 无此项."""
    return _NOT_APPLICABLE_PREFIX.match(text) is not None
