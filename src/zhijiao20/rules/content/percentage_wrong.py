from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.rules.quantities import BEGINS, PERCENT, Quantity
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
)
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.share_relations import SAME_WORDS, share_relation
from zhijiao20.rules.shared.signs import Pattern, each, sentences

PAGE = """ZJ307 百分比与数字对不上。

一句话里写了总数、其中数和百分比，三个数要对得上。只核对看得准的：“参加……人、通过……人，通过率……”“……人，其中……人，占……”“占……人的……%”“完成任务……人的……%”“预算……、支出……，执行率……”；
按四舍五入算，“1.76亿元”这样的约数留出余地，“约”“近”“超过”不核对；句子里别的数字能解释这个百分比的，也不提示。合格率、占比之类超过100%的，一定不对；
写明按来源、学历、规模等分成几类的（“来源构成：……占……，……占……”），或男与女、公办与民办，各类所占的百分比加起来也不会超过100%。

错：截至2020年6月30日，累计参加考核5218人，通过4390人，通过率94.1%。
对：截至2020年6月30日，累计参加考核5218人，通过4390人，通过率84.1%。
错：2019年中职招生17234人，其中平台录取15408人，占98.4%。
对：2019年中职招生17234人，其中平台录取15408人，占89.4%。
错：面向紧缺领域年培训1860人次，占培训总量5860人次的37.1%。
对：面向紧缺领域年培训1860人次，占培训总量5860人次的31.7%。
错：抽查设备420台，设备合格率116.8%。
对：抽查设备420台，合格416台，合格率99.0%。
错：送教下乡3450人次，完成全年任务3000人次的105%。
对：送教下乡3450人次，完成全年任务3000人次的115%。
错：高职生源构成：普通高中占46%，中职学校占41%，社会人员占31%。
对：高职生源构成：普通高中占46%，中职学校占41%，社会人员占13%。
对：46—55岁73人，56岁及以上19人，共92人，55岁及以下占79.3%。

依据：数据应准确、前后一致（一般）。
"""

