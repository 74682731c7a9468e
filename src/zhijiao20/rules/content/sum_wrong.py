from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.rules.quantities import MONEY, PERCENT, Quantity
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
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ308 分项之和与总数对不上。

分项说是齐全的（最后一项是“其他”“其余”，或接着写“合计”“共计”），加起来要等于总数；“其中”只举几项的，可以小于总数，不能大于总数。
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

依据：数据应准确、前后一致（一般）。
"""

_REST_WORDS = re.compile(r"(?:其他|其它|其余|余下|剩余)")
_SUM = re.compile(r"(?:两项|三项|四项)?(?:合计|共计|总计)[\u4e00-\u9fff]{0,4}$")
_MAX_PARTS = 40  # quantities of an enumeration
_TOTALS = re.compile("[合共总]计")
_PREFILTER = re.compile("[其合共总（(](?:(?<=其)中|(?<=[合共总])计|(?<=[（(]))")
_BRACKET = re.compile(r"[（(][^（()）\n\d]*+\d[^（()）\n、]*+、")  # a list with numbers
_OVERLAPPING = re.compile(
    "女|男|党员|农村|贫困|建档|困难|职称|学历|学位|硕士|博士|本科|双师|高级|少数民族|残疾|以上|以下|线上|含"
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
    text = passage.text
    among = "其中" in text or _BRACKET.search(text) is not None
    summed = "计" in text and _TOTALS.search(text) is not None
    return confirmed_matches(_doubts(passage, among=among, summed=summed)) if among or summed else ()


def _doubts(passage: Passage, *, among: bool, summed: bool) -> Iterator[Candidate]:
    """Yield each contradiction; a sum lies within a sentence, so only some are parsed."""
    for enabled, rule in ((among, _among), (summed, _summed)):
        for sentence in passage.sentences(_PREFILTER) if enabled else ():
            end = sentence.begin + len(sentence.text)
            for doubt in rule(sentence, passage.prose[end : end + _AHEAD]):
                yield doubt and doubt._replace(begin=doubt.begin + sentence.begin, end=doubt.end + sentence.begin)


def _among(passage: Passage, ahead: str) -> Iterator[Candidate]:
    """Report wrong totals before 其中 or a bracket: ``862人，其中退役军人138人、…、其他296人``."""
    quantities, text = passage.quantities, passage.text
    for index in range(1, len(quantities)):
        quantity, whole = quantities[index], quantities[index - 1]
        if (
            quantity.unit != whole.unit
            or quantity.clause - whole.clause != 1
            or not _is_total_before(passage.prose, whole, quantity)
        ):
            continue
        parts, complete = _parts(passage, index)
        if len(parts) == 1 and not quantity.before.startswith("其中"):
            continue  # a bracket with one number may be anything
        if sum(part.value for part in parts) == whole.value or any(_MEAN.search(qty.before) for qty in (whole, *parts)):
            continue
        actual, stated = total(parts), interval_of(whole)
        wrong = not actual.meets(stated) if complete else actual.low > stated.high and not _is_difference(whole, parts)
        if wrong and not complete and len(parts) > 1 and any(_OVERLAPPING.search(part.before) for part in parts):
            wrong = any(interval_of(part).low > stated.high for part in parts)
        if wrong and not complete and _parts_overlap(passage.prose, ahead, parts, whole):
            yield None
        elif wrong:
            begin = clause_start(quantities, index - 1)
            yield _make_match(text, begin, whole, parts, "各项" if complete else "其中各项")


def _parts_overlap(prose: str, ahead: str, parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Check whether the text after the parts states that some are counted twice.

    Either in words, or by their number, as in ``两门都不合格9人``.
    """
    after = prose[parts[-1].end : parts[-1].end + _MAX_AFTER]
    if _STATES_OVERLAP.search(after):
        return True
    twice = f"{total(parts).value - whole.value:f}".removesuffix(".0")
    window = (after + ahead)[:_AHEAD]
    return twice in window and any(match[1] == twice for regex in _COUNTED_TWICE for match in regex.finditer(window))


def _is_difference(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Check whether a total is a difference of its parts: ``净增6个（新增19个、撤销13个）``."""
    actual, stated = total(parts), interval_of(whole)
    for single in (parts[0], parts[-1]):
        difference = Interval(*(value - 2 * single.value for value in actual))
        if difference.meets(stated) or Interval(*(-value for value in reversed(difference))).meets(stated):
            return True
    return False


def _is_total_before(prose: str, whole: Quantity, first_part: Quantity) -> bool:
    """Check whether a quantity is the total right before 其中, or before a bracket."""
    if not measured(whole) or not measured(first_part) or not same_kind(whole, first_part):
        return False
    if first_part.before.startswith("其中"):
        return whole.sentence == first_part.sentence
    return prose[whole.end : first_part.begin - len(first_part.before)] in {"（", "("}


def _parts(passage: Passage, index: int) -> tuple[list[Quantity], bool]:
    """Return the parts from 其中 on, and whether they are complete.

    Parts are joined by 、; they are complete if the last one is a rest, such as 其他.
    """
    quantities, prose = passage.quantities, passage.prose
    parts = [quantities[index]]
    for quantity in quantities[index + 1 : index + _MAX_PARTS]:
        between = prose[parts[-1].end : quantity.begin]
        opened, closed = between.count("（") + between.count("("), between.count("）") + between.count(")")
        if quantity.sentence != parts[0].sentence or closed > opened or quantity.before.startswith("其中"):
            break
        if opened > closed or quantity.kind is PERCENT:
            continue
        rest = _REST_WORDS.match(quantity.before)
        joined = rest or prose[quantity.begin - len(quantity.before) - 1] == "、"
        if not measured(quantity) or not same_kind(quantity, parts[0]) or not joined:
            break
        parts.append(quantity)
        if rest:
            return parts, True
    return parts, False


def _summed(passage: Passage, ahead: str) -> Iterator[Candidate]:
    """Report wrong totals after their parts: ``高职学生9874人、中职学生11325人，合计21199人``."""
    quantities = passage.quantities
    for index, quantity in enumerate(quantities):
        if not measured(quantity) or not _SUM.search(quantity.before):
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
        if any(run.meets(interval_of(quantity)) for run in runs) or _parts_overlap(
            passage.prose, ahead, parts, quantity
        ):
            yield None
        else:
            begin = quantities[quantities.index(parts[0])].begin - len(parts[0].before)
            yield _make_match(passage.text, begin, quantity, parts, "各项")


def _joined_parts(prose: str, same_unit: Sequence[Quantity], whole: Quantity) -> list[Quantity]:
    """Return the quantities right before a total that are joined by 、."""
    parts: list[Quantity] = []
    for quantity in reversed(same_unit):
        if not parts:
            if whole.clause - quantity.clause != 1:
                break
        elif parts[0].clause - quantity.clause != 1 or prose[parts[0].begin - len(parts[0].before) - 1] != "、":
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
