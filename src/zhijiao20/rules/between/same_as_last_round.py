from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.submission import is_not_applicable
from zhijiao20.core.wording import fold
from zhijiao20.rules.shared.passage import Passage
from zhijiao20.rules.shared.round_match import RoundMatch

PAGE = """ZJ605 文字与上期相同。

又过了半年，这段文字与上期一字不差，多半是把上期的表原样交了上来，或者这一项忘了改。确实没有新情况的，可以不改，所以只是提示；
进展改了（“推进中”成了“已完成”）而文字没有改，看不出做成了什么，是警告。空格、全角半角不同也算相同；“不涉及”不比。
一个单位超过五项的，合成一条提示，写出各项的编号。

错（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": {进展: 推进中, 落实情况: 23所学校全部实施教学诊断与改进，抽测毕业生2640人。}
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": {进展: 推进中, 落实情况: 23所学校全部实施教学诊断与改进，抽测毕业生2640人。}
错（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "16.1": {进展: 推进中, 落实情况: 生均经费标准正在制定。}
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "16.1": {进展: 已完成, 落实情况: 生均经费标准正在制定。}
错（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "5.2": 全市专业课教师1604人，全部完成达标测评。
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "5.2": "全市专业课教师 1604 人,全部完成达标测评。"
对（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": 23所学校全部实施教学诊断与改进，抽测毕业生2640人。
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": 23所学校全部实施教学诊断与改进，抽测毕业生2715人。
对（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "2.3": {进展: 不涉及, 落实情况: 我局无此项职能，不涉及。}
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "2.3": {进展: 不涉及, 落实情况: 我局无此项职能，不涉及。}
对（yaml）：
    〔上期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": 23所学校全部实施教学诊断与改进，抽测毕业生2640人。
    〔本期.yaml〕
    单位: 澄州市教育局
    任务:
      "1.2": 23所学校全部实施教学诊断与改进，抽测毕业生2640人。

依据：每期填报反映本期的情况（实务）。
"""


def check(previous: Passage, present: Passage) -> Iterator[RoundMatch]:
    """Report a text that is the same as in the last round; if 进展 changed, as a warning."""
    if present.entry.blank or is_not_applicable(present.entry):
        return
    if present.text != previous.text and fold(present.text) != fold(previous.text):
        return
    before, after = previous.entry.progress, present.entry.progress
    if before and after and before is not after:
        message = f"进展从“{before}”改成了“{after}”，文字却与上期一字不差"
        yield RoundMatch(0, message, "写明本期做了什么，使进展变了；进展改错的，改回来", raised=True)
    else:
        yield RoundMatch(0, "这段文字与上期一字不差", "有新情况的，请补写；确实没有的，可以不改")
