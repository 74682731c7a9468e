from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import DATE, YEAR, Quantity
from zhijiao20.rules.shared.excerpt import shortened
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.targets import (
    any_in,
    clause_around,
    limit,
    mentions_target,
    sentence_start,
    target_text,
    targets_of,
    unexplained,
    words,
)

PAGE = """ZJ502 晚于任务原文的起始年份。

任务原文写明自哪一年开始的（个人学习账号、紧缺领域培训、监测和评估），首次开展的年份晚于它，应当说明。
文中另写了更早开展的，或已写明原因的，不提示；某一年“启动”“起支持”的是别的事（一项行动、一种方式），也不提示。

错〔8.1〕：自2021年起为在校学生建立个人学习账号。
对〔8.1〕：自2019年起为在校学生建立个人学习账号。
错〔17.2〕：2020年起对培训评价组织开展抽查和评估。
对〔17.2〕：2019年起对培训评价组织开展抽查和评估。
错〔7.2〕：从2020年开始，在8个紧缺领域开展职业培训。
对〔7.2〕：因紧缺领域目录2020年才公布，从2020年开始，在8个紧缺领域开展职业培训。

依据：附表2 任务原文（规定）。
"""

_COMPARATORS = frozenset({"start"})
_START = lazy_regex(r"[^，。；、\d]{0,4}?(?:起|开始|启动|启用|首次)")
_START_WITH_OBJECT = lazy_regex(r"[^，。；、\d]{0,4}?(?:起|开始|启动|启用|首次).")
_NO_START = lazy_regex("根据|按照|依据|贯彻|落实|要求|文件|没有|未|尚")
_MAX_AFTER = 500  # characters after a clause that are searched for the end of the sentence
_DATES = (YEAR, DATE)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report a start after the year that the task sets, unless the text gives a reason."""
    return unexplained(passage.text, _find_matches(passage)) if passage.task.targets else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    for target in targets_of(passage, _COMPARATORS):
        if not any_in(passage.text, words(target, "words")):
            continue
        prose, year = passage.prose, limit(target)
        dated = [quantity for quantity in passage.quantities if quantity.kind in _DATES and quantity.value]
        if any(quantity.value <= year and not _NO_START.search(_clause_of(prose, quantity)) for quantity in dated):
            continue
        for quantity in dated:
            if quantity.value <= year or quantity.other is not None or not _START.match(quantity.after):
                continue
            begin, end = clause_around(prose, quantity.begin, quantity.end)
            if any(begin <= other.begin < quantity.begin and other.value == quantity.value for other in dated):
                continue  # 2023年度抽查于2023年9月11日启动: that of one year among others
            sentence = prose[sentence_start(prose, begin) : _sentence_end(prose, end)]
            if _START_WITH_OBJECT.match(prose[quantity.end : end]):
                sentence = prose[begin:end]  # the clause itself names what starts: 2020年启动“互联网+培训”行动
            if mentions_target(target, sentence, sentence):
                clause = passage.text[begin:end]
                yield TextMatch(
                    quantity.begin,
                    quantity.end,
                    f"“{shortened(clause, 40)}”：起始年份{quantity.value}年晚于{target_text(target)}",
                    "如首次开展在此之前，请写明；如确实晚了，请说明原因",
                )


def _clause_of(prose: str, quantity: Quantity) -> str:
    begin, end = clause_around(prose, quantity.begin, quantity.end)
    return prose[begin:end]


def _sentence_end(prose: str, at: int) -> int:
    until = min(len(prose), at + _MAX_AFTER)
    return min((end for mark in "。；\n" if (end := prose.find(mark, at, until)) >= 0), default=until)
