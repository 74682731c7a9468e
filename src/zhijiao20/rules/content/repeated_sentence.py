from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.rules.shared.excerpt import shortened
from zhijiao20.rules.shared.passage import CLAUSES_LIMIT, Passage, TextMatch
from zhijiao20.rules.shared.signs import JoinedTexts

PAGE = """ZJ318 同一段文字里有重复的句子。

同一句话写了两遍，多半是粘贴了两次，该写的另一句没有写。只看一字不差的：十二字以上、有逗号或数字的句子，紧接着重复的分句，和带着同一个数（三位以上，不是整百整十）的分句；
句式相同、内容不同的排比不是重复。不同任务之间的，看 ZJ302。

错：搭建对接平台，与9家企业互派人员。全年互派73人。搭建对接平台，与9家企业互派人员。
对：搭建对接平台，与9家企业互派人员。全年互派73人。
错：开放网络课程，上线资源215个，上线资源215个，选课学生3400人。
对：开放网络课程，上线资源215个，选课学生3400人。
错：组织教师到企业实践，全年1571人；组织教师到企业实践，全年1571人。
对：到柳河职教中心听课6节，到松岭职教中心听课6节。
对：扩招依次为3.2万人、2.8万人、2.8万人。

依据：落实情况逐项填写，不重复（一般）。
"""

_SENTENCE = re.compile("[^。；！？\n]+")
_CLAUSE = re.compile("[^，、。；！？\n]+")
_SHORTEST_SENTENCE = 12  # characters
_ITEM = re.compile("[0-9.]+[一-鿿％%]{1,3}")  # of a list: 依次为3.2万人、2.8万人、2.8万人
_SHORTEST_CLAUSE = 5  # characters
_CONTENT = re.compile("[，0-9]")
_FIGURE = re.compile("(?![^0-9]*[每均])[一-鿿]{4,12}(?!0)[0-9][0-9.]{1,7}(?<!00)(?<!0)[0-9][一-鿿]{1,3}")
_QUOTED = 40  # characters of a sentence in a message
_HINT = "删去重复的；如本来是另一件事，改成该写的内容"


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages that have a clause twice, and those of which not all clauses are known."""
    return [
        passage
        for passage in joined.passages
        if len(clauses := passage.clauses) > len(set(clauses)) or len(passage.text) > CLAUSES_LIMIT
    ]


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every sentence that occurs twice in a text, and every clause right after itself."""
    clauses = passage.clauses
    if len(passage.text) <= CLAUSES_LIMIT:  # fast path: no long clause occurs twice
        repeated = (len(clause) for clause, count in Counter(clauses).items() if count > 1)
        if sum(repeated) < _SHORTEST_CLAUSE:
            return ()
    return sorted(_find_matches(passage.text))


def _find_matches(text: str) -> Iterator[TextMatch]:
    seen: set[str] = set()
    reported: list[int] = []  # begin and end of each sentence that is reported, in order
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        if sentence in seen and len(sentence) >= _SHORTEST_SENTENCE and _CONTENT.search(sentence):
            reported += match.span()
            yield TextMatch(match.start(), match.end(), f"“{shortened(sentence, _QUOTED)}”前面已经写过一遍", _HINT)
        seen.add(sentence)
    yield from _find_clauses(text, reported)


def _find_clauses(text: str, reported: Sequence[int]) -> Iterator[TextMatch]:
    """Report the clauses that occur right after themselves, or twice with the same figure; not in reported sentences."""
    before = ""
    end = -1
    seen: set[str] = set()
    for match in _CLAUSE.finditer(text):
        clause = match[0]
        adjacent = match.start() == end + 1 and "\n" not in text[end : match.start()] and clause == before
        if (
            len(clause) >= _SHORTEST_CLAUSE
            and not _ITEM.fullmatch(clause)
            and bisect_right(reported, match.start()) % 2 == 0
        ):
            if adjacent:
                yield TextMatch(match.start(), match.end(), f"“{shortened(clause, _QUOTED)}”连着写了两遍", _HINT)
            elif clause in seen:
                yield TextMatch(match.start(), match.end(), f"“{shortened(clause, _QUOTED)}”前面已经写过一遍", _HINT)
        if _FIGURE.fullmatch(clause):
            seen.add(clause)
        before, end = clause, match.end()
