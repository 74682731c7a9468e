"""ZJ502 晚于任务原文的起始年份。

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

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.rules.quantities import DATE, YEAR, Figure
from zhijiao20.rules.shared.passage import Hit, Passage
from zhijiao20.rules.shared.targets import (
    any_in,
    asked,
    asks,
    clause_around,
    limit,
    sentence_start,
    states,
    unexplained,
    words,
)

_STARTS = frozenset({"start"})
_SINCE = re.compile(r"[^，。；、\d]{0,4}?(?:起|开始|启动|启用|开通|首次)")
_OBJECT = re.compile(r"[^，。；、\d]{0,4}?(?:起|开始|启动|启用|开通|首次).")
_ACCORDING = re.compile("根据|按照|依据|贯彻|落实|要求|文件|没有|未|尚")
_FAR = 500  # characters of a sentence
_YEARS = (YEAR, DATE)


def check(passage: Passage) -> Iterable[Hit]:
    """Report a beginning later than the year that the task sets."""
    return unexplained(passage.text, _hits(passage)) if passage.task.targets else ()


def _hits(passage: Passage) -> Iterator[Hit]:
    for target in asked(passage, _STARTS):
        if not any_in(passage.text, words(target, "words")):
            continue
        prose, year = passage.prose, limit(target)
        dated = [figure for figure in passage.figures if figure.kind in _YEARS and figure.value]
        if any(figure.value <= year and not _ACCORDING.search(_clause(prose, figure)) for figure in dated):
            continue
        for figure in dated:
            if figure.value <= year or figure.other is not None or not _SINCE.match(figure.after):
                continue
            begin, end = clause_around(prose, figure.begin, figure.end)
            sentence = prose[sentence_start(prose, begin) : _sentence_end(prose, end)]
            if _OBJECT.match(prose[figure.end : end]):
                sentence = prose[begin:end]  # the clause itself says what began: 2020年启动“互联网+培训”行动
            if states(target, sentence, sentence):
                told = passage.text[begin:end]
                yield Hit(
                    figure.begin,
                    figure.end,
                    f"“{told[:40]}”：起始年份{figure.value}年晚于{asks(target)}",
                    "如首次开展在此之前，请写明；如确实晚了，请说明原因",
                )


def _clause(prose: str, figure: Figure) -> str:
    begin, end = clause_around(prose, figure.begin, figure.end)
    return prose[begin:end]


def _sentence_end(prose: str, at: int) -> int:
    until = min(len(prose), at + _FAR)
    return min((end for mark in "。；\n" if (end := prose.find(mark, at, until)) >= 0), default=until)
