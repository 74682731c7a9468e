from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities.numerals import parse_arabic, parse_chinese
from zhijiao20.rules.shared.excerpt import shortened
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.targets import (
    clause_around,
    limit,
    mentions_target,
    sentence_start,
    target_text,
    targets_of,
    unexplained,
)

PAGE = """ZJ503 周期长于任务原文的规定。

任务原文写明几年一次的（教材3年、专业每年、教师轮训5年、年度报告每年），写出的周期更长，应当说明；更短的不提示。

错〔9.4〕：规划教材每5年修订1次。
对〔9.4〕：规划教材每3年修订1次。
错〔12.2〕：教师全员轮训以6年为一个周期。
对〔12.2〕：教师全员轮训以5年为一个周期。
错〔9.2〕：学校专业每两年调整一次。
对〔9.2〕：学校专业每年调整一次。
错〔12.2〕：2016—2022年为一个轮训周期。
对〔12.2〕：2016—2020年为一个轮训周期。
错〔9.2〕：专业布局每两年评估并调整一次，2019年撤销专业点7个。
对〔9.2〕：专业布局每年评估并调整一次，2019年撤销专业点7个。

依据：附表2 任务原文（规定）。
"""

_COMPARATORS = frozenset({"every"})
_NUMERAL = r"\d{1,6}(?:\.\d{1,6})?|[一二两三四五六七八九十]{1,6}"
_CHANGED = "(?:动态|集中|统一|全面|系统|常态化)?(?:调整|修订|更新|论证|优化|换版|轮训|修编|修)"
_CYCLE = lazy_regex(
    rf"每隔?(?P<every>{_NUMERAL})年(?:[^，。；、\n]{{0,10}}?(?P<times>{_NUMERAL})[次轮])?"
    rf"|(?P<one>{_NUMERAL})年(?:为?(?:一|1)个?(?:次|轮(?![训换修])|周期)|[修轮调]\S周期|为周期|周期)"
    rf"|(?P<action>{_NUMERAL})年(?:[一1]次?(?:{_CHANGED}|[调换修])|{_CHANGED}(?:[一1][次轮回版]|[^，。；、\n]{{1,6}}[一1]次))"
    rf"|周期[^，。；、\n0-9一二三四五六七八九十]{{0,6}}(?:由[^，。；\n]{{1,6}}(?:到|至|为))?(?P<period>[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}})年"
    r"|(?P<first>\d{4})年?[—～~–-](?P<last>\d{4})年[^，。；、\n]{0,8}周期"
)
_MAY_BE_CYCLE = lazy_regex("年(?=[一1修轮调动集统全系常更论优换]|为[一1])")  # the other ones say 每 or 周期
_ASSESSED = lazy_regex("评估(?:[并、和后])?(?=调整)")  # 每两年评估调整一次 is about the adjustment
_FORMERLY = lazy_regex("过去|以前|此前|原(?!则)")
_NOT_NOW = lazy_regex("(?:改|变|调整|缩短)(?:为|成|到|至)")  # the cycle before a change: 每4年一换改为3年一修


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report cycles longer than the one that the task sets, unless the text gives a reason."""
    return unexplained(passage.text, _find_matches(passage)) if passage.task.targets else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    for target in targets_of(passage, _COMPARATORS, national=True):
        prose = passage.prose
        for match in _CYCLE.finditer(prose) if _MAY_BE_CYCLE.search(prose) or "周期" in prose or "每" in prose else ():
            begin, end = clause_around(prose, match.start(), match.end())
            years = _years(match)
            if years is None or years <= limit(target) or _is_former(prose, match, begin, end):
                continue
            clause, sentence = prose[begin:end], prose[sentence_start(prose, begin) : end]
            if mentions_target(target, _ASSESSED.sub("", clause), sentence):
                yield TextMatch(
                    match.start(),
                    match.end(),
                    f"“{shortened(passage.text[begin:end], 40)}”：周期{years.normalize():f}年，长于{target_text(target)}",
                    "核对周期；如确实更长，请说明原因",
                )


def _is_former(prose: str, match: re.Match[str], begin: int, end: int) -> bool:
    """Check whether the clause states a cycle that is no longer in use."""
    return bool(_FORMERLY.search(prose, begin, match.start()) or _NOT_NOW.search(prose, match.end(), end))


def _years(match: re.Match[str]) -> Decimal | None:
    """Return the length of a cycle in years, or None if a number is not valid."""
    if match["first"]:
        return Decimal(int(match["last"]) - int(match["first"]) + 1)
    years = _number(match["every"] or match["one"] or match["action"] or match["period"])
    times = _number(match["times"]) if match["times"] else Decimal(1)
    return years / times if years is not None and times else None


def _number(written: str) -> Decimal | None:
    return parse_arabic(written)[0] if written[0].isdecimal() else parse_chinese(written)
