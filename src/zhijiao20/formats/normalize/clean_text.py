"""The only changes that a text from a file undergoes: line ends become LF, what XML cannot hold is taken out, told."""

from __future__ import annotations

import re

from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Collector, Place

_KEPT = re.compile("[ -\ud7ff\n\t\ue000-\ufffd\U00010000-\U0010ffff]*")  # the usual characters first: quicker
_ILLEGAL = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_kept(text: str) -> bool:
    """Whether ``keep_text`` would leave a text as it is and tell nothing."""
    return _KEPT.fullmatch(text) is not None


def keep_text(text: str, out: Collector, *, place: Place, task: str | None, field: str) -> str:
    """The text with LF line ends and without the characters that XML 1.0 cannot hold.

    CRLF, CR and U+000B (a soft return) are line ends.  Everything else survives as it came.  A removal is recorded
    as ZJ006 with the task, the field and the characters.
    """
    if is_kept(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    illegal = _ILLEGAL.findall(text)
    if not illegal:
        return text
    shown = "、".join(sorted({escape_controls(char) if char < "\ufffe" else f"\\u{ord(char):04x}" for char in illegal}))
    out.add(
        "ZJ006",
        f"“{field}”里有 {len(illegal)} 个 Word 不能容纳的字符（{shown}），已去掉，其余文字未动",
        "请看一眼这里是否缺了字，缺了就补上",
        place=place,
        task=task,
    )
    return _ILLEGAL.sub("", text)
