from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import JoinedTexts

PAGE = """ZJ306 文字太长。

附表一格里超过 1500 字（zhijiao20.toml 里可以改），印出来一项就占几页，上级也不会看。

错（yaml）：一项的落实情况写了 1501 个字
错（yaml）：把整份工作总结贴进 13.1
错（yaml）：把实施方案全文贴进 6.1
对（yaml）：一项的落实情况写了 1500 个字
对：印发实施方案（澄教职成〔2019〕33号），14所院校参加试点，涉及21个证书，设考核站点19个。
对：2019年培训6.8万人次，分领域的人数见附送的统计表。

依据：附表一项一格，写要点（实务）。
"""


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages with too many characters, white space counted."""
    return [passage for passage in joined.passages if len(passage.text) > passage.thresholds.longest]


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report a text with too many characters; white space is not counted."""
    longest = passage.thresholds.longest
    length = len("".join(passage.text.split()))
    if length > longest:
        message = f"落实情况有 {length} 个字，超过 {longest} 个"
        yield TextMatch(0, len(passage.text), message, "只写要点：做法、数字、文号、存在问题、下一步；详细材料另附")
