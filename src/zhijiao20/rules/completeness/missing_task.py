from __future__ import annotations

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Submission

PAGE = """ZJ202 缺少任务。

附表要求逐项填报；文件里没有的任务，汇总后就是一个空格。与本单位无关的，进展填“不涉及”并写明理由。

错（文件）：87 项任务少了 2.1。
错（文件）：只填了前五项。
错（文件）：按旧清单填报，没有 20.1。
对（文件）：87 项任务都在。
对（文件）：87 项任务都在，2.1 填“不涉及”并写了理由。
对（文件）：87 项任务都在，次序是打乱的。

依据：附表2 共列各项任务，逐项报送（规定）。
"""


def check(submission: Submission, catalog: Catalog, out: Collector) -> None:
    """Report every task that the unit answers for and the submission does not contain."""
    duties = submission.duties
    if submission.from_merged:
        out = out.of_unit(None)
    for task in catalog.tasks.values():
        if task.id not in submission.entries and (duties is None or task.id in duties):
            out.add(
                "ZJ202",
                f"缺少任务 {task.id}：{task.text}",
                "补上这一项的落实情况；与本单位无关的，进展填“不涉及”并写明理由",
                place=submission.tasks_place,
                task=task.id,
            )
