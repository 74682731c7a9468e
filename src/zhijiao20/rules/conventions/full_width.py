from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ414 用了全角的数字、字母。

全角的“２０１９”“ＣＮＣ”检索不到、算不出来，排出来间距也大。数字、字母一律半角；全角的百分号“％”单独用时不管，跟在全角数字后面的一起改。

错：２０１９年有２３所学校公布质量年度报告。
对：2019年有23所学校公布质量年度报告。
错：年度报告公开率１００％，点击量８６００次。
对：年度报告公开率100%，点击量8600次。
错：１＋Ｘ证书试点专业９个，占３７．５％。
对：1+X证书试点专业9个，占37.5%。

依据：GB/T 15835—2011 第5.1.1条、附录：阿拉伯数字用半角（一般）；便于检索和计算（实务）。
"""

_ALPHANUMERIC = "０-９Ａ-Ｚａ-ｚ"
_RUN = re.compile(f"[{_ALPHANUMERIC}](?:[{_ALPHANUMERIC}]|[．＋－／](?=[{_ALPHANUMERIC}]))*[％＋]?")


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every run of full-width digits and letters."""
    return () if passage.ordinary else _find_matches(passage.text)


def _find_matches(text: str) -> Iterator[TextMatch]:
    for match in _RUN.finditer(text):
        begin, end = match.span()
        correct = normalize("NFKC", match[0])
        message = f"{excerpt(text, begin, end)}里的“{match[0]}”是全角的"
        yield TextMatch(begin, end, message, f"写成“{correct}”；zhijiao20 validate --fix 可以一次改完", correct)
