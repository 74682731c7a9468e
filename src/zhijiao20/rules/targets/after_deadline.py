from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import Progress
from zhijiao20.rules.quantities import DATE, YEAR
from zhijiao20.rules.shared.excerpt import shortened
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.targets import (
    any_in,
    clause_around,
    limit,
    mentions_target,
    target_text,
    unexplained,
    words,
)

PAGE = """ZJ504 晚于任务原文的期限。

任务原文写明哪一年建成的，计划完成的时间晚于它，应当说明；数目是全国总量，不拿来比一个单位。

错〔13.4〕：计划2021年12月底前建成示范性职业教育集团1个。
对〔13.4〕：计划2020年12月底前建成示范性职业教育集团1个。
错〔13.4〕：装备制造职教集团拟于2022年组建完成。
对〔13.4〕：装备制造职教集团拟于2020年组建完成。
错〔13.4〕：力争2023年建成市级示范性集团（联盟）3个。
对〔13.4〕：受疫情影响，力争2023年建成市级示范性集团（联盟）3个。

依据：附表2 任务原文（规定）。
"""

_PLANNED = lazy_regex("计划|拟|力争|预计|争取|将")
_DATES = (YEAR, DATE)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report plans that end after the year that the task sets, unless the text gives a reason."""
    return unexplained(passage.text, _find_matches(passage)) if passage.task.targets else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    for target in passage.task.targets:
        if target.fields.get("comparator") != "deadline" or passage.entry.progress is Progress.NOT_APPLICABLE:
            continue
        if not any_in(passage.text, words(target, "words")):
            continue
        prose = passage.prose
        for quantity in passage.quantities:
            if quantity.kind not in _DATES or quantity.value <= limit(target):
                continue
            begin, end = clause_around(prose, quantity.begin, quantity.end)
            clause = prose[begin:end]
            if _PLANNED.search(clause) and mentions_target(target, clause, clause):
                yield TextMatch(
                    quantity.begin,
                    quantity.end,
                    f"“{shortened(passage.text[begin:end], 40)}”：晚于{target_text(target)}",
                    "核对完成时间；如确实更晚，请说明原因",
                )
