from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import BEGINS as DIGIT
from zhijiao20.rules.quantities import Quantity
from zhijiao20.rules.shared.agreeing_changes import is_agreeing_share
from zhijiao20.rules.shared.arithmetic import (
    Candidate,
    Interval,
    clause_start,
    confirmed_matches,
    fragment,
    index_at,
    interval_of,
    measured,
    number,
    total,
)
from zhijiao20.rules.shared.enumerations import AMONG, BARE, COMPLETE, LISTED, Enumeration, enumeration_of, odd_amount
from zhijiao20.rules.shared.part_classes import exclude_one_another
from zhijiao20.rules.shared.part_joints import are_stages
from zhijiao20.rules.shared.part_leads import PAID_BY, leads
from zhijiao20.rules.shared.part_lists import parts_before
from zhijiao20.rules.shared.part_overlaps import (
    MAX_BACK,
    REST,
    are_of_another,
    are_of_share,
    are_prices,
    goes_on_in_other_units,
    is_difference,
    is_divided_again,
    is_net_change,
    is_part_too,
    is_product,
    is_rest_of_another,
    is_sum_of,
    may_overlap,
    parts_overlap,
    sums_before,
)
from zhijiao20.rules.shared.part_signs import CLASS_OF_TOTAL, FIGURE
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each, sentences
from zhijiao20.rules.shared.slips import may_be_slip

PAGE = """ZJ308 分项之和与总数对不上。

分项说是齐全的，加起来要等于总数：最后一项是“其他”“其余”，接着写“合计”“共”“总……”，男与女、公办与民办、线上与线下、已完成与未完成这样的两项（紧跟在总数后面的，不写“其中”也算），
冒号、括号、“包括”“分为”“分别为”“由……构成”后面的几项（与总数相差很多的不算齐全）；“其中”只举几项的，可以小于总数，不能大于总数。
“其中”另起一句、分项用逗号或分号隔开、分项后面写着所占百分比或括号里的注、“31期2180人次”这样一项两个数的也看。
与总数相差两成以上、又不像抄错一个数字的，多半是别的总数的分项，不提示（最后一项是“其他”的除外）。
光凭词语看不准是不是分项的（用逗号隔开、写法不同的几项，没有“其中”的几项），加起来与总数相差不大、像是抄错一个数字的才提示；前几项加起来正好等于总数的不提示。
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
错：在校学生264人，男生148人，女生126人。
对：在校学生264人，男生148人，女生116人。
错：一、二、三等奖分别为6项、14项、32项，共43项。
对：一、二、三等奖分别为6项、14项、23项，共43项。
对：专任教师192人，其中专业课教师117人、公共基础课教师75人；“双师型”教师74人，占专业课教师的63.2%。

依据：数据应准确、前后一致（一般）。
"""

