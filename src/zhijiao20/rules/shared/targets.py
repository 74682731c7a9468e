"""Matching of a text against the targets of the catalog, shared by the rules of ZJ5.

The data of a target define how a text states its measure: at least one of ``words`` is in the clause, at least one of
``with`` in the sentence, none of ``without`` in the clause.  ``of`` and ``not_of`` are the names of institutions that
the target is and is not about (高职, not 中职): the last of them before a quantity decides whether the quantity counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhijiao20.core.catalog import Target
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import Progress
from zhijiao20.rules.quantities import YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, confirmed_matches
from zhijiao20.rules.shared.passage import Passage, TextMatch

_NOT_DONE = (Progress.NOT_APPLICABLE, Progress.NOT_STARTED)
_SENTENCE_ENDS = "。；;！？\n"
_REASON = lazy_regex(
    "(?<!原)因(?![此而病事公])|由于|(?<![分查][析找明清])原因|鉴于|主要是|受[^，。；\n]{1,12}影响|还差|(?<!城乡)(?<!率)(?<!区域)差距(?!由|缩|收)|偏低(?!的)"
)
_CATCHING_UP = lazy_regex(r"(?:计划|力争|拟|预计|将)[^。\n]{0,30}(?:达到|达标|补足|补齐|提高到|提高至|恢复到)")
_PLANNED = lazy_regex("计划|力争|目标|拟|预计|预算|争取|将达|规划")
_EARLIER = lazy_regex(r"(?:(?<![普职占])比|较|由|从|原(?!则))[^，。；]*$")
_BASE_YEAR_WORDS = ("比", "较", "由", "从")
_MINIMUM = lazy_regex("最[低少](?:的|为|仅|是)*$")
_AVERAGE = lazy_regex("(?:人均|年均|平均|每人)(?:为|达到|达|仅)?")
_SENTENCE_LIMIT = 500  # characters: sentences are shorter; the limit keeps texts without sentence ends fast
_PARAGRAPH_LIMIT = 4 * _SENTENCE_LIMIT  # characters
_QUANTITY_LIMIT = 200  # quantities of one measure in a text; real texts have fewer
_CLAUSE_DISTANCE = 5  # clauses within which the minimum of several values is stated
_CONTINUATION = lazy_regex(
    r"(?:其中|人均|年均|平均|每人|最低|最高|最少|水平|为|达到|达|仅|约|的|均|不足|不到|低于|未达到)*"
)


def targets_of(
    passage: Passage, comparators: frozenset[str], *, check: str = "warn", national: bool = False
) -> Sequence[Target]:
    """Return the targets of the text's task that a single unit has to reach.

    There are none if the progress is 不涉及 or 未启动.

    Args:
        passage: the text.
        comparators: the comparators (``ge``, ``approx`` …) of the wanted targets.
        check: the kind of check that the targets ask for.
        national: whether those of national actions count too, if their words are known: 每5年修订1次专业目录.
    """
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
        and (
            (target.fields.get("check") == check and target.fields.get("scope") == "local")
            or (national and target.fields.get("scope") == "national_action" and words(target, "words"))
        )
    ]


def words(target: Target, name: str) -> Sequence[str]:
    """Return a list of words from the data of a target, empty if it has none."""
    value = target.fields.get(name)
    return [str(word) for word in value] if isinstance(value, Sequence) and not isinstance(value, str) else ()


def limit(target: Target) -> Decimal:
    """Return the threshold of a target."""
    return Decimal(str(target.fields["threshold"]))


def any_in(text: str, found: Sequence[str]) -> bool:
    """Check whether a text contains one of the words."""
    return any(word in text for word in found)


def mentions_target(target: Target, clause: str, sentence: str) -> bool:
    """Check whether a clause is about the measure of a target."""
    required = words(target, "with")
    return (
        any_in(clause, words(target, "words"))
        and (not required or any_in(sentence, required))
        and not any_in(clause, words(target, "without"))
    )


def mentions(passage: Passage, target: Target) -> list[int]:
    """Return the indices of the quantities that state the current value of a target's measure.

    Planned and earlier values are left out.  If several years are stated, only the latest one counts; a quantity
    without a year always does.
    """
    wanted = words(target, "words")
    if not any_in(passage.text, wanted):
        return []
    prose, quantities = passage.prose, passage.quantities
    found: list[tuple[Decimal, int]] = []
    last_clause = -_CLAUSE_DISTANCE  # clause of the last quantity of the measure, which 最低的为12360元 continues
    for index, quantity in enumerate(quantities):
        if quantity.kind is YEAR:
            continue
        start = clause_start(quantities, index)
        clause = prose[start : quantity.end]
        if (
            _continues(quantity, last_clause)
            or (
                any_in(clause, wanted)
                and mentions_target(target, clause, prose[sentence_start(prose, start) : quantity.end])
            )
            or (_AVERAGE.fullmatch(quantity.before) and _measure_in_previous_clause(target, prose, start))
        ) and refers_to_target(target, prose, quantity.begin):
            last_clause = quantity.clause
            if not _PLANNED.search(clause) and not _EARLIER.search(prose, start, quantity.begin):
                found.append((year_before(quantities, index), index))
                if len(found) == _QUANTITY_LIMIT:
                    break
    latest = max((year for year, _ in found), default=Decimal(0))
    return [index for year, index in found if year in {latest, Decimal(0)}]


def _continues(quantity: Quantity, last_clause: int) -> bool:
    """Check whether a quantity continues the last one: 、2019年13480元, or a minimum."""
    distance = quantity.clause - last_clause
    return (distance <= 1 and bool(_CONTINUATION.fullmatch(quantity.before))) or (
        distance <= _CLAUSE_DISTANCE and bool(_MINIMUM.search(quantity.before))
    )


def _measure_in_previous_clause(target: Target, prose: str, start: int) -> bool:
    """Check whether the previous clause is about the measure: 教师每年到企业实践，2019年人均15天."""
    sentence = prose[sentence_start(prose, start) : start].rstrip("，,")
    return mentions_target(target, sentence.rpartition("，")[2], sentence)


def year_before(quantities: Sequence[Quantity], index: int) -> Decimal:
    """Return the year of a quantity: the last one before it in its sentence, 0 for none.

    Base years of a comparison (比2018年) and years more than six quantities before it are ignored.
    """
    for earlier in reversed(quantities[max(0, index - 6) : index]):
        if earlier.sentence != quantities[index].sentence:
            break
        if earlier.kind is YEAR and not earlier.before.endswith(_BASE_YEAR_WORDS):
            return earlier.value
    return Decimal(0)


def refers_to_target(target: Target, prose: str, at: int) -> bool:
    """Check whether the institution named last before an offset is one of the target."""
    of = words(target, "of")
    if not of:
        return True
    line = paragraph_start(prose, at)
    wanted_at = max(prose.rfind(word, line, at) for word in of)
    unwanted_at = max((prose.rfind(word, line, at) for word in words(target, "not_of")), default=-1)
    return wanted_at > unwanted_at


def paragraph_start(text: str, at: int) -> int:
    """Return where the paragraph around an offset begins, within ``_PARAGRAPH_LIMIT``."""
    search_begin = max(0, at - _PARAGRAPH_LIMIT)
    return text.rfind("\n", search_begin, at) + 1 or search_begin


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence around an offset begins, within ``_SENTENCE_LIMIT``."""
    search_begin = max(0, at - _SENTENCE_LIMIT)
    return max(text.rfind(end, search_begin, at) for end in _SENTENCE_ENDS) + 1 or search_begin


