from __future__ import annotations

import re
from collections.abc import Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities.numerals import parse_chinese
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each

PAGE = """ZJ403 日期的写法不对。

同一张表里日期一种写法，才好核对：年份写全，用“年月日”，月、日前不补零，不写“号”，一个日期里不混用汉字和数字。“3号楼”“12号文”、版本号、网址不是日期，不管。

错：2020年06月03号印发实施方案。
对：2020年6月3日印发实施方案。
错：校企对接会于2019.9.20举办，签约143个项目。
对：校企对接会于2019年9月20日举办，签约143个项目。
错：自2020-04-01起改为线上授课，2020/5/6恢复面授。
对：自2020年4月1日起改为线上授课，2020年5月6日恢复面授。
错：19年9月投入使用，20年上半年接待3.1万人次。
对：2019年9月投入使用，2020年上半年接待3.1万人次。
错：二〇二〇年4月16日印发细则，2019年十一月公布名单。
对：2020年4月16日印发细则，2019年11月公布名单。

依据：GB/T 15835—2011 第5.1.4条：四位数字表示的年份不应简写为两位（规定）；GB/T 9704—2012 第7.3.5.4条：成文日期标全年、月、日，月、日不编虚位（规定），正文里的日期照此（实务）。
"""

_MONTH, _DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_NO_DAY = "[楼厅线馆机院门路库车房仓店厂文令井桥地]"  # 6月3号楼: 号 is part of a name, not of a date
# Every alternative begins at a digit; the first one that matches is used.
_DATES = lazy_regex(
    rf"(?<![0-9])(?P<y>(?:(?:19|20)[0-9]{{2}}年)?)(?P<m>{_MONTH})月(?:(?P<d>{_DAY})(?P<word>日|号(?!{_NO_DAY})))?"
    rf"|(?<![\w.,/+~～-])(?P<Y>(?:19|20)[0-9]{{2}})(?P<sep>[-./])(?P<M>{_MONTH})(?P=sep)(?P<D>{_DAY})(?:日|号(?!{_NO_DAY}))?"
    rf"(?![0-9A-Za-z_/+%]|[.,-][0-9A-Za-z]|[~～–—－至](?!(?:19|20)[0-9]{{2}}(?P=sep)))",
    re.ASCII,
)
_SHORT_YEAR = lazy_regex(rf"年(?<=[012][0-9]年)(?<![0-9]{{3}}年)(?={_MONTH}月|[上下]半年|底(?![子蕴气色]))")
_TWO_DIGITS = lazy_regex("(?:^|[^0-9A-Za-z.,〇零近过历满约第了逾足达余～~—–-])[012][0-9]$")  # 近20年: a duration
_DIGITS = {"〇": "0", "零": "0", "○": "0"} | {
    numeral: str(value) for value, numeral in enumerate("一二三四五六七八九", 1)
}
_NUMERAL_DIGIT = "[〇零○一二三四五六七八九]"
_MIXED_YEAR = (
    "年(?<=[12一二][0〇零○9九][0-9〇零○一二三四五六七八九]{2}年)(?<![0-9]{4}年)(?<![〇零○一二三四五六七八九]{4}年)"
)
# Numerals beside digits in one date: the year (二〇一九年8月), the month (2019年八月) or the day (8月十二日).
_MIXED = lazy_regex(
    f"年(?<=[一二][〇零○九]{_NUMERAL_DIGIT}{{2}}年)(?=[0-9]{{1,2}}月)|{_MIXED_YEAR}"
    "|月(?<=[0-9]{3}年[一二三四五六七八九十]月)|月(?<=[0-9]{3}年十[一二]月)|月(?<=[一二三四五六七八九十]月)(?=[0-9]{1,2}日)"
    "|月(?<=[0-9]月)(?=(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)"
)
_LETTER = lazy_regex(
    "(?<![0-9A-Za-z])2[Oo](?=[0-9Oo]{2}年)|(?<![0-9A-Za-z])20[Oo](?=[0-9]年)|(?<![0-9A-Za-z])20[12][Oo](?=年)"
)
_ZERO = lazy_regex("0(?<![0-9].)[0-9][月日号]")  # not that of 10月
_NUMERIC = lazy_regex("[-./][0-9]{1,2}[-./][0-9]")
_NUMBER_WORD = lazy_regex("月[0-9]+号")
sign = Pattern(
    _ZERO.pattern,
    *each("-./", "[0-9]{1,2}[-./][0-9]"),
    "月(?:[0-9]+号|(?<=[0-9]{3}年[一二三四五六七八九十]月)|(?<=[0-9]年十[一二]月)|(?<=[一二三四五六七八九十]月)[0-9]|(?<=[0-9]月)[一二三四五六七八九十])",
    f"年(?:(?<=[012][0-9]年)(?<![0-9]{{3}}年)|(?<=[一二].{{3}}年)(?=[0-9])|{_MIXED_YEAR[1:]})",
    *each("Oo", "(?<=[012].)(?=[0-9Oo]{0,2}年)"),
    prose=True,
)
_VERSION = lazy_regex(r"(?:版本?|型号|编号|[Vv])[:： ]?$")
_MAX_VERSION = 4  # characters of the longest such word


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every date that is not written like 2020年6月3日."""
    text = passage.prose
    if _prefilter(text):
        for match in _DATES.finditer(text):
            begin, correct = match.start(), _correct_date(match)
            if correct != match[0] and not _VERSION.search(text, max(0, begin - _MAX_VERSION), begin):
                hint = f"写成“{correct}”：用“年月日”，月、日前不补零，不写“号”"
                yield _make_match(text, begin, match.end(), correct, hint)
    for match in _MIXED.finditer(text):
        yield _unmixed(text, match)
    for match in _LETTER.finditer(text) if "O" in text or "o" in text else ():
        end = text.index("年", match.end()) + 1
        correct = text[match.start() : end].replace("O", "0").replace("o", "0")
        yield _make_match(text, match.start(), end, correct, f"字母“O”写成数字“0”，写成“{correct}”")
    for match in _SHORT_YEAR.finditer(text):
        at = match.start()
        if not text[at - 3 : at - 2].isdecimal() and _TWO_DIGITS.search(text[max(0, at - 3) : at]):
            correct = f"20{text[at - 2 : at]}年"
            yield _make_match(text, at - 2, at + 1, correct, f"年份写全，写成“{correct}”")


def _prefilter(text: str) -> bool:
    """Check with fast searches whether a date may be in another style."""
    return bool(
        (("-" in text or "/" in text or text.count(".") > 1) and _NUMERIC.search(text))
        or _ZERO.search(text)
        or ("号" in text and _NUMBER_WORD.search(text))
    )


def _unmixed(text: str, match: re.Match[str]) -> TextMatch:
    """Report the numerals of a date that has digits too."""
    end, unit = match.end(), match[0]
    begin = end - 1
    if unit == "月" and text[begin - 1] in "0123456789":  # the day is in numerals: 8月十二日
        begin, end, unit = end, text.index("日", end) + 1, "日"
    else:
        begin = begin - 4 if unit == "年" else begin - (2 if text[begin - 2] == "十" else 1)
    written = text[begin : end - 1]
    digits = (
        "".join(_DIGITS.get(numeral, numeral) for numeral in written) if unit == "年" else str(parse_chinese(written))
    )
    correct = digits + unit
    return _make_match(text, begin, end, correct, f"一个日期一种写法，写成“{correct}”")


def _correct_date(match: re.Match[str]) -> str:
    """Return the date in the correct style."""
    if match["Y"]:
        return f"{match['Y']}年{int(match['M'])}月{int(match['D'])}日"
    day = f"{int(match['d'])}日" if match["d"] else ""
    return f"{match['y']}{int(match['m'])}月{day}"


def _make_match(text: str, begin: int, end: int, correct: str, hint: str) -> TextMatch:
    return TextMatch(begin, end, f"日期{excerpt(text, begin, end, left=0, right=0)}的写法不对", hint, correct)
