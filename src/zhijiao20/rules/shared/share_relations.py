"""Relations of a percentage to a part and a whole, as the words around it state them.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import DATE, YEAR, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, interval_of, measured, same_kind, total
from zhijiao20.rules.shared.fulfilment import MAY_BE_OF_PLAN, fulfilment
from zhijiao20.rules.shared.named_rates import bracket_behind, is_narrower, named_rate
from zhijiao20.rules.shared.passage import MASK
from zhijiao20.rules.shared.share_parts import (
    TASK,
    ShareRelation,
    before_in_sentence,
    find_part,
    find_whole,
    relate,
    words_of,
)

_SHARE = lazy_regex(r"(?:所?占(?:比|比例|比重)?|^比[例重])(?:为|达|达到)?$")
_SHARE_OF = lazy_regex(r"(?:占|完成)(?:了)?([\u4e00-\u9fff]{2,10}?)的(?:比例|比重|比率)?(?:约)?(?:为|达到|达|是)?$")
_LAST_CHARACTERS = frozenset("率度例占比重为达到是的")  # of the words before a share or a rate
_OF_ENDS = ("的", "例", "重", "率", "为", "到", "达", "是")
_GENERIC = frozenset(["数", "量", "额", "人数", "数量", "总数", "总量", "总额", "总人数", "人员", "规模"])  # 占总数的
_TOTAL = lazy_regex("[共总合全]|其中")
_HAS_SHARE = lazy_regex(r"，占(?:比)?[\d.]+[%％][，；]")
_RESULTS = ("达标", "合格", "通过", "优秀", "良好", "完成")
_SEVERAL = lazy_regex("[和与、]|及(?!以)")
_OF_IT = lazy_regex("的(?:(?:比例|比重)(?:为|达到|达|是)?)?$")
_COUNTED = lazy_regex("(?:总人数|总数|人数|总量|总额|数量|数)$")
_OF_BRACKET = lazy_regex("[，,]占(?:全部|全体)?[\u4e00-\u9fff]{2,12}（")

_RATE_OF_PLAN = lazy_regex("(?:完成|达成|实现|执行|支出|支付)(?:率|比例|进度)")
_LONGER_PLAN = lazy_regex("周期|总(?=任务|目标|计划|预算)")
_DATES = (YEAR, DATE)
_FIRST_SO_MANY = ("前", "后", "居前", "排名前")  # 其中前2所占58.2%: of something else
_LIST = lazy_regex(
    r"（[占按以]|[、和与]\d+(?:\.\d+)?[%％]"
)  # what it is of stands behind it, or several percentages in a list: 9批117人次，占29.0%、29.1%


def share_relation(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Return which part and whole the words before a percentage refer to, or None."""
    if _LIST.match(prose, quantities[index].end):
        return None
    quantity = quantities[index]
    found = _relation(prose, quantities, index)
    if found is None and (not quantity.before or MAY_BE_OF_PLAN.search(quantity.before)):
        found = _of_plan(prose, quantities, index)
    if found is None and prose[quantity.end : quantity.end + 1] == "（":
        found = bracket_behind(prose, quantities, index)
    return found


