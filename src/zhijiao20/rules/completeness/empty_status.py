"""ZJ201 落实情况为空。

任务列出来了，落实情况没有写；空格、看不见的字符不算文字。进展为“不涉及”的除外。

错：落实情况是空的，进展填“推进中”。
对：写明做了什么、到什么程度、依据哪个文件。

依据：附表2 第四列“落实情况”须逐项填写（规定）。
"""

from __future__ import annotations

from zhijiao20.catalog import Catalog
from zhijiao20.findings import Collector
from zhijiao20.model import Progress, Submission


def check(submission: Submission, catalog: Catalog, out: Collector) -> None:
    """Report every entry without a text, unless it is 不涉及."""
    for entry in submission.entries.values():
        if entry.blank and entry.progress is not Progress.NOT_APPLICABLE:
            out.add(
                "ZJ201",
                f"任务 {entry.task} 的落实情况是空的：{catalog.tasks[entry.task].text}",
                "写明落实情况；与本单位无关的，进展填“不涉及”并写明理由",
                place=entry.text_place,
                task=entry.task,
            )
