from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import COUNT, MONEY, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, confirmed_matches, fragment, interval_of, total
from zhijiao20.rules.shared.change_pairs import comparison, pair_to
from zhijiao20.rules.shared.enumerations import WRONG_UNIT, Enumeration, enumeration_at, odd_amount
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern

PAGE = """ZJ315 金额的单位可能差一万倍。

“万元”写成“元”、“元”写成“万元”，差一万倍。只看这几种：总数与分项，换一个单位正好加得上；一句话里的几个金额，或前后两年的同一个量，只有一个的数量级与别的不相称；
数字相同、单位不同（安排860万元，拨付860元）；人均、生均、每人的金额上百万元。写明“每”“均”“标准”的元，是单价，不管。

错：筹集助学资金537万元，其中财政拨款365万元、社会捐赠172元。
对：筹集助学资金537万元，其中财政拨款365万元、社会捐赠172万元。
错：年人均工资由2018年的46500元提高到51200万元。
对：年人均工资由2018年的46500元提高到51200元。
错：安排师资培训830万元、课程开发760元、平台运维690万元。
对：安排师资培训830万元、课程开发760万元、平台运维690万元。
错：安排专项资金860万元，拨付860元，全部到位。
对：安排专项资金860万元，每名学员补助860元。
错：项目总投资2.4亿元，到位资金1.6万元。
对：项目总投资2.4亿元，到位资金1.6亿元。

依据：数据应准确（一般）。
"""

