from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ409 用了第一人称。

几个单位的文字合进一格，“我校”“我们”就不知道是谁。写单位名称，或者不写主语。“我国”“我省”“我市”“自我”不管。

错：我校建成实训室12间。
对：澄州理工学校建成实训室12间。
错：我局会同市财政局印发管理办法。
对：市教育局会同市财政局印发管理办法。
错：我们把培训放在首位，2019年办班14期。
对：把培训放在首位，2019年办班14期。

依据：汇总材料用第三人称（实务）。
"""

_WORDS = lazy_regex(
    "(?<![自忘])我(?:单位|们|公司|集团|中心|局|院|校(?![正对准验])|处(?![理置分罚在于])|委(?![托派任员]))"
)


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every first-person expression (我校, 我局, 我们) in the prose of the unit."""
    text = passage.prose
    if "我" not in text:
        return
    for match in _WORDS.finditer(text):
        context = excerpt(passage.text, match.start(), match.end())
        yield TextMatch(
            match.start(), match.end(), f"{context}里的“{match[0]}”，汇总后不知道是谁", "写单位名称，或去掉主语"
        )
