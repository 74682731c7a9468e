from __future__ import annotations

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.rule_table import BLANK_FORM
from zhijiao20.core.submission import Submission

PAGE = """ZJ205 一项也没有填。

整份表一个字也没有填：落实情况、进展、佐证、说明都是空的，多半是把空表错当成填好的表发了过来。只报这一条，不再逐项说缺少或为空。

错（yaml）：
    单位: 澄州市教育局
    任务:
      "1.1":
        落实情况: ""
      "1.2":
        落实情况: "　"
错（csv）：
    单位,编号,落实情况
    澄州市教育局,1.1,
    澄州市教育局,1.2,
错（文件）：init 生成的文件，一项也没有填就发了回来。
对（yaml）：
    单位: 澄州市教育局
    任务:
      "1.1":
        落实情况: 印发教学诊断与改进实施方案。
      "1.2":
        落实情况: ""
对（csv）：
    单位,编号,进展,落实情况
    澄州市财政局,1.1,不涉及,
对（文件）：只填了前五项：其余的逐项报 ZJ201、ZJ202。

依据：附表2 第四列“落实情况”须逐项填写（规定）。
"""


def check(submission: Submission, catalog: Catalog, out: Collector) -> None:  # noqa: ARG001 - signature of all rules
    """Report a submission in which nothing is filled in; the engine then runs no other rule on it."""
    first = next(iter(submission.entries.values()), None)
    if (first is None or first.blank) and submission.blank:  # the first entry nearly always decides
        message = "这是一份空表，一项也没有填"
        out.add(BLANK_FORM, message, "请向填报单位要填好的文件", place=submission.tasks_place)
