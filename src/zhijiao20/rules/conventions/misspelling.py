from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import any_of

PAGE = """ZJ418 常见的错别字。

照一张表核对：词典里没有的写法（“布署”“贯切”“按装”“帐目”“施工入员”），和公文里只用一种写法的（“其它”写“其他”）。
表里的词只在一定是错的地方才报：“帐篷”“蚊帐”“按装配顺序”“做到”“坐落”是对的。

错：全面布署秋季招生工作，现场咨询5400人次。
对：全面部署秋季招生工作，现场咨询5400人次。
错：食堂帐目按月公开，结余12万元。
对：食堂账目按月公开，结余12万元。
错：宿舍改造己经完成9栋，施工入员75名。
对：宿舍改造已经完成9栋，施工人员75名。
错：派出指导教师24人，其它人员8人。
对：派出指导教师24人，其他人员8人。
错：新校区座落在河西，按装监控设备230套。
对：新校区坐落在河西，安装监控设备230套。

依据：《现代汉语词典》（第7版）；《第一批异形词整理表》（一般）。
"""

# A wrong spelling and the right one of the same length.
_TABLE = """
部暑 部署,贯切 贯彻,贯砌 贯彻,巳经 已经,其它 其他,按步就班 按部就班,再接再励 再接再厉,一如继往 一如既往,迫不急待 迫不及待,
针贬 针砭,渡假 度假,松驰 松弛,幅射 辐射,副射 辐射,竟赛 竞赛,竟争 竞争,竟聘 竞聘,竟技 竞技,兢赛 竞赛,学藉 学籍,户藉 户籍,书藉 书籍,国藉 国籍,
编篡 编纂,提练 提炼,锻练 锻炼,煅炼 锻炼,训炼 训练,熟炼 熟练,教炼 教练,脉博 脉搏,震憾 震撼,坚苦奋斗 艰苦奋斗,坚难 艰难,坚巨 艰巨,
勤工简学 勤工俭学,帐蓬 帐篷,沉缅 沉湎,穿流不息 川流不息,攻艰 攻坚,严励 严厉,鼓厉 鼓励,激厉 激励,奖厉 奖励,震兴 振兴,
协凋 协调,凋整 调整,凋研 调研,凋查 调查,筹错 筹措,惜施 措施,错施 措施,追纠 追究,陪训 培训,培讯 培训,教肓 教育,
时侯 时候,气侯 气候,侯选 候选,侯补 候补,立既 立即,随既 随即,登纪 登记,签定 签订,倍养 培养,陪养 培养,馈乏 匮乏,
重迭 重叠,责仼 责任,仼务 任务,担仼 担任,粘帖 粘贴,欢渡 欢度,虚渡 虚度,通迅 通讯,迅息 讯息,资迅 资讯,讯速 迅速,讯猛 迅猛,弘杨 弘扬,宣杨 宣扬
"""
_PAIRS = {
    wrong: right
    for wrong, _, right in (item.strip().partition(" ") for item in _TABLE.replace("\n", "").split(","))
    if wrong != right
}
# What is wrong only beside other words: a pattern of what stands before and after.
_CONTEXTS = (
    ("布署", "部署", "(?<![公发颁])布署(?!名)"),
    ("布暑", "部署", "(?<![公发颁])布暑(?![期假])"),
    ("座落", "坐落", "(?<![讲满])座落(?=[在于])"),
    ("复盖", "覆盖", "(?<![重反恢修回])复盖(?=[全率面了到所]|[0-9])"),
    ("峻工", "竣工", "(?<![严险冷])峻工(?=验收|投|$|[，。；、）])"),
    ("园满", "圆满", "园满(?=完成|成功|结束|落幕)"),
    ("防犯", "防范", "防犯(?![罪人案])"),
    ("规犯", "规范", "(?<!违)规犯(?=化|管理|办学|性|、|，)"),
    ("示犯", "示范", "示犯(?=校|性|点|专业|基地|引领|区)"),
    ("师犯", "师范", "师犯(?=学|大学|类|院|生)"),
    ("统记", "统计", "(?<=据)统记|(?<![系传])统记(?=数据|报表|年鉴|局)"),
    ("设各", "设备", "设各(?=总值|完好|更新|采购|购置|利用率|台套|维护)"),
    ("制做", "制作", "(?<![编定控体机研])制做(?=了|宣传|展板|教具|课件|视频|道具|[0-9])"),
    ("发杨", "发扬", "发杨(?=光大|精神|传统)"),
    ("经废", "经费", "经废(?=[0-9]|支出|保障|投入|预算)"),
    ("帐", "账", "(?<![蚊营纱罗床毡军青])帐(?![篷蓬幕子帘])"),
    ("入员", "人员", "(?<![加收进引录纳吸融列编招载流投转准注介深])入员(?![额工])"),
    ("按装", "安装", "按装(?![配置备箱载订运修])"),
    ("己", "已", "(?<![自克律知利异舍为])己(?=(?:全部|全面|累计|基本|陆续|正式|顺利)?(?:完成|建成|印发|开展|签订|投入|实现|取得|达到|出台|制定|启动|组织|成立|拨付|安排|更换|经|于[0-9]))"),
    ("末", "未", "(?<![年月周期季学旬本始岁尾粉微毫篇卷段])末(?=完成|开展|启动|达标|达到|落实|建成|发生|发现|出现|实施|按|能|经)"),
    ("既使", "即使", "既使(?=在(?!校|职|岗|读|籍))"),
    ("定单", "订单", "定单(?=班|式|培养|定向)"),
    ("资源与社会保障", "资源和社会保障", "(?<=人力)资源与社会保障(?=[局厅部])"),
    ("做为", "作为", "(?<![叫当看变比])做为(?![了人期民])"),
)  # fmt: skip


