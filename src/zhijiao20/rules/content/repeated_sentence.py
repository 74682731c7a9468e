from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from zhijiao20.rules.shared.excerpt import shortened
from zhijiao20.rules.shared.passage import CLAUSES_LIMIT, Passage, TextMatch

PAGE = """ZJ318 同一段文字里有重复的句子。

同一句话写了两遍，多半是粘贴了两次，该写的另一句没有写。只看一字不差的：十二字以上、有逗号或数字的句子，和紧接着重复的分句；
句式相同、内容不同的排比不是重复。不同任务之间的，看 ZJ302。

错：畅通升学渠道，与4所高职签订贯通协议。全年升学486人。畅通升学渠道，与4所高职签订贯通协议。
对：畅通升学渠道，与4所高职签订贯通协议。全年升学486人。
错：建立学分互认目录，收录课程128门，收录课程128门，惠及学生960人。
对：建立学分互认目录，收录课程128门，惠及学生960人。
错：组织教师到企业实践，全年1571人；组织教师到企业实践，全年1571人。
对：与青溪职教中心签订协议1份，与石桥职教中心签订协议1份。

依据：落实情况逐项填写，不重复（一般）。
"""

_SENTENCE = re.compile("[^。；！？\n]+")
_CLAUSE = re.compile("[^，、。；！？\n]+")
_SHORTEST_SENTENCE = 12  # characters
_SHORTEST_CLAUSE = 5  # characters
_CONTENT = re.compile("[，0-9]")
_QUOTED = 40  # characters of a sentence in a message
_HINT = "删去重复的；如本来是另一件事，改成该写的内容"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every sentence that occurs twice in a text, and every clause right after itself."""
    clauses = passage.clauses
    if len(passage.text) <= CLAUSES_LIMIT:  # fast path: no clause occurs twice
        if len(set(clauses)) == len(clauses):
            return ()
        longest = max(len(clause) for clause, count in Counter(clauses).items() if count > 1)
        if longest < _SHORTEST_CLAUSE:
            return ()
    return sorted(_find_matches(passage.text))


def _find_matches(text: str) -> Iterator[TextMatch]:
    seen: set[str] = set()
    reported: set[int] = set()
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        if sentence in seen and len(sentence) >= _SHORTEST_SENTENCE and _CONTENT.search(sentence):
            reported.update(range(match.start(), match.end()))
            yield TextMatch(match.start(), match.end(), f"“{shortened(sentence, _QUOTED)}”前面已经写过一遍", _HINT)
        seen.add(sentence)
    before = ""
    end = -1
    for match in _CLAUSE.finditer(text):
        adjacent = match.start() == end + 1 and "\n" not in text[end : match.start()]
        if adjacent and match[0] == before and len(before) >= _SHORTEST_CLAUSE and match.start() not in reported:
            yield TextMatch(match.start(), match.end(), f"“{shortened(before, _QUOTED)}”连着写了两遍", _HINT)
        before, end = match[0], match.end()
