from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ402 “截止”应为“截至”。

“截至”是到某个时候为止，后面接时间；“截止”是到期停止，后面不直接接时间。“报名截止时间”“6月30日截止”是对的，不管。

错：截止2020年6月30日，全市累计取得证书4390人。
对：截至2020年6月30日，全市累计取得证书4390人。
错：实训基地投资3.42亿元，截止到6月底支出0.36亿元。
对：实训基地投资3.42亿元，截至6月底支出0.36亿元。
错：截止2019年底，23所学校全部接入平台。
对：截至2019年底，23所学校全部接入平台。

依据：《现代汉语词典》（第7版）“截至”“截止”的释义（一般）。
"""

# Only at the beginning of a clause: after 报名, 申报, 受理 the word 截止 is correct.
_UP_TO = lazy_regex(
    r"(?<![^\s，。；：、！？,;:（(])截止[到至于]?(?=[ \u3000]?(?:[0-9]{4}[年./-]|[0-9]{1,2}[年月]|目前|[今去上本]年|[上本]月|年底|现在))"
)


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every 截止 that begins a clause and is followed by a time."""
    text = passage.prose
    if "截止" not in text:
        return
    for match in _UP_TO.finditer(text):
        context = excerpt(passage.text, match.start(), match.end(), left=0, right=10)
        yield TextMatch(match.start(), match.end(), f"{context}里的“截止”应为“截至”", "改成“截至”", "截至")
