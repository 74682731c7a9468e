from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.core.catalog import Target
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import COUNT, DURATION, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, fragment
from zhijiao20.rules.shared.excerpt import shortened
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

任务原文要求扩大、提高、倾斜的，文中写的却是减少、下降，上级会问原因；任务要求面向初中毕业生贯通培养的，文中却只招高中毕业生、停招，也提示。同一段里已写明原因的，不提示。

错〔3.3〕：中高职贯通培养2019年招生1445人，比2018年的1860人减少415人。
对〔3.3〕：中高职贯通培养2019年招生1860人，比2018年的1445人增加415人。
错〔2.1〕：高中阶段毛入学率由2018年的94.6%下降到93.8%。
对〔2.1〕：高中阶段毛入学率由2018年的93.8%提高到94.6%。
错〔16.6〕：国家助学金资助学生2036人，比上年减少120人。
对〔16.6〕：国家助学金资助学生2036人，因在校生总数下降，比上年减少120人。
错〔3.3〕：学前教育专业减少贯通培养计划150人，招生规模由960人压缩到810人。
对〔3.3〕：学前教育专业增加贯通培养计划150人，招生规模由810人扩大到960人。
错〔3.3〕：中高职贯通培养项目只面向普通高中毕业生招生，2020年招生1386人，比2019年增加214人。
对〔3.3〕：中高职贯通培养项目面向初中毕业生招生，2020年招生1386人，比2019年增加214人。

依据：附表2 任务原文（规定）。
"""

_MEASURE = "贯通"  # the word of the target whose direction is told in words too
_COMPARATORS = frozenset({"trend_up"})
_DECREASE = lazy_regex(
    r"(?:减少|少招|少|压降|下降|降低|下滑|缩减|回落|压缩|压减|调减|核减|削减|下调|收缩|降|减)(?:了|到|至|为)?$"
)
_CONTINUES = lazy_regex(
    r"(?:比|较|同比|减少|下降|降|招生(?:计划|规模|人数|总数)|规模|人数|[两三四五0-9]年(?:累计)?(?:减少|下降)|逐年)"
)
# 减少贯通培养计划150人: the plan of the measure is cut, so that no other word for the measure is needed.
_CUT_PLAN = lazy_regex(r"(?:减少|压缩|压减|缩减|调减|核减|削减)(?P<what>[^，。；、\n]{1,16}计划)(?:了|到|至)?$")

# The direction in words: for whom the programmes are, and whether they go on.
_PROGRAMME = "贯通|五年一贯制?|五年制|3[+＋]2"
_WRONG_WAY = lazy_regex(
    rf"(?:{_PROGRAMME})[^。；\n初另还]{{0,40}}?(?:面向|招收|招录|录取|对象[为是]|生源[为是])(?:的)?(?:是|全部是)?(?:[^，。；\n初不]{{0,4}}普通)?高中(?:阶段)?(?:应届|往届)?(?:毕业生|学生)(?![^。；\n]*初中)"
    rf"|(?:只|仅|全部|改为|主要)(?:面向|招收|招录|录取)[^，。；\n初]{{0,6}}高中(?:阶段)?毕业生(?=[^。；\n初]*(?:{_PROGRAMME}))"
    rf"|面向(?:普通)?高中(?:阶段)?毕业生[^。；\n初]{{0,6}}(?:招收|开展|实行)[^，。；\n初]{{0,4}}(?:{_PROGRAMME})"
    rf"|(?<!不得)(?:停止|停办|取消|暂停|停招|不再)[^，。；\n]{{0,12}}(?:{_PROGRAMME})(?:培养)?(?:招生|项目|试点|班)?(?![^，。；\n]{{0,4}}资格)"
    rf"|(?:{_PROGRAMME})(?:培养)?(?:项目|班|招生)?(?:已|全部|均)?(?:停止|取消|暂停|停招)|(?:不|不再|停止)(?:招收|面向)(?:应届)?初中(?:应届)?毕业生"
    rf"|(?:{_PROGRAMME})(?:培养)?(?:的)?(?:招生)?(?:规模|计划|人数)[^，。；\n0-9]{{0,6}}(?:缩小|缩减|减少|递减|压缩|萎缩|收缩|下滑|逐年下降|逐年减少|连年下降)"
)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report a decrease where the task sets an increase, unless the text gives a reason."""
    return unexplained(passage.text, _find_matches(passage)) if passage.task.targets else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    for target in targets_of(passage, _COMPARATORS, check="report"):
        if not any_in(passage.text, words(target, "words")):
            continue
        found = _WRONG_WAY.search(passage.prose) if _MEASURE in words(target, "words") else None
        if found:
            message = f"“{shortened(passage.text[found.start() : found.end()], 40)}”与{target_text(target)}的方向相反"
            yield TextMatch(found.start(), found.end(), message, "核对招生的对象和规模；如属实，请写明原因")
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
