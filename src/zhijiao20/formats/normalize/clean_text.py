"""Normalize a text from a file: convert line ends to LF; remove and report characters that XML cannot hold.

No other change is made to a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Collector, Place

is_kept: Callable[[str], object] = re.compile("[ -\ud7ff\n\t\ue000-\ufffd\U00010000-\U0010ffff]*").fullmatch
"""Check whether ``keep_text`` would return a text unchanged and report nothing; most frequent characters first."""

_ILLEGAL = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def keep_text(text: str, out: Collector, *, place: Place, task: str | None, field: str) -> str:
    """Return the text with LF line ends and without the characters that XML 1.0 cannot hold.

    CRLF, CR and U+000B (a soft return) are line ends.  All other characters are kept.  A removal is reported as ZJ006
    with the task, the field and the characters.
    """
    if is_kept(text):
        return text
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
