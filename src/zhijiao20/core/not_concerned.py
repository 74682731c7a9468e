"""Recognize a text that says nothing but that a task is not the unit's business.  No I/O."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache

from zhijiao20.core.lazy_regex import lazy_regex

LONGEST = 100
"""Characters of the longest such text."""


class NotConcerned(IntEnum):
    """What a text says."""

    NO = 0
    BARE = 1
    WITH_REASON = 2


HINT = lazy_regex("[涉非没无]|适|不[属在归是由承负主具相]|未承担|超出|[之以]外")
"""What is in every text for which ``not_concerned`` does not say NO."""

# what follows is compiled when a text needs it, not in every run
_INVISIBLE = "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
_NUMBER = (
    r"\s*(?:[0-9０-９]{1,2}[.．][0-9０-９]{1,2}[.．、]?|[（(]?[0-9０-９一二三四五六七八九十]{1,2}[）).．、，,]"
    r"|[①-⒇]|[-–—•·●◆■▪*※])"
)
_QUOTED = r"[“\"'‘「『【〔\[<《](不\s*(?:涉\s*及|适\s*用)[。.]?)[”\"'’」』】〕\]>》]"
_DIGITS = r"[0-9０-９%％]|[一二三四五六七八九十百千两][个所项人名次万亿元]"
_BREAKS = r"[，,；;。．.！!：:（）()/／—–\-]+|故|因此|所以|因而"
_SPACED_BREAKS = _BREAKS + r"|\s+"
_CLAUSES_LIMIT, _CLAUSE_LIMIT = 8, 40  # clauses of such a text, and characters of a clause
_LINK = "(?:而且|且|即|因为|因|由于|鉴于)(?=.)"
_PLACE_END = lazy_regex("[省市县区旗盟州]")
_PLACE_WITHIN = 12  # characters of a unit's name in which its place ends
_SHORTEST = 3  # characters of a name without its place
_BEFORE_NAME = "(?<![一-鿿])|(?<=[由归属于与同和跟对为是系非作务项条])"  # a name that goes on to the left is another's


def not_concerned(text: str, own: str = "") -> NotConcerned:
    """Return whether the whole text says that the task is not the unit's business, and whether it says why.

    Every clause must be such a statement or its reason; a text with a figure, or with anything else in it, reports.
    So does one about another unit, which may be all that the unit says of its own work.

    Args:
        text: the text.
        own: how it names the unit itself, as ``own_name`` returns it; empty if it does not.
    """
    if len(text) > LONGEST or HINT.search(text) is None:
        return NotConcerned.NO
    return _classify(text, own)


def own_name(text: str, unit: str) -> str:
    """Return the name by which a short text speaks of the unit itself, with or without its place, or an empty text."""
    if len(unit) >= _SHORTEST and unit in text:
        return unit
    for end in _PLACE_END.finditer(unit, 1, _PLACE_WITHIN):
        for name in (unit[end.start() :], unit[end.end() :]):  # 市财政局, 财政局
            if len(name) >= _SHORTEST and re.search(f"(?:{_BEFORE_NAME}){re.escape(name)}", text):
                return name
    return ""


@lru_cache(maxsize=4096)
def _classify(text: str, own: str) -> NotConcerned:
    if own:
        text = text.replace(own, "我单位")
    text = re.sub(_QUOTED, r"\1", re.sub(_INVISIBLE, "", text))
    if number := re.match(_NUMBER, text):
        text = text[number.end() :]
    if re.search(_DIGITS, text):
        return NotConcerned.NO
    said = _classify_clauses(re.split(_BREAKS, "".join(text.split())))
    return said or _classify_clauses(re.split(_SPACED_BREAKS, text))


def _classify_clauses(parts: list[str]) -> NotConcerned:
    """Return what the clauses of a text say together."""
    from zhijiao20.core.not_concerned_wording import ABOUT, LEVEL, OTHERS, OWN, REASON, SAYS, SAYS_WHY, TAIL

    clauses = [OWN.sub("我", part[link.end() :] if (link := re.match(_LINK, part)) else part) for part in parts if part]
    if len(clauses) > _CLAUSES_LIMIT or any(len(clause) > _CLAUSE_LIMIT for clause in clauses):
        return NotConcerned.NO
    if len(clauses) == 1 and _kind(clauses[0], LEVEL):
        return NotConcerned.BARE
    kinds: set[int] = set()
    said, others = "", []
    for clause in clauses:
        kind = _kind(clause, SAYS, SAYS_WHY)
        if not kind and (tail := _compiled(TAIL).fullmatch(clause)):
            kind = SAYS
            others.append(tail[1] or tail[3])
        if kind:
            said += clause
            kinds.add(kind)
        else:
            others.append(clause)
    if not kinds:
        return NotConcerned.NO
    kinds.update(_kind(clause, SAYS_WHY, REASON, OTHERS if "我" in said else ABOUT, ABOUT) for clause in others)
    if 0 in kinds:
        return NotConcerned.NO
    return NotConcerned.WITH_REASON if kinds - {SAYS, ABOUT} else NotConcerned.BARE


def _kind(clause: str, *kinds: int) -> int:
    """Return of which kind a clause is, as a whole or in what follows the task at its beginning; 0 for none."""
    from zhijiao20.core.not_concerned_wording import TASK

    ends = {found.end() for task in TASK if (found := task.match(clause))}
    for kind in kinds:
        matches = _compiled(kind).fullmatch
        if any(matches(clause, begin) is not None for begin in (0, *ends)):
            return kind
    return 0


@cache
def _compiled(kind: int) -> re.Pattern[str]:
    """Compile the pattern of a kind of clause when the first text needs it."""
    from zhijiao20.core.not_concerned_wording import PATTERNS

    return re.compile(PATTERNS[kind])
