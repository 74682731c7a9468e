"""Define the instructions on the second sheet of a written workbook; the reader recognizes them by their texts."""

from __future__ import annotations

from zhijiao20.core.submission import Progress

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

NOTES = frozenset({"", TITLE, *(text for line in LINES for text in line)})
"""All texts of the instruction sheet, and the empty text."""
