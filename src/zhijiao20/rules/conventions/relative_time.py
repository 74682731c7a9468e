from __future__ import annotations

import re
from collections.abc import Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import any_of

PAGE = """ZJ408 用了“今年”“近期”等相对时间。

汇总表没有自己的日期，几个月后再看，“今年”“近日”就不知道是哪一年、哪一天。写明年份和日期。引号里的、“2020年年初”一类有年份的不管；
同一句前面已写了年份的“本学期”“上季度”，一段里前面已写了年份的“年初”“上年度”“下一季度”，“每年……上一年度”也不管；“目前”只看后面紧接着写数、写做成了什么的。

错：今年新立项数字校园4所，比去年增加2所。
对：2020年新立项数字校园4所，比2019年增加2所。
错：日前，市政府印发产教融合实施办法。
对：2019年9月，市政府印发产教融合实施办法。
错：近期将出台企业办学奖补细则。
对：计划2020年12月底前出台企业办学奖补细则。
错：截至目前，累计取得证书4390人。
对：截至2020年6月30日，累计取得证书4390人。
错：前年立项的培训项目6个，本学期开班2个。
对：2018年立项的培训项目6个，2020年春季学期开班2个。
错：目前已建成实训室12间，工位860个。
对：截至2020年6月，建成实训室12间，工位860个。

依据：汇总材料的时间写具体年月（实务）。
"""

SIGN = (
    "今去明近前最久上本截初下迄这刚昨",
    (
        "(?<=[今去明前])年|(?<=近)[期日]|(?<=日前)|(?<=最)近|(?<=[久目当]前)|(?<=不久)|(?<=近)[两三四五]|(?<=前段)时|(?<=前)[段一]|(?<=迄)今"
        "|(?<=[上本下])(?:一?个?月|周|一?季度|[一个]?学[年期]|一?年度)|(?<=本)年[投完共招培新拨]|(?<=[今去])[春夏秋冬]|(?<=截)[至止](?:目前|当前|现在)|(?<=年初)"
        "|(?<=这)个?学[期年]|(?<=刚刚)|(?<=昨)[天日]"
    ),
)
"""The rarest character of each word, and what stands around it."""

_PREFILTER = lazy_regex(any_of(SIGN))
_CLAUSE = r"(?<![^\s，。；：、！？,;:（(于在自从比较到至])"
_NO_COMPOUND = "(?![均轻龄纪限代画薪产级月])"
_COUNT = r"[^，。；：（\n]{0,14}?[0-9]"
# Excluded, because the words only look alike: 至今年均, 当今年轻人, 过去年均, 说明年度, 7月15日前后, 2020年初步.
_WORDS = lazy_regex(
    f"(?<![当如古迄])今年{_NO_COMPOUND}"
    f"|(?<![过除减删撤失离])去年{_NO_COMPOUND}"
    f"|(?<![说声证表注标写文发查阐指申光透清])明年{_NO_COMPOUND}"
    f"|(?<=[院校局厅会司])近日(?=[与在对向召举印组启开发出公签赴联正将])|{_CLAUSE}(?:近日|日前(?!后)|前不久|(?<!前)不久前|[上本下]个?月(?![份均薪度])|最近(?!的|一[次轮]|连续)|近期(?!目标|规划|任务|[和与、])|[上本下]周(?![边岁年末期])|前年(?![均度级])"
    "|这(?:个?学期|学年)|前(?:段时间|一阶?段时?间?)(?=[，,开组召])|刚刚(?=结束|完成|过去)(?!过去的(?:20[0-9]{2}|[一二]〇))|昨[天日])"
    "|(?<![当如古迄至])今[春夏秋冬](?![天夏秋冬])|(?<![过除失])去[春夏秋冬](?![夏秋天])"
    "|截[至止](?:目前|当前|现在)|到目前为止|(?:^|(?<=[，。；]))迄今(?:为止)?(?=[，,]?(?:已|共|累计|建|培|完))"
    f"|(?P<of_year>{_CLAUSE}年初(?![步中级期见具始衷预]|(?:设定|确定|制定|批复|下达|安排)的[^，。；]{{0,6}}(?:目标|预算|指标)|设定(?:目标|的?[0-9])|目标值)|(?<![基成资版课文样原标])本(?:年度|个?学年|个?学期|季度)|(?<![以之初高大中一二三四五六七八九])上(?:一?年度|[一个]?学年|[一个]?学期|一?季度)|本年(?=[投完共招培新拨])|(?<![以之初高大中一二三四五六七八九])下(?:[一个]?学期|一?季度)"
    f"|(?:^|(?<=[，。；：、]))(?:目前|当前)(?=[，,]?{_COUNT})"
    f"|(?:^|(?<=[，。；：]))近[两三四五]年(?=来?[，,]?(?:累计|共)))",
    re.MULTILINE,
)
# 年末163所，年初155所: 年初 refers to the year of the 年末 beside it, or it is that of every year: 年初签订责任书，年中检查一遍.
_YEAR_END = lazy_regex("年[末底中](?!前)")
_WINDOW = 80  # characters on each side
# 2019年实施项目15个，年初批复8个: the sentence has stated its year; a base (比2018年) or a document number is none.
_YEAR = lazy_regex("(?:^|[^比较由从〔0-9])(?:19|20)[0-9]{2}(?:[—～~–-](?:19|20)?[0-9]{2})?(?:年|学年)")
_SENTENCE = lazy_regex("[。！？\n]")
_SENTENCE_LIMIT = 200  # characters
_HABIT = lazy_regex("每(?:学?年|个?学期|季|个?月)")  # 每年4月表彰上一年度的师生
_ANY_YEAR = lazy_regex("(?:19|20)[0-9]{2}")
_OF_TEXT = ("下", "年初", "上年度", "上一年度", "上学年", "上一学年")
_BASE = ("比上", "较上", "由上", "从上", "与上", "同上")
_TEXT_LIMIT = 2000  # characters before a word that are searched for any year


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every word that gives a time relative to the day of writing."""
    text = passage.prose
    if not _PREFILTER.search(text):
        return
    for match in _WORDS.finditer(text):
        if match["of_year"] and _has_year(passage, match):
            continue
        context = excerpt(passage.text, match.start(), match.end())
        yield TextMatch(match.start(), match.end(), f"{context}用了相对时间“{match[0]}”", "写明是哪一年、哪一月")


def _has_year(passage: Passage, match: re.Match[str]) -> bool:
    """Check whether the sentence has stated the year that a word refers to."""
    text = passage.prose
    if match[0] == "年初" and _YEAR_END.search(text, max(0, match.start() - _WINDOW), match.end() + _WINDOW):
        return True
    before = text[max(0, match.start() - _SENTENCE_LIMIT) : match.start()]
    of_text = match[0].startswith(_OF_TEXT) or text.startswith(_BASE, match.start() - 1)
    if of_text and _ANY_YEAR.search(passage.text, max(0, match.start() - _TEXT_LIMIT), match.start()):
        return True  # 2021年度绩效自评报告将其列为指标。年初目标为20家
    sentence = _SENTENCE.split(before)[-1]
    return bool(_YEAR.search(sentence) or _HABIT.search(sentence))