_SUM = lazy_regex(
    "(?P<sure>^(?:[^\\d，。占]{0,3}[两二三四五六七八九十]+个?[^\\d，。占]{0,3}|以上|全[年市省县校]|各[项类])?(?:合计|共计|总计)[\u4e00-\u9fff]{0,4}$)"
    "|(?:合计|共计|总计)[\u4e00-\u9fff]{0,4}$|(?:^|(?<![公一]))共(?![同享建青产管]|回收|收回|通过|合格|完成|整改|办结|录取|报到|就业|立项|入选)[\u4e00-\u9fff]{0,6}$|总(?!结)[\u4e00-\u9fff]{1,6}$"
)
# What leads in a list of parts or a total.
sign = Pattern(
    *("其(?=中)", "括(?<=包括)", "含(?<=包含)", "别(?<=分别)", "成(?<=[组构分]成)", "计(?<=[合共总]计)", "为(?<=分为)"),
    *(
        rf"{word}(?=[\u4e00-\u9fff]{{0,6}}{DIGIT})(?![\u4e00-\u9fff]{{0,6}}[\d.,]+[^，。\d]{{1,4}}的\d)"
        for word in ("共(?![同享建青产管])", "总(?!结)")
    ),
    *(f"由(?=[^，。；、：\n\0]{{1,20}}?{PAID_BY}{DIGIT})", f"，{CLASS_OF_TOTAL}", f"中(?=，{FIGURE})"),
    *each("（(：:", r"[^（(：:）)。；;\n\d\0]*+\d[^（()）。；;\n\0]{0,80}?[、，]"),
    *each("：:", r"[^。！？\n；;\0]{0,120}[；;]"),
    prose=True,
)
# A total before 其中, or parts behind a semicolon, in another sentence.
_NEW_SENTENCE = lazy_regex("其中(?<=[。；;！？\n \u3000]其中)")
_OF_SENTENCE_BEFORE = lazy_regex(r"(?<=[。；;！？\n])[^，,。；;、：:！？（）()\d\n]{1,10}中，")
_SEMICOLONS = lazy_regex("(?:其中|[：:])[^。！？\n；;]{0,120}[；;]")
_NEAR = Decimal("0.15")  # of a total: how far its parts may be off if no words show that they are its parts
_RATHER_NEAR = Decimal("0.25")  # if words show it, but not which ones they are
_FAR = Decimal("0.2")  # if words show both: what is further off is of something else more often than it is wrong
_NONE = Decimal(0)
_MEAN = lazy_regex(
    "最(?![终近新后])|[均每](?![^，。]*(?:合计|共|总))|各$"
)  # minimum, maximum, mean: no part of a total
_MUCH_MORE = Decimal("1.3")  # times a total, what none of its parts is even with a slip
_BARE_SHARE, _SHARE_OF_A_PART = lazy_regex("，占[0-9]"), lazy_regex("，占(?![总全])[一-鿿]{1,8}的[0-9]")
_FIGURES = lazy_regex("[0-9]")
_SHARE = lazy_regex("占(?!地)")
_HINT = "核对总数和各个分项，改正写错的一个；分项有交叉、不能相加的，请写明"


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report enumerations whose parts do not match their total."""
    return confirmed_matches(_doubts(passage))


def _doubts(passage: Passage) -> Iterator[Candidate]:
    """Yield each contradiction, or None where the text explains it."""
    prose = passage.prose
    if (
        ("其中" in prose and _NEW_SENTENCE.search(prose))
        or ("中，" in prose and _OF_SENTENCE_BEFORE.search(prose))
        or (("；" in prose or ";" in prose) and _SEMICOLONS.search(prose))
    ):
        groups = [passage.quantities]
    else:
        groups = [
            passage.sentence_quantities(number)
            for number in sentences(passage, sign)
            if not is_agreeing_share(  # of a total and one part of it
                prose[passage.sentence_begin(number) : passage.sentence_ends[number]], whole_first=True
            )
        ]
    for quantities in groups:
        units = [quantity.unit for quantity in quantities]
        if len(set(units)) == len(units):
            continue  # a total and its parts have one unit
        yield from _among(passage, quantities)
        yield from _summed(passage, quantities)


def _among(passage: Passage, quantities: Sequence[Quantity]) -> Iterator[Candidate]:
    """Report wrong totals before their parts: ``862人，其中退役军人138人、…、其他296人``."""
    prose = passage.prose
    for index, lead in leads(prose, quantities):
        found = enumeration_of(prose, quantities, index, lead)
        if found is None:
            continue
        whole, parts = quantities[found.whole], found.parts
        if sum(part.value for part in parts) == whole.value or any(_MEAN.search(qty.before) for qty in (whole, *parts)):
            continue
        if not _is_wrong(prose, found, whole) or odd_amount(whole, parts):  # ZJ315 reports an amount with a wrong unit
            continue
        explained = (
            is_rest_of_another(quantities, index, found)
            or are_of_another(quantities, index, found)
            or goes_on_in_other_units(quantities, found)
            or are_of_share(quantities, index, found)
            or is_part_too(passage, whole, parts)
        )
        if explained or ((found.kind is not COMPLETE or found.weak) and parts_overlap(prose, parts, whole)):
            yield None
        else:
            begin = clause_start(quantities, found.whole)
            sign = "－" if is_net_change(prose, whole, parts) else "＋"
            yield _make_match(passage.text, begin, whole, parts, "其中各项" if found.kind is AMONG else "各项", sign)


def _is_wrong(prose: str, found: Enumeration, whole: Quantity) -> bool:
    """Check whether parts contradict their total; parts that may overlap do so only one by one."""
    actual, stated = total(found.parts), interval_of(whole)
    if actual.meets(stated) or (actual.value < stated.value and _may_be_some(found)) or are_stages(found.names):
        return False
    if all(part.value == whole.value for part in found.parts) or is_divided_again(found, stated):
        return False  # 86所全部公开，其中上传国家平台86所、官网公开86所
    if not _may_be_parts(prose, found, whole) or (found.kind is COMPLETE and _is_sibling(prose, whole, found.parts)):
        return False
    if found.kind is COMPLETE:
        return not found.weak or not sums_before(found.parts, stated)
    if (
        len(found.parts) > 1
        and any(may_overlap(part, whole) for part in found.parts)
        and not exclude_one_another(found.names)
    ):
        return found.kind is AMONG and any(interval_of(part).low > stated.high for part in found.parts)
    return not is_difference(whole, found.parts) and not (found.weak and sums_before(found.parts, stated))


def _is_sibling(prose: str, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Check whether a total has a name like that of its first part, and the last ones are others: 普通高中毕业生1912人，中职毕业生1874人，其他考生238人."""
    one, other = whole.before, parts[0].before
    alike = one[-2:] == other[-2:] and len(one) > len(one[-2:]) and not (one.endswith(other) or other.endswith(one))
    return alike and parts[-1].before.startswith(REST) and "其中" not in prose[whole.end : parts[0].begin]