class _Spelling(NamedTuple):
    """A spelling that is found by one of its characters.

    Attributes:
        wrong: the wrong spelling.
        right: the right one.
        offset: the place of the character in it.
        context: the pattern that it must match with what stands around it; None if it is always wrong.
    """

    wrong: str
    right: str
    offset: int
    context: re.Pattern[str] | None = None


def _by_character() -> dict[str, list[_Spelling]]:
    """Return the spellings by the character that is wrong in them, or by the last one if it is wrong in a context."""
    found: dict[str, list[_Spelling]] = {}
    for wrong, right in _PAIRS.items():
        offset = next(index for index, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b)
        found.setdefault(wrong[offset], []).append(_Spelling(wrong, right, offset))
    for wrong, right, context in _CONTEXTS:
        offset = wrong.find("既") if "既" in wrong else len(wrong) - 1
        found.setdefault(wrong[offset], []).append(_Spelling(wrong, right, offset, re.compile(context)))
    return found


_BY_CHARACTER = _by_character()
_COMMON = frozenset("切步励继幅坚定落盖工满记各做员装为单障")
"""Characters of the spellings that correct texts often contain: the characters beside them are looked at too."""


def _sign() -> tuple[str, str]:
    """Return the characters of ``_BY_CHARACTER``, and what stands around them in a wrong spelling."""
    rare = "".join(character for character in _BY_CHARACTER if character not in _COMMON)
    others = [
        f"(?<={spelling.wrong[: spelling.offset + 1]})(?={spelling.wrong[spelling.offset + 1 :]})"
        for character in _COMMON & _BY_CHARACTER.keys()
        for spelling in _BY_CHARACTER[character]
    ]
    return "".join(_BY_CHARACTER), f"(?<=[{rare}])|{'|'.join(others)}"


SIGN = _sign()
"""Characters that may be part of a wrong spelling, and what stands around them."""

_KEYS = re.compile(any_of(SIGN))


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every misspelling of the table, in the words of the unit."""
    text = passage.prose
    for match in _KEYS.finditer(text):
        for wrong, right, offset, context in _BY_CHARACTER[match[0]]:
            begin = match.start() - offset
            if begin >= 0 and text.startswith(wrong, begin) and (context is None or context.match(text, begin)):
                yield _make_match(passage.text, begin, wrong, right)


def _make_match(text: str, begin: int, wrong: str, right: str) -> TextMatch:
    end = begin + len(wrong)
    message = f"{excerpt(text, begin, end)}里的“{wrong}”应为“{right}”"
    return TextMatch(begin, end, message, f"改成“{right}”；zhijiao20 validate --fix 可以一次改完", right)
