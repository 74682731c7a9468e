"""Pairs of quantities that the text tells apart by year: 2018年12650元、2019年13480元, （上年为1042人）.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, same_kind
from zhijiao20.rules.shared.change_pairs import Pair, ends_parts_list, following, is_number, previous
from zhijiao20.rules.shared.change_words import CHANGE, LABEL, OWN_LABEL
from zhijiao20.rules.shared.targets import sentence_start

_BASE = lazy_regex(r"(?:比|较)[^，。；]{0,16}$")
_NOUN = r"[^，。；、：（）\d]{0,8}"
_IN_BRACKET = lazy_regex(rf"{_NOUN}[（(]{LABEL.pattern}")
_BEHIND = lazy_regex(rf"[（(，；]{LABEL.pattern}")
_BETWEEN = lazy_regex(rf"{_NOUN}[，、]{LABEL.pattern}")
_BETWEEN_OWN = lazy_regex(rf"{_NOUN}，{OWN_LABEL.pattern}")
_LAST_YEAR = lazy_regex("上一?(?:个?年|学年|届|学期|季度)|去年|同期|[年期]初")
_SUM_OF_YEARS = lazy_regex("累计|历年|合计|总计|至今|共")
_YEAR = lazy_regex(r"(?<!\d)((?:19|20)\d\d)(?=[年级届学—－-])")
_MAX_CHARACTERS = 80  # before a quantity that may name its year
_FIRST_OF_LABEL = frozenset("上去同年期而高低多少0123456789")
_MAX_BACK = 12  # quantities before a change that may be of a year


def in_bracket(prose: str, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair of ``871人，比2018年（796人）增加75人`` and ``871人（2018年796人），增加75人``, or None."""
    at = previous(quantities, index)
    if at is None or not is_number(quantities[at]):
        return None
    old, newer = quantities[at], _later(quantities, at)
    if newer is None:
        return None
    new = quantities[newer]
    opened = max(prose.rfind("（", new.end, old.begin), prose.rfind("(", new.end, old.begin))
    if opened < 0:
        return None
    labelled = LABEL.fullmatch(prose, opened + 1, old.begin)
    based = _BASE.search(prose[new.end : opened]) and old.clause - new.clause == 2
    closed = prose[old.end : old.end + 1] in {"）", ")"}
    if closed and based and (labelled or opened + 1 == old.begin):
        return Pair(old, new)
    behind = (
        prose[old.end + closed : old.end + closed + 1] == "，" and quantities[index].clause - old.clause == 1 + closed
    )
    if behind and labelled and _IN_BRACKET.fullmatch(prose, new.end, old.begin):
        return _labelled_pair(prose, quantities, at, newer, labelled)
    return None


def _later(quantities: Sequence[Quantity], at: int) -> int | None:
    """Return the index of the number before one in a bracket, or before the change there: 1126人，增加84人（上年1042人）."""
    newer = previous(quantities, at)
    if newer is not None and CHANGE.search(quantities[newer].before):
        newer = previous(quantities, newer)
    if newer is None or not is_number(quantities[newer]) or not same_kind(quantities[newer], quantities[at]):
        return None
    return newer


