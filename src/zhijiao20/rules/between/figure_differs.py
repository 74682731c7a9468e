from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from zhijiao20.core.display import quote
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import BEGINS, DATE, YEAR, Quantity
from zhijiao20.rules.quantities.tokens import MARKS
from zhijiao20.rules.shared.arithmetic import clause_start, interval_of, measured
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import SEPARATOR, JoinedTexts, Pattern, each

PAGE = """ZJ603 同一个数字前后不一。

同一个单位在两项任务里写同一个量（“全市中职在校生”“专业课教师”），年份、口径、单位都相同，数却不同，多半有一处没有跟着改。
只比较句首直接写明的量；“其中”、累计数、计划数，年份或时段不同的，带“约”“近”的，写了三个以上不同数的，都不比较。

错：【1.4】中职在校生48622人，其中社会力量举办的学校5120人。↵【16.1】中职在校生46822人，生均公用经费按此核拨。
错：【5.2】专业课教师1640人，全部完成达标测评。↵【12.2】专业课教师1604人，2019年到企业实践1487人。
错：【1.4】区域共享型实训基地总投资3.24亿元。↵【11.1】区域共享型实训基地总投资3.42亿元，2020年6月底完成主体工程。
对：【1.4】中职在校生48622人，其中社会力量举办的学校5120人。↵【16.1】中职在校生48622人，生均公用经费按此核拨。
对：【5.2】2018年专业课教师1580人。↵【12.2】2019年专业课教师1604人，到企业实践1487人。
对：【5.2】全市专业课教师1604人。↵【12.2】市属学校专业课教师1120人，全部到企业实践。

依据：数据应准确、前后一致（一般）。
"""

_DATES = (YEAR, DATE)
_SENTENCE_ENDS = frozenset("。；;！？\n")
_NAMES = [
    "在校生",
    "招生",
    "毕业生",
    "教职工",
    "专任教师",
    "专业课教师",
    "兼职教师",
    "专业点",
    "合作企业",
    "成员单位",
    "生均财政拨款",
    "新增教育经费",
    "总投资",
    "职业院校",
    "中职学校",
    "高职院校",
    "技工院校",
    "职教集团",
    "实训基地",
    "考核站点",
    "专项资金",
    "奖补资金",
    "配套资金",
    "补助资金",
    "人才总量",
    "面积",
    "工位",
    "设备总值",
]
_MEASURE = lazy_regex(rf"[\u4e00-\u9fff]*(?:{'|'.join(_NAMES)})(?:总数|人数|规模|总量)?")
_TAIL = lazy_regex(r"(?:共计|共有|合计|达到|共|为|有|达)$")
_OTHER_SCOPE = lazy_regex(
    "其中|其余|另|计划|拟|预计|目标|预算|力争|累计|以来|新增|平均|每|分别|届|级新|增加|减少|培训|组织|选派|参加"
)
_PERIOD = lazy_regex("上半年|下半年|季度|春季|秋季|学期|学年|截至|年底|年初|年末")
_HEADING = lazy_regex(r"(?:\d{1,2}[.．]|（[一二三四五六七八九十]{1,3}）|[①-⑳])[\u4e00-\u9fff]{1,10}。")
_MAX_HEADING = 30  # characters: longer than any heading
_IN_CLAUSE = f"[^{''.join(sorted(MARKS))}{SEPARATOR}]*?"
# A measure before a number in the first clause of a paragraph; its last character is looked for first.
_SIGN = Pattern(
    *each(
        f"{SEPARATOR}\n",
        rf"(?:{_HEADING.pattern})?(?={_IN_CLAUSE}[{''.join(sorted({name[-1] for name in _NAMES}))}数模量计有到共为达]{BEGINS})"
        rf"{_IN_CLAUSE}(?:{'|'.join(_NAMES)})(?:总数|人数|规模|总量)?(?:共计|共有|合计|达到|共|为|有|达)?{BEGINS}",
    ),
    prose=True,
)
_SUBJECT = lazy_regex("[县市区校院局乡镇企]|中职|高职|技工")
_MIN_PHRASE = 4  # characters of a phrase that names the measure
_Key: TypeAlias = tuple[str, str, str]


class _Statement(NamedTuple):
    """A quantity with its position."""

    quantity: Quantity
    begin: int
    passage: Passage


def check(passages: Sequence[Passage]) -> Iterator[tuple[Passage, TextMatch]]:
    """Report every measure that two tasks of a submission state with different values."""
    statements: dict[_Key, list[_Statement]] = {}
    for passage in JoinedTexts(passages).having(_SIGN):
        for key, statement in _statements(passage):
            statements.setdefault(key, []).append(statement)
    for passage in passages:
        passage.forget()
    for group in statements.values():
        tasks = {statement.passage.task.id for statement in group}
        if len({statement.quantity.value for statement in group}) == 2 and len(tasks) == len(group):
            yield from _find_differences(group)


def _statements(passage: Passage) -> Iterator[tuple[_Key, _Statement]]:
    """Yield the first quantity of each sentence, if the sentence names its measure in full.

    The key is the name of the measure, the unit and the time.
    """
    prose = passage.prose
    quantities = passage.quantities
    sentence = -1
    for index, quantity in enumerate(quantities):
        if quantity.sentence == sentence or quantity.kind in _DATES:
            continue
        sentence = quantity.sentence
        if quantity.after or not measured(quantity):
            continue
        begin = clause_start(quantities, index)
        if begin and prose[begin - 1] not in _SENTENCE_ENDS:
            continue
        words = prose[begin : quantity.begin]
        times = [previous for previous in quantities[max(0, index - 3) : index] if previous.clause == quantity.clause]
        phrase = words
        for time in reversed(times):
            phrase = phrase[: time.begin - begin] + phrase[time.end - begin :]
        phrase = _TAIL.sub("", phrase)
        if len(phrase) < _MIN_PHRASE or not _MEASURE.fullmatch(phrase) or _OTHER_SCOPE.search(words):
            continue
        search_start = max(0, begin - _MAX_HEADING)
        text_before = prose[prose.rfind("\n", search_start, begin) + 1 or search_start : begin]
        if text_before and (not _HEADING.fullmatch(text_before) or _SUBJECT.search(text_before)):
            continue  # a sentence or heading before it may name another subject
        when = "".join(prose[time.begin : time.end] for time in times) + "".join(_PERIOD.findall(words))
        yield (phrase, quantity.unit, when), _Statement(quantity, begin, passage)


def _find_differences(group: list[_Statement]) -> Iterator[tuple[Passage, TextMatch]]:
    first = group[0]
    for second in group[1:]:
        if interval_of(first.quantity).meets(interval_of(second.quantity)):
            continue
        first_text, second_text = (quote(item.passage.text[item.begin : item.quantity.end]) for item in (first, second))
        message = f"任务 {second.passage.task.id} 写的是{second_text}，任务 {first.passage.task.id} 写的是{first_text}"
        hint = "核对这两处，改成同一个数；口径不同的，请写明口径"
        yield second.passage, TextMatch(second.quantity.begin, second.quantity.end, message, hint)
