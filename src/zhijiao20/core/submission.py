"""What a status file says: the raw tree as read, and the submission made of it.  Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from zhijiao20.core.findings import NOWHERE, Place

UNIT_LIMIT = 100
"""Characters that a unit's name may have."""

_NOT_IN_UNIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Progress(StrEnum):
    """进展: the four words."""

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
"""Words that offices use for 进展, and what they mean."""


@dataclass(slots=True)  # nobody changes one; but a frozen one takes five times as long to make
class Entry:
    r"""One task's answer.

    Attributes:
        task: the task's id, known to the catalog.
        status: the text of column 4 as it came; ``\n`` parts its paragraphs.
        place: where the entry stands.
        text_place: where its status begins (the entry's own place when there is none).
        block: the column in which its lines begin where the status is a block on the lines below its place, else 0.
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

    @property
    def blank(self) -> bool:
        """Whether nothing was written: white space and invisible characters are nothing."""
        return not self.status or is_blank(self.status)


@dataclass(frozen=True, slots=True)
class Submission:
    """One unit's answers for one reporting period, in official order.

    Attributes:
        file: the file it came from, as the user named it.
        entries: the answers by task id; a task may be missing.
        tasks_place: where the list of tasks begins.
    """

    unit: str
    file: str = ""
    period: str = ""
    reporter: str = ""
    phone: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    place: Place = NOWHERE
    tasks_place: Place = NOWHERE


# What fills no space on paper: zero-width characters, joiners, soft hyphen, word joiner, BOM, direction marks, fillers.
_SINGLE = (0xAD, 0x61C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0)
_NOTHING = "".join(map(chr, [*_SINGLE, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]))
_SHOWN = re.compile(f"[^\\s{_NOTHING}]")
_UNSHOWN = re.compile(f"[{_NOTHING}]+")


def is_blank(text: str) -> bool:
    """Whether a text shows nothing on paper."""
    if "一" <= text[:1] <= "鿿":  # as nearly every text begins
        return False
    return _SHOWN.search(text) is None


def without_invisible(text: str) -> str:
    """The text without the characters that fill no space on paper: for comparing, never for keeping."""
    return _UNSHOWN.sub("", text)


def unit_problem(unit: str) -> str:
    """Why a text cannot name a unit, or an empty text where it can (1 to 100 characters on one line)."""
    if is_blank(unit):
        return "单位是空的"
    if len(unit) > UNIT_LIMIT:
        return f"单位有 {len(unit)} 个字，最多 {UNIT_LIMIT} 个"
    if _NOT_IN_UNIT.search(unit):
        return "单位里有换行或控制字符"
    return ""
