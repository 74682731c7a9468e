from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern

PAGE = """ZJ401 发文字号的写法不对。

发文字号是查文件的凭据，写法不一就检索不到。年份写全四位，用六角括号“〔〕”，不用“﹝﹞”“〈〉”，两半都要有；序号不加“第”，不补零，后面有“号”；中间不空格。
年份和序号用阿拉伯数字，机关代字写在年份前面。
只看前面有机关代字的字号；“教育部令第35号”“第3号公告”和“项目编号：澄采公（2019）031号”不是这一种，不管。

错：印发《澄州市职业院校实训安全管理规范》（澄教职成[2019]4号）。
对：印发《澄州市职业院校实训安全管理规范》（澄教职成〔2019〕4号）。
错：依据澄政办发（2019）第31号文件，落实支持措施15项。
对：依据澄政办发〔2019〕31号文件，落实支持措施15项。
错：市财政局、市教育局联合印发管理办法（澄财教【2019】057号）。
对：市财政局、市教育局联合印发管理办法（澄财教〔2019〕57号）。
错：按照教职成 〔 19 〕 13 号文件修订人才培养方案。
对：按照教职成〔2019〕13号文件修订人才培养方案。
错：印发学籍管理细则（澄教职成2020〕17号），修订考核办法（澄教职成〔2019〕35）。
对：印发学籍管理细则（澄教职成〔2020〕17号），修订考核办法（澄教职成〔2019〕35号）。

依据：GB/T 9704—2012 第7.2.5条：年份应标全称，用六角括号“〔〕”括入；发文顺序号不加“第”字，不编虚位（规定）。
"""

