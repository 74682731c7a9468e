from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
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
错：开展"1+X"证书试点，参加860人。
对：开展“1+X”证书试点，参加860人。

依据：GB/T 15834—2011 第4.8条：引号的形式有双引号“”和单引号‘’（规定）。
"""

_HAN = lazy_regex("[\u4e00-\u9fff]")
_QUOTES = lazy_regex('["＂“”]')
_CHINESE = lazy_regex("[\u4e00-\u9fff，。；：、（）《》]")
_NUMBER = lazy_regex("(?=[^0-9]*[0-9])[0-9A-Z+&×.-]{1,12}")
_SINGLE = lazy_regex("(?<![0-9A-Za-z])'(?=[^'\n]{0,30}[\u4e00-\u9fff])[^'\n]{1,31}'(?![0-9A-Za-z])")
_STRAIGHT = frozenset('"＂')
_MAX_QUOTED = 200  # characters between two marks of a pair


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every straight quotation mark around Chinese text."""
    text = passage.text
    double = _find_matches(text) if '"' in text or "＂" in text else ()
    return sorted([*double, *_find_single(text)]) if "'" in text else double


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
            if at - opened <= _MAX_QUOTED and (_HAN.search(text, opened, at) or _is_among_chinese(text, opened, at)):
                yield from _make_matches(text, opened, at)
            opened = None
    if opened is not None and text[opened] in _STRAIGHT and _HAN.match(text, opened + 1):
        message = f"{excerpt(text, opened, opened + 1)}里有半角引号“{text[opened]}”，后面没有另一半"
        yield TextMatch(opened, opened + 1, message, "改成“”，补上缺的一半")


def _is_among_chinese(text: str, begin: int, end: int) -> bool:
    """Check whether Chinese stands on both sides of a quotation: 开展"1+X"试点."""
    return (
        _NUMBER.fullmatch(text, begin + 1, end) is not None
        and _CHINESE.match(text, begin - 1) is not None
        and _CHINESE.match(text, end + 1) is not None
    )


def _find_single(text: str) -> Iterator[TextMatch]:
    """Report straight single marks around Chinese: an apostrophe and a foot mark are none."""
    for match in _SINGLE.finditer(text):
        message = f"{excerpt(text, *match.span())}里有半角引号“'”"
        yield TextMatch(match.start(), match.end(), message, "改成“”；引号里面再用引号的，里面一层用‘’")


def _make_matches(text: str, begin: int, end: int) -> Iterator[TextMatch]:
    for at, correct in ((begin, "“"), (end, "”")):
        if text[at] in _STRAIGHT:
            message = f"{excerpt(text, begin, end + 1)}里有半角引号“{text[at]}”"
            hint = "改成“”；zhijiao20 validate --fix 可以一次改完"
            yield TextMatch(at, at + 1, message, hint, correct)
