from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each

PAGE = """ZJ319 单位名称写法不一。

同一所学校在一段文字里有两种写法，汇总的人不知道是一所还是两所。只看两种：地名带不带“市”“县”“区”（临河卫生学校、临河市卫生学校），
和“职业技术学院”写成“职业学院”。写明“以下简称”的不管。

错：临河职业技术学院获评优质校。临河职业学院配套经费930万元。
对：临河职业技术学院获评优质校。临河职业技术学院配套经费930万元。
错：临河卫生学校新增实训室7间，临河市卫生学校购置模型150套。
对：临河卫生学校新增实训室7间，临河卫生学校购置模型150套。
错：青溪县职教中心招生820人，青溪职教中心就业率97.2%。
对：临河职业技术学院（以下简称学院）获评优质校，学院配套经费930万元。

依据：机构名称应规范、前后一致（一般）。
"""

_KIND = "(?:职业技术学院|职业学院|职业大学|职业技术大学|学校|职教中心|职业教育中心|职业技术教育中心|学院)"
_FIELD = "(?:职业|理工|卫生|工业|农业|商业|师范|技师|财经|机电|交通|旅游|艺术|信息|建设|建筑|幼儿|护理|电子|科技|工程|第[一二三四]|职教|开放|中等|高级|技工)"
_GENERIC = "全各该本我部所两三多其此省校外内等些几数有到在和与由为了对从被把将及向以使让"
# A name at the beginning of a clause or behind 与, 和, 由; its place has two or three characters.
_NAME = re.compile(
    f"(?:^|(?<=[，。；、：（\\n与和由在]))(?P<place>[^{_GENERIC}\\W\\d_]{{2,3}}?)(?P<level>[市县区])?(?P<name>{_FIELD}[一-鿿]{{0,8}}?{_KIND}|职教中心|职业教育中心|职业技术教育中心)",
    re.MULTILINE,
)
sign = Pattern(*each("市县区", f"(?:{_FIELD}|职业(?:技术)?教育中心)"), "职(?=业技术|业教育中心|教中心)")
_ADMINISTRATIVE = frozenset("市县区省")


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report a school that a text names in two ways."""
    text = passage.text
    if text.count("学校") + text.count("学院") + text.count("中心") < 2 or "简称" in text:
        return ()
    return _find_matches(text)


def _find_matches(text: str) -> Iterator[TextMatch]:
    names: dict[str, str] = {}
    for match in _NAME.finditer(text):
        place = match["place"]
        if place[-1] in _ADMINISTRATIVE:
            continue
        written = place + (match["level"] or "") + match["name"]
        key = place + match["name"].replace("职业技术", "职业").replace("职业教育中心", "职教中心")
        first = names.setdefault(key, written)
        if first != written:
            begin = match.start("place")
            context = excerpt(text, begin, begin + len(written))
            message = f"前面写“{first}”，这里{context}写“{written}”"
            yield TextMatch(begin, begin + len(written), message, "同一所学校用同一个名称；是两所学校的，不用改")
