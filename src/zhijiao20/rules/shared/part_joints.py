"""What stands between two parts of a total, and what the parts are called.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import MONEY, Quantity

MAX_GAP = 80
"""Characters between two parts."""

_MAX_WORDS = 14  # characters of the words of a part
_MAX_NAME = 6  # characters of the words of a part that is an amount of money
_NO_MARK = r"[^，。！？；;、：:（）()\n]"
_WORDS = r"[^，。！？；;：:（）()\n]"
_BRACKET = lazy_regex(r"（[^（）\n]{0,60}）|\([^()\n]{0,60}\)")
_SHARE = lazy_regex(  # of a part: 860人，占68.3%
    rf"[，,、]?(?:分别)?(?:占|同比|[比较]|增[加长]|提高|下降|减少){_NO_MARK}{{0,16}}?\d[\d.]*(?:%|％|个百分点)"
)
_OTHER_UNIT = lazy_regex(rf"、?{_NO_MARK}{{0,6}}?\d[\d.]*[万亿]?(?!\d){_NO_MARK}{{1,4}}(?=[，；;])")  # 31期2180人次，
_OTHER_UNIT_BEFORE = lazy_regex(rf"(?<![\d.])\d[\d.]*+[万亿]?(?!\d){_NO_MARK}{{1,4}}?(?:、{_NO_MARK}{{0,6}})?$")
_GAP = lazy_regex(rf"({_NO_MARK}{{0,12}}+)(?:(、)({_NO_MARK}{{0,16}}+)|([，；;])\n?({_WORDS}{{0,16}}+))")
_LONG_GAP = lazy_regex(rf"({_NO_MARK}{{0,12}}+)(?:，[^。！？；;：:\n]{{0,40}}+)()()([；;])\n?({_WORDS}{{0,16}}+)")
_AND = lazy_regex(rf"(?:，?以及|[和与及])({_NO_MARK}{{0,16}}+)")
_YEAR = lazy_regex(r"\d{4}年")
_NO_CLASS = lazy_regex(
    "结余|总|共|累计|预算|年|均|每|另|还|完成|执行|下达|拨付|到位|[比较]|增|减|覆盖|参加|培训|面向|合计"
)
_NO_PART = lazy_regex(
    "结余|总(?![部校工])|共[有计]|[有计]共|累计|预算(?!内)|均|每|另|还有|完成率|执行|[比较]|增[加长]|新增|减|合计|惠及|超|近|约|[多少高低降]于?$|(?<!下)达$"
)
# Of the same people or things, one after the other: 申请免修的214人，获批197人.
_FIRST_STAGE = lazy_regex(
    "^(?:提出|提交)?(?:申请|申报|报名|报考|应考|参加|参考|参训|参评|推荐|受理|收到|立项|报送|毕业)"
)
_LATER_STAGE = lazy_regex(
    "^(?:已)?(?:获批|批准|获准|核准|通过|合格|录取|取证|获证|取得|获得|领取|入选|入围|结题|采纳|办结|落实|到岗|入伍|参军|就业|升学)"
)


class Joint(NamedTuple):
    """What joins a part to the one before.

    Attributes:
        mark: the mark between them, or 和.
        words: the words before the part.
        after: the words after the part before.
    """

    mark: str
    words: str
    after: str


def joint_between(prose: str, one: Quantity, other: Quantity, *, columns: bool = False) -> Joint | None:
    """Return what joins two quantities as parts of one total, brackets and shares of a part left out, or None.

    Args:
        prose: the text.
        one: a part.
        other: the quantity that may be the next part.
        columns: whether quantities with other units stand between them: 31期2180人次，岗前培训28期1260人次.
    """
    if other.begin - one.end > MAX_GAP:
        return None
    gap = prose[one.end : other.begin]
    if "（" in gap or "(" in gap:
        gap = _BRACKET.sub("", gap)
    if "%" in gap or "％" in gap or "百分点" in gap:
        gap = _SHARE.sub("", gap)
    if columns:
        own = _OTHER_UNIT.match(gap)
        gap = _OTHER_UNIT_BEFORE.sub("", gap[own.end() :] if own else gap)
    if both := _AND.fullmatch(gap):
        return Joint("和", both[1], "")
    found = _GAP.fullmatch(gap) or _LONG_GAP.fullmatch(gap)
    return Joint(found[2] or found[4], found[3] or found[5] or "", found[1]) if found else None


def are_alike(first: str, words: str, part: Quantity) -> bool:
    """Check whether the words before two quantities are written alike: 第一批 and 第二批."""
    if not first or not words or len(words) > _MAX_WORDS - 2 or _NO_CLASS.search(words):
        return False
    if first[-1] == words[-1] or (
        first[0] == words[0] and (first[1:2] == words[1:2] or abs(len(first) - len(words)) <= 1)
    ):
        return True
    return part.kind is MONEY and max(len(first), len(words)) <= _MAX_NAME and not _NO_CLASS.search(first)


def are_stages(words: Sequence[str]) -> bool:
    """Check whether words name stages of one procedure or life, which the same may go through: 申请, 获批."""
    return any(_FIRST_STAGE.search(one) and _LATER_STAGE.search(next_one) for one, next_one in pairwise(words))


def may_be_parts(words: Sequence[str]) -> bool:
    """Check whether words may name parts of a total: short, about nothing else, as 共 and 比上年 are, and no stages."""
    return not are_stages(words) and all(
        0 < len(name) <= _MAX_WORDS + 4 * ("、" in name)  # 退役军人、返乡农民工等社会生源
        and not _NO_PART.search(name)
        and bool(_YEAR.match(name)) == bool(_YEAR.match(words[0]))
        for name in words
    )
