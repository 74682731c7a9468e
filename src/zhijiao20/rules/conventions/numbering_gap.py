from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.paragraph_numbers import CHINESE, LEVELS, ParagraphNumber, find_numbers
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ406 层次序数跳号或重号。

跳号常是漏了一条，重号常是两个人各写一段。一个层次从 1 重新开始是对的；上一层换了，下一层也重新数。
句子里的“一是、二是、三是”“第一，第二，第三”也看；每个“一是”重新数起；一段里的“（一）（二）（三）”“1.……2.……3.”“①②③”也看。

错：1.基地。建成3个。↵2.实践。完成1571人。↵4.轮训。完成2848人。
对：1.基地。建成3个。↵2.实践。完成1571人。↵3.轮训。完成2848人。
错：（一）放权。下放权限13项。↵（二）减负。减少14项。↵（二）监管。检查3批次。
对：（一）放权。下放权限13项。↵（二）减负。减少14项。↵（三）监管。检查3批次。
错：一、政策。印发办法。↵三、成效。培训876人。
对：一、政策。印发办法。↵二、成效。培训876人。
错：强化保障：一是落实编制52名；三是拨付经费830万元。
对：强化保障：一是落实编制52名；二是拨付经费830万元。
错：第一，研究议题5次。第二，调整干部26人。第二，举办培训班4期。
对：第一，研究议题5次。第二，调整干部26人。第三，举办培训班4期。
错：分三步：（1）核查23所；（2）公示12天；（4）整改14项。
对：分三步：（1）核查23所；（2）公示12天；（3）整改14项。

依据：GB/T 9704—2012 第7.3.3条：结构层次序数依次标注（一般）。
"""


_SECOND = 2
_FIRST = lazy_regex("一[是要抓个方、，来则]|首先|第一|其一|（一）|1[.．、]|①")
_HINT = "核对是漏了一条还是写错了序数，按顺序改好"
_NUMERALS = "一二三四五六七八九十"
_IN_SENTENCE = lazy_regex(
    f"(?:^|(?<=[，。；：、？！（）,;:\n\u3000 ]))(?P<number>[{_NUMERALS}])(?P<word>[是要抓]|个是)(?!否)", re.MULTILINE
)
_RINGS = "①②③④⑤⑥⑦⑧⑨⑩"
# An item of a list inside a paragraph, in one of several styles; its number is the text of its group.
_IN_LIST = lazy_regex(
    f"(?:^|(?<=[。；：:，\n]))(?:（(?P<numeral>[{_NUMERALS}])）|(?P<digit>[1-9])[.．](?=[一-鿿])|（(?P<bracket>[1-9])）(?=[一-鿿])"
    f"|(?P<half>[1-9])）(?=[一-鿿])|(?P<ring>[{_RINGS}])|第(?P<ordinal>[{_NUMERALS}])[，,、：]|其(?P<other>[{_NUMERALS}])[，,、：]"
    "|(?P<word>首先|其次|再次)[，,、：])",
    re.MULTILINE,
)
_WORDS = {"首先": 1, "其次": 2, "再次": 3}
_STYLES = {
    "numeral": "（{}）",
    "digit": "{}.",
    "bracket": "（{}）",
    "half": "{}）",
    "ring": "{}",
    "ordinal": "第{}",
    "other": "其{}",
}
_LIST_SIGNS = lazy_regex(
    "（[二三四2-4]）|[二三四](?<=[第其].)[，,、：]|[②③④]|[2-4][.．）](?<=[；。：:，].{2})|\n[2-4][.．）]"
)
_MAX_LISTS = 8  # lists within one another


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every number that does not follow the previous one: of paragraphs, and of 一是、二是 in sentences."""
    text = passage.text
    matches: list[TextMatch] = []
    if "\n" in text:
        matches.extend(_paragraphs(text))
    if "二" in text or "三" in text:
        matches.extend(_in_sentences(passage))
    if _LIST_SIGNS.search(text):
        known = {match.begin for match in matches}
        matches.extend(match for match in _in_lists(passage) if match.begin not in known)
    return sorted(matches)


