from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import normalize

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt, shortened
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ414 用了全角的数字、字母。

全角的“２０１９”“ＣＮＣ”检索不到、算不出来，排出来间距也大。数字、字母、百分号、数字里的小数点一律半角。

错：２０２０年有１８个专业完成教学诊断。
对：2020年有18个专业完成教学诊断。
错：课程资源更新率４５％，访问量７３００次。
对：课程资源更新率45%，访问量7300次。
错：１＋Ｘ证书试点专业９个，占３７．５％。
对：1+X证书试点专业9个，占37.5%。

依据：GB/T 15835—2011 第5.1.1条、附录：阿拉伯数字用半角（一般）；便于检索和计算（实务）。
"""

_ALPHANUMERIC = "０-９Ａ-Ｚａ-ｚ"
_QUOTED = 40  # characters of a run in a message
_RUN = lazy_regex(
    f"[{_ALPHANUMERIC}](?:[{_ALPHANUMERIC}]|[．＋－／](?=[{_ALPHANUMERIC}]))*[％＋]?|％|．(?<=[0-9]．)(?=[0-9])"
)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every run of full-width digits and letters."""
    return () if passage.ordinary and "％" not in passage.text else _find_matches(passage.text)


def _find_matches(text: str) -> Iterator[TextMatch]:
    for match in _RUN.finditer(text):
        begin, end = match.span()
        correct = normalize("NFKC", match[0])
        message = f"{excerpt(text, begin, min(end, begin + _QUOTED))}里的“{shortened(match[0], _QUOTED)}”是全角的"
        yield TextMatch(
            begin, end, message, f"写成“{shortened(correct, _QUOTED)}”；zhijiao20 validate --fix 可以一次改完", correct
        )
