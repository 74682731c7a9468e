from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import JoinedTexts

PAGE = """ZJ413 括号、引号、书名号不成对。

少了一半，就看不出括到哪里，后面的文字也可能丢了。逐段核对“（）”“《》”“【】”“「」”和引号，左右写反的也看；一段一段都以上引号开头的引文，只在最后一段收尾，是对的。
“1）”“（1）”“a）”这样的序数不管；发文字号的六角括号看 ZJ401，英文的直引号看 ZJ416。

错：面向企业职工办班14期（含夜校5期，参训730人。
对：面向企业职工办班14期（含夜校5期），参训730人。
错：通过“流动车间开展技能示范，观摩520人。
对：通过“流动车间”开展技能示范，观摩520人。
错：按照《顶岗实习协议书，安排学生390人。
对：按照《顶岗实习协议书》，安排学生390人。
错：印发实训安全管理规定》，检查实训室41间。
对：印发《实训安全管理规定》，检查实训室41间。
错：推行”岗课赛证“融合育人，取证860人。
对：推行“岗课赛证”融合育人，取证860人。

依据：GB/T 15834—2011 第4.8条、第4.9条、第4.15条：引号、括号、书名号由左右两部分组成（规定）。
"""

_PAIRS = {"（": "）", "《": "》", "“": "”", "‘": "’", "【": "】", "「": "」", "『": "』"}
_RARE_PAIRS = (("(", ")"), ("【", "】"), ("‘", "’"), ("「", "」"), ("『", "』"))
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
# All marks but those of 〔2019）15号 and （2019〕15号, document numbers that ZJ401 reports.
_MARKS = lazy_regex('[（）《》“”‘’【】「」『』()\n"](?<!〔[0-9]{4}）)(?!(?<=（)[0-9]{4}〕)')
_SAME = {"(": "（", ")": "）"}
# 1）, a）, 一）, 第3）at the beginning of a clause: the number of an item.
_ITEM = lazy_regex(r"(?:^|[\s，。；：、！？（(])第?(?:[0-9]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})$")
_MAX_ITEM = 6  # characters before a bracket that may be the number of an item
_QUOTES = frozenset("“”‘’")
_HINT = "补上缺的一半，并核对有没有丢字"
_SIMPLE = tuple(
    (opening, closing, lazy_regex(f"{opening}[^{opening}{closing}\0]*+{closing}"))
    for opening, closing in (("（", "）"), ("《", "》"), ("“", "”"))
)


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return no passage if all marks of all texts are in pairs, none inside another one of the same kind, else all."""
    text = joined.text
    for opening, closing, pair in _SIMPLE:
        number = text.count(opening)
        if number != text.count(closing) or (number and len(pair.findall(text)) != number):
            return joined.passages
    return joined.passages if any(mark in text for pair in _RARE_PAIRS for mark in pair) else ()


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every bracket, quotation mark and title mark without its other half."""
    text = passage.text
    count = text.count
    # Fast path: all marks are in pairs, none inside another one; an ordinary text has only the first three pairs.
    for opening, closing, pair in _SIMPLE:
        number = count(opening)
        if number != count(closing) or (number and len(pair.findall(text)) != number):
            return _find_matches(text)
    if passage.ordinary or all(count(opening) == count(closing) for opening, closing in _RARE_PAIRS):
        return ()
    return _find_matches(text)


def _find_matches(text: str) -> Iterator[TextMatch]:
    opened: list[tuple[str, int]] = []
    straight = False
    for match in _MARKS.finditer(text):
        at, mark = match.start(), _SAME.get(match[0], match[0])
        if mark == '"':
            straight = True
        elif mark == "\n":
            yield from _unclosed(text, opened, straight=straight, end=at)
            opened, straight = [], False
        elif mark in _PAIRS:
            opened.append((mark, at))
        elif (half := _closed(opened, mark)) is not None:
            del opened[half]
        elif not _is_other_use(text, at, mark, straight=straight):
            yield _make_match(text, at, f"只有“{text[at]}”，前面没有“{_OPENING[mark]}”")
    yield from _unclosed(text, opened, straight=straight, end=len(text))


def _closed(opened: list[tuple[str, int]], mark: str) -> int | None:
    """Return the index of the last opened mark that a closing mark closes, or None."""
    opening = _OPENING[mark]
    for index in range(len(opened) - 1, max(-1, len(opened) - 9), -1):
        if opened[index][0] == opening:
            return index
    return None


def _is_other_use(text: str, at: int, mark: str, *, straight: bool) -> bool:
    """Check whether a closing mark is no half of a pair: of an item number, an apostrophe, or beside a straight quote."""
    if mark in _QUOTES:
        return straight or (mark == "’" and text[at - 1 : at].isascii())
    return mark == "）" and _ITEM.search(text[max(0, at - _MAX_ITEM) : at]) is not None


def _unclosed(text: str, opened: list[tuple[str, int]], *, straight: bool, end: int) -> Iterator[TextMatch]:
    """Report the marks of a paragraph that are not closed."""
    for mark, at in opened:
        if mark in _QUOTES and (straight or (_begins_paragraph(text, at) and _begins_paragraph(text, end + 1, mark))):
            continue
        yield _make_match(text, at, f"只有“{text[at]}”，后面没有“{_PAIRS[mark]}”")


def _begins_paragraph(text: str, at: int, mark: str = "") -> bool:
    """Check whether an offset is at the beginning of a paragraph, which begins with a mark."""
    line = text.rfind("\n", max(0, at - 6), at) + 1 if "\n" in text[max(0, at - 6) : at] else max(0, at - 6)
    return not text[line:at].strip() and (not mark or text[at : at + 6].lstrip().startswith(mark))


def _make_match(text: str, at: int, problem: str) -> TextMatch:
    return TextMatch(at, at + 1, f"{excerpt(text, at, at + 1, right=10)}{problem}", _HINT)
