from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities.numerals import parse_arabic
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ407 数值范围的写法不对。

“3-5亿”可以读成三到五亿，也可以读成三元到五亿元；“10-15%”“5至80000元”也一样。百分号和“万”“亿”“成”两边都写，“3-5百元”写成“300～500元”，中间用“～”。“5至8万元”也一样。日期、电话、比分、编号不管。

错：净收入的50-70%可用于绩效分配。
对：净收入的50%～70%可用于绩效分配。
错：每个基地投资3-5亿元。
对：每个基地投资3亿～5亿元。
错：年培训2—3万人次，到课率90%-95%。
对：年培训2万～3万人次，到课率90%～95%。
错：实习学生月补助4-6百元，企业师傅月津贴1-3千元。
对：实习学生月补助400～600元，企业师傅月津贴1000～3000元。

依据：GB/T 15835—2011 第5.1.3条：数值范围用浪纹线“～”或一字线“—”；省略前一个数值的附加符号或计量单位会造成歧义的，不应省略（规定）。
"""

_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_RANGE = lazy_regex(
    rf"(?<![\w.,/\-–—~～+])(?!0[0-9])(?P<low>{_NUMBER})(?P<unit>[%％‰万亿百千成]?)(?P<dash>[-–—－~～]{{1,2}}|至)"
    rf"(?P<high>{_NUMBER})[余多]?(?P<same>[%％‰]|[万亿百](?!分)|千(?![米克瓦焦赫伏卡分])|成(?![立果效为人员功绩本熟长品交分年套才]))",
    re.ASCII,
)
_PREFILTER = lazy_regex("[0-9%％‰万亿百千成][-–—－~～]{1,2}[0-9]|[0-9%]至[0-9]")
# 增长5%～8: the second number has lost its unit.
_UNIT_LOST = lazy_regex(
    r"(?<![\w.])(?P<low>[0-9]{1,3}(?:\.[0-9]+)?)%[-–—－~～至](?P<high>[0-9]{1,3}(?:\.[0-9]+)?)(?=[，。；）])", re.ASCII
)
# 5至80000元: the first number is in another unit.
_OTHER_UNIT = lazy_regex("(?<![0-9.,年月])(?P<low>[1-9][0-9]?)[至～—~-](?P<high>[1-9][0-9]{0,2})0000(?P<unit>元)")
_POWERS = {"百": 2, "千": 3}
_ALLOWED_DASHES = "～—~"
_WORDS = "至"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every range without a unit on its first number, or joined by a hyphen."""
    return _find_matches(passage.prose) if _PREFILTER.search(passage.prose) else ()


def _find_matches(text: str) -> Iterator[TextMatch]:
    for match in _OTHER_UNIT.finditer(text):
        if int(match["low"]) < int(match["high"]):
            context = excerpt(text, match.start(), match.end(), left=0, right=0)
            hint = f"写成“{match['low']}万元～{match['high']}万元”"
            yield TextMatch(match.start(), match.end(), f"数值范围{context}的写法不对", hint)
    for match in _UNIT_LOST.finditer(text):
        context = excerpt(text, match.start(), match.end(), left=0, right=0)
        correct = f"{match['low']}%～{match['high']}%"
        yield TextMatch(match.start(), match.end(), f"数值范围{context}的写法不对", f"写成“{correct}”")
    for match in _RANGE.finditer(text):
        unit, second_unit = match["unit"], match["same"]
        if match["dash"] in _WORDS and (unit or not _is_range(match)):
            continue  # 由860到1.2万: a change
        if unit and (unit != second_unit or match["dash"] in _ALLOWED_DASHES):
            continue
        if not unit and second_unit in "万亿" and match["dash"] in _ALLOWED_DASHES and not _is_smaller(match):
            continue  # 1000—1万人: the first number is written out
        correct = "～".join(_with_unit(match[end], second_unit) for end in ("low", "high"))
        context = excerpt(text, match.start(), match.end(), left=0, right=0)
        yield TextMatch(match.start(), match.end(), f"数值范围{context}的写法不对", f"写成“{correct}”")


def _is_smaller(match: re.Match[str]) -> bool:
    """Check whether the first number is less than the second one, both without their units."""
    return parse_arabic(match["low"])[0] < parse_arabic(match["high"])[0]


def _is_range(match: re.Match[str]) -> bool:
    """Check whether the second number is larger, and the first no year."""
    return _is_smaller(match) and len(match["low"]) < len("2019")


def _with_unit(number: str, unit: str) -> str:
    """Return a number with its unit; 百 and 千 are written out: 3百 is 300."""
    if unit not in _POWERS:
        return number + unit
    return f"{(parse_arabic(number)[0].scaleb(_POWERS[unit])).normalize():f}"
