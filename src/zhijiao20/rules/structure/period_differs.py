"""ZJ111 报告期不一致。

一次汇总只报一个时期；混进上一期的文件，数字就对不上。没有写报告期的不比较。

错：一份写“2019年下半年”，其余写“2020年上半年”。
对：都写“2020年上半年”。

依据：同一报告期汇总（实务）。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from zhijiao20.findings import RULES, Finding, quote
from zhijiao20.intake.wording import fold
from zhijiao20.rules.across import Seen


def check(units: Iterable[Seen]) -> Iterator[Finding]:
    """Report every unit whose period is not the one that most units give."""
    dated = [unit for unit in units if fold(unit.period)]
    if not dated:
        return
    most = Counter(fold(unit.period) for unit in dated).most_common(1)[0][0]  # of equals the one met first
    usual = next(unit for unit in dated if fold(unit.period) == most)
    for unit in dated:
        if fold(unit.period) != most:
            yield Finding(
                unit.file,
                unit.place,
                unit.unit,
                None,
                RULES["ZJ111"],
                f"报告期是{quote(unit.period)}，多数单位是{quote(usual.period)}（如 {usual.unit}）",
                "核对是不是上一期的文件；不是就改成同一写法",
            )
