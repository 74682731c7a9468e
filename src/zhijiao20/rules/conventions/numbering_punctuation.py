from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.paragraph_numbers import CHINESE, FIRST, PARAGRAPH_NUMBER, starts
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import SEPARATOR, Pattern

PAGE = """ZJ405 层次序数的标点不对。

层次序数依次是“一、”“（一）”“1.”“（1）”。阿拉伯数字后面用下脚点，汉字数字后面用顿号，带括号和带圈的后面什么也不加。只看段落开头，连写两级的（“（一）1.”）两级都看。

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

依据：GB/T 9704—2012 第7.3.3条：结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注（一般）；GB/T 15834—2011 附录B.3：序次语之后标点的用法（一般）。
"""

_NUMBER = re.compile(
    "[ \t\u3000]*(?:"
    f"(?P<bracket>[（(](?P<inner>[{CHINESE}]{{1,3}}|[0-9]{{1,2}})[）)][、.．]?)(?!、)"
    r"|(?P<comma>(?P<digits>[0-9]{1,2})[.．]?、)(?P<close>[0-9]?)"
    f"|(?P<dot>(?P<numeral>[{CHINESE}]{{1,3}})[.．])(?=[^\\s0-9])"
    "|(?P<circle>(?P<ring>[①-⑳])[、.．]))"
)
sign = Pattern(f"{SEPARATOR}[{''.join(FIRST)}]", "\n")


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every paragraph number with the wrong punctuation or brackets."""
    text = passage.text
    return _find_matches(text) if "\n" in text or text[:1] in FIRST else ()


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
