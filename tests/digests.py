"""Units whose digest tests look at: every 进展, texts that are shared, leading units, and groups."""

from __future__ import annotations

from status_files import put

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.write import write_status_file

PROGRESS = (Progress.DONE, Progress.ONGOING, Progress.DONE, Progress.NOT_STARTED, None)
LEADING = {"甲市教育局": ("1.1", "1.2", "20.1"), "第7学校": ("1.2", "3.4")}


def units(count: int, catalog: Catalog) -> list[Submission]:
    """So many units; the first is the bureau, the others are schools."""
    return [_unit(number, catalog) for number in range(count)]


def _unit(number: int, catalog: Catalog) -> Submission:
    name = f"第{number}学校" if number else "甲市教育局"
    entries = {}
    for index, task in enumerate(catalog.tasks):
        kind = (number * 7 + index * 3) % 11
        if kind == 0:
            entries[task] = Entry(task, Progress.NOT_APPLICABLE, "" if number % 2 else "不涉及，此项由甲市教育局统筹。")
        elif kind == 1:
            entries[task] = Entry(task, Progress.ONGOING, "按统一部署，正在制定方案，计划年内印发。")
        else:
            text = f"{name}印发第{task}项工作方案，建立{number + 2}项制度，\n安排经费{index * 13 + 101}万元。"
            entries[task] = Entry(task, PROGRESS[kind % 5], text)
    return Submission(name, period="2020年上半年", entries=entries)


def put_units(count: int, catalog: Catalog) -> list[Submission]:
    """Write the roster, the project and a file for each unit."""
    found = units(count, catalog)
    rows = ["单位,上级,类别,牵头"]
    for item in found:
        school = item.unit.endswith("学校")
        groups = ("甲市教育局", "学校") if school else ("", "机关")
        rows.append(",".join([item.unit, *groups, "、".join(LEADING.get(item.unit, ()))]))
        put(f"收件/{item.unit}.yaml", write_status_file("yaml", [item], catalog))
    put("名册.csv", "\n".join(rows) + "\n")
    put("zhijiao20.toml", 'roster = "名册.csv"\npaths = ["收件"]\nunit = "甲市教育局"\n')
    return found
