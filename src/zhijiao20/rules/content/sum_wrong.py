from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.rules.quantities import MONEY, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Candidate,
    Interval,
    clause_start,
    confirmed_matches,
    fragment,
    interval_of,
    measured,
    number,
    same_kind,
    total,
)
from zhijiao20.rules.shared.enumerations import (
    AMONG,
    COMPLETE,
    LISTED,
    Enumeration,
    are_alike,
    enumeration_at,
    odd_amount,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each, sentences
from zhijiao20.rules.shared.targets import sentence_end

PAGE = """ZJ308 分项之和与总数对不上。

分项说是齐全的，加起来要等于总数：最后一项是“其他”“其余”，接着写“合计”“共计”，男与女、公办与民办这样的两项，冒号、“包括”“分别为”后面的几项
（与总数相差很多的不算齐全）；“其中”只举几项的，可以小于总数，不能大于总数。“其中”另起一句、分项用逗号或分号隔开的也看，用逗号隔开的要写法相同。
总数是“增加……”“增长……倍”的不看。
分项有交叉的（女生、党员、高级职称之类，或写明“部分学员兼报”“两门都不合格9人”的）不相加；“净增6个（新增19个、撤销13个）”“缺口12名（核定180名、在编168名）”是相减；
“1.76亿元”这样的约数留出余地。

错：完成扩招862人，其中退役军人138人、下岗职工97人、农民工331人、其他396人。
对：完成扩招862人，其中退役军人138人、下岗职工97人、农民工331人、其他296人。
错：资助高职学生9874人、中职学生11325人，合计21299人。
对：资助高职学生9874人、中职学生11325人，合计21199人。
错：2019年招生17234人，其中平台录取15408人，占89.4%，其余2826人面向社会人员招生。
对：2019年招生17234人，其中平台录取15408人，占89.4%，其余1826人面向社会人员招生。
错：市级配套310万元，其中师资培训96万元、考核费用补助240万元。
对：市级配套310万元，其中师资培训96万元、考核费用补助214万元。
错：技能节共获奖85项，其中获一等奖14项，获二等奖32项，获三等奖49项。
对：技能节共获奖95项，其中获一等奖14项，获二等奖32项，获三等奖49项。
错：安排经费2150万元。其中，师资培训830万元、课程开发760万元、平台运维690万元。
对：安排经费2280万元。其中，师资培训830万元、课程开发760万元、平台运维690万元。
错：单独招生共录取1742人：普高毕业生615人、中职毕业生783人、退役士兵214人、新型农民150人。
对：单独招生共录取1762人：普高毕业生615人、中职毕业生783人、退役士兵214人、新型农民150人。

依据：数据应准确、前后一致（一般）。
"""

_SUM = re.compile(r"(?:两项|三项|四项)?(?:合计|共计|总计)[\u4e00-\u9fff]{0,4}$")
# What leads in a list of parts or a total.
sign = Pattern(
    *("其(?=中)", "括(?<=包括)", "别(?<=分别)", "成(?<=[组构]成)", "计(?<=[合共总]计)"),
    *each("（(：:", r"[^（(：:）)。；;\n\d\0]*+\d[^（()）。；;\n\0]{0,80}?[、，]"),
    *each("：:", r"[^。！？\n；;\0]{0,100}[；;]"),
    prose=True,
)
# A total before 其中, or parts behind a semicolon, in another sentence.
_NEW_SENTENCE = re.compile("其中(?<=[。；;！？\n \u3000]其中)")
_SEMICOLONS = re.compile("(?:其中|[：:])[^。！？\n；;]{0,100}[；;]")
_OVERLAPPING = re.compile(
    "女|男|党员|预备|农村(?=户籍|学生|家庭|生源|籍|$)|贫困|建档|困难|职称|学历|学位|硕士|博士|本科|双师|高级(?!技?工)|少数民族|残疾|以上|以下|线上|含"
)
_STATES_OVERLAP = re.compile(
    "兼报|兼有|重复|交叉|重叠|去重|(?:部分|不少|个别|一些)[^，。；]{1,6}(?:兼|两|多|同时)|同时[具持取获缺属符兼是有]|两[门项种类]都"
)
_MAX_AFTER = 500  # characters after a sum that are searched for such a statement
_AHEAD = 60  # characters after a sum that may state how many are counted twice
_TWICE = "(?:同时|先后|重复|重叠|交叉|双证|[都两兼既又])"
_HOW_MANY = r"(?<![\d.])(\d+(?:\.\d+)?)(?![\d.%])"
_COUNTED_TWICE = (
    re.compile(rf"{_HOW_MANY}[^\d，。；]{{0,16}}{_TWICE}"),
    re.compile(rf"(?={_TWICE}[^\d，。；]{{0,16}}{_HOW_MANY})"),
)
_MEAN = re.compile("[最均每]")  # minimum, maximum, mean: no part of a total
_RATES = re.compile("分别[\u4e00-\u9fff]{0,4}(?:给予|给|奖励|奖补|补助|补贴|资助|按)$")  # a rate for each of several
_HINT = "核对总数和各个分项，改正写错的一个；分项有交叉、不能相加的，请写明"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report enumerations whose parts do not match their total."""
    return confirmed_matches(_doubts(passage))


def _doubts(passage: Passage) -> Iterator[Candidate]:
    """Yield each contradiction, or None where the text explains it."""
    prose = passage.prose
    if ("其中" in prose and _NEW_SENTENCE.search(prose)) or (
        ("；" in prose or ";" in prose) and _SEMICOLONS.search(prose)
    ):
        groups = [passage.quantities]
    else:
        groups = [passage.sentence_quantities(number) for number in sentences(passage, sign)]
    for quantities in groups:
        yield from _among(passage, quantities)
        yield from _summed(passage, quantities)


def _among(passage: Passage, quantities: Sequence[Quantity]) -> Iterator[Candidate]:
    """Report wrong totals before their parts: ``862人，其中退役军人138人、…、其他296人``."""
    prose = passage.prose
    for index, quantity in enumerate(quantities):
        if not quantity.unit or (found := enumeration_at(prose, quantities, index)) is None:
            continue
        whole, parts = quantities[found.whole], found.parts
        if sum(part.value for part in parts) == whole.value or any(_MEAN.search(qty.before) for qty in (whole, *parts)):
            continue
        if not _is_wrong(found, whole) or odd_amount(whole, parts):  # ZJ315 reports an amount with a wrong unit
            continue
        if found.kind is not COMPLETE and _parts_overlap(prose, parts, whole):
            yield None
        else:
            begin = clause_start(quantities, found.whole)
            yield _make_match(passage.text, begin, whole, parts, "其中各项" if found.kind is AMONG else "各项")


def _is_wrong(found: Enumeration, whole: Quantity) -> bool:
    """Check whether parts contradict their total; parts that may overlap do so only one by one."""
    actual, stated = total(found.parts), interval_of(whole)
    if found.kind is COMPLETE:
        return not actual.meets(stated)
    if len(found.parts) > 1 and any(_may_overlap(part, whole) for part in found.parts):
        return found.kind is AMONG and any(interval_of(part).low > stated.high for part in found.parts)
    if found.kind is LISTED:
        return not actual.meets(stated) and not _is_difference(whole, found.parts)
    return actual.low > stated.high and not _is_difference(whole, found.parts)


def _may_overlap(part: Quantity, whole: Quantity) -> bool:
    """Check whether a part may share some with the others; not by what the whole is: 党员153名，其中在职党员126名."""
    return any(match[0] not in whole.before for match in _OVERLAPPING.finditer(part.before))


def _parts_overlap(prose: str, parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Check whether the text after the parts states that some are counted twice.

    Either in words, or by their number, as in ``两门都不合格9人``.
    """
    end = parts[-1].end
    if _STATES_OVERLAP.search(prose, end, sentence_end(prose, end, end + _MAX_AFTER)):
        return True
    twice = f"{total(parts).value - whole.value:f}".removesuffix(".0")
    window = prose[end : end + _AHEAD]
    return twice in window and any(match[1] == twice for regex in _COUNTED_TWICE for match in regex.finditer(window))


def _is_difference(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Check whether a total is a difference of its parts: ``净增6个（新增19个、撤销13个）``."""
    actual, stated = total(parts), interval_of(whole)
    for single in (parts[0], parts[-1]):
        difference = Interval(*(value - 2 * single.value for value in actual))
        if difference.meets(stated) or Interval(*(-value for value in reversed(difference))).meets(stated):
            return True
    return False


def _summed(passage: Passage, quantities: Sequence[Quantity]) -> Iterator[Candidate]:
    """Report wrong totals after their parts: ``高职学生9874人、中职学生11325人，合计21199人``."""
    for index, quantity in enumerate(quantities):
        if "计" not in quantity.before or not measured(quantity) or not _SUM.search(quantity.before):
            continue
        before = [
            other
            for other in quantities[max(0, index - 12) : index]
            if other.sentence == quantity.sentence and measured(other)
        ]
        same_unit = [other for other in before if same_kind(other, quantity)]
        parts = _joined_parts(passage.prose, same_unit, quantity)
        if len(parts) < 2 or _is_product(before, quantity):
            continue
        runs = (total(same_unit[first:last]) for last in range(2, len(same_unit) + 1) for first in range(last - 1))
        if any(run.meets(interval_of(quantity)) for run in runs) or _parts_overlap(passage.prose, parts, quantity):
            yield None
        else:
            begin = quantities[quantities.index(parts[0])].begin - len(parts[0].before)
            yield _make_match(passage.text, begin, quantity, parts, "各项")


def _joined_parts(prose: str, same_unit: Sequence[Quantity], whole: Quantity) -> list[Quantity]:
    """Return the quantities right before a total that are joined by 、, or by commas if they are written alike."""
    parts: list[Quantity] = []
    for quantity in reversed(same_unit):
        if not parts:
            if whole.clause - quantity.clause != 1:
                break
        elif parts[0].clause - quantity.clause != 1 or (
            (joint := prose[parts[0].begin - len(parts[0].before) - 1]) != "、"
            and not (joint == "，" and are_alike(quantity, parts[0]))
        ):
            break
        parts.insert(0, quantity)
    return parts


def _is_product(before: Sequence[Quantity], whole: Quantity) -> bool:
    """Check whether a total is a number of items times an amount for each."""
    if whole.kind is MONEY and any(_RATES.search(quantity.before) for quantity in before):
        return True
    products = (count.value * rate.value for count in before for rate in before if count is not rate)
    return any("每" in quantity.before for quantity in before) or any(product == whole.value for product in products)


def _make_match(text: str, begin: int, whole: Quantity, parts: Sequence[Quantity], name: str) -> TextMatch:
    formula = "＋".join(number(part, text) for part in parts)
    end = max(parts[-1].end, whole.end)
    written = text[whole.begin : whole.end]
    message = (
        f"“{fragment(text, begin, end)}”：{name}{formula}＝{_format(total(parts), whole, text)}，总数写的是{written}"
    )
    return TextMatch(whole.begin, whole.end, message, _HINT)


def _format(sum_worth: Interval, whole: Quantity, text: str) -> str:
    """Return a sum in the unit in which the total is written."""
    written = text[whole.begin : whole.end]
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if name in written:
            return f"{(sum_worth.value / size).normalize():f}{name}"
    return f"{sum_worth.value:f}".removesuffix(".0")
