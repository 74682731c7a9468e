"""Page of rule ZJ019, which is reported in formats: docx/read, xlsx/cell_notes."""

PAGE = """ZJ019 合并单元格的内容只算在一格。

落实情况合并了几行，程序只算在最上面一行，不替您猜下面几项是不是同样的话。合并“单位”不受影响。

错（xlsx）：F2:F3 合并，两项任务合写一段文字。
错（xlsx）：F2:G2 合并，遮住了 G2 里的文号。
错（xlsx）：G2:G3 合并，两项任务合写一个文号。
对（xlsx）：两项任务各写各的。
对（xlsx）：F2、G2 没有合并，文号写在 G2。
对（xlsx）：A2:A3 合并，写单位名称。

依据：附表2 逐项填写（规定）。
"""
