"""ZJ308 分项之和与总数对不上。

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

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.rules.quantities import MONEY, PERCENT, Quantity
from zhijiao20.rules.shared.arithmetic import (
    Doubt,
    Worth,
    clause_start,
    confirmed,
    fragment,
    like,
    measured,
    number,
    total,
    worth,
)
from zhijiao20.rules.shared.passage import Passage, TextMatch

_REST = re.compile(r"(?:其他|其它|其余|余下|剩余)")
_SUM = re.compile(r"(?:两项|三项|四项)?(?:合计|共计|总计)[\u4e00-\u9fff]{0,4}$")
_LONGEST = 40  # figures of an enumeration
_TOTALS = re.compile("[合共总]计")
_SIGN = re.compile("[其合共总（(](?:(?<=其)中|(?<=[合共总])计|(?<=[（(]))")
_BRACKET = re.compile(r"[（(][^（()）\n\d]*+\d[^（()）\n、]*+、")  # a list with figures
_CROSSING = re.compile(
    "女|男|党员|农村|贫困|建档|困难|职称|学历|学位|硕士|博士|本科|双师|高级|少数民族|残疾|以上|以下|线上|含"
)
_SAYS_CROSSING = re.compile(
    "兼报|兼有|重复|交叉|重叠|去重|(?:部分|不少|个别|一些)[^，。；]{1,6}(?:兼|两|多|同时)|同时[具持取获缺属符兼是有]|两[门项种类]都"
)
_FAR = 500  # characters behind a sum that may say so
_AHEAD = 60  # characters behind a sum that may tell how many are counted twice
_TWICE = "(?:同时|先后|重复|重叠|交叉|双证|[都两兼既又])"
_HOW_MANY = r"(?<![\d.])(\d+(?:\.\d+)?)(?![\d.%])"
_COUNTED_TWICE = (
    re.compile(rf"{_HOW_MANY}[^\d，。；]{{0,16}}{_TWICE}"),
    re.compile(rf"(?={_TWICE}[^\d，。；]{{0,16}}{_HOW_MANY})"),
)
_EACH = re.compile("[最均每]")  # the least, the mean: no parts of a total
_RATES = re.compile("分别[\u4e00-\u9fff]{0,4}(?:给予|给|奖励|奖补|补助|补贴|资助|按)$")  # so much for each of several
_HINT = "核对总数和各个分项，改正写错的一个；分项有交叉、不能相加的，请写明"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report enumerations that do not come to their total."""
    text = passage.text
    among = "其中" in text or _BRACKET.search(text) is not None
    summed = "计" in text and _TOTALS.search(text) is not None
    return confirmed(_doubts(passage, among=among, summed=summed)) if among or summed else ()


def _doubts(passage: Passage, *, among: bool, summed: bool) -> Iterator[Doubt]:
    """A sum never reaches beyond its sentence: only those with a sign are read."""
    for wanted, rule in ((among, _among), (summed, _summed)):
        for sentence in passage.sentences(_SIGN) if wanted else ():
            end = sentence.begin + len(sentence.text)
            for hit in rule(sentence, passage.prose[end : end + _AHEAD]):
                yield hit and hit._replace(begin=hit.begin + sentence.begin, end=hit.end + sentence.begin)


def _among(passage: Passage, ahead: str) -> Iterator[Doubt]:
    """``862人，其中退役军人138人、…、其他296人``."""
    quantities, text = passage.quantities, passage.text
    for index in range(1, len(quantities)):
        quantity, whole = quantities[index], quantities[index - 1]
        if (
            quantity.unit != whole.unit
            or quantity.clause - whole.clause != 1
            or not _heads(passage.prose, whole, quantity)
        ):
            continue
        parts, complete = _parts(passage, index)
        if len(parts) == 1 and not quantity.before.startswith("其中"):
            continue  # a bracket with one figure may say anything
        if sum(part.value for part in parts) == whole.value or any(_EACH.search(one.before) for one in (whole, *parts)):
            continue
        sums, all_ = total(parts), worth(whole)
        wrong = not sums.meets(all_) if complete else sums.low > all_.high and not _difference(whole, parts)
        if wrong and not complete and len(parts) > 1 and any(_CROSSING.search(part.before) for part in parts):
            wrong = any(worth(part).low > all_.high for part in parts)
        if wrong and not complete and _crossing(passage.prose, ahead, parts, whole):
            yield None
        elif wrong:
            begin = clause_start(quantities, index - 1)
            yield _hit(text, begin, whole, parts, "各项" if complete else "其中各项")


