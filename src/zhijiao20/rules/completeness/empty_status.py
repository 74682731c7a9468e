from __future__ import annotations

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Progress, Submission

PAGE = """ZJ201 落实情况为空。

任务列出来了，落实情况没有写；空格、看不见的字符不算文字。进展为“不涉及”的除外。

错〔1.1 推进中〕：
错（yaml）：
    单位: 澄州市教育局
    任务:
      "1.1":
        进展: 已完成
        落实情况: "　 "
错（csv）：
    单位,编号,落实情况
    澄州市教育局,1.1,
    澄州市教育局,1.2,修订专业教学标准9项。
对〔1.1 推进中〕：印发教学诊断与改进实施方案（澄教职成〔2019〕12号），正在组织学校自查。
对（yaml）：
    单位: 澄州市财政局
    任务:
      "1.1":
        进展: 不涉及
        落实情况: 教学标准由教育部门制定，本局无此项职责。
对（csv）：
    单位,编号,落实情况
    澄州市教育局,1.1,印发教学诊断与改进实施方案。

依据：附表2 第四列“落实情况”须逐项填写（规定）。
"""


def check(submission: Submission, catalog: Catalog, out: Collector) -> None:
    """Report every entry without text, unless its 进展 is 不涉及 or the unit does not answer for the task."""
    hint = "写明落实情况；与本单位无关的，进展填“不涉及”并写明理由"
    if submission.from_merged:
        out, hint = out.of_unit(None), "汇总表的这一格是空的：由汇总单位补上，或问清该哪个单位填"
    for entry in submission.entries.values():
        if entry.blank and entry.progress is not Progress.NOT_APPLICABLE and submission.answers_for(entry.task):
            out.add(
                "ZJ201",
                f"任务 {entry.task} 的落实情况是空的：{catalog.tasks[entry.task].text}",
                hint,
                place=entry.text_place,
                task=entry.task,
            )
