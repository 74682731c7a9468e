from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import MONEY
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.targets import any_in, target_text, targets_of, words

PAGE = """ZJ505 没有写出任务要求的文件或数字。

任务要求制定并落实标准的，应写出文件的发文字号（写在佐证里也算）和标准的金额。

错〔16.1〕：职业院校生均经费标准已经制定，各校按标准执行。
对〔16.1〕：职业院校生均经费标准（澄财教〔2019〕12号）自2019年1月1日起执行，中职每生每年3200元。
错〔16.1〕：印发职业院校生均经费标准（澄财教〔2019〕12号），落实率100%。
对〔16.1〕：印发职业院校生均经费标准（澄财教〔2019〕12号），中职每生每年3200元，落实率100%。
错〔16.1〕：会同教育部门制定生均公用经费标准，中职每生每年3200元。
对〔16.1〕：会同教育部门制定生均公用经费标准（澄财教〔2019〕12号），中职每生每年3200元。

依据：附表2 任务原文（规定）；写明文号和金额（实务）。
"""

_COMPARATORS = frozenset({"exists"})
_DOCUMENT_NUMBER = lazy_regex(r"[〔\[［【（(〈]\s*(?:19|20)\d\d\s*[〕\]］】）)〉]\s*第?\s*\d+\s*号")
_MAX_MARKED = (
    200  # characters of the marked range; a text within it that only quotes the official wording is suppressed
)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report a text about a standard that lacks its document number or its amount."""
    return _find_matches(passage) if passage.task.targets else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    for target in targets_of(passage, _COMPARATORS):
        needs = words(target, "needs")
        if not any_in(passage.text, words(target, "words")):
            continue
        missing = [item for item in needs if not _CHECKS[item](passage)]
        if missing and (len(missing) == len(needs) or any_in(passage.text, words(target, "with"))):
            yield TextMatch(
                0,
                min(len(passage.text), _MAX_MARKED),
                f"没有写出{'和'.join(missing)}（{target_text(target)}）",
                f"写明标准的{'、'.join(missing)}",
            )


def _has_document(passage: Passage) -> bool:
    return any(_DOCUMENT_NUMBER.search(text) for text in (passage.text, *passage.entry.evidence))


def _has_amount(passage: Passage) -> bool:
    return any(quantity.kind is MONEY for quantity in passage.quantities)


_CHECKS = {"文号": _has_document, "金额": _has_amount}
