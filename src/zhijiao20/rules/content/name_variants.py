from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each

PAGE = """ZJ319 单位名称写法不一。

同一所学校、同一家企业在一段文字里有两种写法，汇总的人不知道是一个还是两个。只看：地名带不带“市”“县”“区”（临河卫生学校、临河市卫生学校）、
“职业技术”写成“职业”、“职业教育中心”写成“职教中心”一类的全称和简写，地名、字号写成同音字的（青溪、清溪）。写明“以下简称”、更名、合并的，同一句里并列的，不管。

错：临河职业技术学院获评优质校。临河职业学院配套经费930万元。
对：临河职业技术学院获评优质校。临河职业技术学院配套经费930万元。
错：临河卫生学校新增实训室7间，临河市卫生学校购置模型150套。
对：临河卫生学校新增实训室7间，临河卫生学校购置模型150套。
错：青溪县职教中心招生820人，青溪职教中心就业率97.2%。
对：临河职业技术学院（以下简称学院）获评优质校，学院配套经费930万元。
错：与瑞禾数控公司共建产业学院，瑞合数控公司派驻工程师14人。
对：与瑞禾数控公司共建产业学院，瑞禾数控公司派驻工程师14人。

依据：机构名称应规范、前后一致（一般）。
"""

_GENERIC = "全各该本我部所两三多其此省校外内等些几数有到在和与由为了对从被把将及向以使让的"
_FIELD = (
    "(?:职业|职技|理工|卫生|工业|农业|商业|师范|技师|财经|机电|交通|旅游|艺术|信息|建设|建筑|幼儿|护理|电子|科技|工程|第[一二三四五]|职教|开放|中等|高级|技工|技术|水力"
    "|机械|铁路|医药|水利|林业|商贸|经贸|轻工|化工|纺织|汽车|航空|海事|体育|外语|民族|特殊)"
)
_KIND = "(?:学校|学院|大学|职教中心|教育中心|培训中心|中专|职高|技校|职业高中|高级中学|专科学校)"
# A name at the beginning of a clause or behind 与, 和, 由; its place has two or three characters.
_NAME = lazy_regex(
    f"(?:^|(?<=其中)|(?<=[，。；、：（\\n与和由在的向对为给从托合导年述予该]))(?:委托|依托|联合|上述|支持|指导|会同|邀请|聘请)?+(?P<place>[^{_GENERIC}\\W\\d_]{{2,3}}?)(?P<level>[市县区])?"
    f"(?:(?P<school>(?:[一-鿿]{{1,4}}?厂)?{_FIELD}(?:(?!公司|[与和对])[一-鿿]){{0,10}}?{_KIND}|(?:职教|职业教育|职业技术教育)中心|职业高中|职业中专)(?!区|联盟)"
    f"|(?P<company>[^的与和由向对\\W\\d_]{{0,8}}?)(?P<kind>有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|集团(?![一-鿿]{{0,4}}(?:研究|公司|学校|学院))|公司|研究院|研究所|咨询中心))",
    re.MULTILINE,
)
sign = Pattern(
    *each("院校", "(?<=[业术技工输生范师经电通游艺息设筑儿理子技程等级专械路药利贸纺车空事育语族殊科]学.)"),
    "中(?:(?<=[教育训]中)心|(?<=业高中)|专(?<=[业等]中专))",
    "职(?=高)",
    "技(?=校)",
    "公(?=司)",
    "集(?=团)",
    "究(?=[院所])",
    "询(?=中心)",
)
_ADMINISTRATIVE = frozenset("市县区省")
_WINDOW = 18  # characters of a name before its last ones
_SAID = lazy_regex("简称|原名|更名|改名|前身|合并|加挂|升格|转设|组建为|改建为|两校|两所|两家|分立")
_LISTED = lazy_regex("[^。；\n]{0,12}?[、和与及暨]")
_SAME_SOUND = """
青清轻晴 禾合和河荷贺 华化花桦 源元原园沅苑 恒衡横 宏鸿弘洪虹 盛胜圣升 达大 鑫新欣信心馨昕 林临霖琳 安岸 嘉佳加家 伟卫威维薇 瑞锐睿 明铭鸣名茗 阳扬杨洋
兴星幸杏 丰峰锋沣枫风凤 龙隆 永勇咏 泰太台 利力立丽莉黎理 志智致治 诚成城澄承程 辰晨尘 云运芸韵 柳刘流 松嵩 桥乔侨 东冬 博搏勃 鹏朋彭 通同桐彤 康慷 建健见
振震镇臻 钧均军君骏峻俊 岭领灵凌玲铃陵 州洲舟 汇惠慧辉徽晖 浩皓昊 金锦津晋 京精晶景靖敬静荆 昌畅 福富复 祥翔湘香 湖沪 平萍坪屏 山杉珊 文雯 雅亚 岩延彦雁燕沿
英鹰盈迎颖映影 宇雨玉羽裕余瑜渝豫 月岳悦跃粤越 泽择 先贤显 湾万婉皖 南楠 西溪熙希曦喜锡 奇琦齐琪祺启栖 中忠钟众 连莲联廉 梁良亮粮凉 茂懋 美眉 民敏闽 牧木沐慕穆
凯恺楷 拓托 科柯 昆坤 欧鸥 潘盘攀 浦普谱 铁帖 腾藤 途图涂 益义亿艺毅怡逸宜 苍仓沧 湛站 岚兰蓝澜 槐怀淮 汀听亭庭霆 鹭路露陆 泉全荃
"""
_SOUND = str.maketrans({sound: group[0] for group in _SAME_SOUND.split() for sound in group[1:]})
# Full and short forms of one kind of school, in this order.
_FORMS = (
    ("职业技术教育中心", "职教中心"),
    ("职业教育培训中心", "职教中心"),
    ("职业教育中心", "职教中心"),
    ("职业技术", "职业"),
    ("职技", "职业"),
    ("高级技工", "技工"),
    ("中等职业专业学校", "职业中专"),
    ("中等职业", "职业"),
    ("职业中等专业学校", "职业中专"),
    ("中等专业学校", "中专"),
    ("中专学校", "中专"),
    ("技工学校", "技校"),
    ("技术学校", "技校"),
    ("制作", "制造"),
    ("铁道", "铁路"),
    ("研究所", "研究院"),
    ("职业高级中学", "职高"),
    ("职业高中", "职高"),
    ("高等专科学校", "高专"),
    ("职业学校", "学校"),
)


