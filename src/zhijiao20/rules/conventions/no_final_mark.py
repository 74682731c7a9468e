from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import JoinedTexts

PAGE = """ZJ419 末尾没有标点。

整段文字末尾没有标点，多半是复制时丢了半句。只看成句的文字（里面有逗号、句号）；句末标点在括号、引号里面的，句号后面另加括注的，都是对的；各段都不用句末标点的，是清单，也不管。

错：组织专家进校诊断，提出建议36条，反馈到各校
对：组织专家进校诊断，提出建议36条，反馈到各校。
错：印发实施方案，各校全部执行。2019年检查2次，整改问题
对：印发实施方案，各校全部执行。2019年检查2次，整改问题14项。
错：组织教师2848人参加轮训，其中企业实践1571
对：组织教师2848人参加轮训，其中企业实践1571人。

依据：GB/T 15834—2011 第4.1条：句末用句号（一般）。
"""

_UNFINISHED = lazy_regex(r"[\u4e00-\u9fff0-9A-Za-z%％，、：）》”]\s*\Z")
_WITHIN_MARKS = lazy_regex(
    "[。！？；…”][）”]$|[。！？；…][^（。\n]{0,60}（[^（）\n]{1,60}）$|[。！？]《[^《》]{1,60}》$|[：:]“[^“”\n]{1,200}”$"
)
_IN_SENTENCE = lazy_regex("[，。；]")
_PARAGRAPH_END = lazy_regex(r"[。！？；…”’）)》]\s*$", re.MULTILINE)
_SHORTEST = 15  # characters of a text that is a sentence and no entry of a table
_SHORTEST_MARKED = 12  # the same where it ends with a comma, or the paragraph above with its mark
_SHORTEST_WITHIN = 24  # characters of a paragraph that is one although another one follows
_SENTENCE = lazy_regex("[。；][^。；\n]*[0-9][^。；\n]*[\u4e00-\u9fff0-9%％，、]$")
_USUAL_ENDS = frozenset("。；")
_OPEN_ENDS = frozenset("，、：")
_SEARCHED = 280  # characters before the end that are searched for what ends in a bracket or quotation
_WIDTH = 14  # characters quoted before the end


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages that do not end with a usual mark, and those of several paragraphs."""
    return [passage for passage in joined.passages if passage.text[-1:] not in _USUAL_ENDS or "\n" in passage.text]


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report a text of sentences whose last one has no mark at its end, and such a paragraph of it."""
    text = passage.text
    end = len(text.rstrip())
    begin = text.rfind("\n", 0, end) + 1
    found = list(_within(text, begin))
    if not found and _is_unfinished(text, begin, end):
        found.append(_make_match(text, begin, end))
    return found


def _is_unfinished(text: str, begin: int, end: int) -> bool:
    """Check whether the last paragraph of a text is one of sentences, and ends without a mark."""
    shortest = _SHORTEST_MARKED if begin or text[end - 1 : end] in _OPEN_ENDS else _SHORTEST
    if end - begin < shortest or not _UNFINISHED.search(text, begin) or not _IN_SENTENCE.search(text, begin, end):
        return False
    if _WITHIN_MARKS.search(text[max(begin, end - _SEARCHED) : end]):
        return False
    return not begin or _PARAGRAPH_END.search(text, 0, begin - 1) is not None


def _within(text: str, last: int) -> Iterator[TextMatch]:
    """Report the paragraphs before the last one that end without a mark, although all others end with one."""
    begin, missing, ended = 0, list[tuple[int, int]](), 0
    while begin < last:
        end = text.index("\n", begin)
        line = text[begin:end].rstrip()
        if len(line) >= _SHORTEST_WITHIN and _SENTENCE.search(line):
            missing.append((begin, begin + len(line)))
        ended += line.endswith("。")
        begin = end + 1
    if len(missing) == 1 and (ended or text.rstrip().endswith("。")):
        yield _make_match(text, *missing[0])


def _make_match(text: str, begin: int, end: int) -> TextMatch:
    message = f"{excerpt(text, max(begin, end - _WIDTH), end, left=0, right=0)}后面没有标点"
    if text[end - 1] in _OPEN_ENDS:
        message = f"{excerpt(text, max(begin, end - _WIDTH), end, left=0, right=0)}后面没有写完"
    return TextMatch(end - 1, end, message, "核对是不是丢了半句，补上句号")