_NEAR = (Decimal("0.3"), Decimal(3))  # what a ratio may be apart from ten thousand
_LEAST_RATIO = 100
_ALIKE = 10  # amounts of a series are at most so many times apart
_MAX_SERIES = 60
_NAME = lazy_regex("投资|拨款|投入|支出|补助|安排|资金|经费")
_VALUE = attrgetter("value")
_AND = ("和", "与", "及")
_RATES = lazy_regex("每|均|标准|补贴|奖|学费|津贴|单价|售价|最低|最高|免|补助标准")
_ENDS = frozenset("到至为的元长加高升降少")
_TOTALS = lazy_regex(
    "投入|投资|到款|发放|拨款|拨付|到账|到位|安排|支出|收入|捐赠|筹措|筹集|下达|经费|资金|配套|自筹|专项|折合|购置|维修|建设|设备|支付|执行|预算"
)
_PER_USE = lazy_regex(
    "每|均|标准|单价|[售票餐房定]价|最[低高大小多少]|单笔|/|／|等奖|费(?!收入|用)|[日天次]|不[低少]于"
)
_PER_ONE = lazy_regex(
    f"{_PER_USE.pattern}|津贴|[工月起年周日]资|薪|补[助贴]|学金|[奖罚]金|GDP|总值|产值|产业|增加值|财政收入|营业|销售"
)
_PER_HEAD = lazy_regex("[人生师]均|每[人生名位]")
_TURNOVER = lazy_regex("产值|营收|营业|销售|利润|投资|资产|总")
_MUCH_A_HEAD = 1_000_000  # 元
_HEADS = (Decimal("0.2"), Decimal(5))  # what amounts of one person may be apart with the right unit
_ROUGHLY = Decimal("0.05")  # part of a product that rounding may change
_NOTHING = 100  # 元: not even a grant
_LITTLE = {
    "": Decimal(10_000),
    "万": Decimal(1_000_000),
}  # 元: less than any total that is written beside 万元, or 亿元
# Scale of an amount and of those beside it → what the amount with their unit may be, as a share of them.
_NONE = (Decimal(0), Decimal(0))
_COMPARABLE = {("", "万"): (Decimal("0.02"), Decimal(50)), ("万", "亿"): (Decimal("0.02"), Decimal(5))}
_MIN_DIGITS = 2
_SHORT_NAME = 6  # characters of an item of a list, such as 高职
_MAX_WORDS = 40  # characters before an amount that may say that it is of one person
sign = Pattern(
    "元(?:(?<=[0-9]元)|(?<=亿元))", "万(?<=[0-9]{6}万)(?=元)", "均(?<=[人生师]均)", "每(?=[人生名位])", prose=True
)
_HINT = "核对单位是“元”还是“万元”"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report an amount of money whose unit does not fit the amounts beside it."""
    text = passage.text
    if text.count("元") < 2:
        return ()
    amounts = [quantity.value for quantity in passage.quantities if quantity.kind is MONEY and quantity.value]
    far_apart = len(amounts) > 1 and max(amounts) >= _LEAST_RATIO * min(amounts)
    return {match.begin: match for match in confirmed_matches(_find_matches(passage))}.values() if far_apart else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    quantities, prose = passage.quantities, passage.prose
    last, told = -1, False
    for index, quantity in enumerate(quantities):
        if quantity.kind is not MONEY or index <= last or not (quantity.exact and quantity.value):
            continue
        if quantity.before and quantity.before[-1] in _ENDS:
            pair = pair_to(prose, quantities, index) or comparison(prose, quantities, index)
            if pair and pair.old.kind is MONEY and _is_factor(pair.old.value, pair.new.value):
                told = True
                yield _make_match(passage, quantities, index, pair.new if pair.new.begin > pair.old.begin else pair.old)
                continue
        found = enumeration_at(prose, quantities, index)
        if found is not None and (odd := _odd_part(quantities, found)):
            told = True
            yield _make_match(passage, quantities, found.whole, odd)
            last = index + len(found.parts)
            continue
        run = _run(prose, quantities, index)
        if len(run) > 2 and (odd := _odd_of_run(prose, quantities, run) or _far_from_all(quantities, run)):
            told = True
            yield _make_match(passage, quantities, index, odd)
        last = max(last, run[-1])
    yield from _odd_of_series(passage)
    if not told:
        yield from _odd_of_sentences(passage)


def _odd_part(quantities: Sequence[Quantity], found: Enumeration) -> Quantity | None:
    """Return the amount that makes a sum right with another unit, unless all parts are those of another total."""
    others = (item for item in quantities if item.kind is MONEY and item not in found.parts)
    if any(total(found.parts).meets(interval_of(item)) for item in others):
        return None
    return odd_amount(quantities[found.whole], found.parts)


def _is_factor(first: Decimal, second: Decimal) -> bool:
    """Check whether two amounts are some ten thousand times apart."""
    ratio = max(first, second) / min(first, second) / WRONG_UNIT
    return _NEAR[0] <= ratio <= _NEAR[1]


def _run(prose: str, quantities: Sequence[Quantity], index: int) -> list[int]:
    """Return the indexes of the amounts that are joined by 、 from an index on, or by commas behind a colon."""
    run = [index]
    first = quantities[index]
    listed = (
        prose[max(0, first.begin - len(first.before) - 1)] in "：:"
    )  # 支出情况为：实训设备1450万元，教师培训320万元
    for at in range(index + 1, len(quantities)):
        item = quantities[at]
        if item.kind is YEAR and prose[item.begin - len(item.before) - 1] in "、，":
            continue  # 2018年为150万元、2019年为180万元
        start = quantities[at - 1].begin - len(quantities[at - 1].before) if quantities[at - 1].kind is YEAR else 0
        joint = prose[(start or item.begin - len(item.before)) - 1]
        joined = joint == "、" or (joint == "，" and (start or listed)) or (len(run) > 1 and item.before in _AND)
        if item.kind is not MONEY or not (item.exact and item.value) or not joined or quantities[run[-1]].after[1:]:
            break
        run.append(at)
    return run


def _far_from_all(quantities: Sequence[Quantity], run: Sequence[int]) -> Quantity | None:
    """Return the only amount that is some ten thousand times greater or smaller than all others, which are alike."""
    items = [quantities[at] for at in run]
    for odd in (min(items, key=_VALUE), max(items, key=_VALUE)):
        others = [item.value for item in items if item is not odd]
        if max(others) <= _ALIKE * min(others) and all(_is_factor(odd.value, value) for value in others):
            return None if _RATES.search(odd.before) else odd
    return None


def _odd_of_series(passage: Passage) -> Iterator[TextMatch]:
    """Report the amount that does not fit the others of the same name in different clauses: 一期投资, 二期投资."""
    quantities = passage.quantities
    series: dict[str, list[int]] = {}
    for index, quantity in enumerate(quantities[:_MAX_SERIES]):
        name = quantity.before[-2:]
        if quantity.kind is MONEY and quantity.exact and quantity.value and _NAME.fullmatch(name):
            series.setdefault(name, []).append(index)
    for run in series.values():
        if len(run) > 2 and (odd := _far_from_all(quantities, run)):
            yield _make_match(passage, quantities, next(at for at in run if quantities[at] is odd), odd)


def _odd_of_sentences(passage: Passage) -> Iterator[TextMatch]:
    """Report the amounts that do not fit the others of their sentence, or a single person."""
    by_sentence: dict[int, list[int]] = {}
    for index, quantity in enumerate(passage.quantities):
        if quantity.kind is MONEY and quantity.exact and quantity.value:
            by_sentence.setdefault(quantity.sentence, []).append(index)
    for indexes in by_sentence.values():
        if len(indexes) > 1 and (odd := _odd_in_sentence(passage, indexes[:_MAX_SERIES])) is not None:
            yield _make_match(passage, passage.quantities, min(odd, indexes[0]), passage.quantities[odd])


def _odd_in_sentence(passage: Passage, indexes: Sequence[int]) -> int | None:
    """Return the index of the only amount of a sentence that needs another unit, or None."""
    prose, quantities = passage.prose, passage.quantities
    for at in indexes:
        item = quantities[at]
        prices = [quantities[other].value for other in indexes if quantities[other].value < _LITTLE["万"]]
        fits = any(_HEADS[0] <= item.value / price / WRONG_UNIT <= _HEADS[1] for price in prices)
        if fits and item.value >= _MUCH_A_HEAD and _is_of_one_head(prose, item) and not _is_product(quantities, item):
            return at
        scale = _scale(prose, item)
        others = [quantities[other] for other in indexes if other != at and not _is_price(prose, quantities[other])]
        if any(0 < price <= _ALIKE * item.value <= _ALIKE**2 * price for price in prices if price != item.value):
            continue  # 每课时收费6元，财政补贴4元
        beside = {_scale(prose, other) for other in others}
        if scale == "" and "万" in beside:
            beside.discard("亿")
        if scale == "亿" and beside == {"万"} and len(others) > 1 and _is_too_much(item, others):
            return at
        if len(beside) == 1 and _is_too_little(passage, item, others, (scale, beside.pop())):
            return at
    return None


def _is_product(quantities: Sequence[Quantity], item: Quantity) -> bool:
    """Check whether an amount is that of a number of heads in its sentence: 生均公用经费6240万元，在校生2.6万人，生均2400元."""
    beside = [quantity for quantity in quantities if quantity.sentence == item.sentence and quantity.value]
    prices = [quantity for quantity in beside if quantity.kind is MONEY and quantity is not item]
    heads = [quantity for quantity in beside if quantity.kind is COUNT]
    return any(abs(price.value * count.value / item.value - 1) <= _ROUGHLY for price in prices for count in heads)


def _is_too_much(item: Quantity, others: Sequence[Quantity]) -> bool:
    """Check whether an amount in 亿元 among amounts in 万元 is like them in 万元: 设备购置480亿元."""
    right, named = item.value / WRONG_UNIT, _TOTALS.search(item.before) and not _PER_ONE.search(item.before)
    return bool(named) and all(right <= _ALIKE * other.value <= _ALIKE**2 * right for other in others)


def _is_price(prose: str, item: Quantity) -> bool:
    """Check whether an amount in 元 is that of one person or thing: 每生每年1500元."""
    return not _scale(prose, item) and _PER_USE.search(_words(prose, item)) is not None


def _is_of_one_head(prose: str, item: Quantity) -> bool:
    """Check whether an amount is of one person: 生均8000元, or an item of a list that begins so."""
    if item.step != WRONG_UNIT:
        return False  # 生均经费240.8万元, 2.31亿元: of all of them
    listed = prose[item.begin - len(item.before) - 1] == "、" and len(item.before) <= _SHORT_NAME
    words = _words(prose, item) if listed and not _TOTALS.search(item.before) else item.before
    return "）" not in words and _PER_HEAD.search(words) is not None and not _TURNOVER.search(words)


def _is_too_little(passage: Passage, item: Quantity, others: Sequence[Quantity], scales: tuple[str, str]) -> bool:
    """Check whether an amount in 元 among amounts in 万元, or in 万元 among those in 亿元, is ten thousand times more."""
    low, high = _COMPARABLE.get(scales, _NONE)
    greater = item.value * WRONG_UNIT
    if not high or not all(low * other.value <= greater <= high * other.value for other in others):
        return False
    words = _words(passage.prose, item) + passage.text[item.end : item.end + 2]
    if len(others) > 1 and not scales[0] and item.value < _NOTHING and not _PER_USE.search(words):
        return True
    if (_PER_USE if item.step < 1 and item.step else _PER_ONE).search(words):
        return False
    written = _written(passage.text, item)
    if len(written) >= _MIN_DIGITS and written in {_written(passage.text, other) for other in others}:
        return True
    named = _TOTALS.search(item.before or words) is not None or (0 < item.step < 1 and scales[0] == "")
    return item.value < _LITTLE[scales[0]] and named


def _scale(prose: str, quantity: Quantity) -> str:
    """Return the scale of an amount as written: 万 of 860万元."""
    return prose[quantity.begin : quantity.end].removesuffix("元")[-1:].lstrip("0123456789")


def _written(text: str, quantity: Quantity) -> str:
    """Return the digits of an amount as written."""
    return text[quantity.begin : quantity.end].rstrip("元万亿")


def _words(prose: str, quantity: Quantity) -> str:
    """Return the words before an amount, from the comma before it on: of all items of a list joined by 、."""
    begin = max(0, quantity.begin - _MAX_WORDS)
    words = prose[begin : quantity.begin]
    return words[max(map(words.rfind, "，。；：（\n")) + 1 :]


def _odd_of_run(prose: str, quantities: Sequence[Quantity], run: Sequence[int]) -> Quantity | None:
    """Return the only amount of a run that is ten thousand times smaller or greater than each of the others."""
    items = [quantities[at] for at in run]
    if _RATES.search(prose, clause_start(quantities, run[0]), items[-1].end):
        return None
    in_10000 = ["万" in prose[item.begin : item.end] for item in items]
    for scaled in (True, False):
        if in_10000.count(scaled) == 1:
            odd = items[in_10000.index(scaled)]
            others = [item.value for item in items if item is not odd]
            if all(max(odd.value, value) / min(odd.value, value) >= _LEAST_RATIO for value in others) and any(
                _is_factor(odd.value, value) for value in others
            ):
                return odd
    return None


def _make_match(passage: Passage, quantities: Sequence[Quantity], first: int, odd: Quantity) -> TextMatch:
    text = passage.text
    begin = min(clause_start(quantities, first), odd.begin - len(odd.before))
    quoted = fragment(text, begin, max(odd.end, quantities[first].end))
    message = f"“{quoted}”：{text[odd.begin : odd.end]}与旁边的金额差一万倍左右"
    return TextMatch(odd.begin, odd.end, message, _HINT)
