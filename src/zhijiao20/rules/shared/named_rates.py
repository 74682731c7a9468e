"""Relations of a rate to a part that has its name: 通过4390人，通过率84.1%.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, same_kind
from zhijiao20.rules.shared.share_parts import (
    TASK,
    ShareRelation,
    before_in_sentence,
    find_part,
    find_whole,
    relate,
    words_of,
)

_RATE = lazy_regex(r"([\u4e00-\u9fff]{2})(?:率|进度|度|比例)(?:为|达到|达|是)?$")
_WHOLE_WORDS = lazy_regex(
    "应|参加|参训|参与|报名|抽|核查|检查|考核|测|共|总|合计|收到|收录|列出|发出|回收|调查|申报|申请|受理|安排|下达|任务|计划|目标|预算"
)
_OF_WHOLE = lazy_regex("应|计划|任务|目标|预算|总|共|需|拟|合计|考核|批复|安排|下达")
_OF_ALL = lazy_regex(
    "资金|经费|预算|项目|年度|全年|当年|总体|整体|平均|综合|初次|年终|年底|最终|实际|问卷|设备|考核|考试|鉴定|课程|任务|计划|目标|学员|学生|教师|毕业生|工作|总|全[校市县省区院]"
)
_SPENT = lazy_regex("成本|支出|支付|花费")
_NOT = lazy_regex("[不未没缺减退]")
_NOT_IN_WHOLE = ("缺考", "核减", "退出")  # 测试5214人，缺考168人，缺考率3.1%
_SHARE_OF = lazy_regex("占([一-鿿]{2,10})的(?:比[例重])?(?:为|达到|达)?$")
_MAX_DISTANCE = 5  # clauses between a total and its part
SAME_WORDS = {
    "完成": ("已", "实际", "整改", "到位"),
    "参会": ("参加",),
    "参与": ("参加",),
    "参训": ("参加", "实训"),
    "参考": ("实考",),
    "到课": ("实到",),
    "出勤": ("实到",),
    "通过": ("合格", "取得", "获得", "过关"),
    "取证": ("取得", "获得", "领取", "考取"),
    "获证": ("取得", "获得", "领取", "考取"),
    "获取": ("取得", "获得", "考取"),
    "持证": ("取得", "持有", "具有", "考取"),
    "升学": ("升入", "考入", "录取"),
    "报到": ("到校", "实到"),
    "达标": ("达到", "符合"),
    "合格": ("达标", "通过"),
    "回收": ("收回", "返回"),
    "办结": ("办理", "办完"),
    "整改": ("已改", "完成"),
    "开出": ("开设", "实开"),
    "落实": ("到位",),
    "拨付": ("下达", "拨出", "支付"),
    "执行": ("支出", "支付", "使用", "列支"),
    "支出": ("支付", "使用", "执行", "列支"),
    "使用": ("支出", "支付", "执行"),
}
"""Stem of a rate → other words for its part."""


def bracket_behind(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``预算执行率95%（预算1200万元，执行1140万元）``: the two numbers, or the plan alone, follow the rate."""
    percent = quantities[index]
    rate, share = _RATE.search(percent.before), _SHARE_OF.search(percent.before)
    inside = [
        at for at in range(index + 1, min(len(quantities), index + 3)) if _is_inside(prose, quantities, index, at)
    ]
    if rate and rate[1] == "完成" and len(inside) == 1 and index and TASK.match(quantities[inside[0]].before):
        return relate(quantities, index - 1, inside[0], percent, explicit=False, more=True)
    if not (rate or share) or len(inside) < 2:
        return None
    part, whole = sorted(inside, key=lambda at: quantities[at].value)
    words = words_of(prose, quantities, part if rate else whole)
    name = rate[1] if rate else share[1][-2:] if share else ""
    named = any(word in words for word in (name, *SAME_WORDS.get(name, ())))
    return relate(quantities, part, whole, percent, explicit=True) if named else None


def _is_inside(prose: str, quantities: Sequence[Quantity], index: int, at: int) -> bool:
    """Check whether a quantity stands in the bracket right behind a percentage."""
    between = prose[quantities[index].end : quantities[at].begin]
    return between.startswith("（") and "）" not in between and quantities[at].sentence == quantities[index].sentence


def named_rate(prose: str, quantities: Sequence[Quantity], index: int) -> ShareRelation | None:
    """Resolve ``参加考核5218人，通过4390人，通过率84.1%``: the part has the name of the rate."""
    percent, part = quantities[index], find_part(quantities, index)
    rate = None if part is None else _RATE.search(percent.before)
    if rate is None or part is None:
        return None
    words, stem = words_of(prose, quantities, part), rate[1]
    if quantities[part].clause == percent.clause:  # 新增的4个专业报到率91%: its own name is none of the part
        words = words.removesuffix(quantities[part].after)
    words = words.replace(f"{stem}率", "")  # 三类完成率分别为……，总完成率88.9%
    names = [word for word in (stem, *SAME_WORDS.get(stem, ())) if word in words]
    if not names:
        return None
    before = before_in_sentence(quantities, part)
    whole = find_whole(quantities, before, part)
    if whole is None or _are_siblings(words_of(prose, quantities, whole), words, names):
        return None
    between = prose[clause_start(quantities, whole) : quantities[part].begin]
    of_income = stem == "结余" and _SPENT.search(between)  # 运营成本418万元，收支结余165万元，结余率28.3%
    if of_income or is_narrower(percent.before[: rate.start()], between + words):
        return None
    distance = quantities[part].clause - quantities[whole].clause
    alone = all(at == whole or not same_kind(quantities[at], quantities[part]) for at in before)
    if distance > 1 and not (distance <= _MAX_DISTANCE and (alone or _WHOLE_WORDS.search(between))):
        return None
    explicit = (
        distance <= 1
        and stem not in _NOT_IN_WHOLE
        and (bool(_WHOLE_WORDS.search(between)) or "中" in quantities[whole].after)
    )
    more = stem in {"完成", "执行"} and bool(TASK.search(prose, clause_start(quantities, whole), quantities[whole].end))
    found = relate(quantities, part, whole, percent, explicit=explicit, more=more)
    return found._replace(apart=_NOT.search(words) is None) if found else None


def _are_siblings(whole: str, part: str, names: Sequence[str]) -> bool:
    """Check whether the words of a whole name a part of the same kind: 升入普高1963人，升入中职1815人，升学率96.2%."""
    return any(name in whole and (f"未{name}" in part or not _OF_WHOLE.search(whole)) for name in names)


def is_narrower(kind: str, words: str) -> bool:
    """Check whether a rate is of a kind that the words of part and whole do not name: 对口 of 对口就业率."""
    own = _OF_ALL.sub("", kind)
    return len(own) > 1 and not any(own[at : at + 2] in words for at in range(len(own) - 1))
