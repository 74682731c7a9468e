"""What the targets of the catalog ask of a text: shared by the rules of ZJ5.

A target tells by its own data how a text states its measure: ``words`` of which one stands in the clause, ``with`` of
which one stands in the sentence, ``without`` of which none stands in the clause, and ``of`` and ``not_of``, the nearest
of which before a figure says whose figure it is (高职, not 中职).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhijiao20.core.catalog import Target
from zhijiao20.core.submission import Progress
from zhijiao20.rules.quantities import YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, confirmed
from zhijiao20.rules.shared.passage import Passage, TextMatch

_NOT_DONE = (Progress.NOT_APPLICABLE, Progress.NOT_STARTED)
_ENDS = "。；;！？\n"
_REASON = re.compile("因(?![此而])|由于|原因|鉴于|主要是|受[^，。；\n]{1,12}影响")
_CATCHING_UP = re.compile(r"(?:计划|力争|拟|预计|将)[^。\n]{0,30}(?:达到|达标|补足|补齐|提高到|提高至|恢复到)")
_PLANNED = re.compile("计划|力争|目标|拟|预计|预算|争取|将达|规划")
_EARLIER = re.compile(r"(?:(?<![普职占])比|较|由|从|原(?!则))[^，。；]*$")
_SINCE = ("比", "较", "由", "从")
_LEAST = re.compile("最[低少](?:的|为|仅|是)*$")
_MEAN = re.compile("(?:人均|年均|平均|每人)(?:为|达到|达|仅)?")
_FAR = 500  # characters: no sentence is longer, and a text without a stop is read as fast as others
_PARAGRAPH = 4 * _FAR  # characters
_MANY = 200  # figures of one measure in a text; nobody tells more
_NEAR = 5  # clauses within which the least of several is told
_CONTINUED = re.compile(
    r"(?:其中|人均|年均|平均|每人|最低|最高|最少|水平|为|达到|达|仅|约|的|均|不足|不到|低于|未达到)*"
)


def asked(passage: Passage, comparators: frozenset[str], *, check: str = "warn") -> Sequence[Target]:
    """The targets of a text's task that one unit answers for; none where it says 不涉及 or 未启动."""
    if (
        not passage.task.targets
        or passage.entry.progress in _NOT_DONE
        or passage.text.startswith(Progress.NOT_APPLICABLE)
    ):
        return ()
    return [
        target
        for target in passage.task.targets
        if target.fields.get("comparator") in comparators
        and target.fields.get("check") == check
        and target.fields.get("scope") == "local"
    ]


def words(target: Target, name: str) -> Sequence[str]:
    """A list of words in a target's data, empty where it has none."""
    value = target.fields.get(name)
    return [str(word) for word in value] if isinstance(value, Sequence) and not isinstance(value, str) else ()


def limit(target: Target) -> Decimal:
    """The number that a target sets."""
    return Decimal(str(target.fields["threshold"]))


def any_in(text: str, found: Sequence[str]) -> bool:
    """Whether one of the words stands in a text."""
    return any(word in text for word in found)


def states(target: Target, clause: str, sentence: str) -> bool:
    """Whether a clause speaks of a target's measure."""
    also = words(target, "with")
    return (
        any_in(clause, words(target, "words"))
        and (not also or any_in(sentence, also))
        and not any_in(clause, words(target, "without"))
    )


def stated(passage: Passage, target: Target) -> list[int]:
    """Which figures tell a target's measure as it is: no plan, no earlier value, of the last year only."""
    wanted = words(target, "words")
    if not any_in(passage.text, wanted):
        return []
    prose, quantities = passage.prose, passage.quantities
    found: list[tuple[Decimal, int]] = []
    last = -_NEAR  # the clause of the last figure of the measure: 最低的为12360元 goes on from it
    for index, quantity in enumerate(quantities):
        if quantity.kind is YEAR:
            continue
        start = clause_start(quantities, index)
        clause = prose[start : quantity.end]
        if (
            _goes_on(quantity, last)
            or (any_in(clause, wanted) and states(target, clause, prose[sentence_start(prose, start) : quantity.end]))
            or (_MEAN.fullmatch(quantity.before) and _stated_before(target, prose, start))
        ) and belongs(target, prose, quantity.begin):
            last = quantity.clause
            if not _PLANNED.search(clause) and not _EARLIER.search(prose, start, quantity.begin):
                found.append((year_before(quantities, index), index))
                if len(found) == _MANY:
                    break
    newest = max((year for year, _ in found), default=Decimal(0))
    return [index for year, index in found if year in {newest, Decimal(0)}]


