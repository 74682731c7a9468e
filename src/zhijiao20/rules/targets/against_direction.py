from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.core.catalog import Target
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import COUNT, DURATION, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, fragment
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.targets import (
    any_in,
    mentions_target,
    refers_to_target,
    sentence_start,
    target_text,
    targets_of,
    unexplained,
    words,
)

PAGE = """ZJ506 与任务要求的增减方向相反。

任务原文要求扩大、提高、倾斜的，文中写的却是减少、下降，上级会问原因；同一段里已写明原因的，不提示。

错〔3.3〕：中高职贯通培养2019年招生1445人，比2018年的1860人减少415人。
对〔3.3〕：中高职贯通培养2019年招生1860人，比2018年的1445人增加415人。
错〔2.1〕：高中阶段毛入学率由2018年的94.6%下降到93.8%。
对〔2.1〕：高中阶段毛入学率由2018年的93.8%提高到94.6%。
错〔16.6〕：国家助学金资助学生2036人，比上年减少120人。
对〔16.6〕：国家助学金资助学生2036人，因在校生总数下降，比上年减少120人。
错〔3.3〕：学前教育专业减少贯通培养计划150人，招生规模由960人压缩到810人。
对〔3.3〕：学前教育专业增加贯通培养计划150人，招生规模由810人扩大到960人。

依据：附表2 任务原文（规定）。
"""

_COMPARATORS = frozenset({"trend_up"})
_DECREASE = lazy_regex(r"(?:减少|下降|降低|下滑|缩减|回落|压缩|压减|调减|核减|削减|下调|收缩|降|减)(?:了|到|至|为)?$")
_CONTINUES = lazy_regex(r"(?:比|较|同比|减少|下降|降)")
# 减少贯通培养计划150人: the plan of the measure is cut, so that no other word for the measure is needed.
_CUT_PLAN = lazy_regex(r"(?:减少|压缩|压减|缩减|调减|核减|削减)(?P<what>[^，。；、\n]{1,16}计划)(?:了|到|至)?$")


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report a decrease where the task sets an increase, unless the text gives a reason."""
    return unexplained(passage.text, _find_matches(passage)) if passage.task.targets else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    for target in targets_of(passage, _COMPARATORS, check="report"):
        if not any_in(passage.text, words(target, "words")):
            continue
        quantities = passage.quantities
        for index, quantity in enumerate(quantities):
            if _can_be_measure(quantity) and (
                _cuts_plan(quantity, target)
                or (_DECREASE.search(quantity.before) and _states_measure(passage.prose, quantities, index, target))
            ):
                begin = clause_start(quantities, index)
                clause = fragment(passage.text, begin, quantity.end)
                message = f"“{clause}”与{target_text(target)}的方向相反"
                yield TextMatch(quantity.begin, quantity.end, message, "核对数字；如属实，请写明原因")
                break


def _cuts_plan(quantity: Quantity, target: Target) -> bool:
    """Check whether the words before a quantity cut a plan of the measure itself."""
    cut = _CUT_PLAN.search(quantity.before) if "计划" in quantity.before else None
    return cut is not None and any_in(cut["what"], words(target, "words"))


def _can_be_measure(quantity: Quantity) -> bool:
    """Check whether a quantity can be a measure: persons, money, shares; not days or copies."""
    return quantity.kind is not DURATION and (quantity.kind is not COUNT or quantity.unit.startswith("人"))


def _states_measure(prose: str, quantities: Sequence[Quantity], index: int, target: Target) -> bool:
    """Check whether the clause of a decrease, or the one it continues, states the measure."""
    begin = clause_start(quantities, index)
    clause, sentence = prose[begin : quantities[index].end], prose[sentence_start(prose, begin) : quantities[index].end]
    if not refers_to_target(target, prose, quantities[index].begin):
        return False
    return mentions_target(target, clause, sentence) or bool(
        _CONTINUES.match(clause) and mentions_target(target, sentence, sentence)
    )
