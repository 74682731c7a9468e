"""Names of the fields of a status file, the same in every format.  Light: the command line loads them."""

UNIT, PERIOD, REPORTER, PHONE, TASKS = "单位", "报告期", "填报人", "联系电话", "任务"
"""The fields at the top of a status file."""

ID, CHAPTER, ARTICLE = "编号", "部分", "条目"
PROGRESS, STATUS, EVIDENCE, REMARK, WAIVERS = "进展", "落实情况", "佐证", "说明", "豁免"
"""The fields of an entry; 编号, 部分, 条目 and 任务 are columns of a table only."""

OF_A_SHEET = frozenset({UNIT, PERIOD, PROGRESS, STATUS, EVIDENCE, REMARK})
"""The fields that a table of rows and columns has room for, besides 编号 and the official wording."""
