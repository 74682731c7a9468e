from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.paragraph_numbers import CHINESE, FIRST, PARAGRAPH_NUMBER, starts
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import SEPARATOR, Pattern, each

PAGE = """ZJ405 层次序数的标点不对。

层次序数依次是“一、”“（一）”“1.”“（1）”。阿拉伯数字后面用下脚点，汉字数字后面用顿号，带括号和带圈的后面什么也不加。“第一”“其次”“一是”后面用逗号或不加标点。段落开头的，连写两级（“（一）1.”）两级都看；段落中间的，只看“：1、……；2、……”这样成列的。

错：1、办学条件。核查中职学校23所。↵2、安全规范。排查2轮。
对：1.办学条件。核查中职学校23所。↵2.安全规范。排查2轮。
错：（一）、组织机制。成立协调小组。
对：（一）组织机制。成立协调小组。
错：(1)省级奖补620万元。↵(2)市级配套310万元。
对：（1）省级奖补620万元。↵（2）市级配套310万元。
错：一．县域职教中心。新校区投入使用。
对：一、县域职教中心。新校区投入使用。
错：①、金融。授信1.35亿元。
对：①金融。授信1.35亿元。
错：（一）1、组织机制。成立协调小组。
对：（一）1.组织机制。成立协调小组。
错：主要做法：1、成立协调小组；2、召开会议12次。
对：主要做法：1.成立协调小组；2.召开会议12次。
错：第一、成立协调小组；第二、召开会议12次。
对：第一，成立协调小组；第二，召开会议12次。

依据：GB/T 9704—2012 第7.3.3条：结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注（一般）；GB/T 15834—2011 附录B.3：序次语之后标点的用法（一般）。
"""

_NUMBER = lazy_regex(
    "[ \t\u3000]*(?:"
    f"(?P<bracket>[（(](?P<inner>[{CHINESE}]{{1,3}}|[0-9]{{1,2}})[）)][、.．，：:]?)(?!、)"
    r"|(?P<comma>(?P<digits>[0-9]{1,2})(?:[.．]?、|[：，](?![0-9])))(?P<close>[0-9]?)"
    f"|(?P<dot>(?P<numeral>[{CHINESE}]{{1,3}})[.．，,：:])(?=[^\\s0-9])"
    "|(?P<half>(?P<half_number>[0-9]{1,2}[）)])[、.．，])"
    "|(?P<circle>(?P<ring>[①-⑳])[、.．]))"
)
# The same inside a paragraph: numbers of a list, each one at the beginning of a clause.
_MARK = "(?:^|(?<=[：；。，\n]))"
_IN_LINE = lazy_regex(
    f"{_MARK}(?:(?P<comma>(?P<digits>[1-9])、)(?=[一-鿿])"
    f"|(?P<bracket>(?P<number>（(?:[{CHINESE}]{{1,2}}|[1-9])）)[、.．：])(?=[一-鿿])"
    f"|(?P<dot>(?P<numeral>[{CHINESE}])[.．])(?=[一-鿿])"
    "|(?P<circle>(?P<ring>[①-⑳])[、.．])(?=[一-鿿])"
    f"|(?P<word>(?P<ordinal>[第其][{CHINESE}]|首先|其次|再次|最后)[、.．])(?=[一-鿿])(?![{CHINESE}第其]|首先|其次|最后)"
    f"|(?P<is>(?P<item>[{CHINESE}]是)、))"
)
_SECOND = lazy_regex(
    "二(?:[、.．]|是、|）[、.．：])|②[、.．]|[；。，：\\n]2、|（2）[、.．：]|[其再]次[、.．]|最后[、.．]"
)
_FEWEST = 2  # numbers of a list
sign = Pattern(
    f"{SEPARATOR}[{''.join(FIRST)}]",
    "\n",
    # The second item of a list inside a paragraph, or another one that is not the first.
    "二(?=[、.．]|是、|）[、.．：])",
    "②(?=[、.．])",
    "、(?<=[；。，：]2、)",
    "）(?<=（2）)(?=[、.．：])",
    *each("次后", "(?<=[其再最].)(?=[、.．])"),
)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every paragraph number with the wrong punctuation or brackets."""
    text = passage.text
    found = list(_find_matches(text)) if "\n" in text or text[:1] in FIRST else []
    if not _SECOND.search(text):
        return found
    known = {match.begin for match in found}
    return sorted([*found, *(match for match in _find_in_lines(passage.prose, text) if match.begin not in known)])


def _find_in_lines(prose: str, text: str) -> Iterator[TextMatch]:
    """Report the numbers inside paragraphs, at least two of a kind: a single one may be part of a name."""
    found = list(_IN_LINE.finditer(prose))
    kinds = Counter(match.lastgroup for match in found)
    for match in found:
        group = match.lastgroup or ""
        if kinds[group] < _FEWEST:
            continue
        number = next(part for part in match.groups()[match.re.groupindex[group] :] if part)
        correct = number + {"comma": ".", "dot": "、", "word": "，"}.get(group, "")
        yield _make_match(text, match, group, correct)


def _find_matches(text: str) -> Iterator[TextMatch]:
    found = [match for _, begin in starts(text) for match in _numbers_at(text, begin)]
    commas = [match for match in found if match["comma"]]
    # “2、3所学校” would become 2.3; “5、6月” alone is not a paragraph number.
    before_digit = [match for match in commas if match["close"]]
    for match in found:
        if match["comma"]:
            if len(commas) > len(before_digit):
                yield _make_match(text, match, "comma", match["digits"] + ".", fixable=not before_digit)
        elif match["bracket"]:
            if (correct := f"（{match['inner']}）") != match["bracket"]:
                yield _make_match(text, match, "bracket", correct)
        elif match["dot"]:
            yield _make_match(text, match, "dot", match["numeral"] + "、")
        elif match["half"]:
            yield _make_match(text, match, "half", match["half_number"])
        else:
            yield _make_match(text, match, "circle", match["ring"])


def _numbers_at(text: str, begin: int) -> Iterator[re.Match[str]]:
    """Yield the number at the start of a paragraph that is written wrong, and the one right after it: （一）1、."""
    lead = PARAGRAPH_NUMBER.match(text, begin)
    wrong = _NUMBER.match(text, begin)
    if wrong:
        yield wrong
    end = max(match.end() if match else begin for match in (lead, wrong))
    second = _NUMBER.match(text, end) if end > begin and text[end : end + 1] in FIRST else None
    if second:
        yield second


def _make_match(text: str, match: re.Match[str], group: str, correct: str, *, fixable: bool = True) -> TextMatch:
    begin, end = match.span(group)
    context = excerpt(text, begin, end, left=0)
    warning = "" if fixable else "；后面紧接数字的，先补一两个字再改，以免读成小数"
    message = f"{context}的序数写成了“{match[group]}”"
    return TextMatch(begin, end, message, f"写成“{correct}”{warning}", correct if fixable else None)
