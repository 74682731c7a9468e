from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import Progress
from zhijiao20.core.wording import fold
from zhijiao20.rules.completeness.placeholder import find_gap, is_placeholder
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ305 文字太短。

不满 10 个字（zhijiao20.toml 里可以改）写不清做了什么、到什么程度。“不涉及”“未启动”可以短。

错：已建立制度。
错：按要求落实。
错：培训1260人。
对：2019年培训1260人次。
对〔4.2 不涉及〕：无此职能。
对〔4.4 未启动〕：未列入试点。

依据：落实情况应写明措施和成效（一般）。
"""

_NO_DUTY = lazy_regex(r"不涉及|不适用|无此|没有|不属|不承担|未列入")
_MAY_BE_SHORT = (Progress.NOT_APPLICABLE, Progress.NOT_STARTED)


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report a text with too few characters; ZJ203 reports placeholders."""
    text, shortest = passage.text, passage.thresholds.shortest
    if passage.entry.progress in _MAY_BE_SHORT or len(text) >= 3 * shortest:
        return
    length = len(fold(text))
    if length < shortest and not (_NO_DUTY.search(text) or is_placeholder(text) or find_gap(text)):
        yield TextMatch(0, len(text), f"落实情况只有 {length} 个字", "写明做了什么、到什么程度、依据哪个文件")
