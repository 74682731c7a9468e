"""Page of rule ZJ002, which is reported in formats: sniff, docx/__init__, xlsx/package, xlsx/read, xlsx/xml."""

PAGE = """ZJ002 内容与文件名的格式不符。

只改后缀不会改变内容。程序按内容认出真正的格式，请改回后缀，或用原来的软件另存为要用的格式。

错（csv）：
    〔澄州市教育局.csv〕
    单位: 澄州市教育局
    任务:
      "1.1": 印发教学诊断与改进实施方案。
错（yaml）：
    〔澄州市教育局.yaml〕
    单位,编号,落实情况
    澄州市教育局,1.1,印发教学诊断与改进实施方案。
错（txt）：
    〔澄州市教育局.txt〕
    1.1 印发教学诊断与改进实施方案。
错（docx）：把旧的 .doc 文件直接改名为 .docx。
对（yaml）：
    〔澄州市教育局.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": 印发教学诊断与改进实施方案。
对（csv）：
    〔澄州市教育局.csv〕
    单位,编号,落实情况
    澄州市教育局,1.1,印发教学诊断与改进实施方案。
对（docx）：在 Word 或 WPS 里打开 .doc，另存为 .docx。

依据：能读的是 .yaml、.yml、.csv、.xlsx、.docx（实务）。
"""
