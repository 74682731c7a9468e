from __future__ import annotations

import re
from collections.abc import Iterable

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import JoinedTexts

PAGE = """ZJ419 末尾没有标点。

整段文字末尾没有标点，多半是复制时丢了半句。只看成句的文字（里面有逗号、句号），以括号、引号收尾的不管；各段都不用句末标点的，是清单，也不管。

错：组织专家进校诊断，提出建议36条，反馈到各校
对：组织专家进校诊断，提出建议36条，反馈到各校。
错：印发实施方案，各校全部执行。2019年检查2次，整改问题
对：印发实施方案，各校全部执行。2019年检查2次，整改问题14项。
错：组织教师2848人参加轮训，其中企业实践1571
对：组织教师2848人参加轮训，其中企业实践1571人。

依据：GB/T 15834—2011 第4.1条：句末用句号（一般）。
"""

_UNFINISHED = re.compile(r"[\u4e00-\u9fff0-9%％]\s*\Z")
_IN_SENTENCE = re.compile("[，。；]")
_PARAGRAPH_END = re.compile(r"[。！？；…”’）)》]\s*$", re.MULTILINE)
_SHORTEST = 15  # characters of a paragraph that is a sentence
_USUAL_ENDS = frozenset("。）；”")
_WIDTH = 14  # characters quoted before the end


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages that do not end with a usual mark."""
    return [passage for passage in joined.passages if passage.text[-1:] not in _USUAL_ENDS]


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report a text of sentences whose last one has no mark at its end."""
    text = passage.text
    end = len(text.rstrip())
    begin = text.rfind("\n", 0, end) + 1
    if end - begin < _SHORTEST or not _UNFINISHED.search(text, begin) or not _IN_SENTENCE.search(text, begin, end):
        return ()
    if begin and not _PARAGRAPH_END.search(text, 0, begin - 1):
        return ()
    message = f"{excerpt(text, max(begin, end - _WIDTH), end, left=0, right=0)}后面没有标点"
    return (TextMatch(end - 1, end, message, "核对是不是丢了半句，补上句号"),)
