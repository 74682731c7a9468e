from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import BEGINS, COUNT, DATE, PERCENT, YEAR, Quantity
from zhijiao20.rules.shared.agreeing_changes import is_agreeing_change
from zhijiao20.rules.shared.arithmetic import (
    Candidate,
    Interval,
    clause_start,
    confirmed_matches,
    fragment,
    interval_of,
    same_kind,
)
from zhijiao20.rules.shared.change_errors import difference_error, error, in_points, is_better_smaller
from zhijiao20.rules.shared.change_pairs import (
    Pair,
    change_ahead,
    comparison,
    implied,
    is_number,
    pair_to,
    preceding,
    previous,
    result_behind,
    states_both_years,
)
from zhijiao20.rules.shared.change_words import CHANGE, CHANGE_TO, ENDINGS
from zhijiao20.rules.shared.change_years import in_bracket, of_years, sequence, year_behind, year_between
from zhijiao20.rules.shared.figure_units import units_in
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, sentences
from zhijiao20.rules.shared.targets import sentence_end

PAGE = """ZJ311 增减与前后数字对不上。

写了前后两个数，又写了增减多少、百分之几、几倍，要对得上：“由……降至……，减少……%”“比2018年的……增加……，增长……%”“2018年……、2019年……，增长……%”；
前一年的数写成“上年为……”“（2018年……）”“增加……（上年为……）”的，“增加……，由……增加到……”“比2018年的……增加……，达到……”的也看。
说“增加”“提高”的，后一个数应大于前一个；减少的百分比不会超过100%；由320万元到960万元是增长2倍，不是3倍。写的增减与算出来的差好几倍的，多半是别的数的增减，不提示；文中另有数字能解释的，也不提示。
名次、用时是越小越好的，“由14位上升到9位”不提示；生产总值、增加值的增速按不变价格计算，不核对；“3750万元”这样取整的数留出余地。

错：学校数由28所降至23所，减少19.7%。
对：学校数由28所降至23所，减少17.9%。
错：2019年招生390人，比2018年的315人增加57人，增长23.8%。
对：2019年招生390人，比2018年的315人增加75人，增长23.8%。
错：生均财政拨款2018年12650元、2019年13480元，增长8.6%。
对：生均财政拨款2018年12650元、2019年13480元，增长6.6%。
错：校均在校生由2114人增加到1690人。
对：校均在校生由1690人增加到2114人。
错：奖补资金3750万元，比上年增加430万元，增长31.0%。
对：奖补资金3750万元，比上年增加430万元，增长13.0%。
错：退学率1.3%，比2018年的1.9%上升0.6个百分点。
对：退学率1.3%，比2018年的1.9%下降0.6个百分点。
错：订单培养871人，比2018年（796人）增加57人。
对：订单培养871人，比2018年（796人）增加75人。
对：基建占比由41.8%降至29.3%，内涵占比由17.5%升至28.1%，前者下降12.5个百分点。
错：捐赠收入538.9万元，上年为612.4万元，同比减少63.5万元。
对：捐赠收入538.9万元，上年为612.4万元，同比减少73.5万元。
错：招收师范生1126人，较上年增加148人（上年为1042人）。
对：招收师范生1126人，较上年增加84人（上年为1042人）。
对：参与企业318家，比上年净增25家（新增42家、退出17家），上年为293家。

依据：数据应准确、前后一致（一般）。
"""