def _crossing(prose: str, ahead: str, parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether what comes next tells that some are counted twice: in words, or how many, ``两门都不合格9人``."""
    behind = prose[parts[-1].end : parts[-1].end + _FAR]
    if _SAYS_CROSSING.search(behind):
        return True
    twice = f"{total(parts).value - whole.value:f}".removesuffix(".0")
    told = (behind + ahead)[:_AHEAD]
    return twice in told and any(match[1] == twice for sign in _COUNTED_TWICE for match in sign.finditer(told))


def _difference(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a total is what one of the parts leaves of the others: ``净增6个（新增19个、撤销13个）``."""
    sums, all_ = total(parts), worth(whole)
    for end in (parts[0], parts[-1]):
        left = Worth(*(value - 2 * end.value for value in sums))
        if left.meets(all_) or Worth(*(-value for value in reversed(left))).meets(all_):
            return True
    return False


def _heads(prose: str, whole: Quantity, first: Quantity) -> bool:
    """Whether a figure is the total right before 其中, or before a bracket."""
    if not measured(whole) or not measured(first) or not like(whole, first):
        return False
    if first.before.startswith("其中"):
        return whole.sentence == first.sentence
    return prose[whole.end : first.begin - len(first.before)] in {"（", "("}


def _parts(passage: Passage, index: int) -> tuple[list[Quantity], bool]:
    """The parts from 其中 on, and whether they claim to be all: neighbours joined by 、 and a last one that is the rest."""
    quantities, prose = passage.quantities, passage.prose
    parts = [quantities[index]]
    for quantity in quantities[index + 1 : index + _LONGEST]:
        between = prose[parts[-1].end : quantity.begin]
        opened, closed = between.count("（") + between.count("("), between.count("）") + between.count(")")
        if quantity.sentence != parts[0].sentence or closed > opened or quantity.before.startswith("其中"):
            break
        if opened > closed or quantity.kind is PERCENT:
            continue
        rest = _REST.match(quantity.before)
        joined = rest or prose[quantity.begin - len(quantity.before) - 1] == "、"
        if not measured(quantity) or not like(quantity, parts[0]) or not joined:
            break
        parts.append(quantity)
        if rest:
            return parts, True
    return parts, False


def _summed(passage: Passage, ahead: str) -> Iterator[Doubt]:
    """``高职学生9874人、中职学生11325人，合计21199人``."""
    quantities = passage.quantities
    for index, quantity in enumerate(quantities):
        if not measured(quantity) or not _SUM.search(quantity.before):
            continue
        before = [
            other
            for other in quantities[max(0, index - 12) : index]
            if other.sentence == quantity.sentence and measured(other)
        ]
        alike = [other for other in before if like(other, quantity)]
        parts = _joined(passage.prose, alike, quantity)
        if len(parts) < 2 or _multiplied(before, quantity):
            continue
        runs = (total(alike[first:last]) for last in range(2, len(alike) + 1) for first in range(last - 1))
        if any(run.meets(worth(quantity)) for run in runs) or _crossing(passage.prose, ahead, parts, quantity):
            yield None
        else:
            begin = quantities[quantities.index(parts[0])].begin - len(parts[0].before)
            yield _hit(passage.text, begin, quantity, parts, "各项")


def _joined(prose: str, alike: Sequence[Quantity], sum_: Quantity) -> list[Quantity]:
    """The figures right before a sum that 、 joins."""
    parts: list[Quantity] = []
    for quantity in reversed(alike):
        if not parts:
            if sum_.clause - quantity.clause != 1:
                break
        elif parts[0].clause - quantity.clause != 1 or prose[parts[0].begin - len(parts[0].before) - 1] != "、":
            break
        parts.insert(0, quantity)
    return parts


def _multiplied(before: Sequence[Quantity], sum_: Quantity) -> bool:
    """Whether a sum is a number of things at so much each."""
    if sum_.kind is MONEY and any(_RATES.search(quantity.before) for quantity in before):
        return True
    products = (one.value * other.value for one in before for other in before if one is not other)
    return any("每" in quantity.before for quantity in before) or any(product == sum_.value for product in products)


def _hit(text: str, begin: int, whole: Quantity, parts: Sequence[Quantity], name: str) -> TextMatch:
    sums = "＋".join(number(part, text) for part in parts)
    end = max(parts[-1].end, whole.end)
    written = text[whole.begin : whole.end]
    message = f"“{fragment(text, begin, end)}”：{name}{sums}＝{_told(total(parts), whole, text)}，总数写的是{written}"
    return TextMatch(whole.begin, whole.end, message, _HINT)


def _told(sums: Worth, whole: Quantity, text: str) -> str:
    """A sum in the unit in which the total is written."""
    written = text[whole.begin : whole.end]
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if name in written:
            return f"{(sums.value / size).normalize():f}{name}"
    return f"{sums.value:f}".removesuffix(".0")
