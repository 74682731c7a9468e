from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhijiao20.rules.quantities import BEGINS, DATE, PERCENT, POINTS, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Candidate,
    Interval,
    clause_start,
    confirmed_matches,
    explained,
    fragment,
    interval_of,
    is_typo,
    neighbours_in_text,
    number,
    rounded,
    same_kind,
)
from zhijiao20.rules.shared.change_pairs import (
    Pair,
    comparison,
    implied,
    in_bracket,
    is_number,
    pair_to,
    preceding,
    sequence,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, sentences
from zhijiao20.rules.shared.targets import sentence_start

PAGE = """ZJ311 增减与前后数字对不上。

写了前后两个数，又写了增减多少、百分之几，要对得上：“由……降至……，减少……%”“比2018年的……增加……，增长……%”“2018年……、2019年……，增长……%”。
说“增加”“提高”的，后一个数应大于前一个；减少的百分比不会超过100%。文中另有数字能解释的，不提示。
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

依据：数据应准确、前后一致（一般）。
"""

_UP = "增长|增加|提高|上升|提升|上涨|扩大|高出|(?<=净)增|[增涨升]幅|多|高"
_DOWN = "减少|下降|降低|缩短|压减|精简|缩减|下滑|压缩|[降跌]幅|降|低|少|减"
_CHANGE = re.compile(
    rf"(?:[比较](?:上年|去年|上年同期|同期)|同期)?(?:同比|净|共|前者|前者比后者)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|幅度?为|率为|率达?|(?<=幅)[为达]到?)?$"
)
_CHANGE_TO = re.compile(
    r"(?:(?P<up>增加|增长|提高|上升|提升|扩大|增|升)|(?P<down>减少|下降|降低|缩短|压减|精简|缩减|下滑|压缩|降|减))(?:到|至|为)"
    r"(?:了)?(?:\d{4}年)?的?$"
)
_ENDINGS = "长加高升涨大出多少降低短减简缩滑增幅了度率到至的为达"  # last characters of the words for a change
_ENDS = frozenset(_ENDINGS)
# What every sentence with a change contains.  It begins with a plain set, which the regex engine finds fast: the last
# character of a word, or 由, 从.
sign = Pattern(
    "[长加高升涨大出多少低降短减简缩滑增幅由从](?<![^增\0][长加])(?<![^扩\0]大)(?<![^高\0]出)(?<![^净\0]增)(?<![^增涨升降跌\0]幅)"
    rf"(?:(?:了|幅度?为|率[为达]?|(?<=幅)[为达]到?)?|(?<=[由从])[^。！？；;\n，,、：:（）()\0]{{0,12}}){BEGINS}",
    prose=True,
)
# Better the smaller: ranks, and the time that a service takes.
_BETTER_SMALLER = re.compile("名次|位次|排名|排位|排行|位列|座次|名列|位居|效率|速度|时效|时限|提速")
_RISES = frozenset(["上升", "提升", "升"])  # of persons one says 增加: 教师由14名增加到9名
_RANK_UNITS = frozenset("位名")
# Growth at constant prices, or of a base that was counted anew.
_OTHER_PRICES = re.compile("生产总值|增加值|GDP|总产值|可比|不变价|同口径|扣除|实际增长")
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


def _doubts_in(passage: Passage, quantities: Sequence[Quantity]) -> Iterator[Candidate]:
    """Yield the contradictions of one sentence."""
    last: Pair | None = None
    for index, quantity in enumerate(quantities):
        if not quantity.before or quantity.before[-1] not in _ENDS or quantity.kind in _DATES or not quantity.exact:
            continue
        stated = pair_to(passage.prose, quantities, index)
        if stated is not None:
            last = stated
            yield from _check_direction(passage, quantities, index, stated)
            continue
        change = _CHANGE.search(quantity.before)
        if change is None:
            continue
        pair = None
        if change.start() == 0:  # no noun in front: 教师增加 is about something else
            pair = (
                comparison(passage.prose, quantities, index)
                or in_bracket(passage.prose, quantities, index)
                or preceding(last, quantities, index)
                or sequence(quantities, index, change[0])
            )
        if pair is not None:
            last = pair
            yield from _check_change(passage, quantities, index, pair, change)
        elif change.start() == 0 and (new_pair := implied(passage.prose, quantities, index, up=bool(change["up"]))):
            last = new_pair
        elif change["down"] and quantity.kind is PERCENT and quantity.value > 100:
            written = passage.text[quantity.begin : quantity.end]
            yield TextMatch(quantity.begin, quantity.end, f"“{change[0]}{written}”：减少的不会超过100%", _HINT)


def _check_direction(passage: Passage, quantities: Sequence[Quantity], index: int, pair: Pair) -> Iterator[TextMatch]:
    change = _CHANGE_TO.search(passage.prose[pair.old.end : pair.new.begin])
    if (
        change is None
        or _is_better_smaller(passage, pair, change["up"] or "")
        or pair.old.value == pair.new.value
        or bool(change["up"]) == (pair.new.value > pair.old.value)
    ):
        return
    begin = clause_start(quantities, index)
    message = f"“{fragment(passage.text, begin, pair.new.end)}”：说的是{change['up'] or change['down']}，数字是{'减少' if change['up'] else '增加'}的"
    yield TextMatch(pair.old.begin, pair.new.end, message, _HINT)


def _is_better_smaller(passage: Passage, pair: Pair, word: str) -> bool:
    """Check whether a pair is of ranks or times, which rise as their numbers fall: 由14位上升到9位."""
    if word in _RISES and passage.text[pair.old.end - 1 : pair.old.end] in _RANK_UNITS:
        return True
    begin = pair.old.begin
    return _BETTER_SMALLER.search(passage.prose, sentence_start(passage.prose, begin), begin) is not None


def _check_change(
    passage: Passage, quantities: Sequence[Quantity], index: int, pair: Pair, change: re.Match[str]
) -> Iterator[Candidate]:
    """Report a change in percent, percentage points or number that its pair does not give."""
    quantity, (old, new) = quantities[index], pair.ends
    text = passage.text
    base, result = interval_of(old), interval_of(new)
    message = ""
    if (change["up"] and result.high < base.low) or (change["down"] and result.low > base.high):
        states_change = same_kind(old, quantity) or quantity.kind is PERCENT or _in_points(quantity, old)
        if states_change and not _is_better_smaller(passage, pair, change["up"] or ""):
            message = f"说的是{change['up'] or change['down']}，由{number(old, text)}到{number(new, text)}正相反"
    elif quantity.kind is PERCENT and old.kind is not PERCENT:
        expected = result.change(base)
        wrong = not Interval(min(expected), expected.value, max(expected)).meets(interval_of(quantity))
        wrong = wrong and (
            is_typo(quantity, expected.value) or rounded(expected.value, quantity) == 10 * quantity.value
        )
        if wrong and _OTHER_PRICES.search(passage.prose, sentence_start(passage.prose, quantity.begin), quantity.end):
            return
        if wrong and explained(quantity, neighbours_in_text(passage, quantity), new, old, own_rest=False):
            yield None
        elif wrong:
            written = text[quantity.begin : quantity.end]
            correct = f"{rounded(expected.value, quantity)}%"
            message = f"{change['up'] or change['down']}写的是{written}，按{_formula(pair, text)}应为{correct}"
    elif (same_kind(quantity, old) and quantity.kind is not PERCENT) or _in_points(quantity, old):
        message = _difference_error(quantity, pair, text)
    if message and _explained_by_others(text, quantity, pair, quantities[max(0, index - _MAX_BEFORE) : index]):
        yield None
    elif message:
        begin = min(clause_start(quantities, quantities.index(end)) for end in pair.ends if end in quantities)
        yield TextMatch(quantity.begin, quantity.end, f"“{fragment(text, begin, quantity.end)}”：{message}", _HINT)


def _formula(pair: Pair, text: str) -> str:
    """Return how a percentage of change is computed from the quantities that the text states."""
    (old, new), change = pair.ends, pair.change
    if change is None:
        greater, smaller = (new, old) if new.value > old.value else (old, new)
        return f"（{number(greater, text)}－{number(smaller, text)}）÷{number(old, text)}"
    stated = text[change.begin : change.end]
    if pair.states_old:
        return f"{stated}÷{text[old.begin : old.end]}"
    sign = "－" if new.value > old.value else "＋"
    return f"{stated}÷（{text[new.begin : new.end]}{sign}{stated}）"


def _explained_by_others(text: str, quantity: Quantity, pair: Pair, before: Sequence[Quantity]) -> bool:
    """Check whether another number and one of the pair give it: ``由12所到15所再到18所，共增加6所``."""
    if quantity.kind is PERCENT and "新增" in pair.new.before:  # 新增2个，较2018年的7个增长28.6%: share of the base
        return interval_of(pair.new).share(interval_of(pair.old)).meets(interval_of(quantity))
    return any(
        not _difference_error(quantity, Pair(side, other), text)
        for other in before
        if other.sentence == quantity.sentence and is_number(other) and other not in pair.ends
        for side in pair.ends
        if same_kind(side, other) and (same_kind(side, quantity) or _in_points(quantity, side))
    )


def _in_points(quantity: Quantity, old: Quantity) -> bool:
    return quantity.kind is POINTS and old.kind is PERCENT


def _difference_error(quantity: Quantity, pair: Pair, text: str) -> str:
    """Return what is wrong with the difference in ``由58%提高到74%，提高16个百分点``, or an empty string."""
    lesser, greater = sorted(pair.ends, key=lambda end: end.value)
    high, low = interval_of(greater), interval_of(lesser)
    expected = Interval(high.low - low.high, high.value - low.value, high.high - low.low)
    if expected.meets(interval_of(quantity)):
        return ""
    first, second = text[greater.begin : greater.end], text[lesser.begin : lesser.end]
    correct = (
        f"{expected.value:f}个百分点" if quantity.kind is POINTS else _format(expected.value, first, quantity.unit)
    )
    return f"相差写的是{text[quantity.begin : quantity.end]}，按{first}－{second}应为{correct}"


def _format(value: Decimal, written: str, unit: str) -> str:
    """Return a difference with its unit, in 亿 or 万 if the greater number is written so."""
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if name in written:
            return f"{(value / size).normalize():f}{name}{unit}"
    return f"{value:f}{unit}"
