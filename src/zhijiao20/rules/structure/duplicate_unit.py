"""ZJ107 同一单位有两份文件。

同一单位的几个版本（“(1)”“副本”“终稿2”）放在一起时，程序不替人挑选，也从不以后一份为准。单位取自文件名、只差这样一个尾巴的，也算同一单位。
汇总出来的表和各单位自己的文件放在一起，各单位的文字就会计入两遍，同样是错误。

错（yaml）：
    〔澄州市财政局.yaml〕
    单位: 澄州市财政局
    任务:
      "1.1": 安排专项资金300万元。
    〔澄州市财政局(1).yaml〕
    单位: 澄州市财政局
    任务:
      "1.1": 安排专项资金350万元。
错（csv）：
    〔澄州理工学校.csv〕
    单位,编号,落实情况
    澄州理工学校,1.1,建立毕业标准。
    〔终稿2.csv〕
    单位,编号,落实情况
    澄州理工学校,1.1,建立毕业标准和学分制。
错（yaml）：
    〔青溪县教育局.yaml〕
    单位: 青溪县教育局
    任务:
      "1.1": 印发实施方案。
    〔青溪县.yaml〕
    单位: "青溪县　教育局"
    任务:
      "1.1": 印发实施方案。
错（csv）：
    〔石桥县职教中心.csv〕
    编号,落实情况
    1.1,建立毕业标准。
    〔石桥县职教中心 - 副本 (2).csv〕
    编号,落实情况
    1.1,建立毕业标准和学分制。
错（yaml）：
    〔汇总.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": |-
        【澄州市财政局】安排专项资金350万元。
        【澄州理工学校】建立毕业标准。
    〔澄州市财政局.yaml〕
    单位: 澄州市财政局
    任务:
      "1.1": 安排专项资金350万元。
    〔澄州理工学校.yaml〕
    单位: 澄州理工学校
    任务:
      "1.1": 建立毕业标准。
对（yaml）：
    〔澄州市财政局.yaml〕
    单位: 澄州市财政局
    任务:
      "1.1": 安排专项资金350万元。
对（csv）：
    〔澄州理工学校.csv〕
    单位,编号,落实情况
    澄州理工学校,1.1,建立毕业标准和学分制。
    〔石桥县职教中心.csv〕
    单位,编号,落实情况
    石桥县职教中心,1.1,建立毕业标准。
对（yaml）：
    〔青溪县教育局.yaml〕
    单位: 青溪县教育局
    任务:
      "1.1": 印发实施方案。
    〔石桥县教育局.yaml〕
    单位: 石桥县教育局
    任务:
      "1.1": 印发实施方案。

依据：一个单位一份填报（实务）。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Finding
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.wording import fold
from zhijiao20.rules.shared.unit_summary import UnitSummary

_VERSION = re.compile(
    r"(?:\([0-9]{1,2}\)|v[0-9]{1,2}"
    r"|(?:副本|复件|拷贝|copy|终稿|定稿|最终[版稿]|修改[版稿]|修订[版稿])(?:[0-9]{1,2}|\([0-9]{1,2}\))?)$"
)
_LONGEST = 8  # characters of such a tail: copy(12)
_LISTED = 10
_AT_LEAST = 2  # units that a merged cell names; fewer may be a heading of the clerk's own


def check(units: Iterable[UnitSummary]) -> Iterator[Finding]:
    """Report every unit that has several files, and every file that was merged from others of the same run."""
    same: dict[str, list[UnitSummary]] = {}
    named: dict[str, UnitSummary] = {}
    for unit in units:
        same.setdefault(unit_key(unit.unit), []).append(unit)
        named.setdefault(fold(unit.unit), unit)
    for versions in same.values():
        if len(versions) > 1:
            yield _several(versions)
    for unit in (unit for versions in same.values() for unit in versions if len(unit.labels) >= _AT_LEAST):
        parts = [named[label] for label in unit.labels if label in named and named[label] is not unit]
        if len(parts) >= _AT_LEAST:
            yield _merged(unit, parts)


def unit_key(unit: str) -> str:
    """What names of one unit share: white space, width, and what a copy of its file is called make no other unit."""
    name = key = fold(unit)
    while tail := _VERSION.search(key, max(0, len(key) - _LONGEST)):  # one by one: 副本(1) is one tail, and two
        key = key[: tail.start()].rstrip("-_")
    return key or name


def _several(versions: Sequence[UnitSummary]) -> Finding:
    second = versions[1]
    names = list(dict.fromkeys(unit.unit for unit in versions))
    number = "两" if len(versions) == 2 else f" {len(versions)} "
    files = _listed([unit.file for unit in versions])
    message, hint = f"单位{quote(second.unit)}有{number}份文件：{files}", "改正其中一份的“单位”"
    if len({fold(name) for name in names}) > 1:
        message = f"{''.join(map(quote, names[:_LISTED]))}像是同一单位的{number.rstrip()}个版本：{files}"
        hint = "在各自的文件里写上单位全称"
    hint = f"只留确认过的一份，把{'另一份' if len(versions) == 2 else '其余的'}移出来；确是两个单位的，{hint}"
    return Finding(second.file, second.place, second.unit, None, RULES["ZJ107"], message, hint)


def _merged(unit: UnitSummary, parts: Sequence[UnitSummary]) -> Finding:
    labels = "".join(f"【{part.unit}】" for part in parts[:_LISTED])
    files = _listed([part.file for part in parts])
    message = f"这份文件像是汇总出来的：格内以{labels}开头，而它们自己的文件也在，会计入两遍：{files}"
    hint = "把汇总出来的文件移出文件夹；要报送的是它，就只留它"
    return Finding(unit.file, unit.place, unit.unit, None, RULES["ZJ107"], message, hint)


def _listed(files: Sequence[str]) -> str:
    """All files, at most ten of them by name."""
    if len(files) > _LISTED:
        return "、".join(files[:_LISTED]) + f" 等 {len(files)} 份"
    return "、".join(files[:-1]) + f" 和 {files[-1]}"
