from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from zhijiao20.core.display import quote
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import DATE, ENDS, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, interval_of, measured
from zhijiao20.rules.shared.explanation import explains
from zhijiao20.rules.shared.passage import Passage
from zhijiao20.rules.shared.round_match import RoundMatch

PAGE = """ZJ607 累计数比上期小。

“累计”的数只增不减：上期累计培训5200人次，本期累计4800人次，多半有一期写错了。只比前后文字都相同的累计数，单位也要相同；
“本年度累计”“2020年累计”这样每年重新算起的，和另一年的不比；写明了更正、核减、口径变化的，不算。

错：【上期】面向社会开展培训，累计培训5200人次。↵【本期】面向社会开展培训，累计培训4800人次。
错：【上期】截至2019年12月底，累计投入资金1.25亿元，建成实训基地12个。↵【本期】截至2020年6月底，累计投入资金1.15亿元，建成实训基地14个。
错：【上期】2019年以来累计有23所中职学校达标。↵【本期】2019年以来累计有21所中职学校达标，新立项4所。
对：【上期】面向社会开展培训，累计培训5200人次。↵【本期】面向社会开展培训，累计培训5800人次。
对：【上期】本年度累计培训5200人次。↵【本期】本年度累计培训2100人次。
对：【上期】2019年累计培训5200人次。↵【本期】2020年累计培训2100人次。
对：【上期】面向社会开展培训，累计培训5200人次。↵【本期】面向社会开展培训，累计培训4800人次（上期重复统计400人次，已核减）。
对：【上期】累计培训教师5200人次。↵【本期】累计培训学生4800人次。

依据：数据应准确、前后一致（一般）。
"""

_TOTAL = lazy_regex("累计|累积|总计|历年")
_ANEW = lazy_regex("本年|今年|当年|年内|全年|本季|当季|本月|当月|本学|学年|学期|上半年|下半年|季度|期间|本期|平均")
_AS_OF = lazy_regex(r"(?:截至|截止|到|至)(?:目前)?$")
_TIMES = (YEAR, DATE)
_MIN_WORDS = 2  # characters that say what is counted, beside 累计
_MAX_WORDS = 60  # characters around a number that are compared
_LOOKED_BACK = 8  # quantities before a number that may be its time
_MAX_TOTALS = 200  # running totals of a text

_Key: TypeAlias = tuple[str, str, str, str]


class _Total(NamedTuple):
    """A running total: its quantity, and where its clause begins."""

    quantity: Quantity
    begin: int


def check(previous: Passage, present: Passage) -> Iterator[RoundMatch]:
    """Report every running total that is smaller than the one with the same words in the last round."""
    if not (_TOTAL.search(present.text) and _TOTAL.search(previous.text)):
        return
    before, after = _totals(previous), _totals(present)
    for key, now in after.items():
        then = before.get(key)
        if then is None or now is None or interval_of(now.quantity).high >= interval_of(then.quantity).low:
            continue
        if explains(previous.text, present.text):
            return
        new, old = (
            quote(passage.text[total.begin : total.quantity.end])
            for passage, total in ((present, now), (previous, then))
        )
        message = f"{new}，比上期的{old}小：累计数不会变小"
        yield RoundMatch(now.begin, message, "核对后改正；上期写错了或口径变了的，在文字里写明")


def _totals(passage: Passage) -> dict[_Key, _Total | None]:
    """Return the running totals by the words around them, their unit and their time; None for one that stands twice."""
    found: dict[_Key, _Total | None] = {}
    quantities = passage.quantities
    for index, quantity in enumerate(quantities):
        if len(found) == _MAX_TOTALS:
            break
        if not measured(quantity):
            continue
        begin = clause_start(quantities, index)
        words = quantity.before[-_MAX_WORDS:]
        if not _TOTAL.search(words) or _ANEW.search(passage.prose, _sentence_start(passage, begin), quantity.begin):
            continue
        after = quantity.after[:_MAX_WORDS]
        if len(_TOTAL.sub("", words)) + len(after) < _MIN_WORDS:
            continue
        key = (words, after, quantity.unit, _time_of(passage, index))
        found[key] = None if key in found else _Total(quantity, begin)
    return found


def _sentence_start(passage: Passage, at: int) -> int:
    """Return the offset at which the sentence of a position begins, at most some words before it."""
    start = max(0, at - _MAX_WORDS)
    return max(start, *(passage.prose.rfind(mark, start, at) + 1 for mark in ENDS))


def _time_of(passage: Passage, index: int) -> str:
    """Return the time to which a number belongs: the years and dates before it in its sentence but 截至 such a date."""
    quantities = passage.quantities
    times = [
        passage.prose[time.begin : time.end]
        for time in quantities[max(0, index - _LOOKED_BACK) : index]
        if time.kind in _TIMES and time.sentence == quantities[index].sentence and not _AS_OF.search(time.before)
    ]
    return " ".join(times)
