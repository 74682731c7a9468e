"""Letters of every kind, for tests."""

from __future__ import annotations

from datetime import date

from zhijiao20.core.feedback import Row
from zhijiao20.core.letter import Kind, Letter, UnusableFile

DAY = date(2020, 7, 10)
AMEND = Letter(
    Kind.AMEND,
    "澄州市财政局",
    "澄州市教育局",
    "2020年上半年",
    DAY,
    "王某",
    "0000-1234567",
    files=("附表2.docx",),
    rows=(Row("2.1", "2.1", "只是占位文字", "写明情况", "第8行"), Row("—", None, "请核对：单位", "", "—")),
    to_amend=1,
    to_check=1,
    copy="附表2.docx",
)
UNREAD = Letter(Kind.UNREAD, "甲", unusable=(UnusableFile("收件/甲.pdf", "是图片", "请报送原件"),))
SEVERAL = Letter(Kind.SEVERAL, "甲", files=("甲.docx", "甲(1).docx"), differ=("1.1", "2.1"))
REMINDER = Letter(Kind.REMINDER, "甲")
EVERY = (AMEND, UNREAD, SEVERAL, REMINDER)
