from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import normalize

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ412 有形近的异体编码字。

从 PDF 复制来的“⼯”“⻓”看起来与“工”“长”一样，却是部首的编码，查找、比对、转语音都对不上。兼容区的汉字也一样。

错：⼯学结合，培养⾼技能人才。
对：工学结合，培养高技能人才。
错：建立⻓效机制，完成⻋间改造。
对：建立长效机制，完成车间改造。
错：\uf9e4论教学与实习相结合。
对：理论教学与实习相结合。

依据：Unicode 中部首和兼容汉字的等价统一汉字；便于检索和比对（实务）。
"""

_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
)
"""Radicals that NFKC does not map; it maps the Kangxi radicals, ⺟ and ⻳."""

_LOOK_ALIKE = lazy_regex("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every radical and compatibility ideograph used for an ordinary character."""
    return () if passage.ordinary else _find_matches(passage.text)


def _find_matches(text: str) -> Iterator[TextMatch]:
    for match in _LOOK_ALIKE.finditer(text):
        correct = normalize("NFKC", match[0].translate(_RADICALS))
        if correct != match[0]:
            context = excerpt(text, match.start(), match.end())
            message = f"{context}里的“{match[0]}”是另一种编码，应是“{correct}”"
            yield TextMatch(
                match.start(), match.end(), message, "换成普通的字；zhijiao20 validate --fix 可以一次改完", correct
            )
