from __future__ import annotations

import re
from collections.abc import Iterator

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ401 发文字号的写法不对。

发文字号是查文件的凭据，写法不一就检索不到。年份写全四位，用六角括号；序号不加“第”，不补零；中间不空格。
只看前面有机关代字的字号；“教育部令第35号”“第3号公告”和“项目编号：澄采公（2019）031号”不是这一种，不管。

错：印发《澄州市职业院校实训安全管理规范》（澄教职成[2019]4号）。
对：印发《澄州市职业院校实训安全管理规范》（澄教职成〔2019〕4号）。
错：依据澄政办发（2019）第31号文件，落实支持措施15项。
对：依据澄政办发〔2019〕31号文件，落实支持措施15项。
错：市财政局、市教育局联合印发管理办法（澄财教【2019】057号）。
对：市财政局、市教育局联合印发管理办法（澄财教〔2019〕57号）。
错：按照教职成 〔 19 〕 13 号文件修订人才培养方案。
对：按照教职成〔2019〕13号文件修订人才培养方案。

依据：GB/T 9704—2012 第7.2.5条：年份应标全称，用六角括号“〔〕”括入；发文顺序号不加“第”字，不编虚位（规定）。
"""

_NUMBER = re.compile(
    r"[\[(（【{〔［｛][ \u3000]{0,9}(?P<year>(?:(?:19|20)[0-9])?[0-9]{1,2})年?[ \u3000]{0,9}[\])）】}〕］｝]"
    r"[ \u3000]{0,9}(?P<ordinal>第?[ \u3000]{0,9}0{0,9})(?P<number>[1-9][0-9]{0,4})"
    r"(?P<more>(?:[、和至～—-][0-9]{1,5})*+)[ \u3000]{0,9}号(?![楼厅线馆机院门路库车房仓店厂井桥地])"
)
_OFFICE_CODE = re.compile("[\u4e00-\u9fff]{1,8} ?$")
# 项目编号：澄采公（2019）031号: tenders, contracts and permits have numbering rules of their own.
_OWN_NUMBERING = re.compile("编号[:：为是 ]{0,2}[一-鿿A-Za-z0-9-]{0,8}$")
_MAX_BEFORE = 16  # characters before a number that are searched for 编号
_ORDERS = ("令", "公告", "通告", "公报", "证")  # numbered in another style: 第35号
_YEAR_BRACKETS = "[〔【［"  # brackets after which two digits are a year; after a round bracket they may be anything


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every document number after an office code that is not written like 〔2019〕4号."""
    text = passage.prose
    if "号" not in text:
        return
    for match in _NUMBER.finditer(text):
        office_code = _OFFICE_CODE.search(text, max(0, match.start() - 9), match.start())
        year = _full_year(match["year"], match[0][0])
        if not office_code or not year or office_code[0].rstrip().endswith(_ORDERS):
            continue
        if _OWN_NUMBERING.search(text, max(0, match.start() - _MAX_BEFORE), match.start()):
            continue
        if office_code[0].endswith("字") and match["ordinal"]:
            continue  # 审字（2019）第012号: the correct style for reports and judgements
        correct = f"〔{year}〕{match['number']}{match['more']}号"
        begin = match.start() - office_code[0].endswith(" ")
        if text[begin : match.end()] != correct:
            yield TextMatch(
                begin,
                match.end(),
                f"发文字号{excerpt(text, begin, match.end(), left=len(office_code[0]), right=0)}的写法不对",
                f"写成“{correct}”：年份写全四位，用六角括号；序号不加“第”，不补零，不空格",
                correct,
            )


def _full_year(year: str, bracket: str) -> str:
    """Return the year in four digits, or an empty string if it is unclear."""
    if len(year) == 4:
        return year
    if len(year) != 2 or bracket not in _YEAR_BRACKETS:
        return ""
    return f"20{year}" if year < "50" else f"19{year}"