def _in_lists(passage: Passage) -> Iterator[TextMatch]:
    """Report （一）……（二）……（四） and the like in one paragraph; each （一） begins a new list."""
    text = passage.prose
    last: dict[str, tuple[int, int]] = {}  # by style: the number of the last item and its end
    for match in _IN_LIST.finditer(text):
        style, number = _item(match)
        before, end = last.get(style, (0, 0))
        between = text[end : match.start()]
        if number == before + 1 or number == 1:
            last[style] = (number, match.end())
        elif before and "\n" not in between:
            last.pop(style)
            if number == before:
                problem = f"与前面的“{_written(style, before)}”重复"
            elif number > before and not _stands(before + 1, between):
                problem = f"接在“{_written(style, before)}”后面，中间没有“{_written(style, before + 1)}”"
            else:
                continue
            context = excerpt(passage.text, match.start(), match.end())
            yield TextMatch(match.start(), match.end(), f"{context}的序数{problem}", _HINT)


def _item(match: re.Match[str]) -> tuple[str, int]:
    """Return style and number of an item; 首先 and 其次 stand for 第一 and 第二."""
    style = match.lastgroup or ""
    written = match[style]
    if style == "word":
        return "ordinal", _WORDS[written]
    if style == "ring":
        return style, _RINGS.index(written) + 1
    return style, int(written) if written.isdecimal() else _NUMERALS.index(written) + 1


def _written(style: str, number: int) -> str:
    """Return an item's number as its list writes it."""
    digits = style in {"digit", "bracket", "half"}
    sign = _RINGS[number - 1] if style == "ring" else str(number) if digits else _NUMERALS[number - 1]
    return _STYLES[style].format(sign)


def _stands(number: int, text: str) -> bool:
    """Check whether a missing number stands between two items, in any style."""
    numeral = _NUMERALS[number - 1]
    return bool(
        re.search(
            f"[第其（]{numeral}|{numeral}[、是要]|（{number}）|(?<![0-9.]){number}[.．、）]|{_RINGS[number - 1]}|其次|再次|同时|此外|另外",
            text,
        )
    )


def _in_sentences(passage: Passage) -> Iterator[TextMatch]:
    """Report 一是……三是; each 一是 begins a new list, which may stand inside an item of another one."""
    text = passage.prose
    items: dict[str, list[re.Match[str]]] = {}
    for match in _IN_SENTENCE.finditer(text):
        items.setdefault(match["word"], []).append(match)
    for word, matches in items.items():
        lists: list[re.Match[str]] = []  # the last item of each list of the paragraph
        for match in matches:
            if (
                lists
                and "\n" in text[lists[-1].end() : match.start()]
                and not _both_begin_lines(text, lists[-1], match)
            ):
                lists.clear()
            number = _number(match)
            if match is matches[0] and number == _SECOND and _lacks_first(passage.text, text, match):
                context = excerpt(passage.text, match.start(), match.end())
                yield TextMatch(match.start(), match.end(), f"{context}的“{match[0]}”前面没有“一{word}”", _HINT)
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


def _both_begin_lines(text: str, *items: re.Match[str]) -> bool:
    """Check whether items of a list stand at the beginning of a line each: 一是……↵二是……."""
    return all(not text[text.rfind("\n", 0, item.start()) + 1 : item.start()].strip() for item in items)


def _lacks_first(whole: str, text: str, item: re.Match[str]) -> bool:
    """Check whether a list begins with 二是: a third item follows, and nothing before it is a first one."""
    following = lazy_regex(f"[，。；：、\n]三{item['word']}")
    return _FIRST.search(whole, 0, item.start()) is None and following.search(text, item.end()) is not None


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
