"""Page of rule ZJ020, which is reported in commands: render."""

PAGE = """ZJ020 单位或报告期没有写进表样。

您用的表样上方没有“填报单位：”或“报告期：”的空位，或那里已经写了别的。文件照样生成，请在表样上留出空位，或在生成的文件里补写。

错（docx）：render --unit 澄州市教育局，表样上方没有“填报单位：”。
错（docx）：render --period 2020年上半年，表样上方没有“报告期：”。
错（docx）：render --unit 澄州市教育局，表样上方写着“填报单位：青溪县教育局”。
对（docx）：表样上方留着“填报单位：”，后面是空的。
对（docx）：用自带的官方表。
对（docx）：没有给 --unit 和 --period，照表样原来的样子。

依据：别人的表样不改动（实务）。
"""
