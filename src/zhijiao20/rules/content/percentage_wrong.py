from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import BEGINS, PERCENT, Quantity
from zhijiao20.rules.shared.agreeing_changes import is_agreeing_change, is_agreeing_share
from zhijiao20.rules.shared.arithmetic import (
    TYPO_DISTANCE,
    Candidate,
    Interval,
    clause_start,
    confirmed_matches,
    explained,
    fragment,
    index_at,
    interval_of,
    is_typo,
    neighbours_in_text,
    number,
    rounded,
    same_kind,
)
from zhijiao20.rules.shared.named_rates import SAME_WORDS
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.share_bases import is_of_other_base, is_share_in_other_things
from zhijiao20.rules.shared.share_classes import Classes, are_of_one_whole, are_rates, classes_at
from zhijiao20.rules.shared.share_parts import ShareRelation
from zhijiao20.rules.shared.share_relations import share_relation
from zhijiao20.rules.shared.signs import SEPARATOR, Pattern, each, sentences

PAGE = """ZJ307 百分比与数字对不上。

一句话里写了总数、其中数和百分比，三个数要对得上。只核对看得准的：“参加……人、通过……人，通过率……”“……人，其中……人，占……”“占……人的……%”“完成任务……人的……%”“预算……、支出……，执行率……”；
按四舍五入算，“1.76亿元”这样的约数留出余地，“约”“近”“超过”不核对，相差25个百分点以上、又不像错一个数字的也不提示；光凭词语看不准是不是这两个数的，像错一个数字的才提示；句子里别的数字能解释这个百分比的，也不提示。合格率、占比之类超过100%的，一定不对；
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
_OF = lazy_regex(rf"的{_PERCENT}")
_MAYBE_OF_PLAN = ("率", "成", "为", "到", "达", "是")
_OF_PLAN = lazy_regex("(?:完成率?|[执支][行出]率)(?:为|达到|达|是)?$|^完成(?:全部)?(?:任务|计划|目标)的$")
_OF_TOTAL = lazy_regex(
    "总[数量额体]的?$|(?:完成|执行|达成)(?:率|比例|进度)?(?:为|达到|达|是)?$|(?:任务|计划|目标|预算)的?$"
)
_PLANS = ("任务的", "计划的", "目标的")
_WORDS = "(?:[率度例占比为达到是的约仅成超出额务划标在）]|(?<=比)重)"  # their last characters, before a percentage
_BACK = "|".join(rf"(?<={_WORDS}\d[\d,.． \u00a0]{{{length}}}.)" for length in range(8))
_LIST = r"(?=[，、；][^，。；\d率度比增]{1,14}\d)"
_RATE_BELOW_100 = lazy_regex(  # the only number of its clause
    rf"(?:^|[，、（；。\n！？;\0])(?:(?!{BEGINS})[\u4e00-\u9fff]){{0,8}}?([\u4e00-\u9fff]{{2}})(?:率|进度|度|比例)(?:为|达到|达|是)?"
    r"\d{1,2}(?:[.．]\d{1,6})?[%％]\Z"
)
_MAX_RATE = 26  # characters from the mark before such a rate to its percent sign
_LISTED = lazy_regex("[%％][，、；](?=[^，。；0-9率度比增]{1,14}[0-9.]{1,6}[%％])")  # 博士5.2%，硕士48.6%
_MAX_FILTERED = 300  # characters; a longer sentence is always checked, without the prefilter
_NAME = lazy_regex(r"([\u4e00-\u9fff]{1,8}(?:率|进度|度|比例))(?:为|达到|达|是)?$")
_NAMES_OF_PARTS = (
    "(?:合格|通过|过关|达标|就业|录取|升学|取证|获证|持证|获取|双证|开通|优秀|优良|及格|完好|回收|参与|参训|轮训|培训|参考|参会|采纳|办结|毕业|结业|结题|到课|出勤|到岗|在岗|开户|取得|公开|公示|普及|覆盖|知晓"
    "|报到|签约|流失|辍学|建档|接入|联网|联通|资助|受助|落实|整改|采信|转化|留存|留任|录用|及时|准确|正确|成功|有效|上线|应答|回复|回访|抽检|优质|成材|退学|违约|空置|空编|待业|失业|持有|获奖|双师|配齐|齐全|开放|开设|入库|入网|安置|复学|在册|在籍|在编|入编|上岗|上课|退费|履约|结案|结项|立项|命中|反馈|响应|处置|签订|续签|续聘|授牌|认定|推荐|互认|转段|上线|留用|吸纳|登录|注册|激活|放款|挂牌|入职|持岗|考取|培养|放开|进园|入园|结对|抵达)率"
    "|满意[度率]|认可[度率]|支持率|知晓度|覆盖面|资助面|受益面|惠及面|占比|比重|占(?![^，。；]{0,12}(?:任务|计划|目标|指标|预算|上年|同期))[一-鿿]{2,10}的比[例重率]"
    "|(?<![增长完成])的比例|占"
)
_RISES = "(?:已|均|都|也|仍)?(?:[由从][^，。；]{1,20})?(?:为|达到|达|是|高达|保持在|稳定在|(?:提高|提升|上升|增加|扩大|增长|升|增)[到至]|[升增]为)?"
_NEVER_ABOVE_100 = rf"(?:{_NAMES_OF_PARTS})(?:{_RISES})$"  # compiled on first use
_OF_WHOLE = "占[^，。；0-9]{2,16}的$"
_LIST_OF_RATES = rf"(?:{_NAMES_OF_PARTS})(?:[、和与及][^，。；]{{2,10}}[率度面])?(?:均|分别)(?:为|达到|达|是)$"
_KNOWN = (_NEVER_ABOVE_100, _LIST_OF_RATES, _OF_WHOLE)
_OF_NORM, _NORM = lazy_regex("[达配][标齐]率"), lazy_regex("标准|应配|规定|定额|应有")  # 应配1240件、实配1309件
_JOINED = frozenset(["", "和", "与", "及"])
_OFTEN_ABOVE_100 = lazy_regex(
    "任务|计划|目标|指标|预算|[上去]年|同期|资产|负债|杠杆|编制|核定|标准|定额|需求|设计|额定|毛入学|完成|培训量"
)
_OF_TASK = lazy_regex("完成|任务|计划|目标")
_FAR = 25  # percentage points: what is further off a stated relation is of something else, or wrong by a digit
_TEN_THOUSAND = 10_000
_MOST = 300  # per cent: what has more is no part of that whole
_WHOLE = 99  # per cent, without decimals
_RATES_ABOVE = 125  # per cent: what the shares of one whole do not add up to, even with a slip in one
_SENTENCES_BACK = 3  # sentences before a percentage that may state the plan or the budget
_HINT = "核对这三个数，改正写错的一个；百分比另有口径的，写明分母"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report percentages that do not match the part and the whole in the text."""
    return confirmed_matches(_doubts(passage))


