from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.rules.quantities import COUNT, MONEY, Quantity
from zhijiao20.rules.shared.arithmetic import index_at
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ314 数字后面缺单位。

一串并列的数都有单位，只有一个没有，多半是漏了。只看总数后面跟着“其中”、并列的几项里别的都有单位的，写法相同的几项里最后一项没有单位的；
“2、3所”“18、19级”这样共用一个单位的，编号、年份、序号，不管。

错：面向社会招聘教师73，其中硕士31人、本科42人。
对：面向社会招聘教师73人，其中硕士31人、本科42人。
错：组建导师队伍165人，其中校内导师98、企业导师67人。
对：组建导师队伍165人，其中校内导师98人、企业导师67人。
错：安排经费2280万元，其中师资培训830万元、课程开发760、平台运维690万元。
对：安排经费2280万元，其中师资培训830万元、课程开发760万元、平台运维690万元。
对：开设课程34门，总学时3306，折合学分186分，其中必修课2100学时。

依据：GB 3100—1993：数值与单位一起表示量（一般）。
"""

# A number between a Chinese character and a mark.  It begins with a digit, which the regex engine finds fast.
_BARE = re.compile(
    r"(?P<number>[1-9](?<=[\u4e00-\u9fff].)[0-9]{0,6}(?:\.[0-9]+)?)(?=，其中[\u4e00-\u9fff]|、[\u4e00-\u9fff]{2})"
)
# The last one of a list: 国家级培训126人次、省级培训385人次、市级培训972，
_LAST = re.compile(r"(?P<number>[1-9](?<=[\u4e00-\u9fff].)[0-9]{1,6}(?:\.[0-9]+)?)(?=，)")
_TAIL = re.compile("[\u4e00-\u9fff]{1,2}$")
_MARK = re.compile("[。；！？\n]")
_NO_ITEM = re.compile("[，、。；：！？\n（）]|其中|合计|共计|占|增|减")
_HINT = "补上单位；是编号、序号的，不用改"
# 总学时3168
_NOT_WITHOUT = ("学时", "课时", "学分", "人数", "次数", "总数", "总量", "数量", "得分", "评分", "分值", "指数")
_NUMBERED = frozenset("第表图号件码约近超逾版类型级栋室楼区线路班")  # 附件2, 表3, 编号12, G类58
_SHORTEST_ITEM = 4  # characters of an item: verb and noun
_LIKE = 3  # numbers of a list that are written alike
_KINDS = (COUNT, MONEY)
_DIFFERENT = "*"  # the numbers of a list have units of their own
_MAX_FOUND = 20  # numbers without a unit that are looked at
_MAX_BEFORE = 8  # quantities before a number of which two may be the items before it
_MAX_SENTENCE = 200  # characters before a number that are searched for the beginning of its sentence


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report the only number without a unit among the parts of an enumeration and their total."""
    return sorted([*_find_matches(passage), *_find_last(passage)])


def _find_last(passage: Passage) -> Iterator[TextMatch]:
    """Report a number without a unit right behind two with the same unit that are written alike."""
    prose = passage.prose
    for match in _LAST.finditer(prose):
        begin, end = match.span("number")
        tail = _tail(prose, begin)
        if (
            not tail
            or prose.count(tail, max(0, begin - _MAX_SENTENCE), begin) < _LIKE
            or tail[-1:] in _NUMBERED
            or tail in _NOT_WITHOUT
            or re.fullmatch("(?:19|20)[0-9]{2}", match["number"])
        ):
            continue
        before = _two_before(passage.quantities, begin)
        if len(before) < 2 or (before[0].unit, before[0].kind) != (before[1].unit, before[1].kind):
            continue
        joints = [prose[item.end : item.end + 1] for item in before]
        between = [prose[before[0].end + 1 : before[1].begin], prose[before[1].end + 1 : begin]]
        if joints[0] != joints[1] or joints[0] not in {"、", "，"} or any(_NO_ITEM.search(words) for words in between):
            continue
        if all(item.exact and _tail(prose, item.begin) == tail for item in before):
            unit = _written_unit(prose, before[1])
            message = f"{excerpt(passage.text, begin, end)}里的“{match['number']}”没有单位，旁边的数都有“{unit}”"
            yield TextMatch(begin, end, message, _HINT)


