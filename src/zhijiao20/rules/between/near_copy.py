from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import NOWHERE, Finding, Place
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Entry, Submission, is_not_applicable, says_not_applicable
from zhijiao20.core.wording import fold
from zhijiao20.rules.near_duplicates.minhash import ComparableTexts
from zhijiao20.rules.shared.unit_summary import UnitSummary

if TYPE_CHECKING:
    from zhijiao20.rules.near_duplicates.text_store import BlockStore, ComparedTexts

PAGE = """ZJ601 与别的单位雷同。

两个单位在同一项任务上写的几乎是同一段文字，多半是抄来的，或用了同一份底稿：汇总以后一眼可见，上级会退回。
比较时不看单位自己的名称、空格、全角半角和数字：只换了单位名称和数字的，也是雷同。相同的文字占 85% 以上的才算
（zhijiao20.toml 里可以改）；不满 40 字的套话、“不涉及”和任务原文不比。一个单位雷同的任务很多时，合成一条。

错：【澄州市第一职业学校】投入480万元建成智能制造实训中心，购置数控机床32台，与9家企业共同开发实训项目24个，2019年接待学生实训5200人次。↵【澄州市第二职业学校】投入320万元建成智能制造实训中心，购置数控机床21台，与6家企业共同开发实训项目15个，2019年接待学生实训3100人次。
对：【澄州市第一职业学校】投入480万元建成智能制造实训中心，购置数控机床32台，与9家企业共同开发实训项目24个，2019年接待学生实训5200人次。↵【澄州市第二职业学校】汽修实训楼2019年9月启用，设工位160个，其中新能源汽车工位40个；与澄州汽车销售公司轮流安排师傅驻校，全年带训学生1340人次。
错：【青溪县教育局】成立由分管副县长任组长的领导小组，建立季度调度制度，把职业教育纳入对乡镇的年度考核，全年召开调度会4次，解决用地、编制问题6个。↵【石桥县教育局】成立由分管副县长任组长的领导小组，建立季度调度制度，把职业教育纳入对乡镇的年度考核，全年召开调度会3次，解决用地、编制等问题5个。
对：【青溪县教育局】成立由分管副县长任组长的领导小组，建立季度调度制度，把职业教育纳入对乡镇的年度考核，全年召开调度会4次，解决用地、编制问题6个。↵【石桥县教育局】县委教育工作领导小组2019年两次听取汇报，议定职教中心扩建和教师补充事项；县政府督查室每半年通报一次办理结果，14件已办结12件。
错：【澄州理工学校】选派18名教师到合作企业顶岗实践，每人不少于1个月，撰写调研报告18篇，开发教学案例36个，实践结果记入教师业务档案并与职称评审挂钩。↵【澄州职业技术学院】选派18名教师到合作企业顶岗实践，每人不少于1个月，撰写调研报告18篇，开发教学案例36个，实践结果记入教师业务档案并与职称评审挂钩。
对：【澄州理工学校】按照市教育局统一部署开展自查。↵【澄州职业技术学院】按照市教育局统一部署开展自查。

依据：各单位如实填报本单位的落实情况（一般）。
"""

COMBINED_FROM = 10
"""A unit with more near-copies than this gets one finding for all of them."""

_HINT = "写本单位自己的做法、数字和文号；确是几个单位共同做的，写明各自承担的部分"
_HAN = lazy_regex("[\u4e00-\u9fff]+")
_MAX_SHOWN = 20  # characters of the shared part that a message quotes


def comparable_texts(submission: Submission, catalog: Catalog, shortest: int) -> ComparableTexts | None:
    """Return the texts of a submission to compare with other units, with their MinHash values."""
    from zhijiao20.rules.near_duplicates.minhash import compute_minhashes

    entries = [entry for entry in submission.entries.values() if _is_compared(entry)]
    own_texts = [entry.status.replace(catalog.tasks[entry.task].text, "") for entry in entries]
    hashed = compute_minhashes(own_texts, submission.unit, shortest)
    kept = [entries[number] for number in hashed.kept]
    if not kept:
        return None
    return ComparableTexts(tuple(entry.task for entry in kept), tuple(entry.text_place for entry in kept), *hashed[1:])


def _is_compared(entry: Entry) -> bool:
    return not (entry.blank or is_not_applicable(entry) or says_not_applicable(entry.status))


class _NearCopy(NamedTuple):
    """A near-copy.

    Attributes:
        number: index of the text among the compared texts of its unit.
        task: its task.
        other: index of the unit with the earlier text.
        alike: the similarity of the two texts.
        together: how many units wrote similar texts.
        shared: a part that both texts contain.
    """

    number: int
    task: str
    other: int
    alike: float
    together: int
    shared: str


@dataclass(slots=True)
class _UnitCopies:
    """The near-copies of one unit.

    Attributes:
        near_copies: the near-copies; emptied if there are more than ``COMBINED_FROM``.
        tasks: the task of each near-copy.
        others: how many near-copies refer to each other unit.
    """

    near_copies: list[_NearCopy] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    others: Counter[int] = field(default_factory=Counter)