def _doubts(passage: Passage) -> Iterator[Candidate]:
    """Yield each contradiction, or None where other quantities of the text explain it."""
    for sentence in sentences(passage, sign):
        yield from _doubts_in(passage, passage.sentence_quantities(sentence), sentence)


def _is_doubtful(prose: str, begin: int, end: int, signs: Sequence[int]) -> bool:
    """Check by words and one calculation whether a sentence has a percentage that may be wrong."""
    of_sentence_before = begin > 0 and prose[begin - 1] != SEPARATOR and _OF.search(prose, begin, end)
    if not (of_sentence_before or _may_be_wrong(prose, begin, end, signs)):
        return False
    sentence = prose[begin:end]
    return not (is_agreeing_share(sentence) or is_agreeing_change(sentence, of_rates=True))


def _may_be_wrong(prose: str, begin: int, end: int, signs: Sequence[int]) -> bool:
    """Check by words alone whether a percentage of a sentence can be the share of two quantities.

    ``参加考核5218人，通过率84.1%``, like most rates, gives no number of those who passed and is not above 100%.
    """
    if prose.find("占", begin, end) >= 0 or end - begin > _MAX_FILTERED:
        return True
    if prose.count("%", begin, end) > 1 and _LISTED.search(prose, begin, end):
        return True
    for at in signs:
        start = max(0, begin - 1, at - _MAX_RATE)
        comma = max(prose.rfind("，", start, at), start)  # most rates stand behind a comma
        rate = _RATE_BELOW_100.match(prose, comma, at + 1) or _RATE_BELOW_100.search(prose, start, at + 1)
        if rate is None or prose.startswith("（", at + 1) or prose.count(rate[1], begin, end) > 1:
            return True  # 完成率87.5%（任务数160名）
        for word in SAME_WORDS.get(rate[1], ()):
            if prose.find(word, begin, end) >= 0:
                return True
    return False