_PERCENT = r"(?=\d[\d,.． \u00a0]*[%％‰]|[百千万]分之)"
_SIGN = re.compile(rf"[率度例占比重为达到是的约仅](?<![^比]重){_PERCENT}")
_OF = re.compile(rf"的{_PERCENT}")
_WORDS = "(?:[率度例占比为达到是的约仅]|(?<=比)重)"  # their last characters, before a percentage
_BACK = "|".join(rf"(?<={_WORDS}\d[\d,.． \u00a0]{{{length}}}.)" for length in range(8))
sign = Pattern(*each("%％‰", rf"(?:{_BACK}|(?<=[\d,.． \u00a0]{{9}}.))"), f"分之(?<={_WORDS}[百千万]分之)", prose=True)
_RATE = re.compile(r"([\u4e00-\u9fff]{2})(?:率|进度|度|比例)(?:为|达到|达|是)?$")
_BELOW_100 = re.compile(r"\d{1,2}(?:[.．]\d+)?[%％]")
_NEW_CLAUSE = re.compile(
    rf"[，、（；。\n](?:(?!{BEGINS})[\u4e00-\u9fff]){{0,8}}$|^[\u4e00-\u9fff]{{0,8}}$"
)  # without another number
_MAX_FILTERED = 300  # characters; a longer sentence is always checked, without the prefilter
_NAME = re.compile(r"([\u4e00-\u9fff]{1,8}(?:率|进度|度|比例))(?:为|达到|达|是)?$")
_NEVER_ABOVE_100 = re.compile(
    r"(?:合格|通过|达标|就业|录取|升学|取证|获证|满意|开通|优秀|及格|完好|回收|参与|采纳|办结|毕业|到课|公开|普及|覆盖)率(?:为|达|达到)?$"
    r"|(?:占比|比重)(?:为|达到|达|是)?$|占(?![^，。；]{0,12}(?:任务|计划|目标|指标|预算|上年|同期))[\u4e00-\u9fff]{2,10}的比[例重率](?:为|达到|达|是)?$"
)
_OFTEN_ABOVE_100 = re.compile("任务|计划|目标|指标|预算|[上去]年|同期|资产|负债|杠杆")
# Classes of one whole: 来源构成, 按规模分; the words of a second dimension among them tell that they overlap.
_DIVIDED = re.compile(
    "(?:来源|生源地?|学历|年龄|职称|性别|户籍|地区|区域|规模|类型|类别|性质|去向|流向|经费|资金|投入|支出|收入|产业|行业)(?:的)?(?:构成|结构|分布|组成)"
    "|按[\u4e00-\u9fff]{1,6}?(?:分|划分|分类|区分)(?![配成别])|(?:来源|去向|流向)(?:看|上看|方面|情况)|毕业生中，?升学|[两二三四五六]类[：:]"
)
_DIMENSIONS = tuple(
    re.compile(words)
    for words in ("博士|硕士|本科|专科|学历|学位|研究生", "高级|中级|初级|职称|教授|讲师|技师", "党员|团员", "男|女", "双师", "岁|青年|中年", "农村|城镇|外省|本省|本市|外市", "骨干|带头人|兼职")
)  # fmt: skip
_RANKS = tuple(re.compile(f"{rank}(?!技工)") for rank in ("高级", "中级", "初级"))  # classes that exclude one another
_SHARE = re.compile("占(?:比|比例|比重)?(?:为|达到|达|约|仅)?$")
_COMPLEMENTS = tuple(
    re.compile(f"(?:{first})(?:[\u4e00-\u9fff]{{0,4}})占(?:比)?(?:为|达到|达)?$|(?:{second})(?:[\u4e00-\u9fff]{{0,4}})占(?:比)?(?:为|达到|达)?$")
    for first, second in (("男", "女"), ("公办", "民办"), ("应届", "往届"), ("省内", "省外"), ("市内", "市外"), ("本省", "外省"), ("本市", "外市"), ("线上", "线下"), ("理论", "实践"))
)  # fmt: skip
_MAX_CLASSES = 12
_MAX_BEFORE = 40  # characters before the first class that may say how the whole is divided
_HINT = "核对这三个数，改正写错的一个；百分比另有口径的，写明分母"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report percentages that do not match the part and the whole in the text."""
    return confirmed_matches(_doubts(passage))


def _doubts(passage: Passage) -> Iterator[Candidate]:
    """Yield each contradiction, or None where other quantities of the text explain it."""
    prose = passage.prose
    for sentence in sentences(passage, sign):
        begin, end = passage.sentence_begin(sentence), passage.sentence_ends[sentence]
        if sentence and _OF.search(prose, begin, end):  # the whole may be in the sentence before
            quantities = (*passage.sentence_quantities(sentence - 1), *passage.sentence_quantities(sentence))
            yield from _doubts_in(passage, quantities, sentence)
        elif _may_be_wrong(prose[begin:end]):
            yield from _doubts_in(passage, passage.sentence_quantities(sentence), sentence)


def _may_be_wrong(prose: str) -> bool:
    """Check by words alone whether a percentage of a sentence can be the share of two quantities.

    ``参加考核5218人，通过率84.1%``, like most rates, gives no number of those who passed and is not above 100%.
    """
    if "占" in prose or len(prose) > _MAX_FILTERED:
        return True
    for match in _SIGN.finditer(prose):
        rate = _RATE.search(prose, max(0, match.end() - 8), match.end())
        if not rate or not (
            prose.count(rate[1]) == 1
            and _NEW_CLAUSE.search(prose, max(0, rate.start() - 9), rate.start())
            and _BELOW_100.match(prose, match.end())
            and not any(word in prose for word in SAME_WORDS.get(rate[1], ()))
        ):
            return True
    return False


def _doubts_in(passage: Passage, quantities: Sequence[Quantity], sentence: int) -> Iterator[Candidate]:
    """Yield the contradictions of one sentence."""
    last = -1  # the last share of a list of classes that was added up
    for index, quantity in enumerate(quantities):
        if quantity.kind is PERCENT and quantity.sentence == sentence and quantity.before and quantity.exact:
            if quantity.value > 100 and _is_above_100(passage.prose, quantities, index):
                yield _above_100(passage, quantities, index)
            else:
                yield from _check_share(passage, quantities, index)
            if index > last and "占" in quantity.before and _SHARE.search(quantity.before):
                classes = _classes(quantities, index)
                last = classes[-1]
                yield from _check_classes(passage, quantities, classes)


def _is_above_100(prose: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Check whether a percentage is one that is never above 100 %."""
    if not _NEVER_ABOVE_100.search(quantities[index].before):
        return False
    return not _OFTEN_ABOVE_100.search(prose, clause_start(quantities, index), quantities[index].begin)


