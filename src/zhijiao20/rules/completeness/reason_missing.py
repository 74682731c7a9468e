from __future__ import annotations

from collections.abc import Sequence

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Entry, Submission, gives_no_reason, is_not_applicable

PAGE = """ZJ204 不涉及而未说明理由。

“不涉及”可以不写文字，但上级看不出是职能之外还是漏报；写一句理由，汇总时也好核对。

错〔1.1 不涉及〕：
错〔1.1 不涉及〕：不涉及。
错（csv）：
    单位,编号,进展,落实情况
    澄州市财政局,1.1,不涉及,
对〔1.1 不涉及〕：教学标准由教育部门制定，本局无此项职责。
对〔1.1 推进中〕：印发教学诊断与改进实施方案，正在组织学校自查。
对（csv）：
    单位,编号,进展,落实情况
    澄州市财政局,1.1,不涉及,本市没有研究生培养单位

依据：各地汇总时的通行做法（实务）。
"""


def check(submission: Submission, catalog: Catalog, out: Collector) -> None:  # noqa: ARG001 - signature of all rules
    """Report every 不涉及 entry that gives no reason; those whose text alone says so in one finding for the unit."""
    by_text: list[Entry] = []
    for entry in submission.entries.values():
        if is_not_applicable(entry) and gives_no_reason(entry) and submission.answers_for(entry.task):
            if entry.progress is None and "ZJ204" not in entry.waivers:
                by_text.append(entry)
            else:
                _report([entry], out)
    if by_text:
        _report(by_text, out)


def _report(entries: Sequence[Entry], out: Collector) -> None:
    """Report entries: one by its task, several in one finding."""
    tasks = "、".join(entry.task for entry in entries)
    out.add(
        "ZJ204",
        f"任务 {tasks} 填“不涉及”，没有写理由"
        if len(entries) == 1
        else f"{len(entries)} 项填“不涉及”，没有写理由：{tasks}",
        "在落实情况里写一句理由，如“本市没有研究生培养单位”",
        place=entries[0].text_place,
        task=tasks if len(entries) == 1 else None,
    )
