"""Recognize what stands in a list of units and is none: sums, notes, signatures, headings.  No I/O."""

from __future__ import annotations

import re
from functools import cache

from zhijiao20.core.header_labels import OTHER_LABELS
from zhijiao20.core.submission import is_blank
from zhijiao20.core.unit_names import plain_unit
from zhijiao20.core.wording import fold

_NOTHING = frozenset({"无", "没有", "暂无", "空"})
_DASHES = frozenset("-/\\_.|~")
_NUMBER = "[0-9〇零一二三四五六七八九十百千两]{1,9}"
_COUNTED = rf":?{_NUMBER}(?:个|家|所)?(?:填报|责任|报送)?(?:单位|学校|部门)?"
_SIGNED = (
    "制表|编制|责任|审核|审批|审定|复核|校对|签发|经办|打印|制作|联系|主管|分管|负责|汇总|主办|承办|录入|统计"
    "|填[表报](?!单位|部门)"
)
_LABEL = "|".join(sorted(OTHER_LABELS, key=len, reverse=True))
_REMARK = r"(?:\([^()]{0,40}\))?"
_GROUPS = (
    r"(?:各|[省市县区][直属]?)?(?:部门|单位|县区|区县|市县|县市区|县\(市、区\)|学校|企业|其他|其它)"
    "|(?:本科|高职|中职|高职高专|职业|技工|民办|公办)(?:院校|学校)"
)
_DELETE = "删去这一行"
_NOTE = "删去这一行；要说明的话写在另一张工作表里"
_GROUP = "是分组的，删去这一行，写在“类别”一列；是单位的，写全称，前面不写序号"
_PATTERNS = (
    (rf"(?:合计|总计|小计|累计|合共|总数)(?::.*|{_COUNTED})?|(?:以上|总)?共(?:计|有)?{_COUNTED}|共计", _DELETE),
    (rf"(?:附?注|备注|说明|填[表报写]说明|注意|提示|附件|附)(?:{_NUMBER})?(?::.*)?|(?:例|示例):.*", _NOTE),
    (rf"(?:{_LABEL}){_REMARK}(?::.*)?", _DELETE),
    (rf"(?:{_SIGNED})(?:人|者|员|单位|部门|领导|科室|时间|日期|电话)?{_REMARK}:.*", _DELETE),
    (rf"{_NUMBER}年(?:{_NUMBER}月(?:{_NUMBER}[日号])?)?", _DELETE),
    (r"\(?(?:第?[0-9]{1,4}页)?[,/]?(?:共[0-9]{1,4}页)?\)?", _DELETE),
    (r"\(?(?:(?:以下|此处)?(?:空白|无正文)|续表?|接上页|转下页|同上)\)?", _DELETE),
    (rf".*(?:名册|名单|一览表|汇总表|统计表|明细表|清单|登记表|通讯录){_REMARK}", "删去这一行；标题写在表头上面"),
    (r"\(?[一二三四五六七八九十]{1,3}[)、.].*", _GROUP),
    (rf"(?:{_GROUPS})(?:\({_NUMBER}.?\))?:?", _GROUP),
)
_OF_ADDITIONS = frozenset("章印签:：0123456789")  # each holds one of these
_SENTENCE = frozenset("。！？；")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.DOTALL), remedy) for pattern, remedy in _PATTERNS)


def no_unit(text: str) -> str:
    """Return what to do about a text that is not the name of a unit; empty for one that may be a name.

    Args:
        text: a text of one line, not longer than a name.
    """
    if not any(map(str.isalpha, text)) or fold(text) in _NOTHING or _is_addition(text):
        return _DELETE
    if not _SENTENCE.isdisjoint(text):
        return _NOTE
    folded = fold(text)
    return next((remedy for pattern, remedy in _patterns() if pattern.fullmatch(folded)), "")


def is_nothing(text: str) -> bool:
    """Check whether a cell that may be empty says so: it is blank, or reads 无 or a dash."""
    folded = fold(text)
    return is_blank(text) or folded in _NOTHING or _DASHES.issuperset(folded)


def _is_addition(text: str) -> bool:
    """Check whether a text is what people write behind a name: a request for a seal, a date, a signature."""
    return not _OF_ADDITIONS.isdisjoint(text) and plain_unit(f"甲 {text}") == "甲"
