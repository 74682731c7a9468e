from __future__ import annotations

import re
from collections.abc import Iterable

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.findings import Collector
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import PROGRESS_SYNONYMS, Progress, Submission
from zhijiao20.core.wording import fold

PAGE = """ZJ203 落实情况只是占位文字。

“无”“略”“同上”“待补充”“××人”之类是模板里留的空，或忘了写完，不能报送；单写一个进展用语（“已完成”）也没有说明做了什么。

错：同上。
错〔16.4 已完成〕：已落实
错：印发教学诊断与改进实施方案，培训××人次。
错：详见附件1
对：与1.2同步推进，印发教学诊断与改进实施方案。
对〔16.4 已完成〕：印发评估办法（澄教职成〔2019〕15号），组织第三方评估。
对：印发教学诊断与改进实施方案，培训1260人次。
对：不涉及。

依据：落实情况应写明措施和成效（一般）。“不涉及”“不适用”说明与本单位无关，不算占位。
"""

WORDS = frozenset(
    ["无", "没有", "略", "同上", "见上", "暂无", "暂缺", "暂无内容", "见附件", "详见附件", "待补充", "待补", "待填", "待定", "待报", "已落实", "落实", "正在落实", "未落实", "已开展", "已办", "xx", "××", "tbd", "todo", "n/a", "na", "none", "null", "nil", "nan", "空", "内容", "测试", "请填写", "此处填写", "单击此处输入文字", "点击此处输入文字", "单击或点击此处输入文字", "单击此处添加文字", "选择一项"]
) | {word.value for word in Progress if word is not Progress.NOT_APPLICABLE} | (set(PROGRESS_SYNONYMS) - {"不适用"})  # fmt: skip
"""Texts that are a placeholder when they are the whole text of an entry; normalized with ``fold``."""

_MAX_CHECKED = 1000  # characters that are checked; a text without a word in them counts as empty
_MAX_PLACEHOLDER_LENGTH = 20  # characters of the longest placeholder
_NON_WORD = lazy_regex(r"[\W_]*")
_ATTACHMENT = lazy_regex(r"(?:详?见|参见|另附)附[件表]\(?[0-9一二三四五六七八九十]{0,3}")
_NUMERALS = "一二三四五六七八九十百千"
# Prefilter: more than 20 characters in a row, none of which fold() removes.  A text with such a run is longer than any
# placeholder; nearly every text has one.
_PROSE = lazy_regex("[一-鿿][一-鿿0-9，。；：、（）“”《》〔〕]{19,40}?[一-鿿]")
# An anonymized personal name, of which only the surname is given: 学生李××获省赛一等奖.
_NAME = (
    "(?<=[王李张刘陈杨赵黄吴徐孙胡朱郭罗梁宋郑谢韩冯董曹袁邓沈彭吕卢蒋蔡魏薛潘杜戴汪])"
    "[XxＸｘ×✕╳]{2}(?=[等获同在、，。；（）和与老师参被荣入考代]|$)"
)
_GAP = lazy_regex(
    rf"(?<![0-9A-Za-z./])(?!{_NAME})(?:[Xx]{{2,}}(?![.]?[0-9A-Za-z])|[×✕╳Ｘｘ]{{2,}})"
    rf"|(?<![{_NUMERALS}○〇◯●])[○〇◯●]{{2,}}+(?=[\u4e00-\u9fff])(?![{_NUMERALS}])"
    r"|(?<![0-9A-Za-z./_])_{3,}(?![0-9A-Za-z_])|＿{2,}"
)
"""Crosses, circles and underscores that mark a blank to fill in; not 二〇〇九年, not a web address."""

# Prefilters: most units use one of these marks or none, and most texts no two marks in a row.
_MARKS = "Xx×✕╳Ｘｘ○〇◯●_＿"
_TWO_MARKS = lazy_regex(f"[{_MARKS}][{_MARKS}]")


def check(submission: Submission, catalog: Catalog, out: Collector) -> None:
    """Report every entry whose text is a placeholder or contains a blank to fill in."""
    entries = [entry for entry in submission.entries.values() if not entry.blank]
    together = "\n".join([entry.status for entry in entries])
    marks = [mark for mark in _MARKS if mark in together]
    for entry in entries:
        if is_placeholder(entry.status):
            message = f"任务 {entry.task} 的落实情况只是占位文字{quote(entry.status.strip())}"
        elif marks and (gap := find_gap(entry.status, marks)):
            message = f"任务 {entry.task} 的落实情况里还有没填的空：{quote(gap)}"
        else:
            continue
        hint = f"写明做了什么、到什么程度、依据哪个文件。任务原文：{catalog.tasks[entry.task].text}"
        out.add("ZJ203", message, hint, place=entry.text_place, task=entry.task)


def is_placeholder(text: str) -> bool:
    """Check whether the whole text is a placeholder."""
    if _PROSE.search(text, 0, _MAX_CHECKED):
        return False
    folded = fold(text[:_MAX_CHECKED])
    core = folded[_leading_non_word(folded) : len(folded) - _leading_non_word(folded[::-1])]
    if len(core) > _MAX_PLACEHOLDER_LENGTH or (len(text) > _MAX_CHECKED and core):
        return False
    return not core or core in WORDS or bool(_ATTACHMENT.fullmatch(core)) or bool(re.fullmatch(r"[x×]{2,}\w?", core))


def _leading_non_word(text: str) -> int:
    """Return the number of leading characters that belong to no word."""
    match = _NON_WORD.match(text)
    return match.end() if match else 0


def find_gap(text: str, marks: Iterable[str] = _MARKS) -> str:
    """Return the first blank in a text (``××人``, ``____``) with its context, or an empty string.

    Args:
        text: the text.
        marks: the marks of a blank that it may contain.
    """
    if not any([mark in text for mark in marks]) or not _TWO_MARKS.search(text):  # noqa: C419 - a list is faster here
        return ""
    match = _GAP.search(text)
    return text[max(0, match.start() - 6) : match.end() + 6].replace("\n", " ") if match else ""
