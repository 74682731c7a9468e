from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.rules.quantities import COUNT, MONEY, Quantity
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ314 数字后面缺单位。

一串并列的数都有单位，只有一个没有，多半是漏了。只看总数后面跟着“其中”、并列的几项里别的都有单位的；
“2、3所”“18、19级”这样共用一个单位的，编号、年份、序号，不管。

错：面向社会招聘教师73，其中硕士31人、本科42人。
对：面向社会招聘教师73人，其中硕士31人、本科42人。
错：组建导师队伍165人，其中校内导师98、企业导师67人。
对：组建导师队伍165人，其中校内导师98人、企业导师67人。
错：安排经费2280万元，其中师资培训830万元、课程开发760、平台运维690万元。
对：安排经费2280万元，其中师资培训830万元、课程开发760万元、平台运维690万元。

依据：GB 3100—1993：数值与单位一起表示量（一般）。
"""

# A number between a Chinese character and a mark.  It begins with a digit, which the regex engine finds fast.
_BARE = re.compile(
    r"(?P<number>[1-9](?<=[\u4e00-\u9fff].)[0-9]{0,6}(?:\.[0-9]+)?)(?=，其中[\u4e00-\u9fff]|、[\u4e00-\u9fff]{2})"
)
_PREFILTER = re.compile("[0-9](?=，其中|、)")
_MARK = re.compile("[。；！？\n]")
_NUMBERED = frozenset("第表图号件码约近超逾版类型级栋室楼区线路班")  # 附件2, 表3, 编号12, G类58
_MAX_SENTENCE = 200  # characters before a number that are searched for the beginning of its sentence


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report the only number without a unit among the parts of an enumeration and their total."""
    prose = passage.prose
    return list(_find_matches(passage)) if _PREFILTER.search(prose) and _BARE.search(prose) else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    prose, quantities = passage.prose, passage.quantities
    found = [match for match in _BARE.finditer(prose) if prose[match.start() - 1] not in _NUMBERED]
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
            and not _MARK.search(prose, min(other.end(), end), max(other.start(), begin))
            for other in found[:_MAX_FOUND]
        ):
            continue  # several numbers without a unit: they may share one
        unit = _unit_of_list(prose, quantities, sentence, begin, end)
        if unit:
            message = f"{excerpt(passage.text, begin, end)}里的“{match['number']}”没有单位，旁边的数都有“{unit}”"
            yield TextMatch(begin, end, message, "补上单位；是编号、序号的，不用改")


_MAX_FOUND = 20


def _unit_of_list(prose: str, quantities: Sequence[Quantity], sentence: int, begin: int, end: int) -> str:
    """Return the unit of the other numbers of an enumeration, or an empty string if they do not share one."""
    after = next((item for item in quantities if item.begin >= end), None)
    if after is None or after.kind not in {COUNT, MONEY} or _MARK.search(prose, end, after.begin):
        return ""
    if "，" in prose[end + 1 : after.begin] or prose[after.begin - len(after.before) - 1] not in "，、":
        return ""
    if prose.startswith("，其中", end):
        return _written_unit(prose, after) if after.before.startswith("其中") else ""
    before = [item for item in quantities if sentence <= item.begin < begin]
    following = next((item for item in quantities if item.begin > after.begin), None)
    peers = [*before[-1:], *([following] if following and following.clause - after.clause == 1 else [])]
    if "，" in prose[after.end : following.begin] if following else False:
        peers = before[-1:]
    return (
        _written_unit(prose, after)
        if any(peer.unit == after.unit and peer.kind is after.kind for peer in peers)
        else ""
    )


def _written_unit(prose: str, quantity: Quantity) -> str:
    """Return the unit as written: 万元."""
    return prose[quantity.begin : quantity.end].lstrip("0123456789.,． ")
