"""How long teachers practise in companies each year, in the words in which texts state it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import DURATION, Quantity
from zhijiao20.rules.shared.passage import Passage
from zhijiao20.rules.shared.targets import clause_around, sentence_start

UNITS = ("月", "天", "周", "工作日")
"""Units of a practice; its length in years is the length of something else."""

_TEACHERS = lazy_regex("教师|教职工|师资|专任")
_PRACTICE = lazy_regex("实践|实训|锻炼|顶岗|下企业|跟岗|挂职|轮岗")
_YEARS = lazy_regex(r"(?<![0-9])(?:每|近)?(?P<years>[2-9]|[两二三四五六])(?:个学?)?年(?![度级制前])(?:内|中|来|间)?")
_YEARLY = lazy_regex("每(?:学?年|个学年|人每年)|年(?:人)?均|人均每年|年度|全年")
_AVERAGE = lazy_regex("^(?:[^，。；]{0,4}年)?(?:人均|平均|每人)|[0-9]人，?人均|人均")
_PARTS = lazy_regex(
    "每次|每期|每批|每轮|集中|其中|分散|暑期|寒假|学生|学徒|实习|脱产|每周|每月|每学期|最[短长]|上半年|下半年|期间|短期|新教师|比|较|增加|减少|距|差|还|轮训|培训班|国培|缩短|延长|超过|以外|结束后|[0-9]周内"
)
_LIMIT = 200  # durations of a text that are looked at; real texts have fewer
_NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_SENTENCE_YEAR = lazy_regex("20[0-9]{2}(?:年|—20[0-9]{2}学?年)")


def practice_periods(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the index of each duration of a practice of teachers, and for how many years it is stated."""
    prose = passage.prose
    if not _PRACTICE.search(prose):
        return
    durations = (
        (index, quantity)
        for index, quantity in enumerate(passage.quantities)
        if quantity.kind is DURATION and quantity.unit in UNITS
    )
    for index, quantity in islice(durations, _LIMIT):
        begin, end = clause_around(prose, quantity.begin, quantity.end)
        sentence = sentence_start(prose, quantity.begin)
        if not _TEACHERS.search(prose, sentence, end) or _PARTS.search(prose, begin, end):
            continue
        if not _PRACTICE.search(prose, begin, end) and not _continues(prose, sentence, begin, quantity):
            continue
        if (years := _stated_years(prose, sentence, begin, quantity)) is not None:
            yield index, years


def _continues(prose: str, sentence: int, begin: int, quantity: Quantity) -> bool:
    """Check whether a clause states the average or the sum of the practice that the clause before it is about."""
    before = prose[max(sentence, prose.rfind("，", sentence, max(sentence, begin - 1)) + 1) : begin]
    return (
        _AVERAGE.search(prose[begin : quantity.begin]) is not None or prose.startswith(("全年", "合计", "每年"), begin)
    ) and (_PRACTICE.search(before) is not None and _PARTS.search(before) is None)


def _stated_years(prose: str, sentence: int, begin: int, quantity: Quantity) -> int | None:
    """Return for how many years a duration is stated, or None if the text does not say so."""
    clause = prose[begin : quantity.begin]
    if period := _YEARS.search(clause):
        return int(_NUMERALS.get(period["years"]) or period["years"])
    if _YEARLY.search(clause):
        return 1
    if _AVERAGE.search(clause):
        stated = prose[sentence : quantity.begin]
        years = _SENTENCE_YEAR.findall(stated)
        if len(years) == 1 and len(years[0]) == len("2019年") and not _YEARS.search(stated) and "累计" not in clause:
            return 1
    return None
