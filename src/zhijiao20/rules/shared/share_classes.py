"""Shares of the classes of one whole, which add up to 100 %: recognized by what divides the whole.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import COUNT, MONEY, PERCENT, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, index_at, interval_of, measured, same_kind, total

SHARE = lazy_regex("占(?:比|比例|比重)?(?:为|达到|达|约|仅)?$")
# Classes of one whole: 来源构成, 按规模分; the words of a second dimension among them tell that they overlap.
_DIVIDED = (  # compiled on first use, like all patterns of names
    "(?:来源|生源地?|学历|年龄|职称|性别|户籍|地区|区域|规模|类型|类别|性质|去向|流向|投向|用途|经费|资金|投入|支出|收入|产业|行业|层次)(?:的)?(?:构成|结构|分布|组成)"
    "|权重[^，。；]{0,4}为|(?:构成|组成|分布)(?:为|是|：|如下)|结构(?:为|是|：|中|上|看)"
    "|按[\u4e00-\u9fff]{1,6}?(?:分|划分|分类|区分|统计)(?![配成别])|[从按以][\u4e00-\u9fff]{2,6}(?:看|来看|上看)"
    "|(?:来源|去向|流向|投向|规模|学历|年龄|职称|性别|生源|用途)(?:看|上看|方面|情况|中|上|为|：)"
    "|毕业生中，?升学|[两二三四五六][类部]分?(?:[：:]|组成|构成)|分为[^，。；]{2,20}[两二三四五六][类种]，|(?:问卷|调查|测评|评价|评议)(?:的)?结果"
)
_DIMENSIONS = ("博士|硕士|本科|专科|学历|学位|研究生", "高级|中级|初级|职称|教授|讲师|技师", "党员|团员", "男|女", "双师", "岁|青年|中年", "农村|城镇|外省|本省|本市|外市|省[内外]", "骨干|带头人|兼职")  # fmt: skip
# Classes that exclude one another: each name is of another class of one dimension, and of no other dimension.
_EXCLUSIVE = (
        "正高 副高|高级(?!技工) 中级(?!技工) 初级 [未无其]", "博士 硕士 本科 [专大]科|中专 其[他余它]", "研究生 本科 [专大]科 其[他余它]", "男 女",
        "本[市县地]|市内|县内 省内其[他余]|省内(?:外市|市外)|[外其]他?市|市外 省外|外省", "省内|本省 省外|外省", "公办 民办", "应届 往届|社会", "线上 线下",
        "理论 实践|实训|实习", "必修 选修", "公共(?:基础)?课|基础课 专业(?:技能|核心)?课 (?:顶岗|岗位)?实[习训]|实践", "大型 中型 小型?微?|微型", "国有|国企 民营|私营 外[资商]|合资 机关|事业 其[他余它]",
        "非常满意|很满意 (?<!不)(?<!非常)(?<!很)(?<!比较)(?<!基本)(?<!较)满意 [较基]本?满意 一般 不满意", "优秀 良好 (?<!不)合格|一般|中等 不合格|较差|差", "^第?[一1](?:产|$) ^第?[二2](?:产|$) ^第?[三3](?:产|$)", "中央 省级?(?!外) [市县]", "财政 学费|事业 捐赠|企业|其[他余它]|自筹",
        "中职|中等职业|中专 高职|高等职业|高专|大专 技工 其[他余它]", "城[镇市] 农村|乡村", "[未无][婚业] 已", "升学 就业 创业 参军|入伍|待业|未就业|其[他余它]",
)  # fmt: skip
_PLACE = lazy_regex("(?:本|当)地|[省市县区]内|本[省市县区]")
_OTHERS = lazy_regex("其[他余它]|外")
_REST = lazy_regex("其[他余它]|余下")
_NESTED = lazy_regex("(?:合格|良好|优良|及格|中级|初级|达标|市级|校级|县级)[及和]?以上")
_AT_LEAST, _AT_MOST = lazy_regex("以上"), lazy_regex("以下|以内")
_IN_ORDER = lazy_regex(
    "(?:分别|依次|各)占[^，。；0-9]{0,12}的?$|占(?:比|[^，。；0-9]{2,10}的比[例重])?(?:分别|依次)(?:为|是|达)?$"
)
_PARTED = lazy_regex("分(?:为|成)?[^。；]{2,40}?[两二三四五六2-6][类种级部档个等]")
_BARE_NAME = lazy_regex("(?:[其中为是、和与及]{0,2})?([\u4e00-\u9fff（）“”\ufffc、—～~-]{2,24})$")
_NO_CLASS = lazy_regex(
    "合计|[共总]计|总和|率|度|增|减|提|升|降|高于|低于|比|较|超|同期|完成|均|达到|目标|计划|平台|覆盖|分别"
)
_OWN_WHOLE = lazy_regex(
    "^其中|(?:学生|毕业生|教师|人员|专业|学校|企业|项目|资金|[者员]|[地校])中"
)  # 护理类专业中女生占95%
_OF_OTHERS = lazy_regex("率|度|完成|覆盖|达标")  # 完成率：中职92%，高职95%
_PART = "#"  # of classes that are not named one by one
_ELEMENT = lazy_regex("[、和与及]")
_ENDS_OF_RATES = frozenset("率度")
_MAX_APART = 2  # clauses between two shares: 中级200人，占36%
_MAX_CLASSES = 12
_MAX_BEFORE = 40  # characters before the first class that may say how the whole is divided


class Classes(NamedTuple):
    """Shares that are listed one after the other.

    Attributes:
        shares: the shares.
        names: what each one is a share of.
        last: the index of the last one.
    """

    shares: Sequence[Quantity]
    names: Sequence[str]
    last: int


def classes_at(text: str, quantities: Sequence[Quantity], index: int) -> Classes:
    """Return a share and the shares that follow it, one to a clause, with their names.

    Args:
        text: the text, with quotations, which may be names of classes.
        quantities: quantities of the text.
        index: the index of a percentage.
    """
    first = quantities[index]
    if first.before[-1:] in _ENDS_OF_RATES:  # most percentages
        return Classes([first], [first.before], index)
    names = _names_of_list(text, quantities, index)
    if names:
        shares = [quantities[at] for at in range(index, index + len(names))]
        return Classes(shares, names, index + len(names) - 1)
    if not _is_share(quantities, index):
        return Classes([first], [first.before], index)
    shares, found, last = [first], [_name(text, quantities, index)], index
    for at in range(index + 1, min(len(quantities), index + _MAX_CLASSES)):
        quantity, before = quantities[at], shares[-1]
        if quantity.sentence != before.sentence or quantity.clause - before.clause > _MAX_APART:
            break
        if quantity.kind in {COUNT, MONEY} and (quantity.exact or _is_of_name(quantities, at)):
            continue  # 31～40岁占34.7%; 中级200人，占36%
        if quantity.kind is not PERCENT or not quantity.exact or not _is_share(quantities, at):
            break
        if _OWN_WHOLE.search(quantity.before):
            break
        shares.append(quantity)
        found.append(_name(text, quantities, at))
        last = at
    return Classes(shares, found, last)


def are_of_one_whole(prose: str, quantities: Sequence[Quantity], index: int, classes: Classes) -> bool:
    """Check whether shares from an index on are of classes that exclude one another, so that they make up one whole."""
    names = classes.names
    bounds = [sum(1 for name in names if bound.search(name)) for bound in (_AT_LEAST, _AT_MOST)]
    if len(set(names)) < len(names) or _are_nested(names) or max(bounds) > 1:
        return False
    if names[0].startswith(_PART):
        return True
    divided = _is_divided(prose, quantities, index, names)
    if not divided and "占" not in classes.shares[0].before:
        return False  # a list without 占 may be of anything: 中职92%，高职95%
    if any(_exclude_one_another(words.split(), names) for words in _EXCLUSIVE):
        return True
    rest = len(names) > 2 and _REST.match(names[-1]) is not None
    return (rest or divided) and _dimensions(names) < 2


def are_rates(quantities: Sequence[Quantity], shares: Sequence[Quantity]) -> bool:
    """Check whether the numbers before percentages show that these are no shares: 农村990人，占比51.5%，城镇810人，占比68.4%."""
    counts = [quantities[max(0, index_at(quantities, share.begin) - 1)] for share in shares]
    if not all(measured(count) and same_kind(count, counts[0]) for count in counts):
        return False
    whole = total(counts)
    fit = [interval_of(one).share(whole).meets(interval_of(two)) for one, two in zip(counts, shares, strict=True)]
    return fit.count(False) > 1


def _are_nested(names: Sequence[str]) -> bool:
    """Check whether names are of a class and all above it, or of a place and of a greater one that has it: 在省内就业的占82.6%，在本市就业的占47.9%."""
    if any(_NESTED.search(name) for name in names):
        return True  # 优秀占26.8%，合格以上占98.9%
    places = [match[0] for name in names if (match := _PLACE.search(name))]
    return len(places) > 1 and len(places) == len(names) and not any(_OTHERS.search(name) for name in names)


def _is_divided(prose: str, quantities: Sequence[Quantity], index: int, names: Sequence[str]) -> bool:
    """Check whether the words before the first class say how the whole is divided."""
    begin = clause_start(quantities, index)
    heading = prose[max(0, begin - _MAX_BEFORE) : begin + len(names[0])]
    heading = heading[max(heading.rfind(mark) for mark in "。；\n") + 1 :]
    return re.search(_DIVIDED, heading) is not None and not _OF_OTHERS.search(heading)


def _dimensions(names: Sequence[str]) -> int:
    """Return how many dimensions the names of classes are of: 硕士 and 高级职称 are of two."""
    return sum(any(re.search(words, name) for name in names) for words in _DIMENSIONS)


def _exclude_one_another(classes: Sequence[str], names: Sequence[str]) -> bool:
    """Check whether each name is of another one of some classes."""
    found = [[number for number, words in enumerate(classes) if re.search(words, name)] for name in names]
    if not all(len(numbers) == 1 for numbers in found) or len({numbers[0] for numbers in found}) < len(names):
        return False
    return _dimensions(names) < 2


def _is_of_name(quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether a quantity is in the name of a class: 2500至3499元的占37.6%."""
    return at + 1 < len(quantities) and quantities[at + 1].clause == quantities[at].clause


