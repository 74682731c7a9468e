"""ZJ310 没有这个日期。

月份只有1至12月，每月的天数是一定的，2月29日只有闰年才有；一天没有25时。只看写成“年、月、日”“时、分”的，“1-13”之类不看。

错：截至2020年2月30日，全部院校完成整改。
对：截至2020年2月29日，全部院校完成整改。
错：计划2020年13月底前完成。
对：计划2020年12月底前完成。
错：招聘会于6月31日结束。
对：招聘会于6月30日结束。
错：2019年2月29日印发实施方案。
对：2019年2月28日印发实施方案。
错：网上报名7月15日25时截止。
对：网上报名7月15日24时截止。

依据：公历；数据应准确（一般）。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.rules.quantities.numerals import parse_chinese
from zhijiao20.rules.shared.passage import Passage, TextMatch

_N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_UP_TO_MONTH = re.compile(
    rf"(?:(\d{{4}}|[〇零一二三四五六七八九]{{4}})[ ]?年[ ]?|(?<![\d.．第一二三四五六七八九十]))({_N})[ ]?$"
)
_FROM_DAY = re.compile(rf"月[ ]?(?:({_N})[ ]?[日号](?:[至到—～~–-](?:({_N})[日号])?)?)?")
_MONTHS = frozenset(
    ["10", "11", "12", *(f"{before}{month}" for before in "年于在至到从自—、，。（\n" for month in range(1, 10))]
)
_FINE = re.compile(r"月(?:[ ]?(?:1?[1-9]|10|2[0-8])[ ]?[日号](?![至到—～~–-])|(?![ ]?[\d一二三四五六七八九十至]))")
"""What most months in texts look like: one look clears them."""

_TIME = re.compile(r"([日号午晨晚])(\d{1,2})[时点](?![间段代候期])(?:[ ]?(\d{1,2})[ ]?分)?")
_LONGEST = 12  # characters of 二〇一九年 二十一 before 月
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HINT = "核对日历，改成确有的日期"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report dates that no calendar has, and hours that no day has."""
    text = passage.text
    return _hits(passage.prose) if "月" in text or "时" in text or "点" in text else ()


def _hits(text: str) -> Iterator[TextMatch]:
    yield from _dates(text)
    yield from _times(text)


def _dates(text: str) -> Iterator[TextMatch]:
    at = text.find("月")
    while at >= 0:
        start = max(0, at - _LONGEST)
        if text[at - 2 : at] not in _MONTHS or not _FINE.match(text, at):
            before, after = _UP_TO_MONTH.search(text[start:at]), _FROM_DAY.match(text, at)
            if before and after and (wrong := _wrong(before[1], before[2], after[1], after[2])):
                begin = start + before.start()
                yield TextMatch(begin, after.end(), f"“{text[begin : after.end()]}”：{wrong}", _HINT)
        at = text.find("月", at + 1)


def _times(text: str) -> Iterator[TextMatch]:
    for word in "时点":
        at = text.find(word)
        while at >= 0:
            match = None
            if text[at - 1 : at].isdecimal():
                match = _TIME.match(text, max(0, at - (3 if text[at - 2 : at].isdecimal() else 2)))
            if match and (int(match[2]) > 24 or int(match[3] or 0) > 59):
                told = match[0].removeprefix(match[1])
                yield TextMatch(match.start(2), match.end(), f"“{told}”：没有这个时刻", "核对时间，一天从0时到24时")
            at = text.find(word, at + 1)


def _wrong(written_year: str | None, month: str, *days: str | None) -> str:
    """Why there is no such date, or an empty text."""
    if written_year is None and days[0] is None:
        return ""  # 13月 alone may be a length of time, badly put
    if not 1 <= _value(month) <= 12:
        return f"没有{month}月"
    longest = _DAYS[_value(month) - 1]
    year = _value(written_year or "0")
    told = f"{month}月"
    if longest == 29 and written_year:
        told = f"{written_year}年{month}月"
        longest = 28 if year % 4 or (year % 100 == 0 and year % 400) else 29
    if all(day is None or 1 <= _value(day) <= longest for day in days):
        return ""
    return f"{told}只有{longest}天"


def _value(written: str) -> int:
    """The value of a number in digits or numerals; 0 for what is neither."""
    return int(written) if written.isdecimal() else int(parse_chinese(written) or 0)
