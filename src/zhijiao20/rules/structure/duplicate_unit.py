"""ZJ107 同一单位有两份文件。

同一单位的几个版本（“(1)”“副本”“终稿2”）放在一起时，程序不替人挑选，也从不以后一份为准。

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

from collections.abc import Iterable, Iterator

from zhijiao20.findings import RULES, Finding
from zhijiao20.intake.wording import fold
from zhijiao20.rules.across import Seen


def check(units: Iterable[Seen]) -> Iterator[Finding]:
    """Report every unit that was met in an earlier file; white space and width make no other unit."""
    first: dict[str, Seen] = {}
    for unit in units:
        earlier = first.setdefault(fold(unit.unit), unit)
        if earlier is not unit:
            yield Finding(
                unit.file,
                unit.place,
                unit.unit,
                None,
                RULES["ZJ107"],
                f"单位“{unit.unit}”有两份文件：{earlier.file} 和 {unit.file}",
                "只留确认过的一份，把另一份移出来；确是两个单位的，改正其中一份的“单位”",
            )
