from __future__ import annotations

import re
from collections.abc import Iterator

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.paragraph_numbers import CHINESE, LEVELS, ParagraphNumber, find_numbers
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ406 层次序数跳号或重号。

跳号常是漏了一条，重号常是两个人各写一段。一个层次从 1 重新开始是对的；上一层换了，下一层也重新数。

错：1.基地。建成3个。↵2.实践。完成1571人。↵4.轮训。完成2848人。
对：1.基地。建成3个。↵2.实践。完成1571人。↵3.轮训。完成2848人。
错：（一）放权。下放权限13项。↵（二）减负。减少14项。↵（二）监管。检查3批次。
对：（一）放权。下放权限13项。↵（二）减负。减少14项。↵（三）监管。检查3批次。
错：一、政策。印发办法。↵三、成效。培训876人。
对：一、政策。印发办法。↵二、成效。培训876人。

依据：GB/T 9704—2012 第7.3.3条：结构层次序数依次标注（一般）。
"""


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every paragraph number that does not follow the previous one of its level."""
    text = passage.text
    if "\n" not in text:
        return
    last: list[ParagraphNumber | None] = [None] * len(LEVELS)
    for lead in find_numbers(text):
        before = last[lead.level]
        last[lead.level :] = [lead, *[None] * (len(LEVELS) - lead.level - 1)]
        if before is not None and (problem := _problem(text, before, lead)):
            context = excerpt(text, lead.begin, lead.end, left=1)
            yield TextMatch(
                lead.begin, lead.end, f"{context}的序数{problem}", "核对是漏了一条还是写错了序数，按顺序改好"
            )


def _problem(text: str, before: ParagraphNumber, lead: ParagraphNumber) -> str:
    """Return what is wrong with a number after the previous one, or an empty string."""
    if lead.number == before.number + 1:
        return ""
    if lead.number == before.number:
        new_list = lead.number == 1 and lead.paragraph > before.paragraph + 1  # a new list after a heading
        return "" if new_list else f"与前一条重复，都是 {lead.number}"
    if lead.number < before.number:
        return "" if lead.number == 1 else f"接在 {before.number} 后面，往回跳了"
    between = text[before.end : lead.begin]
    if all(_occurs(number, lead.level, between) for number in range(before.number + 1, lead.number)):
        return ""  # the missing numbers are inside a paragraph, or before a digit: 3.2019年
    return f"接在 {before.number} 后面，中间跳过了 {before.number + 1}"


def _occurs(number: int, level: int, text: str) -> bool:
    """Check whether a number of a level occurs anywhere in a text."""
    tens, ones = divmod(number, 10)
    numeral = ("" if tens < 2 else CHINESE[tens - 1]) + "十" * bool(tens) + (CHINESE[ones - 1] if ones else "")
    written = (
        f"{numeral}[、.．]",
        f"[（(]{numeral}[）)]",
        f"(?<![0-9.]){number}[、.．]",
        f"[（(]{number}[）)]",
        chr(ord("①") + number - 1),
    )
    return bool(re.search(written[level], text))
