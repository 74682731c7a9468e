from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.submission import Progress
from zhijiao20.rules.shared.explanation import explains
from zhijiao20.rules.shared.passage import Passage
from zhijiao20.rules.shared.round_match import RoundMatch

PAGE = """ZJ606 进展比上期退了。

上期填“已完成”，本期成了“推进中”或“未启动”；上期填“推进中”，本期成了“未启动”：两期总有一期不对，上级按进展统计，完成数会越报越少。
文字里写明了缘故的（上期误填、标准修订后重新开展、因故暂停），不算；改成“不涉及”的，不比。

错（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": {进展: 已完成, 落实情况: 23所学校全部实施教学诊断与改进。}
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": {进展: 推进中, 落实情况: 23所学校实施教学诊断与改进，抽测毕业生2715人。}
错（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "11.2": {进展: 推进中, 落实情况: 用地选址已完成，资金尚未落实。}
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "11.2": {进展: 未启动, 落实情况: 资金尚未落实，计划2021年立项。}
错（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "16.1": {进展: 已完成, 落实情况: 经核实，生均经费标准已印发。}
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "16.1": {进展: 未启动, 落实情况: 经核实，生均经费标准已印发。}
对（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": {进展: 已完成, 落实情况: 23所学校全部实施教学诊断与改进。}
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": {进展: 推进中, 落实情况: 上期误填为已完成，经核实实施教学诊断与改进的学校为21所，其余2所2020年9月实施。}
对（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "16.1": {进展: 已完成, 落实情况: 生均经费标准（澄财教〔2019〕12号）已执行。}
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "16.1": {进展: 推进中, 落实情况: 省定标准提高后，市级标准正在重新修订，计划2020年10月印发。}
对（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "11.2": {进展: 推进中, 落实情况: 用地选址已完成。}
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "11.2": {进展: 已完成, 落实情况: 基地已建成并投入使用。}

依据：进展应与上期衔接（实务）。
"""

_ORDER = {Progress.NOT_STARTED: 0, Progress.ONGOING: 1, Progress.DONE: 2}


def check(previous: Passage, present: Passage) -> Iterator[RoundMatch]:
    """Report a 进展 that is behind that of the last round, unless the text says why."""
    before, after = previous.entry.progress, present.entry.progress
    if before not in _ORDER or after not in _ORDER or _ORDER[after] >= _ORDER[before]:
        return
    if not explains(previous.text, present.text):
        message = f"上期的进展是“{before}”，本期退成了“{after}”"
        yield RoundMatch(0, message, "核对后改正进展；确实退了、或上期填错了的，在文字里写明缘故")
