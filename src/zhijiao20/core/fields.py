"""Field names of a status file, the same in every format.  No imports: the command line loads this module."""

UNIT, PERIOD, REPORTER, PHONE, TASKS = "单位", "报告期", "填报人", "联系电话", "任务"
"""The top-level fields of a status file."""

SUPERIOR = "上级"
"""The unit through which a unit reports: a column of a table of several units, and of a roster."""

CATEGORY = "类别"
"""What kind of unit a unit is: a column of a roster."""

ID, CHAPTER, ARTICLE = "编号", "部分", "条目"
PROGRESS, STATUS, EVIDENCE, REMARK, WAIVERS = "进展", "落实情况", "佐证", "说明", "豁免"
"""The fields of an entry; 编号, 部分, 条目 and 任务 are only columns in a table."""

OF_A_SHEET = frozenset({UNIT, SUPERIOR, PERIOD, PROGRESS, STATUS, EVIDENCE, REMARK})
"""The fields that a table (CSV, XLSX) can store, besides 编号 and the official wording."""
