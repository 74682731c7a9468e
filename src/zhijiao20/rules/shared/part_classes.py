"""Classes into which a total is divided, by the words of its parts.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhijiao20.core.lazy_regex import lazy_regex

_PAIRS = tuple(
    (lazy_regex(first), lazy_regex(second))
    for first, second in (
        ("男", "女"),
        ("公办", "民办"),
        ("城[市镇区]", "农村|乡村|乡镇"),
        ("本科", "专科|高职"),
        ("线上", "线下"),
        ("省内|本省", "省外|外省"),
        ("市内|本市|市域内", "市外|外市|市域外"),
        ("县内|本县", "县外|外县"),
        ("校内", "校外"),
        ("上半年", "下半年"),
        ("应届", "往届|历届"),
        ("必修", "选修"),
        ("专职", "兼职"),
        ("理论", "实践|实训"),
        ("春季", "秋季"),
        ("文科", "理科"),
        ("普通高中|普高", "中职|中等职业学校"),
        ("高职", "中职"),
        # States of the same things, whatever they are:
        ("已", "未|尚未|正在|待"),
        ("合格", "不合格|未合格"),
        ("达标", "不达标|未达标"),
        ("通过", "未通过"),
        ("有效", "无效"),
        ("地上", "地下"),
    )
)
_STATES = len(_PAIRS) - 6  # from this pair on
CLASS = "在?(?:" + "|".join(words for pair in _PAIRS for words in (pair[0].pattern, pair[1].pattern)) + ")"
"""Pattern of how one of two classes of a whole is called."""

_CLASS = lazy_regex(CLASS)

_SELDOM_ALL = lazy_regex("就业|升学|录取|实习")  # of graduates, others are elsewhere: 本市就业1120人、外市就业620人
_GENERAL = frozenset(("", "生源", "学生", "人员", "层次", "院校", "学校", "教师", "学员", "部分", "户籍"))
_CLOSED = (  # classes that make up a whole
    ("高职|高等职业", "中职|中等职业", "技工|技师"),
    ("高级", "中级", "初级"),
    ("金", "银", "铜"),
    ("博士", "硕士", "本科及以下|本科以下"),
)
_RANKS = (  # from the highest on: with different ones, classes exclude one another
    ("国家级|国际", "省级|省部级|部级", "市级|地市级|市厅级", "县级|区级|县区级", "校级|院级"),
    ("特等", "一等|金", "二等|银", "三等|铜", "优秀|优胜"),
    ("博士", "硕士|研究生", "本科|学士", "专科|大专", "高中|中专|中职"),
    ("正高|(?<!副)教授", "副高|副教授", "中级|讲师", "初级|助教|助理", "未定|未评|未聘|无职称"),
    ("高级技师", "(?<!高级)技师", "高级工", "中级工", "初级工"),
    ("高级", "中级", "初级"),
    ("规模以上", "规模以下|中小|小微"),
)
_MAX_CLASS = 14  # characters of the name of a class


def are_complements(names: Sequence[str], whole: str, *, marked: bool) -> bool:
    """Check whether two parts are the two classes of a whole: 男教师 and 女教师, but not 男生住校 and 女生走读.

    Args:
        names: what the parts are called.
        whole: the words around the whole.
        marked: whether a word such as 其中 calls them parts.
    """
    if len(names) != 2 or not _CLASS.match(names[0]):
        return False
    for place, (one, other) in enumerate(_PAIRS):
        for first, second in (names, reversed(names)):
            if (a := one.search(first)) and (b := other.search(second)):
                rest = first[: a.start()] + first[a.end() :]
                if rest != second[: b.start()] + second[b.end() :] or a.start() > first.startswith("在"):
                    continue
                if marked and place < 4:
                    return a.start() == 0
                if place >= _STATES:
                    return True
                rest = rest.removeprefix("在")
                if (_SELDOM_ALL.search(rest) and rest not in whole) or (one.search(whole) and other.search(whole)):
                    return False
                return len(rest) <= 1 or rest in _GENERAL or rest in whole
    return False


def are_all_classes(names: Sequence[str]) -> bool:
    """Check whether parts are all classes of a whole, each once: 高职院校, 中职学校 and 技工院校."""
    if len(names) != 3 or max(map(len, names)) > _MAX_CLASS:
        return False
    return any(
        any(
            all(re.match(words, name) for words, name in zip(classes, order, strict=True))
            for order in (names, names[::-1])
        )
        for classes in _CLOSED
    )


def exclude_one_another(names: Sequence[str]) -> bool:
    """Check whether parts are different ranks of one scale, so that they share nothing: 省级, 市级 and 校级.

    With 以上 only the highest does, with 以下 only the lowest.
    """
    if len(names) == 2 and any(other.startswith("非" + one[:2]) for one, other in (names, names[::-1])):
        return True  # 涉农专业, 非涉农专业
    for scale in _RANKS:
        places = [next((at for at, words in enumerate(scale) if re.search(words, name)), -1) for name in names]
        if min(places) >= 0 and len(set(places)) == len(places):
            return all(
                ("以上" not in name or place == min(places)) and ("以下" not in name or place == max(places))
                for name, place in zip(names, places, strict=True)
            )
    return False
