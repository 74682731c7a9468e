from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import shortened
from zhijiao20.rules.shared.passage import CLAUSES_LIMIT, Passage, TextMatch
from zhijiao20.rules.shared.signs import JoinedTexts

PAGE = """ZJ318 同一段文字里有重复的句子。

同一句话写了两遍，多半是粘贴了两次，该写的另一句没有写。只看一字不差的（“一是”“（一）”一类序数除外）：八字以上的句子，紧接着重复的分句，十字以上的分句，和带着同一个数（三位以上，不是整百）的分句；
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

_SENTENCE = lazy_regex("[^。；！？\n]+")
_CLAUSE = lazy_regex("[^，、。；！？\n]+")
_SHORTEST_SENTENCE = 8  # characters
_HEADING = lazy_regex(
    "(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)[^，。；\n]{2,20}，[^，。；\n0-9]{4,24}。"
)
_LONGEST_HEADING = 80  # characters
_OPENING = "由为对从在"
_VERY_LONG = 12
_LONG_CLAUSE = 10  # characters of a clause without a figure that no two sentences share
_LONG_CLAUSE_WITH_LIST = lazy_regex("(?<![^，。；\n])(?=[^，。；！？\n]*、)[^，。；：！？0-9\n]{12,}(?=[，。；\n]|$)")
_ITEM = lazy_regex("[0-9.]+[一-鿿％%]{1,3}")  # of a list: 依次为3.2万人、2.8万人、2.8万人
_SHORTEST_CLAUSE = 5  # characters
_FIGURE = lazy_regex(
    "(?![^0-9]*(?:[每均]|[高低快]于))(?:[一-鿿]{4,16}(?!0)[0-9][0-9.]{1,7}(?<!00)[0-9]|[一-鿿]{4,12}[0-9]{1,2}\\.[0-9]{1,2})(?:[一-鿿]{1,4}|%)"
)
_HAS_FIGURE = lazy_regex("[0-9]")
_GENERAL = lazy_regex(
    "^(?:按|由|对|在|从|以|与|根据|其中|经|自|为|到|占|每|人均|生均|平均|20[0-9]{2}年)|占[^，]{0,8}[0-9]|20[0-9]{2}年|[0-9][^0-9]{5,}$"
)
_SHARED = lazy_regex(
    "^(?:按|由|对|在|从|以|与|根据|其中|经|自|为|到)|^[^一-鿿]*[每均]|占|[比较同]上|以上|以下|[0-9](?![^0-9]*[0-9.]{3})"
)
# The number of an item is no part of its clause.
_NUMBER = lazy_regex(
    "(?:[一二三四五六七八九十][是要、]|（[一二三四五六七八九1-9]）|[①-⑨]|[1-9][.．、]|并|同时)(?=[一-鿿])"
)
_NUMBER_BEGINS = frozenset("一二三四五六七八九十第（①②③④⑤⑥⑦⑧⑨123456789并同")
_NUMBERED = "二"  # character of most lists
_QUOTED = 40  # characters of a sentence in a message
_HINT = "删去重复的；如本来是另一件事，改成该写的内容"


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages that have a clause twice, numbers of items aside, and those with more than the known clauses."""
    return [
        passage
        for passage in joined.passages
        if passage.repeats_clause
        or len(passage.text) > CLAUSES_LIMIT
        or (_NUMBERED in passage.text and len(passage.clauses) > len(set(_contents(passage.clauses))))
    ]


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every sentence that occurs twice in a text, and every clause right after itself."""
    clauses = passage.clauses
    if len(passage.text) <= CLAUSES_LIMIT:  # fast path: no long clause occurs twice
        repeated = (len(clause) for clause, count in Counter(_contents(clauses)).items() if count > 1)
        if sum(repeated) < _SHORTEST_CLAUSE:
            return ()
    return _outermost(sorted(_find_matches(passage.text), key=lambda match: (match.begin, -match.end)))


def _outermost(matches: Sequence[TextMatch]) -> Iterator[TextMatch]:
    """Yield the matches, in order, that no other one contains."""
    end = -1
    for match in matches:
        if match.end > end:
            end = match.end
            yield match


def _contents(clauses: Iterable[str]) -> list[str]:
    """Return clauses without the numbers of their items; most begin with no character of a number."""
    return [_content(clause) if clause[0] in _NUMBER_BEGINS else clause for clause in clauses]


def _content(clause: str) -> str:
    """Return a clause without the number of its item."""
    number = _NUMBER.match(clause)
    return clause[number.end() :] if number else clause


def _find_matches(text: str) -> Iterator[TextMatch]:
    seen: set[str] = set()
    reported: list[int] = []  # begin and end of each sentence that is reported, in order
    for match in _SENTENCE.finditer(text):
        sentence = _content(match[0].strip())
        if sentence in seen and len(sentence) >= _SHORTEST_SENTENCE:
            reported += match.span()
            yield TextMatch(match.start(), match.end(), f"“{shortened(sentence, _QUOTED)}”前面已经写过一遍", _HINT)
        seen.add(sentence)
    yield from _find_clauses(text, reported)
    yield from _find_long(text)


def _find_long(text: str) -> Iterator[TextMatch]:
    """Report the clauses with 、 that occur twice: 教材选用实行编写、审核、使用全程留痕."""
    seen: set[str] = set()
    for match in _LONG_CLAUSE_WITH_LIST.finditer(text):
        clause = match[0]
        if clause in seen and not _SHARED.search(clause):
            yield TextMatch(match.start(), match.end(), f"“{shortened(clause, _QUOTED)}”前面已经写过一遍", _HINT)
        seen.add(clause)


def _find_clauses(text: str, reported: Sequence[int]) -> Iterator[TextMatch]:
    """Report the clauses that occur right after themselves, or twice with the same figure; not in reported sentences."""
    before = ""
    end = -1
    seen: set[str] = set()
    found = [(match, _content(match[0].strip())) for match in _CLAUSE.finditer(text)]
    numbers = Counter(clause for _, clause in found)
    for match, clause in found:
        if numbers[clause] == 1:
            before, end = clause, match.end()
            continue
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
        if _is_own(clause) and not _is_heading(text, match.start()):
            seen.add(clause)
        before, end = clause, match.end()


def _is_heading(text: str, at: int) -> bool:
    """Check whether a clause is in the heading of an item, whose words come again: （一）坚持优先发展，筑牢基础."""
    begin = max(0, at - _LONGEST_HEADING)
    begin = max(begin - 1, text.rfind("\n", begin, at), text.rfind("。", begin, at)) + 1
    return _HEADING.match(text, begin) is not None


def _is_own(clause: str) -> bool:
    """Check whether a clause says something that no other clause of a text says too."""
    if _FIGURE.fullmatch(clause):
        return True
    shared = _SHARED if _HAS_FIGURE.search(clause) is None else _GENERAL
    if shared is _SHARED and len(clause) >= _VERY_LONG:
        clause = clause.lstrip(_OPENING)  # 由教务处负责考务组织和安全保密
    return len(clause) >= _LONG_CLAUSE and not shared.search(clause)