def _above_100(passage: Passage, quantities: Sequence[Quantity], index: int) -> TextMatch:
    percent = quantities[index]
    quoted = fragment(passage.text, clause_start(quantities, index), percent.end)
    return TextMatch(percent.begin, percent.end, f"“{quoted}”超过了100%", "核对这个百分比和它的分子、分母")


def _classes(quantities: Sequence[Quantity], index: int) -> list[int]:
    """Return the indexes of a share and of the shares that follow it in its sentence, one to a clause."""
    found = [index]
    for at in range(index + 1, min(len(quantities), index + _MAX_CLASSES)):
        quantity, before = quantities[at], quantities[found[-1]]
        if quantity.sentence != before.sentence or quantity.clause - before.clause > 1:
            break
        if quantity.unit in {"岁", "周岁"}:
            continue  # 31～40岁占34.7%
        if quantity.kind is not PERCENT or not quantity.exact or not _SHARE.search(quantity.before):
            break
        found.append(at)
    return found


def _check_classes(passage: Passage, quantities: Sequence[Quantity], classes: Sequence[int]) -> Iterator[TextMatch]:
    """Report shares of the classes of one whole that add up to more than 100 %."""
    shares = [quantities[at] for at in classes]
    if len(shares) < 2 or sum(share.value - share.step / 2 for share in shares) <= 100:
        return
    begin = clause_start(quantities, classes[0])
    names = [share.before for share in shares]
    pairs = len(shares) == 2 and any(_are_complements(pair, names) for pair in _COMPLEMENTS)
    if not pairs:
        heading = passage.prose[max(0, begin - _MAX_BEFORE) : begin + len(names[0])]
        heading = heading[max(heading.rfind(mark) for mark in "。；\n") + 1 :]
        if (
            not (_DIVIDED.search(heading) or _are_ranks(names))
            or sum(any(map(words.search, names)) for words in _DIMENSIONS) > 1
        ):
            return
    total = sum(share.value for share in shares)
    formula = "＋".join(passage.text[share.begin : share.end] for share in shares)
    quoted = fragment(passage.text, begin, shares[-1].end)
    message = f"“{quoted}”：各类加起来是{formula}＝{total:f}%，超过了100%"
    yield TextMatch(shares[-1].begin, shares[-1].end, message, "核对各类所占的百分比；几类有交叉的，写明有交叉")


def _are_ranks(names: Sequence[str]) -> bool:
    """Check whether shares are of different ranks: 高级, 中级 and 初级."""
    found = [[number for number, rank in enumerate(_RANKS) if rank.search(name)] for name in names]
    return all(len(ranks) == 1 for ranks in found) and len({ranks[0] for ranks in found}) == len(names)


def _are_complements(pair: re.Pattern[str], names: Sequence[str]) -> bool:
    """Check whether two shares are of the two sides of a pair: 男 and 女."""
    found = [pair.search(name) for name in names]
    return all(found) and len({match[0][:1] for match in found if match}) == 2


def _without(whole: Quantity, part: Quantity) -> Interval:
    """Return a whole without a part of it."""
    (low, value, high), (least, added, most) = interval_of(whole), interval_of(part)
    return Interval(low - most, value - added, high - least)


def _check_share(passage: Passage, quantities: Sequence[Quantity], index: int) -> Iterator[Candidate]:
    percent = quantities[index]
    relation = share_relation(passage.prose, quantities, index)
    if relation is None:
        return
    part, whole = quantities[relation.part], quantities[relation.whole]
    if abs(100 * part.value / whole.value - percent.value) * 2 <= percent.step:
        return
    expected = interval_of(part).share(interval_of(whole))
    if expected.meets(interval_of(percent)) or not (relation.explicit or is_typo(percent, expected.value)):
        return
    if "增" in percent.before and interval_of(part).share(_without(whole, part)).meets(interval_of(percent)):
        return  # 总值12860万元，新增1374万元，新增比例12.0%: of what there was before
    if explained(percent, neighbours_in_text(passage, percent), part, whole):
        yield None
        return
    begin = clause_start(quantities, min(relation.part, relation.whole))
    text = passage.text
    named = _NAME.search(percent.before)
    name = named[1] if named and "占" not in named[1] else "完成比例" if "完成" in percent.before else "占比"
    formula = f"{number(part, text)}÷{number(whole, text)}"
    message = (
        f"“{fragment(text, begin, percent.end)}”：{name}写的是{text[percent.begin : percent.end]}，"
        f"按{formula}应为{rounded(expected.value, percent)}%"
    )
    yield TextMatch(percent.begin, percent.end, message, _HINT)
