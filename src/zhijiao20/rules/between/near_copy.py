"""ZJ601 与别的单位雷同。

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

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, TYPE_CHECKING, NamedTuple, TypeAlias

from zhijiao20.core.applicability import says_not_applicable
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import NOWHERE, Finding, Place
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.core.wording import fold
from zhijiao20.rules.near_duplicates.minhash import ComparableTexts
from zhijiao20.rules.shared.unit_summary import UnitSummary

if TYPE_CHECKING:
    from zhijiao20.rules.near_duplicates.text_store import ComparedTexts

MANY = 10
"""A unit with more near-copies than this gets one finding for all of them."""

_HINT = "写本单位自己的做法、数字和文号；确是几个单位共同做的，写明各自承担的部分"
_HAN = re.compile("[\u4e00-\u9fff]+")
_SHOWN = 20


def texts(submission: Submission, catalog: Catalog, shortest: int) -> ComparableTexts | None:
    """The texts of a submission that are compared with those of other units, ready to be put aside."""
    from zhijiao20.rules.near_duplicates.minhash import compute_minhashes

    entries = [entry for entry in submission.entries.values() if _compared(entry)]
    own_words = [entry.status.replace(catalog.tasks[entry.task].text, "") for entry in entries]
    done = compute_minhashes(own_words, submission.unit, shortest)
    kept = [entries[number] for number in done.kept]
    if not kept:
        return None
    return ComparableTexts(tuple(entry.task for entry in kept), tuple(entry.text_place for entry in kept), *done[1:])


def _compared(entry: Entry) -> bool:
    return not (entry.blank or entry.progress is Progress.NOT_APPLICABLE or says_not_applicable(entry.status))


class _Match(NamedTuple):
    """A near-copy: which text of its unit, of which other unit, how alike, how many units have it, what they share."""

    number: int
    task: str
    other: int
    alike: float
    together: int
    shared: str


@dataclass(slots=True)
class _Told:
    """The near-copies of one unit; of very many only the tasks and whom they are like."""

    matches: list[_Match] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    others: Counter[int] = field(default_factory=Counter)


Remember: TypeAlias = Callable[[bytes, Callable[[], bytes]], bytes]
"""Gives what was worked out before under a key, else works it out."""


def forget(_key: bytes, work: Callable[[], bytes]) -> bytes:
    """Remember nothing."""
    return work()


class NearCopies:
    """Takes the texts of one unit after the other, then says which are near-copies of an earlier unit's.

    Args:
        thresholds: from where on texts are alike.
        open_file: opens the temporary file, once there are texts.
        remember: knows the near-copies among texts that were compared in an earlier run.
    """

    def __init__(self, thresholds: Thresholds, open_file: Callable[[], IO[bytes]], remember: Remember = forget) -> None:
        self._alike, self._open, self._remember = thresholds.alike, open_file, remember
        self._shelves: ComparedTexts | None = None
        self._names: set[str] = set()
        self._told: dict[int, _Told] = {}

    def take(self, unit: int, seen: UnitSummary) -> None:
        """Put the texts of a unit aside; a second file of the same unit is not compared, ZJ107 speaks of it."""
        name = fold(seen.unit)
        if seen.texts and name not in self._names:
            if self._shelves is None:
                from zhijiao20.rules.near_duplicates.text_store import ComparedTexts

                self._shelves = ComparedTexts(self._open())
            self._shelves.put(unit, seen.texts)
        self._names.add(name)

    def finish(self, units: Sequence[UnitSummary]) -> Iterator[Finding]:
        """The findings, by unit and in the order of its texts; then the temporary file is closed."""
        if self._shelves is None:
            return
        with closing(self._shelves) as shelves:
            for task in shelves.tasks:
                self._compare(task, shelves)
            for unit, told in sorted(self._told.items()):
                for match in sorted(told.matches):
                    yield _one(units[unit], units[match.other], match, shelves.place(unit, match.number))
                if not told.matches:
                    yield _all(units[unit], units, told)

    def _compare(self, task: str, shelves: ComparedTexts) -> None:
        """Note the near-copies on one task."""
        from zhijiao20.rules.near_duplicates.compare import find_near_duplicates

        heads = shelves.heads(task)

        def text(row: int) -> str:
            return shelves.text(int(heads["at"][row]), int(heads["length"][row]))

        def work() -> bytes:
            return json.dumps(list(find_near_duplicates(heads, text, self._alike))).encode("ascii")

        known = self._remember(f"{self._alike!r} ".encode("ascii") + heads["digest"].tobytes(), work)
        units, numbers = heads["unit"].tolist(), heads["number"].tolist()
        for row, other, alike, together in json.loads(known):
            told = self._told.setdefault(units[row], _Told())
            told.tasks.append(task)
            told.others[units[other]] += 1
            if len(told.tasks) > MANY:
                told.matches.clear()
            else:
                shared = _shared(text(row), text(other))
                told.matches.append(_Match(numbers[row], task, units[other], alike, together, shared))


@lru_cache(maxsize=16)
def _shared(one: str, other: str) -> str:
    """A stretch of characters that both texts have."""
    from rapidfuzz.distance import Levenshtein

    blocks = Levenshtein.opcodes(one, other).as_matching_blocks()
    runs = (run for block in blocks for run in _HAN.findall(one[block.a : block.a + block.size]))
    return max(runs, key=len, default="")[:_SHOWN]


def _one(unit: UnitSummary, other: UnitSummary, match: _Match, place: Place) -> Finding:
    how = f"{min(99, int(match.alike * 100))}% 的文字相同" if match.alike < 1 else "除单位名称和数字外完全相同"
    example = f"，如“{match.shared}”" if match.shared else ""
    more = f"；这样的文字共有 {match.together} 个单位写" if match.together > 2 else ""
    message = f"任务 {match.task} 的落实情况与“{other.unit}”（{other.file}）雷同，{how}{example}{more}"
    return Finding(unit.file, place, unit.unit, match.task, RULES["ZJ601"], message, _HINT)


def _all(unit: UnitSummary, units: Sequence[UnitSummary], told: _Told) -> Finding:
    other, times = told.others.most_common(1)[0]
    whom = f"“{units[other].unit}”（{units[other].file}）"
    part = f"，其中 {times} 项与{whom}" if times < len(told.tasks) else f"，都与{whom}"
    message = f"{len(told.tasks)} 项任务的落实情况与别的单位雷同{part}：{'、'.join(told.tasks)}"
    return Finding(unit.file, unit.place or NOWHERE, unit.unit, None, RULES["ZJ601"], message, _HINT)
