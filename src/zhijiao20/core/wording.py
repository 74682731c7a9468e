"""Compare wordings and describe their differences.  The folded texts are for comparison only, not for output."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from zhijiao20.core.display import escape_controls
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import without_invisible

_PUNCTUATION_VARIANTS = tuple(zip("“”„＂‘’。—–―−﹣〜", '""""\'\'.-----~', strict=True))
# Arabic and Tibetan ligatures and Japanese square words expand to up to 18 characters under NFKC, each as slow as a
# hundred Chinese characters.  No official wording contains one.
_SLOW_TO_NORMALIZE = lazy_regex("[\u0f73\u0f75-\u0f79\u0f81\u2057\u3300-\u3357\u337b-\u337f\ufdf0-\ufdfc]")
_CHUNK_SIZE = 100
_CACHED_LENGTH = 400  # characters: the folded form of texts up to this length is cached; the longest wording has 177
_NAME_LENGTH = 60  # characters up to which it is tried whether a text, such as the name of a unit, is folded already
_is_folded = lazy_regex("[一-鿿0-9a-z]*").fullmatch
_CONTEXT_LENGTH = 6
_MAX_CHANGES = 3
_MAX_EXCERPT = 40
_MAX_COMPARED = 1000  # characters of a wording that are compared; the longest official wording has 177


def fold(text: str) -> str:
    """Return the text normalized for comparison.

    White space and invisible characters are removed; full width, letter case and punctuation style are unified.  Texts
    that differ only in these are the same wording.
    """
    if len(text) <= _NAME_LENGTH and _is_folded(text):
        return text
    return _fold_cached(text) if len(text) <= _CACHED_LENGTH else _fold(text)


def _fold(text: str) -> str:
    text = _SLOW_TO_NORMALIZE.sub("\ufffd", text)
    # In chunks, because NFKC of a run of combining marks takes quadratic time.
    chunks = (text[begin : begin + _CHUNK_SIZE] for begin in range(0, len(text), _CHUNK_SIZE))
    normalized = "".join([unicodedata.normalize("NFKC", chunk) for chunk in chunks])
    folded = "".join(without_invisible(normalized).split())
    for variant, standard in _PUNCTUATION_VARIANTS:  # a few str.replace are faster than a loop over the characters
        folded = folded.replace(variant, standard)
    return folded.casefold()


_fold_cached = lru_cache(maxsize=4096)(_fold)


def same_wording(official: str, found: str) -> bool:
    """Check whether a wording found in a file is the official one."""
    return official == found or fold(official) == fold(found)


def difference(official: str, found: str) -> str:
    """Describe the changes in Chinese, at most three: ``“制订具体”改成了“制定具体”``."""
    old, old_indexes = _fold_with_indexes(official)
    new, new_indexes = _fold_with_indexes(found[:_MAX_COMPARED])
    changes = _changed_ranges(old, new)
    parts = []
    for i1, i2, j1, j2 in changes[:_MAX_CHANGES]:
        left = _excerpt(official, old_indexes, max(0, i1 - _CONTEXT_LENGTH), i1)
        right = _excerpt(official, old_indexes, i2, i2 + _CONTEXT_LENGTH)
        parts.append(
            _describe_change(left, right, _excerpt(official, old_indexes, i1, i2), _excerpt(found, new_indexes, j1, j2))
        )
    if len(changes) > _MAX_CHANGES:
        parts.append(f"另有 {len(changes) - _MAX_CHANGES} 处")
    return "；".join(parts)


def _changed_ranges(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """Return the changed ranges: begin and end in the old text, begin and end in the new text."""
    from rapidfuzz.distance import Levenshtein  # difflib can take seconds for one wording

    changes, i, j = [], 0, 0
    for i_same, j_same, length in Levenshtein.opcodes(old, new).as_matching_blocks():
        if i < i_same or j < j_same:
            changes.append((i, i_same, j, j_same))
        i, j = i_same + length, j_same + length
    return changes


def _fold_with_indexes(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the index in the original text."""
    folded, indexes = [], []
    for index, char in enumerate(text):
        for folded_char in fold(char):
            folded.append(folded_char)
            indexes.append(index)
    return "".join(folded), [*indexes, len(text)]


def _excerpt(text: str, indexes: list[int], begin: int, end: int) -> str:
    piece = text[indexes[min(begin, len(indexes) - 1)] : indexes[min(end, len(indexes) - 1)]] if end > begin else ""
    return escape_controls(piece if len(piece) <= _MAX_EXCERPT else piece[:_MAX_EXCERPT] + "……")


def _describe_change(left: str, right: str, old: str, new: str) -> str:
    if not old:
        return f"“{left}”之后多了“{new}”"
    if not new:
        return f"“{left}”之后少了“{old}”"
    return f"“{left}{old}{right}”改成了“{left}{new}{right}”"