_NO_NAME = "(?![楼厅线馆机院门路库车房仓店厂井桥地])"
_NUMBER = lazy_regex(
    r"[\[(（【{〔［｛﹝〈][ \u3000]{0,9}(?P<year>(?:(?:19|20)[0-9])?[0-9]{1,2})年?[ \u3000]{0,9}[\])）】}〕］｝﹞〉]"
    r"[ \u3000]{0,9}(?P<ordinal>第?[ \u3000]{0,9}0{0,9})(?P<number>[1-9][0-9]{0,4})"
    rf"(?P<more>(?:[、和至～—-][0-9]{{1,5}})*+)[ \u3000]{{0,9}}号{_NO_NAME}"
)
# Half a bracket, no bracket (2019年4号), or no 号.
_INCOMPLETE = lazy_regex(
    r"(?:(?P<y1>2(?<![0-9].)0[0-9]{2})[〕﹞］】〉](?:第)?(?P<n1>[1-9][0-9]{0,3})号"
    r"|[〔﹝［【](?P<y2>20[0-9]{2})[ \u3000，,.-]?(?P<n2>[1-9][0-9]{0,3})号"
    r"|(?P<y3>2(?<=[发函字办成教财政人社规职].)(?<![印下转制签颁].)(?<!出台.)0[0-9]{2})年(?P<n3>[1-9][0-9]{0,3})号(?=文|[）)》”，。；、\n]|$)"
    r"|[〔﹝](?P<y4>20[0-9]{2})[〕﹞](?P<n4>[1-9][0-9]{0,3})(?=[）)》”，。；\n]|文件|精神|要求|、[一-鿿]|$))" + _NO_NAME
)
# What a six-sided bracket with a year is not part of a right number, or is in the wrong place.
_ODD = lazy_regex(
    r"〔(?!(?:19|20)[0-9]{2}〕[1-9][0-9]{0,4}(?:[、和至～—-][0-9]{1,5})*+号)(?=[0-9〇○零一二三四五六七八九Oo]{2,5}年?[〕﹞\])）】 \u3000])"
    r"[0-9〇○零一二三四五六七八九Oo]{2,5}年?[^，。；：、\n0-9第号]{0,2}[第号]?[0-9〇○零一二三四五六七八九十百]{0,6}号?"
    r"|(?<![0-9])20[0-9]{2}年?[(（〔\[][1-9][0-9]{0,3}[)）〕\]]号"
    r"|(?<=字)20[0-9]{2}年?第?[1-9][0-9]{0,3}号"
    r"|[(（〔\[【]20[0-9]{2}[)）〕\]】][1-9][0-9]{0,3}(?=文件)"
)
_CODE_BEHIND = lazy_regex("〔20[0-9]{2}〕[一-鿿]{2,8}[0-9]{1,4}号")
_QUOTED_YEAR = lazy_regex("[「『](?:20[0-9]{2})[」』]第?[0-9]{1,4}号")
# Prefilter of the incomplete ones: a number without 号, or behind 年; or another bracket.
_LOOSE = lazy_regex(
    "[〕﹞](?:[1-9][0-9]{0,3}(?![0-9号、和至～ —-])|(?<=﹞))|[［【〉】］]|年(?<=20[0-9]{2}年)[1-9][0-9]{0,3}号"
)
sign = Pattern(
    f"〔(?!(?:19|20)[0-9]{{2}}〕[1-9][0-9]{{0,4}}号{_NO_NAME})",  # all but 〔2019〕4号
    "〔(?<=[ \u3000]〔)",
    "〕(?<!〔[0-9]{4}〕)",
    "﹞",
    "文(?<=[)）\\]】][0-9]文)|文(?<=[)）\\]】][0-9]{2}文)|文(?<=[)）\\]】][0-9]{3}文)",
    "号(?<=[0-9)） \u3000]号)(?<!〕[0-9]号)(?<!〕[0-9]{2}号)(?<!〕[0-9]{3}号)(?<!〕[0-9]{4}号)",
    prose=True,
)
_OFFICE_CODE = lazy_regex("[\u4e00-\u9fff]{1,8} ?$")
# 项目编号：澄采公（2019）031号: tenders, contracts and permits have numbering rules of their own.
_OWN_NUMBERING = lazy_regex("编号[:：为是 ]{0,2}[一-鿿A-Za-z0-9-]{0,8}$")
_MAX_BEFORE = 16  # characters before a number that are searched for 编号
# 审字（2019）第012号: reports and judgements; 政办字〔2019〕12号 is a document of an office.
_REPORTS = lazy_regex("(?<![政教财办发函委厅府社])字$")
_ORDERS = ("令", "公告", "通告", "公报", "证")  # numbered in another style: 第35号
_OFFICE = lazy_regex("[教政财发办函社委厅府职成]")
_LISTS = ("附件", "表", "图", "文献")  # 附件〔2019〕4: no document number
_YEAR_BRACKETS = "[〔【［﹝〈"  # brackets after which two digits are a year; after a round bracket they may be anything


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every document number after an office code that is not written like 〔2019〕4号."""
    text = passage.prose
    return (
        sorted(_find_matches(passage))
        if "号" in text or "〕" in text or "〔" in text or "﹞" in text or "文件" in text
        else ()
    )


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    text, spans = passage.prose, list[tuple[int, int]]()
    for found in (*_find_complete(text), *_find_incomplete(text)):
        spans.append((found.begin, found.end))
        yield found
    for pattern in (_ODD, _CODE_BEHIND):
        for match in pattern.finditer(text):
            begin, end = match.span()
            before = _code_before(text, begin)
            usual = pattern is _CODE_BEHIND or (before is not None and _OFFICE.search(before[-5:]))
            if usual and not any(first < end and begin < last for first, last in spans):
                yield _make_odd(text, begin, end)
    if "「" in passage.text or "『" in passage.text:
        for match in _QUOTED_YEAR.finditer(passage.text):
            yield _make_odd(passage.text, *match.span())


def _find_complete(text: str) -> Iterator[TextMatch]:
    """Report the numbers of which all parts are there, in the wrong style."""
    for match in _NUMBER.finditer(text):
        if (code := _code_before(text, match.start())) is None:
            continue
        year = _full_year(match["year"], match[0][0])
        if not year or (match["ordinal"] and _REPORTS.search(code)):
            continue  # 审字（2019）第012号: the correct style for reports and judgements
        correct = f"〔{year}〕{match['number']}{match['more']}号"
        yield from _make_match(text, match.start() - code.endswith(" "), match.end(), code, correct)


def _find_incomplete(text: str) -> Iterator[TextMatch]:
    """Report the numbers without a half of their brackets, or without 号."""
    if text.count("〔") == text.count("〕") and not _LOOSE.search(text):
        return
    for match in _INCOMPLETE.finditer(text):
        code = _code_before(text, match.start())
        if code is not None and not code.endswith(_LISTS):
            year, number = (match[1] or match[3] or match[5] or match[7], match[2] or match[4] or match[6] or match[8])
            yield from _make_match(text, match.start(), match.end(), code, f"〔{year}〕{number}号")


def _code_before(text: str, at: int) -> str | None:
    """Return the office code before a number, or None if there is none, or if the number is of another kind."""
    code = _OFFICE_CODE.search(text, max(0, at - 9), at)
    if code is None or code[0].rstrip().endswith(_ORDERS) or _OWN_NUMBERING.search(text, max(0, at - _MAX_BEFORE), at):
        return None
    return code[0]


def _make_match(text: str, begin: int, end: int, code: str, correct: str) -> Iterator[TextMatch]:
    if text[begin:end] != correct:
        yield TextMatch(
            begin,
            end,
            f"发文字号{excerpt(text, begin, end, left=len(code.rstrip()), right=0)}的写法不对",
            f"写成“{correct}”：年份写全四位，用六角括号；序号不加“第”，不补零，不空格",
            correct,
        )


def _make_odd(text: str, begin: int, end: int) -> TextMatch:
    message = f"发文字号{excerpt(text, begin, end, left=8, right=0)}的写法不对"
    return TextMatch(begin, end, message, "照原件核对，写成“机关代字〔2019〕4号”的样子")


def _full_year(year: str, bracket: str) -> str:
    """Return the year in four digits, or an empty string if it is unclear."""
    if len(year) == 4:
        return year
    if len(year) != 2 or bracket not in _YEAR_BRACKETS:
        return ""
    return f"20{year}" if year < "50" else f"19{year}"