class _Name(NamedTuple):
    """A name, where it begins, and the key that all ways of writing it have in common."""

    written: str
    begin: int
    key: str


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report a school or company that a text names in two ways."""
    text = passage.text
    ends = passage.offsets.get(sign)
    ends = sorted(sign.offsets(text) if ends is None else ends)
    return _find_matches(text, ends) if len(ends) > 1 and not _SAID.search(text) else ()


def _find_matches(text: str, ends: Iterable[int]) -> Iterator[TextMatch]:
    names: dict[str, _Name] = {}
    for name in _names(text, ends):
        first = names.setdefault(name.key, name)
        if first.written == name.written or _LISTED.fullmatch(text, first.begin + len(first.written), name.begin):
            continue
        end = name.begin + len(name.written)
        message = f"前面写“{first.written}”，这里{excerpt(text, name.begin, end)}写“{name.written}”"
        yield TextMatch(name.begin, end, message, "同一个单位用同一个名称；是两个单位的，不用改")


def _names(text: str, ends: Iterable[int]) -> Iterator[_Name]:
    """Yield the names that end near some offsets."""
    last = 0
    for end in ends:
        for match in _NAME.finditer(text, max(last, end - _WINDOW), min(len(text), end + 12)):
            place, name = match["place"], match["school"] or match["company"]
            last = match.end()
            if place[-1] in _ADMINISTRATIVE:
                continue
            kind = (match["kind"] or "").replace("责任", "").replace("股份", "")
            begin = match.start("place")
            yield _Name(text[begin:last], begin, f"{place.translate(_SOUND)}{_form(name + kind).translate(_SOUND)}")


def _form(name: str) -> str:
    """Return the form that the full and the short names of a school have in common."""
    for full, short in _FORMS:
        name = name.replace(full, short)
    return name