def year_behind(prose: str, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair of ``1126人，较上年增加84人（上年为1042人）``, or None."""
    end = quantities[index].end
    if prose[end : end + 1] not in {"（", "(", "，", "；"} or prose[end + 1 : end + 2] not in _FIRST_OF_LABEL:
        return None
    at, old = previous(quantities, index), following(quantities, index)
    if at is None or old is None or not is_number(quantities[at]) or not same_kind(quantities[at], old):
        return None
    labelled = _BEHIND.fullmatch(prose, end, old.begin)
    if (
        labelled is None
        or quantities[index].clause - quantities[at].clause > 2
        or CHANGE.search(quantities[at].before)
        or ends_parts_list(prose, quantities, at)
        or prose[old.end : old.end + 1] not in "）)，；。\n"
    ):
        return None
    noun, own = labelled["noun"], _year_before(prose, quantities[at].begin)
    stated = _YEAR.search(prose, end, old.begin)
    later = stated is not None and ((own and own <= int(stated[1])) or (not own and noun))
    return None if later or (noun and noun not in quantities[at].before) else Pair(old, quantities[at])


def _year_before(prose: str, end: int) -> int:
    """Return the last year or class of a year that a sentence names before an offset, or 0."""
    begin = max(sentence_start(prose, end), end - _MAX_CHARACTERS)
    return max((int(year) for year in _YEAR.findall(prose, begin, end)[-1:]), default=0)


def year_between(prose: str, quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the pair of ``262项，上年为228项，增加34项`` and ``上年为860万元，2019年为1020万元，增加160万元``, or None."""
    second = previous(quantities, index)
    first = None if second is None else previous(quantities, second)
    if first is None or second is None or not 0 < quantities[index].clause - quantities[second].clause <= 2:
        return None
    one, two = quantities[first], quantities[second]
    if not is_number(one) or not is_number(two) or not same_kind(one, two) or CHANGE.search(one.before):
        return None
    if _LAST_YEAR.search(prose, clause_start(quantities, first), one.begin):
        own = _BETWEEN_OWN.fullmatch(prose, one.end, two.begin)
        return Pair(one, two, weak=True) if own else None
    labelled = _BETWEEN.fullmatch(prose, one.end, two.begin)
    return _labelled_pair(prose, quantities, second, first, labelled) if labelled else None


def _labelled_pair(
    prose: str, quantities: Sequence[Quantity], at: int, newer: int, label: re.Match[str]
) -> Pair | None:
    """Return the pair of a quantity with a label, and the one before, which may have one too."""
    old, new, noun = quantities[at], quantities[newer], label["noun"]
    words = prose[clause_start(quantities, newer) : new.begin]
    if noun and noun not in words:
        return None
    if stated := _YEAR.search(prose, new.end, old.begin):
        if _SUM_OF_YEARS.search(words):
            return None  # 累计获奖86项，2019年获奖16项
        own, year = _year_before(prose, new.begin), int(stated[1])
        if own and own <= year:
            return Pair(new, old, weak=True) if own < year else None
    return Pair(old, new, weak=bool(noun))


def sequence(quantities: Sequence[Quantity], index: int, words: str) -> Pair | None:
    """Return two consecutive numbers: ``2018年12650元、2019年13480元，增长6.6%``; swapped for 前者."""
    second = previous(quantities, index)
    first = None if second is None else previous(quantities, second)
    if first is None or second is None:
        return None
    pair = Pair(quantities[first], quantities[second])
    if quantities[index].clause - pair.new.clause != 1 or pair.new.clause - pair.old.clause != 1:
        return None
    if not all(map(is_number, pair.ends)) or not same_kind(*pair.ends) or CHANGE.search(pair.new.before):
        return None  # 2022年提取396万元，2023年增加90万元，增长22.7%
    if words.startswith("前者"):
        return Pair(pair.new, pair.old)
    years = [quantities[at - 1] for at in (first, second) if at and quantities[at - 1].kind is YEAR]
    if (
        [year.clause for year in years] != [count.clause for count in pair.ends]
        or abs(years[0].value - years[1].value) != 1
        or any(year.before.endswith(("比", "较")) for year in years)
    ):
        return None
    return pair if years[0].value < years[1].value else Pair(pair.new, pair.old)


def of_years(quantities: Sequence[Quantity], index: int) -> Pair | None:
    """Return the quantities of the years that a change compares: ``…、2019年432万元，2019年比2018年增长20%``, or None."""
    base = quantities[index - 1] if index else quantities[index]
    if base.kind is not YEAR or base.clause != quantities[index].clause or not base.before.endswith(("比", "较")):
        return None
    own = quantities[index - 2] if index > 1 else base
    later = own.value if own.kind is YEAR and own.clause == base.clause and own is not base else base.value + 1
    of: dict[object, list[Quantity]] = {}
    for at in range(max(1, index - _MAX_BACK), index):
        year, count = quantities[at - 1], quantities[at]
        if count.sentence == base.sentence and is_number(count) and year.kind is YEAR and year.clause == count.clause:
            of.setdefault(year.value, []).append(count)
    old, new = of.get(base.value, []), of.get(later, [])
    if len(old) != 1 or len(new) != 1 or not same_kind(old[0], new[0]):
        return None
    return Pair(old[0], new[0], weak=True)