def _of_plan(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``年度目标任务1200人，完成1344人，超目标任务12%`` and what else the words call a plan."""
    done = fulfilment(prose, quantities, index)
    if done is None or done.whole == done.part:
        return None
    rate = _RATE_OF_PLAN.search(quantities[index].before)
    longer = _LONGER_PLAN.search(quantities[index].before)
    if longer and longer[0] not in words_of(prose, quantities, done.whole):
        return None  # 2021年计划372人，完成385人，占周期总任务的20.7%
    words = prose[clause_start(quantities, min(done[:2])) : quantities[max(done[:2])].end]
    if rate and is_narrower(quantities[index].before[: rate.start()], words):
        return None  # 支出率67.0%，其中中央资金支出率71.4%
    if (
        done.beyond
        and not done.explicit
        and (quantities[done.part].value > quantities[done.whole].value) != (done.beyond > 0)
    ):
        return None
    return ShareRelation(*done)


def _relation(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Return which part and whole the words before a percentage refer to, or None."""
    before = quantities[index].before
    if before[-1:] not in _LAST_CHARACTERS:
        return None
    if before == "的" and (found := _whole_in_bracket(prose, quantities, index)):
        return found
    if before.endswith(_OF_ENDS) and "的" in before:
        stated = _stated_whole(prose, quantities, index) or _repeated_whole(prose, quantities, index)
        if stated or before.endswith("的"):
            return stated
    return (
        _share_of_whole(prose, quantities, index)
        if "占" in before or before[0] == "比"
        else named_rate(prose, quantities, index)
    )


def _stated_whole(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``…1860人次，占培训总量5860人次的31.7%``: the whole is between 占 and the percentage."""
    percent, whole = quantities[index], index - 1
    if whole < 1 or quantities[whole].clause != percent.clause or not _OF_IT.search(percent.before):
        return None
    start, stop = clause_start(quantities, whole), quantities[whole].begin
    at = prose.rfind("占", start, stop)
    task = TASK.search(prose, start, stop)
    if at < 0 and task:
        at = max(prose.rfind(word, start, task.start()) for word in ("完成", "为", "达到"))
    if at < 0:
        return None
    part = whole - 1
    while part > 0 and (quantities[part].begin > at or quantities[part].kind in _DATES):
        part -= 1
    if at < quantities[part].begin or percent.clause - quantities[part].clause > 1:
        return None
    return relate(quantities, part, whole, percent, explicit=True, more=bool(task))


def _whole_in_bracket(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``118人，占专业课教师（153人）的77.1%``."""
    part, whole = index - 2, index - 1
    if part < 0 or prose[quantities[whole].end : quantities[index].begin] != "）的":
        return None
    between = prose[quantities[part].end : quantities[whole].begin]
    if not _OF_BRACKET.fullmatch(between):
        return None
    return relate(quantities, part, whole, quantities[index], explicit=True)


def _share_of_whole(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``…17234人，其中平台录取15408人，占89.4%`` and ``22个专业中有标准的19个，占86.4%``."""
    percent = quantities[index]
    part, share = find_part(quantities, index), _SHARE.search(percent.before)
    if part is None or not share or "分别" in percent.before or quantities[part].before.endswith(_FIRST_SO_MANY):
        return None
    if (subject := percent.before[: share.start()]) and not _is_about(subject, prose, quantities, part):
        return None
    before = before_in_sentence(quantities, part)
    among = prose.rfind("其中", quantities[before[0]].end, quantities[part].begin) if before else -1
    if among >= 0:
        before = [at for at in before if quantities[at].end <= among]
    whole = find_whole(quantities, before, part)
    if whole is None or (among < 0 and quantities[part].clause - quantities[whole].clause > 2):
        return None
    if among < 0 and _is_sibling(prose, quantities, whole, part):
        return None
    explicit = among >= 0 or "中" in quantities[whole].after
    if not explicit and _are_of(quantities, part, whole):
        both = total((quantities[part], quantities[whole]))
        shares = (interval_of(quantities[at]).share(both) for at in (part, whole))
        explicit = not any(share.meets(interval_of(percent)) for share in shares)
    return relate(quantities, part, whole, percent, explicit=explicit)


def _is_sibling(prose: str, quantities: Sequence[Quantity], first: int, second: int) -> bool:
    """Check whether two quantities are parts of something else.

    ``农村生源2390人，占68%，少数民族学生318人，占9%``; ``设备达标7所，师生比达标6所，占55.6%``; numbers of two years.
    """
    one, other = quantities[first], quantities[second]
    return (
        _are_of_two_years(quantities, first, second)
        or _HAS_SHARE.match(prose, one.end) is not None
        or (one.before[-2:] == other.before[-2:] and one.before.endswith(_RESULTS))
    )


def _are_of_two_years(quantities: Sequence[Quantity], first: int, second: int) -> bool:
    """Check whether two quantities have different years before them: 2021年完成5200万元，2022年完成4960万元."""
    return len({quantities[at - 1].value for at in (first, second) if at and _is_year_of(quantities, at)}) > 1


def _is_year_of(quantities: Sequence[Quantity], at: int) -> bool:
    """Check whether a year stands right before a quantity in its clause."""
    year = quantities[at - 1]
    return year.kind is YEAR and year.clause == quantities[at].clause


def _are_of(quantities: Sequence[Quantity], part: int, whole: int) -> bool:
    """Check whether a part is of the things right before it: 教师426人，双师型教师318人."""
    first, last = quantities[whole], quantities[part]
    things = first.before[-2:]
    return last.clause - first.clause == 1 and len(things) > 1 and last.before.endswith(things) and first.exact


def _is_about(subject: str, prose: str, quantities: Sequence[Quantity], part: int) -> bool:
    """Check whether what has a share is the part: 女教师142人，女教师占59.4%, not 收回763份，“满意”占96.2%."""
    if MASK in subject or _SEVERAL.search(subject):
        return False  # 社会智库2家、民间智库1家，社会和民间智库占37.5%; “好”的21人、“一般”的2人，“好”的占65.6%
    if subject in (words := words_of(prose, quantities, part)):
        return True
    named = any(subject in words_of(prose, quantities, at) for at in before_in_sentence(quantities, part))
    return subject[-2:] in words and not named


def _repeated_whole(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``岗位96个，录用88人，占岗位数的91.7%``: the whole is named again after 占."""
    percent = quantities[index]
    named = _SHARE_OF.search(percent.before)
    if named is None:
        return None
    if (subject := percent.before[: named.start()]) and len(subject) > 1:
        return _both_named(prose, quantities, index, subject, named[1])
    part = find_part(quantities, index)
    if part is None or (named[1] == "总预算" and not _TOTAL.search(words_of(prose, quantities, part - 1))):
        return None  # 2019—2021年预算4900万元，支出4533万元，占总预算的52.7%
    if "任务" in named[1] and (task := _stated_task(quantities, part)) is not None:
        return relate(quantities, part, task, percent, explicit=False, more=True)
    whole = part - 1
    while whole > 0 and quantities[whole].kind in _DATES:
        whole -= 1
    only = [at for at in before_in_sentence(quantities, part) if same_kind(quantities[at], quantities[part])] == [whole]
    adjacent = quantities[part].clause - quantities[whole].clause <= 1 and not (
        _is_listed(prose, quantities[whole]) or _are_of_two_years(quantities, whole, part)
    )
    between = prose[quantities[whole].end : quantities[part].begin]
    more = bool(TASK.search(named[1]))
    found = None
    if adjacent and (
        (only and named[1] in _GENERIC) or _names_whole(named[1], words_of(prose, quantities, whole), between)
    ):
        explicit = quantities[part].before.startswith("其中")
        found = relate(quantities, part, whole, percent, explicit=explicit, more=more)
    return found or _earlier_whole(quantities, part, named[1], percent)


def _earlier_whole(quantities: Sequence[Quantity], part: int, name: str, percent: Quantity) -> ShareRelation | None:
    """Resolve ``毕业生2340人，就业2246人（其中本地就业1404人，占毕业生总数的60%``: the whole is not the last quantity."""
    own = _own_name(name)
    if len(own) < 2 or own in _GENERIC:
        return None
    for at in reversed(before_in_sentence(quantities, part)):
        if (
            quantities[at].before.endswith(own)
            and same_kind(quantities[at], quantities[part])
            and not _are_of_two_years(quantities, at, part)
        ):
            return relate(quantities, part, at, percent, explicit=False)
    return None


def _both_named(
    prose: str, quantities: Sequence[Quantity], index: int, subject: str, name: str
) -> ShareRelation | None:
    """Resolve ``实践课时1320学时，总课时2200学时，实践课时占总课时的60%``: part and whole are named again."""
    own = _own_name(name)
    before = before_in_sentence(quantities, index)
    parts = [at for at in before if measured(quantities[at]) and subject in words_of(prose, quantities, at)]
    if not parts and (last := find_part(quantities, index)) and _is_about(subject, prose, quantities, last):
        parts = [last]
    wholes = [at for at in before if at not in parts and own and own in words_of(prose, quantities, at)]
    if len(parts) != 1 or not wholes:
        return None
    return relate(quantities, parts[0], wholes[-1], quantities[index], explicit=len(wholes) == 1 and len(own) > 1)


def _own_name(name: str) -> str:
    """Return the name of a whole without what says that it is one: 毕业生 of 毕业生总数."""
    return _COUNTED.sub("", name.removeprefix("年度").removeprefix("全部").removeprefix("全体").lstrip("总全本"))


def _stated_task(quantities: Sequence[Quantity], part: int) -> int | None:
    """Return the only quantity of the sentence before a part that is called a task, with the unit of the part."""
    found = [
        at
        for at in before_in_sentence(quantities, part)
        if "任务" in quantities[at].before and same_kind(quantities[at], quantities[part]) and measured(quantities[at])
    ]
    return found[0] if len(found) == 1 and found[0] == part - 1 else None


def _is_listed(prose: str, quantity: Quantity) -> bool:
    """Check whether a quantity follows 、: one of several parts."""
    return prose[quantity.begin - len(quantity.before) - 1 : quantity.begin].startswith("、")


def _names_whole(name: str, clause: str, between: str) -> bool:
    """Check whether the name of a whole (总经费, 总数, 岗位数) is that of the quantity of a clause."""
    own = name.removeprefix("年度").lstrip("总全本")
    if name in _GENERIC or own in _GENERIC:
        return bool(_TOTAL.search(clause) or "其中" in between)
    if name[:2] in clause or (len(own) >= 2 and own[:2] in clause):
        return True  # 入库企业 is 进入培育库的企业
    return own[-2:] in clause and all(character in clause for character in own)
