"""Shares of vocational and general schools in the upper secondary stage, in the words in which texts state them.

Only the last value of a clause counts: 由38:62调整为34:66.  Values of single counties or schools, of earlier years
beside a later one, and planned ones are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex

_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,2})?"
_COLON = "[ ]?[∶:：比][ ]?"
_VOCATIONAL = "(?:中等职业(?:教育|学校)?|中职(?:学校|教育)?|职业高中|职高|职业学校)"
_GENERAL = "(?:普通高级中学|普通高中|普高)"
_GAP = "[^，。；（\n0-9]{0,14}"
_SHARE = lazy_regex(
    rf"(?:(?P<vocational>{_VOCATIONAL})|(?P<general>{_GENERAL}))[^。；\n普]{{0,24}}?占[^，。；\n]{{0,6}}高中阶段[^，。；\n]{{0,12}}?(?P<share>{_NUMBER})%"
    rf"|(?:高中阶段)[^。；\n]{{0,16}}?(?P<vocational2>{_VOCATIONAL})[^，。；\n]{{0,6}}(?:占比|比重|比例)[^，。；\n0-9]{{0,6}}(?P<share2>{_NUMBER})%"
    rf"|高中阶段[^。；\n]{{0,20}}?其中[^。；\n普]{{0,4}}?{_VOCATIONAL}[^。；\n普]{{0,16}}?占(?P<share4>{_NUMBER})%"
    rf"|(?:高中阶段|职普比)[^。；\n]{{0,80}}?[，、]{_VOCATIONAL}(?:招生)?占(?P<share5>{_NUMBER})%(?=[，。；、])"
    rf"|(?:分流|升学|高中阶段)[^。；\n]{{0,16}}?{_GENERAL}[^，。；\n0-9]{{0,4}}(?P<general_part>{_NUMBER})%[、，]{_VOCATIONAL}[^，。；\n0-9]{{0,4}}(?P<vocational_part>{_NUMBER})%"
    rf"|初中毕业生[^，。；\n]{{0,6}}升入{_VOCATIONAL}[^，。；\n0-9]{{0,10}}(?P<share3>{_NUMBER})%"
    rf"|(?P<named>职普|普职|(?:{_VOCATIONAL}[^，。；\n与和]{{0,6}}[与和]{_GENERAL}|(?P<general_first>{_GENERAL})[^，。；\n与和]{{0,6}}[与和]{_VOCATIONAL})[^，。；\n]{{0,6}}?)"
    rf"(?:招生)?(?:人数|规模|计划)?(?:之比|比例|比)(?:大体相当[，,]为?|{_GAP}|[^，。；\n]{{0,12}}20[0-9]{{2}}年[^，。；\n0-9]{{0,6}}){_NUMBER}{_COLON}{_NUMBER}(?:[^，。；\n]{{0,10}}?(?:到|至|为){_NUMBER}{_COLON}{_NUMBER})?"
)
_RATIO = lazy_regex(rf"({_NUMBER}){_COLON}({_NUMBER})")
_OTHERS = lazy_regex(
    "最[高低]|个别|部分|各县|其中[^，。；]{0,8}[县区]|全国|全省平均|(?<!招生)计划|力争|目标|预计|原(?!则)|此前"
)
_EARLIER = lazy_regex("(?:比|较|由|从)[^，。；\n]{0,12}$")


class StageShare(NamedTuple):
    """A stated share, or ratio, of vocational schools.

    Attributes:
        begin: the offset at which its number begins.
        end: the offset at which it ends.
        percent: the share of the vocational schools in percent.
    """

    begin: int
    end: int
    percent: Decimal


def stage_shares(prose: str) -> Iterator[StageShare]:
    """Yield the shares of the vocational schools that a text states for its own area."""
    for match in _SHARE.finditer(prose):
        begin = max(prose.rfind(mark, 0, match.start()) for mark in "，。；\n") + 1
        if _OTHERS.search(prose, begin, match.end()) or _EARLIER.search(prose, begin, match.start()):
            continue
        if match["named"]:
            *_, ratio = _RATIO.finditer(prose, match.end("named"), match.end())
            first, second = (Decimal(term) for term in ratio.groups())
            general = match["named"] == "普职" or match["general_first"]
            if first + second:
                yield StageShare(*ratio.span(), 100 * (second if general else first) / (first + second))
            continue
        group = next(
            name for name in ("share", "share2", "share3", "share4", "share5", "vocational_part") if match[name]
        )
        percent = Decimal(match[group])
        yield StageShare(match.start(group), match.end(group) + 1, 100 - percent if match["general"] else percent)
