"""Recognize a text that says nothing but that a task is not the unit's business.  No I/O."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache

_LONGEST = 100  # characters of such a text


class NotConcerned(IntEnum):
    """What a text says."""

    NO = 0
    BARE = 1
    WITH_REASON = 2


HINT = re.compile("涉|不[适属在归是承具]|无|没有|非|未承担|职[责能]")
"""What is in every text for which ``not_concerned`` does not say NO."""

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_CLAUSES = re.compile(r"[，,；;。．.！!、：:（）()\s]+")
_THEREFORE = re.compile("^(?:故|因此|所以|因而)")
_WORDS = (["不适用"], ["无此项"])  # alone they are words for 进展, and no text
_DIGITS = re.compile(r"[0-9０-９%％]|[一二三四五六七八九十百千两][个所项人名次万亿元]")

_OWN = (
    "(?:我|本|该|贵|敝)"
    "(?:单位|部门|地区|学院|学校|公司|集团|中心|系统|科室|机关|处室|[局委厅部办院校处科县市区镇乡州省])"
    "|我们|我方|本级"
)
_NAMED = r"[一-鿿]{2,20}(?:[局委厅部办院校处科县市区]|学院|学校|中心|公司|单位)"
_WHO = rf"(?:{_OWN}|{_NAMED})?"
_THING = (
    r"(?:(?:此|该|本|这|上述|以上|相关|此类|该类|这类|这方面|相应|对应)(?:项|类|条|方面)?(?:的)?"
    r"(?:工作|任务|职能|职责|业务|事项|内容|指标|要求|项目|情况|专业|条款|工作任务|工作内容|职责职能|职能职责)?|此|该项|本条|工作|业务|任务|职能|职责)"
)
_ADVERB = r"(?:均|都|也|并|暂|目前|暂时|尚|确)?"
_BARE = (
    rf"(?:{_WHO}{_THING}?|{_THING}{_WHO})(?:对|与|的)?{_ADVERB}(?:不涉及|不适用于?|未涉及|没有涉及|不相关|无涉)(?:{_OWN}|于?{_WHO}{_THING}|到{_THING})?"
    rf"|{_THING}?(?:与|同|和)(?:{_OWN})(?:{_THING})?(?:无关|不相关|没有关系)|不涉及(?:到)?(?:{_OWN})(?:的?{_THING})?"
)
_NOUN = (
    r"(?:职能|职责|业务|任务|工作|专业|机构|事项|内容|情况|权限|项目|职权|职责职能|职能职责|工作任务|工作职责|工作职能)"
)
_REASON = (
    (
        rf"{_WHO}{_ADVERB}(?:无|没有|不承担|未承担|不具有|不具备|不负有|不负责)(?:{_THING}|此项|此类|相关|该项)(?:的)?{_NOUN}{{0,2}}"
    ),
    (
        rf"(?:{_THING})?{_ADVERB}(?:不属于?|不在|非|不是|不归|不归口|超出)(?:{_WHO})(?:的)?"
        r"(?:主管|工作|业务|管理|归口)?(?:职责|职能|职权|业务|工作|管理|管|负责|范围|范畴)(?:职能|职责|管理)?(?:范围|范畴|权限)?(?:之?内|以内)?"
    ),
)
_BEHIND = (
    (
        rf"(?:{_THING}|有关工作)?(?:已|均|统一)?(?:由|归|属)[一-鿿A-Za-z和与及]{{1,25}}?"
        r"(?:负责|统筹|牵头|承担|组织|实施|落实|主管|办理|填报|报送|推进|管理|统一|主抓|开展|的?职责|职能)+"
    ),
    (
        rf"(?:因|由于|鉴于|经核实|经研究)?{_WHO}(?:目前|暂|尚)?(?:没有|无|未设立?|未开设|未设置|尚无|暂无|不设|不开设|没有设置)[一-鿿]{{1,20}}"
    ),
    rf"(?:因|由于|鉴于)?(?:{_OWN})(?:为|系|是|属于?)[一-鿿]{{2,20}}",
    "特此说明|无需填报|无须填报|不需填报|故|因此|所以|经核实|经研究|经梳理",
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile the statements, the reasons that state it too, and other reasons; most files need none of them."""
    return re.compile(_BARE), re.compile("|".join(_REASON)), re.compile("|".join(_BEHIND))


def not_concerned(text: str) -> NotConcerned:
    """Return whether the whole text says that the task is not the unit's business, and whether it says why.

    Every clause must be such a statement or its reason; a text with a figure, or with anything else in it, reports.
    """
    if len(text) > _LONGEST or HINT.search(text) is None:
        return NotConcerned.NO
    return _classify(text)


@lru_cache(maxsize=4096)
def _classify(text: str) -> NotConcerned:
    text = _INVISIBLE.sub("", text)
    if _DIGITS.search(text):
        return NotConcerned.NO
    clauses = list(filter(None, _CLAUSES.split(text)))
    if clauses in _WORDS:
        return NotConcerned.NO
    said = reason = False
    bare, because, behind = _patterns()
    for clause in [_THEREFORE.sub("", clause) or clause for clause in clauses]:
        if bare.fullmatch(clause):
            said = True
        elif because.fullmatch(clause):
            said = reason = True
        elif behind.fullmatch(clause):
            reason = True
        else:
            return NotConcerned.NO
    if not said:
        return NotConcerned.NO
    return NotConcerned.WITH_REASON if reason else NotConcerned.BARE
