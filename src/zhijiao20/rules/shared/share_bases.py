"""Other bases of a percentage than the whole that is taken for it.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import PERCENT, Quantity
from zhijiao20.rules.shared.arithmetic import Interval, interval_of

_WITHIN = lazy_regex("^[一-鿿]{2,10}[里中内][一-鿿“”]{2,12}占")  # 企业487家，企业成员里中小企业占63.4%
_ALL, _ALL_PER_CENT = lazy_regex("全部|均|全覆盖"), 100


def is_of_other_base(prose: str, percent: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Check whether a percentage is of what there was before something was added, or of all of several things.

    Or of things that the words before it name: ``企业487家，企业成员里中小企业占63.4%``;
    ``总值12860万元，新增1374万元，新增比例12.0%``; ``42所中职、4所高职年报全部公开，公开率100%``.
    """
    if "增" in percent.before and interval_of(part).share(_without(whole, part)).meets(interval_of(percent)):
        return True
    if _WITHIN.search(percent.before):
        return True
    return percent.value == _ALL_PER_CENT and _ALL.search(prose, part.end, percent.begin) is not None


def is_share_in_other_things(percent: Quantity, part: Quantity, whole: Quantity, around: Sequence[Quantity]) -> bool:
    """Check whether a part has its share in a number with another unit, or in a share of the whole.

    ``党支部23个，党员406人，支部书记18名，占78.3%``; ``学生312人，报考率94.9%，通过251人，通过率84.8%``.
    """
    stated, share = interval_of(percent), interval_of(part).share(interval_of(whole))
    for item in around:
        if item.sentence != percent.sentence or item.begin >= part.begin or not item.value:
            continue
        if item.kind is PERCENT and item.begin > whole.begin:
            found = share.share(interval_of(item))
        elif item.kind is part.kind and item.unit != part.unit:
            found = interval_of(part).share(interval_of(item))
        else:
            continue
        if found.meets(stated):
            return True
    return False


def _without(whole: Quantity, part: Quantity) -> Interval:
    """Return a whole without a part of it."""
    (low, value, high), (least, added, most) = interval_of(whole), interval_of(part)
    return Interval(low - most, value - added, high - least)
