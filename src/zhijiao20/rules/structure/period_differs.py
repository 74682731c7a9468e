from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Finding
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.wording import fold
from zhijiao20.rules.shared.unit_summary import UnitSummary

PAGE = """ZJ111 报告期不一致。

一次汇总只报一个时期；混进上一期的文件，数字就对不上。没有写报告期的不比较，空格和全角半角不算不同。

错（yaml）：
    〔澄州市教育局.yaml〕
    单位: 澄州市教育局
    报告期: 2020年上半年
    任务:
      "1.1": 印发教学诊断与改进实施方案。
    〔澄州市财政局.yaml〕
    单位: 澄州市财政局
    报告期: 2019年下半年
    任务:
      "1.1": 安排专项资金300万元。
错（csv）：
    单位,报告期,编号,落实情况
    澄州市教育局,2020年上半年,1.1,印发教学诊断与改进实施方案。
    青溪县教育局,2020年下半年,1.1,印发实施方案。
错（csv）：
    单位,报告期,编号,落实情况
    澄州市教育局,2020年上半年,1.1,印发教学诊断与改进实施方案。
    ,2019年下半年,1.2,修订学校设置标准。
对（yaml）：
    〔澄州市教育局.yaml〕
    单位: 澄州市教育局
    报告期: 2020年上半年
    任务:
      "1.1": 印发教学诊断与改进实施方案。
    〔澄州市财政局.yaml〕
    单位: 澄州市财政局
    报告期: 2020 年上半年
    任务:
      "1.1": 安排专项资金300万元。
对（csv）：
    单位,报告期,编号,落实情况
    澄州市教育局,2020年上半年,1.1,印发教学诊断与改进实施方案。
    青溪县教育局,,1.1,印发实施方案。
对（csv）：
    单位,报告期,编号,落实情况
    澄州市教育局,2020年上半年,1.1,印发教学诊断与改进实施方案。
    ,2020年上半年,1.2,修订学校设置标准。

依据：同一报告期汇总（实务）。
"""


def check(units: Iterable[UnitSummary]) -> Iterator[Finding]:
    """Report every unit whose 报告期 differs from the one that most units give."""
    dated = [unit for unit in units if fold(unit.period)]
    if not dated:
        return
    most_common = Counter(fold(unit.period) for unit in dated).most_common(1)[0][0]  # on a tie, the first one read
    reference = next(unit for unit in dated if fold(unit.period) == most_common)
    for unit in dated:
        if fold(unit.period) != most_common:
            yield Finding(
                unit.file,
                unit.place,
                unit.unit,
                None,
                RULES["ZJ111"],
                f"报告期是{quote(unit.period)}，多数单位是{quote(reference.period)}（如 {reference.unit}）",
                "核对是不是上一期的文件；不是就改成同一写法",
            )