sign = Pattern(
    *each("%％‰", rf"(?:{_BACK}|(?<=[\d,.． \u00a0]{{9}}.)|{_LIST})"),
    f"分之(?<={_WORDS}[百千万]分之)",
    prose=True,
    may_count=_is_doubtful,
)


def _doubts_in(passage: Passage, quantities: Sequence[Quantity], sentence: int) -> Iterator[Candidate]:
    """Yield the contradictions of one sentence."""
    several = len(quantities) > 1 and _are_above_100(quantities)
    last = -1 if several else len(quantities)  # the last share of classes that was added up
    for index, quantity in enumerate(quantities):
        if quantity.kind is PERCENT and quantity.sentence == sentence and quantity.other is None:
            if quantity.value > 100 and _is_above_100(passage.prose, quantities, index):
                yield _above_100(passage, quantities, index)
            elif quantity.exact and (quantity.before or passage.prose[quantity.begin - 1] in "）)"):
                yield from _check_share(passage, quantities, index)
            if index > last:
                classes = classes_at(passage.text, quantities, index)
                last = classes.last
                yield from _check_classes(passage, quantities, index, classes)


def _are_above_100(quantities: Sequence[Quantity]) -> bool:
    """Check whether the percentages near a sentence add up to more than 100 %."""
    sum_of_shares = 0
    for item in quantities:
        if item.kind is PERCENT:
            sum_of_shares += int(item.value)
    return sum_of_shares >= _WHOLE


