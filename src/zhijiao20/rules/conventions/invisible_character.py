from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import category

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ411 有看不见的字符。

从网页和聊天窗口复制来的文字常带着零宽空格、软连字符、方向标记，查找、比对时对不上；不间断空格不会断行。少数民族文字和表情符号里的连接符是正文，不管。

错：印发\u200b实施方案（澄教职成〔2019〕12号）。
对：印发实施方案（澄教职成〔2019〕12号）。
错：培训\u202d1260\u202c人次。
对：培训1260人次。
错：\ufeff建成实训\u00ad基地7个。
对：建成实训基地7个。

依据：便于检索和比对（实务）。
"""

_ZERO_WIDTH = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0001\U000e0020-\U000e007f"
_SPACE = "\u00a0\u2007\u202f"
_BREAK = "\u0085\u2028\u2029"
# Scripts that need joiners and direction marks, and the parts of joined emoji.
_JOINED_SCRIPTS = "\u0590-\u0dff\u1800-\u18af\U0001f000-\U0001faff\u2600-\u27bf\ufe0f"
_RUN = lazy_regex(
    f"(?m:^)[ \t]*[{_ZERO_WIDTH}{_SPACE}][ \t{_ZERO_WIDTH}{_SPACE}]*+(?![{_JOINED_SCRIPTS}])"
    f"|(?<![ \t])[ \t]*(?<![{_JOINED_SCRIPTS}{_ZERO_WIDTH}{_SPACE}])[{_ZERO_WIDTH}{_SPACE}]++[ \t]*(?m:$)"
    f"|(?<![{_JOINED_SCRIPTS}{_ZERO_WIDTH}{_SPACE}])[{_ZERO_WIDTH}{_SPACE}]++(?![{_JOINED_SCRIPTS}])"
    f"|[{_BREAK}]"
)
_PREFILTER = lazy_regex(f"[{_ZERO_WIDTH}{_SPACE}{_BREAK}]")
_NAMES = {
    "\u00ad": "软连字符",
    "\u00a0": "不间断空格",
    "\u2007": "不间断空格",
    "\u202f": "不间断空格",
    "\u200b": "零宽空格",
    "\u200c": "零宽连接符",
    "\u200d": "零宽连接符",
    "\u2060": "零宽连接符",
    "\ufeff": "零宽空格",
}


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every run of zero-width characters and special spaces, and special line breaks."""
    return _find_matches(passage.text) if not passage.ordinary and _PREFILTER.search(passage.text) else ()


def _find_matches(text: str) -> Iterator[TextMatch]:
    for match in _RUN.finditer(text):
        first = next(char for char in match[0] if char not in " \t")
        yield TextMatch(
            match.start(),
            match.end(),
            f"{excerpt(text, match.start(), match.end())}里有看不见的{_name(first)}（U+{ord(first):04X}）",
            "换行另起一段，或删去它" if first in _BREAK else "删去它；zhijiao20 validate --fix 可以一次改完",
            None if first in _BREAK else _fix(text, match),
        )


def _fix(text: str, match: re.Match[str]) -> str:
    """Return a space for a special space inside a paragraph, else an empty string."""
    at_edge = text[match.start() - 1 : match.start()] in {"", "\n"} or text[match.end() : match.end() + 1] in {"", "\n"}
    return "" if at_edge or not any(char in _SPACE for char in match[0]) else " "


def _name(char: str) -> str:
    if char in _BREAK:
        return "换行符"
    return _NAMES.get(char) or ("方向标记" if category(char) == "Cf" else "字符")