_ENDS = frozenset(ENDINGS)
# A change to a number, or one of more than 100 %, which needs no other.
_MUCH = lazy_regex(r"[充加长高升大调涨增少降低短减简缩滑落窄小跌][到至为]|(?<![\d.])\d{3}[\d.]*+[%％]|分之")
_GIVEN_UP = lazy_regex("撤|退出|停|减少|注销|合并|淘汰|核减")
_SUMMED_UP, _TOTAL = lazy_regex("总额|总数|合计|总计"), lazy_regex("总|合计|全部|共")
_AHEAD = 60  # characters behind 新增 that may say what was given up
_NOUN = lazy_regex("[\u4e00-\u9fff]{2,8}")  # what a change is of, if the text names it again
_MAX_BEFORE = 12  # quantities before a change that may be its base
_DATES = (YEAR, DATE)
_HINT = "核对前后两个数和增减，改正写错的一个"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report changes that do not match the quantities before and after."""
    return confirmed_matches(_doubts(passage))


def _doubts(passage: Passage) -> Iterator[Candidate]:
    """Yield each contradiction, or None where other quantities of the text explain it."""
    for sentence in sentences(passage, sign):
        yield from _doubts_in(passage, passage.sentence_quantities(sentence))


def _is_doubtful(prose: str, begin: int, end: int, changes: Sequence[int]) -> bool:
    """Check by units and one calculation whether a sentence has a change that may be wrong."""
    return _may_be_wrong(prose, begin, end, changes) and not is_agreeing_change(prose[begin:end])


def _may_be_wrong(prose: str, begin: int, end: int, changes: Sequence[int]) -> bool:
    """Check by units alone whether a sentence can have a change and the two quantities that it is of.

    ``招生4558人，比上年增加16人，报到率63%`` has only one that is not the change.
    """
    units = units_in(prose, begin, end)
    if len(set(units)) == len(units):
        return _MUCH.search(prose, begin, end) is not None
    first = changes[0]
    if len(changes) > 1 or prose[first] in "由从" or _MUCH.search(prose, begin, end):
        return True
    others = [*units_in(prose, begin, first), *units_in(prose, first, end)[1:]]  # without that of the change
    return len(set(others)) < len(others)


# What every sentence with a change contains.  It begins with a plain set, which the regex engine finds fast: the last
# character of a word, or 由, 从.
sign = Pattern(
    "[长加高升涨大出多少低降短减简缩滑增幅由从调落窄小跌浮](?<![^增\0][长加])(?<![^扩\0]大)(?<![^高\0]出)(?<![^净新\0]增)(?<![^增涨升降跌\0]幅)(?<![^上下]调)(?<![^回]落)(?<![^缩]小)"
    rf"(?:(?:了|幅度?为|率[为达]?|(?<=幅)[为达]到?|[到至为])?|(?<=[由从])[^。！？；;\n，,、：:（）()\0]{{0,12}}){BEGINS}",
    prose=True,
    may_count=_is_doubtful,
)


def _doubts_in(passage: Passage, quantities: Sequence[Quantity]) -> Iterator[Candidate]:
    """Yield the contradictions of one sentence."""
    last: Pair | None = None
    for index, quantity in enumerate(quantities):
        if not quantity.before or quantity.before[-1] not in _ENDS or quantity.kind in _DATES or not quantity.exact:
            continue
        stated = pair_to(passage.prose, quantities, index)
        if stated is not None:
            last = stated
            yield from _check_direction(passage, quantities, stated)
            if (ahead := change_ahead(passage.prose, quantities, index, stated)) is not None:
                yield from _check_ahead(passage, quantities, ahead, stated)
            continue
        change = CHANGE.search(quantity.before)
        if change is None:
            continue
        if _is_of_other_base(passage.prose, quantities, index, change):
            continue
        pair = _pair_of(passage.prose, quantities, index, change, last)
        if pair is not None:
            last = pair
            yield from _check_change(passage, quantities, index, pair, change)
        elif change.start() == 0 and (new_pair := implied(passage.prose, quantities, index, up=bool(change["up"]))):
            last = new_pair
        elif change["down"] and quantity.kind is PERCENT and quantity.value > 100:
            written = passage.text[quantity.begin : quantity.end]
            yield TextMatch(quantity.begin, quantity.end, f"“{change[0]}{written}”：减少的不会超过100%", _HINT)


def _pair_of(
    prose: str, quantities: Sequence[Quantity], index: int, change: re.Match[str], last: Pair | None
) -> Pair | None:
    """Return the pair that a change is of, or None."""
    noun = quantities[index].before[: change.start()]
    if change["up"] == "新增":
        return preceding(last, quantities, index) if last and not noun and _is_all(prose, quantities[index]) else None
    if not noun or noun.endswith("基础上"):  # 教师增加 is about something else
        if previous(quantities, index) is None or _is_of_single_year(quantities, index):
            return None
        return (
            comparison(prose, quantities, index)
            or in_bracket(prose, quantities, index)
            or result_behind(prose, quantities, index)
            or year_behind(prose, quantities, index)
            or of_years(quantities, index)
            or preceding(last, quantities, index)
            or (None if states_both_years(quantities, index) else _by_place(prose, quantities, index, change[0]))
        )
    first, second = sorted(last.ends, key=lambda end: end.begin) if last else (None, None)
    if not (first and second and _NOUN.fullmatch(noun) and noun in prose[first.begin - len(first.before) : second.end]):
        return None
    return (pair := preceding(last, quantities, index)) and pair._replace(weak=True)


def _by_place(prose: str, quantities: Sequence[Quantity], index: int, words: str) -> Pair | None:
    """Return the two numbers before a change whose years stand before them, or None."""
    return sequence(quantities, index, words) or year_between(prose, quantities, index)


def _is_of_single_year(quantities: Sequence[Quantity], index: int) -> bool:
    """Check whether a change is that of a single year: 由5家增至12家（2019年增加4家、2020年增加3家）."""
    year = quantities[index - 1]
    return year.kind in _DATES and year.clause == quantities[index].clause and not year.before.endswith(("比", "较"))


def _is_all(prose: str, quantity: Quantity) -> bool:
    """Check whether 新增 is the whole change: nothing was given up, as in （新增19个、撤销13个）."""
    end = quantity.end
    return prose[quantity.begin - 3] == "，" and not _GIVEN_UP.search(
        prose, end, sentence_end(prose, end, end + _AHEAD)
    )


def _check_ahead(passage: Passage, quantities: Sequence[Quantity], ahead: int, pair: Pair) -> Iterator[Candidate]:
    """Report a change that stands before its pair: ``增加260人，由2840人增加到3200人``."""
    change = CHANGE.search(quantities[ahead].before)
    if change is not None:
        yield from _check_change(passage, quantities, ahead, pair._replace(weak=True), change)


def _check_direction(passage: Passage, quantities: Sequence[Quantity], pair: Pair) -> Iterator[TextMatch]:
    change = CHANGE_TO.search(passage.prose[pair.old.end : pair.new.begin])
    if (
        change is None
        or is_better_smaller(passage, pair, change)
        or pair.old.value == pair.new.value
        or bool(change["up"]) == (pair.new.value > pair.old.value)
    ):
        return
    begin = clause_start(quantities, quantities.index(pair.old))
    message = f"“{fragment(passage.text, begin, pair.new.end)}”：说的是{change['up'] or change['down']}，数字是{'减少' if change['up'] else '增加'}的"
    yield TextMatch(pair.old.begin, pair.new.end, message, _HINT)


def _check_change(
    passage: Passage, quantities: Sequence[Quantity], index: int, pair: Pair, change: re.Match[str]
) -> Iterator[Candidate]:
    """Report a change in percent, percentage points or number that its pair does not give."""
    quantity, text = quantities[index], passage.text
    message = error(passage, quantity, pair, change)
    if not message:
        return
    if _explained_by_others(passage, quantity, pair, quantities[max(0, index - _MAX_BEFORE) : index]):
        yield None
        return
    begin = min(clause_start(quantities, quantities.index(end)) for end in (quantity, *pair.ends) if end in quantities)
    end = max(item.end for item in (quantity, *pair.ends))
    yield TextMatch(quantity.begin, quantity.end, f"“{fragment(text, begin, end)}”：{message}", _HINT)


def _explained_by_others(passage: Passage, quantity: Quantity, pair: Pair, before: Sequence[Quantity]) -> bool:
    """Check whether another number and one of the pair give it: ``由12所到15所再到18所，共增加6所``."""
    if quantity.kind is PERCENT and "新增" in pair.new.before:  # 新增2个，较2018年的7个增长28.6%: share of the base
        return interval_of(pair.new).share(interval_of(pair.old)).meets(interval_of(quantity))
    if _SUMMED_UP.search(pair.old.before) and not _TOTAL.search(pair.new.before):
        return True  # 企业872万元、组织126万元，较2019年总额984万元增长16.5%: of their sum
    others = [
        other
        for other in before
        if other.sentence == quantity.sentence
        and is_number(other)
        and other not in pair.ends
        and other is not pair.change
        and same_kind(pair.new, other)
    ]
    if quantity.kind is PERCENT and pair.new.kind is not PERCENT:
        return any(_gives(quantity, side, other) for side in pair.ends for other in others)
    return any(
        not difference_error(quantity, Pair(side, other), passage.text)
        for other in others
        for side in pair.ends
        if same_kind(side, quantity) or in_points(quantity, side)
    )


def _is_of_other_base(prose: str, quantities: Sequence[Quantity], index: int, change: re.Match[str]) -> bool:
    """Check whether the base of a change is that of the change before, or stands behind it.

    ``较2019年增加2个、减少1个``; ``高出0.4万元的办学标准0.83万元``.
    """
    return _is_base_behind(prose, quantities, index) or (
        change.start() == 0 and _goes_on(prose, quantities, index, change)
    )


def _is_base_behind(prose: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Check whether a number behind 高出 says of what it is, with how much more behind it."""
    quantity, behind = quantities[index], quantities[index + 1 : index + 2]
    return prose[quantity.end : quantity.end + 1] == "的" and any(
        other.clause == quantity.clause and same_kind(other, quantity) for other in behind
    )


def _goes_on(prose: str, quantities: Sequence[Quantity], index: int, change: re.Match[str]) -> bool:
    """Check whether a change follows another one since the same year, behind 、 or in the other direction."""
    before, quantity = quantities[index - 1] if index else quantities[index], quantities[index]
    other = CHANGE.search(before.before)
    if other is None:
        return False
    opposite = bool(other["up"]) != bool(change["up"]) and same_kind(before, quantity) and quantity.kind is COUNT
    return _is_item(prose, quantity) or (opposite and quantity.clause - before.clause == 1)


def _is_item(prose: str, quantity: Quantity) -> bool:
    """Check whether a quantity is an item of a list, behind 、."""
    return prose[: quantity.begin - len(quantity.before)].endswith("、")


def _gives(percent: Quantity, one: Quantity, other: Quantity) -> bool:
    """Check whether a percentage is the change from one number to another, or that of another by one number."""
    first, second, stated = interval_of(one), interval_of(other), interval_of(percent)
    changes = [first.change(second), second.change(first)]
    if CHANGE.search(other.before) and second.value < first.value:
        changes.append(second.share(Interval(*(low - high for low, high in zip(first, second, strict=True)))))
    return any(change.meets(stated) for change in changes)
