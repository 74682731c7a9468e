"""The table of all review rules: code, name, severity and title of each.

Codes never change: ZJ0xx file, ZJ1xx structure, ZJ2xx completeness, ZJ3xx content, ZJ4xx conventions of
official documents, ZJ5xx targets, ZJ6xx between units and between rounds, ZJ7xx roster.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from zhijiao20.core.lazy_regex import lazy_regex


class Severity(StrEnum):
    """Severity of a finding: an error blocks ``render``, a warning needs a check, an info is only a notice."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_SEVERITY_ORDER = {severity: index for index, severity in enumerate(Severity)}

RAISED_MARK = "+"
"""Stands behind the code of a rule in the key of its variant that weighs more."""

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
"""Display names of the severities."""

SEVERITIES = {name: severity for severity in Severity for name in (severity.value, SEVERITY_NAMES[severity])}
"""The severity for each name that settings may use, English or Chinese."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the table of rules.

    Attributes:
        code: its code.
        name: its English name.
        severity: the severity of its findings.
        title: what it is about.
        raised: whether it is the variant of the rule for findings that weigh more than others of the rule.
    """

    code: str
    name: str
    severity: Severity
    title: str
    raised: bool = False

    @property
    def key(self) -> str:
        """Return what ``find_rule`` takes: the code, marked if it is the variant that weighs more."""
        return f"{self.code}{RAISED_MARK}" if self.raised else self.code

    @property
    def family(self) -> str:
        """Return the folder of its module and of its page: ``conventions`` for ZJ401."""
        return FAMILIES[int(self.code[2])]

    @property
    def fixable(self) -> bool:
        """Check whether ``validate --fix`` can correct it."""
        return self.code in FIXABLE

    def reaches(self, severity: Severity) -> bool:
        """Check whether its severity is at least ``severity``."""
        return _SEVERITY_ORDER[self.severity] <= _SEVERITY_ORDER[severity]


FAMILIES = ("file", "structure", "completeness", "content", "conventions", "targets", "between", "roster")
"""The rule families ZJ0 to ZJ7; also their folder names."""

FAMILY_NAMES = ("文件", "结构", "完整", "内容", "公文写法", "指标", "单位之间", "名册")
"""Display names of the families."""

CODE = lazy_regex("ZJ[0-7][0-9]{2}")
"""The pattern of a rule code."""

FIXABLE = frozenset({"ZJ401", "ZJ402", "ZJ403", "ZJ404", "ZJ405", "ZJ411", "ZJ412", "ZJ414", "ZJ415", "ZJ416", "ZJ418"})
"""The rules whose findings ``validate --fix`` can correct automatically."""


def _rules(*rows: tuple[str, str, Severity, str]) -> dict[str, Rule]:
    return {row[0]: Rule(*row) for row in rows}