def _is_above_100(prose: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Check whether a percentage is one that is never above 100 %."""
    percent, begin = quantities[index], clause_start(quantities, index)
    words = prose[begin : percent.begin]
    if percent.before in _JOINED:  # 知晓率和满意度分别为96.2%和103.4%
        named = re.search(_LIST_OF_RATES, quantities[index - 1].before) if index else None
    else:
        named = next(filter(None, (re.search(known, words) for known in _KNOWN)), None)
    if not named or _OFTEN_ABOVE_100.search(words):
        return False
    start = max(prose.rfind(mark, 0, begin) for mark in "。；\n") + 1
    return _OF_NORM.search(words) is None or _NORM.search(prose, start, percent.begin) is None


def _above_100(passage: Passage, quantities: Sequence[Quantity], index: int) -> TextMatch:
    percent = quantities[index]
    quoted = fragment(passage.text, clause_start(quantities, index), percent.end)
    return TextMatch(percent.begin, percent.end, f"“{quoted}”超过了100%", "核对这个百分比和它的分子、分母")


def _check_classes(
    passage: Passage, quantities: Sequence[Quantity], index: int, classes: Classes
) -> Iterator[TextMatch]:
    """Report shares of the classes of one whole that add up to more than 100 %."""
    shares = classes.shares
    if len(shares) < 2 or sum(share.value - share.step / 2 for share in shares) <= 100:
        return
    added = sum(share.value for share in shares)
    if added > _RATES_ABOVE or are_rates(quantities, shares):
        return  # 按专业分，旅游服务类79.4%、汽车维修类75.6%、畜牧兽医类58.3%: the rate of each
    if not are_of_one_whole(passage.prose, quantities, index, classes):
        return
    formula = "＋".join(passage.text[share.begin : share.end] for share in shares)
    quoted = fragment(passage.text, clause_start(quantities, index), shares[-1].end)
    message = f"“{quoted}”：各类加起来是{formula}＝{added:f}%，超过了100%"
    yield TextMatch(shares[-1].begin, shares[-1].end, message, "核对各类所占的百分比；几类有交叉的，写明有交叉")


def _sentences_back(percent: Quantity) -> Iterator[int]:
    """Yield how many sentences before a percentage may have its part and whole, if its own has not."""
    if percent.before.endswith("的") and percent.sentence:
        yield 1
    if percent.before.endswith((*_MAYBE_OF_PLAN, *_PLANS)) and _OF_PLAN.search(percent.before):
        yield _SENTENCES_BACK


def _share_near(
    passage: Passage, quantities: Sequence[Quantity], index: int
) -> tuple[Sequence[Quantity], ShareRelation | None]:
    """Return the relation of a percentage, and quantities of its sentence or more of them that it is between."""
    percent = quantities[index]
    relation = share_relation(passage.prose, quantities, index)
    for back in _sentences_back(percent) if relation is None else ():
        near = range(max(0, percent.sentence - back), percent.sentence + 1)
        quantities = tuple(chain.from_iterable(map(passage.sentence_quantities, near)))
        relation = share_relation(passage.prose, quantities, index_at(quantities, percent.begin))
        if relation is not None:
            break
    return quantities, relation


def _may_be_slip(percent: Quantity, expected: Interval, *, explicit: bool) -> bool:
    """Check whether a percentage is near enough to that of two numbers, off by a digit, or by a 万 left out.

    If no words show that it is theirs, it is off by a digit.
    """
    distance = _FAR if explicit else TYPO_DISTANCE if _OF_TOTAL.search(percent.before) else 0
    if is_typo(percent, expected.value, distance):
        return True  # 培训3.84人次，占8.52万人次的45.1%
    return explicit and Interval(*(_TEN_THOUSAND * end for end in expected)).meets(interval_of(percent))


def _check_share(passage: Passage, quantities: Sequence[Quantity], index: int) -> Iterator[Candidate]:
    percent = quantities[index]
    quantities, relation = _share_near(passage, quantities, index)
    if relation is None:
        return
    part, whole = quantities[relation.part], quantities[relation.whole]
    explicit = relation.explicit and same_kind(part, whole)  # not 5个民族，占在校生2150人的4%
    if relation.beyond:  # 超额完成15%: of the plan, 115% were done
        percent = replace(percent, value=100 + relation.beyond * percent.value)
    if abs(100 * part.value / whole.value - percent.value) * 2 <= percent.step:
        return
    expected = interval_of(part).share(interval_of(whole))
    if expected.low > _MOST and not relation.beyond:
        return
    if expected.meets(interval_of(percent)) or not _may_be_slip(percent, expected, explicit=explicit):
        return
    if is_of_other_base(passage.prose, percent, part, whole):
        return
    around = neighbours_in_text(passage, percent)
    if is_share_in_other_things(percent, part, whole, around) or explained(
        percent, around, part, whole, siblings=not (relation.explicit or relation.apart)
    ):
        yield None
        return
    begin = clause_start(quantities, min(relation.part, relation.whole))
    text = passage.text
    named = _NAME.search(percent.before)
    name = (
        named[1].lstrip("的")
        if named and "占" not in named[1]
        else "完成比例"
        if _OF_TASK.search(percent.before)
        else "占比"
    )
    formula, right = f"{number(part, text)}÷{number(whole, text)}", expected.value
    if relation.beyond:
        name, right = "相差的比例", abs(right - 100)
        formula = f"（{formula}－1）" if relation.beyond > 0 else f"（1－{formula}）"
    message = (
        f"“{fragment(text, begin, percent.end)}”：{name}写的是{text[percent.begin : percent.end]}，"
        f"按{formula}应为{rounded(right, percent)}%"
    )
    yield TextMatch(percent.begin, percent.end, message, _HINT)
