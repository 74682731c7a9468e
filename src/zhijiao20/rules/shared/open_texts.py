"""Texts that say what is not begun and what is planned, and of nothing that it is complete.  Pure: no I/O."""

from __future__ import annotations

from itertools import islice

from zhijiao20.core.lazy_regex import lazy_regex

_OPEN_WORDS = lazy_regex(
    r"(?P<negative>尚(?:未|处|无|待)|没有(?:单独)?(?:启动|开展|安排|列支)|(?:从|还|均|暂|，|单独)未(?:单独)?(?:开展|启动|开工|下达|出台|提出|列)|未(?:启动|开工|单独开展)|不具备)"
    r"|(?:^|(?<![模虚]))拟(?![定订人合态稿议])|计划(?=[于在到由从]|20[2-9])|打算|设想|预计|估算|测算|意向|待[^，。；\n]{1,12}后"
)
_FEWEST_OPEN = 3  # open words; one less if one of them is negative
_COMPLETE = lazy_regex(
    r"(?<!未)(?:已|全部|如期|均)(?:经|于[^，。；\n]{1,12})?(?:全部|全面|正式|顺利)?(?:完成|建成|印发|出台|建立|制定|制订|修订|实施|执行|落实|投入|启用|组建|成立|到位|公开|公示|纳入|形成|通过|取得|上线|开通|覆盖)"
    r"|(?<!未)(?<!后)(?<!初)(?<!前)(?:印发|出台|建成)(?:[0-9了《]|实施)|年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:正式|联合)?(?:印发|出台|建成|投入使用|成立|启用|挂牌|验收|竣工|开通|上线|公布|发布)(?!稿)|通过验收|完成率|投入使用(?![前后])"
    r"|(?:比|较)(?:20[0-9]{2}年|上年)[^，。；\n]{0,10}(?:增|提高|减|下降)|培训[0-9]|招生[0-9]"
)
_MAX_CLAUSE = 100  # characters before a word that may say that it is only intended
_INTENDED_BEFORE = lazy_regex("争取|计划|预计|力争|打算|拟")


def mostly_open(prose: str) -> bool:
    """Check whether a text says what is not begun and what is planned, and of nothing that it is complete."""
    open_words = list(islice(_OPEN_WORDS.finditer(prose), _FEWEST_OPEN))
    negative = any(match["negative"] for match in open_words)
    return len(open_words) >= _FEWEST_OPEN - negative and not _says_complete(prose)


def _says_complete(prose: str) -> bool:
    """Check whether a text says of anything that it is complete, not only that it will be: 争取2025年投入使用."""
    for match in _COMPLETE.finditer(prose):
        begin = max(0, match.start() - _MAX_CLAUSE)
        begin = max(begin - 1, *(prose.rfind(mark, begin, match.start()) for mark in "，。；\n")) + 1
        if _INTENDED_BEFORE.search(prose, begin, match.start()) is None:
            return True
    return False