def sentence_end(text: str, at: int, limit: int) -> int:
    """Return where the sentence around an offset ends, at most at a limit."""
    return min(
        (end for mark in _SENTENCE_ENDS if (end := text.find(mark, at, limit)) >= 0), default=min(limit, len(text))
    )


def clause_around(text: str, begin: int, end: int) -> tuple[int, int]:
    """Return the bounds of the clause around a part of a text, from comma to comma."""
    marks = _SENTENCE_ENDS + "，,"
    search_begin = max(0, begin - _SENTENCE_LIMIT)
    left = max(text.rfind(mark, search_begin, begin) for mark in marks) + 1 or search_begin
    ends = [at for mark in marks if (at := text.find(mark, end, end + _SENTENCE_LIMIT)) >= 0]
    return left, min(ends, default=min(len(text), end + _SENTENCE_LIMIT))


def unexplained(text: str, hits: Iterable[TextMatch], *, plan: bool = False) -> list[TextMatch]:
    """Return the first matches whose paragraph gives no reason.

    Args:
        text: the text of the matches.
        hits: the matches of a rule, in order.
        plan: whether a plan to reach the target (计划……达到) counts as a reason too.
    """
    return confirmed_matches(_unexplained(text, hits, plan=plan))


def _unexplained(text: str, matches: Iterable[TextMatch], *, plan: bool) -> Iterator[TextMatch]:
    begin = end = 0
    explained = False
    for match in matches:
        if not begin <= match.begin < end:  # search each paragraph only once, however many matches it has
            begin, end = text.rfind("\n", 0, match.begin) + 1, text.find("\n", match.begin) + 1 or len(text)
            explained = bool(_REASON.search(text, begin, end) or (plan and _CATCHING_UP.search(text, begin, end)))
        if not explained:
            yield match


def target_text(target: Target) -> str:
    """Return how messages refer to a target: 任务原文 and its quotation."""
    return f"任务原文“{target.quote}”"
