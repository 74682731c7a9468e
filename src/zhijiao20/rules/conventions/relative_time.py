from __future__ import annotations

import re
from collections.abc import Iterator

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ408 用了“今年”“近期”等相对时间。

汇总表没有自己的日期，几个月后再看，“今年”“近日”就不知道是哪一年、哪一天。写明年份和日期。引号里的、“2020年年初”一类有年份的不管。

错：今年新立项数字校园4所，比去年增加2所。
对：2020年新立项数字校园4所，比2019年增加2所。
错：日前，市政府印发产教融合实施办法。
对：2019年9月，市政府印发产教融合实施办法。
错：近期将出台企业办学奖补细则。
对：计划2020年12月底前出台企业办学奖补细则。
错：截至目前，累计取得证书4390人。
对：截至2020年6月30日，累计取得证书4390人。

依据：汇总材料的时间写具体年月（实务）。
"""

# Prefilter: characters that are rare in other words; most texts contain none.
_PREFILTER = re.compile(
    "[今去明近前最久上本截初](?:(?<=[今去明])年|(?<=近)[期日]|(?<=日前)|(?<=最)近|(?<=久)前|(?<=上)个?月|(?<=本)月"
    "|(?<=截)[至止]目前|(?<=年初))"
)
_CLAUSE = r"(?<![^\s，。；：、！？,;:（(于在自从比较到至])"
_NO_COMPOUND = "(?![均轻龄纪限代画薪产级月])"
# Excluded, because the words only look alike: 至今年均, 当今年轻人, 过去年均, 说明年度, 7月15日前后, 2020年初步.
_WORDS = re.compile(
    f"(?<![当至如古迄])今年{_NO_COMPOUND}|至今年{_NO_COMPOUND}"
    f"|(?<![过除减删撤失离])去年{_NO_COMPOUND}"
    f"|(?<![说声证表注标写文发查阐指申光透清])明年{_NO_COMPOUND}"
    f"|{_CLAUSE}(?:近日|日前(?!后)|不久前|上个?月|本月|最近(?!的|一[次轮])|近期(?!目标|规划|任务|[和与、]))"
    "|截[至止]目前"
    f"|{_CLAUSE}年初(?![步中级期见具始衷预])"
)
# 年末163所，年初155所: 年初 refers to the year of the 年末 beside it.
_YEAR_END = re.compile("年[末底](?!前)")
_WINDOW = 20  # characters on each side


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every word that gives a time relative to the day of writing."""
    text = passage.prose
    if not _PREFILTER.search(text):
        return
    for match in _WORDS.finditer(text):
        if match[0] == "年初" and _YEAR_END.search(text, max(0, match.start() - _WINDOW), match.end() + _WINDOW):
            continue
        context = excerpt(text, match.start(), match.end())
        yield TextMatch(match.start(), match.end(), f"{context}用了相对时间“{match[0]}”", "写明是哪一年、哪一月")
