"""Define the instructions on the further sheets of a written workbook; the reader recognizes them by their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhijiao20.core.submission import Progress

if TYPE_CHECKING:
    from zhijiao20.core.catalog import Catalog

TITLE = "填写说明"
LINES = (
    ("填哪里", "只填不是灰色的三列：进展、落实情况、佐证。灰色的列是官方表述和单位，已锁定，不要改动。"),
    ("进展", f"从下拉列表里选：{'、'.join(Progress)}。可以不填。"),
    ("落实情况", "一项任务的文字写在一格里。分段：在格内按 Alt+Enter 换行，一行就是一段。"),
    ("佐证", "文号、文件名等，一行一条（Alt+Enter 换行）。不印进附表，没有就空着。"),
    ("不涉及", "不涉及的任务：进展选“不涉及”，在落实情况里写一句理由。"),
    ("黄色的行", "落实情况还没有填。填了，或进展选了“不涉及”，颜色自动消失。"),
    ("粘贴", "从 Word 或网页复制文字时，先双击单元格再粘贴，或用“选择性粘贴—文本”，以免带进格式、图片和合并单元格。"),
    ("单引号", "文字以 = + - @ 开头时，前面有一个半角单引号，免得被当成公式；汇总时自动去掉。"),
    ("不要做的", "不要合并单元格，不要插入图片、批注和公式，不要增删行和列，不要改表头：这些内容读不成文字。"),
    ("保存", "存为 .xlsx，不要存为 .xls、.et 或带密码的文件。一个单位只报一份。"),
    ("检查", "填好后可以自己先查一遍：zhijiao20 validate 文件名.xlsx"),
)
"""Heading and text of each instruction."""

ROSTER_LINES = (
    (
        "名册",
        "一行写一个单位。各行的次序就是汇总时各单位的次序。只有“单位”一列必须填，别的列可以空着，也可以整列删去。",
    ),
    ("单位", "单位全称，与公章一致。同一个上级下面不能有两个同名的单位。"),
    ("简称", "这个单位别的叫法，几个之间用顿号或分号隔开。报来的文件用了简称也能认出是谁。一个简称不能指两个单位。"),
    ("上级", "这个单位通过谁报送，写全称；直接报给本单位的空着。"),
    ("类别", "学校、市直部门、县区等，随意写，用来分组。"),
    ("任务", "它负责哪些任务，编号见“任务编号”一表。空着或写“全部”：全部任务。"),
    ("任务的写法", "一项 1.5；几项 16.1-16.4；一条 第16条；几条 1-3条；一个部分 第五部分。各项之间用顿号隔开。"),
    ("除", "要去掉的，在每一项前面都写“除”：1-3条、除2.1、除2.2。只写带“除”的，如 除1.5、除第16条，就是其余全部。"),
    ("牵头", "由它牵头的任务，写法相同；牵头的任务也算它负责的。没有就空着。"),
    ("格式", "给它的空表用哪种格式，从下拉列表里选；空着就用统一的格式。"),
    ("截止", "它自己的截止日期，如 2020-07-10；空着就用统一的截止日期。"),
    ("联系人、电话", "催报和退回时用，只给本单位看。"),
    ("例子", "第一行“例：……”是例子，不算单位，留着或删去都可以。"),
    ("保存", "存为 .xlsx，不要存为 .xls、.et 或带密码的文件。不要合并单元格，不要改列名。"),
    ("检查", "填好后检查：zhijiao20 roster 名册.xlsx；发空表：zhijiao20 init --roster 名册.xlsx -o 下发"),
)
"""Heading and text of each instruction for an empty roster."""

TASK_LIST, TASK_HEADER = "任务编号", ("编号", "部分", "条目", "任务")
"""Name and header of the sheet with the official tasks in an empty roster."""

NOTES = frozenset({"", TITLE, *(text for line in (*LINES, *ROSTER_LINES) for text in line)})
"""All texts of the instruction sheets, and the empty text."""

MARKED_TITLE = "怎样修改"
"""The first cell, and the name, of the sheet that says what to do with a returned form."""

CHECK_HEADING = "检查"
"""The heading of the line that speaks of this program."""


def official_texts(catalog: Catalog) -> frozenset[str]:
    """Return all texts of the sheet with the official tasks."""
    tasks = catalog.tasks.values()
    return frozenset(
        {TASK_LIST, *TASK_HEADER, *(t for one in tasks for t in (one.id, one.chapter, one.article, one.text))}
    )
