"""Normalize a text from a file: convert line ends to LF; remove and report characters that XML cannot hold.

No other change is made to a text.  Characters that were lost before the file was sent are reported.
"""

from __future__ import annotations

from collections.abc import Callable

from zhijiao20.core.display import escape_controls, quote
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.garbled import find_lost
from zhijiao20.core.lazy_regex import lazy_regex

_PLAIN = "[\n\t -âä-îð-屮屰-烪烬-銅銇-锚锜-锞锠-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]*+"
is_kept: Callable[[str], object] = lazy_regex(f"{_PLAIN}(?:(?:屯(?!屯屯)|烫(?!烫烫)){_PLAIN})*+").fullmatch
"""Check whether ``keep_text`` returns a text unchanged and reports nothing, without a closer look.

None for a text with a character that Word cannot hold, a line end other than LF, or one of ``LOST_MARKS``.  Of these,
烫 and 屯, which stand in many names of places and courses, are lost text three at a time only.
"""

_AROUND = 8  # characters shown on each side of a lost one
_ILLEGAL = lazy_regex("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def keep_text(text: str, out: Collector, *, place: Place, task: str | None, field: str) -> str:
    """Return the text with LF line ends and without the characters that XML 1.0 cannot hold.

    CRLF, CR and U+000B (a soft return) are line ends.  All other characters are kept.  A removal is reported as ZJ006
    with the task, the field and the characters; characters that are lost for certain as ZJ007.
    """
    if is_kept(text):
        return text
    report_lost(text, out, place=place, task=task, field=field)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    illegal = _ILLEGAL.findall(text)
    if not illegal:
        return text
    escaped = "、".join(
        sorted({escape_controls(char) if char < "\ufffe" else f"\\u{ord(char):04x}" for char in illegal})
    )
    out.add(
        "ZJ006",
        f"“{field}”里有 {len(illegal)} 个 Word 不能容纳的字符（{escaped}），已去掉，其余文字未动",
        "请看一眼这里是否缺了字，缺了就补上",
        place=place,
        task=task,
    )
    return _ILLEGAL.sub("", text)


def report_lost(text: str, out: Collector, *, place: Place, task: str | None, field: str) -> None:
    """Report the first characters of a text that are lost for certain, whatever the encoding of the file."""
    if (lost := find_lost(text)) is None:
        return
    mark, begin, end = lost
    around = quote(text[max(0, begin - _AROUND) : end + _AROUND])
    out.add(
        "ZJ007",
        f"“{field}”里有字在转换编码时丢失，成了{quote(mark[:_AROUND])}：{around}",
        "对照原稿补上丢失的字；几处都这样的，请向填报单位要没有转坏的原件",
        place=place,
        task=task,
    )
