from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ416 中文里用了半角的直引号。

中文的引号是“”，分左右两半；直的 " 不分左右，一全一半的也不成对。英文句子里的引号、表示英寸的 " 不管。

错：与6家龙头企业共建"厂中校"6个，轮岗学生540人。
对：与6家龙头企业共建“厂中校”6个，轮岗学生540人。
错：实行“学徒制"培养，签约学徒275人。
对：实行“学徒制”培养，签约学徒275人。
错：开设"订单班"12个，建成"产业学院"3个。
对：开设“订单班”12个，建成“产业学院”3个。

依据：GB/T 15834—2011 第4.8条：引号的形式有双引号“”和单引号‘’（规定）。
"""

_HAN = re.compile("[\u4e00-\u9fff]")
_QUOTES = re.compile('["＂“”]')
_STRAIGHT = frozenset('"＂')
_MAX_QUOTED = 200  # characters between two marks of a pair


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every straight quotation mark around Chinese text."""
    return _find_matches(passage.text) if '"' in passage.text or "＂" in passage.text else ()


def _find_matches(text: str) -> Iterator[TextMatch]:
    begin = 0
    for line in text.split("\n"):
        if '"' in line or "＂" in line:
            yield from _find_in_paragraph(text, begin, begin + len(line))
        begin += len(line) + 1


def _find_in_paragraph(text: str, begin: int, end: int) -> Iterator[TextMatch]:
    """Report the straight marks of a paragraph, paired from the left; an inch mark is none."""
    opened: int | None = None
    for match in _QUOTES.finditer(text, begin, end):
        at, mark = match.start(), match[0]
        if opened is None:
            if mark in _STRAIGHT and text[at - 1 : at].isdigit():
                continue
            if mark != "”":
                opened = at
        elif mark == "“":
            opened = at
        else:
            if at - opened <= _MAX_QUOTED and _HAN.search(text, opened, at):
                yield from _make_matches(text, opened, at)
            opened = None
    if opened is not None and text[opened] in _STRAIGHT and _HAN.match(text, opened + 1):
        message = f"{excerpt(text, opened, opened + 1)}里有半角引号“{text[opened]}”，后面没有另一半"
        yield TextMatch(opened, opened + 1, message, "改成“”，补上缺的一半")


def _make_matches(text: str, begin: int, end: int) -> Iterator[TextMatch]:
    for at, correct in ((begin, "“"), (end, "”")):
        if text[at] in _STRAIGHT:
            message = f"{excerpt(text, begin, end + 1)}里有半角引号“{text[at]}”"
            hint = "改成“”；zhijiao20 validate --fix 可以一次改完"
            yield TextMatch(at, at + 1, message, hint, correct)
