"""Page of rule ZJ016, which is reported in formats: xlsx/cell_notes."""

PAGE = """ZJ016 单元格是错误值。

#N/A、#REF! 是表格软件没有算出来，不是要报送的文字。

错（xlsx）：F2 格显示 #N/A。
错（xlsx）：F2 格显示 #REF!。
错（xlsx）：F2 格是日期格式的负数，显示成一串 #。
对（xlsx）：F2 格写明“印发实施方案”。
对（xlsx）：F2 格写明“整合专业5个”。
对（xlsx）：F2 格写成文字“2020年1月1日起施行”。

依据：落实情况应是文字（一般）。
"""
