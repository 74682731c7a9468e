from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities.numerals import parse_chinese
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each

PAGE = """ZJ310 没有这个日期。

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

_NUMERAL = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_BEFORE_MONTH = lazy_regex(
    rf"(?:(\d{{4}}|[〇零一二三四五六七八九]{{4}})[ ]?年[ ]?|(?<![\d.．第一二三四五六七八九十]))({_NUMERAL})[ ]?$"
)
_FROM_MONTH = lazy_regex(rf"月[ ]?(?:({_NUMERAL})[ ]?[日号](?:[至到—～~–-](?:({_NUMERAL})[日号])?)?)?")
_VALID_MONTHS = frozenset(
    ["10", "11", "12", *(f"{before}{month}" for before in "年于在至到从自—、，。（\n" for month in range(1, 10))]
)
_VALID_DAY = r"(?:[ ]?(?:1?[1-9]|10|2[0-8])[ ]?[日号](?![至到—～~–-])|(?![ ]?[\d一二三四五六七八九十至]))"
_VALID = lazy_regex(f"月{_VALID_DAY}")
"""Fast path: 月 and what follows it in most valid dates, which need no further check."""

sign = Pattern(
    rf"月(?<=[\d一二三四五六七八九十 ].)(?:(?<!1[0-2]月)(?<![年于在至到从自—、，。（\n][1-9]月)|(?!{_VALID_DAY}))",
    *each("时点", r"(?<=\d.)"),
    prose=True,
)
_TIME = lazy_regex(r"([日号午晨晚])(\d{1,2})[时点](?![间段代候期])(?:[ ]?(\d{1,2})[ ]?分)?")
_MAX_BEFORE = 12  # characters before 月, as in 二〇一九年 二十一
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HINT = "核对日历，改成确有的日期"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report dates and times of day that do not exist."""
    text = passage.text
    return _find_matches(passage.prose) if "月" in text or "时" in text or "点" in text else ()


def _find_matches(text: str) -> Iterator[TextMatch]:
    yield from _find_dates(text)
    yield from _find_times(text)


def _find_dates(text: str) -> Iterator[TextMatch]:
    at = text.find("月")
    while at >= 0:
        start = max(0, at - _MAX_BEFORE)
        if text[at - 2 : at] not in _VALID_MONTHS or not _VALID.match(text, at):
            before, after = _BEFORE_MONTH.search(text[start:at]), _FROM_MONTH.match(text, at)
            if before and after and (error := _date_error(before[1], before[2], after[1], after[2])):
                begin = start + before.start()
                yield TextMatch(begin, after.end(), f"“{text[begin : after.end()]}”：{error}", _HINT)
        at = text.find("月", at + 1)


def _find_times(text: str) -> Iterator[TextMatch]:
    for unit in "时点":
        at = text.find(unit)
        while at >= 0:
            match = None
            if text[at - 1 : at].isdecimal():
                match = _TIME.match(text, max(0, at - (3 if text[at - 2 : at].isdecimal() else 2)))
            if match and (int(match[2]) > 24 or int(match[3] or 0) > 59):
                written = match[0].removeprefix(match[1])
                yield TextMatch(match.start(2), match.end(), f"“{written}”：没有这个时刻", "核对时间，一天从0时到24时")
            at = text.find(unit, at + 1)


def _date_error(written_year: str | None, month: str, *days: str | None) -> str:
    """Return why a date does not exist, or an empty string."""
    if written_year is None and days[0] is None:
        return ""  # 13月 without year and day may be a badly written duration
    if not 1 <= _value(month) <= 12:
        return f"没有{month}月"
    last_day = _DAYS[_value(month) - 1]
    year = _value(written_year or "0")
    month_text = f"{month}月"
    if last_day == 29 and written_year:
        month_text = f"{written_year}年{month}月"
        last_day = 28 if year % 4 or (year % 100 == 0 and year % 400) else 29
    if all(day is None or 1 <= _value(day) <= last_day for day in days):
        return ""
    return f"{month_text}只有{last_day}天"


def _value(written: str) -> int:
    """Return the value of a number in digits or Chinese numerals, 0 if it is neither."""
    return int(written) if written.isdecimal() else int(parse_chinese(written) or 0)
