"""Page of rule ZJ017, which is reported in formats: docx/read, xlsx/cell_notes, xlsx/read."""

PAGE = """ZJ017 有隐藏的内容。

藏起来的内容也会报送出去。程序照样读，请取消隐藏看一眼，免得旧内容混进来。Word 里设为“隐藏”的文字也一样。

错（xlsx）：第 2 行隐藏了。
错（xlsx）：“编号”一列隐藏了。
错（xlsx）：唯一的工作表是隐藏的。
对（xlsx）：没有隐藏的行。
对（xlsx）：没有隐藏的列。
对（xlsx）：工作表是显示的。

依据：报送的内容应看得见（实务）。
"""
