"""Changes and shares that agree with their two numbers, told without reading quantities of the sentence.  Pure: no I/O.

Most of those that texts state are right, and have one of a few wordings.
"""

from __future__ import annotations

import re

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import BEGINS

_UP_OR_DOWN = "(?:(?P<up{0}>增加|增长|提高|上升|提升)|减少|下降|降低)"
_YEAR = r"(?:20\d\d年的?)?"
_NUMBER = r"\d{1,9}(?:\.\d{1,4})?"
_REST = rf"(?!.*{BEGINS})"
# 由A人增加到B人，增长C%
_FROM_TO = lazy_regex(
    rf"[由从]{_YEAR}(?P<a>{_NUMBER})(?P<unit>[^\d，。；、：（）的]{{1,4}}?){_UP_OR_DOWN.format(1)}[到至为]{_YEAR}"
    rf"(?P<b>{_NUMBER})(?P=unit)，{_UP_OR_DOWN.format(2)}了?(?P<c>{_NUMBER})(?P<of>%|个百分点){_REST}"
)
# A人，比上年增加B人，增长C%
_BY = lazy_regex(
    rf"(?P<a>{_NUMBER})(?P<unit>[^\d，。；、：（）%％]{{1,4}})，[比较](?:上年|{_YEAR})(?:同期)?{_UP_OR_DOWN.format(1)}了?"
    rf"(?P<b>{_NUMBER})(?P=unit)，{_UP_OR_DOWN.format(2)}了?(?P<c>{_NUMBER})%{_REST}"
)
# A人，通过B人，通过率C%; the two have one unit, and nothing else in the sentence is a number
_NO_FIGURE = f"[^{BEGINS[1:-1]}%％‰]"
_SHARE = lazy_regex(
    rf"(?P<a>{_NUMBER})(?P<unit>[万亿]?[^{BEGINS[1:-1]}，。；、：（）%％‰万亿 ]次?+){_NO_FIGURE}*+"
    rf"(?P<b>{_NUMBER})(?P=unit)(?!次){_NO_FIGURE}*+(?P<c>\d{{1,2}}(?:\.\d{{1,4}})?)%{_REST}"
)
_FIGURE = lazy_regex(BEGINS)


def is_agreeing_change(sentence: str, *, of_rates: bool = False) -> bool:
    """Check whether a sentence has one change, as the only figures of it, and states it right.

    Args:
        sentence: the sentence.
        of_rates: whether the change must be that of a rate: 由81.3%提高到87.8%，提高6.5个百分点.
    """
    figure = _FIGURE.search(sentence)
    if figure is None:
        return False
    if not of_rates and (by := _BY.match(sentence, figure.start())) is not None:
        first, change = float(by["a"]), float(by["b"])
        up = by["up1"] is not None
        base = first - change if up else first + change
        return up is (by["up2"] is not None) and base > 0 and _is_near(100 * change / base, by["c"])
    found = _FROM_TO.match(sentence, figure.start() - 1) if figure.start() else None
    return found is not None and not (of_rates and found["unit"] != "%") and _agrees(found)


def is_agreeing_share(sentence: str, *, whole_first: bool = False) -> bool:
    """Check whether a sentence has two numbers and the share of one in the other as its only figures, and that right.

    Args:
        sentence: the sentence.
        whole_first: whether the first number must not be the lesser one.
    """
    figure = _FIGURE.search(sentence)
    found = None if figure is None else _SHARE.match(sentence, figure.start())
    if found is None:
        return False
    whole, part = float(found["a"]), float(found["b"])
    if whole < part and not whole_first:
        whole, part = part, whole
    return whole >= part and whole > 0 and _is_near(100 * part / whole, found["c"])


def _agrees(found: re.Match[str]) -> bool:
    """Check whether a change from one number to another is as stated, and in that direction."""
    old, new, up = float(found["a"]), float(found["b"]), found["up1"] is not None
    if up is not (found["up2"] is not None) or up is not (new > old) or new == old or not old:
        return False
    rates, change = found["unit"] == "%", abs(new - old)
    if (found["of"] == "%") is rates or (rates and max(old, new) > 100):
        return False  # a difference of rates, or a rate of something else
    return _is_near(change if rates else 100 * change / old, found["c"])


def _is_near(right: float, written: str) -> bool:
    """Check whether a number is right, within less than half of its last place."""
    places = len(written.partition(".")[2])
    return abs(right - float(written)) < 0.49 / 10.0**places
