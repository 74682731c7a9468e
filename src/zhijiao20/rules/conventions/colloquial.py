from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import any_of

PAGE = """ZJ410 用了口语。

报送材料用书面语。这里只看少数几个一定是口语的词；“不折腾”“反复折腾”是公文里的惯用说法，不管。

错：实训设备差不多都更新了。
对：实训设备基本更新。
错：两所学校把校企合作搞得有声有色，效果挺好。
对：两所学校的校企合作成效明显。
错：不清楚政策是啥的农民工，由村干部上门说明。
对：不了解政策的农民工，由村干部上门说明。

依据：公文用书面语（实务）。
"""

# Prefilter: the rarest character of each word, which most texts do not contain.
SIGN = ("搞弄挺蛮啥咋堆虎谱伙差八儿根", "(?<=[搞弄挺蛮啥咋堆虎谱伙])|(?<=差)不多|(?<=八八)|(?<=点儿)|(?<=压根)")
"""The rarest character of each word, and what stands around it."""

_PREFILTER = lazy_regex(any_of(SIGN))
_WORDS = lazy_regex(
    "搞[定了得个]|弄[好了得成]|(?<![坚力直笔])挺[好多大快](?!人)|(?<![野粗])蛮[好多大高快](?!人)|(?<!相)差不多(?=[都全已有0-9]|[一-鿿]{1,2}了)|啥|咋"
    "|一大堆|马马虎虎|七七八八|靠谱|大伙儿|有点儿|压根"
)


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every colloquial word."""
    text = passage.prose
    if not _PREFILTER.search(text):
        return
    for match in _WORDS.finditer(text):
        context = excerpt(passage.text, match.start(), match.end())
        yield TextMatch(match.start(), match.end(), f"{context}里的“{match[0]}”是口语", "换成书面语")
