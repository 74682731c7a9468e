from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import MASK, Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each

PAGE = """ZJ404 中文里用了半角标点。

半角标点只占半个字，排出来挤在一起，也容易和小数点、千分位混淆。数字里的 1,200、12:30、1:1.5，网址，外文词句和“(CNC)”里的半角标点是对的，不管。
两个汉字之间的“.”应是句号；序数“1.”“一.”和外国人名里的“.”不管。

错：截至2020年6月30日,全市参加考核5218人;取得证书4390人。
对：截至2020年6月30日，全市参加考核5218人；取得证书4390人。
错：培训对象:企业职工(含农民工)3.9万人次。
对：培训对象：企业职工（含农民工）3.9万人次。
错：其中,2019年招生17234人, 平台录取15408人.
对：其中，2019年招生17234人，平台录取15408人。

依据：GB/T 15834—2011 第5.1条：句号、逗号、分号、冒号占一个字位置，括号的两部分各占一个字位置（规定）。
"""

_HAN = "\u4e00-\u9fff〇"
_CLOSING = f"”’》〉）】〕」』%％{MASK}"  # a masked title or quotation counts as Chinese on both sides
_OPENING = f"“‘《〈（【〔「『{MASK}"
_PREFILTER = lazy_regex("[,;:?!()]")
_MARKS = lazy_regex(
    f"(?<=[{_HAN}{_CLOSING}])[,;] *(?=[{_HAN}{_OPENING}0-9A-Za-z①-⑳]|$)"
    f"|(?:(?<=[0-9A-Za-z]),|(?<=[0-9]);)(?=[{_HAN}{_OPENING}])"  # a letter before ; is excluded: the rest of &nbsp;
    f"|(?<=[{_HAN}”》）]):(?=[{_HAN}{_OPENING}0-9①-⑳]|$)"
    f"|(?<=[{_HAN}])!(?=[{_HAN}{_OPENING}”’]|$)"
    "|(?<=[吗呢么否])[?](?=[^?]|$)",  # elsewhere a question mark may replace a lost character (ZJ007)
    re.MULTILINE,
)
_ODD_STOP = lazy_regex(r"\.(?:(?<![0-9]\.)|(?![0-9]))")  # no decimal point
sign = Pattern(_ODD_STOP.pattern, *each(",;:?!()"))
_CLOSED = frozenset("》”」")
_BRACKETS = lazy_regex("[()（）\n]")
_CHINESE = lazy_regex(f"[{_HAN}{MASK}]")
# A full stop at the end of a paragraph, or between words; 约翰.史密斯 is a name, “一.”, “图.3” and “附件.2” are numbers.
_FULL_STOP = lazy_regex(
    rf"\.(?:(?=[ \t\u3000]*(?:\n|\Z))(?<=[{_HAN}）{MASK}]\.)"
    rf"|(?<=[{_HAN}）％%{MASK}]\.)(?<![一二三四五六七八九十图表件章节版号]\.)(?=[{_HAN}{_OPENING}]|[0-9]{{1,}}[{_HAN}]))"
)
_NAME_PART = frozenset(
    "阿埃艾安奥巴贝本比彼波伯布查达大戴丹德迪丁杜多恩尔法菲费弗夫福冈戈格古哈海汉翰亨华霍基吉加杰金卡凯坎科克库拉莱兰劳勒雷里利林"
    "鲁路伦罗洛马玛迈曼梅蒙米密莫姆穆纳娜内尼诺努欧帕佩皮普奇乔琼让瑞萨塞桑沙舍史斯苏索塔泰特汤托瓦威维韦温沃乌西希肖谢辛雅亚伊约詹朱佐兹"
)
_TO_FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every half-width punctuation mark between Chinese characters; brackets in pairs."""
    if passage.ordinary and not _ODD_STOP.search(passage.text):
        return ()
    return _find_matches(passage.prose, passage.text)


def _find_matches(text: str, original: str) -> Iterator[TextMatch]:
    if _PREFILTER.search(text):
        spans = {match.start(): match.end() for match in _MARKS.finditer(text)}
        spans |= {at: at + 1 for at in _find_brackets(text)}
        for begin in sorted(spans):
            yield _make_match(original, begin, spans[begin], text[begin].translate(_TO_FULL_WIDTH))
    if "." in text:
        for match in _FULL_STOP.finditer(text):
            begin, end = match.span()
            masked_address = text[begin - 1] == MASK and original[begin - 1] not in _CLOSED
            if not masked_address and not (original[begin - 1] in _NAME_PART and original[end : end + 1] in _NAME_PART):
                yield _make_match(original, begin, end, "。")


def _find_brackets(text: str) -> Iterator[int]:
    """Yield the positions of half-width brackets in pairs around Chinese text.

    Brackets around a number at the start of a paragraph are left to ZJ405.
    """
    opened: list[int] = []
    start, last_chinese = 0, -1  # start of the current segment between brackets; start of the last one with Chinese
    for match in _BRACKETS.finditer(text) if "(" in text or ")" in text else ():
        char, at = match[0], match.start()
        if _CHINESE.search(text, start, at):
            last_chinese = start
        start = at + 1
        if char == "\n":
            opened.clear()
        elif char in "(（":
            opened.append(at)
        elif opened:
            begin = opened.pop()
            if last_chinese > begin and ("(" in (text[begin], char) or char == ")"):
                yield from _half_width_of_pair(text, begin, at)


def _half_width_of_pair(text: str, begin: int, end: int) -> Iterator[int]:
    if end - begin <= 4 and _at_paragraph_start(text, begin):
        return
    for at in (begin, end):
        if text[at] in "()":
            yield at


def _at_paragraph_start(text: str, begin: int) -> bool:
    """Check whether only white space precedes the position in its paragraph."""
    while begin and text[begin - 1] in " \t\u3000":
        begin -= 1
    return not begin or text[begin - 1] == "\n"


def _make_match(text: str, begin: int, end: int, correct: str) -> TextMatch:
    message = f"{excerpt(text, begin, end)}里有半角标点“{text[begin]}”"
    return TextMatch(begin, end, message, "中文里的标点用全角；校对时可用 zhijiao20 validate --fix 一次改完", correct)