RULES = _rules(
    ("ZJ001", "unreadable-file", Severity.ERROR, "文件打不开或读不了"),
    ("ZJ002", "wrong-format", Severity.ERROR, "内容与文件名的格式不符"),
    ("ZJ003", "encoding-error", Severity.ERROR, "编码损坏"),
    ("ZJ004", "syntax-error", Severity.ERROR, "语法错误"),
    ("ZJ005", "encoding-guessed", Severity.INFO, "编码是推断的"),
    ("ZJ006", "illegal-character", Severity.INFO, "去掉了 Word 不能容纳的字符"),
    ("ZJ007", "lost-character", Severity.WARNING, "可能丢失了字符"),
    ("ZJ008", "unusable-form", Severity.ERROR, "Word 表样不能用"),
    ("ZJ009", "unaccepted-revisions", Severity.WARNING, "Word 里有没有接受的修订"),
    ("ZJ010", "more-than-text", Severity.WARNING, "单元格里有文字以外的内容"),
    ("ZJ011", "numbering-restored", Severity.INFO, "Word 的自动编号已写成文字"),
    ("ZJ012", "form-text-replaced", Severity.WARNING, "表样里原有的文字被替换"),
    ("ZJ013", "value-as-text", Severity.INFO, "单元格里的数字或日期已读成文字"),
    ("ZJ014", "formula-value", Severity.WARNING, "单元格是公式，采用了算好的值"),
    ("ZJ015", "formula-uncalculated", Severity.ERROR, "单元格是公式，还没有算出结果"),
    ("ZJ016", "error-value", Severity.WARNING, "单元格是错误值"),
    ("ZJ017", "hidden-cells", Severity.INFO, "有隐藏的内容"),
    ("ZJ018", "sheet-left-out", Severity.INFO, "工作表或宏未采用，或几张工作表合在一起读"),
    ("ZJ019", "merged-cells", Severity.WARNING, "合并单元格的内容只算在一格"),
    ("ZJ020", "heading-not-written", Severity.WARNING, "单位或报告期没有写进表样"),
    ("ZJ021", "text-behind-hash", Severity.WARNING, "“#”后面的文字没有读入"),
    ("ZJ022", "lines-folded", Severity.INFO, "几行文字并成了一段"),
    ("ZJ023", "read-indirectly", Severity.INFO, "文件转换或解开后读取"),
    ("ZJ024", "wrong-suffix", Severity.WARNING, "文件名的后缀与内容不符"),
    ("ZJ101", "unknown-task", Severity.ERROR, "没有这个任务编号"),
    ("ZJ102", "duplicate-task", Severity.ERROR, "任务编号重复"),
    ("ZJ103", "unknown-field", Severity.ERROR, "没有这个字段"),
    ("ZJ104", "wrong-type", Severity.ERROR, "内容的类型不对"),
    ("ZJ105", "unknown-progress", Severity.ERROR, "进展不是规定的四种"),
    ("ZJ106", "bad-unit", Severity.ERROR, "缺少单位，或单位名称不合要求"),
    ("ZJ107", "duplicate-unit", Severity.ERROR, "同一单位有两份文件"),
    ("ZJ108", "wording-changed", Severity.ERROR, "官方表述被改动"),
    ("ZJ109", "id-normalised", Severity.INFO, "任务编号已归一"),
    ("ZJ110", "unknown-column", Severity.INFO, "不认识的列，未采用"),
    ("ZJ111", "period-differs", Severity.WARNING, "报告期不一致"),
    ("ZJ112", "progress-synonym", Severity.INFO, "进展用语已归一"),
    ("ZJ113", "unit-from-file-name", Severity.WARNING, "单位取自文件名"),
    ("ZJ114", "duplicate-key", Severity.ERROR, "字段或列重复"),
    ("ZJ115", "missing-column", Severity.ERROR, "缺少必需的列"),
    ("ZJ116", "row-too-long", Severity.ERROR, "这一行比表头长"),
    ("ZJ117", "id-became-date", Severity.ERROR, "任务编号变成了日期"),
    ("ZJ118", "no-entries", Severity.ERROR, "没有一行填报内容"),
    ("ZJ119", "unused-waiver", Severity.WARNING, "豁免没有用上"),
    ("ZJ120", "unit-normalised", Severity.INFO, "单位名称已归一"),
    ("ZJ121", "merged-table", Severity.INFO, "汇总表按各单位读取"),
    ("ZJ201", "empty-status", Severity.ERROR, "落实情况为空"),
    ("ZJ202", "missing-task", Severity.ERROR, "缺少任务"),
    ("ZJ203", "placeholder", Severity.ERROR, "落实情况只是占位文字"),
    ("ZJ204", "reason-missing", Severity.INFO, "不涉及而未说明理由"),
    ("ZJ205", "blank-form", Severity.ERROR, "一项也没有填"),
    ("ZJ301", "repeats-task", Severity.WARNING, "照抄任务原文"),
    ("ZJ302", "same-text", Severity.WARNING, "几项任务用了同一段文字"),
    ("ZJ303", "progress-contradicted", Severity.WARNING, "进展与文字矛盾"),
    ("ZJ304", "empty-phrases", Severity.INFO, "只有套话，没有数字和文号"),
    ("ZJ305", "too-short", Severity.INFO, "文字太短"),
    ("ZJ306", "too-long", Severity.INFO, "文字太长"),
    ("ZJ307", "percentage-wrong", Severity.WARNING, "百分比与数字对不上"),
    ("ZJ308", "sum-wrong", Severity.WARNING, "分项之和与总数对不上"),
    ("ZJ309", "ratio-wrong", Severity.WARNING, "比值与数字对不上"),
    ("ZJ310", "impossible-date", Severity.ERROR, "没有这个日期"),
    ("ZJ311", "change-wrong", Severity.WARNING, "增减与前后数字对不上"),
    ("ZJ312", "percentage-points", Severity.WARNING, "百分点写成了百分比"),
    ("ZJ313", "fractional-count", Severity.WARNING, "人数、所数带了小数"),
    ("ZJ314", "unit-missing", Severity.WARNING, "数字后面缺单位"),
    ("ZJ315", "order-of-magnitude", Severity.WARNING, "金额的单位可能差一万倍"),
    ("ZJ316", "two-values", Severity.WARNING, "同一段文字里同一个量前后不一"),
    ("ZJ317", "reversed-period", Severity.WARNING, "起止时间颠倒"),
    ("ZJ318", "repeated-sentence", Severity.WARNING, "同一段文字里有重复的句子"),
    ("ZJ319", "name-variants", Severity.WARNING, "单位名称写法不一"),
    ("ZJ401", "document-number", Severity.WARNING, "发文字号的写法不对"),
    ("ZJ402", "deadline-word", Severity.WARNING, "“截止”应为“截至”"),
    ("ZJ403", "date-style", Severity.WARNING, "日期的写法不对"),
    ("ZJ404", "half-width-punctuation", Severity.INFO, "中文里用了半角标点"),
    ("ZJ405", "numbering-punctuation", Severity.INFO, "层次序数的标点不对"),
    ("ZJ406", "numbering-gap", Severity.WARNING, "层次序数跳号或重号"),
    ("ZJ407", "range-style", Severity.INFO, "数值范围的写法不对"),
    ("ZJ408", "relative-time", Severity.INFO, "用了“今年”“近期”等相对时间"),
    ("ZJ409", "first-person", Severity.INFO, "用了第一人称"),
    ("ZJ410", "colloquial", Severity.INFO, "用了口语"),
    ("ZJ411", "invisible-character", Severity.INFO, "有看不见的字符"),
    ("ZJ412", "look-alike-character", Severity.INFO, "有形近的异体编码字"),
    ("ZJ413", "unpaired-marks", Severity.WARNING, "括号、引号、书名号不成对"),
    ("ZJ414", "full-width", Severity.INFO, "用了全角的数字、字母"),
    ("ZJ415", "stacked-punctuation", Severity.INFO, "标点重复或叠用"),
    ("ZJ416", "half-quotation-marks", Severity.INFO, "中文里用了半角的直引号"),
    ("ZJ417", "doubled-word", Severity.WARNING, "多打了一个字或一个词"),
    ("ZJ418", "misspelling", Severity.WARNING, "常见的错别字"),
    ("ZJ419", "no-final-mark", Severity.INFO, "末尾没有标点"),
    ("ZJ501", "below-target", Severity.WARNING, "低于任务原文的指标"),
    ("ZJ502", "late-start", Severity.WARNING, "晚于任务原文的起始年份"),
    ("ZJ503", "cycle-too-long", Severity.WARNING, "周期长于任务原文的规定"),
    ("ZJ504", "after-deadline", Severity.INFO, "晚于任务原文的期限"),
    ("ZJ505", "evidence-missing", Severity.INFO, "没有写出任务要求的文件或数字"),
    ("ZJ506", "against-direction", Severity.INFO, "与任务要求的增减方向相反"),
    ("ZJ601", "near-copy", Severity.WARNING, "与别的单位雷同"),
    ("ZJ602", "other-unit-named", Severity.WARNING, "写的是别的单位"),
    ("ZJ603", "figure-differs", Severity.WARNING, "同一个数字前后不一"),
    ("ZJ604", "not-applicable-left-out", Severity.INFO, "“不涉及”未并入汇总"),
    ("ZJ605", "same-as-last-round", Severity.INFO, "文字与上期相同"),
    ("ZJ606", "progress-gone-back", Severity.WARNING, "进展比上期退了"),
    ("ZJ607", "total-smaller", Severity.WARNING, "累计数比上期小"),
    ("ZJ701", "roster-unusable", Severity.ERROR, "名册的表头不能用，或没有单位"),
    ("ZJ702", "roster-unit-twice", Severity.ERROR, "名册里同一上级下有两个同名单位"),
    ("ZJ703", "alias-of-two-units", Severity.ERROR, "简称指着两个单位"),
    ("ZJ704", "circle-of-superiors", Severity.ERROR, "上级绕成了一圈"),
    ("ZJ705", "roster-bad-unit", Severity.ERROR, "名册里的单位名称不合要求"),
    ("ZJ706", "unknown-duty", Severity.ERROR, "名册里的任务看不懂，或没有这项任务"),
    ("ZJ707", "roster-bad-value", Severity.ERROR, "名册里的格式、截止等不合要求"),
    ("ZJ708", "idle-exception", Severity.WARNING, "“除”没有去掉任何任务"),
    ("ZJ709", "roster-left-out", Severity.INFO, "名册里没有采用或照合并单元格补上的内容"),
    ("ZJ710", "outside-duties", Severity.INFO, "写了名册里不归它的任务"),
    ("ZJ711", "unit-not-in-roster", Severity.ERROR, "名册里认不出这个单位"),
    ("ZJ712", "unit-left-out", Severity.ERROR, "名册里的单位不能汇总进来"),
)
"""All rules by code."""

SAME_TEXT = "ZJ605"

ROUND_CODES = frozenset({SAME_TEXT, "ZJ606", "ZJ607"})
"""The rules that compare with the last round."""

_RAISED = {
    rule.key: rule
    for rule in (
        replace(RULES[code], severity=severity, raised=True) for code, severity in ((SAME_TEXT, Severity.WARNING),)
    )
}


def find_rule(key: str) -> Rule:
    """Return a rule by its code, or its variant that weighs more by the key of that.

    Raises:
        KeyError: there is no such rule.
    """
    return _RAISED[key] if key.endswith(RAISED_MARK) else RULES[key]


BLANK_FORM = "ZJ205"

WRONG_SUFFIX = "ZJ024"

INCOMPLETE = frozenset({"ZJ201", "ZJ202", BLANK_FORM})
"""The only errors that ``render --allow-incomplete`` accepts: missing and empty tasks, all of them in a blank form."""

UNREAD = frozenset({"ZJ001", "ZJ002", "ZJ003", "ZJ004"})
"""The errors of a file that could not be read; always reported, whatever rules are selected."""
