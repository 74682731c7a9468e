from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt, shortened
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ415 标点重复或叠用。

两个点号连在一起，多半是改稿时删了字、没有删标点。相同的留一个，不同的留哪一个由人决定；点号也不放在行首、左括号后面、右括号前面（句号除外）。“？！”“……”“——”是对的。

错：组织专家进校诊断，，提出建议36条。
对：组织专家进校诊断，提出建议36条。
错：诊断结论反馈到各校。。
对：诊断结论反馈到各校。
错：组织教师互评、、学生评教2轮。
对：组织教师互评、学生评教2轮。

依据：GB/T 15834—2011 第5.1条：标点符号的位置和使用形式（一般）。
"""

_STACKED = lazy_regex(
    "([，。；：、])(?:\\1)+(?![，。；：、])|[，。；：、]{2,}|([！？])\\2(?!\\2)|[，。；：、][ \u3000]{1,4}[，。；：、]"
    "|[？！。][”’]?。|[，；、][,;](?![0-9])|(?<![0-9])[,;][，。；：、]|(?<=[（“《])[，。；、]|[，；、](?=[）》])|[，、](?=”[，、；。])"
    "|(?<=\n)[，。；、]|(?<=\n\u3000\u3000)[，。；、]"
)
_QUOTED = 20  # characters of the marks in a message
_PREFILTER = lazy_regex(
    "[，。；：、！？][，。；：、！？ \u3000,;]|[？！。,;][”’]?[，。；：、]|[（“《\n\u3000][，。；、]|[，；、][）》”]"
)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every punctuation mark that follows another one."""
    return _find_matches(passage.text) if _PREFILTER.search(passage.text) else ()


def _find_matches(text: str) -> Iterator[TextMatch]:
    for match in _STACKED.finditer(text):
        begin, end = match.span()
        problem = "连在一起" if end - begin > 1 else "不该在这里"
        message = f"{excerpt(text, begin, min(end, begin + _QUOTED))}里“{shortened(match[0], _QUOTED)}”{problem}"
        marks = set(match[0].replace(" ", "").replace("\u3000", ""))
        same = match[0][0] if len(marks) == 1 < end - begin else None
        hint = (
            f"留一个“{same}”；zhijiao20 validate --fix 可以一次改完" if same else "留一个合适的，并核对中间有没有丢字"
        )
        yield TextMatch(begin, end, message, hint, same)
