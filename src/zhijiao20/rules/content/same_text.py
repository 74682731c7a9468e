from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.core.submission import Progress, says_not_applicable
from zhijiao20.core.wording import fold
from zhijiao20.rules.shared.passage import CLAUSES_LIMIT, Passage, TextMatch, between_marks

PAGE = """ZJ302 几项任务用了同一段文字。

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

_NEXT_TEXT = "\0"  # between the clauses of two texts
_MIN_CLAUSE = 8  # characters of a clause that counts as shared
_MOST_TEXTS = 500  # texts of a unit that are compared: there are fewer tasks, but a merged text may have many parts
_MIN_SHARED = 0.2  # share of the characters of similar texts that is in identical clauses


def check(passages: Sequence[Passage]) -> Iterator[tuple[Passage, TextMatch]]:
    """Report each group of tasks with the same text, at its second task."""
    owners = _repeated_clauses(passages)
    by_text: dict[str, list[Passage]] = {}
    first: dict[int, int] = {}  # number of a passage → that of its text, if it is the first one with it
    for number, passage in enumerate(passages[:_MOST_TEXTS]):
        text = passage.text
        if len(text) < passage.thresholds.alike_from or passage.entry.progress is Progress.NOT_APPLICABLE:
            continue
        if says_not_applicable(text):
            continue
        if (same := by_text.get(text)) is None:
            by_text[text], first[number] = [passage], len(first)
        else:
            same.append(passage)
    pairs = [*_candidates([*by_text], _shared(owners, first))]
    if not pairs and all(len(same) == 1 for same in by_text.values()):
        return  # fast path: most submissions
    order = {passage.task.id: number for number, passage in enumerate(passages)}
    for texts in _group_similar([*by_text], pairs, passages[0].thresholds.alike):
        group = sorted((passage for text in texts for passage in by_text[text]), key=lambda p: order[p.task.id])
        if len(group) > 1 and len(fold(texts[0])) >= passages[0].thresholds.alike_from:
            tasks = "、".join(passage.task.id for passage in group)
            description = "同一段文字" if len(texts) == 1 else "几乎相同的文字"
            message = f"任务 {tasks} 写的是{description}"
            hint = "每项任务各写各的做法和结果；确实只有一件事的，写在最切题的一项，其余写明“见某项”和本项的不同之处"
            yield group[1], TextMatch(0, len(group[1].text), message, hint)


def _repeated_clauses(passages: Sequence[Passage]) -> dict[str, list[int]]:
    """Return the clauses that occur several times, each with the numbers of their passages, in order.

    Each passage is told whether it has a clause twice.  Marks are replaced in all texts at once, which takes a third
    of the time.
    """
    texts = [passage.text[:CLAUSES_LIMIT] for passage in passages]
    joined = f" {_NEXT_TEXT} ".join(texts)
    if joined.count(_NEXT_TEXT) >= len(texts) > 0:
        joined = f" {_NEXT_TEXT} ".join([text.replace(_NEXT_TEXT, " ") for text in texts])
    clauses = between_marks(joined).split()
    seen = {_NEXT_TEXT}
    add = seen.add
    repeated = {clause for clause in clauses if clause in seen or add(clause)}
    owners, number = {clause: list[int]() for clause in repeated - {_NEXT_TEXT}}, 0
    for passage in passages:
        passage.__dict__["repeats_clause"] = False
    for clause in filter(repeated.__contains__, clauses):
        if clause == _NEXT_TEXT:
            number += 1
            continue
        numbers = owners[clause]
        if numbers and numbers[-1] == number:
            passages[number].__dict__["repeats_clause"] = True
        numbers.append(number)
    return owners


def _group_similar(texts: list[str], pairs: Iterable[tuple[int, int]], alike: float) -> Iterable[list[str]]:
    """Group similar texts; most groups contain one text."""
    parents = list(range(len(texts)))

    def root(number: int) -> int:
        while parents[number] != number:
            number = parents[number]
        return number

    for first, second in pairs:
        if root(first) != root(second) and _is_similar(texts[first], texts[second], alike):
            parents[max(root(first), root(second))] = min(root(first), root(second))
    groups: dict[int, list[str]] = {}
    for number, text in enumerate(texts):
        groups.setdefault(root(number), []).append(text)
    return groups.values()


def _shared(owners: dict[str, list[int]], first: dict[int, int]) -> dict[str, list[int]]:
    """Return the long clauses that several different texts have, with the numbers of these texts in order."""
    found: dict[str, list[int]] = {}
    for clause, passages in owners.items():
        if len(clause) >= _MIN_CLAUSE:
            numbers = sorted({first[number] for number in passages if number in first})
            if len(numbers) > 1:
                found[clause] = numbers
    return found


def _candidates(texts: list[str], owners: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of different texts with enough shared clauses to compare them, by number."""
    common: defaultdict[int, int] = defaultdict(int)  # characters of a text that others have
    for clause, numbers in owners.items():
        for number in numbers:
            common[number] += len(clause)
    # Most texts share too little with any other.
    much = {number for number, length in common.items() if length >= _MIN_SHARED * len(texts[number])}
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for clause, numbers in owners.items():
        near = [number for number in numbers if number in much]
        for position, second in enumerate(near):
            for one in near[:position]:
                shared[one, second] += len(clause)
    for (one, second), length in sorted(shared.items()):
        if length >= _MIN_SHARED * max(len(texts[one]), len(texts[second])):
            yield one, second


def _is_similar(first: str, second: str, alike: float) -> bool:
    """Check whether two texts share this part of their characters, measured as in ZJ601."""
    from rapidfuzz.distance import Levenshtein  # difflib may take seconds for a pair; there may be 4,000 pairs

    return (
        Levenshtein.normalized_similarity(fold(first[:CLAUSES_LIMIT]), fold(second[:CLAUSES_LIMIT]), score_cutoff=alike)
        >= alike
    )
