from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.paragraph_numbers import CHINESE, LEVELS, ParagraphNumber, find_numbers
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ406 层次序数跳号或重号。

跳号常是漏了一条，重号常是两个人各写一段。一个层次从 1 重新开始是对的；上一层换了，下一层也重新数。
句子里的“一是、二是、三是”也看；每个“一是”重新数起；一段里的“（一）、（二）、（三）”“1.……2.……3.”也看。

错：1.基地。建成3个。↵2.实践。完成1571人。↵4.轮训。完成2848人。
对：1.基地。建成3个。↵2.实践。完成1571人。↵3.轮训。完成2848人。
错：（一）放权。下放权限13项。↵（二）减负。减少14项。↵（二）监管。检查3批次。
对：（一）放权。下放权限13项。↵（二）减负。减少14项。↵（三）监管。检查3批次。
错：一、政策。印发办法。↵三、成效。培训876人。
对：一、政策。印发办法。↵二、成效。培训876人。
错：强化保障：一是落实编制52名；三是拨付经费830万元。
对：强化保障：一是落实编制52名；二是拨付经费830万元。

依据：GB/T 9704—2012 第7.3.3条：结构层次序数依次标注（一般）。
"""


_HINT = "核对是漏了一条还是写错了序数，按顺序改好"
_NUMERALS = "一二三四五六七八九十"
_IN_SENTENCE = re.compile(
    f"(?:^|(?<=[，。；：、（）,;:\n\u3000 ]))(?P<number>[{_NUMERALS}])(?P<word>[是要])", re.MULTILINE
)
_POINTS = re.compile("[3-9][.．](?<=[；。：:].{2})(?=[一-鿿])")
_IN_LIST = re.compile(
    f"(?:^|(?<=[。；：:，\n]))(?:（(?P<numeral>[{_NUMERALS}])）|(?P<digit>[1-9])[.．](?=[一-鿿]))", re.MULTILINE
)
_MAX_LISTS = 8  # lists within one another


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every number that does not follow the previous one: of paragraphs, and of 一是、二是 in sentences."""
    text = passage.text
    matches: list[TextMatch] = []
    if "\n" in text:
        matches.extend(_paragraphs(text))
    if "二是" in text or "三是" in text or "二要" in text or "三要" in text:
        matches.extend(_in_sentences(passage))
    if "（三）" in text or "（四）" in text or _POINTS.search(text):
        matches.extend(_in_lists(passage))
    return matches


def _in_lists(passage: Passage) -> Iterator[TextMatch]:
    """Report （一）……（二）……（四） and 1.……2.……4. in one paragraph; each （一） begins a new list."""
    text = passage.prose
    last: dict[bool, tuple[int, int]] = {}  # by style: the number of the last item and its end
    for match in _IN_LIST.finditer(text):
        digits = match["digit"] is not None
        number = int(match["digit"]) if digits else _NUMERALS.index(match["numeral"]) + 1
        before, end = last.get(digits, (0, 0))
        if number == before + 1 or number == 1:
            last[digits] = (number, match.end())
            continue
        last.pop(digits, None)
        if 1 < before < number:
            missing = str(before + 1) if digits else _NUMERALS[before]
            between = text[end : match.start()]
            if not any(mark in between for mark in ("\n", str(before + 1), missing)):
                context = excerpt(passage.text, match.start(), match.end())
                yield TextMatch(
                    match.start(), match.end(), f"{context}的序数{_after(before, missing, digits=digits)}", _HINT
                )


def _after(before: int, missing: str, *, digits: bool) -> str:
    """Return after which number an item comes, and which one is missing."""
    written, lacks = (f"{before}.", f"{missing}.") if digits else (f"（{_NUMERALS[before - 1]}）", f"（{missing}）")
    return f"接在“{written}”后面，中间没有“{lacks}”"


def _in_sentences(passage: Passage) -> Iterator[TextMatch]:
    """Report 一是……三是; each 一是 begins a new list, which may stand inside an item of another one."""
    text = passage.prose
    for word in "是要":
        lists: list[re.Match[str]] = []  # the last item of each list of the paragraph
        for match in _IN_SENTENCE.finditer(text):
            if match["word"] != word:
                continue
            if lists and "\n" in text[lists[-1].end() : match.start()]:
                lists.clear()
            number = _number(match)
            while len(lists) > 1 and _number(lists[-1]) != number - 1 and number > 1:
                lists.pop()
            problem = _item_problem(text, lists[-1], match) if lists and number > 1 else ""
            if problem:
                context = excerpt(passage.text, match.start(), match.end())
                yield TextMatch(match.start(), match.end(), f"{context}的“{match[0]}”{problem}", _HINT)
            if lists and number > 1:
                lists[-1] = match
            elif number == 1:
                lists = [*lists[1 - _MAX_LISTS :], match]


def _item_problem(text: str, before: re.Match[str], item: re.Match[str]) -> str:
    """Return what is wrong with an item after the previous one of its list, or an empty string."""
    last, number = _number(before), _number(item)
    if number == last + 1:
        return ""
    if number == last:
        return "与前面重复"
    if number < last:
        return f"接在“{before[0]}”后面，往回跳了"
    missing = _NUMERALS[last]
    between = text[before.end() : item.start()]
    if re.search(f"(?:^|[，。；：、（,;:第])[{missing}][、，,.．：是要则为来]|其[次二三]|再次|此外|另外|同时", between):
        return ""
    return f"接在“{before[0]}”后面，中间没有“{missing}{item['word']}”"


def _number(item: re.Match[str]) -> int:
    return _NUMERALS.index(item["number"]) + 1


def _paragraphs(text: str) -> Iterator[TextMatch]:
    last: list[ParagraphNumber | None] = [None] * len(LEVELS)
    for lead in find_numbers(text):
        before = last[lead.level]
        last[lead.level :] = [lead, *[None] * (len(LEVELS) - lead.level - 1)]
        if before is not None and (problem := _problem(text, before, lead)):
            context = excerpt(text, lead.begin, lead.end, left=1)
            yield TextMatch(lead.begin, lead.end, f"{context}的序数{problem}", _HINT)


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