CachedCall: TypeAlias = Callable[[bytes, Callable[[], bytes]], bytes]
"""Callback that returns the cached result of a key, or computes and caches it."""


class NearCopies:
    """Comparison of the texts of all units, task by task.

    Args:
        thresholds: the similarity from which two texts are near-copies.
        new_store: opens temporary storage; called when the first texts arrive.
        remember: returns cached comparison results of earlier runs; None for no cache.
    """

    def __init__(
        self, thresholds: Thresholds, new_store: Callable[[], BlockStore], remember: CachedCall | None = None
    ) -> None:
        self._alike, self._new_store, self._remember = thresholds.alike, new_store, remember
        self._store: ComparedTexts | None = None
        self._names: set[str] = set()
        self._copies: dict[int, _UnitCopies] = {}

    def take(self, unit: int, seen: UnitSummary) -> None:
        """Store the texts of a unit in the temporary file.

        A second file of the same unit is not compared; ZJ107 reports it.
        """
        name = fold(seen.unit)
        if seen.texts and name not in self._names:
            if self._store is None:
                from zhijiao20.rules.near_duplicates.text_store import ComparedTexts

                self._store = ComparedTexts(self._new_store())
            self._store.put(unit, seen.texts)
        self._names.add(name)

    def finish(self, units: Sequence[UnitSummary]) -> Iterator[Finding]:
        """Yield the findings by unit, in the order of its texts, and close the temporary file."""
        if self._store is None:
            return
        with closing(self._store) as store:
            for task in store.tasks:
                self._compare(task, store)
            for unit, copies in sorted(self._copies.items()):
                for copy in sorted(copies.near_copies):
                    yield _single_finding(units[unit], units[copy.other], copy, store.place(unit, copy.number))
                if not copies.near_copies:
                    yield _combined_finding(units[unit], units, copies)

    def _compare(self, task: str, store: ComparedTexts) -> None:
        """Collect the near-copies on one task."""
        from zhijiao20.rules.near_duplicates.compare import find_near_duplicates

        records = store.heads(task)

        def text(row: int) -> str:
            return store.text(int(records["at"][row]), int(records["length"][row]))

        def compute() -> bytes:
            return json.dumps(list(find_near_duplicates(records, text, self._alike))).encode("ascii")

        key = f"{self._alike!r} ".encode("ascii") + records["digest"].tobytes()
        result = self._remember(key, compute) if self._remember else compute()
        units, numbers = records["unit"].tolist(), records["number"].tolist()
        for row, other, alike, together in json.loads(result):
            copies = self._copies.setdefault(units[row], _UnitCopies())
            copies.tasks.append(task)
            copies.others[units[other]] += 1
            if len(copies.tasks) > COMBINED_FROM:
                copies.near_copies.clear()
            else:
                shared = _shared(text(row), text(other))
                copies.near_copies.append(_NearCopy(numbers[row], task, units[other], alike, together, shared))


@lru_cache(maxsize=16)
def _shared(first: str, second: str) -> str:
    """Return the longest run of Chinese characters that both texts contain, at most 20."""
    from rapidfuzz.distance import Levenshtein

    blocks = Levenshtein.opcodes(first, second).as_matching_blocks()
    common_runs = (run for block in blocks for run in _HAN.findall(first[block.a : block.a + block.size]))
    return max(common_runs, key=len, default="")[:_MAX_SHOWN]


def _single_finding(unit: UnitSummary, other: UnitSummary, copy: _NearCopy, place: Place) -> Finding:
    """Return the finding for one near-copy."""
    similarity = f"{min(99, int(copy.alike * 100))}% 的文字相同" if copy.alike < 1 else "除单位名称和数字外完全相同"
    example = f"，如“{copy.shared}”" if copy.shared else ""
    units = f"；这样的文字共有 {copy.together} 个单位写" if copy.together > 2 else ""
    message = f"任务 {copy.task} 的落实情况与“{other.unit}”（{other.file}）雷同，{similarity}{example}{units}"
    return Finding(unit.file, place, unit.unit, copy.task, RULES["ZJ601"], message, _HINT)


def _combined_finding(unit: UnitSummary, units: Sequence[UnitSummary], copies: _UnitCopies) -> Finding:
    """Return one finding for all near-copies of a unit."""
    other, times = copies.others.most_common(1)[0]
    reference = f"“{units[other].unit}”（{units[other].file}）"
    share = f"，其中 {times} 项与{reference}" if times < len(copies.tasks) else f"，都与{reference}"
    message = f"{len(copies.tasks)} 项任务的落实情况与别的单位雷同{share}：{'、'.join(copies.tasks)}"
    return Finding(unit.file, unit.place or NOWHERE, unit.unit, None, RULES["ZJ601"], message, _HINT)