def _may_be_parts(prose: str, found: Enumeration, whole: Quantity) -> bool:
    """Check whether parts are near enough to their total, if no words show for sure that they are its parts."""
    parts = found.parts
    if is_net_change(prose, whole, parts):
        return may_be_slip(parts[0], (parts[1], whole), _FAR, certain=True)
    if len(parts) > 1 and max(part.value for part in parts) > _MUCH_MORE * whole.value:
        return False  # 由9个成员单位认领，其中教育13个、人社8个: of another total
    if found.kind in {AMONG, COMPLETE} and _are_set_apart(prose, parts):  # 其中企业1473家，占68.6%；中小微企业1118家
        if total(parts[-2:]).meets(interval_of(whole)):
            return False  # 143处，其中重大隐患4处；整改138处，剩余5处
        return len(parts) > 2 and may_be_slip(whole, parts, _NEAR)
    if found.weak:
        few = found.kind is COMPLETE and total(parts).high * 2 < whole.value and not parts[-1].before.startswith(REST)
        return not few and may_be_slip(whole, parts, _nearness(prose, found))
    closed = found.kind is COMPLETE and parts[-1].before.startswith(REST)  # …、其他296人: nothing is left out
    return closed or may_be_slip(whole, parts, _FAR, certain=True)


def _nearness(prose: str, found: Enumeration) -> Decimal:
    """Return the share of a total that parts may be off although no words show for sure that they are its parts."""
    if found.kind is AMONG:
        few = len(found.parts) < 3 and not exclude_one_another(found.names)  # 23家企业中，签约的20家，参与的6家
        return _NONE if few or _go_on_alone(prose, found.parts) else _RATHER_NEAR
    return _NEAR if found.kind in {COMPLETE, LISTED} or exclude_one_another(found.names) else _NONE


def _are_set_apart(prose: str, parts: Sequence[Quantity]) -> bool:
    """Check whether a semicolon stands between two parts alone, or with other figures between several, or their shares differ."""
    gaps = [prose[one.end : other.begin] for one, other in pairwise(parts)]
    if _BARE_SHARE.match(gaps[0] if gaps else "") and _SHARE_OF_A_PART.match(prose, parts[-1].end):
        return True  # 企业1568家，占67.8%，中小企业1204家，占企业成员的76.8%
    return any("；" in gap for gap in gaps) and (len(gaps) == 1 or any(_FIGURES.search(gap) for gap in gaps))


def _go_on_alone(prose: str, parts: Sequence[Quantity]) -> bool:
    """Check whether the first part has its share behind it, and the last one has none: it goes on with something else."""
    first, second, last = parts[0], parts[1] if len(parts) > 1 else parts[0], parts[-1]
    return "，占" in prose[first.end : second.begin] and not prose.startswith("，占", last.end + len(last.after))


def _may_be_some(found: Enumeration) -> bool:
    """Check whether parts may be only some of their total."""
    return found.kind is AMONG or (found.kind is BARE and not exclude_one_another(found.names))


def _summed(passage: Passage, quantities: Sequence[Quantity]) -> Iterator[Candidate]:
    """Report wrong totals after their parts: ``高职学生9874人、中职学生11325人，合计21199人``."""
    for index, whole in enumerate(quantities):
        name = whole.before
        if not index or not ("计" in name or "共" in name or "总" in name) or not measured(whole):
            continue
        words = _SUM.search(name)
        if words is None or _SHARE.search(name) or (whole.after and not words["sure"]):
            continue
        before = quantities[max(0, index - MAX_BACK) : index]
        parts, sure = parts_before(passage.prose, quantities, index)
        if len(parts) < 2 or is_product(before, whole):
            continue
        if is_sum_of(passage, before, parts, whole) or parts_overlap(passage.prose, parts, whole):
            yield None
        elif are_prices(whole, parts):
            continue
        elif (sure and words["sure"]) or may_be_slip(whole, parts, _RATHER_NEAR if sure else _NONE):
            begin = clause_start(quantities, index_at(quantities, parts[0].begin))
            yield _make_match(passage.text, begin, whole, parts, "各项")


def _make_match(
    text: str, begin: int, whole: Quantity, parts: Sequence[Quantity], name: str, sign: str = "＋"
) -> TextMatch:
    formula, right = sign.join(number(part, text) for part in parts), total(parts)
    if sign != "＋":
        right = Interval(*(abs(end - 2 * parts[1].value) for end in right))
    end = max(parts[-1].end, whole.end)
    written = text[whole.begin : whole.end]
    message = f"“{fragment(text, begin, end)}”：{name}{formula}＝{_format(right, whole, text)}，总数写的是{written}"
    return TextMatch(whole.begin, whole.end, message, _HINT)


def _format(sum_worth: Interval, whole: Quantity, text: str) -> str:
    """Return a sum in the unit in which the total is written."""
    written = text[whole.begin : whole.end]
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if name in written:
            return f"{(sum_worth.value / size).normalize():f}{name}"
    return f"{sum_worth.value:f}".removesuffix(".0")
