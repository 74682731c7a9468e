from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities.units import LONG, SHORT
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ314 数字后面缺单位。

一串并列的数都有单位，只有一个没有，多半是漏了。只看总数后面跟着“其中”的，和用顿号、逗号并列、写法相同的几项里别的都有单位的；
“2、3所”“18、19级”这样共用一个单位的，编号、年份、序号、学时、得分，不管。

错：面向社会招聘教师73，其中硕士31人、本科42人。
对：面向社会招聘教师73人，其中硕士31人、本科42人。
错：组建导师队伍165人，其中校内导师98、企业导师67人。
对：组建导师队伍165人，其中校内导师98人、企业导师67人。
错：安排经费2280万元，其中师资培训830万元、课程开发760、平台运维690万元。
对：安排经费2280万元，其中师资培训830万元、课程开发760万元、平台运维690万元。
错：2018年、2019年、2020年末分别为38个、45、52个。
对：2018年、2019年、2020年末分别为38个、45个、52个。
错：获国家级奖2项，省级奖16，市级奖42项。
对：获国家级奖2项，省级奖16项，市级奖42项。
对：开设课程34门，总学时3306，折合学分186分，其中必修课2100学时。

依据：GB 3100—1993：数值与单位一起表示量（一般）。
"""

# A number between a Chinese character and a mark.  It begins with a digit, which the regex engine finds fast.
_BARE = lazy_regex(
    r"[1-9](?<=[\u4e00-\u9fff、”）].)[0-9]{0,6}(?:\.[0-9]{1,3})?(?=[，、。；）\n]|\Z)(?<!(?<![0-9.])(?:19|20)[0-9]{2})"
)
_ITEM = lazy_regex(
    rf"(?:20[0-9]{{2}}(?:[—～至-]20[0-9]{{2}})?年(?:[底末]|度)?)?(?:其中)?(?P<name>[^0-9]{{0,24}})(?P<number>[0-9][0-9.]{{0,9}})(?P<unit>[%％]|[万亿]?(?:{LONG}|[{SHORT}]|[\u4e00-\u9fff])|)"
)
_AND = lazy_regex("(?:和|与|及|以及)$")
_MARKS = "，、。；：！？\n（）"
_STARTS = {"，", "：", "。", "；", "\n", "（", ""}
_NO_ITEM = lazy_regex("合计|共计|占|增|减|为$|是$|[至到约近超达第从由比版共]$|[A-Za-z]")
_HINT = "补上单位；是编号、序号的，不用改"
# 总学时3168, 附件2, 编号12, G类58
_NOT_WITHOUT = lazy_regex(
    "(?:学时|课时|学分|[人次总]数|总量|数量|分值|指数|系数|得分|评分|均分|总分|分数|名次|排名|电话|代码|编码|邮编|比|[表图号件码型届栋室楼区路班期代版分值度])$"
    "|(?:^|[^\u4e00-\u9fff])[类线]$"
)
_THINGS = lazy_regex(
    "(?:设备|教师|学生|学员|导师|人员|员工|干部|企业|学校|院校|基地|实训室|岗位|工位|课程|专业|项目|教材|图书|教室|讲座|面积|[课奖员师生])$"
)
_DIFFERENT = "*"  # the numbers of a list have units of their own
_MAX_FOUND = 20  # numbers without a unit that are looked at
_MAX_ITEM = 40  # characters of an item


class _Item(NamedTuple):
    """Item of a list: 省级培训385人次.

    Attributes:
        begin: where it begins.
        end: where it ends, at a mark.
        name: what is counted.
        unit: its unit, or empty.
        whole: whether nothing else follows the unit.
    """

    begin: int
    end: int
    name: str
    unit: str
    whole: bool


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report the only number without a unit among the parts of an enumeration and their total."""
    return list(_find_matches(passage))


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    prose = passage.prose
    for match in list(_BARE.finditer(prose))[:_MAX_FOUND]:
        begin, end = match.span()
        bare = _item_before(prose, end)
        unit = _unit_of_list(prose, bare, begin) if bare is not None else ""
        if unit:
            units = "单位" if unit == _DIFFERENT else f"“{unit}”"
            message = f"{excerpt(passage.text, begin, end)}里的“{match[0]}”没有单位，旁边的数都有{units}"
            yield TextMatch(begin, end, message, _HINT)


def _item_before(prose: str, end: int) -> _Item | None:
    """Return the item that ends at an offset, back to the mark before it, or None."""
    begin = max(prose.rfind(mark, max(0, end - _MAX_ITEM), end) for mark in _MARKS) + 1
    respectively = prose.find("分别", begin, end)  # 2022级学生平均得分分别为85分、88分、91
    return _item(prose, begin or max(0, end - _MAX_ITEM), end) or (
        _item(prose, respectively, end) if respectively >= 0 else None
    )


