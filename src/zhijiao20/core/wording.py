"""Comparing wording: what counts as the same, and how to show a difference.  For comparing only, never for keeping."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from zhijiao20.core.display import escape_controls
from zhijiao20.core.submission import without_invisible

_SAME = tuple(zip("“”„＂‘’。—–―−﹣〜", '""""\'\'.-----~', strict=True))
# Arabic and Tibetan ligatures, and Japanese words in a square, become up to 18 characters, each of which costs as much
# as a hundred of ours.  No wording of ours has one.
_DEAR = re.compile("[\u0f73\u0f75-\u0f79\u0f81\u2057\u3300-\u3357\u337b-\u337f\ufdf0-\ufdfc]")
_PIECE = 100
_REMEMBERED = 400  # characters of a text of which the folded form is kept; the longest wording has 177
_CONTEXT = 6
_SHOWN = 3
_LONGEST = 40
_FAR = 1000  # characters of a wording that are compared: the longest of the form has 150


def fold(text: str) -> str:
    """The text without white space and invisible characters, width and the style of its punctuation folded.

    White space, full or half width and soft line breaks do not make a wording another one; changed characters do.
    """
    return _remembered(text) if len(text) <= _REMEMBERED else _folded(text)


def _folded(text: str) -> str:
    folded = "".join(without_invisible(_normal(_DEAR.sub("\ufffd", text))).split())
    for mark, same in _SAME:  # a dozen searches for a character are faster than a look at every one
        folded = folded.replace(mark, same)
    return folded.casefold()


def _normal(text: str) -> str:
    """Normalised piece by piece: a piece of nothing but combining marks takes time in the square of its length."""
    if len(text) <= _PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return "".join([unicodedata.normalize("NFKC", piece) for piece in pieces])


_remembered = lru_cache(maxsize=4096)(_folded)


def same_wording(official: str, found: str) -> bool:
    """Whether a wording found in a file is the official one."""
    return official == found or fold(official) == fold(found)


def difference(official: str, found: str) -> str:
    """What was changed, in words: ``“……制订具体……”改成了“……制定具体……”``; at most three places."""
    old, old_at = _folded_with_places(official)
    new, new_at = _folded_with_places(found[:_FAR])
    changes = _changes(old, new)
    parts = []
    for i1, i2, j1, j2 in changes[:_SHOWN]:
        left = _shown(official, old_at, max(0, i1 - _CONTEXT), i1)
        right = _shown(official, old_at, i2, i2 + _CONTEXT)
        parts.append(_change(left, right, _shown(official, old_at, i1, i2), _shown(found, new_at, j1, j2)))
    if len(changes) > _SHOWN:
        parts.append(f"另有 {len(changes) - _SHOWN} 处")
    return "；".join(parts)


def _changes(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """The stretches of the old text that became stretches of the new one."""
    from rapidfuzz.distance import Levenshtein  # difflib may take seconds for one wording

    changes, i, j = [], 0, 0
    for i_same, j_same, length in Levenshtein.opcodes(old, new).as_matching_blocks():
        if i < i_same or j < j_same:
            changes.append((i, i_same, j, j_same))
        i, j = i_same + length, j_same + length
    return changes


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in the text it came from."""
    folded, places = [], []
    for index, char in enumerate(text):
        for piece in fold(char):
            folded.append(piece)
            places.append(index)
    return "".join(folded), [*places, len(text)]


def _shown(text: str, places: list[int], begin: int, end: int) -> str:
    piece = text[places[min(begin, len(places) - 1)] : places[min(end, len(places) - 1)]] if end > begin else ""
    return escape_controls(piece if len(piece) <= _LONGEST else piece[:_LONGEST] + "……")


def _change(left: str, right: str, old: str, new: str) -> str:
    if not old:
        return f"“{left}”之后多了“{new}”"
    if not new:
        return f"“{left}”之后少了“{old}”"
    return f"“{left}{old}{right}”改成了“{left}{new}{right}”"
