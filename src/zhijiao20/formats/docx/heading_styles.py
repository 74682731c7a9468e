"""Set numbered headings in their typefaces: 一、 in 黑体, （一） in 楷体, 1. and （1） like body text.

GB/T 9704-2012, 7.3.3: 文中结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注；一般第一层用黑体字、第二层用楷体字、
第三层和第四层用仿宋体字标注.
"""

from __future__ import annotations

from zhijiao20.core.lazy_regex import lazy_regex

_NUMBER = "[一二三四五六七八九十]{1,3}"
# The heading is the number and the first sentence; where that sentence is too long, there is no heading.
_HEADING = lazy_regex(
    rf"(?P<label>(?:【[^】\n]*】)?)(?P<heading>(?P<second>（{_NUMBER}）)?(?(second)|{_NUMBER}、)[^。\n\t]{{1,40}}(?:。|$))"
)

FIRST, SECOND = "Level1Char", "Level2Char"
"""Character styles of the built-in form for headings of level 1 and 2."""


def pieces(text: str) -> list[tuple[str, str]]:
    """Split a paragraph into pieces with their character styles; an empty style is body text."""
    match = _HEADING.match(text)
    if match is None:
        return [(text, "")]
    style = SECOND if match["second"] else FIRST
    split = [(match["label"], ""), (match["heading"], style), (text[match.end() :], "")]
    return [(piece, char_style) for piece, char_style in split if piece]
