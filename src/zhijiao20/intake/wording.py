"""Comparing wording: what counts as the same, and how to show a difference.  For comparing only, never for keeping."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from zhijiao20.model import without_invisible

_SAME = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "＂": '"',
        "‘": "'",
        "’": "'",
        "。": ".",
        "—": "-",
        "–": "-",
        "―": "-",
        "−": "-",
        "﹣": "-",
        "〜": "~",
    }
)
_CONTEXT = 6
_SHOWN = 3


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text without white space and invisible characters, width and the style of its punctuation folded.

    White space, full or half width and soft line breaks do not make a wording another one; changed characters do.
    """
    return "".join(without_invisible(unicodedata.normalize("NFKC", text)).translate(_SAME).split()).casefold()


def same_wording(official: str, found: str) -> bool:
    """Whether a wording found in a file is the official one."""
    return official == found or fold(official) == fold(found)


def difference(official: str, found: str) -> str:
    """What was changed, in words: ``“……制订具体……”改成了“……制定具体……”``; at most three places."""
    old, new = fold(official), fold(found)
    changes = [block for block in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if block[0] != "equal"]
    parts = [_change(old, new, *block[1:]) for block in changes[:_SHOWN]]
    if len(changes) > _SHOWN:
        parts.append(f"另有 {len(changes) - _SHOWN} 处")
    return "；".join(parts)


def _change(old: str, new: str, i1: int, i2: int, j1: int, j2: int) -> str:
    left, right = old[max(0, i1 - _CONTEXT) : i1], old[i2 : i2 + _CONTEXT]
    if i1 == i2:
        return f"“{left}”之后多了“{new[j1:j2]}”"
    if j1 == j2:
        return f"“{left}”之后少了“{old[i1:i2]}”"
    return f"“{left}{old[i1:i2]}{right}”改成了“{left}{new[j1:j2]}{right}”"