def _goes_on(quantity: Quantity, last: int) -> bool:
    """Whether a figure goes on from the last one of the measure: 、2019年13480元, or the least of several."""
    apart = quantity.clause - last
    return (apart <= 1 and bool(_CONTINUED.fullmatch(quantity.before))) or (
        apart <= _NEAR and bool(_LEAST.search(quantity.before))
    )


def _stated_before(target: Target, prose: str, start: int) -> bool:
    """Whether the clause before one speaks of the measure: 教师每年到企业实践，2019年人均15天."""
    sentence = prose[sentence_start(prose, start) : start].rstrip("，,")
    return states(target, sentence.rpartition("，")[2], sentence)


def year_before(quantities: Sequence[Quantity], index: int) -> Decimal:
    """The year that a figure is of: the last one told before it in its sentence, 0 for none."""
    for other in reversed(quantities[max(0, index - 6) : index]):
        if other.sentence != quantities[index].sentence:
            break
        if other.kind is YEAR and not other.before.endswith(_SINCE):
            return other.value
    return Decimal(0)


def belongs(target: Target, prose: str, at: int) -> bool:
    """Whether the one last named in the paragraph is the one that a target is about."""
    of = words(target, "of")
    if not of:
        return True
    line = paragraph_start(prose, at)
    mine = max(prose.rfind(word, line, at) for word in of)
    others = max((prose.rfind(word, line, at) for word in words(target, "not_of")), default=-1)
    return mine > others


def paragraph_start(text: str, at: int) -> int:
    """Where the paragraph around a place begins; of one without an end, a stretch before the place."""
    far = max(0, at - _PARAGRAPH)
    return text.rfind("\n", far, at) + 1 or far


def sentence_start(text: str, at: int) -> int:
    """Where the sentence around a place begins; of one without an end, a stretch before the place."""
    far = max(0, at - _FAR)
    return max(text.rfind(end, far, at) for end in _ENDS) + 1 or far


def clause_around(text: str, begin: int, end: int) -> tuple[int, int]:
    """The clause around a stretch, from comma to comma."""
    marks = _ENDS + "，,"
    far = max(0, begin - _FAR)
    left = max(text.rfind(mark, far, begin) for mark in marks) + 1 or far
    ends = [at for mark in marks if (at := text.find(mark, end, end + _FAR)) >= 0]
    return left, min(ends, default=min(len(text), end + _FAR))


def unexplained(text: str, hits: Iterable[TextMatch], *, plan: bool = False) -> list[TextMatch]:
    """The first hits whose paragraph does not say why: where it does, nobody need ask.

    Args:
        text: the text that the hits are about.
        hits: what a rule would ask about.
        plan: whether it is as well to say by when it will be put right.
    """
    return confirmed(_unexplained(text, hits, plan=plan))


def _unexplained(text: str, hits: Iterable[TextMatch], *, plan: bool) -> Iterator[TextMatch]:
    begin = end = 0
    told = False
    for hit in hits:
        if not begin <= hit.begin < end:  # a paragraph is read once, whatever the number of its hits
            begin, end = text.rfind("\n", 0, hit.begin) + 1, text.find("\n", hit.begin) + 1 or len(text)
            told = bool(_REASON.search(text, begin, end) or (plan and _CATCHING_UP.search(text, begin, end)))
        if not told:
            yield hit


def asks(target: Target) -> str:
    """How a message names a target."""
    return f"任务原文“{target.quote}”"