def _two_before(quantities: Sequence[Quantity], offset: int) -> list[Quantity]:
    """Return the last two counts or amounts before an offset, of the few quantities before it."""
    index = index_at(quantities, offset)
    near = quantities[max(0, index - _MAX_BEFORE) : index]
    return [item for item in near if item.end < offset and item.kind in _KINDS][-2:]


def _tail(prose: str, at: int) -> str:
    """Return the last two Chinese characters before an offset."""
    match = _TAIL.search(prose, max(0, at - 2), at)
    return match[0] if match else ""


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    prose = passage.prose
    found = [
        match
        for match in _BARE.finditer(prose)
        if prose[match.start() - 1] not in _NUMBERED and not prose.endswith(_NOT_WITHOUT, 0, match.start())
    ]
    quantities = passage.quantities if found else ()
    for match in found[:_MAX_FOUND]:
        begin, end = match.span("number")
        if len(match["number"]) == 4 and match["number"][:2] in {"19", "20"}:
            continue  # a year
        start = max(0, begin - _MAX_SENTENCE)
        bounds = [mark.end() for mark in _MARK.finditer(prose, start, begin)]
        sentence = bounds[-1] if bounds else start
        if any(
            other is not match
            and other.start() >= sentence
            and abs(other.start() - begin) <= _MAX_SENTENCE
            and not _MARK.search(prose, min(other.end(), end), max(other.start(), begin))
            for other in found[:_MAX_FOUND]
        ):
            continue  # several numbers without a unit: they may share one
        unit = _unit_of_list(prose, quantities, sentence, begin, end)
        if unit:
            units = "单位" if unit == _DIFFERENT else f"“{unit}”"
            message = f"{excerpt(passage.text, begin, end)}里的“{match['number']}”没有单位，旁边的数都有{units}"
            yield TextMatch(begin, end, message, _HINT)


def _unit_of_list(prose: str, quantities: Sequence[Quantity], sentence: int, begin: int, end: int) -> str:
    """Return the unit of the other numbers of an enumeration, or an empty string if they do not share one."""
    index = index_at(quantities, end)
    after = quantities[index] if index < len(quantities) else None
    if after is None or after.kind not in _KINDS or _MARK.search(prose, end, after.begin):
        return ""
    if "，" in prose[end + 1 : after.begin] or prose[after.begin - len(after.before) - 1] not in "，、":
        return ""
    if prose.startswith("，其中", end):
        return _written_unit(prose, after) if after.before.startswith("其中") else ""
    before = [item for item in quantities[max(0, index - _MAX_BEFORE) : index] if sentence <= item.begin < begin]
    if before and after.unit != before[-1].unit and _stands_between(prose, before[-1], after, begin, end):
        return _DIFFERENT
    following = quantities[index + 1] if index + 1 < len(quantities) else None
    peers = [*before[-1:], *([following] if following and following.clause - after.clause == 1 else [])]
    if "，" in prose[after.end : following.begin] if following else False:
        peers = before[-1:]
    return (
        _written_unit(prose, after)
        if any(peer.unit == after.unit and peer.kind is after.kind for peer in peers)
        else ""
    )


def _stands_between(prose: str, before: Quantity, after: Quantity, begin: int, end: int) -> bool:
    """Check whether a number is one item of a list whose other items have different units: 12家、…导师28、…教材5本."""
    return (
        before.kind is COUNT
        and before.exact
        and after.exact
        and prose[before.end : before.end + 1] == "、"
        and not _NO_ITEM.search(prose, before.end + 1, begin)
        and begin - before.end > _SHORTEST_ITEM
        and not _NO_ITEM.search(prose, end + 1, after.begin)
    )


def _written_unit(prose: str, quantity: Quantity) -> str:
    """Return the unit as written: 万元."""
    return prose[quantity.begin : quantity.end].lstrip("0123456789.,． ")
