"""Recognize that a text says itself why something is different from the last round."""

from __future__ import annotations

from zhijiao20.core.lazy_regex import lazy_regex

_EXPLAINED = lazy_regex(
    r"更正|订正|勘误|核减|核销|核实|重新(?:统计|核定|核算|测算|界定|认定|启动|开展|修订|制[定订])|误[填报写录]|错[报填]|多报"
    r"|上(?:期|半年报|次)(?:填报|报送|上报|所报|报|数|为|的)|口径|重复(?:统计|计算|计数)|剔除|调减|撤[并销]|停办|取消|退出|注销|划转|不再(?:计|纳|列)入"
    r"|新一轮|因[^。；\n]{1,30}?(?:暂停|中止|推迟|延后|延期|调整|停止)"
)
_ENDS = "。；;！？\n"
_LOOKED_AT = 20  # explanations that are looked at


def explains(previous: str, present: str) -> bool:
    """Check whether a sentence that the text of the last round does not have explains a difference."""
    for number, match in enumerate(_EXPLAINED.finditer(present)):
        if number == _LOOKED_AT:
            return False
        begin = max(present.rfind(mark, max(0, match.start() - 200), match.start()) for mark in _ENDS) + 1
        if present[max(begin, match.start() - 30) : match.end() + 10] not in previous:
            return True
    return False
