"""Recognize text that was decoded in the wrong encoding and saved again.  No I/O."""

from __future__ import annotations

from functools import cache

from zhijiao20.core.fields import ID, PERIOD, PROGRESS, STATUS, TASKS, UNIT
from zhijiao20.core.lazy_regex import lazy_regex

# A replacement character, what UTF-8 replacement characters become in GBK, memory that was never written to, and
# punctuation of UTF-8 read as GBK (“，” becomes “锛”) or as Windows-1252 (“ï¼”).
_LOST = lazy_regex("\ufffd+|锟斤[锟斤拷]*+|烫烫烫+|屯屯屯+|(?:ï¿½)+|锛|銆|ï¼|ã€")

LOST_MARKS = "\ufffd锟烫屯锛銆ïã"
"""One of these characters is in every lost text, and hardly in any other."""

_WORDS = (UNIT, "填报单位", ID, STATUS, TASKS, PROGRESS, PERIOD)
_DIRECTIONS = (
    ("utf-8", "gb18030", "UTF-8 的文字曾被当作 GBK 打开，又存了一次"),
    ("utf-8", "cp1252", "UTF-8 的文字曾被当作西文（Latin-1）打开，又存了一次"),
    ("utf-8", "latin-1", "UTF-8 的文字曾被当作西文（Latin-1）打开，又存了一次"),
    ("utf-8", "mac_roman", "UTF-8 的文字曾被当作西文（Mac）打开，又存了一次"),
    ("utf-8", "big5", "UTF-8 的文字曾被当作繁体（Big5）打开，又存了一次"),
    ("utf-8", "shift_jis", "UTF-8 的文字曾被当作日文（Shift JIS）打开，又存了一次"),
    ("gbk", "latin-1", "GBK 的文字曾被当作西文（Latin-1）打开，又存了一次"),
    ("gbk", "mac_roman", "GBK 的文字曾被当作西文（Mac）打开，又存了一次"),
    ("gbk", "big5", "GBK 的文字曾被当作繁体（Big5）打开，又存了一次"),
    ("gbk", "shift_jis", "GBK 的文字曾被当作日文（Shift JIS）打开，又存了一次"),
    ("gbk", "euc_kr", "GBK 的文字曾被当作韩文（EUC-KR）打开，又存了一次"),
    ("gbk", "cp1251", "GBK 的文字曾被当作俄文（Windows-1251）打开，又存了一次"),
)
_SEARCHED = 20_000  # characters in which garbled words are searched
_ENOUGH = 2  # different garbled words
_MANY_LOST = 4  # replacement characters in a text without any known word


def find_lost(text: str) -> tuple[str, int, int] | None:
    """Return the first stretch of a text whose characters are lost for certain.

    Returns:
        The stretch, its begin and its end; None where nothing is lost.
    """
    match = _LOST.search(text)
    return None if match is None else (match[0], match.start(), match.end())


def garbled_cause(text: str) -> str:
    """Return how the words of a status file were garbled, in Chinese; empty where none of them is found garbled.

    Meant for a file in which no known word was found.
    """
    head = text[:_SEARCHED]
    if head.isascii():
        return ""
    for read_as, forms in _garbled_forms():
        found = {word for form, word in forms if form in head}
        if len(found) >= _ENOUGH:
            form, word = next((form, word) for form, word in forms if form in head)
            return f"{read_as}（“{form}”原是“{word}”）"
    if not any(word in head for word in _WORDS) and head.count("\ufffd") + 3 * head.count("锟斤") >= _MANY_LOST:
        return "文字曾被用错误的编码打开，又存了一次，字已经丢失"
    return ""


@cache
def _garbled_forms() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return for each direction its description, and the garbled form of each word with the word."""
    return tuple(
        (read_as, tuple((form, word) for word in _WORDS if (form := _garble(word, written, read))))
        for written, read, read_as in _DIRECTIONS
    )


def _garble(word: str, written: str, read: str) -> str:
    """Return the longest part of a garbled word that programs agree on; empty where it is too short to be certain."""
    parts = word.encode(written).decode(read, "replace").split("\ufffd")
    longest = max(parts, key=len)
    return longest if len(longest) > 1 else ""
