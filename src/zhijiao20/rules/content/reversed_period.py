from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each

PAGE = """ZJ317 起止时间颠倒。

时间段的起点不会比终点晚。只看写明年份的起止年、起止年月，和同一个月里的起止日，同一年里的季度、半年；“2021年11月至9月”这样只写一个年份、终点在6月以后的，和竣工、验收早于开工、启动的，也看。“12月28日至1月3日”跨年的、电话、编号不管。

错：2019—2017年累计培训师资640人。
对：2017—2019年累计培训师资640人。
错：落实2023—2021年建设规划，明确项目28个。
对：落实2021—2023年建设规划，明确项目28个。
错：2020年6月至2019年9月开展集中整改。
对：2019年9月至2020年6月开展集中整改。
错：2019年5月28日至15日举办职业教育活动周。
对：2019年5月15日至28日举办职业教育活动周。
错：2019年第四季度至第二季度检查12次，项目2019年9月启动，2018年3月通过验收。
对：2019年第二季度至第四季度检查12次，项目2018年3月启动，2019年9月通过验收。

依据：公历；数据应准确（一般）。
"""

_TO = "[ ]?(?:—+|–|-|－|~|～|至|到)[ ]?"
_YEAR = "(?:19|20)[0-9]{2}"
_PERIOD = lazy_regex(
    rf"(?<![0-9A-Za-z.〔/-])(?P<first>{_YEAR})(?:年)?(?P<month>(?<=年)[0-9]{{1,2}}月)?(?:(?<=月)(?P<day>[0-9]{{1,2}})日)?(?:(?<=[月日])起)?{_TO}"
    rf"(?:(?P<last>{_YEAR})(?:年(?P<last_month>[0-9]{{1,2}}月)?|学年)(?:(?<=月)(?P<last_day>[0-9]{{1,2}})日)?)"
    rf"|(?<![0-9]){_YEAR}年(?P<same_month>[0-9]{{1,2}})月(?P<from_day>[0-9]{{1,2}})日起?{_TO}(?P=same_month)月(?P<to_day>[0-9]{{1,2}})日"
    rf"|(?<![0-9]){_YEAR}年(?P<from_month>1[0-2]|[7-9])月(?:[0-9]{{1,2}}日)?起?{_TO}(?P<to_month>[6-9]|1[01])月"
    rf"|(?P<begun>{_YEAR})年(?P<begun_month>[0-9]{{1,2}})月(?:[0-9]{{1,2}}日)?(?:底|初|[上中下]旬)?(?:正式|全面)?(?:开工|动工|奠基|启动|立项|开建)(?:建设|实施)?[，、；](?:并)?[于在]?(?:同年)?(?P<done>{_YEAR})年(?P<done_month>[0-9]{{1,2}})月(?:[0-9]{{1,2}}日)?(?:底|初|[上中下]旬)?(?:正式|全面|顺利)?(?:通过|完成)?(?:竣工|完工|建成|交付|投入使用|投用|验收|结题|结项)"
    rf"|(?<![0-9])(?P<half>{_YEAR})年(?P<from_half>[上下]半年|第?[一二三四1-4]季度){_TO}(?P<last_half>{_YEAR})?年?(?P<to_half>[上下]半年|第?[一二三四1-4]季度)"
    rf"|(?<![0-9])(?P<same>[0-9]{{1,2}})月(?P<begin>[0-9]{{1,2}})日{_TO}(?:(?P=same)月)?(?P<end>[0-9]{{1,2}})日"
)
_DASHES, _BESIDE = "—–－~～至到-", "(?<=[0-9年月日起度 —].)[ ]?[0-9第上下]"
_PREFILTER = lazy_regex(
    f"[{_DASHES}]{_BESIDE}|[开动]工|奠基|(?:启动|立项|开建)[，、；建实]|年(?:[上下]半年|第?[一二三四1-4]季度)[—–－~～至到-]"
)
_HINT = "核对起止时间，把早的写在前面"
sign = Pattern(
    *each(_DASHES, _BESIDE),
    "工(?<=[开动]工)",
    "奠(?=基)",
    *each("动项建", "(?<=[启立开].)(?=[，、；])"),
    "启(?=动[建实])",
)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every period whose end is before its beginning."""
    return _find_matches(passage) if _PREFILTER.search(passage.text) else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    for match in _PERIOD.finditer(passage.text):
        if match["same"]:
            reversed_ = int(match["begin"]) > int(match["end"])
        elif match["same_month"]:
            reversed_ = int(match["from_day"]) > int(match["to_day"])
        elif match["half"]:
            last = match["last_half"] or match["half"]
            reversed_ = (match["half"], _part(match["from_half"])) > (last, _part(match["to_half"]))
        elif match["from_month"]:  # 2019年11月至3月 may end in the next year
            reversed_ = int(match["from_month"]) > int(match["to_month"])
        elif match["begun"]:
            reversed_ = _months(match, "begun") > _months(match, "done")
        else:
            reversed_ = _time(match, "first", "month", "day") > _time(match, "last", "last_month", "last_day")
        if reversed_:
            begin, end = match.span()
            message = f"{excerpt(passage.text, begin, end, left=0, right=0)}：起点比终点晚"
            yield TextMatch(begin, end, message, _HINT)


def _part(written: str) -> int:
    """Return the order of a half of a year, or of a quarter."""
    return "上下".find(written[0]) + 1 or ("一二三四".find(written[-3]) + 1 or int(written[-3]))


def _months(match: re.Match[str], name: str) -> tuple[int, int]:
    return int(match[name]), int(match[f"{name}_month"])


def _time(match: re.Match[str], year: str, month: str, day: str) -> tuple[int, int, int]:
    """Return year, month and day of an end of a period; 0 for what only one of the two ends states."""
    months = match["month"] and match["last_month"]
    days = months and match["day"] and match["last_day"]
    return (int(match[year]), int(match[month].rstrip("月")) if months else 0, int(match[day]) if days else 0)
