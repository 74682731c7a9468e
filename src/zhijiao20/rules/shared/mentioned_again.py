"""Numbers of things that a text named before and names again: 268名专任教师中.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import COUNT, DATE, MONEY, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import index_at
from zhijiao20.rules.shared.passage import Passage
from zhijiao20.rules.shared.signs import Pattern, each, offsets_of

_UNITS = "家名所人个项间期台门套位场支元份"
_PERSONS = "人名位"
# A number at the beginning of a clause or behind a word that points back, with a unit and a noun behind it.
_COUNTED = f"([0-9][0-9.]{{0,7}})[万亿]?([{_UNITS}]次?)被?([一-鿿]{{2}})"
_AGAIN = lazy_regex(f"(?:全[校市县区院体]|[，。；\n的这述按以对将把])(?<!年的)(?={_COUNTED})")
AGAIN = Pattern(*each("，。；\n的这述按以对将把", f"(?={_COUNTED})"), f"全(?=.{_COUNTED})", prose=True)
# All of things whose number stands behind their name: 录取的士官生612人全部报到.
ALL_OF = Pattern(*each("全均都", "(?<=[0-9]..)"), prose=True)
_WRITTEN = lazy_regex(f"([0-9][0-9.]{{0,7}})[万亿]?([{_UNITS}]次?)")
OTHER_SCOPE = lazy_regex(
    "其中|(?<!提升)(?<!行动)(?<!培养)(?<!教学)计划|拟|目标|预算|预计|力争|比|较|由|从|(?<!新)增|减|原|分别|上年|去年|同期|平均|每|另|其他|其余"
)
_BASES = ("按", "以", "将", "把")
_KINDS, _DATES = (COUNT, MONEY), (YEAR, DATE)
_ALL = lazy_regex("[中里内]|全部|均|都|全员|悉数|逐|一律|无一")
_POINTS_BACK = ("这", "上述", "按", "以", "对", "给", "将", "把", "全校", "全市", "全县", "全区", "全院", "全体")
_NEUTRAL = lazy_regex(
    "^(?:.{0,4}按|[按以对给将把据该]|这一?|上述|其|共有?|现有|全部|所有|到|截至|总共|合计|实有|项目|工程|学校|学院|全[校市县区院体])+|的"
)
_MIN_NOUN, _MAX_NOUN = 2, 16
_LONG_NOUN = 5  # characters of a name that no other things of a text have
_OPENS = frozenset("。；\n")
_SURE_NOUN = 3  # characters of a name that two numbers of things must share to be of the same ones
_TOTAL = lazy_regex("(?:共有?|合计|总计|总数|为|达到?|有)$")
_LEAD = 5  # characters before a number that may point back to an earlier one, with 的
_NEAR = 40  # characters around it that may have them
_MAX_DISTANCE = 2000  # characters between things and their number said again
_MAX_ADDED = 10  # numbers in a row that a number may be the sum of
_MAX_BACK = 60  # quantities


def differing(text: str, prose: str, quantities: Sequence[Quantity], offset: int) -> tuple[Quantity, Quantity] | None:
    """Return a number of things and the number of the same things named before it, if they differ, else None.

    Args:
        text: the text.
        prose: the text with quotations masked.
        quantities: its quantities.
        offset: where the number begins.
    """
    index = index_at(quantities, offset)
    quantity = quantities[index] if index < len(quantities) else None
    if quantity is None or quantity.begin != offset or quantity.kind not in _KINDS or not quantity.exact:
        return None
    earlier = quantities[max(0, index - _MAX_BACK) : index]
    noun, same = _named_before(earlier, quantity)
    if not same and quantity.before.endswith((*_BASES, "的")):  # 在校生5260人，按5620人核定; 286人参加，参加培训的268名
        same = [item for item in earlier if _is_total(item, quantity) and are_exchanged(text, item, quantity)]
    if not same or not _points_back(prose, quantity, same[-1]):
        return None
    if _is_accounted_for(quantity, earlier) or _in_another_year(earlier, same[-1], quantity):
        return None
    return _differs(text, quantity, same, noun)


def _differs(text: str, quantity: Quantity, same: Sequence[Quantity], noun: str) -> tuple[Quantity, Quantity] | None:
    """Return the one of the numbers of the same things that a number contradicts, with it, or None."""
    lead, every = quantity.before, _ALL.match(quantity.after, len(noun)) is not None
    exchanged = [item for item in same if are_exchanged(text, item, quantity)]
    listed = (
        len(noun) <= _SURE_NOUN and "、" in text[same[-1].end : quantity.begin]
    )  # 甲校、乙校、丙校办学条件较好，这3所学校
    if lead.endswith(("这", "上述")) and (exchanged or (len(same) == 1 and not listed)):
        return (exchanged or same)[-1], quantity
    every = every or lead.endswith("全体")
    sure = every or lead.endswith(_POINTS_BACK) or lead.endswith("的")
    if exchanged and (sure or len(digits(text, quantity)) > _MIN_NOUN):
        return exchanged[-1], quantity
    if quantity.before == "" and len(noun) >= _LONG_NOUN and text[quantity.begin - 1] in _OPENS:
        every = True  # 新增教育经费3400万元。3600万元新增教育经费的使用情况
    if every and (len(noun) >= _SURE_NOUN or lead.endswith("全体")):
        near = [item for item in same if _are_near(text, item, quantity, noun)]
        return (near[-1], quantity) if near else None
    return None


def differing_of_all(text: str, quantities: Sequence[Quantity], offset: int) -> tuple[Quantity, Quantity] | None:
    """Return a number that is said to be all of some things, and the number before with their name, if they differ.

    Args:
        text: the text.
        quantities: its quantities.
        offset: where the number ends.
    """
    index = index_at(quantities, offset) - 1
    quantity = quantities[index] if index >= 0 else None
    if quantity is None or quantity.end != offset or quantity.kind is not COUNT or not quantity.exact:
        return None
    name, earlier = plain_name(quantity.before), quantities[max(0, index - _MAX_BACK) : index]
    if len(name) < _SURE_NOUN or _is_accounted_for(quantity, earlier):
        return None
    for item in reversed(earlier):
        if not _is_total(item, quantity) or not plain_name(item.before).endswith(name):
            continue
        near = are_exchanged(text, item, quantity) or _are_near(text, item, quantity, name)
        return (item, quantity) if near and not _in_another_year(earlier, item, quantity) else None
    return None


def plain_name(words: str) -> str:
    """Return a name without what only points back to it: 录取士官生 of 录取的士官生."""
    return _NEUTRAL.sub("", words)


def digits(text: str, quantity: Quantity) -> str:
    """Return the digits of a quantity as written."""
    return "".join(filter(str.isdecimal, text[quantity.begin : quantity.end]))


def are_exchanged(text: str, first: Quantity, second: Quantity) -> bool:
    """Check whether two quantities are written with the same digits in another order."""
    one, two = digits(text, first), digits(text, second)
    return one != two and sorted(one) == sorted(two) and first.step == second.step


def _are_near(text: str, first: Quantity, second: Quantity, name: str) -> bool:
    """Check whether two numbers are as long and begin with the same digit, or have a long name and one digit."""
    one, two = digits(text, first), digits(text, second)
    if len(one) != len(two) or first.step != second.step:
        return False
    return one[0] == two[0] if len(one) > 1 else len(name) > _SURE_NOUN


def _named_before(earlier: Sequence[Quantity], quantity: Quantity) -> tuple[str, list[Quantity]]:
    """Return the longest beginning of the words behind a number that names things of an earlier one, and these."""
    candidates = [item for item in earlier if _is_total(item, quantity)]
    name = quantity.after.removeprefix("被")  # 检查机构48家，上述46家被检查机构
    for length in range(min(_MAX_NOUN, len(name)), _MIN_NOUN - 1, -1):
        noun = name[:length]
        found = [
            item for item in candidates if _TOTAL.sub("", item.before).endswith(noun) or item.after.startswith(noun)
        ]
        if found:
            return noun, found
    return "", []


def _is_total(item: Quantity, quantity: Quantity) -> bool:
    """Check whether an earlier quantity has the unit of another one and is no part, plan or change."""
    return (
        item.unit == quantity.unit and item.kind is quantity.kind and item.exact and not OTHER_SCOPE.search(item.before)
    )


def _points_back(prose: str, quantity: Quantity, earlier: Quantity) -> bool:
    """Check whether the words before a number point back to things: the number begins its clause, or 录取的15名."""
    lead = quantity.before
    if not lead:
        return prose[quantity.begin - 1 : quantity.begin] in set("，。；：\n")
    if lead.endswith("的"):
        return lead == "的" or _tells_of(prose[: quantity.begin - len(lead)], earlier, lead[-_LEAD:-1])
    return lead.endswith(_POINTS_BACK)


def _tells_of(before: str, earlier: Quantity, words: str) -> bool:
    """Check whether two characters of some words stand around an earlier number: 录取 of 录取的15名."""
    near = before[max(0, earlier.begin - _NEAR) : earlier.end + _NEAR]
    return any(words[at : at + 2] in near for at in range(len(words) - 1))


def _is_accounted_for(quantity: Quantity, earlier: Sequence[Quantity]) -> bool:
    """Check whether a number was written before, or is the sum of several in a row or the difference of two."""
    alike = [item for item in earlier if item.unit == quantity.unit][-2 * _MAX_ADDED :]
    values = [item.value for item in alike]
    if quantity.value in values or any(quantity.value + value in values for value in values):
        return True
    for first in range(len(alike)):
        added = alike[first].value
        for item in alike[first + 1 : first + _MAX_ADDED]:
            if item.before.startswith("其中"):
                break  # a total and its first part
            added += item.value
            if added == quantity.value:
                return True
    return False


def _in_another_year(earlier: Sequence[Quantity], item: Quantity, quantity: Quantity) -> bool:
    """Check whether the sentence of a number names a year that the sentence of an earlier one does not name."""
    years = [other for other in earlier if other.kind in _DATES and other.value]
    own = {other.value for other in years if other.sentence == quantity.sentence}
    of_item = {other.value for other in years if other.sentence == item.sentence}
    if not of_item:  # a date says when, a year perhaps of what
        own = {other.value for other in years if other.sentence == quantity.sentence and other.kind is YEAR}
    return bool(own) and not own & of_item


def numbers_again(passage: Passage) -> list[int]:
    """Return where numbers begin that may say again how many of some things there are, and differ."""
    prose = passage.prose
    matches = (_AGAIN.match(prose, offset) for offset in sorted(offsets_of(passage, AGAIN)))
    return [match.end() for match in matches if match and _may_differ(prose, match)]


def _may_differ(prose: str, match: re.Match[str]) -> bool:
    """Check by characters alone whether a number of things may be another one than before: near it, or said again."""
    begin, (number, unit, noun) = match.end(), match.groups()
    named = prose[begin - 1] in _BASES or prose.find(noun, 0, begin) >= 0
    if not named and (prose[begin - 1] != "的" or len(number) < _SURE_NOUN):
        return False
    units = _PERSONS if unit in _PERSONS else unit
    before = [other for other, of in _WRITTEN.findall(prose[max(0, begin - _MAX_DISTANCE) : begin]) if of in units]
    if number in before:
        return False
    if not named:  # 286人参加，参加培训的268名学员
        return any(sorted(other) == sorted(number) for other in before)
    return prose[begin - 1] in "这述" or any(
        len(other) == len(number) and (other[0] == number[0] or sorted(other) == sorted(number) or len(number) == 1)
        for other in before
    )


def found_again(passage: Passage) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the pairs of numbers of the same things that differ."""
    text, prose = passage.text, passage.prose
    for begin in numbers_again(passage):
        if pair := differing(text, prose, passage.quantities, begin):
            yield pair
    for end in sorted(offsets_of(passage, ALL_OF)):
        if prose[end - 1] in _UNITS and (pair := differing_of_all(text, passage.quantities, end)):
            yield pair
