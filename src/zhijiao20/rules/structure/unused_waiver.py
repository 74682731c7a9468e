from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.core.findings import Finding, Waived
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.settings import Settings
from zhijiao20.rules.waivers import Waiver, why_not

PAGE = """ZJ119 豁免没有用上。

豁免是把一条提示或警告按下不提。那里已经没有这个问题了，豁免还留着，以后真有问题就看不到；编号写错的、不能豁免的，
则根本不起作用。只在这次审核看了那条规则时才说。

错（yaml）：
    单位: 澄州市财政局
    任务:
      "1.1":
        进展: 不涉及
        落实情况: 教学标准由教育部门制定，本局无此项职责。
        豁免:
          ZJ204: 职能之外
错（yaml）：
    单位: 澄州市财政局
    任务:
      "1.1":
        进展: 不涉及
        豁免:
          ZJ299: 职能之外
错（yaml）：
    单位: 澄州市财政局
    任务:
      "1.1":
        进展: 推进中
        豁免:
          ZJ201: 下半年再填
对（yaml）：
    单位: 澄州市财政局
    任务:
      "1.1":
        进展: 不涉及
        豁免:
          ZJ204: 职能之外
对（yaml）：
    单位: 澄州市财政局
    任务:
      "1.1":
        进展: 不涉及
        落实情况: 教学标准由教育部门制定，本局无此项职责。
对（yaml）：
    单位: 澄州市财政局
    任务:
      "1.1":
        进展: 完成
        落实情况: 安排专项资金300万元。
        豁免:
          ZJ112: 沿用本局台账的说法

依据：豁免要写理由，用不上就删去（实务）。
"""


def unused(waivers: Iterable[Waiver], waived: Iterable[Waived], settings: Settings) -> Iterator[Finding]:
    """Report waivers that suppressed no finding, and waivers that can never take effect.

    Of the valid waivers, only those are checked whose rule was selected for this run.

    Args:
        waivers: the waivers of the run.
        waived: the findings that they suppressed.
        settings: the selection of rules of the run.
    """
    used = {(item.finding.file, item.finding.unit, item.finding.task, item.finding.rule.code) for item in waived}
    for waiver in waivers:
        if reason := why_not(waiver.code):
            message, hint = f"豁免 {waiver.code} 不起作用：{reason}", "核对规则编号，或删去这条豁免；错误请改正"
        elif (waiver.file, waiver.unit, waiver.task, waiver.code) in used:
            continue
        elif settings.wants(waiver.code, waiver.unit):
            message = f"豁免 {waiver.code}（{RULES[waiver.code].title}）没有用上：这一项没有这个问题"
            hint = "删去这条豁免"
        else:
            continue
        yield Finding(waiver.file, waiver.place, waiver.unit, waiver.task, RULES["ZJ119"], message, hint)
