"""ZJ302 几项任务用了同一段文字。

每项任务问的是不同的事，同一段文字放在几项下面，至少有一项没有回答；上级逐项看，一眼可见。
相同或几乎相同（zhijiao20.toml 里的标准，默认 85%）的才算；不满 40 字的短句和“不涉及”不比。

错〔1.1、1.2〕：成立由分管副市长任组长的职业教育工作领导小组，每季度召开一次调度会，2019年以来研究解决用地、编制、经费等问题11项。
错：【7.1】27所职业院校全部承担培训任务，2019年培训6.8万人次，其中企业职工3.9万人次，培训收入3560万元。↵【7.2】27所职业院校全部承担培训任务，2019年开展培训6.8万人次，其中企业职工3.9万人次，培训收入3560万元。
错〔16.3、16.5、16.6〕：2020年安排职业教育专项资金4860万元，截至2020年6月30日下达4131万元，下达进度85.0%，其余按工程进度拨付。
对：【7.1】27所职业院校全部承担培训任务，2019年培训6.8万人次，其中企业职工3.9万人次，培训收入3560万元。↵【7.2】按10个紧缺领域编制培训目录，2019年设项目63个，年培训2.4万人次，2020年6月完成目录更新论证。
对〔18.1、18.3〕：由国家组织实施，本市没有承担任务。
对：【16.3】2019年3所院校获得社会捐赠650万元，财政按20%配比130万元，已拨付到校。↵【16.6】2019年资助高职学生9874人、中职学生11325人，合计21199人，资金全部按时发放。

依据：落实情况逐项填写（规定）。
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.core.applicability import says_not_applicable
from zhijiao20.core.submission import Progress
from zhijiao20.core.wording import fold
from zhijiao20.rules.shared.passage import Passage, TextMatch

_MARKS = "，。；：！？,.;:!?"
_NEXT = "\0"  # parts the texts
_SHORTEST = 8  # characters of a clause that two texts may have in common
_LONGEST = 1000  # characters that are compared
_SHARED = 0.2  # part of their characters that alike texts have in whole clauses that are the same


def check(passages: Sequence[Passage]) -> Iterator[tuple[Passage, TextMatch]]:
    """Report each group of tasks that share a text, where it stands for the second time."""
    alone: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.entry.progress is Progress.NOT_APPLICABLE or says_not_applicable(passage.text):
            continue
        if len(passage.text) >= passage.thresholds.alike_from:
            alone.setdefault(passage.text, []).append(passage)
    pairs = [*_candidates([*alone])]
    if not pairs and all(len(same) == 1 for same in alone.values()):
        return  # as in most submissions
    order = {passage.task.id: number for number, passage in enumerate(passages)}
    for texts in _groups([*alone], pairs, passages[0].thresholds.alike):
        together = sorted((passage for text in texts for passage in alone[text]), key=lambda p: order[p.task.id])
        if len(together) > 1 and len(fold(texts[0])) >= passages[0].thresholds.alike_from:
            tasks = "、".join(passage.task.id for passage in together)
            how = "同一段文字" if len(texts) == 1 else "几乎相同的文字"
            message = f"任务 {tasks} 写的是{how}"
            hint = "每项任务各写各的做法和结果；确实只有一件事的，写在最切题的一项，其余写明“见某项”和本项的不同之处"
            yield together[1], TextMatch(0, len(together[1].text), message, hint)


def _groups(texts: list[str], pairs: Iterable[tuple[int, int]], alike: float) -> Iterable[list[str]]:
    """The texts in groups of such as are alike, most of them alone."""
    parents = list(range(len(texts)))

    def root(number: int) -> int:
        while parents[number] != number:
            number = parents[number]
        return number

    for one, other in pairs:
        if root(one) != root(other) and _alike(texts[one], texts[other], alike):
            parents[max(root(one), root(other))] = min(root(one), root(other))
    groups: dict[int, list[str]] = {}
    for number, text in enumerate(texts):
        groups.setdefault(root(number), []).append(text)
    return groups.values()


def _candidates(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of texts with so many clauses in common that it is worth comparing them."""
    owners: dict[str, list[int]] = {}
    for number, common in _common(texts).items():
        if sum(map(len, common)) >= _SHARED * len(texts[number]):  # most have too little in common with all others
            for clause in common:
                owners.setdefault(clause, []).append(number)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for clause, numbers in owners.items():
        for at, other in enumerate(numbers):
            for one in numbers[:at]:
                shared[one, other] += len(clause)
    for (one, other), length in sorted(shared.items()):
        if length >= _SHARED * max(len(texts[one]), len(texts[other])):
            yield one, other


def _common(texts: list[str]) -> dict[int, set[str]]:
    """The clauses that stand in several texts, by text.

    All texts are divided at once: for each alone it would take three times as long.
    """
    joined = f" {_NEXT} ".join([text[:_LONGEST].replace(_NEXT, " ") for text in texts])
    for mark in _MARKS:  # a third of what an expression would cost
        joined = joined.replace(mark, " ")
    clauses = joined.split()
    twice = {clause for clause, times in Counter(clauses).items() if times > 1 and len(clause) >= _SHORTEST}
    common: dict[int, set[str]] = {}
    number = 0
    for clause in clauses if twice else ():
        if clause == _NEXT:
            number += 1
        elif clause in twice:
            common.setdefault(number, set()).add(clause)
    return common


def _alike(one: str, other: str, alike: float) -> bool:
    """Whether two texts share that part of their characters, measured as between units (ZJ601)."""
    from rapidfuzz.distance import Levenshtein  # difflib may take seconds for a pair, and there may be four thousand

    return Levenshtein.normalized_similarity(fold(one[:_LONGEST]), fold(other[:_LONGEST]), score_cutoff=alike) >= alike