def _is_share(quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether a percentage is a share: 占34%, or right behind the name of a class as in 硕士48.6%."""
    before = quantities[at].before
    return SHARE.search(before) is not None or (
        _BARE_NAME.fullmatch(before) is not None and not _NO_CLASS.search(before)
    )


def _name(text: str, quantities: Sequence[Quantity], at: int) -> str:
    """Return the name of a class: what stands before its share, or before its number if the share has only 占."""
    share = quantities[at]
    name = SHARE.sub("", text[share.begin - len(share.before) : share.begin]).rstrip("的")
    previous = quantities[at - 1] if at else share
    if not name and previous.sentence == share.sentence and share.clause - previous.clause == 1:
        return previous.before
    if previous.clause == share.clause and previous is not share:
        return text[clause_start(quantities, at) : share.begin]  # 2500至3499元的占
    return name


def _names_of_list(prose: str, quantities: Sequence[Quantity], index: int) -> list[str]:
    """Return the names of ``一产、二产、三产占比分别为12%、58%和40%``, or an empty list."""
    first = quantities[index]
    if not _IN_ORDER.search(first.before):
        return []
    last = index
    while last + 1 < len(quantities) and _joins(prose[quantities[last].end : quantities[last + 1].begin]):
        last += 1
    shares = quantities[index : last + 1]
    if len(shares) < 2 or not all(share.kind is PERCENT and share.exact for share in shares):
        return []
    words = prose[max(0, first.begin - _MAX_BEFORE) : first.begin]
    sentence = words[max(map(words.rfind, "。；\n")) + 1 :]
    names = _ELEMENT.split(_IN_ORDER.sub("", sentence[max(map(sentence.rfind, "，：")) + 1 :]))
    if len(names) == len(shares):
        return names
    return [f"{_PART}{number}" for number in range(len(shares))] if _PARTED.search(sentence) else []


def _joins(between: str) -> bool:
    return between in {"、", "和", "与", "及", "以及", "，"}