def _item_behind(prose: str, begin: int) -> _Item | None:
    """Return the item that begins at an offset, up to the next mark, or None."""
    ends = [at for at in (prose.find(mark, begin, begin + _MAX_ITEM) for mark in _MARKS) if at >= 0]
    return _item(prose, begin, min(ends, default=min(len(prose), begin + _MAX_ITEM)))


def _item(prose: str, begin: int, end: int) -> _Item | None:
    match = _ITEM.match(prose, begin, end)
    return _Item(begin, end, match["name"], match["unit"], match.end() == end) if match else None


def _unit_of_list(prose: str, bare: _Item, number: int) -> str:
    """Return the unit of the other numbers of the list of a number without one, or an empty string."""
    if bare.unit or not bare.whole or _NO_ITEM.search(bare.name) or _NOT_WITHOUT.search(bare.name):
        return _unit_of_two(prose, bare, number)
    joint = prose[bare.begin - 1 : bare.begin]
    left = _left(prose, bare) if joint in {"、", "，"} else []
    right = _right(prose, bare)
    if any(not item.unit for item in (*left, *right)):
        return ""  # several numbers without a unit: they may share one
    if prose.startswith("，其中", bare.end):
        return right[0].unit if right and right[0].whole and bare.name else ""
    if prose.startswith("其中", bare.begin):
        return right[0].unit if left and right and right[0].unit == left[0].unit and prose[bare.end] == "、" else ""
    between = left and right and joint == prose[bare.end]
    return _between(bare, left[0], right[0], joint) if between else _at_an_end(prose, bare, left, right)


def _left(prose: str, item: _Item) -> list[_Item]:
    """Return the two items before one that are joined like it, the last one first."""
    found: list[_Item] = []
    joint = prose[item.begin - 1]
    while len(found) < 2 and item.begin and prose[item.begin - 1] == joint:
        before = _item_before(prose, item.begin - 1)
        if before is None or not before.whole:
            break
        found.append(before)
        item = before
    return found


def _right(prose: str, item: _Item) -> list[_Item]:
    """Return the two items behind one that are joined like it; other words may follow the last one."""
    found: list[_Item] = []
    joint = prose[item.end : item.end + 1]
    while len(found) < 2 and joint in {"、", "，"} and prose[item.end : item.end + 1] == joint:
        behind = _item_behind(prose, item.end + 1)
        if behind is None:
            break
        found.append(behind)
        if not behind.whole:
            break
        item = behind
    return found


def _between(bare: _Item, left: _Item, right: _Item, joint: str) -> str:
    """Return the unit of the items around one without, or an empty string."""
    named = bool(bare.name)
    if bool(right.name) != named or (not named and left.unit != right.unit):
        return ""
    if left.unit == right.unit and (joint == "、" or right.whole):
        return left.unit
    if joint == "、" and right.whole and min(len(bare.name), len(left.name), len(right.name)) > 1:
        return _DIFFERENT
    return _DIFFERENT if _THINGS.search(bare.name) and left.name and right.name else ""


def _at_an_end(prose: str, bare: _Item, left: list[_Item], right: list[_Item]) -> str:
    """Return the unit of the two items before the last one of a list, or behind the first, or an empty string."""
    two = left if len(left) > 1 else right if len(right) > 1 else []
    if not two:
        return _of_two_items(prose, bare, left, right)
    joint = prose[bare.begin - 1] if two is left else prose[bare.end]
    if two is right and prose[bare.begin - 1 : bare.begin] not in _STARTS:
        return ""
    named = [bool(item.name) for item in (bare, *two)]
    if two[0].unit != two[1].unit:
        return _DIFFERENT if all(named) and joint == "、" and _THINGS.search(bare.name) else ""
    alike = joint == "、" or len({item.name[-1:] for item in (bare, *two)}) == 1
    return two[0].unit if alike and (all(named) or (two is left and not any(named[:2]))) else ""


def _of_two_items(prose: str, bare: _Item, left: list[_Item], right: list[_Item]) -> str:
    """Return the unit of the other one of two items that have a total with it, or an empty string."""
    if left and prose[bare.begin - 1] == "、" and prose.startswith("其中", left[0].begin):
        whole = _item_before(prose, left[0].begin - 1)
        return left[0].unit if whole is not None and whole.unit == left[0].unit and bare.name else ""
    if right and prose[bare.end] == "、" and _THINGS.search(bare.name) and _THINGS.search(right[0].name):
        return right[0].unit
    return ""


def _unit_of_two(prose: str, bare: _Item, number: int) -> str:
    """Return the unit of ``分别培训1260人次和1480``, or an empty string."""
    words = prose[bare.begin : number]
    first = _item(prose, bare.begin, number - len(words) + len(_AND.sub("", words))) if _AND.search(words) else None
    if first is None or not first.whole or not first.unit:
        return ""
    begin = max(prose.rfind(mark, 0, bare.begin) for mark in "，。；\n") + 1
    return first.unit if "分别" in prose[begin:number] else ""
